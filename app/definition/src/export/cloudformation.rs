//! A document as a resource of a CloudFormation template.

use serde_json::{Map, Value, json};

use super::letters_of;
use crate::document::Document;
use crate::rules::{Shape, TASK};

/// A template with the document as its one resource.
pub(super) fn template(document: &Document) -> Value {
    let properties = capitals(document.value(), Some(&TASK));
    let name: String = letters_of(document, " ").split(' ').map(capital).collect();
    let name = format!("{name}TaskDefinition");
    json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Resources": {name: {"Type": "AWS::ECS::TaskDefinition", "Properties": properties}}
    })
}

/// Members with capitals; names of the author's own stay as they are.
fn capitals(value: &Value, shape: Option<&Shape>) -> Value {
    match (value, shape) {
        (value, Some(Shape::Texts)) => value.clone(),
        (Value::Array(items), Some(Shape::List(inner))) => {
            items.iter().map(|item| capitals(item, Some(inner))).collect()
        }
        (Value::Object(members), shape) => {
            let known = match shape {
                Some(Shape::Object(known)) => *known,
                // What is not known may have names of its own below it.
                _ => return value.clone(),
            };
            let member = |(name, value): (&String, &Value)| {
                let shape = known.iter().find(|(known, _)| known == name).map(|(_, shape)| shape);
                (named(name, known), capitals(value, shape))
            };
            Value::Object(members.iter().map(member).collect::<Map<_, _>>())
        }
        (value, _) => value.clone(),
    }
}

/// CloudFormation's name of a member, with its own spellings.
fn named(name: &str, siblings: &[(&str, Shape)]) -> String {
    let beside = |other: &str| siblings.iter().any(|(name, _)| *name == other);
    match name {
        "efsVolumeConfiguration" => "EFSVolumeConfiguration".to_owned(),
        "fsxWindowsFileServerVolumeConfiguration" => {
            "FSxWindowsFileServerVolumeConfiguration".to_owned()
        }
        "s3filesVolumeConfiguration" => "S3FilesVolumeConfiguration".to_owned(),
        // EFS has FilesystemId, FSx has FileSystemId.
        "fileSystemId" if beside("transitEncryption") => "FilesystemId".to_owned(),
        "iam" => "IAM".to_owned(),
        "properties" if beside("containerName") => "ProxyConfigurationProperties".to_owned(),
        name => capital(name),
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
