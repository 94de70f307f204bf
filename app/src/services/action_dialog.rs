//! A dialog with a small form that changes a service.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::submission::Submission;
use crate::ui::*;

/// A form in a dialog: its refusal on top, its fields, the button that sends it. The errors of
/// its fields are lent to them.
#[component]
pub fn ActionDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// The words of the button: the effect.
    submit_label: &'static str,
    /// The form's sending.
    form: Submission,
    /// Why it can't be sent now; none when it can.
    #[prop(optional, into)]
    blocked: Signal<Option<String>>,
    /// Checks and sends.
    #[prop(into)]
    on_submit: Callback<()>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    provide_field_errors(form.field_errors());
    Effect::new(move |_| {
        if open.get() {
            form.show(None);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! {
        <Dialog open title>
            <form class="confirm" method="dialog" novalidate=true on:submit=submit>
                <FormProblem error=form.problem()/>
                {children()}
                <div class="dialog-actions">
                    <Button on_press=move |()| open.set(false)>"Cancel"</Button>
                    <Button kind=ButtonKind::Primary button_type="submit" busy=form.busy() disabled_reason=blocked>{submit_label}</Button>
                </div>
            </form>
        </Dialog>
    }
}
