//! A cluster's state as a mark.

use leptos::prelude::*;

use super::model::status_word;
use crate::ui::{StatusMark, Tone};

/// The state of a cluster as icon and word.
#[component]
pub fn ClusterMark(
    /// As ECS writes it.
    #[prop(into)]
    status: Signal<String>,
) -> impl IntoView {
    let label = Signal::derive(move || status_word(&status.read()));
    view! { <StatusMark tone=Signal::derive(move || tone(&status.read())) label/> }
}

fn tone(status: &str) -> Tone {
    match status {
        "ACTIVE" => Tone::Good,
        "PROVISIONING" | "DEPROVISIONING" => Tone::Busy,
        "FAILED" => Tone::Bad,
        "INACTIVE" => Tone::Idle,
        _ => Tone::Unknown,
    }
}
