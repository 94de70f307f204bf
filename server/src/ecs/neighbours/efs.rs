//! EFS: file systems, and the access points of one of them.

use berth_app::task_definitions::model::Choice;
use serde_json::Value;

use super::super::budget::Budget;
use super::super::errors::Failure;
use super::host::Service;
use super::question::{Asked, Question};
use super::{Line, Listed, pages, read};

/// Pages of a hundred.
const MOST_PAGES: usize = 5;

async fn ask(
    line: &Line,
    budget: &Budget,
    operation: &'static str,
    path: &'static str,
    query: Vec<(&'static str, String)>,
) -> Result<Value, Failure> {
    let asked = Asked::Get { path, query };
    let question = Question { service: Service::Efs, operation, asked };
    read::json(operation, &line.ask(budget, question).await?)
}

/// File systems (elasticfilesystem:DescribeFileSystems).
pub(super) async fn file_systems(line: &Line, budget: &Budget) -> Result<Listed, Failure> {
    let (items, more) = pages(MOST_PAGES, |marker: Option<String>| async move {
        let mut query = vec![("MaxItems", "100".to_owned())];
        query.extend(marker.map(|marker| ("Marker", marker)));
        let path = "/2015-02-01/file-systems";
        let answer = ask(line, budget, "DescribeFileSystems", path, query).await?;
        let found = read::items(&answer, "FileSystems").map(file_system).collect();
        Ok((found, read::token(&answer, "NextMarker")))
    })
    .await?;
    Ok(Listed { items, more })
}

/// Access points of a file system (elasticfilesystem:DescribeAccessPoints).
pub(super) async fn access_points(
    line: &Line,
    budget: &Budget,
    file_system: &str,
) -> Result<Listed, Failure> {
    let (items, more) = pages(MOST_PAGES, |token: Option<String>| async move {
        let mut query = vec![("FileSystemId", file_system.to_owned())];
        query.extend(token.map(|token| ("NextToken", token)));
        let path = "/2015-02-01/access-points";
        let answer = ask(line, budget, "DescribeAccessPoints", path, query).await?;
        let found = read::items(&answer, "AccessPoints").map(access_point).collect();
        Ok((found, read::token(&answer, "NextToken")))
    })
    .await?;
    Ok(Listed { items, more })
}

fn file_system(one: &Value) -> Choice {
    let size = one.pointer("/SizeInBytes/Value").and_then(Value::as_u64);
    let encrypted = one.get("Encrypted").and_then(Value::as_bool) == Some(true);
    let state = match read::text(one, "LifeCycleState") {
        "available" => "",
        other => other,
    };
    let size = size.map(read::size_in_words).unwrap_or_default();
    let encrypted = if encrypted { "encrypted" } else { "not encrypted" };
    named(one, "FileSystemId", &read::joined(&[state, &size, encrypted]))
}

fn access_point(one: &Value) -> Choice {
    let path = one.pointer("/RootDirectory/Path").and_then(Value::as_str).unwrap_or("/");
    let user = one.pointer("/PosixUser/Uid").and_then(Value::as_u64);
    let user = user.map(|user| format!("as user {user}")).unwrap_or_default();
    named(one, "AccessPointId", &read::joined(&[&format!("directory {path}"), &user]))
}

/// By its id, and by its name where it has one.
fn named(one: &Value, id: &str, about: &str) -> Choice {
    let (id, name) = (read::text(one, id), read::text(one, "Name"));
    Choice {
        value: id.to_owned(),
        name: if name.is_empty() { id } else { name }.to_owned(),
        about: if name.is_empty() { about.to_owned() } else { read::joined(&[id, about]) },
        ..Choice::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_file_system_is_known_by_its_name() {
        let one = json!({"FileSystemId": "fs-1", "Name": "uploads", "Encrypted": true,
            "LifeCycleState": "available", "SizeInBytes": {"Value": 6_144}});
        let found = file_system(&one);
        assert_eq!((found.value.as_str(), found.name.as_str()), ("fs-1", "uploads"));
        assert_eq!(found.about, "fs-1, 6.1 kB, encrypted");
        let plain = file_system(&json!({"FileSystemId": "fs-2", "LifeCycleState": "deleting"}));
        assert_eq!(
            (plain.name.as_str(), plain.about.as_str()),
            ("fs-2", "deleting, not encrypted")
        );
        let point = access_point(
            &json!({"AccessPointId": "fsap-1", "RootDirectory": {"Path": "/app"}, "PosixUser": {"Uid": 1000}}),
        );
        assert_eq!(point.about, "directory /app, as user 1000");
    }
}
