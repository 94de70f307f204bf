//! EFS: the file systems that the volumes of task definitions name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::pages::Pages;
use super::{definitions, text_at};
use crate::arn::ACCOUNT;
use crate::ask::{Ask, seconds};
use crate::operations::{Operation, read};
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// What is built of EFS.
pub(crate) const BUILT: [Operation; 1] = [read("DescribeFileSystems", describe)];

const PAGES: Pages =
    Pages { size: ("MaxItems", 100), token: ("Marker", "NextMarker"), refusal: "BadRequest" };

fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    let volumes = definitions(world)
        .filter_map(|one| one.document.get("volumes")?.as_array())
        .flatten()
        .filter_map(|volume| text_at(volume, "/efsVolumeConfiguration/fileSystemId"));
    let mut ids: BTreeSet<&str> = volumes.collect();
    if let Some(id) = ask.text("FileSystemId")? {
        if !ids.contains(id) {
            let sentence = format!("File system '{id}' does not exist.");
            return Err(Refusal { status: 404, ..Refusal::new("FileSystemNotFound", sentence) });
        }
        ids.retain(|one| *one == id);
    }
    let region = &world.place.region;
    let shown = ids.into_iter().map(|id| {
        let system: Value = json!({
            "OwnerId": ACCOUNT,
            "CreationToken": id,
            "FileSystemId": id,
            "FileSystemArn": format!("arn:aws:elasticfilesystem:{region}:{ACCOUNT}:file-system/{id}"),
            "CreationTime": seconds(1_735_689_600_000),
            "LifeCycleState": "available",
            "NumberOfMountTargets": 3,
            "SizeInBytes": {"Value": 6_144},
            "PerformanceMode": "generalPurpose",
            "ThroughputMode": "elastic",
            "Encrypted": true,
            "Tags": [],
        });
        (id.to_owned(), system)
    });
    PAGES.answer(ask, "FileSystems", shown)
}
