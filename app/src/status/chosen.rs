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
    /// A service with a public name to begin with: its own, which often says enough. Services of
    /// one name in several clusters are counted, because the clusters' names are not for visitors.
    pub(super) fn beside(others: &[Self], choice: &Choice) -> Self {
        let name = choice.service.to_string();
        let taken = |name: &str| {
            others.iter().any(|one| one.public_name.read_untracked().eq_ignore_ascii_case(name))
        };
        let counted = (2..).map(|number| format!("{name} {number}"));
        let public_name = std::iter::once(name.clone()).chain(counted).find(|name| !taken(name));
        Self::from(ServiceDraft {
            cluster: choice.cluster.to_string(),
            service: name.clone(),
            public_name: public_name.unwrap_or(name),
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

/// The rows in the order of the page.
#[component]
pub(super) fn ChosenRows(
    /// What is chosen.
    chosen: RwSignal<Vec<Chosen>>,
    /// Called when rows move or go.
    on_change: Callback<()>,
) -> impl IntoView {
    let list = NodeRef::<html::Ol>::new();
    let row = move |one: Chosen| view! { <ChosenRow one chosen on_change list/> };
    view! {
        {move || chosen.with(Vec::is_empty).then(|| view! { <p class="muted">"Nothing chosen yet."</p> })}
        <ol node_ref=list class="chosen-rows">
            <For each=move || chosen.get() key=|one| one.key.clone() children=row/>
        </ol>
    }
}

#[component]
fn ChosenRow(
    one: Chosen,
    chosen: RwSignal<Vec<Chosen>>,
    on_change: Callback<()>,
    list: NodeRef<html::Ol>,
) -> impl IntoView {
    let Chosen { key, cluster, service, public_name } = one;
    let key = StoredValue::new(key);
    let place = Memo::new(move |_| {
        chosen
            .with(|chosen| chosen.iter().position(|one| key.with_value(|key| *key == one.key)))
            .unwrap_or_default()
    });
    let count = Memo::new(move |_| chosen.with(Vec::len));
    let path = Signal::derive(move || format!("services.{}.public_name", place.get()));
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
        chosen.update(|chosen| chosen.retain(|one| key.with_value(|key| *key != one.key)));
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
                hint=format!("{service} in {cluster}")
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

    #[test]
    fn services_of_one_name_are_told_apart() {
        Owner::new().with(|| {
            let mut chosen = Vec::new();
            for cluster in ["production", "staging", "test"] {
                let (cluster, service) = (cluster.parse().unwrap(), "web".parse().unwrap());
                chosen.push(Chosen::beside(&chosen, &Choice { cluster, service }));
            }
            let names: Vec<_> = chosen.iter().map(|one| one.draft().public_name).collect();
            assert_eq!(names, ["web", "web 2", "web 3"]);
        });
    }
}
