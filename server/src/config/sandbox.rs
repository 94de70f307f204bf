//! What `berth sandbox` takes. It is a developer's tool for one terminal: the command line is its
//! only source.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use berth_sandbox::Weather;
use clap::{Arg, ArgMatches, Command};

use super::settings::{LOG, LOG_FORMAT, Setting};
use super::sources::Source;
use super::{ConfigError, LogFormat, SandboxSeed, parse, yes_or_no};

/// Everything that `berth sandbox` can be told, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct SandboxConfig {
    /// The address and port to listen on.
    pub listen: SocketAddr,
    /// The world that a new sandbox starts with.
    pub seed: SandboxSeed,
    /// Seconds of the world in one second.
    pub speed: f64,
    /// Where the world is kept; `None` keeps it in memory.
    pub state: Option<PathBuf>,
    /// The region of a new world.
    pub region: String,
    /// What goes wrong on purpose.
    pub weather: Weather,
    /// Which log lines to write.
    pub log: String,
    /// How log lines are written.
    pub log_format: LogFormat,
}

/// In the order of the help and of the README's table.
pub const OPTIONS: &[Setting] = &[
    Setting {
        name: "listen",
        value: "ADDRESS",
        default: "127.0.0.1:4566",
        help: "The address and port to listen on; port 0 takes a free one",
    },
    Setting {
        name: "seed",
        value: "WORLD",
        default: "demo",
        help: "The world that a new sandbox starts with: demo, empty or large",
    },
    Setting {
        name: "speed",
        value: "NUMBER",
        default: "1",
        help: "How many seconds pass in the world in one second",
    },
    Setting {
        name: "state",
        value: "FILE",
        default: "none",
        help: "Where the world is kept between starts; none keeps it in memory",
    },
    Setting {
        name: "region",
        value: "REGION",
        default: "eu-central-1",
        help: "The region that a new world stands in",
    },
    Setting {
        name: "quotas",
        value: "WORD",
        default: "no",
        help: "Whether requests over the quotas of Amazon ECS are throttled: yes or no",
    },
    Setting {
        name: "lag",
        value: "MS",
        default: "0",
        help: "How long a change is not seen by calls that only read, in milliseconds of the world",
    },
    Setting {
        name: "latency",
        value: "MS",
        default: "0",
        help: "How late every answer is, in milliseconds",
    },
    Setting {
        name: "throttle",
        value: "OPERATION",
        default: "none",
        help: "An operation that is always throttled, such as ListTasks; all for every one",
    },
    Setting {
        name: "deny",
        value: "OPERATION",
        default: "none",
        help: "An operation that the caller has no right to, such as StopTask; all for every one",
    },
    Setting {
        name: "expired",
        value: "WORD",
        default: "no",
        help: "Whether the caller's credentials have expired: yes or no",
    },
    Setting {
        name: "outage",
        value: "WORD",
        default: "no",
        help: "Whether the service is down and answers 503 only: yes or no",
    },
    LOG,
    LOG_FORMAT,
];

/// The command line of `berth sandbox`.
pub fn command() -> Command {
    Command::new("sandbox")
        .bin_name("berth sandbox")
        .about("Serves the simulated ECS alone, to any AWS client; nothing touches AWS")
        .args(OPTIONS.iter().map(argument))
}

fn argument(option: &Setting) -> Arg {
    let help = format!("{} [default: {}]", option.help, option.default);
    Arg::new(option.name).long(option.name).value_name(option.value).help(help)
}

impl SandboxConfig {
    /// Reads the arguments that follow `berth sandbox`.
    pub fn parse_from(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, ConfigError> {
        let program = std::iter::once(OsString::from("berth sandbox"));
        let matches = command()
            .try_get_matches_from(program.chain(arguments))
            .map_err(ConfigError::CommandLine)?;
        let given = |name| given(&matches, name);
        let (state, _) = given("state");
        Ok(Self {
            listen: parse(given("listen"), |text| {
                text.parse().map_err(|_| "is not an address and port such as 127.0.0.1:4566")
            })?,
            seed: parse(given("seed"), SandboxSeed::parse)?,
            speed: parse(given("speed"), speed)?,
            state: (state != "none").then(|| PathBuf::from(state)),
            region: parse(given("region"), region)?,
            weather: Weather {
                outage: parse(given("outage"), yes_or_no)?,
                deny: parse(given("deny"), operation)?,
                throttle: parse(given("throttle"), operation)?,
                expired: parse(given("expired"), yes_or_no)?,
                latency_ms: parse(given("latency"), milliseconds)?,
                quotas: parse(given("quotas"), yes_or_no)?,
                lag_ms: parse(given("lag"), milliseconds)?,
            },
            log: given("log").0.to_owned(),
            log_format: parse(given("log-format"), LogFormat::parse)?,
        })
    }
}

/// What was given for an option, else its default.
fn given<'a>(matches: &'a ArgMatches, name: &'static str) -> (&'a str, Source) {
    match matches.get_one::<String>(name) {
        Some(text) => (text, Source::CommandLine(name)),
        None => {
            let option = OPTIONS.iter().find(|option| option.name == name);
            (option.map_or("", |option| option.default), Source::Default(name))
        }
    }
}

fn speed(text: &str) -> Result<f64, &'static str> {
    match text.parse::<f64>() {
        Ok(speed) if (0.01..=100_000.0).contains(&speed) => Ok(speed),
        _ => Err("is not a number from 0.01 to 100000"),
    }
}

fn region(text: &str) -> Result<String, &'static str> {
    // It becomes a part of every ARN.
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !text.is_empty() && text.bytes().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("is not a region such as eu-central-1")
    }
}

fn milliseconds(text: &str) -> Result<u64, &'static str> {
    match text.parse() {
        Ok(ms) if ms <= 600_000 => Ok(ms),
        _ => Err("is not a whole number of milliseconds up to 600000"),
    }
}

fn operation(text: &str) -> Result<Option<String>, &'static str> {
    match text {
        "none" => Ok(None),
        "all" => Ok(Some("*".to_owned())),
        name if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Ok(Some(name.to_owned())),
        _ => Err("is not the name of an operation, all or none"),
    }
}

#[cfg(test)]
mod tests {
    use super::{OPTIONS, SandboxConfig, command};
    use berth_sandbox::Weather;

    use crate::config::{LogFormat, SandboxSeed};

    fn load(arguments: &[&str]) -> Result<SandboxConfig, String> {
        SandboxConfig::parse_from(arguments.iter().map(Into::into))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn without_options_it_serves_the_demo_on_this_machine() {
        let config = SandboxConfig {
            listen: "127.0.0.1:4566".parse().unwrap(),
            seed: SandboxSeed::Demo,
            speed: 1.0,
            state: None,
            region: "eu-central-1".to_owned(),
            weather: Weather::default(),
            log: "info".to_owned(),
            log_format: LogFormat::Text,
        };
        assert_eq!(load(&[]), Ok(config));
    }

    #[test]
    fn options_become_what_they_mean() {
        let given =
            ["--seed", "empty", "--speed=120", "--state", "world.json", "--listen", "[::1]:0"];
        let config = load(&given).unwrap();
        assert_eq!((config.seed, config.speed), (SandboxSeed::Empty, 120.0));
        assert_eq!(config.state, Some("world.json".into()));
        assert_eq!(config.listen.to_string(), "[::1]:0");
        let given = ["--quotas=yes", "--lag=2000", "--latency=5", "--throttle=all"];
        let more = ["--deny=StopTask", "--expired=yes", "--outage=yes"];
        let weather = Weather {
            outage: true,
            deny: Some("StopTask".to_owned()),
            throttle: Some("*".to_owned()),
            expired: true,
            latency_ms: 5,
            quotas: true,
            lag_ms: 2_000,
        };
        assert_eq!(load(&[&given[..], &more].concat()).unwrap().weather, weather);
    }

    #[test]
    fn a_mistake_is_one_sentence() {
        for (arguments, sentence) in [
            (["--speed", "0"], "\"0\" is not a number from 0.01 to 100000."),
            (["--speed", "NaN"], "\"NaN\" is not a number from 0.01 to 100000."),
            (["--seed", "huge"], "\"huge\" is not demo, empty or large."),
            (["--region", "eu:1"], "\"eu:1\" is not a region such as eu-central-1."),
            (["--lag", "long"], "\"long\" is not a whole number of milliseconds up to 600000."),
            (["--deny", "ecs:*"], "\"ecs:*\" is not the name of an operation, all or none."),
            (["--listen", "4566"], "\"4566\" is not an address and port such as 127.0.0.1:4566."),
        ] {
            let name = arguments[0];
            assert_eq!(load(&arguments), Err(format!("{name} on the command line: {sentence}")));
        }
        assert!(load(&["--database", "sqlite:x"]).is_err());
    }

    #[test]
    fn help_and_readme_name_every_option() {
        let readme = include_str!("../../../README.md");
        let help = command().render_help().to_string();
        let mut table = String::from("| Option | Default | What it does |\n|---|---|---|\n");
        for option in OPTIONS {
            let (name, value) = (option.name, option.value);
            assert!(help.contains(&format!("--{name} <{value}>")), "{name}");
            assert!(help.contains(&format!("{} [default: {}]", option.help, option.default)));
            table += &format!("| `--{name} {value}` | {} | {} |\n", option.default, option.help);
        }
        assert!(readme.contains(&table), "README.md's table of options should be:\n\n{table}");
    }
}
