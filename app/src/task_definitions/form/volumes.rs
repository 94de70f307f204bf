//! The task's volumes.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::keys::Items;
use super::lens::{Form, use_form};
use super::rows::Rows;
use super::task::options;
use crate::ui::*;

/// The volumes that containers can mount.
#[component]
pub fn Volumes() -> impl IntoView {
    let form = use_form();
    let items = Items::of(form, Signal::stored("volumes".to_owned()));
    let row = move |place: Memo<usize>| {
        let at = move |member| items.member_path(place, member);
        let volume = items.item_path(place);
        let kind = kind_field(form, volume);
        let kinds = options(&[
            ("bind", "Shared by the containers"),
            ("host", "A path on the instance"),
            ("efs", "Amazon EFS"),
            ("launch", "EBS, configured at launch"),
        ]);
        let shown = Memo::new(move |_| kind.get());
        let (path, system, root) = (
            form.text(at("host.sourcePath")),
            form.text(at("efsVolumeConfiguration.fileSystemId")),
            form.text(at("efsVolumeConfiguration.rootDirectory")),
        );
        let encrypted = form.text(at("efsVolumeConfiguration.transitEncryption"));
        view! {
            <TextField path=at("name") label="Name" value=form.text(at("name")) required=true mono=true/>
            <SelectField path=Signal::derive(move || format!("{}-kind", volume.read())) label="Kind" options=kinds value=kind/>
            {move || match shown.get().as_str() {
                "host" => view! {
                    <TextField path=at("host.sourcePath") label="Path on the instance" value=path required=true mono=true/>
                }.into_any(),
                "efs" => view! {
                    <TextField path=at("efsVolumeConfiguration.fileSystemId") label="File system" value=system required=true mono=true placeholder="fs-0123456789abcdef0"/>
                    <TextField path=at("efsVolumeConfiguration.rootDirectory") label="Directory" value=root mono=true placeholder="/"/>
                    <SelectField path=at("efsVolumeConfiguration.transitEncryption") label="Encryption in transit"
                        options=options(&[("", "ECS's default (off)"), ("ENABLED", "On"), ("DISABLED", "Off")]) value=encrypted/>
                }.into_any(),
                _ => ().into_any(),
            }}
        }
        .into_any()
    };
    view! {
        <FormSection title="Volumes" hint="What containers share, or what outlives the task.">
            <Rows items legend="Volumes" noun="volume" new_item=json!({"name": ""}) row/>
        </FormSection>
    }
}

/// What a volume is, by the members it has.
fn kind_of(volume: Option<&Value>) -> String {
    let Some(volume) = volume else { return String::new() };
    let kinds = [
        ("efsVolumeConfiguration", "efs"),
        ("dockerVolumeConfiguration", "Docker volume"),
        ("s3filesVolumeConfiguration", "S3 Files"),
        ("fsxWindowsFileServerVolumeConfiguration", "FSx for Windows"),
    ];
    if let Some((_, kind)) = kinds.iter().find(|(member, _)| volume.get(member).is_some()) {
        return (*kind).to_owned();
    }
    if volume.get("configuredAtLaunch").and_then(Value::as_bool) == Some(true) {
        return "launch".to_owned();
    }
    let on_instance = volume.get("host").is_some_and(|host| host.get("sourcePath").is_some());
    if on_instance { "host" } else { "bind" }.to_owned()
}

/// A volume of another kind, with its name.
fn turned_into(volume: &Value, kind: &str) -> Value {
    let name = volume.get("name").cloned().unwrap_or_else(|| json!(""));
    match kind {
        "host" => json!({"name": name, "host": {"sourcePath": ""}}),
        "efs" => json!({"name": name, "efsVolumeConfiguration": {"fileSystemId": ""}}),
        "launch" => json!({"name": name, "configuredAtLaunch": true}),
        _ => json!({"name": name}),
    }
}

/// The kind as a choice: another one turns the volume into it.
fn kind_field(form: Form, volume: Signal<String>) -> RwSignal<String> {
    let here = Memo::new(move |_| form.document.with(|d| kind_of(d.get(&volume.read()))));
    let field = RwSignal::new(here.get_untracked());
    Effect::new(move |_| {
        let kind = here.get();
        if field.get_untracked() != kind {
            field.set(kind);
        }
    });
    Effect::new(move |_| {
        let kind = field.get();
        let path = volume.get_untracked();
        let old = form.document.with_untracked(|document| document.get(&path).cloned());
        if let Some(old) = old.filter(|old| kind_of(Some(old)) != kind) {
            form.document.update(|document| document.set(&path, turned_into(&old, &kind)));
        }
    });
    field
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart_and_made() {
        for kind in ["bind", "host", "efs", "launch"] {
            let made = turned_into(&json!({"name": "data", "odd": 1}), kind);
            assert_eq!(kind_of(Some(&made)), kind);
            assert_eq!(made["name"], "data");
        }
        assert_eq!(kind_of(Some(&json!({"name": "a", "host": {}}))), "bind");
        assert_eq!(kind_of(Some(&json!({"dockerVolumeConfiguration": {}}))), "Docker volume");
    }
}
