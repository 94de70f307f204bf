//! Dialogs over the browser's own: it keeps the focus inside, closes on Esc and gives it back.

use leptos::{ev::SubmitEvent, html, prelude::*};

use super::{
    button::{Button, ButtonKind},
    form::{FormProblem, bind_text},
    icon::{Icon, IconName},
};

/// A modal dialog. It can be opened only by a page that has come alive; what it does must have
/// another way without WebAssembly only where the page promises one.
#[component]
pub fn Dialog(
    /// Whether it is open; closing it by Esc or its button sets this to false.
    open: RwSignal<bool>,
    /// Its heading and name.
    #[prop(into)]
    title: Signal<String>,
    /// Its content. It stays in the page while the dialog is closed.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = dialog.get() else { return };
        if open && !dialog.open() {
            // Refused only when the element is not in the page, where nothing is to be shown.
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    // The browser tells of a closing a little later: it may have been opened again by then.
    let closed = move || {
        if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            aria-label=move || title.get()
            on:close=move |_| closed()
        >
            <h2 class="dialog-title">{move || title.get()}</h2>
            <div class="dialog-body">{children()}</div>
            <button type="button" class="icon-button dialog-close" aria-label="Close" on:click=move |_| open.set(false)>
                <Icon name=IconName::Close/>
            </button>
        </dialog>
    }
}

/// Asks before a change. What can't be taken back asks for the name to be typed.
#[component]
pub fn ConfirmDialog(
    /// Whether it is open. The page closes it when the change was made.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// The words of the button that does it: the effect, not "OK".
    #[prop(into)]
    confirm_label: Signal<String>,
    /// The words of the button that does nothing.
    #[prop(default = "Cancel")]
    cancel_label: &'static str,
    /// Whether it takes something away.
    #[prop(optional)]
    danger: bool,
    /// What must be typed before it can be done.
    #[prop(optional, into)]
    typed_name: Option<String>,
    /// Whether the change is being made.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Makes the change.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Why it was refused, and what to do next.
    #[prop(optional, into)]
    error: Signal<Option<(String, String)>>,
    /// What will happen, and what else it touches.
    children: Children,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        if open.get() {
            typed.set(String::new());
        }
    });
    let wanted = StoredValue::new(typed_name.clone());
    let reason = Signal::derive(move || {
        let wanted = wanted.get_value()?;
        (typed.read().trim() != wanted).then(|| format!("Type {wanted} first"))
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() && reason.with_untracked(Option::is_none) {
            on_confirm.run(());
        }
    };
    view! {
        <Dialog open title>
            <form class="confirm" method="dialog" on:submit=submit>
                <FormProblem error/>
                <div class="confirm-words">{children()}</div>
                {typed_name.map(|name| view! { <TypedName name typed/> })}
                <div class="dialog-actions">
                    <Button on_press=move |()| open.set(false)>{cancel_label}</Button>
                    <Button
                        kind=if danger { ButtonKind::Danger } else { ButtonKind::Primary }
                        button_type="submit"
                        busy
                        disabled_reason=reason
                    >
                        {move || confirm_label.get()}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

/// The dialog of what is asked for, if anything is; closing it ends the question. Each is made anew, so
/// that no complaint of the last one stays in it.
pub fn dialog_for<T: Clone + Send + Sync + 'static>(
    asked: RwSignal<Option<T>>,
    dialog: impl Fn(T, RwSignal<bool>) -> AnyView + Send + 'static,
) -> impl IntoView {
    move || {
        let asked_now = asked.get()?;
        let open = RwSignal::new(true);
        Effect::new(move |_| {
            if !open.get() {
                asked.set(None);
            }
        });
        Some(dialog(asked_now, open))
    }
}

/// The line in which the name is typed.
#[component]
fn TypedName(name: String, typed: RwSignal<String>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    bind_text(input, typed.into(), Callback::new(move |text| typed.set(text)));
    view! {
        <label class="field">
            <span class="field-label">"Type "<strong class="mono">{name}</strong>" to confirm"</span>
            <input
                node_ref=input
                class="input mono"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                on:input:target=move |event| typed.set(event.target().value())
            />
        </label>
    }
}
