//! Every setting, once: the command line, the environment, the file and the README's table follow.

use clap::{Arg, Command};

/// One thing an administrator may set.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name: `--name` on the command line, `name` in the file.
    pub name: &'static str,
    /// What stands for its value in the help.
    pub value: &'static str,
    /// The value without any source, as an administrator would write it; empty means none.
    pub default: &'static str,
    /// One sentence without its full stop.
    pub help: &'static str,
}

impl Setting {
    /// `BERTH_` and the name: the variable that sets it.
    pub fn variable(&self) -> String {
        format!("BERTH_{}", self.name.to_uppercase().replace('-', "_"))
    }

    fn argument(&self) -> Arg {
        let default = match self.default {
            "" => String::new(),
            text => format!(" [default: {text}]"),
        };
        Arg::new(self.name).long(self.name).value_name(self.value).global(true).help(format!(
            "{} [environment: {}]{default}",
            self.help,
            self.variable()
        ))
    }
}

/// Which log lines any command writes.
pub const LOG: Setting = Setting {
    name: "log",
    value: "FILTER",
    default: "info",
    help: "Which log lines to write: a level, or a filter such as info,berth_server=debug",
};

/// How any command writes them.
pub const LOG_FORMAT: Setting = Setting {
    name: "log-format",
    value: "FORMAT",
    default: "text",
    help: "How log lines are written: text or json",
};

/// The file is no setting of its own: it can't name itself.
pub const CONFIG_FILE: Setting = Setting {
    name: "config",
    value: "FILE",
    default: "berth.toml, if there is one",
    help: "Reads settings from a TOML file, by the names below",
};

/// In the order of the help and of the README's table.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "listen",
        value: "ADDRESS",
        default: "127.0.0.1:3000",
        help: "The address and port to listen on; port 0 takes a free one",
    },
    Setting {
        name: "public-url",
        value: "URL",
        default: "http:// and the address listened on",
        help: "The address people type: https makes cookies secure, and posts from any other origin \
               are refused",
    },
    Setting {
        name: "ecs",
        value: "ENDPOINT",
        default: "sandbox",
        help: "Which ECS to show: sandbox, aws, or the URL of a compatible endpoint",
    },
    Setting {
        name: "ca-file",
        value: "FILE",
        default: "",
        help: "Certificates in PEM form to trust beside the system's, for an endpoint with a \
               private authority",
    },
    Setting {
        name: "region",
        value: "REGION",
        default: "",
        help: "The AWS region; without it the AWS tools' own sources decide",
    },
    Setting {
        name: "profile",
        value: "NAME",
        default: "",
        help: "The profile of the AWS configuration files to take credentials from",
    },
    Setting {
        name: "database",
        value: "URL",
        default: "sqlite:berth.db",
        help: "Where members, sessions and the audit are kept: sqlite:PATH or postgres://...",
    },
    Setting {
        name: "sandbox-seed",
        value: "WORLD",
        default: "demo",
        help: "The world that a new sandbox starts with: demo, empty or large",
    },
    Setting {
        name: "sandbox-state",
        value: "FILE",
        default: "berth-sandbox.json",
        help: "Where the sandbox keeps its world between starts; none keeps it in memory",
    },
    LOG,
    Setting {
        name: "trust-forwarded-for",
        value: "WORD",
        default: "no",
        help: "Whether a proxy of your own in front writes X-Forwarded-For, the address by which \
               sign-in is throttled then: yes or no",
    },
    LOG_FORMAT,
    Setting {
        name: "site",
        value: "DIRECTORY",
        default: "site beside the program, or target/site",
        help: "The directory of the browser's half",
    },
];

/// The command line: `berth` and `berth serve` take the same arguments.
pub fn command() -> Command {
    Command::new("berth")
        .version(env!("CARGO_PKG_VERSION"))
        .about("A team console for Amazon ECS")
        .after_help(
            "The command line wins over the environment, the environment over the file, the file \
             over the defaults.",
        )
        .subcommand(Command::new("serve").about("Serves the console (what berth does unless told)"))
        .subcommand(
            Command::new("sandbox")
                .about("Serves the simulated ECS alone, to any AWS client: berth sandbox --help"),
        )
        .arg(CONFIG_FILE.argument())
        .args(SETTINGS.iter().map(Setting::argument))
}
