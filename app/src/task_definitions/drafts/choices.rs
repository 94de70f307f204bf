//! What two people changed differently, for one of them to choose.

use leptos::prelude::*;
use serde_json::Value;

use super::keeping::Keeping;
use crate::task_definitions::merge::{Clash, Side};
use crate::ui::*;

/// The id of the panel, to which the focus goes when it comes.
const PANEL: &str = "draft-choices";

/// One thing to choose.
#[derive(Clone, PartialEq)]
pub(super) enum Question {
    /// A part of the document.
    Part(Clash),
    /// The whole text, because one of the two can't be read.
    Whole {
        /// What is typed here.
        mine: String,
        /// What the console has.
        theirs: String,
    },
}

impl Question {
    /// What it is about, in words.
    fn words(&self) -> String {
        match self {
            Self::Part(clash) => clash.place.words(),
            Self::Whole { .. } => "The whole text: one of the two can’t be read".to_owned(),
        }
    }

    /// Both answers as text, mine first.
    fn answers(&self) -> [String; 2] {
        match self {
            Self::Part(clash) => [&clash.mine, &clash.theirs].map(|side| shown(side.as_ref())),
            Self::Whole { mine, theirs } => [mine.clone(), theirs.clone()],
        }
    }
}

/// A value as a person reads it.
fn shown(value: Option<&Value>) -> String {
    match value {
        None => "(taken away)".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

/// Every question with both answers; nothing while there is none.
#[component]
pub(super) fn Choices(keeping: Keeping) -> impl IntoView {
    let questions = keeping.questions;
    let some = Memo::new(move |_| !questions.read().is_empty());
    Effect::new(move |_| {
        if some.get() {
            focus_field(PANEL);
        }
    });
    let panel = move || {
        let other = keeping.other();
        let rows = questions.get().into_iter().enumerate().map({
            let other = other.clone();
            move |(at, question)| view! { <Row keeping at question other=other.clone()/> }
        });
        view! {
            <section class="draft-choices" id=PANEL tabindex="-1" aria-labelledby="draft-choices-title">
                <h2 id="draft-choices-title">"You and somebody else changed the same"</h2>
                <p>{format!("{other} changed what you changed too. Nothing is saved until you have chosen; everything else is merged.")}</p>
                <ul>{rows.collect_view()}</ul>
            </section>
        }
    };
    move || some.get().then(panel)
}

#[component]
fn Row(keeping: Keeping, at: usize, question: Question, other: String) -> impl IntoView {
    let [mine, theirs] = question.answers();
    let words = question.words();
    let answer = move |side: Side, whose: String, text: String, label: String| {
        view! {
            <div class="draft-answer">
                <h4>{whose}</h4>
                <pre class="mono">{text}</pre>
                <Button on_press=move |()| keeping.choose(at, side)>
                    {label}<span class="visually-hidden">": "{words.clone()}</span>
                </Button>
            </div>
        }
    };
    let of_other =
        format!("Take {}", if other.starts_with("Your") { "the other" } else { "theirs" });
    view! {
        <li>
            <h3>{question.words()}</h3>
            <div class="draft-answers">
                {answer.clone()(Side::Mine, "Yours".into(), mine, "Keep yours".into())}
                {answer(Side::Theirs, other, theirs, of_other)}
            </div>
        </li>
    }
}
