//! A field for any member, as the schema describes it: its control, its words, its place in the
//! document. Whatever stands there is shown and kept, and only what a person touches is changed.

use leptos::prelude::*;

use super::lens::{Form, use_form};
use crate::task_definitions::choices::picker;
use crate::task_definitions::field::{Control, Misfit, refused, second_of_a_name};
use crate::task_definitions::rules::Shape;
use crate::task_definitions::schema::{Member, Owner, below, member_of, split};
use crate::ui::*;

/// The field of one member.
#[component]
pub fn SchemaField(
    /// Whose member it is.
    owner: Owner,
    /// Where the owner stands: empty for the task, the path of a container or a volume. For a member
    /// of a row, the row's path.
    #[prop(into)]
    base: Signal<String>,
    /// The member as the schema has it, from its owner: `healthCheck.interval`, `ulimits.*.name`.
    member: &'static str,
    /// Other words than the schema's.
    #[prop(optional, into)]
    label: Option<String>,
    /// Other help than the schema's; an empty one says nothing.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let known = member_of(owner, member).zip(owner.shape(member));
    known.map(|(member, shape)| FieldOf::new(owner, member, shape, base, label, hint).view())
}

/// What makes one field. Not generic and no component, so that its code is in the browser once.
#[derive(Clone)]
struct FieldOf {
    form: Form,
    owner: Owner,
    member: &'static Member,
    shape: &'static Shape,
    path: Signal<String>,
    label: String,
    hint: String,
}

impl FieldOf {
    fn new(
        owner: Owner,
        member: &'static Member,
        shape: &'static Shape,
        base: Signal<String>,
        label: Option<String>,
        hint: Option<String>,
    ) -> Self {
        let own = split(member).map_or(member.path, |(_, own)| own);
        Self {
            form: use_form(),
            owner,
            member,
            shape,
            path: Signal::derive(move || below(&base.read(), own)),
            label: label.unwrap_or_else(|| member.label.to_owned()),
            hint: hint.unwrap_or_else(|| member.about.to_owned()),
        }
    }

    fn view(self) -> AnyView {
        let Self { form, shape, path, .. } = self;
        let odd = form.misfit(path, shape);
        let control = Control::of(self.member, shape);
        let field = move || match (odd.get(), control) {
            (Some(misfit), _) => {
                view! { <MisfitField path label=self.label.clone() misfit/> }.into_any()
            }
            (None, Some(control)) => self.clone().control(control),
            (None, None) => ().into_any(),
        };
        field.into_any()
    }

    fn control(self, control: Control) -> AnyView {
        match control {
            Control::Text => self.text(),
            Control::Number => self.number(),
            Control::Choice => self.choice(),
            Control::Truth => self.truth(),
            Control::Lines => {
                let rows = self.form.words(self.path);
                self.rows(rows)
            }
            Control::Numbers => {
                let rows = self.form.numbers(self.path);
                self.rows(rows)
            }
            Control::Names => self.names(),
            Control::Checks => self.checks(),
        }
    }

    fn text(self) -> AnyView {
        let Self { form, member, path, label, hint, .. } = self;
        let value = if member.required { form.required_text(path) } else { form.text(path) };
        if let Some(field) = picker(member, path, &label, &hint, value, form.document.whole()) {
            return field;
        }
        view! {
            <TextField path label value hint required=member.required mono=true
                placeholder=member.default unit=member.unit/>
        }
        .into_any()
    }

    fn number(self) -> AnyView {
        let Self { form, member, path, label, hint, .. } = self;
        view! {
            <NumberField path label value=form.number(path) hint required=member.required
                placeholder=member.default unit=member.unit/>
        }
        .into_any()
    }

    fn choice(self) -> AnyView {
        let Self { form, owner, member, path, label, hint, .. } = self;
        let refused = Memo::new(move |_| form.document.with(|d| refused(d, owner, member.path)));
        let options = choices(member);
        view! { <SelectField path label options refused value=form.text(path) hint required=member.required/> }
            .into_any()
    }

    fn truth(self) -> AnyView {
        let Self { form, member, path, label, hint, .. } = self;
        let absent =
            if member.default.is_empty() { "Not set".to_owned() } else { default_words(member) };
        let options = pairs(&[("", &absent), ("true", "On"), ("false", "Off")]);
        view! { <SelectField path label options value=form.choice_of_truth(path) hint required=member.required/> }
            .into_any()
    }

    fn rows(self, rows: RwSignal<Vec<String>>) -> AnyView {
        let Self { path, label, .. } = &self;
        let add_label = format!("Add to {}", inside_a_sentence(label));
        view! {
            <ListRows path=*path legend=label.clone() item_label=label.clone() hint=self.hint_and_default() rows add_label/>
        }
        .into_any()
    }

    fn names(self) -> AnyView {
        let rows = self.form.names(self.path);
        let Self { path, label, hint, .. } = self;
        let add_label = format!("Add to {}", inside_a_sentence(&label));
        let twice = move || {
            let row =
                rows.with(|rows| second_of_a_name(rows).map(|at| (at + 1, rows[at].0.clone())));
            row.map(|(row, name)| view! {
                <p class="field-error">{format!("Row {row} is not in the document: another row is named {name} already.")}</p>
            })
        };
        view! {
            <PairRows path legend=label key_label="Name" members=("name", "value") hint rows add_label/>
            <div role="status" class="field-twice">{twice}</div>
        }
        .into_any()
    }

    fn checks(self) -> AnyView {
        let hint = self.hint_and_default();
        let Self { form, member, path, label, .. } = self;
        let on_tick =
            move |(word, on): (String, bool)| form.tick(&path.read_untracked(), &word, on);
        view! {
            <CheckList path legend=label hint options=pairs(member.choices) ticked=form.ticked(path) on_tick/>
        }
        .into_any()
    }

    /// Rows have no placeholder, so the default is said in the hint.
    fn hint_and_default(&self) -> String {
        match self.member.default {
            "" => self.hint.clone(),
            default => format!("{} Left out: {default}.", self.hint),
        }
    }
}

/// The choices of a member. The first one takes it away, and says what ECS takes then.
fn choices(member: &Member) -> Vec<(String, String)> {
    let absent =
        if member.default.is_empty() { "Choose".to_owned() } else { default_words(member) };
    let mut options = pairs(member.choices);
    options.insert(0, (String::new(), absent));
    options
}

fn default_words(member: &Member) -> String {
    let own = member.choices.iter().find(|(value, _)| *value == member.default);
    let words = own.map_or(member.default, |(_, words)| words.split(':').next().unwrap_or(words));
    format!("Default ({words})")
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect()
}

/// A label as it stands inside a sentence: names in capitals stay.
pub fn inside_a_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

/// What stands in the place of a field whose value is of another type: the value, and the way to
/// take it away. Until then it stays in the document as it is.
#[component]
pub fn MisfitField(
    /// The path of the field.
    path: Signal<String>,
    /// What the field is called.
    label: String,
    /// What is in its way.
    misfit: Misfit,
) -> impl IntoView {
    let form = use_form();
    let Misfit { path: at, json, wanted } = misfit;
    let said = format!("This must be {wanted}, and is ");
    let shown = at.clone();
    let described_by = group_described_by(path, false);
    let clear = move |()| form.document.update(|document| document.remove(&at));
    view! {
        <fieldset class="field misfit" id=move || path.get() tabindex="-1" aria-describedby=move || described_by.get()>
            <legend class="field-label">{label.clone()}</legend>
            <p class="field-hint"><code>{shown}</code>": "{said}<code>{json}</code></p>
            <GroupError path/>
            <div><Button on_press=clear>{format!("Take it away and fill in {}", inside_a_sentence(&label))}</Button></div>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_choice_says_what_is_taken_without_one() {
        for (owner, path, words) in [
            (Owner::Task, "networkMode", "Default (bridge)"),
            (Owner::Task, "runtimePlatform.cpuArchitecture", "Default (x86, 64 bit)"),
            (Owner::Task, "ipcMode", "Default (as Docker on the instance)"),
            (Owner::Container, "dependsOn.*.condition", "Choose"),
        ] {
            assert_eq!(
                choices(member_of(owner, path).unwrap())[0],
                (String::new(), words.to_owned())
            );
        }
    }

    #[test]
    fn labels_go_into_sentences() {
        for (label, inside) in [("DNS servers", "DNS servers"), ("Mount options", "mount options")]
        {
            assert_eq!(inside_a_sentence(label), inside);
        }
    }
}
