//! Which containers a container waits for.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::keys::Items;
use super::lens::use_form;
use super::rows::Rows;
use super::task::options;
use crate::ui::*;

/// The dependencies of the container at a path.
#[component]
pub fn Order(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let items = Items::of(form, Signal::derive(move || format!("{}.dependsOn", container.read())));
    let own = form.value(Signal::derive(move || format!("{}.name", container.read())));
    let others = Memo::new(move |_| {
        let own = own.get();
        form.document.with(|document| {
            let containers = document.items("containerDefinitions").iter();
            containers
                .filter_map(|container| container.get("name").and_then(Value::as_str))
                .filter(|name| *name != own && !name.is_empty())
                .map(|name| (name.to_owned(), name.to_owned()))
                .collect::<Vec<_>>()
        })
    });
    let row = move |place: Memo<usize>| {
        let at = move |member| items.member_path(place, member);
        let target = form.text(at("containerName"));
        let condition = form.text(at("condition"));
        let targets = Signal::derive(move || {
            let (present, mut targets) = (target.get(), others.get());
            if present.is_empty() {
                targets.insert(0, (String::new(), "Choose".to_owned()));
            } else if !targets.iter().any(|choice| choice.0 == present) {
                targets.push((present.clone(), format!("{present}: not there")));
            }
            targets
        });
        let conditions = options(&[
            ("START", "has started"),
            ("HEALTHY", "is healthy"),
            ("COMPLETE", "has ended"),
            ("SUCCESS", "has ended without an error"),
        ]);
        view! {
            <SelectField path=at("containerName") label="Container" options=targets value=target required=true/>
            <SelectField path=at("condition") label="Start when it" options=conditions value=condition required=true/>
        }
        .into_any()
    };
    view! {
        <Rows items legend="Waits for" noun="container to wait for" new_item=json!({"containerName": "", "condition": "START"}) row/>
    }
}
