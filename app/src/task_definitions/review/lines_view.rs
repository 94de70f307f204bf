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
    #[prop(into)]
    old: Signal<String>,
    /// The new text.
    #[prop(into)]
    new: Signal<String>,
) -> impl IntoView {
    let all = Memo::new(move |_| lines(&old.read(), &new.read()));
    let alike = Memo::new(move |_| all.read().iter().all(|line| line.kind == LineKind::Kept));
    let said = move || {
        let all = all.read();
        let count = |kind| all.iter().filter(|line| line.kind == kind).count();
        let (gone, come) = (count(LineKind::Gone), count(LineKind::Come));
        format!("{} gone, {} new.", counted(gone, "line"), counted(come, "line"))
    };
    let body = |group: &[Line]| {
        let from = group.iter().find_map(|line| line.new.or(line.old)).unwrap_or(1);
        view! {
            <tbody>
                <tr class="line-gap"><td colspan="3">{format!("From line {from}")}</td></tr>
                {group.iter().cloned().map(|line| view! { <Row line/> }).collect_view()}
            </tbody>
        }
    };
    let bodies = move || hunks(&all.read(), AROUND).into_iter().map(body).collect_view();
    // Who scrolls in the lines keeps the focus and the place while they change.
    move || {
        if alike.get() {
            return view! { <p class="muted">"Both documents are written alike."</p> }.into_any();
        }
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
