//! The task's volumes, of every kind.

use leptos::prelude::*;
use serde_json::{Map, Value, json};

use super::field::{MisfitField, SchemaField};
use super::keys::Items;
use super::lens::use_form;
use super::rows::Rows;
use super::sections::SectionFields;
use crate::task_definitions::field::{
    VOLUME_KINDS, kept_kinds, misfit, refused_kinds, turn_volume, volume_kind,
};
use crate::task_definitions::rules::Shape;
use crate::task_definitions::schema::Owner;
use crate::ui::*;

/// The member that the choice of a kind stands for; every other member has a field of its own.
#[cfg(all(test, feature = "ssr"))]
pub const CHOSEN_WITH_THE_KIND: &str = "configuredAtLaunch";

/// The volumes that containers can mount.
#[component]
pub fn Volumes() -> impl IntoView {
    let items = Items::of(use_form(), Signal::stored("volumes".to_owned()));
    let row = move |place: Memo<usize>| {
        view! { <VolumeFields volume=items.item_path(place)/> }.into_any()
    };
    view! {
        <FormSection title="Volumes" hint="What containers share, or what outlives the task.">
            <Rows items legend="Volumes" noun="volume" new_item=json!({"name": ""}) row/>
        </FormSection>
    }
}

/// Name, kind, and what the kind has to say.
#[component]
fn VolumeFields(volume: Signal<String>) -> impl IntoView {
    let form = use_form();
    let kind = form.memo(volume, volume_kind);
    let chosen = RwSignal::new(kind.get_untracked().to_owned());
    Effect::new(move |_| chosen.set(kind.get().to_owned()));
    // What was said of other kinds, to come back when they are chosen again.
    let kept = RwSignal::new(Map::<String, Value>::new());
    let turn = move |kind: String| {
        let path = volume.get_untracked();
        let old = form.document.with_untracked(|document| document.get(&path).cloned());
        let turned = old.and_then(|old| {
            kept.try_update(|kept| turn_volume(&old, &kind, kept)).filter(|turned| *turned != old)
        });
        if let Some(turned) = turned {
            form.document.update(|document| document.set(&path, turned));
        }
    };
    let options: Vec<_> =
        VOLUME_KINDS.iter().map(|k| (k.id.to_owned(), k.words.to_owned())).collect();
    let refused = Memo::new(move |_| form.document.with(|d| refused_kinds(d, &volume.read())));
    let fields = move || {
        let section = Owner::Volume.section(kind.get()).filter(|section| section.id != "launch");
        section.map(|section| view! { <SectionFields owner=Owner::Volume base=volume section/> })
    };
    let about = move || {
        let about = Owner::Volume.section(kind.get()).map(|section| section.about);
        about.unwrap_or("A directory that begins empty with each task.")
    };
    let put_aside = move || {
        let kinds = kept.with(kept_kinds);
        (!kinds.is_empty()).then(|| format!(
            "Put aside until this page is left: what was said for {}. Choose it again to bring it back.",
            kinds.join(", ")
        ))
    };
    // A volume, or a configuration, that is no object is said once and not at each field.
    let odd = Memo::new(move |_| {
        let volume = volume.read();
        form.document.with_part(&volume, |document| {
            let member =
                VOLUME_KINDS.iter().find(|known| known.id == kind.get()).map_or("", |k| k.member);
            let configuration =
                Some(member).filter(|member| !matches!(*member, "" | "configuredAtLaunch"));
            let inside =
                || misfit(document, &format!("{volume}.{}", configuration?), &Shape::Object(&[]));
            misfit(document, &volume, &Shape::Object(&[])).or_else(inside)
        })
    });
    let misfit_path = Signal::derive(move || format!("{}-misfit", volume.read()));
    let fields = move || match odd.get() {
        Some(misfit) => {
            view! { <MisfitField path=misfit_path label="Volume".to_owned() misfit/> }.into_any()
        }
        None => fields().into_any(),
    };
    let name = move || {
        odd.read().as_ref().is_none_or(|odd| odd.path != *volume.read()).then(|| {
            view! { <SchemaField owner=Owner::Volume base=volume member="name"/> }
        })
    };
    view! {
        <div class="volume-fields">
            <div class="field-row">
                {name}
                <SelectField path=Signal::derive(move || format!("{}-kind", volume.read())) label="Kind" options refused value=chosen on_choose=turn
                    hint="What stands behind it." required=true/>
            </div>
            <p class="field-hint">{about}</p>
            {fields}
            <p class="field-hint" role="status">{put_aside}</p>
        </div>
    }
}
