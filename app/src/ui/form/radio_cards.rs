//! A choice that deserves a sentence per option.

use leptos::prelude::*;

use super::field::{error_at, error_line};

/// One option with what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RadioCard {
    /// The value it stands for.
    pub value: String,
    /// Its name.
    pub title: String,
    /// What it brings about.
    pub body: String,
    /// Why it can't be chosen here; none when it can.
    pub disabled_reason: Option<String>,
}

impl RadioCard {
    /// An option that can be chosen.
    pub fn new(
        value: impl Into<String>,
        title: impl Into<String>,
        body: impl Into<String>,
    ) -> Self {
        Self { value: value.into(), title: title.into(), body: body.into(), disabled_reason: None }
    }

    /// The same option, not to be chosen for the given reason.
    pub fn disabled(mut self, reason: impl Into<String>) -> Self {
        self.disabled_reason = Some(reason.into());
        self
    }
}

/// One of few, each with a title and a sentence.
#[component]
pub fn RadioCards(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// The question.
    #[prop(into)]
    legend: String,
    /// The options in their order.
    options: Vec<RadioCard>,
    /// The value chosen.
    value: RwSignal<String>,
    /// Its error; when left out, the form's errors are asked.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let error = error_at(path, error);
    let described_by = move || error.with(Option::is_some).then(|| format!("{}-error", path.get()));
    let card = move |(index, option): (usize, RadioCard)| {
        let RadioCard { value: own, title, body, disabled_reason } = option;
        // The first card carries the path as its id, so that the path finds the field.
        let id = move || {
            if index == 0 { path.get() } else { format!("{}-{index}", path.get()) }
        };
        let off = disabled_reason.is_some();
        let chosen = own.clone();
        let picked = own.clone();
        view! {
            <label class="radio-card" class:is-off=off>
                <input
                    type="radio"
                    id=id
                    name=move || path.get()
                    value=own
                    disabled=off
                    checked=value.read_untracked() == chosen
                    prop:checked=move || value.read() == chosen
                    on:change=move |_| value.set(picked.clone())
                />
                <span class="radio-card-words">
                    <span class="radio-card-title">{title}</span>
                    <span class="radio-card-body">{body}</span>
                    {disabled_reason.map(|reason| view! { <span class="radio-card-reason">{reason}</span> })}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="field radio-cards" aria-describedby=described_by class:has-error=move || error.with(Option::is_some)>
            <legend class="field-label">{legend}</legend>
            <div class="radio-cards-list">
                {options.into_iter().enumerate().map(card).collect_view()}
            </div>
            {error_line(path, error)}
        </fieldset>
    }
}
