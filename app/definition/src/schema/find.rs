//! Finding a field of a document by what a person calls it or wants of it.

use super::{Owner, field_path, is_member_set, search};
use crate::document::Document;
use crate::field::volume_kind;

/// As many as a list can show without becoming a list to search in.
const HITS_MAX: usize = 12;

/// A field that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is called.
    pub label: &'static str,
    /// Where it stands: the owner and the section.
    pub place: String,
    /// What it is for.
    pub about: &'static str,
    /// The path of its field; a list's, or the volumes', while it has none.
    pub path: String,
    /// Whether the document says something there.
    pub set: bool,
}

/// The fields that a question finds, the best first. Members of containers are those of the container
/// at `container`; members of volumes those of the first volume of their kind.
pub fn find(document: &Document, question: &str, container: usize) -> Vec<Hit> {
    let container = format!("containerDefinitions.{container}");
    let name = document.text_at(&format!("{container}.name"));
    let hit = |(owner, section, member): (Owner, &super::Section, &'static super::Member)| {
        let (base, place) = match owner {
            Owner::Task => (Some(String::new()), section.title.to_owned()),
            Owner::Container if name.is_empty() => {
                (Some(container.clone()), format!("Container, {}", section.title))
            }
            Owner::Container => (Some(container.clone()), format!("{name}, {}", section.title)),
            Owner::Volume => (volume(document, section.id), format!("Volumes, {}", section.title)),
        };
        Hit {
            label: member.label,
            place,
            about: member.about,
            set: base.as_ref().is_some_and(|base| is_member_set(document, base, member)),
            path: base.map_or("volumes".to_owned(), |base| field_path(document, &base, member)),
        }
    };
    search(question).into_iter().take(HITS_MAX).map(hit).collect()
}

/// The first volume that has the fields of a section.
fn volume(document: &Document, section: &str) -> Option<String> {
    let has =
        |volume: &serde_json::Value| section == "name" || volume_kind(Some(volume)) == section;
    document.items("volumes").iter().position(has).map(|place| format!("volumes.{place}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_found_with_their_place() {
        let document = Document::new(json!({
            "family": "web",
            "containerDefinitions": [
                {"name": "app", "ulimits": [{"name": "nofile"}]},
                {"name": "", "linuxParameters": {"sharedMemorySize": 64}}
            ],
            "volumes": [{"name": "a"}, {"name": "b", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]
        }))
        .unwrap();
        let first = |question: &str, container: usize| {
            let hit = find(&document, question, container).into_iter().next().unwrap();
            (hit.place, hit.path, hit.set)
        };
        for (question, container, place, path, set) in [
            ("family", 0, "Name and place", "family", true),
            (
                "open files",
                0,
                "app, Limits and kernel settings",
                "containerDefinitions.0.ulimits.0.name",
                true,
            ),
            (
                "open files",
                1,
                "Container, Limits and kernel settings",
                "containerDefinitions.1.ulimits",
                false,
            ),
            (
                "shm",
                1,
                "Container, Linux parameters",
                "containerDefinitions.1.linuxParameters.sharedMemorySize",
                true,
            ),
            (
                "nfs",
                0,
                "Volumes, Amazon EFS",
                "volumes.1.efsVolumeConfiguration.fileSystemId",
                true,
            ),
            ("bind mount", 0, "Volumes, Path on the instance", "volumes", false),
        ] {
            assert_eq!(first(question, container), (place.into(), path.into(), set), "{question}");
        }
        assert!(find(&document, "a", 0).len() <= HITS_MAX);
        assert!(find(&document, " ", 0).is_empty());
    }
}
