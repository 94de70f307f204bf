//! What can be done with a revision.

use leptos::prelude::*;

use super::api::deregister;
use super::model::{RevisionDetail, Use};
use crate::layout::use_refusal;
use crate::links;
use crate::names::Revision;
use crate::submission::Submission;
use crate::team::model::Role;
use crate::ui::*;

/// Run, serve, revise, deregister.
#[component]
pub fn RevisionActions(detail: RevisionDetail, on_change: Callback<()>) -> impl IntoView {
    let revision = detail.definition.revision.clone();
    let active = detail.definition.status == "ACTIVE";
    let refusal = use_refusal(Role::Operator);
    let open = RwSignal::new(false);
    let name = revision.to_string();
    let reason = refusal.clone().or_else(|| (!active).then(|| "It is not active.".to_owned()));
    let refusal = Signal::stored(refusal);
    let launches = active.then(|| {
        view! {
            <LinkButton href=links::run_task(&[("revision", &name)]) disabled_reason=refusal>"Run tasks"</LinkButton>
            <LinkButton href=links::new_service(&[("revision", &name)]) disabled_reason=refusal>"Create service"</LinkButton>
        }
    });
    view! {
        <Button kind=ButtonKind::Quiet disabled_reason=Signal::derive(move || reason.clone()) on_press=move |()| open.set(true)>"Deregister"</Button>
        {launches}
        <LinkButton href=links::new_revision(&revision) kind=ButtonKind::Primary icon=IconName::Plus disabled_reason=refusal>"New revision"</LinkButton>
        <DeregisterDialog open revision used_by=detail.used_by on_change/>
    }
}

/// Asks before a revision is made INACTIVE; one in use asks for its name.
#[component]
fn DeregisterDialog(
    open: RwSignal<bool>,
    revision: Revision,
    used_by: Use,
    on_change: Callback<()>,
) -> impl IntoView {
    let submission = Submission::new();
    let toasts = use_toasts();
    let name = revision.to_string();
    let title = format!("Deregister {name}?");
    let typed_name = if used_by.is_none() { String::new() } else { name.clone() };
    let warning = (!used_by.is_none()).then(|| {
        view! {
            <Notice tone=Tone::Warn>
                "It is in use: "{use_words(&used_by)}
                ". What runs goes on running, and services still start tasks from it, but you can't choose it for anything new."
            </Notice>
        }
    });
    let confirm = move |()| {
        let (revision, said) = (revision.clone(), format!("{name} is inactive now."));
        submission.send(
            move |token| deregister(token, revision),
            move |()| {
                open.set(false);
                toasts.success(said);
                on_change.run(());
            },
        );
    };
    let words = view! {
        <p>"It becomes inactive: nothing new can be launched from it, and it can't be made active again. Its document stays readable, and a new revision can begin from it."</p>
        {warning}
    };
    if typed_name.is_empty() {
        view! {
            <ConfirmDialog open title confirm_label="Deregister" danger=true busy=submission.busy() on_confirm=confirm error=submission.problem()>{words}</ConfirmDialog>
        }
        .into_any()
    } else {
        view! {
            <ConfirmDialog open title confirm_label="Deregister" danger=true typed_name busy=submission.busy() on_confirm=confirm error=submission.problem()>{words}</ConfirmDialog>
        }
        .into_any()
    }
}

/// `services production/web, 3 tasks`.
fn use_words(used_by: &Use) -> String {
    let services: Vec<String> =
        used_by.services.iter().map(|s| format!("{}/{}", s.cluster, s.name)).collect();
    let services = match services.len() {
        0 => String::new(),
        1 => format!("service {}", services[0]),
        _ => format!("services {}", services.join(", ")),
    };
    let tasks = match used_by.tasks {
        0 => String::new(),
        1 => "1 task".to_owned(),
        n => format!("{n} tasks"),
    };
    [services, tasks].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::model::UsingService;
    use super::*;

    #[test]
    fn use_reads_in_words() {
        let web =
            UsingService { cluster: "production".parse().unwrap(), name: "web".parse().unwrap() };
        for (services, tasks, said) in [
            (vec![], 1, "1 task"),
            (vec![web.clone()], 0, "service production/web"),
            (vec![web.clone(), web], 3, "services production/web, production/web, 3 tasks"),
        ] {
            assert_eq!(use_words(&Use { services, tasks }), said);
        }
    }
}
