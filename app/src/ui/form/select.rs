//! A choice among few, named in words.

use leptos::{html, prelude::*};

use super::{
    binding::bind_select,
    field::{Said, framed},
};

/// A select. A value that is not among the options is one more of them, by its own words: it never
/// shows what is not so.
#[component]
pub fn SelectField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// What to choose.
    #[prop(into)]
    label: String,
    /// Values with their words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Values that can't be chosen here, each with the reason. The one in force stays.
    #[prop(optional, into)]
    refused: Signal<Vec<(String, String)>>,
    /// The value chosen.
    value: RwSignal<String>,
    /// Called when a person has chosen, after the value was set.
    #[prop(optional, into)]
    on_choose: Option<Callback<String>>,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether a choice is needed.
    #[prop(optional)]
    required: bool,
    /// Its error; when left out, the form's errors are asked.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let select = NodeRef::<html::Select>::new();
    let options = with_present(value.into(), options);
    let choose = move |chosen: String| {
        value.set(chosen.clone());
        if let Some(on_choose) = on_choose {
            on_choose.run(chosen);
        }
    };
    bind_select(select, value.into(), options, Callback::new(choose));
    framed(path, label, hint, required, error, Said::Below, move |ids| {
        view! {
            <select
                node_ref=select
                class="input"
                id=move || ids.id.get()
                name=move || ids.id.get()
                aria-required=ids.required
                aria-describedby=move || ids.described_by.get()
                aria-invalid=move || ids.invalid.get()
                on:change:target=move |event| choose(event.target().value())
            >
                {refusing_option_views(options, refused, value.into())}
            </select>
        }
        .into_any()
    })
}

/// The options with the present value among them, also when it is none of them.
pub(in crate::ui) fn with_present(
    value: Signal<String>,
    options: Signal<Vec<(String, String)>>,
) -> Signal<Vec<(String, String)>> {
    // A memo: a choice among what is offered changes no option.
    Memo::new(move |_| {
        let (present, mut options) = (value.get(), options.get());
        if !options.iter().any(|option| option.0 == present) {
            options.push((present.clone(), present));
        }
        options
    })
    .into()
}

/// The options of a select, the one in force marked, so that it stands so without WebAssembly.
pub(in crate::ui) fn option_views(
    options: Signal<Vec<(String, String)>>,
    value: Signal<String>,
) -> impl IntoView {
    refusing_option_views(options, Signal::stored(Vec::new()), value)
}

/// [`option_views`] of which some can't be chosen, and say why.
fn refusing_option_views(
    options: Signal<Vec<(String, String)>>,
    refused: Signal<Vec<(String, String)>>,
    value: Signal<String>,
) -> impl IntoView {
    move || {
        let (chosen, refused) = (value.get_untracked(), refused.read());
        let option = |(value, words): (String, String)| {
            let selected = value == chosen;
            let reason = refused.iter().find(|(other, _)| *other == value).map(|(_, why)| why);
            let words = reason.map_or(words.clone(), |why| format!("{words} ({why})"));
            view! { <option value=value selected=selected disabled=reason.is_some() && !selected>{words}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_select_never_shows_what_is_not_so() {
        for (value, shown) in [
            ("a", r#"<option value="a" selected>A"#),
            ("nope", r#"<option value="nope" selected>nope"#),
        ] {
            let html = Owner::new().with(|| {
                let options = vec![("a".to_owned(), "A".to_owned())];
                let value = RwSignal::new(value.to_owned());
                view! { <SelectField path="choice" label="Choice" options value/> }.to_html()
            });
            assert!(html.contains(shown), "{html}");
            assert_eq!(html.matches(" selected").count(), 1, "{html}");
        }
    }

    #[test]
    fn what_can_not_be_chosen_says_why_and_stays_when_it_is_chosen_already() {
        let html = Owner::new().with(|| {
            let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
            let options = vec![pair("a", "A"), pair("b", "B"), pair("c", "C")];
            let refused = vec![pair("a", "not here"), pair("b", "nor here")];
            let value = RwSignal::new("a".to_owned());
            view! { <SelectField path="choice" label="Choice" options refused value/> }.to_html()
        });
        for option in [
            r#"<option value="a" selected>A (not here)"#,
            r#"<option value="b" disabled>B (nor here)"#,
            r#"<option value="c">C"#,
        ] {
            assert!(html.contains(option), "{html}");
        }
    }
}
