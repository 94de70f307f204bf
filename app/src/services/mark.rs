//! How a service stands, as a mark.

use leptos::prelude::*;

use super::state::{ServiceState, Standing};
use crate::ui::{StatusMark, Tone};

/// The state of a service as icon and word; the reason stands in its title.
#[component]
pub fn ServiceMark(
    /// How it stands.
    #[prop(into)]
    standing: Signal<Standing>,
) -> impl IntoView {
    let tone = Signal::derive(move || tone(standing.read().state));
    let label = Signal::derive(move || standing.read().state.label().to_owned());
    view! { <span title=move || standing.read().reason.clone()><StatusMark tone label/></span> }
}

/// How a state feels.
pub fn tone(state: ServiceState) -> Tone {
    match state {
        ServiceState::Failing => Tone::Bad,
        ServiceState::Degraded | ServiceState::RolledBack => Tone::Warn,
        ServiceState::Deploying | ServiceState::Draining => Tone::Busy,
        ServiceState::Paused | ServiceState::Inactive => Tone::Idle,
        ServiceState::Steady => Tone::Good,
    }
}
