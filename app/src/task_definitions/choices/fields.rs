//! Fields whose choices are a plain list.

use leptos::prelude::*;

use super::model::ChoiceKind;
use super::source::{Source, plain};
use crate::ui::{SuggestField, Suggestions};

/// A file system of EFS, by id.
#[component]
pub fn FileSystemField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// The id.
    value: RwSignal<String>,
    /// What to enter.
    #[prop(default = "File system".to_owned(), into)]
    label: String,
    /// What helps to enter it right.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let source = Source::fixed(ChoiceKind::FileSystems);
    let suggestions = Signal::derive(move || source.suggestions(|one| plain(one, "made")));
    view! {
        <SuggestField path label value noun="file systems" suggestions required=true
            hint=hint.unwrap_or_default() placeholder="fs-0123456789abcdef0"
            on_open=move |()| source.open() on_again=move |()| source.again()/>
    }
}

/// An access point of a file system, by id.
#[component]
pub fn AccessPointField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// The id.
    value: RwSignal<String>,
    /// The id of the file system that it belongs to.
    #[prop(into)]
    file_system: Signal<String>,
    /// What to enter.
    #[prop(default = "Access point".to_owned(), into)]
    label: String,
    /// What helps to enter it right.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let kind = Memo::new(move |_| {
        let id = file_system.get();
        (!id.trim().is_empty()).then(|| ChoiceKind::AccessPoints(id.trim().to_owned()))
    });
    let source = Source::of(kind.into());
    let opened = RwSignal::new(false);
    let suggestions = Signal::derive(move || {
        let mut all = source.suggestions(|one| plain(one, "made"));
        if kind.with(Option::is_none) && opened.get() {
            all = Suggestions {
                note: Some("Choose the file system first, or type the access point.".into()),
                ..Suggestions::default()
            };
        }
        all
    });
    let open = move |()| {
        opened.set(true);
        source.open();
    };
    view! {
        <SuggestField path label value noun="access points" suggestions
            hint=hint.unwrap_or_default() placeholder="fsap-0123456789abcdef0" on_open=open on_again=move |()| source.again()/>
    }
}

/// A log group of CloudWatch Logs, by name.
#[component]
pub fn LogGroupField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// The name.
    value: RwSignal<String>,
    /// What helps to enter it right.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let source = Source::fixed(ChoiceKind::LogGroups);
    let suggestions = Signal::derive(move || source.suggestions(|one| plain(one, "made")));
    view! {
        <SuggestField path label="Log group" value noun="log groups" suggestions required=true
            hint=hint.unwrap_or_default() placeholder="/ecs/web" on_search=source.searching()
            on_open=move |()| source.open() on_again=move |()| source.again()/>
    }
}
