//! The fields of the task as a whole. What most tasks say is in sight; the rest folds out.

use leptos::prelude::*;

use super::field::SchemaField;
use super::sections::{SchemaRows, SchemaSection, SectionFields};
use crate::task_definitions::schema::{Owner, Section};
use crate::ui::*;

/// Sections in sight.
#[cfg(test)]
const IN_SIGHT: [&str; 4] = ["place", "size", "roles", "tags"];
/// Sections that fold out, in their order.
const FOLDED: [&str; 4] = ["isolation", "placement", "proxy", "accelerators"];

/// Options from pairs of words.
pub fn options(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect()
}

/// A section that is in sight: a heading with what stands below it.
#[component]
pub fn SectionInSight(
    /// Its id in the schema.
    id: &'static str,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    let section = Owner::Task.section(id)?;
    Some(view! { <FormSection title=section.title hint=section.about>{children()}</FormSection> })
}

/// Family, compatibility, network, platform.
#[component]
pub fn NameAndPlace() -> impl IntoView {
    let field = |member: &'static str| view! { <SchemaField owner=Owner::Task base="" member/> };
    view! {
        <SectionInSight id="place">
            {field("family")}
            {field("requiresCompatibilities")}
            <div class="schema-fields">
                {field("networkMode")}
                {field("runtimePlatform.operatingSystemFamily")}
                {field("runtimePlatform.cpuArchitecture")}
            </div>
        </SectionInSight>
    }
}

/// What the task and ECS may do on its behalf.
#[component]
pub fn Roles() -> impl IntoView {
    let fields = Owner::Task.section("roles").map(|section| {
        view! { <SectionFields owner=Owner::Task base="" section/> }
    });
    view! { <SectionInSight id="roles">{fields}</SectionInSight> }
}

/// The tags of the task definition.
#[component]
pub fn Tags() -> impl IntoView {
    view! { <SectionInSight id="tags"><SchemaRows owner=Owner::Task base="" list="tags"/></SectionInSight> }
}

/// What few tasks say, folded away.
#[component]
pub fn MoreOfTask() -> impl IntoView {
    let fold = |section: &'static Section| {
        view! { <SchemaSection owner=Owner::Task base="" section/> }
    };
    let folds = FOLDED.iter().filter_map(|id| Owner::Task.section(id)).map(fold).collect_view();
    view! {
        <FormSection title="More of the task" hint="Isolation, placement, and what few tasks need.">
            <div class="folds">{folds}</div>
        </FormSection>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_stands_somewhere() {
        let mut stand: Vec<_> = IN_SIGHT.iter().chain(&FOLDED).copied().collect();
        let mut wanted: Vec<_> = Owner::Task.sections().iter().map(|section| section.id).collect();
        stand.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(stand, wanted);
    }
}
