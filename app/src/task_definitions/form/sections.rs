//! Sections of the form as folds, and lists of objects, from the schema.

use leptos::{html, prelude::*};
use serde_json::{Value, json};

use super::field::{MisfitField, SchemaField, inside_a_sentence};
use super::jump::use_jump;
use super::keys::Items;
use super::lens::use_form;
use super::rows::Rows;
use crate::task_definitions::choices::has_picker;
use crate::task_definitions::field::Control;
use crate::task_definitions::rules::Shape;
use crate::task_definitions::schema::{
    Group, List, Member, Owner, Section, below, count_set, split,
};
use crate::ui::*;

/// While it is lent, every fold is open: for a look at the whole form at once.
#[derive(Clone, Copy)]
pub struct EveryFoldOpen;

/// A section of the schema as a fold with a field for each of its members.
#[component]
pub fn SchemaSection(
    /// Whose section it is.
    owner: Owner,
    /// Where the owner stands.
    #[prop(into)]
    base: Signal<String>,
    /// The section.
    section: &'static Section,
    /// Whether it is open at first.
    #[prop(optional)]
    open: bool,
) -> impl IntoView {
    view! {
        <SectionFold owner base section open>
            <SectionFields owner base section/>
        </SectionFold>
    }
}

/// A section of the schema as a fold: its title, how much it says, and a body that is made when the
/// fold first opens. It opens when somebody goes to a field of one of its members.
#[component]
pub fn SectionFold(
    /// Whose section it is.
    owner: Owner,
    /// Where the owner stands.
    #[prop(into)]
    base: Signal<String>,
    /// The section.
    section: &'static Section,
    /// Whether it is open at first.
    #[prop(optional)]
    open: bool,
    /// Its fields.
    children: ChildrenFn,
) -> impl IntoView {
    let (form, jump) = (use_form(), use_jump());
    let open = RwSignal::new(open || use_context::<EveryFoldOpen>().is_some());
    // The browser tells of an open fold a moment later: then the next key would find it empty.
    let pressed = RwSignal::new(false);
    let made = Memo::new(move |was: Option<&bool>| {
        was.copied().unwrap_or(false) || open.get() || pressed.get()
    });
    let count = Memo::new(move |_| {
        let base = base.read();
        form.document.with_part(&base, |document| count_set(document, owner, &base, section))
    });
    let fold = NodeRef::<html::Details>::new();
    Effect::new(move |_| {
        // It may have been opened before the page came alive.
        if fold.get().is_some_and(|fold| fold.open()) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        let target = jump.target().get();
        let base = base.get_untracked();
        let inside = target.as_deref().and_then(|target| inside(&base, target));
        if inside.is_some_and(|path| section.holds(path)) {
            open.set(true);
        }
    });
    let said = move || match count.get() {
        0 => String::new(),
        count => format!("{count} set"),
    };
    view! {
        <details
            node_ref=fold
            class="fold section-fold"
            id=move || format!("section-{}", below(&base.read(), section.id))
            open=move || open.get()
            on:toggle:target=move |event| open.set(event.target().open())
        >
            <summary on:click=move |_| pressed.set(true)>
                <span class="fold-title">{section.title}</span>
                <span class="fold-count">{said}</span>
            </summary>
            {move || made.get().then(|| view! {
                <div class="field-stack">
                    <p class="field-hint">{section.about}</p>
                    {children()}
                </div>
            })}
        </details>
    }
}

/// A path from an owner, if it leads into it.
fn inside<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    if base.is_empty() { Some(path) } else { path.strip_prefix(base)?.strip_prefix('.') }
}

/// A field for each member of a section, those of a list as rows.
#[component]
pub fn SectionFields(
    /// Whose section it is.
    owner: Owner,
    /// Where the owner stands.
    #[prop(into)]
    base: Signal<String>,
    /// The section.
    section: &'static Section,
    /// Members that stand elsewhere: a path from the owner, or a list's.
    #[prop(optional)]
    without: &'static [&'static str],
) -> impl IntoView {
    let wanted = move |group: &Group| match group {
        Group::One(member) => !without.contains(&member.path),
        Group::Rows(list) => !without.contains(&list.path),
    };
    let groups = section.groups(owner).into_iter().filter(wanted).map(|group| match group {
        Group::One(member) => view! { <SchemaField owner base member=member.path/> }.into_any(),
        Group::Rows(list) => view! { <SchemaRows owner base list=list.path/> }.into_any(),
    });
    view! { <div class="schema-fields">{groups.collect_view()}</div> }
}

/// A list of objects: rows with a field for each member of one.
#[component]
pub fn SchemaRows(
    /// Whose list it is.
    owner: Owner,
    /// Where the owner stands.
    #[prop(into)]
    base: Signal<String>,
    /// The list's path from its owner.
    list: &'static str,
    /// Other words than the schema's.
    #[prop(optional, into)]
    legend: Option<String>,
    /// What helps to enter them right.
    #[prop(optional, into)]
    hint: Option<String>,
    /// A new row; nothing in it when left out.
    #[prop(default = json!({}))]
    new_item: Value,
) -> impl IntoView {
    let list = List::at(owner, list)?;
    let form = use_form();
    let path = Signal::derive(move || below(&base.read(), list.path));
    let shape = owner.shape(list.path)?;
    let legend =
        StoredValue::new((legend.unwrap_or_else(|| list.legend.to_owned()), hint, new_item));
    let odd = form.misfit(path, shape);
    let rows = move || {
        let (legend, hint, new_item) = legend.get_value();
        if let Some(misfit) = odd.get() {
            return view! { <MisfitField path label=legend misfit/> }.into_any();
        }
        match two_texts(list) {
            Some(members) => {
                let [first, second] = members.map(own_path);
                view! {
                    <PairRows path legend hint=hint.unwrap_or_default() members=(first, second)
                        key_label=members[0].label value_label=members[1].label
                        rows=form.pairs(path, [first, second]) add_label=format!("Add {}", list.noun)/>
                }
                .into_any()
            }
            None => {
                let items = Items::of(form, path);
                let row = move |place: Memo<usize>| {
                    view! { <RowFields list base=items.item_path(place)/> }.into_any()
                };
                view! { <Rows items legend hint=hint.unwrap_or_default() noun=list.noun new_item row/> }.into_any()
            }
        }
    };
    Some(rows)
}

/// The fields of one row.
#[component]
fn RowFields(list: &'static List, base: Signal<String>) -> impl IntoView {
    const ROW: &Shape = &Shape::Object(&[]);
    let form = use_form();
    let odd = form.misfit(base, ROW);
    let noun = list.noun;
    move || match odd.get() {
        Some(misfit) => {
            // The row itself has the path.
            let path = Signal::derive(move || format!("{}-misfit", base.read()));
            view! { <MisfitField path label=inside_a_sentence(noun) misfit/> }.into_any()
        }
        None => {
            let field = |member: &'static Member| view! { <SchemaField owner=list.owner base member=member.path/> };
            list.members().map(field).collect_view().into_any()
        }
    }
}

/// The members of a row when it is two free texts, which are shown as one line. What is chosen from a
/// list wants a field.
fn two_texts(list: &'static List) -> Option<[&'static Member; 2]> {
    let members: Vec<_> = list.members().collect();
    let text = |member: &&'static Member| {
        let shape = list.owner.shape(member.path);
        let control = shape.and_then(|shape| Control::of(member, shape));
        control == Some(Control::Text) && !has_picker(member.path)
    };
    let members: [&'static Member; 2] = members.try_into().ok()?;
    members.iter().all(text).then_some(members)
}

/// The path of a member in its row.
fn own_path(member: &'static Member) -> &'static str {
    split(member).map_or(member.path, |(_, own)| own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_into_its_own_owner_only() {
        for (base, path, found) in [
            ("", "cpu", Some("cpu")),
            ("containerDefinitions.1", "containerDefinitions.1.cpu", Some("cpu")),
            ("containerDefinitions.1", "containerDefinitions.10.cpu", None),
            ("containerDefinitions.1", "containerDefinitions.1", None),
        ] {
            assert_eq!(inside(base, path), found, "{base} {path}");
        }
    }

    #[test]
    fn pairs_of_texts_are_lines() {
        let line = |owner, path| two_texts(List::at(owner, path).unwrap()).is_some();
        assert!(line(Owner::Task, "tags"));
        assert!(line(Owner::Container, "extraHosts"));
        assert!(!line(Owner::Container, "ulimits"));
        assert!(!line(Owner::Container, "logConfiguration.secretOptions"));
        assert!(!line(Owner::Task, "placementConstraints"));
    }
}
