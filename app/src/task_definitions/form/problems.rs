//! What the rules say about the document, while it is written: at the fields, and as one list with
//! the way to each field and what mends it at once.

use leptos::prelude::*;

use super::jump::use_jump;
use super::lens::Form;
use crate::error::FieldErrors;
use crate::task_definitions::finding::{Finding, Findings, Fix, Severity};
use crate::task_definitions::rules::{self, Whereabouts, is_entered};
use crate::ui::*;

/// The id of the list, which the count leads to.
const LIST: &str = "problems";

/// The findings of a form's document.
#[derive(Clone, Copy)]
pub struct Problems {
    form: Form,
    attempted: RwSignal<bool>,
    errors: Memo<FieldErrors>,
}

impl Problems {
    /// Watches a form's document, and lends what is found to the fields. Until somebody tries to
    /// register, a field that nobody has filled in is not called wrong.
    pub fn of(form: Form) -> Self {
        let attempted = RwSignal::new(false);
        let found = form.found;
        let errors = Memo::new(move |_| {
            let all = found.with(FieldErrors::of);
            if attempted.get() {
                return all;
            }
            form.document.with(|document| all.only(|path| is_entered(document, path)))
        });
        provide_field_errors(errors);
        let remarks = Memo::new(move |_| found.with(FieldErrors::remarks));
        provide_field_remarks(remarks);
        Self { form, attempted, errors }
    }

    /// Somebody tried to register: from now on every field says what it lacks.
    pub fn attempt(self) {
        self.attempted.set(true);
    }

    /// The messages at the fields.
    pub fn errors(self) -> Memo<FieldErrors> {
        self.errors
    }

    /// The lines of a group. A line that stays as it is stays in the page too, and keeps the focus.
    fn lines(self, severity: Severity) -> Vec<Said> {
        let mut lines: Vec<Said> = Vec::new();
        self.form.found.with(|found| {
            for finding in found.iter().filter(|finding| finding.severity == severity) {
                let Whereabouts { owner, member } = self
                    .form
                    .document
                    .with_untracked(|document| Whereabouts::of(document, &finding.path));
                let words = if owner.is_empty() { member } else { format!("{owner}: {member}") };
                let again = lines.iter().filter(|line| line.finding == *finding).count();
                lines.push(Said { words, finding: finding.clone(), again });
            }
        });
        lines
    }

    /// Mends, says so, and leaves the focus where the next one can be chosen.
    fn mend(self, fix: &Fix) {
        self.form.document.update(|document| fix.apply(document));
        let left = self.form.document.with_untracked(|document| counted(&rules::check(document)));
        let left = left.map_or("No problems are left.".to_owned(), |left| format!("Left: {left}."));
        announce(&format!("Done: {}. {left}", fix.label));
        focus_field(LIST);
    }
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Said {
    /// The field, as it is called in the form.
    words: String,
    /// What was found.
    finding: Finding,
    /// How many lines before it say the same.
    again: usize,
}

/// The groups with their headings; what weighs most comes first.
const GROUPS: [(Severity, Tone, &str); 3] = [
    (Severity::Refused, Tone::Bad, "ECS would refuse"),
    (Severity::Wrong, Tone::Warn, "Works, but not as it says"),
    (Severity::Advice, Tone::Idle, "Advice"),
];

/// `2 problems, 1 warning, 1 advice`; nothing when nothing was found.
fn counted(found: &Findings) -> Option<String> {
    let words = |severity, one: &str, more: &str| match found.count(severity) {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    };
    let parts = [
        words(Severity::Refused, "problem", "problems"),
        words(Severity::Wrong, "warning", "warnings"),
        words(Severity::Advice, "advice", "advice"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How many findings there are, near the button that registers; leads to the list.
#[component]
pub fn ProblemCount(
    /// The findings.
    problems: Problems,
    /// Brings the part of the page into sight that holds the list.
    #[prop(into)]
    show_list: Callback<()>,
) -> impl IntoView {
    let count = Memo::new(move |_| problems.form.found.with(counted));
    let any = Memo::new(move |_| count.read().is_some());
    let refused = move || problems.form.found.with(|found| found.count(Severity::Refused) > 0);
    let words = move || {
        if !any.get() {
            return view! { <span class="problem-count">"No problems found"</span> }.into_any();
        }
        view! {
            <a
                class="problem-count"
                class:has-problems=refused
                href=format!("#{LIST}")
                on:click=move |event| {
                    event.prevent_default();
                    show_list.run(());
                    focus_field(LIST);
                }
            >{move || count.get()}</a>
        }
        .into_any()
    };
    view! { <span role="status">{words}</span> }
}

/// All findings by weight, each with the way to its field and its fix.
#[component]
pub fn ProblemList(
    /// The findings.
    problems: Problems,
) -> impl IntoView {
    let group = move |(severity, tone, heading): (Severity, Tone, &'static str)| {
        let lines = Memo::new(move |_| problems.lines(severity));
        let any = Memo::new(move |_| !lines.read().is_empty());
        move || {
            any.get().then(|| {
                view! {
                    <section class="problem-group" data-tone=tone.key()>
                        <h2>{heading}</h2>
                        <ul class="problem-lines">
                            <For each=move || lines.get() key=Said::clone children=move |said| view! { <Line problems said/> }/>
                        </ul>
                    </section>
                }
            })
        }
    };
    let any = Memo::new(move |_| problems.form.found.with(|found| !found.is_empty()));
    view! {
        <section class="problems" id=LIST tabindex="-1" aria-label="Problems and advice" class:is-empty=move || !any.get()>
            {GROUPS.map(group).collect_view()}
        </section>
    }
}

/// One finding.
#[component]
fn Line(problems: Problems, said: Said) -> impl IntoView {
    let Said { words, finding: Finding { path, said, fix, .. }, .. } = said;
    let fix = fix.map(|fix| {
        let label = fix.label.clone();
        // Among many buttons that say the same, a listener hears which field each is for.
        let full = format!("{label} ({words})");
        view! {
            <button type="button" class="button problem-fix" aria-label=full on:click=move |_| problems.mend(&fix)>{label}</button>
        }
    });
    let (jump, to) = (use_jump(), path.clone());
    view! {
        <li class="problem-line">
            <div class="problem-words">
                <button type="button" class="problem-jump" title=path.clone() on:click=move |_| jump.to(&to)>{words}</button>
                <code class="problem-path">{path}</code>
                <p>{said}</p>
            </div>
            {fix}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_counted_in_words() {
        let mut found = Findings::new();
        assert_eq!(counted(&found), None);
        found.advise("R100", "a", "b");
        assert_eq!(counted(&found).as_deref(), Some("1 advice"));
        found.refuse("R1", "a", "b");
        found.refuse("R1", "a", "b");
        found.warn("R87", "a", "b");
        assert_eq!(counted(&found).as_deref(), Some("2 problems, 1 warning, 1 advice"));
    }
}
