//! Which containers a container waits for.

use berth_definition::together::{condition_excluded, waits_for};
use leptos::prelude::*;
use serde_json::json;

use super::keys::Items;
use super::lens::use_form;
use super::rows::Rows;
use super::task::options;
use crate::ui::*;

/// The conditions, in words that go on after "when it".
pub(super) const CONDITIONS: [(&str, &str); 4] = [
    ("START", "has started"),
    ("HEALTHY", "is healthy"),
    ("COMPLETE", "has ended"),
    ("SUCCESS", "has ended without an error"),
];

/// The dependencies of the container at a path.
#[component]
pub fn Order(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let items = Items::of(form, Signal::derive(move || format!("{}.dependsOn", container.read())));
    let others = Memo::new(move |_| {
        let path = container.read();
        let place = path.rsplit('.').next().and_then(|place| place.parse().ok());
        form.document.with(|document| waits_for(document, place.unwrap_or(usize::MAX)))
    });
    let row = move |place: Memo<usize>| {
        let at = move |member| items.member_path(place, member);
        let target = form.text(at("containerName"));
        let condition = form.text(at("condition"));
        let targets = Signal::derive(move || {
            let name = |(name, _): (String, bool)| (name.clone(), name);
            let mut targets: Vec<_> = others.get().into_iter().map(name).collect();
            let present = target.get();
            if present.is_empty() {
                targets.insert(0, (String::new(), "Choose".to_owned()));
            } else if !targets.iter().any(|choice| choice.0 == present) {
                targets.push((present.clone(), format!("{present}: not there")));
            }
            targets
        });
        let circles = Signal::derive(move || {
            let circle = |(name, circle): (String, bool)| {
                circle.then(|| (name, "it waits for this one".to_owned()))
            };
            others.get().into_iter().filter_map(circle).collect::<Vec<_>>()
        });
        let excluded = Memo::new(move |_| {
            let target = target.get();
            form.document.with(|document| {
                let why = |(value, _): (&'static str, _)| {
                    let why = condition_excluded(document, &target, value)?;
                    Some((value.to_owned(), why))
                };
                CONDITIONS.into_iter().filter_map(why).collect::<Vec<_>>()
            })
        });
        view! {
            <SelectField path=at("containerName") label="Container" options=targets refused=circles value=target required=true/>
            <SelectField path=at("condition") label="Start when it" options=options(&CONDITIONS) refused=excluded value=condition required=true/>
        }
        .into_any()
    };
    let new_item = Memo::new(move |_| {
        // Where there is one to wait for, it is the one that is meant.
        let name = match others.read().as_slice() {
            [(only, false)] if items.count() == 0 => only.clone(),
            _ => String::new(),
        };
        json!({"containerName": name, "condition": "START"})
    });
    view! {
        <Rows items legend="Waits for" noun="container to wait for" new_item row/>
    }
}
