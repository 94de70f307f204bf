//! The program itself, as a process: started, told apart by where it listens, and killed.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, SystemTime};

use crate::database::Database;

/// The folder in which a console keeps everything.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    /// Starts the program and does not wait for anything.
    pub fn spawn(&self, database: &Database) -> Process {
        let mut command = self.command(database, "off");
        Process(command.stdout(Stdio::piped()).spawn().unwrap())
    }

    /// Starts the program and reads the first line of its log.
    pub fn first_log_line(&self, database: &Database) -> String {
        let mut command = self.command(database, "debug");
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = Process(command.spawn().unwrap());
        let mut line = String::new();
        BufReader::new(process.0.stderr.take().unwrap()).read_line(&mut line).unwrap();
        line
    }

    fn command(&self, database: &Database, log: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_berth"));
        // Nothing of this machine's own settings reaches it.
        command.env_clear().env("BERTH_DATABASE", database.url()).current_dir(self.0.path());
        command.args(["--listen", "127.0.0.1:0", "--log", log]);
        command.args(["--sandbox-seed", "empty", "--sandbox-state", "world.json"]);
        command
    }

    /// Starts the program and reads where it listens.
    pub fn start(&self, database: &Database) -> Program {
        let mut process = self.spawn(database);
        let greeting = BufReader::new(process.0.stdout.take().unwrap());
        let any = SocketAddr::from(([0, 0, 0, 0], 0));
        let mut program = Program { process, greeting, address: any };
        let line = program.line();
        let address = line.strip_prefix("Berth is at http://").and_then(|rest| {
            let (address, _) = rest.split_once(' ')?;
            address.parse().ok()
        });
        program.address = address.unwrap_or_else(|| panic!("it did not start: {line:?}"));
        program
    }
}

/// A process that ends with its owner, also when a test fails.
pub struct Process(Child);

impl Process {
    /// SIGKILL; returns when the process is gone.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // One that has ended by itself can't be killed and need not be.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// A console that answers.
pub struct Program {
    process: Process,
    greeting: BufReader<ChildStdout>,
    pub address: SocketAddr,
}

impl Program {
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.greeting.read_line(&mut line).unwrap();
        line
    }

    /// The link for the first administrator, which it prints while nobody is a member.
    pub fn link(&mut self) -> String {
        self.line();
        self.line().trim().to_owned()
    }

    pub fn kill(self) {
        self.process.kill();
    }
}

/// When to kill: some acknowledgements into the round, and then perhaps some writes later.
pub struct Moment {
    pub acknowledged: usize,
    writes: usize,
    file: PathBuf,
}

impl Moment {
    /// Another one for each round. A write to the sandbox's journal is a change that is made and not
    /// yet answered; one to the database's log is a record begun or ended.
    pub fn of(round: usize, home: &Home) -> Self {
        let file = home.path(["world.json.journal", "berth.db-wal"][round / 4 % 2]);
        let writes = if file.exists() { round % 4 } else { 0 };
        Self { acknowledged: [2, 9, 0, 5, 13][round % 5], writes, file }
    }

    /// Returns when the file was written so often.
    pub async fn written(&self) {
        let stamp = || -> Option<(u64, SystemTime)> {
            let known = std::fs::metadata(&self.file).ok()?;
            Some((known.len(), known.modified().ok()?))
        };
        for _ in 0..self.writes {
            let before = stamp();
            while stamp() == before {
                tokio::task::yield_now().await;
            }
        }
    }
}

/// Waits for a condition, looking often: what is waited for here lasts a moment only.
pub async fn until(done: impl Fn() -> bool) {
    let mut looks = tokio::time::interval(Duration::from_millis(1));
    while !done() {
        looks.tick().await;
    }
}
