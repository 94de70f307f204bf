//! The fields of one container: the common ones in sight, the rest by section.

use leptos::prelude::*;

use super::command::WordsField;
use super::environment::Environment;
use super::health::HealthCheck;
use super::lens::use_form;
use super::logs::Logs;
use super::mounts::Mounts;
use super::order::Order;
use super::ports::Ports;
use super::sections::{SchemaSection, SectionFields, SectionFold};
use crate::task_definitions::choices::ImageField;
use crate::task_definitions::schema::{CONTAINER, Owner, Section};
use crate::ui::*;

/// The sections that are in sight.
const IN_SIGHT: [&str; 4] = ["basics", "ports", "environment", "logs"];

/// The fields of the container at a path.
#[component]
pub(super) fn ContainerFields(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let at = move |member: &'static str| {
        Signal::derive(move || format!("{}.{member}", container.read()))
    };
    let folded = CONTAINER.iter().filter(|section| !IN_SIGHT.contains(&section.id));
    view! {
        <div class="container-body">
            <div class="field-row">
                <TextField path=at("name") label="Name" value=form.text(at("name")) required=true mono=true/>
                <ImageField path=at("image") value=form.text(at("image"))/>
            </div>
            <CheckField path=at("essential") label="Essential" value=form.truth_unless(at("essential")) hint="Its end ends the whole task."/>
            <Ports container/>
            <Environment container/>
            <Logs container/>
            <div class="section-folds">{folded.map(|section| fold(container, section)).collect_view()}</div>
        </div>
    }
}

/// A section as a fold: with fields of its own where these help more than the schema's.
fn fold(container: Signal<String>, section: &'static Section) -> AnyView {
    let owner = Owner::Container;
    match section.id {
        "command" => view! {
            <SectionFold owner base=container section><Command container section/></SectionFold>
        }
        .into_any(),
        "health" => view! {
            <SectionFold owner base=container section><HealthCheck container/></SectionFold>
        }
        .into_any(),
        "order" => view! {
            <SectionFold owner base=container section>
                <Order container/>
                <SectionFields owner base=container section without=&["dependsOn"]/>
            </SectionFold>
        }
        .into_any(),
        "mounts" => view! {
            <SectionFold owner base=container section>
                <Mounts container/>
                <SectionFields owner base=container section without=&["mountPoints"]/>
            </SectionFold>
        }
        .into_any(),
        _ => view! { <SchemaSection owner base=container section/> }.into_any(),
    }
}

#[component]
fn Command(container: Signal<String>, section: &'static Section) -> impl IntoView {
    let at = move |member: &'static str| {
        Signal::derive(move || format!("{}.{member}", container.read()))
    };
    view! {
        <WordsField path=at("entryPoint") label="Entry point" example="As a line, like /docker-entrypoint.sh; left empty, the image's."/>
        <WordsField path=at("command") label="Command" example="As a line, like nginx -g 'daemon off;'; left empty, the image's."/>
        <SectionFields owner=Owner::Container base=container section without=&["entryPoint", "command"]/>
    }
}
