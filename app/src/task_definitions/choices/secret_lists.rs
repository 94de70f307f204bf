//! The secrets and parameters of the account, asked for once for all fields of a form.

use leptos::prelude::*;

use super::model::{Choice, ChoiceKind};
use super::source::{Source, plain};
use crate::ui::{Offer, Suggestion, Suggestions};

/// What a field takes of what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretUse {
    /// A value: a secret, one member of it, or a parameter.
    Value,
    /// User name and password for a file system: a secret or a parameter, whole.
    FileSystem,
    /// User name and password for a registry: a secret, whole.
    Registry,
}

impl SecretUse {
    fn noun(self) -> &'static str {
        match self {
            Self::Value | Self::FileSystem => "secrets and parameters",
            Self::Registry => "secrets",
        }
    }
}

/// The two lists.
#[derive(Clone, Copy)]
pub(super) struct SecretLists {
    secrets: Source,
    parameters: Source,
    in_secrets: Callback<String>,
    in_parameters: Callback<String>,
    /// The field whose list was opened last. It alone says what the lists lack.
    asked_by: RwSignal<Option<RwSignal<String>>>,
}

/// Lends the lists to all fields of a form.
pub fn provide_secret_lists() {
    provide_context(SecretLists::new());
}

impl SecretLists {
    fn new() -> Self {
        let (secrets, parameters) =
            (Source::fixed(ChoiceKind::Secrets), Source::fixed(ChoiceKind::Parameters));
        Self {
            secrets,
            parameters,
            in_secrets: secrets.searching(),
            in_parameters: parameters.searching(),
            asked_by: RwSignal::new(None),
        }
    }

    /// The lists of the form, or of this field alone.
    pub(super) fn get() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// What they offer to a field.
    pub(super) fn offer(self, value: RwSignal<String>, used: SecretUse) -> Offer {
        let with_parameters = used != SecretUse::Registry;
        let mine = Memo::new(move |_| self.asked_by.get() == Some(value));
        let suggestions = Signal::derive(move || {
            if !mine.get() {
                return Suggestions::default();
            }
            let secrets = self.secrets.suggestions(|one| of_kind("Secret", one));
            if !with_parameters {
                return secrets;
            }
            together(secrets, self.parameters.suggestions(|one| of_kind("Parameter", one)))
        });
        let both = move |each: fn(Source)| {
            each(self.secrets);
            if with_parameters {
                each(self.parameters);
            }
        };
        let open = move |()| {
            self.asked_by.set(Some(value));
            both(Source::open_anew);
        };
        let search = move |text: String| {
            self.in_secrets.run(text.clone());
            if with_parameters {
                self.in_parameters.run(text);
            }
        };
        Offer {
            noun: used.noun(),
            suggestions,
            on_open: Callback::new(open),
            on_again: Callback::new(move |()| both(Source::again)),
            on_search: Some(Callback::new(search)),
        }
    }
}

fn of_kind(kind: &str, one: Choice) -> Suggestion {
    let one = plain(one, "changed");
    let about =
        if one.about.is_empty() { kind.to_owned() } else { format!("{kind}: {}", one.about) };
    Suggestion { about, ..one }
}

/// Two lists as one; each says for itself what it lacks.
fn together(one: Suggestions, other: Suggestions) -> Suggestions {
    let notes: Vec<String> = one.note.into_iter().chain(other.note).collect();
    Suggestions {
        items: one.items.into_iter().chain(other.items).collect(),
        more: one.more || other.more,
        loading: one.loading || other.loading,
        note: (!notes.is_empty()).then(|| notes.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_says_what_it_lacks() {
        let of = |name: &str, note: Option<&str>| Suggestions {
            items: vec![Suggestion { name: name.to_owned(), ..Suggestion::default() }],
            note: note.map(str::to_owned),
            ..Suggestions::default()
        };
        let both = together(of("a", Some("No secrets.")), of("b", None));
        assert_eq!(both.items.len(), 2);
        assert_eq!(both.note.as_deref(), Some("No secrets."));
        let both = together(of("a", Some("One.")), of("b", Some("Two.")));
        assert_eq!(both.note.as_deref(), Some("One. Two."));
        assert_eq!(together(of("a", None), of("b", None)).note, None);
    }
}
