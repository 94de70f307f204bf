//! What each log driver can be told, and which drivers a task can use.

use crate::document::Document;
use crate::rules::Facts;

/// One option of a driver.
#[derive(Clone, Copy, Debug)]
pub struct LogOption {
    /// Its name in the document.
    pub name: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// What to know before setting it.
    pub about: &'static str,
    /// An example, or what counts when it is absent.
    pub example: &'static str,
    /// The values it can have; empty when it is free.
    pub choices: &'static [&'static str],
    /// Whether the driver does not start without it.
    pub required: bool,
}

const fn option(name: &'static str, label: &'static str, about: &'static str) -> LogOption {
    LogOption { name, label, about, example: "", choices: &[], required: false }
}

impl LogOption {
    const fn like(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    const fn choices(mut self, choices: &'static [&'static str]) -> Self {
        self.choices = choices;
        self
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

const TRUE_FALSE: &[&str] = &["true", "false"];

const MODE: LogOption = option(
    "mode",
    "When the log falls behind",
    "blocking makes the program wait; non-blocking drops lines when the buffer is full.",
)
.choices(&["non-blocking", "blocking"]);
const BUFFER: LogOption =
    option("max-buffer-size", "Buffer", "For non-blocking: how much waits in memory.").like("10m");
const TAG: LogOption =
    option("tag", "Tag", "What marks each line; Docker fills in the braces.").like("{{.Name}}");
const LABELS: LogOption =
    option("labels", "Labels", "Docker labels that go along, with commas between.");
const ENV: LogOption =
    option("env", "Variables", "Environment variables that go along, with commas between.");

const AWSLOGS: &[LogOption] = &[
    option("awslogs-group", "Log group", "In CloudWatch Logs.").like("/ecs/web").required(),
    option("awslogs-region", "Region", "Where the group is.").like("eu-west-1").required(),
    option(
        "awslogs-stream-prefix",
        "Stream prefix",
        "Streams are called prefix/container/task. Fargate needs it, and links from the console too.",
    )
    .like("ecs"),
    option(
        "awslogs-create-group",
        "Create the group",
        "The execution role must be allowed logs:CreateLogGroup.",
    )
    .choices(TRUE_FALSE),
    MODE,
    BUFFER,
    option(
        "awslogs-datetime-format",
        "Time format",
        "A line that begins with a time begins an entry. Not together with a pattern.",
    )
    .like("%Y-%m-%d %H:%M:%S"),
    option(
        "awslogs-multiline-pattern",
        "Pattern of a first line",
        "A regular expression; lines that do not match belong to the entry before.",
    )
    .like("^INFO"),
];
const SPLUNK: &[LogOption] = &[
    option("splunk-url", "Splunk address", "Of the HTTP event collector.")
        .like("https://splunk.example.com:8088")
        .required(),
    option("splunk-token", "Token", "Better kept as a secret option further below.").required(),
    option("splunk-source", "Source", "The event's source."),
    option("splunk-sourcetype", "Source type", "The event's source type."),
    option("splunk-index", "Index", "The event's index."),
    option("splunk-format", "Format", "How a line is sent.").choices(&["inline", "json", "raw"]),
    option(
        "splunk-verify-connection",
        "Check at start",
        "A collector that is not there keeps the container from starting.",
    )
    .choices(TRUE_FALSE),
    option("splunk-insecureskipverify", "Trust any certificate", "Only to try something out.")
        .choices(TRUE_FALSE),
    option("splunk-gzip", "Compress", "Sends less.").choices(TRUE_FALSE),
    TAG,
    MODE,
    BUFFER,
];
const FLUENTD: &[LogOption] = &[
    option("fluentd-address", "Address", "Where Fluentd listens.").like("localhost:24224"),
    TAG,
    option(
        "fluentd-async",
        "Connect later",
        "The container starts although Fluentd is not there yet.",
    )
    .choices(TRUE_FALSE),
    option("fluentd-buffer-limit", "Buffer", "How much waits in memory."),
    option("fluentd-retry-wait", "Wait between tries", "As in 1s.").like("1s"),
    option("fluentd-max-retries", "Tries", "At most."),
    LABELS,
    ENV,
];
const GELF: &[LogOption] = &[
    option("gelf-address", "Address", "Of the Graylog input.")
        .like("udp://logs.example.com:12201")
        .required(),
    option("gelf-compression-type", "Compression", "For UDP only.")
        .choices(&["gzip", "zlib", "none"]),
    option("gelf-compression-level", "Compression level", "-1 to 9."),
    TAG,
    LABELS,
    ENV,
];
const SYSLOG: &[LogOption] = &[
    option("syslog-address", "Address", "Left out, the instance's own.")
        .like("tcp://logs.example.com:514"),
    option("syslog-facility", "Facility", "As in daemon or local0.").like("daemon"),
    option("syslog-format", "Format", "Of the messages.").choices(&[
        "rfc5424",
        "rfc5424micro",
        "rfc3164",
    ]),
    TAG,
    LABELS,
    ENV,
];
const JSON_FILE: &[LogOption] = &[
    option("max-size", "Size of a file", "Then a new one begins; without it one file grows.")
        .like("10m"),
    option("max-file", "Files kept", "Works with a size.").like("3"),
    option("compress", "Compress old files", "Takes less room.").choices(TRUE_FALSE),
    TAG,
    LABELS,
    ENV,
    MODE,
    BUFFER,
];
const JOURNALD: &[LogOption] = &[TAG, LABELS, ENV];
const FIRELENS: &[LogOption] = &[
    option("Name", "Output", "The output plugin of Fluent Bit.").like("cloudwatch_logs"),
    option("Match", "Match", "Left out, ECS writes one for this container."),
    option("region", "Region", "For outputs to AWS.").like("eu-west-1"),
    option(
        "log-driver-buffer-limit",
        "Lines kept",
        "How many wait in memory while the router is busy.",
    )
    .like("1048576"),
];

/// What a driver can be told, the common ones first; more than these is possible.
pub fn log_options(driver: &str) -> &'static [LogOption] {
    match driver {
        "awslogs" => AWSLOGS,
        "awsfirelens" => FIRELENS,
        "splunk" => SPLUNK,
        "fluentd" => FLUENTD,
        "gelf" => GELF,
        "syslog" => SYSLOG,
        "json-file" => JSON_FILE,
        "journald" => JOURNALD,
        _ => &[],
    }
}

/// Options of FireLens and of the outputs of Fluent Bit in which nothing secret can stand.
const PLAIN: [&str; 31] = [
    "@type",
    "Host",
    "Port",
    "Format",
    "tls",
    "tls.verify",
    "provider",
    "compress",
    "retry_limit",
    "auto_create_group",
    "auto_create_stream",
    "delivery_stream",
    "stream",
    "bucket",
    "total_file_size",
    "upload_timeout",
    "log_group_name",
    "log_stream_name",
    "log_stream_prefix",
    "log_retention_days",
    "log_key",
    "time_key",
    "data_keys",
    "index",
    "type",
    "dd_service",
    "dd_source",
    "dd_tags",
    "enable-ecs-log-metadata",
    "config-file-type",
    "config-file-value",
];

/// Whether an option holds nothing secret, whoever sets it: all that are named here, but for a token.
pub fn is_plain_option(name: &str) -> bool {
    let drivers = [AWSLOGS, SPLUNK, FLUENTD, GELF, SYSLOG, JSON_FILE, JOURNALD, FIRELENS];
    let is = |plain: &str| plain.eq_ignore_ascii_case(name);
    let known = drivers.iter().copied().flatten().any(|option| is(option.name));
    (known && !is("splunk-token")) || PLAIN.iter().any(|plain| is(plain))
}

/// Why a driver can't be used in a task; none when it can.
pub fn driver_excluded(document: &Document, driver: &str) -> Option<String> {
    let compatible = document.items("requiresCompatibilities");
    let managed = compatible.iter().any(|one| one.as_str() == Some("MANAGED_INSTANCES"));
    let containers = document.items("containerDefinitions").iter();
    let router = || containers.clone().any(|one| one.get("firelensConfiguration").is_some());
    match driver {
        // R110, R111
        "awslogs" | "splunk" => None,
        // R120
        "awsfirelens" if !router() => Some("needs a log router in the task".to_owned()),
        "awsfirelens" => None,
        _ if Facts::of(document).fargate => Some("not on Fargate".to_owned()),
        "json-file" => None,
        _ if managed => Some("not on Managed Instances".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema;

    #[test]
    fn every_driver_has_options_of_different_names() {
        let driver = schema::member("containerDefinitions.0.logConfiguration.logDriver");
        for (driver, _) in driver.unwrap().choices {
            let options = log_options(driver);
            assert!(!options.is_empty(), "{driver}");
            let names: std::collections::BTreeSet<_> = options.iter().map(|o| o.name).collect();
            assert_eq!(names.len(), options.len(), "{driver}");
        }
        assert!(log_options("").is_empty());
    }

    #[test]
    fn drivers_that_the_place_excludes_say_why() {
        for (compatible, router, driver, excluded) in [
            ("FARGATE", false, "awslogs", false),
            ("FARGATE", false, "gelf", true),
            ("FARGATE", false, "awsfirelens", true),
            ("FARGATE", true, "awsfirelens", false),
            ("EC2", false, "gelf", false),
            ("EC2", false, "awsfirelens", true),
            ("MANAGED_INSTANCES", false, "json-file", false),
            ("MANAGED_INSTANCES", false, "syslog", true),
        ] {
            let mut container = json!({"name": "app"});
            if router {
                container["firelensConfiguration"] = json!({"type": "fluentbit"});
            }
            let document = Document::new(json!({
                "requiresCompatibilities": [compatible], "containerDefinitions": [container]
            }));
            let said = driver_excluded(&document.unwrap(), driver);
            assert_eq!(said.is_some(), excluded, "{compatible} {driver}");
        }
    }
}
