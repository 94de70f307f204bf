//! Which container sees which volume, and where.

use serde_json::Value;

use super::{container_name, containers, is_true, items, text};
use crate::document::Document;
use crate::summary::volume_words;

/// One place at which a volume appears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The path in the container.
    pub at: String,
    /// Whether the container can't write to it.
    pub read_only: bool,
    /// The container whose mounts were taken over.
    pub through: Option<String>,
}

/// A volume: a row of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Its name.
    pub name: String,
    /// What it is, in words.
    pub kind: String,
    /// Whether the task has no volume of this name.
    pub missing: bool,
    /// For each container, where it appears.
    pub mounts: Vec<Vec<Mount>>,
}

impl Volume {
    /// Whether no container has any use for it.
    pub fn is_unused(&self) -> bool {
        self.mounts.iter().all(Vec::is_empty)
    }
}

/// Volumes by containers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The names of the containers: the columns.
    pub containers: Vec<String>,
    /// The volumes: the rows. Those that a container mounts and the task does not have come last.
    pub volumes: Vec<Volume>,
}

/// The matrix of a document.
pub fn mounts(document: &Document) -> Matrix {
    let all = containers(document);
    let mut matrix = Matrix {
        containers: all.iter().enumerate().map(|(at, c)| container_name(c, at)).collect(),
        volumes: Vec::new(),
    };
    for volume in document.items("volumes") {
        let (name, kind) = (text(volume, "name").to_owned(), volume_words(volume).1);
        matrix.volumes.push(row(name, kind, false, all.len()));
    }
    for (column, container) in all.iter().enumerate() {
        for point in items(container, "mountPoints") {
            add(&mut matrix, column, point, is_true(point, "readOnly"), None);
        }
        for from in items(container, "volumesFrom") {
            let name = text(from, "sourceContainer");
            let source = all.iter().find(|other| text(other, "name") == name);
            for point in source.into_iter().flat_map(|source| items(source, "mountPoints")) {
                let read_only = is_true(from, "readOnly") || is_true(point, "readOnly");
                add(&mut matrix, column, point, read_only, Some(name.to_owned()));
            }
        }
    }
    matrix
}

fn row(name: String, kind: String, missing: bool, columns: usize) -> Volume {
    Volume { name, kind, missing, mounts: vec![Vec::new(); columns] }
}

fn add(
    matrix: &mut Matrix,
    column: usize,
    point: &Value,
    read_only: bool,
    through: Option<String>,
) {
    let name = text(point, "sourceVolume");
    if name.is_empty() {
        return;
    }
    let known = matrix.volumes.iter().position(|volume| volume.name == name);
    let at = known.unwrap_or_else(|| {
        let columns = matrix.containers.len();
        matrix.volumes.push(row(
            name.to_owned(),
            "not among the task's volumes".to_owned(),
            true,
            columns,
        ));
        matrix.volumes.len() - 1
    });
    let mount = Mount { at: text(point, "containerPath").to_owned(), read_only, through };
    matrix.volumes[at].mounts[column].push(mount);
}
