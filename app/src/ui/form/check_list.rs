//! A choice of some among few.

use leptos::prelude::*;

use super::field::{error_at, error_line, group_described_by, hint_line};

/// Tick boxes of which any number can be ticked. A value that is ticked and not among the options
/// is one more of them.
#[component]
pub fn CheckList(
    /// The list's path.
    #[prop(into)]
    path: Signal<String>,
    /// The question.
    #[prop(into)]
    legend: String,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Values with their words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Values that can't be ticked here, each with the reason. One that is ticked can be taken off.
    #[prop(optional, into)]
    refused: Signal<Vec<(String, String)>>,
    /// What is ticked.
    #[prop(into)]
    ticked: Signal<Vec<String>>,
    /// Called with a value and whether it is ticked now.
    #[prop(into)]
    on_tick: Callback<(String, bool)>,
) -> impl IntoView {
    let error = error_at(path, None);
    let offered = Memo::new(move |_| {
        let (mut offered, ticked) = (options.get(), ticked.get());
        for value in ticked {
            if !offered.iter().any(|option| option.0 == value) {
                offered.push((value.clone(), value));
            }
        }
        offered
    });
    let hint = hint.filter(|hint| !hint.is_empty());
    let described_by = group_described_by(path, hint.is_some());
    let line = move |(value, words): (String, String)| {
        let (own, name, id) = (value.clone(), value.clone(), value.clone());
        let is_ticked = Memo::new(move |_| ticked.read().contains(&own));
        let reason = Memo::new({
            let value = value.clone();
            move |_| {
                refused.read().iter().find(|(other, _)| *other == value).map(|(_, why)| why.clone())
            }
        });
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    id=move || format!("{}-{id}", path.read())
                    name=move || path.get()
                    value=name
                    checked=is_ticked.get_untracked()
                    prop:checked=move || is_ticked.get()
                    disabled=move || reason.read().is_some() && !is_ticked.get()
                    on:change:target=move |event| on_tick.run((value.clone(), event.target().checked()))
                />
                <span>
                    {words}
                    {move || reason.get().map(|why| view! { <span class="check-reason">{why}</span> })}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="field check-list" id=move || path.get() tabindex="-1" aria-describedby=move || described_by.get() class:has-error=move || error.with(Option::is_some)>
            <legend class="field-label">{legend}</legend>
            {hint_line(path, hint)}
            <div class="check-list-boxes"><For each=move || offered.get() key=|option| option.0.clone() children=line/></div>
            {error_line(path, error)}
        </fieldset>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_ticked_is_shown_whether_it_is_offered_or_not() {
        let html = Owner::new().with(|| {
            let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
            let options = vec![pair("a", "A"), pair("b", "B"), pair("c", "C")];
            let refused = vec![pair("a", "not here"), pair("c", "nor here")];
            let ticked = vec!["a".to_owned(), "new".to_owned()];
            view! { <CheckList path="some" legend="Some" options refused ticked on_tick=|_| {}/> }
                .to_html()
        });
        let boxes: Vec<(bool, bool)> = html
            .split("<input")
            .skip(1)
            .map(|input| input.split('>').next().unwrap_or_default())
            .map(|input| (input.contains(" checked"), input.contains(" disabled")))
            .collect();
        assert_eq!(boxes, [(true, false), (false, false), (false, true), (true, false)], "{html}");
        assert!(html.contains("nor here"), "{html}");
    }
}
