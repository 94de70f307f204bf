//! The table of variables and secrets, as it is seen.

use berth_definition::env::{Row, TakenOut};
use leptos::ev::{ClipboardEvent, Event};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;
use std::sync::Arc;

use super::environment_table::{Grid, Key, Kind, ROWS_MAX, Sort};
use super::jump::use_jump;
use crate::task_definitions::choices::SecretCell;
use crate::ui::*;

/// The table with its tools.
#[component]
pub(super) fn EnvironmentGrid(grid: Grid, taken: RwSignal<Vec<TakenOut>>) -> impl IntoView {
    let shown = grid.shown();
    let some = Memo::new(move |_| grid.variables.count() + grid.secrets.count() > 0);
    let rows = Memo::new(move |_| {
        let mut rows = shown.get();
        if !grid.all.get() {
            rows.truncate(ROWS_MAX);
        }
        rows
    });
    let hidden = Memo::new(move |_| shown.read().len() - rows.read().len());
    let jump = use_jump();
    Effect::new(move |_| {
        // Who goes to a row finds it, whatever hides it.
        let container = grid.container.get_untracked();
        let lists = ["environment.", "secrets."].map(|list| format!("{container}.{list}"));
        let target = jump.target();
        if target.read().as_ref().is_some_and(|to| lists.iter().any(|list| to.starts_with(list))) {
            grid.show_all();
        }
    });
    let paste = move |event: ClipboardEvent| take_paste(grid, &event);
    let table = move || {
        some.get().then(|| view! {
            <EnvironmentFilter grid shown/>
            // Some browsers take a table that is laid out as a grid for none, unless they are told.
            <table class="env-table" role="table" on:paste=paste>
                <thead role="rowgroup"><tr role="row">
                    <NameHead grid/>
                    <th scope="col" role="columnheader">"Value"</th>
                    <th scope="col" role="columnheader">"Kind"</th>
                    <td role="cell"></td>
                </tr></thead>
                <tbody role="rowgroup">
                    <For each=move || rows.get() key=|key| *key children=move |key| view! { <EnvironmentRow grid taken key/> }/>
                </tbody>
            </table>
            {move || Some(hidden.get()).filter(|count| *count > 0).map(|count| view! {
                <p class="env-more">
                    {format!("{ROWS_MAX} are shown, {count} more are there.")}" "
                    <Button on_press=move |()| grid.all.set(true)>"Show all"</Button>
                </p>
            })}
        })
    };
    let add = move |kind: Kind, words: &'static str| {
        let id = move || format!("{}.add-{kind:?}", grid.container.read());
        view! {
            <button type="button" class="button button-quiet" id=id on:click=move |_| grid.add(kind)>
                <Icon name=IconName::Plus/><span class="button-words">{words}</span>
            </button>
        }
    };
    view! {
        {table}
        <div class="cluster-row">
            {add(Kind::Variable, "Add variable")}
            {add(Kind::Secret, "Add secret")}
        </div>
    }
}

/// The head that sorts.
#[component]
fn NameHead(grid: Grid) -> impl IntoView {
    let sorted = move || match grid.sort.get() {
        Sort::Document => "none",
        Sort::Name => "ascending",
        Sort::NameBack => "descending",
    };
    let next = move |_| {
        grid.sort.update(|sort| {
            *sort = match sort {
                Sort::Document => Sort::Name,
                Sort::Name => Sort::NameBack,
                Sort::NameBack => Sort::Document,
            };
        });
    };
    let icon = move || match grid.sort.get() {
        Sort::Document => view! { <Icon name=IconName::ArrowsUpDown/> },
        Sort::Name => view! { <Icon name=IconName::ArrowUp/> },
        Sort::NameBack => view! { <Icon name=IconName::ArrowDown/> },
    };
    view! {
        <th scope="col" role="columnheader" aria-sort=sorted>
            <button type="button" class="env-sort" title="Sort by name, back, or as in the document" on:click=next>"Name"{icon}</button>
        </th>
    }
}

/// What narrows the table, once there is more than fits the eye.
#[component]
fn EnvironmentFilter(grid: Grid, shown: Memo<Vec<Key>>) -> impl IntoView {
    let worth = Memo::new(move |was: Option<&bool>| {
        let table = grid.rows.read();
        was.copied().unwrap_or(false)
            || table.variables.len() + table.secrets.len() > 8
            || table.suspects() > 0
            || !table.twice.is_empty()
    });
    let choice = move |value: &'static str, words: &'static str, count: usize| {
        view! {
            <option value=value selected=move || grid.only.get() == value>{format!("{words} ({count})")}</option>
        }
    };
    let options = move || {
        let table = grid.rows.read();
        let twice = table.variables.iter().chain(&table.secrets);
        let twice = twice.filter(|row| table.twice.contains(&row.name)).count();
        view! {
            {choice("all", "All", table.variables.len() + table.secrets.len())}
            {choice("variables", "Values", table.variables.len())}
            {choice("secrets", "Secrets", table.secrets.len())}
            {choice("suspects", "Look like secrets", table.suspects())}
            {choice("twice", "There twice", twice)}
        }
    };
    let id = move |part: &str| format!("{}-env-{part}", grid.container.read());
    let count = move || {
        let (shown, all) = (shown.read().len(), grid.variables.count() + grid.secrets.count());
        if shown == all { String::new() } else { format!("{shown} of {all}") }
    };
    move || {
        worth.get().then(|| view! {
            <div class="env-filter">
                <input
                    type="search"
                    class="input"
                    id=move || id("filter")
                    aria-label="Filter variables"
                    placeholder="Filter"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || grid.filter.get()
                    on:input:target=move |event| grid.filter.set(event.target().value())
                    on:keydown=move |event| if event.key() == "Enter" { event.prevent_default() }
                />
                <select class="input" id=move || id("only") aria-label="Show" on:change:target=move |event| grid.only.set(event.target().value())>
                    {options}
                </select>
                <span class="env-count" role="status">{count}</span>
            </div>
        })
    }
}

/// One row.
#[component]
fn EnvironmentRow(grid: Grid, taken: RwSignal<Vec<TakenOut>>, key: Key) -> impl IntoView {
    let (kind, key) = key;
    let place = grid.items(kind).place(key);
    let row = Memo::new(move |_| {
        let table = grid.rows.read();
        let list = match kind {
            Kind::Variable => &table.variables,
            Kind::Secret => &table.secrets,
        };
        list.get(place.get()).cloned().unwrap_or_else(|| Arc::new(Row::default()))
    });
    let row_words = Signal::derive(move || format!("row {}", place.get().saturating_add(1)));
    let label =
        move |words: &'static str| Signal::derive(move || format!("{words}, {}", row_words.read()));
    let items = grid.items(kind);
    let put = move |member: &'static str| {
        Callback::new(move |text| grid.put(kind, place.get_untracked(), member, text))
    };
    let enter = move |member: &'static str| {
        Callback::new(move |()| {
            let next = place.get_untracked() + 1;
            if next < untrack(|| items.count()) {
                focus_field(&grid.path(kind, next, member));
            } else {
                grid.add(kind);
            }
        })
    };
    let twice = Memo::new(move |_| grid.rows.read().twice.contains(&row.read().name));
    let make_secret = move |()| {
        if let Some(out) = grid.to_secret(place.get_untracked()) {
            announce(&format!("{} is a secret now. Its value left the document.", out.name));
            taken.update(|taken| taken.push(out));
        }
    };
    let name = Signal::derive(move || row.read().name.clone());
    let is_secret = kind == Kind::Secret;
    let name_label = if is_secret { "Secret name" } else { "Name" };
    let value_cell = if is_secret {
        let path = items.member_path(place, "valueFrom");
        let value = grid.form.required_text(path);
        view! { <SecretCell path row=row_words value on_enter=enter("valueFrom")/> }.into_any()
    } else {
        let path = items.member_path(place, "value");
        let value = Signal::derive(move || row.read().value.clone());
        view! { <CellInput path label=label("Value") value on_text=put("value") on_enter=enter("value") lines=true/> }.into_any()
    };
    view! {
        <tr role="row" class:is-marked=move || twice.get() || row.read().suspect.is_some()>
            <td role="cell">
                <CellInput path=items.member_path(place, "name") label=label(name_label) value=name on_text=put("name") on_enter=enter("name")/>
                {move || twice.get().then(|| view! { <TwiceNote is_secret/> })}
            </td>
            <td role="cell">
                {value_cell}
                {move || row.read().suspect.map(|said| view! {
                    <p class="env-note" data-tone="warn">
                        <Icon name=IconName::Key/><span>{said}</span>
                        <button type="button" class="button button-quiet" on:click=move |_| make_secret(())>"Make it a secret"</button>
                    </p>
                })}
            </td>
            <td role="cell">
                <KindSelect grid kind place on_secret=make_secret/>
            </td>
            <td role="cell">
                <RemoveButton grid kind place/>
            </td>
        </tr>
    }
}

/// What a row is; another choice makes it that.
#[component]
fn KindSelect(
    grid: Grid,
    kind: Kind,
    place: Memo<usize>,
    #[prop(into)] on_secret: Callback<()>,
) -> impl IntoView {
    let is_secret = kind == Kind::Secret;
    let change = move |event: Event| {
        // The row goes, and its select with it: it is never seen with the other kind.
        if event_target_value(&event) == "secret" {
            on_secret.run(());
        } else {
            grid.to_variable(place.get_untracked());
        }
    };
    let id = grid.items(kind).member_path(place, "kind");
    let words = if is_secret { "Kind of secret" } else { "Kind" };
    let label = move || format!("{words}, row {}", place.get().saturating_add(1));
    view! {
        <select class="input" id=move || id.get() aria-label=label on:change=change>
            <option value="variable" selected=!is_secret>"Value"</option>
            <option value="secret" selected=is_secret>"Secret"</option>
        </select>
    }
}

#[component]
fn TwiceNote(is_secret: bool) -> impl IntoView {
    let said = if is_secret {
        "This name is there twice: ECS refuses it."
    } else {
        "This name is there twice. Keep one."
    };
    view! { <p class="env-note" data-tone="warn"><Icon name=IconName::Copy/><span>{said}</span></p> }
}

#[component]
fn RemoveButton(grid: Grid, kind: Kind, place: Memo<usize>) -> impl IntoView {
    let noun = if kind == Kind::Secret { "secret" } else { "variable" };
    let words = move || format!("Remove {noun}, row {}", place.get().saturating_add(1));
    let id = grid.items(kind).member_path(place, "remove");
    view! {
        <button type="button" class="icon-button" id=move || id.get() aria-label=words title=words data-removes="" on:click=move |_| grid.remove(kind, place.get_untracked())>
            <Icon name=IconName::Trash/>
        </button>
    }
}

/// Many variables pasted where a name belongs become rows; anything else is pasted as it is.
fn take_paste(grid: Grid, event: &Event) {
    let into_name = event.target().is_some_and(|target| target.has_type::<HtmlInputElement>());
    let Some(text) = pasted_text(event).filter(|_| into_name) else { return };
    let pasted = berth_definition::env::recognise(&text);
    let many = pasted.variables.len() + pasted.secrets.len() > 1;
    if many && pasted.troubles.is_empty() {
        event.prevent_default();
        let said = grid.weigh(&pasted).unwrap_or_default();
        grid.take(pasted);
        announce(&said);
    }
}
