//! Where a secret's value comes from: a secret or a parameter, and a place inside of it. The console
//! reads no values: keys of a JSON document are typed.

use leptos::prelude::*;

use super::compose::SecretPlace;
use super::secret_lists::{SecretLists, SecretUse};
use crate::ui::{CellInput, Offer, SuggestCell, SuggestField, TextField};

/// An example of what is kept where.
const EXAMPLE: &str = "arn:aws:secretsmanager:…";

/// What `valueFrom` or `credentialsParameter` holds.
#[component]
pub fn SecretField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// The ARN, or a parameter's name.
    value: RwSignal<String>,
    /// What to enter.
    #[prop(into)]
    label: String,
    /// What it takes.
    #[prop(default = SecretUse::Value)]
    used: SecretUse,
    /// What helps to enter it right.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it may not be left empty.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let Offer { noun, suggestions, on_open, on_again, on_search } =
        SecretLists::get().offer(value, used);
    let has_inside = has_inside(value, used);
    view! {
        <SuggestField path label value noun suggestions required hint=hint.unwrap_or_default() placeholder=EXAMPLE
            on_open on_again nostrip:on_search=on_search/>
        {move || has_inside.get().then(|| view! { <Inside path value/> })}
    }
}

/// What `valueFrom` holds, in the cell of a table.
#[component]
pub fn SecretCell(
    /// The path of the member.
    #[prop(into)]
    path: Signal<String>,
    /// What stands at the end of every label: which row it is.
    #[prop(into)]
    row: Signal<String>,
    /// The ARN, or a parameter's name.
    value: RwSignal<String>,
    /// Called for Enter that chooses nothing.
    on_enter: Callback<()>,
) -> impl IntoView {
    let offer = SecretLists::get().offer(value, SecretUse::Value);
    let has_inside = has_inside(value, SecretUse::Value);
    let label =
        move |words: &'static str| Signal::derive(move || format!("{words}, {}", row.read()));
    let part = move |words: &'static str, part: Part| {
        let typed = Signal::derive(move || value.with(|text| part.of(text)));
        let put = move |typed: String| value.update(|text| part.put(text, &typed));
        let path = Signal::derive(move || format!("{}-{}", path.read(), part.id()));
        view! {
            <div class="secret-part">
                <span class="secret-part-words" aria-hidden="true">{words}</span>
                <CellInput path label=label(words) value=typed on_text=put on_enter/>
            </div>
        }
    };
    view! {
        <SuggestCell path label=label("Kept at") value offer on_enter placeholder=EXAMPLE/>
        {move || has_inside.get().then(|| view! {
            <div class="secret-parts">{part("JSON key", Part::Key)}{part("Version stage", Part::Stage)}</div>
        })}
    }
}

/// Whether there are places inside of what is kept.
fn has_inside(value: RwSignal<String>, used: SecretUse) -> Memo<bool> {
    Memo::new(move |_| {
        used == SecretUse::Value && value.with(|text| SecretPlace::of(text).is_some())
    })
}

/// A part of the place inside a secret.
#[derive(Clone, Copy)]
enum Part {
    Key,
    Stage,
}

impl Part {
    fn id(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Stage => "stage",
        }
    }

    fn member(self, place: &mut SecretPlace) -> &mut String {
        match self {
            Self::Key => &mut place.key,
            Self::Stage => &mut place.stage,
        }
    }

    /// What a text says of it.
    fn of(self, text: &str) -> String {
        let mut place = SecretPlace::of(text).unwrap_or_default();
        std::mem::take(self.member(&mut place))
    }

    /// Makes a text say this of it.
    fn put(self, text: &mut String, typed: &str) {
        if let Some(mut place) = SecretPlace::of(text) {
            // A colon would begin the next part.
            *self.member(&mut place) = typed.replace(':', "");
            *text = place.text();
        }
    }
}

/// The place inside a secret.
#[component]
fn Inside(path: Signal<String>, value: RwSignal<String>) -> impl IntoView {
    let field = move |part: Part| {
        let field = RwSignal::new(value.with_untracked(|text| part.of(text)));
        Effect::new(move |_| {
            let there = value.with(|text| part.of(text));
            if field.get_untracked() != there {
                field.set(there);
            }
        });
        Effect::new(move |_| {
            let typed = field.get();
            let before = value.get_untracked();
            let mut text = before.clone();
            part.put(&mut text, &typed);
            if text != before {
                value.set(text);
            }
        });
        field
    };
    let at = move |part: Part| Signal::derive(move || format!("{}-{}", path.read(), part.id()));
    view! {
        <div class="field-row">
            <TextField path=at(Part::Key) label="JSON key" value=field(Part::Key) mono=true
                hint="One member of a secret that is a JSON document. Without one, all of it."/>
            <TextField path=at(Part::Stage) label="Version stage" value=field(Part::Stage) mono=true placeholder="AWSCURRENT"/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_changes_itself_alone() {
        const ARN: &str = "arn:aws:secretsmanager:eu-west-1:1:secret:web/db-Ab12Cd";
        for (text, part, typed, wanted) in [
            (ARN.to_owned(), Part::Key, "a:b", format!("{ARN}:ab::")),
            (format!("{ARN}:ab:OLD:v"), Part::Key, "", format!("{ARN}::OLD:v")),
            (format!("{ARN}:ab::"), Part::Stage, "NEW", format!("{ARN}:ab:NEW:")),
            (format!("{ARN}:ab::"), Part::Key, "", ARN.to_owned()),
            ("/parameter".to_owned(), Part::Key, "a", "/parameter".to_owned()),
        ] {
            let mut put = text.clone();
            part.put(&mut put, typed);
            assert_eq!(put, wanted, "{text} {typed}");
        }
        assert_eq!(Part::Stage.of(&format!("{ARN}:ab:OLD:")), "OLD");
    }
}
