//! The frame of a field: label, hint, the control, its error. Controls are built on it.

use leptos::prelude::*;

use crate::{
    error::FieldErrors,
    ui::{
        Followers,
        icon::{Icon, IconName},
    },
};

/// Messages by path, of which each field follows its own.
#[derive(Clone, Copy)]
struct Messages {
    all: Signal<FieldErrors>,
    fields: Followers,
}

impl Messages {
    fn of(all: Signal<FieldErrors>) -> Self {
        let fields = Followers::default();
        let first = all.get_untracked();
        Effect::new(move |before: Option<FieldErrors>| {
            let (old, new) = (before.as_ref().unwrap_or(&first), all.get());
            if new != *old {
                fields.wake(|path| new.at(path) != old.at(path));
            }
            new
        });
        Self { all, fields }
    }

    fn at(self, path: &str) -> Option<String> {
        self.fields.follow(path);
        self.all.with_untracked(|all| all.at(path).map(str::to_owned))
    }
}

/// The errors of the form that a field stands in.
#[derive(Clone, Copy)]
struct FormErrors(Messages);

/// Lends the errors of a form to all its fields: each looks up its own path, so a page need not
/// hand out an `error` to every one. Call it in the form's component, before its view.
pub fn provide_field_errors(errors: impl Into<Signal<FieldErrors>>) {
    provide_context(FormErrors(Messages::of(errors.into())));
}

/// Remarks on the fields of a form that keep nobody from sending it.
#[derive(Clone, Copy)]
struct FormRemarks(Messages);

/// Lends remarks to all fields of a form, by path: a field without an error shows its remark.
pub fn provide_field_remarks(remarks: impl Into<Signal<FieldErrors>>) {
    provide_context(FormRemarks(Messages::of(remarks.into())));
}

/// The remark at a path, while there is no error.
fn remark_at(path: Signal<String>, error: Signal<Option<String>>) -> Signal<Option<String>> {
    let Some(form) = use_context::<FormRemarks>() else { return Signal::stored(None) };
    Signal::derive(move || if error.with(Option::is_none) { form.0.at(&path.read()) } else { None })
}

/// How many errors the form has below a path.
pub fn errors_below(path: Signal<String>) -> Memo<usize> {
    let form = use_context::<FormErrors>();
    Memo::new(move |_| {
        let below = format!("{}.", path.read());
        form.map_or(0, |form| {
            form.0.all.with(|errors| errors.iter().filter(|(at, _)| at.starts_with(&below)).count())
        })
    })
}

/// The error at a path: the one given, else what the form's errors have there.
pub(super) fn error_at(
    path: Signal<String>,
    given: Option<Signal<Option<String>>>,
) -> Signal<Option<String>> {
    let form = use_context::<FormErrors>();
    Signal::derive(move || given.and_then(|given| given.get()).or_else(|| form?.0.at(&path.read())))
}

/// What a control inside a [`Field`] must carry.
#[derive(Clone, Copy)]
pub struct FieldIds {
    /// Both `id` and `name`: the field's path.
    pub id: Signal<String>,
    /// For `aria-describedby`: the ids of the hint and of the error, whichever there are.
    pub described_by: Signal<Option<String>>,
    /// For `aria-invalid`: `"true"` while there is an error.
    pub invalid: Signal<Option<&'static str>>,
    /// For `aria-required`. The browser's own `required` is not used: its messages are not ours.
    pub required: Option<&'static str>,
}

/// Label, hint and error around a control of your own: `<Field path label let:ids>` and then an
/// input with `id=ids.id name=ids.id aria-describedby=ids.described_by aria-invalid=ids.invalid`.
#[component]
pub fn Field<F, V>(
    /// The field's path, which is its name, its id and the key of its error.
    #[prop(into)]
    path: Signal<String>,
    /// What to enter, as a noun.
    #[prop(into)]
    label: String,
    /// What helps to enter it right.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it may not be left empty. Optional fields say so.
    #[prop(optional)]
    required: bool,
    /// Its error; when left out, the form's errors are asked.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// Builds the control.
    children: F,
) -> impl IntoView
where
    F: FnOnce(FieldIds) -> V + Send + 'static,
    V: IntoView + 'static,
{
    framed(path, label, hint, required, error, Said::Below, |ids| children(ids).into_any())
}

/// Where the error of a field stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// Over a control so tall that what stands under it may be out of sight.
    Above,
    /// Under the control.
    Below,
}

/// [`Field`] without type parameters, so that its code is in the browser once.
pub(crate) fn framed(
    path: Signal<String>,
    label: String,
    hint: Option<String>,
    required: bool,
    error: Option<Signal<Option<String>>>,
    said: Said,
    control: impl FnOnce(FieldIds) -> AnyView,
) -> AnyView {
    let error = error_at(path, error);
    let hint = hint.filter(|hint| !hint.is_empty());
    let ids = field_ids(path, hint.is_some(), required, error);
    view! {
        <div class="field" class:has-error=move || error.with(Option::is_some)>
            <label class="field-label" for=move || path.get()>
                {label} {(!required).then(|| view! { <span class="field-optional">" optional"</span> })}
            </label>
            {hint_line(path, hint)}
            {(said == Said::Above).then(|| view! { <div class="field-said">{error_line(path, error)}</div> })}
            {control(ids)}
            {(said == Said::Below).then(|| error_line(path, error))}
        </div>
    }
    .into_any()
}

/// The ids that tie a control to its hint and error.
pub(super) fn field_ids(
    path: Signal<String>,
    hinted: bool,
    required: bool,
    error: Signal<Option<String>>,
) -> FieldIds {
    let remark = remark_at(path, error);
    let described_by = move || {
        let hint = hinted.then(|| format!("{}-hint", path.read()));
        let error = error.with(Option::is_some).then(|| format!("{}-error", path.read()));
        let remark = remark.with(Option::is_some).then(|| format!("{}-remark", path.read()));
        let ids: Vec<_> = hint.into_iter().chain(error).chain(remark).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    FieldIds {
        id: path,
        described_by: Signal::derive(described_by),
        invalid: Signal::derive(move || error.with(Option::is_some).then_some("true")),
        required: required.then_some("true"),
    }
}

/// For `aria-describedby` of a group of fields: the ids of its hint, and of its error or remark.
pub fn group_described_by(path: Signal<String>, hinted: bool) -> Signal<Option<String>> {
    field_ids(path, hinted, true, error_at(path, None)).described_by
}

/// The error of a group of fields, by the group's path.
#[component]
pub fn GroupError(
    /// The group's path.
    #[prop(into)]
    path: Signal<String>,
) -> impl IntoView {
    error_line(path, error_at(path, None))
}

/// What helps to enter a field or a group right, with the id that [`field_ids`] refers to.
pub(super) fn hint_line(path: Signal<String>, hint: Option<String>) -> impl IntoView {
    hint.map(
        |hint| view! { <p class="field-hint" id=move || format!("{}-hint", path.get())>{hint}</p> },
    )
}

/// The error under a control, or else the remark, with the id its control refers to.
pub(super) fn error_line(path: Signal<String>, error: Signal<Option<String>>) -> impl IntoView {
    let remark = remark_at(path, error);
    move || {
        let error = error.get().map(|said| ("error", IconName::Warn, said));
        let line = error.or_else(|| remark.get().map(|said| ("remark", IconName::Info, said)));
        line.map(|(kind, icon, said)| {
            view! {
                <p class=format!("field-{kind}") id=move || format!("{}-{kind}", path.get())>
                    <Icon name=icon/>
                    <span>{said}</span>
                </p>
            }
        })
    }
}
