//! The three views of the form's document. A wide screen shows the form and one of the other two
//! beside it; a narrow one shows one of the three.

use leptos::prelude::*;

use crate::ui::TabList;

/// A view of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Fields.
    #[default]
    Form,
    /// Text.
    Json,
    /// What it changes.
    Review,
}

impl View {
    /// The id of its panel.
    pub const fn panel(self) -> &'static str {
        match self {
            Self::Form => "view-form",
            Self::Json => "view-json",
            Self::Review => "view-review",
        }
    }

    fn of(panel: &str) -> Self {
        match panel {
            "view-json" => Self::Json,
            "view-review" => Self::Review,
            _ => Self::Form,
        }
    }

    /// What it is called. Its panel has two tabs, of which one is in sight, so it bears the name itself.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Form => "Form",
            Self::Json => "JSON",
            Self::Review => "Review",
        }
    }

    /// The view beside the form.
    const fn beside(self) -> Self {
        match self {
            Self::Review => Self::Review,
            _ => Self::Json,
        }
    }
}

const NARROW: &str = "narrow";
const BESIDE: &str = "beside";

/// Chooses among all three, on a narrow screen.
#[component]
pub fn NarrowTabs(view: RwSignal<View>) -> impl IntoView {
    let shown = Signal::derive(move || view.get().panel());
    view! {
        <div class="view-narrow">
            <TabList
                label="View" prefix=NARROW shown
                tabs=&[("view-form", "Form"), ("view-json", "JSON"), ("view-review", "Review")]
                on_choose=move |panel| view.set(View::of(panel))
            />
        </div>
    }
}

/// Chooses what stands beside the form, on a wide screen.
#[component]
pub fn BesideTabs(view: RwSignal<View>) -> impl IntoView {
    let shown = Signal::derive(move || view.get().beside().panel());
    view! {
        <div class="view-beside">
            <TabList
                label="Beside the form" prefix=BESIDE shown
                tabs=&[("view-json", "JSON"), ("view-review", "Review")]
                on_choose=move |panel| view.set(View::of(panel))
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_name_their_views() {
        for view in [View::Form, View::Json, View::Review] {
            assert_eq!(View::of(view.panel()), view);
        }
        assert_eq!(View::Form.beside(), View::Json);
        assert_eq!(View::Review.beside(), View::Review);
    }
}
