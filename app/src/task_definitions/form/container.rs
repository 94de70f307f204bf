//! The containers of the task: a card each, an index when there are many, and a way back for the one
//! that was removed.

use std::collections::HashSet;

use leptos::{html, prelude::*};
use serde_json::json;

use super::container_card::ContainerCard;
use super::history::History;
use super::jump::use_jump;
use super::keys::Items;
use super::lens::use_form;
use super::picture_overview::Overview;
use crate::task_definitions::start::AddSidecar;
use crate::ui::*;

/// As many as ECS takes in one task.
const CONTAINERS_MAX: usize = 10;
/// With more than these the cards begin folded.
const OPEN_MAX: usize = 3;

/// What the cards share.
#[derive(Clone, Copy)]
pub(super) struct Cards {
    /// The containers.
    pub items: Items,
    /// Their list in the page.
    pub list: NodeRef<html::Ul>,
    /// The keys of those that are folded.
    pub folded: RwSignal<HashSet<usize>>,
    /// Why no more can be added.
    pub full: Signal<Option<String>>,
    removed: RwSignal<Option<Removed>>,
    history: Option<History>,
}

/// A container that was removed just now.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Removed {
    name: String,
    /// How many steps could be taken back then: with another number the notice is out of date.
    depth: usize,
}

impl Cards {
    fn new() -> Self {
        let items = Items::of(use_form(), Signal::stored("containerDefinitions".to_owned()));
        let keys = untrack(|| items.keys());
        let folded =
            if keys.len() > OPEN_MAX { keys.into_iter().collect() } else { HashSet::new() };
        let full = Signal::derive(move || {
            (items.count() >= CONTAINERS_MAX)
                .then(|| "A task has ten containers at most.".to_owned())
        });
        let cards = Self {
            items,
            list: NodeRef::new(),
            folded: RwSignal::new(folded),
            full,
            removed: RwSignal::new(None),
            history: use_context(),
        };
        // Many at once were pasted or loaded: they begin as on a new page.
        Effect::new(move |before: Option<usize>| {
            let keys = items.keys();
            if before.is_some_and(|before| keys.len() > before + 1) && keys.len() > OPEN_MAX {
                cards.folded.update(|folded| folded.extend(keys.iter().skip(before.unwrap_or(0))));
            }
            keys.len()
        });
        cards
    }

    /// Unfolds the card of a key.
    pub(super) fn unfold(self, key: usize) {
        if self.folded.with_untracked(|folded| folded.contains(&key)) {
            self.folded.update(|folded| {
                folded.remove(&key);
            });
        }
    }

    /// Removes a container, and offers to bring it back.
    pub(super) fn remove(self, place: usize, name: String) {
        self.items.remove(place);
        focus_row_beside(self.list, place);
        if let Some(history) = self.history {
            history.catch_up();
            self.removed.set(Some(Removed { name, depth: untrack(|| history.depth()) }));
        }
    }
}

/// Up to ten containers.
#[component]
pub fn Containers() -> impl IntoView {
    let cards = Cards::new();
    let items = cards.items;
    provide_context(cards);
    let add = move |()| {
        items.add(json!({"name": "", "image": "", "essential": untrack(|| items.count()) == 0}));
        focus_row(cards.list, items.last_place());
    };
    view! {
        <FormSection title="Containers" hint="The task ends when an essential container ends.">
            <ContainerIndex cards/>
            <RemovedNotice cards/>
            <ul node_ref=cards.list class="stack">
                <For each=move || items.keys() key=|key| *key children=move |key| {
                    view! { <li><ContainerCard cards key/></li> }
                }/>
            </ul>
            <div class="cluster-row"><Button icon=IconName::Plus disabled_reason=cards.full on_press=add>"Add container"</Button><AddSidecar/></div>
        </FormSection>
        <Overview/>
    }
}

/// The way back for a container that was removed.
#[component]
fn RemovedNotice(cards: Cards) -> impl IntoView {
    let Some(history) = cards.history else { return ().into_any() };
    let in_date =
        Memo::new(move |_| cards.removed.get().filter(|removed| removed.depth == history.depth()));
    let undo = move |()| {
        history.undo();
        cards.removed.set(None);
    };
    let notice = move || {
        in_date.get().map(|Removed { name, .. }| {
            view! {
                <Notice tone=Tone::Idle>
                    <p class="cluster-row">
                        {format!("Removed container {name}.")}
                        <Button kind=ButtonKind::Quiet icon=IconName::RollBack on_press=undo>{format!("Bring {name} back")}</Button>
                    </p>
                </Notice>
            }
        })
    };
    view! { <div class="form-notice" role="status">{notice}</div> }.into_any()
}

/// Where each container stands, while there are too many to see at once.
#[component]
fn ContainerIndex(cards: Cards) -> impl IntoView {
    let (form, jump) = (use_form(), use_jump());
    let items = cards.items;
    let many = Memo::new(move |_| items.count() > OPEN_MAX);
    let link = move |key: usize| {
        let place = items.place(key);
        let path = items.item_path(place);
        let name = form.value(items.member_path(place, "name"));
        let words = move || {
            let name = name.get();
            if name.is_empty() {
                format!("Container {}", place.get().saturating_add(1))
            } else {
                name
            }
        };
        let errors = errors_below(path);
        let go = move |_| {
            cards.unfold(key);
            jump.to(&format!("{}.name", path.get_untracked()));
        };
        let count = move || {
            Some(errors.get()).filter(|count| *count > 0).map(|count| view! {
                <span class="index-errors"><Icon name=IconName::Warn/>{count}<span class="visually-hidden">" to mend"</span></span>
            })
        };
        view! { <li><button type="button" class="index-link mono" on:click=go>{words}{count}</button></li> }
    };
    let fold_all = move |()| {
        let keys = untrack(|| items.keys());
        cards.folded.set(keys.into_iter().collect());
    };
    move || {
        many.get().then(|| {
            mark_page("data-index");
            view! {
                <nav class="container-index" aria-label="Containers">
                    <ul><For each=move || items.keys() key=|key| *key children=link/></ul>
                    <Button kind=ButtonKind::Quiet on_press=move |()| cards.folded.set(HashSet::new())>"Unfold all"</Button>
                    <Button kind=ButtonKind::Quiet on_press=fold_all>"Fold all"</Button>
                </nav>
            }
        })
    }
}
