//! Changes as a list: by what they are about, each with its values and what it does beyond itself.

use leptos::prelude::*;

use crate::task_definitions::diff::{
    Change, Changes, Effect, Kind, LineKind, Piece, Subject, Weight,
};
use crate::ui::*;
use crate::words::counted;

/// Every change, and folded away what is only written otherwise.
#[component]
pub fn ChangesView(
    /// The changes.
    #[prop(into)]
    changes: Signal<Changes>,
    /// Whether values were taken out of them.
    #[prop(optional)]
    redacted: bool,
) -> impl IntoView {
    let alike = Memo::new(move |_| {
        let same = |change: &&Change| matches!(change.kind, Kind::Moved | Kind::Same);
        changes.read().iter().filter(same).cloned().collect::<Vec<_>>()
    });
    let any_alike = Memo::new(move |_| !alike.read().is_empty());
    let group = move |(subject, changes): (Subject, Vec<Change>)| {
        view! {
            <section class="change-group">
                <h3>{subject.words()}</h3>
                <ul class="change-list">
                    {changes.into_iter().map(|change| view! { <Line change redacted/> }).collect_view()}
                </ul>
            </section>
        }
    };
    let groups = move || by_subject(&changes.read()).into_iter().map(group).collect_view();
    view! {
        <div class="changes">
            {move || changes.with(effects)}
            {groups}
            {move || any_alike.get().then(|| view! { <Alike alike redacted/> })}
        </div>
    }
}

/// What really changes, by what it is about, in the order of the first of each.
fn by_subject(changes: &Changes) -> Vec<(Subject, Vec<Change>)> {
    let mut groups: Vec<(Subject, Vec<Change>)> = Vec::new();
    for change in changes.real() {
        match groups.iter_mut().find(|(subject, _)| *subject == change.subject) {
            Some((_, group)) => group.push(change.clone()),
            None => groups.push((change.subject.clone(), vec![change.clone()])),
        }
    }
    groups
}

/// How many changes reach beyond themselves.
fn effects(changes: &Changes) -> impl IntoView + use<> {
    let count = |weight| {
        changes.real().filter(|c| c.effects.iter().any(|effect| effect.weight == weight)).count()
    };
    let (breaks, check) = (count(Weight::Breaks), count(Weight::Check));
    let mark = |count: usize, tone: Tone, words: &'static str| {
        (count > 0).then(
            || view! { <StatusMark tone label=format!("{}: {words}", counted(count, "change"))/> },
        )
    };
    (breaks + check > 0).then(|| {
        view! {
            <p class="cluster-row">
                {mark(breaks, Tone::Bad, "something else has to change too")}
                {mark(check, Tone::Warn, "worth a check")}
            </p>
        }
    })
}

#[component]
fn Line(change: Change, redacted: bool) -> impl IntoView {
    let (word, tone) = match change.kind {
        Kind::Added => ("Added", Tone::Good),
        Kind::Removed => ("Removed", Tone::Bad),
        Kind::Changed => ("Changed", Tone::Busy),
        Kind::Moved => ("Order", Tone::Idle),
        Kind::Same => ("Same", Tone::Idle),
    };
    let effect = |Effect { weight, said }: Effect| {
        let (tone, icon) = match weight {
            Weight::Breaks => (Tone::Bad, IconName::CrossCircle),
            Weight::Check => (Tone::Warn, IconName::Warn),
        };
        view! { <p class="change-effect" data-tone=tone.key()><Icon name=icon/><span>{said}</span></p> }
    };
    let effects = change.effects.clone();
    view! {
        <li class="change">
            <span class="change-kind" data-tone=tone.key()>{word}</span>
            <div class="change-words">
                <p><span class="change-label">{change.label.clone()}</span>" "<Values change redacted/></p>
                {effects.into_iter().map(effect).collect_view()}
            </div>
        </li>
    }
}

/// From what to what.
#[component]
fn Values(change: Change, redacted: bool) -> impl IntoView {
    if change.secret && redacted {
        let said = if change.kind == Kind::Changed {
            "another value, hidden from your role"
        } else {
            "value hidden from your role"
        };
        return view! { <span class="muted">{said}</span> }.into_any();
    }
    if !change.words.is_empty() {
        let word = |Piece { kind, text }: Piece| match kind {
            LineKind::Kept => view! { <span>{text}</span>" " }.into_any(),
            LineKind::Gone => view! { <del>{text}</del>" " }.into_any(),
            LineKind::Come => view! { <ins>{text}</ins>" " }.into_any(),
        };
        return view! { <span class="change-values">{change.words.into_iter().map(word).collect_view()}</span> }.into_any();
    }
    let Change { before, after, kind, .. } = change;
    let unset = || view! { <span class="muted">"not set"</span> };
    let old = (!before.is_empty()).then(|| view! { <del>{before}</del> });
    let new = (!after.is_empty()).then(|| view! { <ins>{after}</ins> });
    let both = matches!(kind, Kind::Changed | Kind::Same) && (old.is_some() || new.is_some());
    if !both {
        return view! { <span class="change-values">{old}{new}</span> }.into_any();
    }
    let old = old.map_or_else(|| unset().into_any(), IntoAny::into_any);
    let new = new.map_or_else(|| unset().into_any(), IntoAny::into_any);
    view! {
        <span class="change-values">
            <span class="visually-hidden">"from "</span>{old}
            <span aria-hidden="true">" → "</span><span class="visually-hidden">" to "</span>{new}
        </span>
    }
    .into_any()
}

/// What is written otherwise and changes nothing.
#[component]
fn Alike(alike: Memo<Vec<Change>>, redacted: bool) -> impl IntoView {
    let count = move || alike.read().len();
    let line = move |change: Change| {
        let subject = change.subject.words();
        view! { <li><span class="muted">{subject}": "</span>{change.label.clone()}" "<Values change redacted/></li> }
    };
    view! {
        <details class="fold">
            <summary>"Written otherwise, means the same "<span class="tab-count">{count}</span></summary>
            <ul class="change-alike">{move || alike.get().into_iter().map(line).collect_view()}</ul>
        </details>
    }
}
