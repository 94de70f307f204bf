//! Going to a field from elsewhere: from the search, or from a problem.

use leptos::prelude::*;

use crate::ui::reveal_field;

/// The way to a field by its path.
#[derive(Clone, Copy)]
pub struct Jump {
    target: RwSignal<Option<String>>,
}

/// Lends the form's parts the way to its fields.
pub fn provide_jump() {
    provide_context(Jump { target: RwSignal::new(None) });
}

/// The way to the fields of the form around the present component.
pub fn use_jump() -> Jump {
    use_context::<Jump>().unwrap_or_else(|| Jump { target: RwSignal::new(None) })
}

impl Jump {
    /// Brings the field of a path into sight, whatever it is folded into, and puts the focus on it.
    pub fn to(self, path: &str) {
        self.target.set(Some(path.to_owned()));
        reveal_field(path);
    }

    /// Where somebody goes. Parts of the form that are made only when they are wanted watch it, and
    /// make themselves when it lies in them. It is set again at each jump, also to the same path.
    pub fn target(self) -> Signal<Option<String>> {
        self.target.into()
    }
}
