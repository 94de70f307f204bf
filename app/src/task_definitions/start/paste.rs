//! A text that is pasted, dropped or chosen: what it is, what is in it, and what of it is left out.

use std::time::Duration;

use leptos::prelude::*;

use super::api::read_source;
use super::findings::NoteGroups;
use crate::error::AppError;
use crate::task_definitions::convert::{
    Candidate, Kind, Started, is_plain_json, read_plain, recognise,
};
use crate::task_definitions::templates::team::containers;
use crate::ui::*;
use crate::words::container_words;

/// How long somebody must have stopped typing before the text is read.
const REST: Duration = Duration::from_millis(350);

/// What is known of the text.
#[derive(Clone, Debug, PartialEq)]
enum Reading {
    Nothing,
    Busy,
    Read(Started),
    Refused(String),
}

/// Takes a text and begins with one of the documents in it.
#[component]
pub fn Paste(
    /// Begins with a document.
    begin: Callback<Candidate>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let reading = RwSignal::new(Reading::Nothing);
    read_when_it_rests(text, reading);
    let kind = Memo::new(move |_| text.with(|text| recognise(text)));
    let said = move || match (text.with(|text| text.trim().is_empty()), kind.get()) {
        (true, _) => String::new(),
        (_, Kind::Unknown) => "It is not clear yet what this is.".to_owned(),
        (_, kind) => format!("This is {}.", kind.words()),
    };
    let error = Signal::derive(move || match &*reading.read() {
        Reading::Refused(said) => Some(said.clone()),
        _ => None,
    });
    view! {
        <TextDrop label="Choose a file" on_text=move |found| text.set(found)>
            <TextAreaField path="source" label="Text" value=text rows=10 mono=true error
                hint="A task definition, its description, a CloudFormation template, Terraform, a Compose file or a docker run command. Or drop a file here."/>
        </TextDrop>
        <p class="start-kind" role="status">{said}</p>
        {move || match reading.get() {
            Reading::Busy => Some(view! { <p class="muted">"Reading…"</p> }.into_any()),
            Reading::Read(started) => Some(view! { <Found started begin/> }.into_any()),
            _ => None,
        }}
    }
}

/// Reads the text when nobody has changed it for a moment: plain JSON here, the rest on the server.
fn read_when_it_rests(text: RwSignal<String>, reading: RwSignal<Reading>) {
    let settle = move |of: &str, answer: Reading| {
        // The panel may be gone, or the text another one, by the time of an answer.
        if text.try_with_untracked(|now| now == of).unwrap_or(false) {
            reading.set(answer);
        }
    };
    let mut read = debounce(REST, move |of: String| {
        if is_plain_json(&of) {
            let answer = match read_plain(&of) {
                Ok(started) => Reading::Read(started),
                Err(trouble) => Reading::Refused(trouble.to_string()),
            };
            return settle(&of, answer);
        }
        leptos::task::spawn_local(async move {
            let answer = match read_source(of.clone()).await {
                Ok(started) => Reading::Read(started),
                Err(AppError::Invalid(errors)) => {
                    Reading::Refused(errors.at("source").unwrap_or_default().to_owned())
                }
                Err(error) => Reading::Refused(error.to_string()),
            };
            settle(&of, answer);
        });
    });
    Effect::new(move |_| {
        let now = text.get();
        if now.trim().is_empty() {
            reading.set(Reading::Nothing);
        } else {
            reading.set(Reading::Busy);
            read(now);
        }
    });
}

/// What was found: which of several, its containers, its notes.
#[component]
fn Found(started: Started, begin: Callback<Candidate>) -> impl IntoView {
    let options: Vec<(String, String)> = started
        .documents
        .iter()
        .enumerate()
        .map(|(place, one)| (place.to_string(), one.title.clone()))
        .collect();
    let several = options.len() > 1;
    let count = options.len();
    let chosen = RwSignal::new("0".to_owned());
    let documents = StoredValue::new(started.documents);
    let candidate = Memo::new(move |_| {
        let place = chosen.read().parse::<usize>().unwrap_or(0);
        documents.with_value(|documents| documents.get(place).cloned())
    });
    let options = Signal::stored(options);
    view! {
        {several.then(|| view! {
            <SelectField path="start-candidate" label=format!("Which of the {count} task definitions") options value=chosen/>
        })}
        {move || candidate.get().map(|candidate| {
            let names = containers(&candidate.document);
            let words = match names.is_empty() {
                true => "It has no containers that could be read.".to_owned(),
                false => format!("{}.", container_words(&names)),
            };
            let notes = candidate.left_out.clone();
            view! {
                <p>{words}</p>
                <div class="start-scroll"><NoteGroups notes/></div>
                <div class="dialog-actions">
                    <Button kind=ButtonKind::Primary on_press=move |()| begin.run(candidate.clone())>"Begin with it"</Button>
                </div>
            }
        })}
    }
}
