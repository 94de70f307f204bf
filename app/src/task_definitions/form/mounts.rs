//! Where a container mounts the task's volumes.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::keys::Items;
use super::lens::use_form;
use super::rows::Rows;
use crate::ui::*;

/// The mount points of the container at a path.
#[component]
pub fn Mounts(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let items =
        Items::of(form, Signal::derive(move || format!("{}.mountPoints", container.read())));
    let names = Memo::new(move |_| {
        form.document.with_part("volumes", |document| {
            let volumes = document.items("volumes").iter();
            volumes
                .filter_map(|volume| volume.get("name").and_then(Value::as_str))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
    });
    let row = move |place: Memo<usize>| {
        let at = move |member| items.member_path(place, member);
        let source = form.text(at("sourceVolume"));
        let choices = Signal::derive(move || {
            let present = source.get();
            let mut choices: Vec<_> =
                names.get().into_iter().map(|name| (name.clone(), name)).collect();
            if present.is_empty() {
                choices.insert(0, (String::new(), "Choose".to_owned()));
            } else if !choices.iter().any(|choice| choice.0 == present) {
                choices.push((present.clone(), format!("{present}: not there")));
            }
            choices
        });
        view! {
            <SelectField path=at("sourceVolume") label="Volume" options=choices value=source required=true/>
            <TextField path=at("containerPath") label="Path in the container" value=form.text(at("containerPath")) required=true mono=true/>
            <CheckField path=at("readOnly") label="Read only" value=form.truth(at("readOnly"))/>
        }
        .into_any()
    };
    let new_item = Memo::new(move |_| {
        // Where there is one volume, it is the one that is meant.
        let name = match names.read().as_slice() {
            [only] if items.count() == 0 => only.clone(),
            _ => String::new(),
        };
        json!({"sourceVolume": name, "containerPath": ""})
    });
    view! {
        <Rows items legend="Mounts" hint="Add the volumes further below first." noun="mount" new_item row/>
    }
}
