//! The chosen services: their public names and their order.

use leptos::{html, prelude::*};

use super::draft::ServiceDraft;
use super::model::Choice;
use crate::ui::*;

/// A chosen service in the form.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// Tells it from the others.
    pub(super) key: String,
    cluster: String,
    service: String,
    public_name: ArcRwSignal<String>,
}

impl From<ServiceDraft> for Chosen {
    fn from(draft: ServiceDraft) -> Self {
        Self {
            key: format!("{}/{}", draft.cluster, draft.service),
            cluster: draft.cluster,
            service: draft.service,
            public_name: ArcRwSignal::new(draft.public_name),
        }
    }
}

impl Chosen {
    /// A service without a public name: its own tells of the system, so nobody gets it unasked.
    fn nameless(choice: &Choice) -> Self {
        Self::from(ServiceDraft {
            cluster: choice.cluster.to_string(),
            service: choice.service.to_string(),
            public_name: String::new(),
        })
    }

    /// What is typed for it now.
    pub(super) fn draft(&self) -> ServiceDraft {
        ServiceDraft {
            cluster: self.cluster.clone(),
            service: self.service.clone(),
            public_name: self.public_name.get(),
        }
    }
}

/// The services of a page while they are chosen.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    chosen: RwSignal<Vec<Chosen>>,
    /// What was taken off again: the name that was typed for it comes back with it.
    aside: StoredValue<Vec<Chosen>>,
}

impl Selection {
    /// What stands on the page at first.
    pub(super) fn new(drafts: Vec<ServiceDraft>) -> Self {
        let chosen = drafts.into_iter().map(Chosen::from).collect();
        Self { chosen: RwSignal::new(chosen), aside: StoredValue::new(Vec::new()) }
    }

    /// What is chosen, in the order of the page.
    pub(super) fn chosen(self) -> Signal<Vec<Chosen>> {
        self.chosen.into()
    }

    /// What is typed now.
    pub(super) fn drafts(self) -> Vec<ServiceDraft> {
        self.chosen.with(|chosen| chosen.iter().map(Chosen::draft).collect())
    }

    /// Puts a service at the end of the page, or takes it off.
    pub(super) fn toggle(self, choice: &Choice) {
        let key = choice.key();
        if self.remove(&key) {
            return;
        }
        let known = self.aside.try_update_value(|aside| {
            let at = aside.iter().position(|one| one.key == key)?;
            Some(aside.swap_remove(at))
        });
        let one = known.flatten().unwrap_or_else(|| Chosen::nameless(choice));
        self.chosen.update(|chosen| chosen.push(one));
    }

    /// Takes a service off the page; whether it was on it.
    fn remove(self, key: &str) -> bool {
        let at = self.chosen.with_untracked(|all| all.iter().position(|one| one.key == key));
        let Some(at) = at else { return false };
        let removed = self.chosen.try_update(|chosen| chosen.remove(at));
        self.aside.update_value(|aside| aside.extend(removed));
        true
    }
}

/// The rows in the order of the page.
#[component]
pub(super) fn ChosenRows(
    /// What is chosen.
    selection: Selection,
    /// Called when rows move or go.
    on_change: Callback<()>,
) -> impl IntoView {
    let chosen = selection.chosen;
    let list = NodeRef::<html::Ol>::new();
    let row = move |one: Chosen| view! { <ChosenRow one selection on_change list/> };
    view! {
        {move || chosen.with(Vec::is_empty).then(|| view! { <p class="muted">"Nothing chosen yet."</p> })}
        <ol node_ref=list class="chosen-rows">
            <For each=move || chosen.get() key=|one| one.key.clone() children=row/>
        </ol>
    }
}

/// Where the public name of the service at a place is typed.
fn name_path(place: usize) -> String {
    format!("services.{place}.public_name")
}

#[component]
fn ChosenRow(
    one: Chosen,
    selection: Selection,
    on_change: Callback<()>,
    list: NodeRef<html::Ol>,
) -> impl IntoView {
    let chosen = selection.chosen;
    let Chosen { key, cluster, service, public_name } = one;
    let key = StoredValue::new(key);
    let place = Memo::new(move |_| {
        chosen
            .with(|chosen| chosen.iter().position(|one| key.with_value(|key| *key == one.key)))
            .unwrap_or_default()
    });
    let count = Memo::new(move |_| chosen.with(Vec::len));
    let path = Signal::derive(move || name_path(place.get()));
    let step = move |to: usize, pressed: &'static str| {
        let from = place.get_untracked();
        if to >= count.get_untracked() || to == from {
            return;
        }
        chosen.update(|chosen| chosen.swap(from, to));
        on_change.run(());
        announce(&format!("Place {} of {}", to + 1, count.get_untracked()));
        focus_in_row(list, to, pressed);
    };
    let remove = move |_| {
        let gone = place.get_untracked();
        key.with_value(|key| selection.remove(key));
        on_change.run(());
        if chosen.read_untracked().is_empty() {
            focus_field("services");
        } else {
            focus_row_beside(list, gone);
        }
    };
    let at_end = move || (place.get() + 1 >= count.get()).then_some("true");
    view! {
        <li class="chosen-row">
            <TextField
                path
                label="Public name"
                value=RwSignal::from(public_name)
                required=true
                placeholder="Online shop"
                hint=format!("What visitors call {service} in {cluster}")
            />
            <span class="chosen-tools">
                <button data-moves="up" type="button" class="icon-button" title="Move up" aria-label=format!("Move {service} up")
                    aria-disabled=move || (place.get() == 0).then_some("true")
                    on:click=move |_| step(place.get_untracked().saturating_sub(1), "[data-moves=up]")>
                    <Icon name=IconName::ArrowUp/>
                </button>
                <button data-moves="down" type="button" class="icon-button" title="Move down" aria-label=format!("Move {service} down")
                    aria-disabled=at_end
                    on:click=move |_| step(place.get_untracked() + 1, "[data-moves=down]")>
                    <Icon name=IconName::ArrowDown/>
                </button>
                <button type="button" class="icon-button" title="Take off the page" aria-label=format!("Take {service} off the page") data-removes="" on:click=remove>
                    <Icon name=IconName::Close/>
                </button>
            </span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(service: &str) -> Choice {
        Choice { cluster: "production".parse().unwrap(), service: service.parse().unwrap() }
    }

    fn names(selection: Selection) -> Vec<(String, String)> {
        selection.drafts().into_iter().map(|one| (one.service, one.public_name)).collect()
    }

    #[test]
    fn no_name_is_public_before_it_is_typed() {
        Owner::new().with(|| {
            let selection = Selection::new(Vec::new());
            selection.toggle(&choice("web"));
            selection.toggle(&choice("api"));
            let nameless = ["web", "api"].map(|name| (name.to_owned(), String::new()));
            assert_eq!(names(selection), nameless);
        });
    }

    #[test]
    fn a_name_comes_back_with_its_service() {
        Owner::new().with(|| {
            let selection = Selection::new(Vec::new());
            selection.toggle(&choice("web"));
            selection.toggle(&choice("api"));
            selection.chosen.with_untracked(|all| all[0].public_name.set("Shop".to_owned()));
            selection.toggle(&choice("web"));
            assert_eq!(names(selection), [("api".to_owned(), String::new())]);
            selection.toggle(&choice("web"));
            assert_eq!(names(selection)[1], ("web".to_owned(), "Shop".to_owned()));
            assert!(!selection.remove("production/none"));
        });
    }
}
