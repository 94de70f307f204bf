//! Two texts line by line; what is alike is left out, but for a few lines around what is not.

use leptos::prelude::*;

use crate::task_definitions::diff::{Line, LineKind, hunks, lines};
use crate::ui::*;
use crate::words::counted;

/// How many lines stand around each difference.
const AROUND: usize = 3;

/// The lines of two documents.
#[component]
pub fn LinesView(
    /// The old text.
    old: String,
    /// The new text.
    new: String,
) -> impl IntoView {
    let all = lines(&old, &new);
    let groups = hunks(&all, AROUND);
    if groups.is_empty() {
        return view! { <p class="muted">"Both documents are written alike."</p> }.into_any();
    }
    let count = |kind| all.iter().filter(|line| line.kind == kind).count();
    let said = format!(
        "{} gone, {} new.",
        counted(count(LineKind::Gone), "line"),
        counted(count(LineKind::Come), "line")
    );
    let bodies = groups.into_iter().map(|group| {
        let from = group.iter().find_map(|line| line.new.or(line.old)).unwrap_or(1);
        view! {
            <tbody>
                <tr class="line-gap"><td colspan="3">{format!("From line {from}")}</td></tr>
                {group.iter().cloned().map(|line| view! { <Row line/> }).collect_view()}
            </tbody>
        }
    });
    let bodies = bodies.collect_view();
    view! {
        <p class="muted">{said}</p>
        <div class="line-scroll" tabindex="0" role="region" aria-label="Lines that differ">
            <table class="line-table">
                <thead class="visually-hidden"><tr>
                    <th scope="col">"Old line"</th><th scope="col">"New line"</th><th scope="col">"Text"</th>
                </tr></thead>
                {bodies}
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(line: Line) -> impl IntoView {
    let (tone, sign, word) = match line.kind {
        LineKind::Kept => (Tone::Idle, " ", ""),
        LineKind::Gone => (Tone::Bad, "−", "gone: "),
        LineKind::Come => (Tone::Good, "+", "new: "),
    };
    let differs = line.kind != LineKind::Kept;
    view! {
        <tr class="line" class:line-differs=differs data-tone=tone.key()>
            <td class="line-number">{line.old}</td>
            <td class="line-number">{line.new}</td>
            <td class="line-text"><span class="line-sign" aria-hidden="true">{sign}</span><span class="visually-hidden">{word}</span><code>{line.text}</code></td>
        </tr>
    }
}
