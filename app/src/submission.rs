//! Sending a form once: busy while it is on its way, errors at their fields, a token that makes a
//! second sending harmless, and a question before the form is left with something unsent.

use std::future::Future;

use leptos::prelude::*;

use crate::error::{AppError, FieldErrors};
use crate::names::RequestToken;
use crate::ui::{ask_before_leaving, focus_first_error};

/// The state of one form's sending.
#[derive(Clone, Copy)]
pub struct Submission {
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    token: StoredValue<Option<RequestToken>>,
    begin_anew: StoredValue<Option<Callback<()>>>,
}

impl Default for Submission {
    fn default() -> Self {
        Self::new()
    }
}

impl Submission {
    /// Nothing sent yet.
    pub fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            token: StoredValue::new(None),
            begin_anew: StoredValue::new(None),
        }
    }

    /// Asks before the form is left while what is typed differs from how the form began; what was
    /// sent is its new beginning. `typed` is all of it, what does not count at present included.
    pub fn guard<T>(self, typed: impl Fn() -> T + Send + Sync + 'static)
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        let typed = Memo::new(move |_| typed());
        let begun = RwSignal::new(typed.get_untracked());
        ask_before_leaving(Memo::new(move |_| *typed.read() != *begun.read()));
        self.begin_anew.set_value(Some(Callback::new(move |()| begun.set(typed.get_untracked()))));
    }

    /// Whether an answer is being waited for.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// The message at a field, if any.
    pub fn error_at(self, path: impl Into<String>) -> Signal<Option<String>> {
        let path = path.into();
        Signal::derive(move || {
            self.error.with(|error| match error {
                Some(AppError::Invalid(errors)) => errors.at(&path).map(str::to_owned),
                _ => None,
            })
        })
    }

    /// Every message by field.
    pub fn field_errors(self) -> Signal<FieldErrors> {
        Signal::derive(move || {
            self.error.with(|e| e.as_ref().map(AppError::field_errors)).unwrap_or_default()
        })
    }

    /// What stands in the form's first line: what was said, and what to do next.
    pub fn problem(self) -> Signal<Option<(String, String)>> {
        Signal::derive(move || {
            self.error.with(|e| e.as_ref().map(|e| (e.to_string(), e.next_step())))
        })
    }

    /// Shows an error that was found before anything was sent (or takes it away).
    pub fn show(self, error: Option<AppError>) {
        let bad = error.is_some();
        self.error.set(error);
        if bad {
            focus_first_error();
        }
    }

    /// Gives up what was sent: what is sent next is something else, and has a token of its own.
    pub fn give_up(self) {
        self.token.set_value(None);
        self.error.set(None);
    }

    /// Sends, unless an answer is still being waited for. The token stays the same until the
    /// outcome is known, so that sending again after a lost answer can't do the work twice.
    pub fn send<T, Fut>(
        self,
        send: impl FnOnce(RequestToken) -> Fut + 'static,
        done: impl FnOnce(T) + 'static,
    ) where
        T: 'static,
        Fut: Future<Output = Result<T, AppError>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let token = self.token.with_value(Clone::clone).unwrap_or_else(new_token);
        self.token.set_value(Some(token.clone()));
        leptos::task::spawn_local(async move {
            let answer = send(token).await;
            // The page may have been left meanwhile; then there is nothing to show.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(value) => {
                    self.token.set_value(None);
                    self.error.set(None);
                    if let Some(begin_anew) = self.begin_anew.get_value() {
                        begin_anew.run(());
                    }
                    done(value);
                }
                Err(error) => {
                    let known = !matches!(
                        error,
                        AppError::NoAnswer | AppError::Unavailable(_) | AppError::Conflict(_)
                    );
                    if known {
                        self.token.set_value(None);
                    }
                    self.show(Some(error));
                }
            }
        });
    }
}

/// 128 bits of the browser's chance.
#[cfg(feature = "hydrate")]
pub fn new_token() -> RequestToken {
    let mut bytes = [0_u8; 16];
    let filled = window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).map(|_| ()));
    if filled.is_err() {
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    RequestToken::from_bits(u128::from_le_bytes(bytes))
}

/// Nothing is sent while the server renders.
#[cfg(not(feature = "hydrate"))]
pub fn new_token() -> RequestToken {
    RequestToken::from_bits(0)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_stands_above_the_form_and_marks_no_field() {
        Owner::new().with(|| {
            let form = Submission::new();
            form.show(Some(AppError::refused("Role is not valid.", "Choose another role.")));
            let (said, next) = ("Role is not valid.".to_owned(), "Choose another role.".to_owned());
            assert_eq!(form.problem().get_untracked(), Some((said, next)));
            assert!(form.field_errors().get_untracked().is_empty());
            form.show(None);
            assert_eq!(form.problem().get_untracked(), None);
        });
    }
}
