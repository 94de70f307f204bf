//! The document as text: the other view of the form.

use leptos::prelude::*;

use super::lens::Form;
use crate::error::FieldErrors;
use crate::task_definitions::document::Document;
use crate::task_definitions::import::{Unreadable, import};
use crate::task_definitions::rules::{UnknownMember, unknown_members};
use crate::ui::*;

/// The text beside the form.
#[derive(Clone, Copy)]
pub struct JsonState {
    form: Form,
    text: RwSignal<String>,
    trouble: RwSignal<Option<Unreadable>>,
    unreadable: Memo<bool>,
    left_out: RwSignal<Vec<&'static str>>,
}

impl JsonState {
    /// Keeps text and document the same. Text that can't be read leaves the document as it was,
    /// and stays until it is mended or given up.
    pub fn beside(form: Form) -> Self {
        let trouble = RwSignal::new(None::<Unreadable>);
        let state = Self {
            form,
            text: RwSignal::new(form.document.with_untracked(Document::pretty)),
            trouble,
            unreadable: Memo::new(move |_| trouble.read().is_some()),
            left_out: RwSignal::new(Vec::new()),
        };
        Effect::new(move |_| {
            let pretty = form.document.with(Document::pretty);
            if state.trouble.read_untracked().is_some() {
                return;
            }
            let same = import(&state.text.read_untracked()).is_ok_and(|read| {
                form.document.with_untracked(|document| *document == read.document)
            });
            if !same {
                state.text.set(pretty);
            }
        });
        Effect::new(move |_| {
            let text = state.text.get();
            match import(&text) {
                Ok(read) => {
                    state.trouble.set(None);
                    if state.left_out.read_untracked().is_empty() || !read.left_out.is_empty() {
                        state.left_out.set(read.left_out);
                    }
                    if form.document.with_untracked(|document| *document != read.document) {
                        form.document.set(read.document);
                    }
                }
                Err(error) => state.trouble.set(Some(error)),
            }
        });
        state
    }

    /// Whether the text can't be read. The form shows the last document that could be, and must
    /// rest meanwhile: when the text is mended, it takes the place of whatever the form holds.
    pub fn is_unreadable(self) -> Memo<bool> {
        self.unreadable
    }

    /// All that is typed: the document, and the text while that is something else.
    pub fn typed(self) -> (Document, Option<String>) {
        (self.form.document.get(), self.unreadable.get().then(|| self.text.get()))
    }

    /// Puts the cursor where the text can't be read.
    pub fn go_to_trouble(self) {
        let at = |trouble: &Unreadable| trouble.offset(&self.text.read_untracked());
        if let Some(offset) = self.trouble.read_untracked().as_ref().map(at) {
            put_cursor("document", offset);
        }
    }

    /// Writes the document as the form has it.
    fn tidy(self) {
        self.text.set(self.form.document.with_untracked(Document::pretty));
    }
}

/// The text with what is wrong with it, every complaint with its path, and what is not known.
#[component]
pub fn JsonView(
    /// The text.
    state: JsonState,
    /// The complaints about the document.
    #[prop(into)]
    errors: Signal<FieldErrors>,
    /// Leads to where the text can't be read.
    go_to_trouble: Callback<()>,
) -> impl IntoView {
    let complaints = move || {
        let said: Vec<(String, String)> = errors
            .with(|errors| errors.iter().map(|(p, s)| (p.to_owned(), s.to_owned())).collect());
        (!said.is_empty()).then(|| view! { <Complaints said/> })
    };
    let trouble = Signal::derive(move || state.trouble.read().as_ref().map(Unreadable::to_string));
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
            <CopyButton text=state.text label="the document"/>
        </div>
        <TextAreaField
            path="document" label="Document" value=state.text rows=28 mono=true required=true
            hint="The same task definition as JSON. Paste one here, or an answer of describe-task-definition."
            error=trouble
        />
        {move || Some(state.left_out.get()).filter(|names| !names.is_empty()).map(|names| view! {
            <Notice tone=Tone::Idle>"Left out, because only a description has it: "{names.join(", ")}"."</Notice>
        })}
        {complaints}
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
        <Button on_press=move |()| state.tidy()>"Give up this text"</Button>
    }
}

/// Every complaint with the path it stands at, also where the form has no field for it.
#[component]
fn Complaints(said: Vec<(String, String)>) -> impl IntoView {
    let line = |(path, said): (String, String)| {
        view! { <li><code>{path}</code>": "{said}</li> }
    };
    view! {
        <Notice tone=Tone::Bad>
            <p>"ECS would refuse this:"</p>
            <ul class="complaints">{said.into_iter().map(line).collect_view()}</ul>
        </Notice>
    }
}

/// Members that the console has never heard of: advice, and no reason not to register.
#[component]
fn Unknown(form: Form) -> impl IntoView {
    let unknown = Memo::new(move |_| form.document.with(unknown_members));
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
        view! { <li><code>{shown}</code>{rename}</li> }
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
