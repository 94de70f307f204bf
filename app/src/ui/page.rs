//! The head of a page: where one is, what it is about, how it stands, what can be done.

use leptos::prelude::*;

use super::browser;
use super::icon::{Icon, IconName};

/// Marks the page while the present component is in it, for what the style sheet would else look for
/// in the whole page after each change (`:has`).
pub fn mark_page(mark: &'static str) {
    Effect::new(move |_| browser::mark_root(mark, Some("")));
    on_cleanup(move || browser::mark_root(mark, None));
}

/// One step of the way to this page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
}

impl Crumb {
    /// A step with its name and address.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// The way here, the page's one heading of the first level, its state and its actions. It sets
/// nothing in the document's head: the page does that with the title it knows.
#[component]
pub fn PageHead(
    /// The page's heading.
    #[prop(into)]
    title: Signal<String>,
    /// The pages above this one, from the outermost.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// A mark of state beside the heading.
    #[prop(optional, into)]
    status: ViewFnOnce,
    /// A line of small facts under the heading.
    #[prop(optional, into)]
    facts: ViewFnOnce,
    /// The page's actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    Effect::new(|_| browser::arrive());
    let way = (!crumbs.is_empty()).then(|| {
        // A separator stands between two steps only: the heading says where the way ends.
        let steps = crumbs.into_iter().enumerate().map(|(at, crumb)| {
            let separator = (at > 0).then(|| view! { <Icon name=IconName::ChevronRight/> });
            view! { <li>{separator}<a href=crumb.href>{crumb.label}</a></li> }
        });
        view! { <nav class="crumbs" aria-label="Breadcrumbs"><ol>{steps.collect_view()}</ol></nav> }
    });
    view! {
        <header class="page-head">
            {way}
            <div class="page-head-row">
                <h1 class="page-title" tabindex="-1">{move || title.get()}</h1>
                <div class="page-status">{status.run()}</div>
                <div class="page-actions">{children.map(|children| children())}</div>
            </div>
            <div class="page-facts">{facts.run()}</div>
        </header>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn separators_stand_between_crumbs_only() {
        for (crumbs, separators) in [(0, 0), (1, 0), (3, 2)] {
            let html = Owner::new().with(|| {
                let crumbs = (0..crumbs).map(|at| Crumb::new(format!("step {at}"), "#")).collect();
                view! { <PageHead title="web" crumbs/> }.to_html()
            });
            assert_eq!(html.matches("<svg").count(), separators, "{html}");
        }
    }
}
