//! The text with its tools, and what is said about it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::area::TextArea;
use super::state::{JsonState, use_json};
use crate::task_definitions::form::Form;
use crate::task_definitions::rules::{UnknownMember, unknown_members};
use crate::task_definitions::text::utf16_of;
use crate::ui::*;

/// The text with what is wrong with it, every complaint with its path, and what is not known.
#[component]
pub fn JsonView(
    /// The text.
    state: JsonState,
    /// Leads to where the text can't be read.
    go_to_trouble: Callback<()>,
) -> impl IntoView {
    let tools = move || {
        if state.unreadable.get() {
            view! { <Mend state go_to_trouble/> }.into_any()
        } else {
            view! { <Button on_press=move |()| state.tidy()>"Tidy up"</Button> }.into_any()
        }
    };
    view! {
        <div class="cluster-row">
            {tools}
            <GoToLine state/>
            <CopyButton text=state.text label="the document"/>
        </div>
        <TextArea state/>
        <FurtherSlips state/>
        {move || Some(state.left_out.get()).filter(|names| !names.is_empty()).map(|names| view! {
            <Notice tone=Tone::Idle>"Left out, because only a description has it: "{names.join(", ")}"."</Notice>
        })}
        <Unknown form=state.form/>
    }
}

/// Why the form rests, and what to do about it; nothing while the text can be read.
#[component]
pub fn FormRests(
    /// The text.
    state: JsonState,
    /// Leads to where the text can't be read.
    go_to_trouble: Callback<()>,
) -> impl IntoView {
    let notice = move || {
        state.unreadable.get().then(|| {
            view! {
                <Notice tone=Tone::Warn>
                    <p>"The JSON text can't be read. These fields show the last document that could be, and rest until the text is mended. Giving it up writes the form's document again."</p>
                    <div class="cluster-row form-notice-ways"><Mend state go_to_trouble/></div>
                </Notice>
            }
        })
    };
    view! { <div class="form-notice" role="status">{notice}</div> }
}

/// The ways out of a text that can't be read.
#[component]
fn Mend(state: JsonState, go_to_trouble: Callback<()>) -> impl IntoView {
    view! {
        <Button on_press=go_to_trouble>"Go to the line"</Button>
        {move || Some(state.mendable()).filter(|count| *count > 0).map(|count| {
            let label = if count == 1 { "Mend the slip".to_owned() } else { format!("Mend {count} slips") };
            view! { <Button on_press=move |()| state.mend()>{label}</Button> }
        })}
        <Button on_press=move |()| state.tidy()>"Give up this text"</Button>
    }
}

/// What else is wrong with a text that can't be read; the first is said over it.
#[component]
fn FurtherSlips(state: JsonState) -> impl IntoView {
    let slips = move || {
        let read = state.read.read();
        let further = read.reading.troubles.iter().skip(1);
        let place = |offset| (read.reading.lines.line_of(offset), utf16_of(&read.text, offset));
        further.take(MOST).map(|slip| (place(slip.at.start), slip.said.clone())).collect::<Vec<_>>()
    };
    let line = move |((line, offset), said): ((usize, usize), String)| {
        view! {
            <li>
                <button type="button" class="path-link" on:click=move |_| state.go_to_offset(offset)>{format!("Line {line}")}</button>
                ": "{said}
            </li>
        }
    };
    move || {
        Some(slips()).filter(|slips| !slips.is_empty()).map(|slips| {
            view! {
                <Notice tone=Tone::Bad>
                    <p>"Further on:"</p>
                    <ul class="complaints">{slips.into_iter().map(line).collect_view()}</ul>
                </Notice>
            }
        })
    }
}

/// More slips than this are mended from the top.
const MOST: usize = 20;

/// Leads to a line by its number.
#[component]
fn GoToLine(state: JsonState) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let go = move || {
        if let Ok(line) = typed.read_untracked().trim().parse() {
            state.go_to_line(line);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            // The form around must not be sent.
            event.prevent_default();
            go();
        }
    };
    view! {
        <label class="json-go">
            "Line "
            <input class="input" inputmode="numeric" autocomplete="off" size="4" prop:value=move || typed.get() on:input:target=move |event| typed.set(event.target().value()) on:keydown=key/>
        </label>
        <Button kind=ButtonKind::Quiet on_press=move |()| go()>"Go to line"</Button>
    }
}

/// A path as a button that leads to its place in the text; only the path where there is no text.
#[component]
pub fn PathLink(
    /// The path.
    path: String,
) -> impl IntoView {
    let words = path.clone();
    match use_json() {
        Some(state) => view! {
            <button type="button" class="path-link" title="Show it in the text" on:click=move |_| state.go_to(&path)><code>{words}</code></button>
        }
        .into_any(),
        None => view! { <code>{words}</code> }.into_any(),
    }
}

/// Members that the console has never heard of: advice, and no reason not to register.
#[component]
fn Unknown(form: Form) -> impl IntoView {
    let unknown = Memo::new(move |_| form.document.settled().with(unknown_members));
    let line = move |UnknownMember { path, meant }: UnknownMember| {
        let shown = path.clone();
        let rename = meant.map(|name| {
            let path = path.clone();
            let rename = move |()| form.document.update(|document| document.rename(&path, name));
            view! {
                ": did you mean "<code>{name}</code>"? "
                <Button kind=ButtonKind::Quiet on_press=rename>{format!("Rename to {name}")}</Button>
            }
        });
        view! { <li><PathLink path=shown/>{rename}</li> }
    };
    move || {
        Some(unknown.get()).filter(|unknown| !unknown.is_empty()).map(|unknown| view! {
            <Notice tone=Tone::Idle>
                <p>"Not known to this console. It is sent as typed; ECS ignores what it does not know."</p>
                <ul class="complaints">{unknown.into_iter().map(line).collect_view()}</ul>
            </Notice>
        })
    }
}
