//! What an administrator sets: read once at the start, then handed to whoever needs it. This is the
//! only module that reads the environment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use berth_sandbox::Seed;
use thiserror::Error;

mod address;
mod sandbox;
mod settings;
mod sources;
#[cfg(test)]
mod tests;

pub use address::{HttpUrl, PublicUrl, SecretUrl};
pub use sandbox::SandboxConfig;
use sources::{Given, Source};

/// What the command line asks this program to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Program {
    /// The console; boxed, for it is by far the larger.
    Console(Box<Config>),
    /// The simulated ECS alone.
    Sandbox(SandboxConfig),
}

impl Program {
    /// Reads this process's command line, and for the console its environment and file.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn load() -> Result<Self, ConfigError> {
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self::parse_from(std::env::args_os(), &environment, |path| std::fs::read_to_string(path))
    }

    /// The same from given sources; the first argument is the program's name.
    pub fn parse_from(
        arguments: impl IntoIterator<Item = OsString>,
        environment: &BTreeMap<String, String>,
        read: impl Fn(&Path) -> io::Result<String>,
    ) -> Result<Self, ConfigError> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        // The two share names of options with other meanings, so each has a command line of its own.
        if arguments.get(1).is_some_and(|word| word == "sandbox") {
            return SandboxConfig::parse_from(arguments.into_iter().skip(2)).map(Self::Sandbox);
        }
        Config::parse_from(arguments, environment, read)
            .map(|config| Self::Console(Box::new(config)))
    }
}

/// Everything that can be set, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The address and port to listen on.
    pub listen: SocketAddr,
    /// Where people reach the console.
    pub public_url: PublicUrl,
    /// Which ECS the console shows.
    pub ecs: EcsEndpoint,
    /// Certificates to trust beside the system's, in PEM form.
    pub ca_file: Option<PathBuf>,
    /// The AWS region; `None` leaves it to the AWS tools' own sources.
    pub region: Option<String>,
    /// The profile of the AWS configuration files.
    pub profile: Option<String>,
    /// Where members, sessions and the audit are kept.
    pub database: Database,
    /// The world that a new sandbox starts with.
    pub sandbox_seed: SandboxSeed,
    /// Where the sandbox keeps its world; `None` keeps it in memory.
    pub sandbox_state: Option<PathBuf>,
    /// Which log lines to write.
    pub log: String,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// Whether a proxy of one's own writes `X-Forwarded-For`.
    pub trust_forwarded_for: bool,
    site: Option<PathBuf>,
}

/// Which ECS the console shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EcsEndpoint {
    /// The one inside this program; nothing touches AWS.
    Sandbox,
    /// Amazon's, with the ordinary chain of credentials.
    Aws,
    /// Any endpoint that speaks ECS.
    Url(HttpUrl),
}

/// Where members, sessions and the audit are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// One file.
    Sqlite(PathBuf),
    /// A server, by its address with user and password.
    Postgres(SecretUrl),
}

/// The world that a new sandbox starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SandboxSeed {
    /// Three clusters and about ten services.
    Demo,
    /// Nothing at all.
    Empty,
    /// A thousand services and five thousand tasks.
    Large,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For a person at a terminal.
    Text,
    /// One JSON object per line.
    Json,
}

/// Why there is no [`Config`].
#[derive(Debug, Error)]
pub enum ConfigError {
    /// What clap says: a wrong argument, or the help that was asked for.
    #[error("{0}")]
    CommandLine(clap::Error),
    /// One sentence that names the setting and where its value came from.
    #[error("{0}")]
    Sentence(String),
}

impl ConfigError {
    /// Prints it where it belongs and says how the program should exit: 0 after help that was asked
    /// for, 2 after a mistake.
    pub fn report(&self) -> u8 {
        match self {
            Self::CommandLine(error) => {
                // Nothing is left to do when even this can't be printed.
                let _ = error.print();
                if error.use_stderr() { 2 } else { 0 }
            }
            Self::Sentence(sentence) => {
                eprintln!("berth: {sentence}");
                2
            }
        }
    }
}

impl Config {
    /// The console's settings from given sources; the first argument is the program's name.
    pub fn parse_from(
        arguments: impl IntoIterator<Item = OsString>,
        environment: &BTreeMap<String, String>,
        read: impl Fn(&Path) -> io::Result<String>,
    ) -> Result<Self, ConfigError> {
        let given = Given::gather(arguments, environment, read)?;
        let path = |name| given.optional(name).map(|(text, _)| PathBuf::from(text));
        let text = |name| given.optional(name).map(|(text, _)| text.to_owned());

        let listen = parse(given.or("listen", "127.0.0.1:3000"), |text| {
            text.parse().map_err(|_| "is not an address and port such as 127.0.0.1:3000")
        })?;
        let public_url = match given.optional("public-url") {
            Some(value) => parse(value, PublicUrl::parse)?,
            None => PublicUrl::of(listen),
        };
        let (state, _) = given.or("sandbox-state", "berth-sandbox.json");
        Ok(Self {
            listen,
            public_url,
            ecs: parse(given.or("ecs", "sandbox"), EcsEndpoint::parse)?,
            ca_file: path("ca-file"),
            region: text("region"),
            profile: text("profile"),
            database: parse_hidden(given.or("database", "sqlite:berth.db"), Database::parse)?,
            sandbox_seed: parse(given.or("sandbox-seed", "demo"), SandboxSeed::parse)?,
            sandbox_state: (state != "none").then(|| PathBuf::from(state)),
            log: given.or("log", "info").0.to_owned(),
            log_format: parse(given.or("log-format", "text"), LogFormat::parse)?,
            trust_forwarded_for: parse(given.or("trust-forwarded-for", "no"), yes_or_no)?,
            site: path("site"),
        })
    }

    /// The same, listening at `bound`: port 0 leaves the choice to the system, and people must still
    /// be told where to go.
    pub fn bound_to(mut self, bound: SocketAddr) -> Self {
        if self.public_url == PublicUrl::of(self.listen) {
            self.public_url = PublicUrl::of(bound);
        }
        self.listen = bound;
        self
    }

    /// The directory of the browser's half. Beside the program in a release, one level up in a
    /// checkout's target directory, else where a build puts it below the working directory.
    pub fn site(&self) -> PathBuf {
        let program = std::env::current_exe().ok();
        self.site.clone().unwrap_or_else(|| find_site(program.as_deref(), Path::is_dir))
    }
}

fn find_site(program: Option<&Path>, is_directory: impl Fn(&Path) -> bool) -> PathBuf {
    let beside = program.and_then(Path::parent);
    let candidates = [beside.map(|dir| dir.join("site")), beside.map(|dir| dir.join("../site"))];
    let found = candidates.into_iter().flatten().find(|path| is_directory(path));
    found.unwrap_or_else(|| PathBuf::from("target/site"))
}

fn parse<T>(
    (text, source): (&str, Source),
    read: impl Fn(&str) -> Result<T, &'static str>,
) -> Result<T, ConfigError> {
    read(text).map_err(|reason| ConfigError::Sentence(format!("{source}: \"{text}\" {reason}.")))
}

fn yes_or_no(text: &str) -> Result<bool, &'static str> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("is neither yes nor no"),
    }
}

/// Like [`parse`], for a value that may hold a password: the sentence does not repeat it.
fn parse_hidden<T>(
    (text, source): (&str, Source),
    read: impl Fn(&str) -> Result<T, &'static str>,
) -> Result<T, ConfigError> {
    read(text).map_err(|reason| ConfigError::Sentence(format!("{source}: the value {reason}.")))
}

impl EcsEndpoint {
    fn parse(text: &str) -> Result<Self, &'static str> {
        match text {
            "sandbox" => Ok(Self::Sandbox),
            "aws" => Ok(Self::Aws),
            url if url.contains("://") => HttpUrl::parse(url).map(Self::Url),
            _ => Err("is not sandbox, aws or a URL"),
        }
    }
}

impl Database {
    fn parse(text: &str) -> Result<Self, &'static str> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(SecretUrl::new(text)));
        }
        let path =
            text.strip_prefix("sqlite:").ok_or("begins with neither sqlite: nor postgres://")?;
        match path.strip_prefix("//").unwrap_or(path) {
            "" => Err("names no file after sqlite:"),
            ":memory:" => Err("keeps nothing: members and the audit need a file"),
            path => Ok(Self::Sqlite(PathBuf::from(path))),
        }
    }
}

impl SandboxSeed {
    fn parse(text: &str) -> Result<Self, &'static str> {
        match text {
            "demo" => Ok(Self::Demo),
            "empty" => Ok(Self::Empty),
            "large" => Ok(Self::Large),
            _ => Err("is not demo, empty or large"),
        }
    }

    /// The world itself.
    pub(crate) fn world(self) -> Seed {
        match self {
            Self::Demo => Seed::Demo,
            Self::Empty => Seed::Empty,
            Self::Large => Seed::Large { services: 1_000, tasks: 5_000 },
        }
    }
}

impl LogFormat {
    fn parse(text: &str) -> Result<Self, &'static str> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("is not text or json"),
        }
    }
}
