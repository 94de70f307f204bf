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
                {option_views(options, value.into())}
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
    move || {
        let chosen = value.get_untracked();
        let option = |(value, words): (String, String)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
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
}
