//! Templates to begin from: the team's own first, then those that every console has.

use leptos::prelude::*;

use super::api::starting_region;
use crate::error::AppError;
use crate::links;
use crate::task_definitions::convert::Candidate;
use crate::task_definitions::form::use_form;
use crate::task_definitions::team_templates::api::open_template;
use crate::task_definitions::team_templates::model::TemplateRow;
use crate::task_definitions::team_templates::use_shelf;
use crate::task_definitions::templates::{Beginning, TEMPLATES, Template, team};
use crate::ui::*;
use crate::words::container_words;

/// A card for each template.
#[component]
pub fn Starters(
    /// Begins with a document.
    begin: Callback<Candidate>,
) -> impl IntoView {
    let shelf = use_shelf();
    let own = Memo::new(move |_| shelf.rows(|row| !row.sidecar));
    let some = Memo::new(move |_| !own.read().is_empty());
    view! {
        {move || shelf.trouble().map(|error| view! {
            <Notice tone=Tone::Warn>{format!("Your team’s templates can’t be shown: {error}")}</Notice>
        })}
        {move || some.get().then(|| view! {
            <section class="start-group">
                <h3>"Your team’s"</h3>
                <Own own begin/>
            </section>
            <h3>"Built in"</h3>
        })}
        <BuiltIn begin/>
        <p><a href=links::TEMPLATES>"All templates of your team"</a></p>
    }
}

/// The team's templates.
#[component]
fn Own(own: Memo<Vec<TemplateRow>>, begin: Callback<Candidate>) -> impl IntoView {
    let form = use_form();
    let trouble = RwSignal::new(None::<AppError>);
    let start = move |id: i64| {
        leptos::task::spawn_local(async move {
            let answer = open_template(id).await;
            // The dialog may have been closed meanwhile.
            if trouble.try_set(answer.as_ref().err().cloned()).is_some() {
                return;
            }
            if let Ok(template) = answer {
                let family = form.document.with_untracked(|document| document.text_at("family"));
                begin.run(team::begin(&template.row.name, &template.document, &family));
            }
        });
    };
    let card = move |row: TemplateRow| {
        let id = row.id;
        let containers = container_words(&row.containers);
        view! {
            <li>
                <button type="button" class="start-card" on:click=move |_| start(id)>
                    <strong>{row.name}{row.is_default.then(|| view! { <span class="template-mark">"Default"</span> })}</strong>
                    {(!row.about.is_empty()).then(|| view! { <span>{row.about}</span> })}
                    <span>{containers}</span>
                    <span>{format!("Saved by {}, ", row.owner)}<TimeAgo at=row.changed_at/></span>
                </button>
            </li>
        }
    };
    view! {
        {move || trouble.get().map(|error| view! { <Notice tone=Tone::Bad>{error.to_string()}</Notice> })}
        <ul class="start-cards">{move || own.get().into_iter().map(card).collect_view()}</ul>
    }
}

/// The templates that every console has.
#[component]
fn BuiltIn(begin: Callback<Candidate>) -> impl IntoView {
    let form = use_form();
    let region = LocalResource::new(starting_region);
    let start = move |template: Template| {
        // The name and the image that are there already are kept.
        let there = |path: &str| form.document.with_untracked(|document| document.text_at(path));
        let beginning = Beginning {
            family: there("family"),
            image: there("containerDefinitions.0.image"),
            region: region.get_untracked().and_then(Result::ok).unwrap_or_default(),
        };
        let document = template.begin(&beginning);
        begin.run(Candidate { title: template.title.to_owned(), document, left_out: Vec::new() });
    };
    let card = move |template: Template| {
        view! {
            <li>
                <button type="button" class="start-card" on:click=move |_| start(template)>
                    <strong>{template.title}</strong>
                    <span>{template.about}</span>
                </button>
            </li>
        }
    };
    view! { <ul class="start-cards">{TEMPLATES.into_iter().map(card).collect_view()}</ul> }
}
