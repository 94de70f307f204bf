//! Containers that are added beside one's own with one press.

use leptos::prelude::*;

use super::api::starting_region;
use crate::task_definitions::finding::Fix;
use crate::task_definitions::form::{Form, use_form};
use crate::task_definitions::team_templates::api::open_template;
use crate::task_definitions::team_templates::model::{Template, TemplateRow};
use crate::task_definitions::team_templates::use_shelf;
use crate::task_definitions::templates::{Beginning, SIDECARS, Sidecar, team};
use crate::ui::*;

/// A menu of sidecars: the team's own first, then those that every console has.
#[component]
pub fn AddSidecar() -> impl IntoView {
    let form = use_form();
    let toasts = use_toasts();
    let trouble = RwSignal::new(None::<String>);
    // Asked for once, when the page has come alive.
    let region = LocalResource::new(starting_region);
    let add = move |sidecar: Sidecar| {
        let region = region.get_untracked().and_then(Result::ok).unwrap_or_default();
        let beginning = Beginning { region, ..Beginning::default() };
        let edits = form.document.with_untracked(|document| sidecar.edits(document, &beginning));
        form.document
            .update(|document| Fix { label: sidecar.title.to_owned(), edits }.apply(document));
        toasts.success(format!("The container {} was added.", sidecar.name));
    };
    let item = move |sidecar: Sidecar| {
        let reason =
            Signal::derive(move || form.document.with(|document| sidecar.refused(document)));
        let press = Callback::new(move |()| add(sidecar));
        view! {
            <MenuItem on_press=press disabled_reason=reason>
                {sidecar.title}<span class="menu-reason">{sidecar.about}</span>
            </MenuItem>
        }
    };
    view! {
        <Menu label="Add a sidecar" icon=IconName::Plus text="Add a sidecar">
            <Own trouble/>
            {SIDECARS.into_iter().map(item).collect_view()}
        </Menu>
        {move || trouble.get().map(|said| view! { <Notice tone=Tone::Bad>{said}</Notice> })}
    }
}

/// The team's sidecars. Why one could not be added goes to `trouble`.
#[component]
fn Own(trouble: RwSignal<Option<String>>) -> impl IntoView {
    let form = use_form();
    let toasts = use_toasts();
    let shelf = use_shelf();
    let own = Memo::new(move |_| shelf.rows(|row| row.sidecar));
    let fetch = move |id: i64| {
        leptos::task::spawn_local(async move {
            let answer = open_template(id).await;
            let said = answer.map_err(|error| error.to_string()).and_then(|t| add(form, &t));
            // The form may have been left meanwhile.
            if trouble.try_set(said.as_ref().err().cloned()).is_none()
                && let Ok(said) = said
            {
                toasts.success(said);
            }
        });
    };
    let item = move |row: TemplateRow| {
        let id = row.id;
        let name = row.containers.first().cloned().unwrap_or_default();
        let reason =
            Signal::derive(move || form.document.with(|document| team::refused(&name, document)));
        let about = [row.about, format!("Your team’s, saved by {}.", row.owner)]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        view! {
            <MenuItem on_press=Callback::new(move |()| fetch(id)) disabled_reason=reason>
                {row.name}<span class="menu-reason">{about}</span>
            </MenuItem>
        }
    };
    move || {
        let rows = own.get();
        (!rows.is_empty()).then(|| {
            view! { {rows.into_iter().map(item).collect_view()} <MenuDivider/> }
        })
    }
}

/// Adds a sidecar of the team to the form, and says so.
///
/// # Errors
/// The sentence that says why there is no place for it.
fn add(form: Form, template: &Template) -> Result<String, String> {
    let Template { row, document: sidecar } = template;
    let name = row.containers.first().map_or("", String::as_str);
    // The form may have changed while it was on its way.
    if let Some(refused) = form.document.with_untracked(|document| team::refused(name, document)) {
        return Err(refused);
    }
    let edits = form.document.with_untracked(|document| team::edits(sidecar, document));
    form.document.update(|document| Fix { label: row.name.clone(), edits }.apply(document));
    Ok(format!("The container {name} was added."))
}
