//! The dialog that saves a template.

use leptos::prelude::*;

use super::model::TemplateRow;
use super::save::{EMPTY, KEEP, Saving, parts};
use crate::layout::use_role;
use crate::task_definitions::templates::team::Variable;
use crate::team::model::Role;
use crate::ui::*;
use crate::words::container_words;

/// The id of the name's field.
pub(super) const NAME: &str = "template-name";

/// Asks what to save and how to call it.
#[component]
pub(super) fn SaveDialog(saving: Saving) -> impl IntoView {
    let toasts = use_toasts();
    let title = "Save as template";
    let confirm_label = Signal::derive(move || {
        let words = match (saving.replaced().is_some(), saving.overtaken.get()) {
            (false, _) => "Save template",
            (true, false) => "Replace template",
            (true, true) => "Replace it all the same",
        };
        words.to_owned()
    });
    view! {
        <ConfirmDialog
            open=saving.open
            title
            confirm_label
            busy=saving.submission.busy()
            error=problem(saving)
            on_confirm=move |()| saving.send(toasts)
        >
            // Nothing of it is worked out while the dialog is closed.
            {move || saving.open.get().then(|| view! { <Fields saving/> })}
        </ConfirmDialog>
    }
}

/// What stands above the fields: what stands at one of them need not stand there too, and what is
/// wrong with the document has no field here.
fn problem(saving: Saving) -> Signal<Option<(String, String)>> {
    let (problem, errors) = (saving.submission.problem(), saving.submission.field_errors());
    Signal::derive(move || {
        let of_document = errors.with(|errors| errors.at("document").map(str::to_owned));
        match of_document {
            Some(said) => Some((said, "Correct it in the form, then save again.".to_owned())),
            None => problem.get().filter(|_| errors.with(|errors| errors.is_empty())),
        }
    })
}

#[component]
fn Fields(saving: Saving) -> impl IntoView {
    let administrator = use_role() >= Role::Administrator;
    let own = Memo::new(move |_| saving.shelf.rows(|row| row.mine || administrator));
    let targets = Signal::derive(move || {
        let replace = |row: TemplateRow| (row.id.to_string(), format!("Replace {}", row.name));
        let new = (String::new(), "A new template".to_owned());
        std::iter::once(new).chain(own.get().into_iter().map(replace)).collect::<Vec<_>>()
    });
    let replaced = Memo::new(move |_| saving.replaced());
    // A sidecar is replaced by a container, a whole template by a whole document.
    let offered = Signal::derive(move || {
        let kind = replaced.with(|row| row.as_ref().map(|row| row.sidecar));
        let all = saving.document.with(parts).into_iter();
        all.filter(|(part, _)| kind.is_none_or(|sidecar| sidecar != part.is_empty()))
            .collect::<Vec<_>>()
    });
    let choose_target = move |_: String| {
        saving.aim_anew();
        let first = offered.with_untracked(|offered| offered.first().map(|(part, _)| part.clone()));
        let fits = offered.with_untracked(|all| {
            saving.part.with_untracked(|part| all.iter().any(|(one, _)| one == part))
        });
        if !fits {
            saving.part.set(first.unwrap_or_default());
        }
    };
    let some = Memo::new(move |_| !own.read().is_empty());
    view! {
        <p>"Every operator and administrator can begin from a template and reads it. The name of the family is left for whoever begins."</p>
        {move || some.get().then(|| view! {
            <SelectField path="template-target" label="Save it as" options=targets value=saving.target on_choose=choose_target/>
        })}
        {move || match replaced.get() {
            Some(row) => view! { <Replaced saving row/> }.into_any(),
            None => view! { <Words saving/> }.into_any(),
        }}
        <SelectField
            path="template-part" label="What is saved" options=offered value=saving.part
            hint="A sidecar is added beside the containers of a form. It comes with the volumes that it mounts; what it says of other containers stays behind."
        />
        <Values saving/>
    }
}

/// How a new template is called.
#[component]
fn Words(saving: Saving) -> impl IntoView {
    view! {
        <TextField path=NAME label="Name" value=saving.name required=true error=saving.submission.error_at("name")/>
        <TextField path="template-about" label="Description" value=saving.about error=saving.submission.error_at("about")
            hint="What it is for, and what is to be filled in."/>
    }
}

/// What gives way, and what to choose when somebody was faster.
#[component]
fn Replaced(saving: Saving, row: TemplateRow) -> impl IntoView {
    let by = row.changed_by.clone();
    let last = view! { <TimeAgo at=row.changed_at/>{format!(" by {by}.")} };
    let overtaken = move || {
        saving.overtaken.get().then(|| {
            let by = by.clone();
            view! {
                <Notice tone=Tone::Warn>
                    <p>{format!("Nothing was saved, and nothing is lost: the template is as {by} left it. Replace it all the same, or keep both.")}</p>
                    <div class="cluster-row form-notice-ways">
                        <Button on_press=move |()| saving.as_new()>"Save mine as a new template"</Button>
                    </div>
                </Notice>
            }
        })
    };
    view! {
        <p class="muted">{container_words(&row.containers)}". Last changed "{last}" Name and description stay."</p>
        {overtaken}
    }
}

/// What becomes of plain values.
#[component]
fn Values(saving: Saving) -> impl IntoView {
    let variables = Memo::new(move |_| saving.variables());
    let some = Memo::new(move |_| !variables.read().is_empty());
    // Containers may have variables of one name.
    let names = |variables: &[Variable]| {
        let mut names: Vec<&str> = Vec::new();
        for variable in variables {
            if !names.contains(&variable.name.as_str()) {
                names.push(&variable.name);
            }
        }
        names.join(", ")
    };
    let suspects = move || {
        let suspects: Vec<Variable> =
            variables.get().into_iter().filter(Variable::looks_secret).collect();
        (!suspects.is_empty()).then(|| {
            let words = format!("Looks like a secret: {}.", names(&suspects));
            view! { <Notice tone=Tone::Warn>{words}</Notice> }
        })
    };
    let cards = || {
        vec![
            RadioCard::new(KEEP, "Keep them", "Whoever begins from the template has them, too."),
            RadioCard::new(
                EMPTY,
                "Empty them",
                "The names stay, and the form says which have no value.",
            ),
        ]
    };
    move || {
        some.get().then(|| {
            view! {
                <RadioCards path="template-values" legend="Plain values of variables" options=cards() value=saving.values/>
                <p class="muted">{move || variables.with(|variables| names(variables))}". References to secrets stay as they are."</p>
                {suspects}
            }
        })
    }
}
