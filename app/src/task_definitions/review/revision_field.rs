//! A field for a revision of any family.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::list_revisions;
use super::model::FamilyRevisions;
use crate::ui::*;

/// A revision, as in `web:3`: the list begins with the families, and goes on with the revisions of the
/// one that is chosen.
#[component]
pub fn RevisionField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// What to enter.
    #[prop(into)]
    label: String,
    /// What is typed or chosen.
    value: RwSignal<String>,
    /// Its error.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let known = RwSignal::new(None::<Vec<FamilyRevisions>>);
    let (loading, trouble) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let ask = Callback::new(move |()| {
        loading.set(true);
        spawn_local(async move {
            let found = list_revisions().await;
            // The field may be gone by now.
            trouble.try_set(
                found.as_ref().err().map(|error| format!("{error} You can still type it.")),
            );
            known.try_update(|known| *known = found.ok().or(known.take()));
            loading.try_set(false);
        });
    });
    let suggestions = Signal::derive(move || Suggestions {
        items: known.with(|known| offered(known.as_deref().unwrap_or_default(), &value.read())),
        more: false,
        loading: loading.get(),
        note: trouble.get(),
    });
    view! {
        <SuggestField path label value noun="revisions" suggestions required=true error placeholder="web:3" on_open=ask on_again=ask/>
    }
}

/// The revisions of the family that a text names up to its colon, the newest first; else the families.
fn offered(known: &[FamilyRevisions], text: &str) -> Vec<Suggestion> {
    let named = text.split_once(':').map(|(family, _)| family.trim());
    let chosen = known.iter().find(|one| named == Some(one.family.as_str()));
    let Some(FamilyRevisions { family, numbers }) = chosen else {
        let family = |one: &FamilyRevisions| Suggestion {
            value: format!("{}:", one.family),
            name: one.family.to_string(),
            about: match one.numbers.as_slice() {
                [only] => format!("Revision {only}"),
                all => format!("{} revisions", all.len()),
            },
            at: None,
            goes_on: true,
        };
        return known.iter().map(family).collect();
    };
    let revision = |(at, number): (usize, &u32)| {
        let name = format!("{family}:{number}");
        let about = if at == 0 { "The newest".to_owned() } else { String::new() };
        Suggestion { value: name.clone(), name, about, at: None, goes_on: false }
    };
    numbers.iter().enumerate().map(revision).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_come_first_and_then_the_revisions_of_one() {
        let row = |family: &str, numbers: &[u32]| FamilyRevisions {
            family: family.parse().unwrap(),
            numbers: numbers.to_vec(),
        };
        let known = [row("web", &[3, 2]), row("web-admin", &[7])];
        for (text, values) in [
            ("", &["web:", "web-admin:"][..]),
            ("web", &["web:", "web-admin:"]),
            ("web:", &["web:3", "web:2"]),
            ("web:2", &["web:3", "web:2"]),
            ("web-admin:1", &["web-admin:7"]),
            ("gone:1", &["web:", "web-admin:"]),
        ] {
            let found: Vec<String> = offered(&known, text).into_iter().map(|o| o.value).collect();
            assert_eq!(found, values, "{text}");
        }
    }
}
