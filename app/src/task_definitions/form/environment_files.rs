//! Files of variables that ECS reads from S3 when a task starts.

use leptos::{html, prelude::*};
use serde_json::json;

use super::field::SchemaField;
use super::keys::Items;
use super::lens::use_form;
use crate::task_definitions::schema::Owner;
use crate::ui::*;

/// The files of the container at a path, in the order in which they count.
#[component]
pub(super) fn EnvironmentFiles(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let path = Signal::derive(move || format!("{}.environmentFiles", container.read()));
    let items = Items::of(form, path);
    let list = NodeRef::<html::Ul>::new();
    let full = Signal::derive(move || {
        (items.count() >= 10).then(|| "A container has ten files at most.".to_owned())
    });
    let add = move |()| {
        items.add(json!({"value": "", "type": "s3"}));
        focus_row(list, items.last_place());
    };
    let row = move |key: usize| {
        let place = items.place(key);
        let at = items.member_path(place, "value");
        let kind = form.value(items.member_path(place, "type"));
        // There is one kind so far. Another one stays in sight, also while it is mended.
        let odd = Memo::new(move |was: Option<&bool>| {
            was.copied().unwrap_or(false) || *kind.read() != "s3"
        });
        let number = move || place.get().saturating_add(1);
        let first =
            Signal::derive(move || (place.get() == 0).then(|| "It is the first.".to_owned()));
        let up = move |()| {
            let at = place.get_untracked();
            items.shift(at, at.saturating_sub(1));
            focus_in_row(list, at.saturating_sub(1), "[data-moves=up]");
        };
        let remove = move |()| {
            let at = place.get_untracked();
            items.remove(at);
            focus_row_beside(list, at);
        };
        view! {
            <li class="env-file">
                <TextField path=at label="Object in S3" value=form.text(at) required=true mono=true placeholder="arn:aws:s3:::bucket/web.env"/>
                <span class="cluster-row">
                    <Button kind=ButtonKind::Quiet icon=IconName::ArrowUp disabled_reason=first attr:data-moves="up" on_press=up><span class="visually-hidden">{move || format!("Move file {} up", number())}</span></Button>
                    <Button kind=ButtonKind::Quiet icon=IconName::Trash attr:data-removes="" on_press=remove><span class="visually-hidden">{move || format!("Remove file {}", number())}</span></Button>
                </span>
                {move || odd.get().then(|| view! { <SchemaField owner=Owner::Container base=items.item_path(place) member="environmentFiles.*.type"/> })}
            </li>
        }
    };
    let described_by = group_described_by(path, false);
    view! {
        <fieldset class="field rows-field" id=move || path.get() tabindex="-1" aria-describedby=move || described_by.get()>
            <legend class="field-label">"Environment files"</legend>
            {move || (items.count() > 0).then(|| view! { <p class="field-hint">"The first file that names a variable wins; the values and secrets above win over every file."</p> })}
            <ul node_ref=list class="rows-list"><For each=move || items.keys() key=|key| *key children=row/></ul>
            <GroupError path/>
            <div><Button kind=ButtonKind::Quiet icon=IconName::Plus disabled_reason=full on_press=add>"Add file"</Button></div>
        </fieldset>
    }
}
