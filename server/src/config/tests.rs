//! Every setting from every source, and every mistake as one sentence.

use super::settings::{CONFIG_FILE, SETTINGS, Setting, command};
use super::*;

type Outcome = Result<Config, String>;

/// The file, where a case has one, is `berth.toml`.
fn load(arguments: &[&str], environment: &[(&str, &str)], file: Option<&str>) -> Outcome {
    let environment =
        environment.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let arguments = std::iter::once("berth").chain(arguments.iter().copied()).map(OsString::from);
    Config::parse_from(arguments, &environment, |path| match (path.to_str(), file) {
        (Some("berth.toml"), Some(text)) => Ok(text.to_owned()),
        _ => Err(io::ErrorKind::NotFound.into()),
    })
    .map_err(|error| error.to_string())
}

#[test]
fn without_any_source_it_serves_the_sandbox_on_this_machine() {
    let config = load(&[], &[], None).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.public_url.origin(), "http://127.0.0.1:3000");
    assert!(!config.public_url.is_secure());
    assert_eq!(config.ecs, EcsEndpoint::Sandbox);
    assert_eq!(config.database, Database::Sqlite("berth.db".into()));
    assert_eq!(config.sandbox_seed, SandboxSeed::Demo);
    assert_eq!(config.sandbox_state, Some("berth-sandbox.json".into()));
    assert_eq!(config.log_format, LogFormat::Text);
    assert_eq!((config.ca_file, config.region, config.profile), (None, None, None));
}

#[test]
fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
    let file = Some("region = 'file'\nprofile = 'file'\nlog = 'file'");
    let environment = [("BERTH_REGION", "variable"), ("BERTH_PROFILE", "variable")];
    for arguments in [&["--region", "line"][..], &["serve", "--region", "line"]] {
        let config = load(arguments, &environment, file).unwrap();
        assert_eq!(config.region.as_deref(), Some("line"), "{arguments:?}");
        assert_eq!(config.profile.as_deref(), Some("variable"));
        assert_eq!(config.log, "file");
    }
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    assert_eq!(load(&[], &[("BERTH_REGION", "")], None).unwrap().region, None);
}

#[test]
fn values_become_what_they_mean() {
    let with = |name: &str, value: &str| load(&[&format!("--{name}={value}")], &[], None).unwrap();
    assert_eq!(with("ecs", "aws").ecs, EcsEndpoint::Aws);
    let url = HttpUrl::parse("https://ecs.example:8443/path").unwrap();
    assert_eq!(with("ecs", "https://ecs.example:8443/path").ecs, EcsEndpoint::Url(url));
    assert_eq!(with("sandbox-state", "none").sandbox_state, None);
    assert_eq!(with("sandbox-seed", "large").sandbox_seed, SandboxSeed::Large);
    assert_eq!(with("sandbox-seed", "empty").sandbox_seed, SandboxSeed::Empty);
    assert_eq!(with("log-format", "json").log_format, LogFormat::Json);
    assert!(with("trust-forwarded-for", "yes").trust_forwarded_for);
    assert_eq!(with("site", "/srv/site").site(), PathBuf::from("/srv/site"));
    for text in ["sqlite:/var/berth.db", "sqlite:///var/berth.db"] {
        assert_eq!(with("database", text).database, Database::Sqlite("/var/berth.db".into()));
    }
    for (listen, origin) in
        [("0.0.0.0:80", "http://127.0.0.1:80"), ("[::]:3000", "http://[::1]:3000")]
    {
        assert_eq!(with("listen", listen).public_url.origin(), origin);
    }
    for (text, origin) in [
        ("https://Berth.Example", "https://berth.example"),
        ("https://berth.example:443/", "https://berth.example"),
        ("http://berth.example:8080", "http://berth.example:8080"),
    ] {
        assert_eq!(with("public-url", text).public_url.origin(), origin);
    }
    assert!(with("public-url", "https://berth.example").public_url.is_secure());
}

#[test]
fn a_free_port_is_known_once_it_is_taken() {
    let bound = "127.0.0.1:40123".parse().unwrap();
    let free = load(&["--listen", "127.0.0.1:0"], &[], None).unwrap().bound_to(bound);
    assert_eq!((free.listen, free.public_url.origin()), (bound, "http://127.0.0.1:40123"));
    let proxied = ["--listen", "127.0.0.1:0", "--public-url", "https://berth.example"];
    let proxied = load(&proxied, &[], None).unwrap().bound_to(bound);
    assert_eq!((proxied.listen, proxied.public_url.origin()), (bound, "https://berth.example"));
}

#[test]
fn a_mistake_is_one_sentence_with_its_setting_and_its_source() {
    let line = |arguments: &[&str]| load(arguments, &[], None).unwrap_err();
    let variable = |name, value| load(&[], &[(name, value)], None).unwrap_err();
    let file = |text| load(&[], &[], Some(text)).unwrap_err();
    let cases = [
        (
            line(&["--listen", "3000"]),
            "--listen on the command line: \"3000\" is not an address and port such as \
             127.0.0.1:3000.",
        ),
        (
            variable("BERTH_ECS", "gcp"),
            "BERTH_ECS in the environment: \"gcp\" is not sandbox, aws or a URL.",
        ),
        (
            variable("BERTH_ECS", "ftp://ecs"),
            "BERTH_ECS in the environment: \"ftp://ecs\" does not begin with http:// or https://.",
        ),
        (
            file("sandbox-seed = 'huge'"),
            "sandbox-seed in berth.toml: \"huge\" is not demo, empty or large.",
        ),
        (
            line(&["--public-url", "https://example.org/berth"]),
            "--public-url on the command line: \"https://example.org/berth\" has a path; the \
             console lives at the root of its host.",
        ),
        (
            line(&["--database", "mysql://u:hunter2@db"]),
            "--database on the command line: the value begins with neither sqlite: nor \
             postgres://.",
        ),
        (
            file("public_url = 'http://x'"),
            "berth.toml has an unknown setting public_url; did you mean public-url?",
        ),
        (file("lisen = 'x'"), "berth.toml has an unknown setting lisen; did you mean listen?"),
        (file("listen = 3000"), "listen in berth.toml must be text in quotes, not integer."),
        (
            line(&["--listen", "127.0.0.1:4566", "sandbox"]),
            "\"sandbox\" comes first, its own options after it: berth sandbox --listen \
             127.0.0.1:4566.",
        ),
        (
            line(&["--config", "other.toml"]),
            "The file other.toml, named by --config on the command line, can't be read: entity \
             not found.",
        ),
        (
            variable("BERTH_CONFIG", "other.toml"),
            "The file other.toml, named by BERTH_CONFIG in the environment, can't be read: entity \
             not found.",
        ),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
    assert!(file("log = 'info'\ndatabase = postgres://u:hunter2@db").contains("line 2"));
}

#[test]
fn the_first_word_says_what_to_serve() {
    let program = |words: &[&str]| {
        let arguments = words.iter().map(OsString::from);
        Program::parse_from(arguments, &BTreeMap::new(), |_| Err(io::ErrorKind::NotFound.into()))
    };
    let sandbox = program(&["berth", "sandbox", "--listen", "127.0.0.1:1"]).unwrap();
    let Program::Sandbox(config) = sandbox else { panic!("not the sandbox") };
    assert_eq!(config.listen.to_string(), "127.0.0.1:1");
    for words in [&["berth"][..], &["berth", "serve"], &["berth", "--region", "sandbox"]] {
        assert!(matches!(program(words), Ok(Program::Console(_))), "{words:?}");
    }
}

#[test]
fn a_password_is_never_shown() {
    let secret = "postgres://berth:hunter2@db.example/berth";
    let config = load(&[], &[("BERTH_DATABASE", secret)], None).unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
    let Database::Postgres(url) = config.database else { panic!("not PostgreSQL") };
    assert_eq!(url.expose(), secret);
    for file in ["database = postgres://u:hunter2@db", "database = 'mysql://u:hunter2@db'"] {
        assert!(!load(&[], &[], Some(file)).unwrap_err().contains("hunter2"), "{file}");
    }
}

#[test]
fn the_site_is_looked_for_where_builds_and_releases_put_it() {
    let find = |there: &'static str| {
        find_site(Some(Path::new("/opt/berth")), move |path| path == Path::new(there))
    };
    assert_eq!(find("/opt/site"), PathBuf::from("/opt/site"));
    assert_eq!(find("/opt/../site"), PathBuf::from("/opt/../site"));
    assert_eq!(find("/elsewhere"), PathBuf::from("target/site"));
    assert_eq!(find_site(None, |_| false), PathBuf::from("target/site"));
}

#[test]
fn help_names_every_setting_its_variable_and_its_default() {
    let help = command().render_help().to_string();
    for setting in SETTINGS.iter().chain([&CONFIG_FILE]) {
        let name = setting.name;
        assert!(help.contains(&format!("--{name} <{}>", setting.value)), "{name}");
        assert!(help.contains(&format!("[environment: {}]", setting.variable())), "{name}");
        assert!(help.contains(setting.help), "{name}");
        assert!(help.contains(setting.default), "{name}");
    }
}

#[test]
fn defaults_in_the_help_are_the_defaults_in_force() {
    let nothing = load(&[], &[], None).unwrap();
    for setting in SETTINGS.iter().filter(|setting| !setting.default.contains(' ')) {
        if setting.default.is_empty() {
            continue;
        }
        let argument = format!("--{}={}", setting.name, setting.default);
        assert_eq!(load(&[&argument], &[], None).unwrap(), nothing, "{argument}");
    }
}

#[test]
fn the_readme_has_the_same_table() {
    let readme = include_str!("../../../README.md");
    let mut table =
        String::from("| Setting | Variable | Default | What it does |\n|---|---|---|---|\n");
    for setting in std::iter::once(&CONFIG_FILE).chain(SETTINGS) {
        let Setting { name, value, default, help } = setting;
        let variable = setting.variable();
        table += &format!("| `--{name} {value}` | `{variable}` | {default} | {help} |\n");
    }
    assert!(readme.contains(&table), "README.md's configuration table should be:\n\n{table}");
}
