//! The phases of a task as a list, each with how long it took.

use leptos::prelude::*;

use super::model::TaskTimes;
use super::phases::{Phase, length_words, phases};
use crate::ui::*;

/// The phases that were reached, the first on top.
#[component]
pub fn PhaseTimeline(times: Memo<TaskTimes>) -> impl IntoView {
    let line = Memo::new(move |_| phases(&times.get()));
    let item = |phase: Phase| {
        let tone = match phase {
            Phase { is_end: true, .. } => Tone::Idle,
            Phase { until: None, .. } => Tone::Busy,
            _ => Tone::Good,
        };
        let tone = if phase.name == "Running" { Tone::Good } else { tone };
        view! {
            <li data-tone=tone.key()>
                <TimeAgo at=phase.at/>
                <span class="timeline-words">
                    {phase.name}
                    {match (phase.until, phase.is_end) {
                        (Some(until), _) => view! { <span class="muted">" · "{length_words(until.ms_since(phase.at))}</span> }.into_any(),
                        (None, false) => view! { <span class="muted">" · for "<Span from=phase.at/></span> }.into_any(),
                        (None, true) => ().into_any(),
                    }}
                </span>
            </li>
        }
    };
    view! {
        <ol class="timeline">{move || line.get().into_iter().map(item).collect_view()}</ol>
        {move || line.with(Vec::is_empty).then(|| view! { <p class="muted">"ECS has told no times yet."</p> })}
    }
}
