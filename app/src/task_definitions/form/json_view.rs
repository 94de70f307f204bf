//! The document as text: the other view of the form.

use leptos::prelude::*;

use super::lens::Form;
use crate::error::FieldErrors;
use crate::task_definitions::import::import;
use crate::ui::*;

/// The text beside the form.
#[derive(Clone, Copy)]
pub struct JsonState {
    text: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
    left_out: RwSignal<Vec<&'static str>>,
}

impl JsonState {
    /// Keeps text and document the same. Text that can't be read leaves the document as it was,
    /// and stays until it is mended or given up.
    pub fn beside(form: Form) -> Self {
        let state = Self {
            text: RwSignal::new(form.document.with_untracked(|document| document.pretty())),
            trouble: RwSignal::new(None),
            left_out: RwSignal::new(Vec::new()),
        };
        Effect::new(move |_| {
            let pretty = form.document.with(|document| document.pretty());
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
                Err(error) => state.trouble.set(Some(error.to_string())),
            }
        });
        state
    }

    /// What is wrong with the text, if anything.
    pub fn trouble(self) -> Signal<Option<String>> {
        self.trouble.into()
    }

    /// Writes the document as the form has it.
    fn tidy(self, form: Form) {
        self.text.set(form.document.with_untracked(|document| document.pretty()));
    }
}

/// The text with what is wrong with it, and every complaint with its path.
#[component]
pub fn JsonView(
    form: Form,
    state: JsonState,
    #[prop(into)] errors: Signal<FieldErrors>,
) -> impl IntoView {
    let complaints = move || {
        let said: Vec<(String, String)> = errors
            .with(|errors| errors.iter().map(|(p, s)| (p.to_owned(), s.to_owned())).collect());
        (!said.is_empty()).then(|| view! { <Complaints said/> })
    };
    view! {
        <TextAreaField
            path="document" label="Document" value=state.text rows=28 mono=true required=true
            hint="The same task definition as JSON. Paste one here, or an answer of describe-task-definition."
            error=state.trouble()
        />
        <div class="cluster-row">
            <Button kind=ButtonKind::Quiet on_press=move |()| state.tidy(form)>
                {move || if state.trouble.read().is_some() { "Give up the text's changes" } else { "Tidy up" }}
            </Button>
            <CopyButton text=state.text label="the document"/>
        </div>
        {move || Some(state.left_out.get()).filter(|names| !names.is_empty()).map(|names| view! {
            <Notice tone=Tone::Idle>"Left out, because only a description has it: "{names.join(", ")}"."</Notice>
        })}
        {complaints}
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
