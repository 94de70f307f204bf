//! The environment of a container: its variables and secrets in one table, files of more variables,
//! and what of it all the program will see.

use berth_definition::env::TakenOut;
use leptos::prelude::*;

use super::environment_compare::CompareWith;
use super::environment_effective::EffectiveView;
use super::environment_files::EnvironmentFiles;
use super::environment_grid::EnvironmentGrid;
use super::environment_paste::{Exchange, PasteLines};
use super::environment_secret::TakenOutNotices;
use super::environment_table::Grid;
use super::lens::use_form;
use crate::ui::*;

/// The environment of the container at a path.
#[component]
pub fn Environment(container: Signal<String>) -> impl IntoView {
    let grid = Grid::of(use_form(), container);
    let taken = RwSignal::new(Vec::<TakenOut>::new());
    let pasted = RwSignal::new(String::new());
    let pasting = RwSignal::new(false);
    // Values that left the document are in this page only.
    ask_before_leaving(Memo::new(move |_| !taken.read().is_empty()));
    let file = Callback::new(move |file: ReadFile| grid.take_file(file, pasted, pasting));
    let over = RwSignal::new(false);
    view! {
        <fieldset
            class="field rows-field env"
            class:is-over=move || over.get()
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| {
                over.set(false);
                // Text that is dropped goes where it is dropped.
                if read_file(&event, file) {
                    event.prevent_default();
                }
            }
        >
            <legend class="field-label">"Environment"</legend>
            <p class="field-hint">"Everybody who may read the task definition in AWS can read values. A secret is kept elsewhere: ECS reads it when a task starts, with the execution role."</p>
            <TakenOutNotices container taken/>
            <EnvironmentGrid grid taken/>
            <Exchange grid file/>
            <PasteLines grid text=pasted open=pasting/>
            <CompareWith container/>
        </fieldset>
        <EnvironmentFiles container/>
        <EffectiveView container/>
    }
}
