//! Holds that the form has a field for every member of the API, once: the form is rendered with a
//! document that says everything, and the fields in it are compared with the schema's members, which
//! are compared with the API's in turn.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, its helpers too")]

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::{Value, json};

use super::lens::Form;
use super::sections::{EveryFoldOpen, SchemaSection};
use super::volumes::CHOSEN_WITH_THE_KIND;
use super::{MoreOfTask, NameAndPlace, Roles, Size, Tags, Volumes};
use crate::task_definitions::document::Document;
use crate::task_definitions::rules::{Shape, TASK};
use crate::task_definitions::schema::{Owner as Whose, members};

/// A value of a shape that says everything: one item in every list.
fn everything(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!("x"),
        Shape::Number => json!(1),
        Shape::Truth => json!(true),
        Shape::Texts => json!({"a": "b"}),
        Shape::List(each) => json!([everything(each)]),
        Shape::Object(members) => {
            members.iter().map(|(name, shape)| ((*name).to_owned(), everything(shape))).collect()
        }
    }
}

/// A document that says everything, with a volume of each kind.
fn full(compatibility: &str) -> Document {
    let mut value = everything(&TASK);
    value["requiresCompatibilities"] = json!([compatibility]);
    let volume = value["volumes"][0].take();
    let kinds = volume.as_object().unwrap().iter().filter(|(name, _)| *name != "name");
    let volumes = kinds.map(|(name, said)| json!({"name": "x", (name.as_str()): said}));
    value["volumes"] = volumes.collect();
    Document::new(value).unwrap()
}

/// How often each id is in what a view renders for a document.
fn ids<V: IntoView + 'static>(document: &Document, view: fn() -> V) -> BTreeMap<String, usize> {
    let html = Owner::new().with(|| {
        provide_context(Form::of(document.clone()));
        provide_context(EveryFoldOpen);
        view().to_html()
    });
    let mut ids = BTreeMap::new();
    for id in html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        *ids.entry(id.to_owned()).or_default() += 1;
    }
    ids
}

/// The members of an owner that do not have one field each.
fn wrong(whose: Whose, document: &Document, ids: &BTreeMap<String, usize>) -> Vec<String> {
    let volume = |member: &str| {
        let own = member.split('.').next().unwrap_or_default();
        document.items("volumes").iter().position(|volume| volume.get(own).is_some())
    };
    members()
        .filter(|(owner, ..)| *owner == whose)
        .map(|(_, _, member)| match whose {
            Whose::Task => member.path.replace('*', "0"),
            Whose::Container => format!("containerDefinitions.0.{}", member.path.replace('*', "0")),
            Whose::Volume => format!("volumes.{}.{}", volume(member.path).unwrap(), member.path),
        })
        .filter(|path| ids.get(path) != Some(&1))
        .collect()
}

#[test]
fn the_form_has_a_field_for_every_member_of_the_task() {
    for compatibility in ["FARGATE", "EC2"] {
        let document = full(compatibility);
        let ids = ids(&document, || {
            view! { <NameAndPlace/><Size/><Roles/><Volumes/><MoreOfTask/><Tags/> }
        });
        assert_eq!(wrong(Whose::Task, &document, &ids), Vec::<String>::new(), "{compatibility}");
        let volumes = wrong(Whose::Volume, &document, &ids);
        assert_eq!(volumes.len(), 1, "{volumes:?}");
        assert!(volumes[0].ends_with(CHOSEN_WITH_THE_KIND), "{volumes:?}");
        let twice: Vec<_> = ids.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}

#[test]
fn every_member_of_a_container_can_be_a_field() {
    let document = full("EC2");
    let ids = ids(&document, || {
        let sections = Whose::Container.sections().iter();
        let fold = |section| view! { <SchemaSection owner=Whose::Container base="containerDefinitions.0" section/> };
        sections.map(fold).collect_view()
    });
    assert_eq!(wrong(Whose::Container, &document, &ids), Vec::<String>::new());
}

#[test]
fn what_is_of_another_type_is_shown_and_not_replaced() {
    let document = Document::new(json!({
        "family": ["odd"], "tags": "odd", "placementConstraints": [7], "networkMode": "new-mode",
        "enableFaultInjection": "true", "ephemeralStorage": 30,
        "volumes": ["odd", {"name": "a", "efsVolumeConfiguration": "odd"}]
    }))
    .unwrap();
    let html = Owner::new().with(|| {
        let form = Form::of(document.clone());
        provide_context(form);
        provide_context(EveryFoldOpen);
        let html = view! { <NameAndPlace/><Size/><Roles/><Volumes/><MoreOfTask/><Tags/> }.to_html();
        assert_eq!(form.document.get_untracked(), document);
        html
    });
    for shown in [
        "<code>family</code>: This must be one value, and is <code>[\"odd\"]</code>",
        "<code>tags</code>: This must be a list, and is <code>\"odd\"</code>",
        "<code>placementConstraints.0</code>: This must be an object, and is <code>7</code>",
        "<code>volumes.0</code>: This must be an object, and is <code>\"odd\"</code>",
        "<code>volumes.1.efsVolumeConfiguration</code>: This must be an object, and is <code>\"odd\"</code>",
        "<code>ephemeralStorage</code>: This must be an object, and is <code>30</code>",
        "<option value=\"new-mode\" selected>",
        "<option value=\"&quot;true&quot;\" selected>",
    ] {
        let plain = html.replace("<!>", "");
        assert_eq!(plain.matches(shown).count(), 1, "{shown} in {plain}");
    }
}
