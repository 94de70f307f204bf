use super::Query;

/// An instance with two tasks.
fn values(subject: &str) -> Vec<String> {
    let all: &[&str] = match subject {
        "attribute:ecs.instance-type" => &["m7i.large"],
        "attribute:ecs.availability-zone" => &["eu-central-1a"],
        "attribute:stack" => &["prod"],
        "agentConnected" => &["true"],
        "agentVersion" => &["1.99.0"],
        "ec2InstanceId" => &["i-0abc"],
        "registeredAt" => &["2026-09-21T10:00:00Z"],
        "runningTasksCount" => &["12"],
        "task:group" => &["service:web", "family:job"],
        _ => &[],
    };
    all.iter().map(|value| (*value).to_owned()).collect()
}

#[test]
fn the_table_of_expressions() {
    for (text, wanted) in [
        ("attribute:ecs.instance-type == m7i.large", true),
        ("attribute:ecs.instance-type equals m7i.xlarge", false),
        ("attribute:ecs.instance-type =~ m7i.*", true),
        ("attribute:ecs.instance-type =~ m7i", false),
        ("(attribute:ecs.instance-type matches (t3|m7i)\\..*)", true),
        ("attribute:ecs.instance-type !~ 't3.*'", true),
        ("attribute:stack exists", true),
        ("attribute:rack exists", false),
        ("attribute:rack !exists and attribute:rack not_exists", true),
        ("attribute:rack != a", true),
        ("attribute:ecs.availability-zone in [eu-central-1a, 'eu-central-1b']", true),
        ("attribute:ecs.availability-zone !in [eu-central-1a]", false),
        ("attribute:ecs.availability-zone not_in [eu-central-1c]", true),
        ("task:group == service:web", true),
        ("task:group == service:db", false),
        ("task:group != service:web", false),
        ("not (task:group == service:db)", true),
        ("!(task:group == service:web)", false),
        ("runningTasksCount > 2", true),
        ("runningTasksCount <= 2", false),
        ("runningTasksCount less_than 100", true),
        ("agentVersion >= 1.100.0", false),
        ("registeredAt < 2026-10-01", true),
        ("agentConnected == true && ec2InstanceId == i-0abc", true),
        ("agentConnected == false || ec2InstanceId == i-0abc", true),
        ("agentConnected == false or attribute:stack == prod and ec2InstanceId == x", false),
        ("(agentConnected == true or attribute:stack == x) AND ec2InstanceId == x", false),
    ] {
        let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(query.holds(&values), wanted, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_pointed_at() {
    let deep = "(".repeat(40);
    let long = format!("attribute:a == {}", "x".repeat(2_000));
    for (text, said) in [
        ("", "at character 1: expected a subject"),
        ("color == red", "at character 1: not a subject"),
        ("attribute: == red", "at character 1: not a subject"),
        ("attribute:a is b", "at character 13: expected an operator"),
        ("attribute:a == ", "at character 16: expected a value"),
        ("attribute:a in b", "at character 16: expected [ and a list"),
        ("attribute:a in [b", "at character 18: expected , or ]"),
        ("(attribute:a exists", "at character 20: expected )"),
        ("attribute:a exists )", "at character 20: expected the end"),
        ("attribute:a == 'b", "at character 16: the quote does not end"),
        ("attribute:a =~ [", "at character 16: not a regular expression"),
        (&deep, "too many parentheses"),
        (&long, "at most 2000 characters"),
    ] {
        let error = Query::parse(text).expect_err(text).to_string();
        assert!(error.contains(said), "{text}: {error}");
    }
}
