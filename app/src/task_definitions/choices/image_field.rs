//! A container's image: any address may be typed; the account's repositories and their tags are
//! offered.

use leptos::prelude::*;

use super::compose::repository_of;
use super::model::{Choice, ChoiceKind};
use super::source::{Source, plain};
use crate::ui::{SuggestField, Suggestion};

/// An image: first the repository, then the tag or the digest.
#[component]
pub fn ImageField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// The image's address.
    value: RwSignal<String>,
    /// What to enter.
    #[prop(default = "Image".to_owned(), into)]
    label: String,
    /// What helps to enter it right.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let repositories = Source::fixed(ChoiceKind::Repositories);
    let repository = Memo::new(move |_| {
        let known = repositories.known()?.items;
        let image = value.get();
        let address = repository_of(&image, known.iter().map(|one| one.value.as_str()))?;
        known.iter().find(|one| one.value == address).cloned()
    });
    let kind = Memo::new(move |_| repository.get().map(|one| ChoiceKind::Images(one.name)));
    let images = Source::of(kind.into());
    let suggestions = Signal::derive(move || match repository.get() {
        Some(Choice { value: address, .. }) => images.suggestions(|image| {
            let value = format!("{address}{}", image.value);
            Suggestion { value, ..plain(image, "pushed") }
        }),
        None => repositories.suggestions(|one| {
            let value = format!("{}:", one.value);
            Suggestion { value, goes_on: true, ..plain(one, "made") }
        }),
    });
    let open = move |()| {
        repositories.open();
        images.open();
    };
    let again = move |()| match repository.with_untracked(Option::is_some) {
        true => images.again(),
        false => repositories.again(),
    };
    view! {
        <SuggestField path label value noun="images" suggestions required=true
            hint=hint.unwrap_or_default() placeholder="nginx:1.27" on_open=open on_again=again/>
    }
}
