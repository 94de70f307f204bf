//! From the command line, the environment and one file to one value per setting, with its source.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::Path;

use clap::ArgMatches;

use super::ConfigError;
use super::settings::{CONFIG_FILE, SETTINGS, Setting, command};

/// Where a value was found, in words for the person who has to change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// `--name` of the command line.
    CommandLine(&'static str),
    /// A variable of the environment.
    Variable(String),
    /// A key of the configuration file.
    File { path: String, key: &'static str },
    /// The program's own default.
    Default(&'static str),
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CommandLine(name) => write!(out, "--{name} on the command line"),
            Self::Variable(name) => write!(out, "{name} in the environment"),
            Self::File { path, key } => write!(out, "{key} in {path}"),
            Self::Default(name) => write!(out, "the default of {name}"),
        }
    }
}

/// The values that were given, by the name of their setting.
pub struct Given {
    values: BTreeMap<&'static str, (String, Source)>,
}

impl Given {
    /// Gathers every source once; the first that knows a setting wins.
    pub fn gather(
        arguments: impl IntoIterator<Item = OsString>,
        environment: &BTreeMap<String, String>,
        read: impl Fn(&Path) -> io::Result<String>,
    ) -> Result<Self, ConfigError> {
        let matches =
            command().try_get_matches_from(arguments).map_err(ConfigError::CommandLine)?;
        if matches.subcommand_name() == Some("sandbox") {
            return Err(ConfigError::Sentence(
                "\"sandbox\" comes first, its own options after it: berth sandbox --listen \
                 127.0.0.1:4566."
                    .to_owned(),
            ));
        }
        // Arguments may stand on either side of the subcommand.
        let matches = matches.subcommand().map_or(&matches, |(_, inner)| inner);
        let file = read_file(matches, environment, read)?;

        let mut values = BTreeMap::new();
        for setting in SETTINGS {
            let found = direct(setting, matches, environment)
                .or_else(|| file.as_ref().and_then(|file| file.value(setting)));
            if let Some(found) = found {
                values.insert(setting.name, found);
            }
        }
        Ok(Self { values })
    }

    /// What was given for a setting, if anything was.
    pub fn optional(&self, name: &'static str) -> Option<(&str, Source)> {
        self.values.get(name).map(|(text, source)| (text.as_str(), source.clone()))
    }

    /// What was given, else this.
    pub fn or(&self, name: &'static str, default: &'static str) -> (&str, Source) {
        self.optional(name).unwrap_or((default, Source::Default(name)))
    }
}

/// A value from the command line or the environment. An empty variable counts as not set: that is
/// how container tools pass on what they do not know.
fn direct(
    setting: &Setting,
    matches: &ArgMatches,
    environment: &BTreeMap<String, String>,
) -> Option<(String, Source)> {
    if let Some(text) = matches.get_one::<String>(setting.name) {
        return Some((text.clone(), Source::CommandLine(setting.name)));
    }
    let variable = setting.variable();
    let text = environment.get(&variable).filter(|text| !text.is_empty())?;
    Some((text.clone(), Source::Variable(variable)))
}

struct File {
    path: String,
    values: BTreeMap<&'static str, String>,
}

impl File {
    fn value(&self, setting: &Setting) -> Option<(String, Source)> {
        let text = self.values.get(setting.name)?;
        Some((text.clone(), Source::File { path: self.path.clone(), key: setting.name }))
    }
}

fn read_file(
    matches: &ArgMatches,
    environment: &BTreeMap<String, String>,
    read: impl Fn(&Path) -> io::Result<String>,
) -> Result<Option<File>, ConfigError> {
    let named = direct(&CONFIG_FILE, matches, environment);
    let path = named.as_ref().map_or("berth.toml", |(path, _)| path.as_str());
    match (read(Path::new(path)), &named) {
        (Ok(text), _) => parse_file(path, &text).map(Some),
        (Err(error), None) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        (Err(error), Some((_, source))) => Err(ConfigError::Sentence(format!(
            "The file {path}, named by {source}, can't be read: {error}."
        ))),
        (Err(error), None) => {
            Err(ConfigError::Sentence(format!("The file {path} can't be read: {error}.")))
        }
    }
}

fn parse_file(path: &str, text: &str) -> Result<File, ConfigError> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        // The parser's full words show the line itself, which may hold a password.
        let line = error.span().map_or(1, |span| 1 + text[..span.start].matches('\n').count());
        ConfigError::Sentence(format!("{path} is not TOML: line {line}, {}.", error.message()))
    })?;
    let mut values = BTreeMap::new();
    for (key, value) in table {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.name == key) else {
            let nearest = nearest(&key);
            return Err(ConfigError::Sentence(format!(
                "{path} has an unknown setting {key}; did you mean {nearest}?"
            )));
        };
        let toml::Value::String(text) = value else {
            let kind = value.type_str();
            return Err(ConfigError::Sentence(format!(
                "{key} in {path} must be text in quotes, not {kind}."
            )));
        };
        values.insert(setting.name, text);
    }
    Ok(File { path: path.to_owned(), values })
}

/// The setting whose name takes the fewest changes to reach.
fn nearest(key: &str) -> &'static str {
    let distance = |setting: &&Setting| edits(&key.replace('_', "-"), setting.name);
    SETTINGS.iter().min_by_key(distance).map_or("listen", |setting| setting.name)
}

/// Levenshtein's distance, in bytes: names of settings are ASCII.
fn edits(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, a) in from.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, b) in to.bytes().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}
