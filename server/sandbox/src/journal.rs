//! What survives `kill -9`: a snapshot of the world, and a journal of the
//! changes since, each on disk before it is answered.
//!
//! Every entry has a number and the snapshot says which it holds already, so a
//! crash between writing the snapshot and emptying the journal repeats nothing.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::world::World;

/// Entries until the journal is folded into a new snapshot.
const FOLD_AFTER: u32 = 200;

/// Why a sandbox could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A file could not be read or written.
    #[error("cannot use {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another sandbox has the state file open.
    #[error("{path} is in use by another sandbox")]
    InUse {
        /// The journal beside the state file.
        path: PathBuf,
    },
    /// The snapshot is not one of this version.
    #[error("{path} does not hold a sandbox world of this version")]
    Snapshot {
        /// The file.
        path: PathBuf,
        /// What the reader said.
        source: serde_json::Error,
    },
    /// A journal line other than the last is damaged.
    #[error("line {line} of {path} is damaged")]
    Journal {
        /// The file.
        path: PathBuf,
        /// Counted from one.
        line: usize,
    },
}

#[derive(Serialize, Deserialize)]
struct Snapshot<W> {
    /// The number of the last entry that the world holds.
    applied: u64,
    world: W,
}

/// A change as it is written down.
#[derive(Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) number: u64,
    /// When it happened, in milliseconds since the epoch.
    pub(crate) at: i64,
    pub(crate) operation: String,
    pub(crate) body: Value,
}

/// The two files of a sandbox.
pub(crate) struct Journal {
    snapshot: PathBuf,
    path: PathBuf,
    file: File,
    applied: u64,
    since_fold: u32,
}

/// What is on disk: a world, if any, and the changes after it.
pub(crate) struct Loaded {
    pub(crate) world: Option<World>,
    pub(crate) entries: Vec<Entry>,
}

impl Journal {
    /// Opens or makes the files, and reads what they hold.
    pub(crate) fn open(snapshot: &Path) -> Result<(Self, Loaded), OpenError> {
        let path = beside(snapshot, "journal");
        let opened = OpenOptions::new().create(true).append(true).open(&path);
        let file = opened.map_err(|source| failed(&path, source))?;
        // Two worlds in one file would overwrite each other. The system lets go
        // of the lock when the process ends, however it ends.
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => OpenError::InUse { path: path.clone() },
            TryLockError::Error(source) => failed(&path, source),
        })?;
        let loaded = read(snapshot)?;
        let applied = loaded.as_ref().map_or(0, |snapshot| snapshot.applied);
        let entries = read_entries(&path, applied)?;
        let journal = Self {
            snapshot: snapshot.to_owned(),
            path,
            file,
            applied: entries.last().map_or(applied, |entry| entry.number),
            since_fold: 0,
        };
        let world = loaded.map(|snapshot| snapshot.world);
        Ok((journal, Loaded { world, entries }))
    }

    /// Writes a change down. It is on disk when this returns.
    pub(crate) fn write(&mut self, at: i64, operation: &str, body: &Value) -> io::Result<()> {
        let entry = Entry {
            number: self.applied + 1,
            at,
            operation: operation.to_owned(),
            body: body.clone(),
        };
        let mut line = serde_json::to_vec(&entry)?;
        line.push(b'\n');
        let before = self.file.metadata()?.len();
        let written = self.file.write_all(&line).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // Half a line must not stand before the next one.
            self.file.set_len(before)?;
            return Err(error);
        }
        self.applied += 1;
        self.since_fold += 1;
        Ok(())
    }

    /// Whether the journal is long enough to be folded.
    pub(crate) fn is_long(&self) -> bool {
        self.since_fold >= FOLD_AFTER
    }

    /// Writes a snapshot and empties the journal.
    pub(crate) fn fold(&mut self, world: &World) -> Result<(), OpenError> {
        let draft = beside(&self.snapshot, "new");
        self.write_snapshot(&draft, world).map_err(|source| failed(&draft, source))?;
        self.file
            .set_len(0)
            .and_then(|()| self.file.sync_data())
            .map_err(|source| failed(&self.path, source))?;
        self.since_fold = 0;
        Ok(())
    }

    fn write_snapshot(&self, draft: &Path, world: &World) -> io::Result<()> {
        let snapshot = Snapshot { applied: self.applied, world };
        let mut file = File::create(draft)?;
        file.write_all(&serde_json::to_vec(&snapshot)?)?;
        file.sync_all()?;
        fs::rename(draft, &self.snapshot)?;
        // The rename itself is only safe once the directory is on disk.
        if let Some(folder) = self.snapshot.parent().filter(|path| !path.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn failed(path: &Path, source: io::Error) -> OpenError {
    OpenError::File { path: path.to_owned(), source }
}

fn read(path: &Path) -> Result<Option<Snapshot<World>>, OpenError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path, error)),
    };
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|source| OpenError::Snapshot { path: path.to_owned(), source })
}

/// The entries after `applied`. A torn last line was never answered: it is cut off.
fn read_entries(path: &Path, applied: u64) -> Result<Vec<Entry>, OpenError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(path, error)),
    };
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if whole < bytes.len() {
        OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|file| file.set_len(u64::try_from(whole).unwrap_or(0)))
            .map_err(|source| failed(path, source))?;
    }
    let mut entries = Vec::new();
    let lines = bytes.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n');
    for (at, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
        let entry: Entry = serde_json::from_slice(line)
            .map_err(|_| OpenError::Journal { path: path.to_owned(), line: at + 1 })?;
        if entry.number > applied {
            entries.push(entry);
        }
    }
    Ok(entries)
}
