//! EFS: the file systems that the volumes of task definitions name, one that is
//! there for the next volume, and their access points.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::pages::Pages;
use super::{definitions, text_at};
use crate::arn::ACCOUNT;
use crate::ask::{Ask, seconds};
use crate::ids::digest;
use crate::operations::{Operation, read};
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// What is built of EFS.
pub(crate) const BUILT: [Operation; 2] =
    [read("DescribeAccessPoints", access_points), read("DescribeFileSystems", file_systems)];

const PAGES: Pages =
    Pages { size: ("MaxItems", 100), token: ("Marker", "NextMarker"), refusal: "BadRequest" };
const POINTS: Pages =
    Pages { size: ("MaxResults", 100), token: ("NextToken", "NextToken"), refusal: "BadRequest" };

/// A file system that no volume has to name.
const SPARE: &str = "fs-0a11ce00000000001";
/// When everything here was made: the start of 2025.
const SINCE_MS: i64 = 1_735_689_600_000;

/// Every volume on EFS.
fn volumes(world: &World) -> impl Iterator<Item = &Value> {
    definitions(world)
        .filter_map(|one| one.document.get("volumes")?.as_array())
        .flatten()
        .filter_map(|volume| volume.get("efsVolumeConfiguration"))
}

fn ids(world: &World) -> BTreeSet<&str> {
    let named = volumes(world).filter_map(|volume| text_at(volume, "/fileSystemId"));
    named.chain([SPARE]).collect()
}

fn name_of(id: &str) -> String {
    if id == SPARE {
        "shop-uploads".to_owned()
    } else {
        format!("shared-{}", id.trim_start_matches("fs-"))
    }
}

/// The one that is asked for, or all.
fn wanted<'w>(world: &'w World, ask: Ask<'_>) -> Result<BTreeSet<&'w str>, Refusal> {
    let mut ids = ids(world);
    if let Some(id) = ask.text("FileSystemId")? {
        if !ids.contains(id) {
            let sentence = format!("File system '{id}' does not exist.");
            return Err(Refusal { status: 404, ..Refusal::new("FileSystemNotFound", sentence) });
        }
        ids.retain(|one| *one == id);
    }
    Ok(ids)
}

fn file_systems(world: &mut World, ask: Ask<'_>) -> Reply {
    let region = &world.place.region;
    let shown = wanted(world, ask)?.into_iter().map(|id| {
        let system: Value = json!({
            "OwnerId": ACCOUNT,
            "CreationToken": id,
            "FileSystemId": id,
            "FileSystemArn": format!("arn:aws:elasticfilesystem:{region}:{ACCOUNT}:file-system/{id}"),
            "CreationTime": seconds(SINCE_MS),
            "LifeCycleState": "available",
            "Name": name_of(id),
            "NumberOfMountTargets": 3,
            "SizeInBytes": {"Value": 6_144 + digest(id) % 40_000_000_000},
            "PerformanceMode": "generalPurpose",
            "ThroughputMode": "elastic",
            "Encrypted": true,
            "Tags": [{"Key": "Name", "Value": name_of(id)}],
        });
        (id.to_owned(), system)
    });
    PAGES.answer(ask, "FileSystems", shown)
}

/// Of each file system the access points that volumes name, and one for everybody.
fn access_points(world: &mut World, ask: Ask<'_>) -> Reply {
    let region = &world.place.region;
    let mut shown: Vec<(String, Value)> = Vec::new();
    for id in wanted(world, ask)? {
        let own = volumes(world).filter(|volume| text_at(volume, "/fileSystemId") == Some(id));
        let named = own.filter_map(|one| text_at(one, "/authorizationConfig/accessPointId"));
        let everybodys = format!("fsap-{:016x}0", digest(id));
        let points: BTreeSet<&str> = named.chain([everybodys.as_str()]).collect();
        for point in points {
            let described = json!({
                "AccessPointId": point,
                "AccessPointArn": format!("arn:aws:elasticfilesystem:{region}:{ACCOUNT}:access-point/{point}"),
                "FileSystemId": id,
                "LifeCycleState": "available",
                "Name": format!("{}-app", name_of(id)),
                "OwnerId": ACCOUNT,
                "PosixUser": {"Uid": 1_000, "Gid": 1_000},
                "RootDirectory": {"Path": "/app"},
                "Tags": [{"Key": "Name", "Value": format!("{}-app", name_of(id))}],
            });
            shown.push((point.to_owned(), described));
        }
    }
    shown.sort_by(|one, other| one.0.cmp(&other.0));
    POINTS.answer(ask, "AccessPoints", shown.into_iter())
}
