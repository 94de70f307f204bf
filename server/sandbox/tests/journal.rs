//! What was answered survives: a sandbox is dropped as `kill -9` would drop it,
//! and opened again.

mod support;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use berth_sandbox::{ManualClock, OpenError, Sandbox, Seed};
use serde_json::json;
use support::{BEGIN_MS, Story};

fn journal(file: &Path) -> PathBuf {
    PathBuf::from(format!("{}.journal", file.display()))
}

fn again(file: &Path, seconds: u64) -> Story {
    let clock = ManualClock::new(BEGIN_MS);
    clock.advance(std::time::Duration::from_secs(seconds));
    Story::on(clock, Seed::Empty, Some(file.to_owned()))
}

#[test]
fn answered_changes_survive() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("world");
    let before = {
        let story = Story::with(Seed::Empty, Some(file.clone()));
        story
            .ask("CreateCluster", json!({"clusterName": "shop", "capacityProviders": ["FARGATE"]}));
        story.family("web", "shop/web:1");
        // A refused call must leave no trace that a replay would miss.
        story.refused("CreateService", json!({"cluster": "shop", "serviceName": "web"}));
        story.pass(3);
        story.service("web", 2, json!({}));
        story.pass(100);
        story.describe("web")
    };
    let story = again(&file, 103);
    assert_eq!(story.describe("web"), before);
    story.pass(100);
    assert_eq!(story.describe("web")["runningCount"], 2);
}

#[test]
fn a_torn_last_line_is_ignored_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("world");
    {
        let story = Story::with(Seed::Empty, Some(file.clone()));
        story.ask("CreateCluster", json!({"clusterName": "kept"}));
    }
    let mut open = OpenOptions::new().append(true).open(journal(&file)).expect("the journal");
    open.write_all(br#"{"number":2,"at":17900"#).expect("half a line");
    {
        let story = again(&file, 1);
        assert_eq!(
            story.ask("ListClusters", json!({}))["clusterArns"].as_array().map(Vec::len),
            Some(1)
        );
        story.ask("CreateCluster", json!({"clusterName": "after"}));
    }
    let story = again(&file, 2);
    assert_eq!(
        story.ask("ListClusters", json!({}))["clusterArns"].as_array().map(Vec::len),
        Some(2)
    );
    drop(story);
    fs::write(journal(&file), b"no json\n").expect("a broken journal");
    let opened = Sandbox::builder().state_file(Some(file)).open();
    assert!(matches!(opened, Err(OpenError::Journal { line: 1, .. })), "{opened:?}");
}

#[test]
fn a_crash_between_snapshot_and_journal_repeats_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("world");
    {
        let story = Story::with(Seed::Empty, Some(file.clone()));
        story.ask("CreateCluster", json!({"clusterName": "shop"}));
        story.family("web", "shop/web:1");
    }
    let old = fs::read(journal(&file)).expect("the journal");
    drop(again(&file, 1));
    // The snapshot holds both entries, but the journal was not emptied yet.
    fs::write(journal(&file), old).expect("the old journal");
    let story = again(&file, 2);
    let answer = story.ask("ListTaskDefinitions", json!({"familyPrefix": "web"}));
    assert_eq!(answer["taskDefinitionArns"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_journal_is_folded_when_it_is_long() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("world");
    let story = Story::with(Seed::Empty, Some(file.clone()));
    for number in 0..250 {
        story.ask("CreateCluster", json!({"clusterName": format!("c{number}")}));
    }
    let lines = fs::read_to_string(journal(&file)).expect("the journal").lines().count();
    assert_eq!(lines, 50);
    drop(story);
    let answer = again(&file, 1).ask("ListClusters", json!({"maxResults": 100}));
    assert!(answer["nextToken"].is_string());
}

#[test]
fn a_world_saved_under_a_faster_clock_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("world");
    {
        let story = Story::with(Seed::Empty, Some(file.clone()));
        story.pass(10_000);
        story
            .ask("CreateCluster", json!({"clusterName": "shop", "capacityProviders": ["FARGATE"]}));
    }
    let story = again(&file, 0);
    story.family("job", "shop/job:exit-0-after-1s");
    let arn = story.run("job");
    story.pass(90);
    assert_eq!(story.task(&arn)["lastStatus"], "STOPPED");
}

#[test]
fn one_sandbox_at_a_time_has_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("world");
    let story = Story::with(Seed::Empty, Some(file.clone()));
    let second = Sandbox::builder().state_file(Some(file.clone())).open();
    assert!(matches!(second, Err(OpenError::InUse { .. })), "{second:?}");
    drop(story);
    assert!(Sandbox::builder().state_file(Some(file)).open().is_ok());
}
