//! What to do with the newest revision: run it, serve it, move services to it, schedule it.

use leptos::prelude::*;

use super::model::OlderService;
use super::schedule::schedule_command;
use super::update::UpdateServices;
use crate::links;
use crate::names::Revision;
use crate::task_definitions::document::Document;
use crate::ui::*;

/// The ways on from a revision that was registered.
#[component]
pub fn NextSteps(
    /// The revision.
    revision: Revision,
    /// Its ARN.
    arn: String,
    /// Its document.
    document: Document,
    /// Services that run other revisions of its family.
    older: Vec<OlderService>,
) -> impl IntoView {
    let name = revision.to_string();
    let title = format!("Use {name}");
    let command = schedule_command(&revision, &arn, &document);
    let outdated = !older.is_empty();
    view! {
        <Card title>
            <div class="stack">
                {if outdated {
                    view! { <UpdateServices revision older/> }.into_any()
                } else {
                    view! { <p class="muted">"No service runs another revision of this family."</p> }.into_any()
                }}
                <p class="cluster-row">
                    <a href=links::run_task(&[("revision", &name)])>"Run tasks from it"</a>
                    <a href=links::new_service(&[("revision", &name)])>"Create a service"</a>
                </p>
                <details class="fold">
                    <summary>"Run it on a schedule"</summary>
                    <p class="muted">"The console does not manage schedules. This command makes one with Amazon EventBridge Scheduler; replace what stands in capital letters. The role must allow ecs:RunTask and iam:PassRole."</p>
                    <div class="command">
                        <pre tabindex="0" role="region" aria-label="Command for a schedule"><code>{command.clone()}</code></pre>
                        <CopyButton text=command label="the command"/>
                    </div>
                </details>
            </div>
        </Card>
    }
}
