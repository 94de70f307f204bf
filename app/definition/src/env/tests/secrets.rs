use serde_json::json;

use crate::document::Document;
use crate::env::*;

#[test]
fn what_looks_like_a_secret_says_why() {
    let random = "k3JfQ9xZ1bV7mN0pRt5yLw2E";
    for (name, value, word) in [
        ("DB_PASSWORD", "hunter22", "password"),
        ("dbPassword", "hunter22", "password"),
        ("MYSQL_PWD", "hunter22", "password"),
        ("REDIS_PASS", "hunter22", "password"),
        ("CLIENT_SECRET", "abc", "secret"),
        ("GITHUB_TOKEN", "abc", "token"),
        ("STRIPE_API_KEY", "abc", "key"),
        ("AWS_SECRET_ACCESS_KEY", "abc", "secret"),
        ("PRIVATE_KEY", "abc", "key"),
        ("GOOGLE_CREDENTIALS", "{}", "credential"),
        ("ANY", "AKIAIOSFODNN7EXAMPLE", "AWS access key"),
        ("ANY", "id=AKIAIOSFODNN7EXAMPLE;", "AWS access key"),
        ("ANY", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmVk", "JWT"),
        ("ANY", "-----BEGIN RSA PRIVATE KEY-----\nx", "private key"),
        ("DATABASE_URL", "postgres://app:hunter22@db:5432/shop", "address"),
        ("ANY", "ghp_0123456789abcdef0123", "access token"),
        ("ANY", "https://hooks.slack.com/services/T0/B0/x", "post"),
        ("ANY", random, "chance"),
        ("ANY", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "chance"),
    ] {
        let said = looks_secret(name, value);
        assert!(said.is_some_and(|said| said.contains(word)), "{name}={value}: {said:?}");
    }
    for (name, value) in [
        ("DB_PASSWORD", ""),
        ("DB_PASSWORD", "${DB_PASSWORD}"),
        ("DB_PASSWORD_FILE", "/run/secrets/db"),
        ("USE_TOKEN", "true"),
        ("TOKEN_TTL", "3600"),
        ("SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:1:secret:x"),
        ("MAX_TOKENS", "4096000"),
        ("PWD", "home/app"),
        ("PASSENGER_MODE", "fleet"),
        ("DATABASE_URL", "postgres://db:5432/shop"),
        ("DATABASE_URL", "postgres://app@db:5432/shop"),
        ("GIT_COMMIT", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"),
        ("RELEASE", random),
        ("SUBNET", "subnet-0a1b2c3d4e5f60718"),
        ("QUEUE", "https://sqs.eu-west-1.amazonaws.com/123456789012/orders"),
        ("CLUSTER", "checkout-production-cluster-eu-west-1"),
        ("TRACE", "1f8c9a52-6d2b-4c39-8f3a-1d2c3b4a5e6f"),
        ("LOG_LEVEL", "debug"),
    ] {
        assert_eq!(looks_secret(name, value), None, "{name}={value}");
    }
}

#[test]
fn a_parameter_gets_a_name_that_ssm_takes() {
    for (family, container, variable, name) in [
        ("web", "app", "DB_PASSWORD", "/web/app/DB_PASSWORD"),
        ("", "", "A B", "/task/A-B"),
        ("aws-web", "app", "X", "/my-aws-web/app/X"),
    ] {
        assert_eq!(parameter_name(family, container, variable), name);
    }
}

#[test]
fn a_command_stores_the_value_where_it_is_kept() {
    const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:1:secret:web/db-Ab12Cd";
    let with_key = format!("{SECRET}:password::");
    for (kept_at, command) in [
        ("/web/app/X", Some("ssm put-parameter --type SecureString --name /web/app/X --value")),
        (
            "arn:aws:ssm:eu-west-1:1:parameter/web/app/X",
            Some("ssm put-parameter --type SecureString --name /web/app/X --value"),
        ),
        (
            "arn:aws:ssm:eu-west-1:1:parameter/X",
            Some("ssm put-parameter --type SecureString --name X --value"),
        ),
        ("it's", Some("ssm put-parameter --type SecureString --name 'it'\\''s' --value")),
        (
            SECRET,
            Some(
                "secretsmanager put-secret-value --secret-id arn:aws:secretsmanager:eu-west-1:1:secret:web/db-Ab12Cd --secret-string",
            ),
        ),
        (&with_key, None),
    ] {
        let wanted = command.map(|store| format!("read -rs VALUE && aws {store} \"$VALUE\""));
        assert_eq!(store_command(kept_at), wanted, "{kept_at}");
    }
}

fn document() -> Document {
    Document::new(json!({"family": "web", "containerDefinitions": [{
        "name": "app",
        "environment": [
            {"name": "A", "value": "1"},
            {"name": "KEY", "value": "hunter22", "later": true}
        ]
    }]}))
    .unwrap()
}

#[test]
fn a_variable_becomes_a_secret_and_its_value_is_handed_back() {
    let mut document = document();
    let container = "containerDefinitions.0";
    let taken = into_secret(&mut document, container, 1, "/web/app/KEY").unwrap();
    assert_eq!((taken.name.as_str(), taken.value.as_str()), ("KEY", "hunter22"));
    assert_eq!(
        document.get(container).unwrap(),
        &json!({
            "name": "app",
            "environment": [{"name": "A", "value": "1"}],
            "secrets": [{"name": "KEY", "later": true, "valueFrom": "/web/app/KEY"}]
        })
    );
    into_secret(&mut document, container, 0, "/web/app/A").unwrap();
    assert_eq!(document.get("containerDefinitions.0.environment"), None);
    assert_eq!(document.items("containerDefinitions.0.secrets").len(), 2);
    assert_eq!(into_secret(&mut document, container, 0, "x"), None);
}

#[test]
fn the_source_that_wins_is_known() {
    let container = json!({
        "environment": [
            {"name": "A", "value": "1"}, {"name": "B", "value": "2"}, {"name": "A", "value": "3"},
            {"name": "", "value": "not named yet"}
        ],
        "secrets": [{"name": "B", "valueFrom": "/b"}, {"name": "C", "valueFrom": "/c"}]
    });
    let file = |lines: &[(&str, &str)]| -> Vec<(String, String)> {
        lines.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
    };
    let files = [file(&[("A", "f"), ("D", "1"), ("D", "2")]), file(&[("D", "3"), ("E", "4")])];
    let found = effective(&container, &files);
    let found: Vec<_> = found
        .iter()
        .map(|e| (e.name.as_str(), e.source, e.value_shown.as_str(), e.shadowed.len(), e.refused))
        .collect();
    assert_eq!(
        found,
        [
            ("A", Source::Environment(2), "3", 2, false),
            ("B", Source::Environment(1), "2", 1, true),
            ("C", Source::Secret(1), "/c", 0, false),
            ("D", Source::File(0), "2", 1, false),
            ("E", Source::File(1), "4", 0, false),
        ]
    );
}

#[test]
fn rows_that_did_not_change_are_taken_over() {
    let read = |value: &str, before: Option<&Table>| {
        let container = json!({
            "environment": [{"name": "A", "value": value}, {"name": "TOKEN", "value": "abc"}],
            "secrets": [{"name": "A", "valueFrom": "/a"}, {"name": "", "valueFrom": ""}]
        });
        Table::read(Some(&container), before)
    };
    let before = read("1", None);
    let after = read("2", Some(&before));
    assert_eq!((before.suspects(), before.variables[1].suspect.is_some()), (1, true));
    assert!(std::sync::Arc::ptr_eq(&before.variables[1], &after.variables[1]));
    assert_eq!((before.variables[0].value.as_str(), after.variables[0].value.as_str()), ("1", "2"));
    assert_eq!(after.twice.iter().map(String::as_str).collect::<Vec<_>>(), ["A"]);
    assert_eq!(Table::read(None, Some(&after)), Table::default());
}
