//! Where a container's output goes.

use leptos::prelude::*;

use super::lens::use_form;
use super::task::options;
use crate::ui::*;

/// The log configuration of the container at a path.
#[component]
pub fn Logs(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let at = move |member: &'static str| {
        Signal::derive(move || format!("{}.logConfiguration{member}", container.read()))
    };
    let driver = form.text(at(".logDriver"));
    let drivers = options(&[
        ("", "None"),
        ("awslogs", "awslogs: CloudWatch Logs"),
        ("awsfirelens", "awsfirelens: through a router container"),
        ("splunk", "splunk"),
        ("json-file", "json-file: on the instance"),
        ("syslog", "syslog"),
        ("journald", "journald"),
        ("gelf", "gelf"),
        ("fluentd", "fluentd"),
    ]);
    let group = form.text(at(".options.awslogs-group"));
    let region = form.text(at(".options.awslogs-region"));
    let prefix = form.text(at(".options.awslogs-stream-prefix"));
    let more = form.options(at(".options"));
    let kind = Memo::new(move |_| driver.get());
    view! {
        <SelectField path=at(".logDriver") label="Log driver" options=drivers value=driver/>
        {move || (kind.read().as_str() == "awslogs").then(|| view! {
            <div class="field-row">
                <TextField path=at(".options.awslogs-group") label="Log group" value=group required=true mono=true/>
                <TextField path=at(".options.awslogs-region") label="Region" value=region required=true mono=true/>
                <TextField path=at(".options.awslogs-stream-prefix") label="Stream prefix" value=prefix mono=true/>
            </div>
        })}
        {move || (!kind.read().is_empty()).then(|| view! {
            <PairRows path=at(".options") legend="More options" key_label="Option" rows=more add_label="Add option"/>
        })}
    }
}
