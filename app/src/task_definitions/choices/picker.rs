//! Which member of a task definition has a field that offers what the account has.

use leptos::prelude::*;

use super::{
    AccessPointField, FileSystemField, ImageField, RoleField, RoleUse, SecretField, SecretUse,
};
use crate::task_definitions::document::Document;
use crate::task_definitions::schema::Member;

/// Where a volume's access point stands, from the volume.
const ACCESS_POINT: &str = "efsVolumeConfiguration.authorizationConfig.accessPointId";
const FILE_SYSTEM: &str = "efsVolumeConfiguration.fileSystemId";
/// User name and password: for a registry, from the container, and for a file system, from the volume.
const REGISTRY: &str = "repositoryCredentials.credentialsParameter";
const FSX: &str =
    "fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter";

/// Whether a member, by its path from the task, the container or the volume, has such a field.
pub fn has_picker(member: &str) -> bool {
    matches!(
        member,
        "executionRoleArn"
            | "taskRoleArn"
            | "image"
            | FILE_SYSTEM
            | ACCESS_POINT
            | REGISTRY
            | FSX
            | "secrets.*.valueFrom"
            | "logConfiguration.secretOptions.*.valueFrom"
    )
}

/// The field of a member that has a picker; nothing for any other.
pub fn picker(
    member: &Member,
    path: Signal<String>,
    label: &str,
    hint: &str,
    value: RwSignal<String>,
    document: Signal<Document>,
) -> Option<AnyView> {
    let (label, hint) = (label.to_owned(), hint.to_owned());
    let role = |role: RoleUse, label: String, hint: String| {
        view! { <RoleField path label value role document hint/> }.into_any()
    };
    let required = member.required;
    let secret = |used: SecretUse, label: String, hint: String| {
        view! { <div class="secret-field"><SecretField path label value used hint required/></div> }
            .into_any()
    };
    Some(match member.path {
        "executionRoleArn" => role(RoleUse::Execution, label, hint),
        "taskRoleArn" => role(RoleUse::Task, label, hint),
        "image" => view! { <ImageField path label value hint/> }.into_any(),
        FILE_SYSTEM => view! { <FileSystemField path label value hint/> }.into_any(),
        ACCESS_POINT => {
            let file_system = Signal::derive(move || {
                let at = path.read().replace(ACCESS_POINT, FILE_SYSTEM);
                document.with(|document| document.text_at(&at))
            });
            view! { <AccessPointField path label value hint file_system/> }.into_any()
        }
        REGISTRY => secret(SecretUse::Registry, label, hint),
        FSX => secret(SecretUse::FileSystem, label, hint),
        one if has_picker(one) => secret(SecretUse::Value, label, hint),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task_definitions::schema::{Owner, member_of};

    #[test]
    fn the_schema_knows_every_member_that_has_a_picker() {
        for (owner, member) in [
            (Owner::Task, "executionRoleArn"),
            (Owner::Task, "taskRoleArn"),
            (Owner::Container, "image"),
            (Owner::Volume, FILE_SYSTEM),
            (Owner::Volume, ACCESS_POINT),
            (Owner::Volume, FSX),
            (Owner::Container, REGISTRY),
            (Owner::Container, "secrets.*.valueFrom"),
            (Owner::Container, "logConfiguration.secretOptions.*.valueFrom"),
        ] {
            assert!(has_picker(member), "{member}");
            assert!(member_of(owner, member).is_some(), "{member}");
        }
        assert!(!has_picker("family"));
    }
}
