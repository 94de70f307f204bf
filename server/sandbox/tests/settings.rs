//! Stories on account settings.

mod support;

use berth_sandbox::Seed;
use serde_json::{Value, json};
use support::{Story, list, text};

const ROOT: &str = "arn:aws:iam::000000000000:root";
const OTHER: &str = "arn:aws:iam::000000000000:user/somebody";

fn listed(story: &Story, body: Value) -> Vec<(String, String, String)> {
    let answer = story.ask("ListAccountSettings", body);
    list(&answer["settings"])
        .iter()
        .map(|item| (text(&item["name"]), text(&item["value"]), text(&item["principalArn"])))
        .collect()
}

fn insights(story: &Story, body: Value) -> Value {
    story.ask("CreateCluster", body)["cluster"]["settings"][0]["value"].clone()
}

#[test]
fn own_settings_win_over_those_of_the_account() {
    let story = Story::with(Seed::Empty, None);
    assert!(listed(&story, json!({})).is_empty(), "nothing is set in a new account");
    let name = "containerInsights";
    story.ask("PutAccountSettingDefault", json!({"name": name, "value": "enabled"}));
    assert!(listed(&story, json!({})).is_empty(), "the caller has set nothing");
    let effective = |principal: Value| {
        let body = json!({"effectiveSettings": true, "name": name, "principalArn": principal});
        listed(&story, body)[0].clone()
    };
    assert_eq!(effective(json!(null)), (name.into(), "enabled".into(), ROOT.into()));
    let own = story.ask("PutAccountSetting", json!({"name": name, "value": "enhanced"}));
    let caller = text(&own["setting"]["principalArn"]);
    assert_eq!(caller, "arn:aws:iam::000000000000:role/berth-sandbox");
    assert_eq!(effective(json!(null)), (name.into(), "enhanced".into(), caller.clone()));
    assert_eq!(effective(json!(OTHER)), (name.into(), "enabled".into(), ROOT.into()));
    assert_eq!(listed(&story, json!({})), [(name.into(), "enhanced".into(), caller.clone())]);
    assert_eq!(insights(&story, json!({"clusterName": "one"})), "enhanced");
    let gone = story.ask("DeleteAccountSetting", json!({"name": name}));
    assert_eq!(gone["setting"]["value"], "enabled");
    assert!(listed(&story, json!({})).is_empty());
    assert_eq!(insights(&story, json!({"clusterName": "two"})), "enabled");
    let own = json!([{"name": "containerInsights", "value": "disabled"}]);
    assert_eq!(insights(&story, json!({"clusterName": "three", "settings": own})), "disabled");
    story.ask("DeleteAccountSetting", json!({"name": name, "principalArn": ROOT}));
    assert_eq!(insights(&story, json!({"clusterName": "four"})), "disabled");
}

#[test]
fn the_list_is_paged_and_filtered() {
    let story = Story::with(Seed::Empty, None);
    let first = story.ask("ListAccountSettings", json!({"effectiveSettings": true}));
    assert_eq!(list(&first["settings"]).len(), 10, "ten a page");
    let body = json!({"effectiveSettings": true, "nextToken": first["nextToken"]});
    assert_eq!(list(&story.ask("ListAccountSettings", body)["settings"]).len(), 1);
    let wanted =
        |value: &str| json!({"effectiveSettings": true, "name": "fargateFIPSMode", "value": value});
    assert_eq!(listed(&story, wanted("disabled")).len(), 1);
    assert!(listed(&story, wanted("enabled")).is_empty());
    let managed = story.ask(
        "ListAccountSettings",
        json!({"effectiveSettings": true, "name": "guardDutyActivate"}),
    );
    assert_eq!(managed["settings"][0]["type"], "aws_managed");
}

#[test]
fn what_cannot_be_set_is_refused() {
    let story = Story::with(Seed::Empty, None);
    let period = "fargateTaskRetirementWaitPeriod";
    let table = [
        (
            "PutAccountSetting",
            json!({"name": "taskLongArnFormat", "value": "ENABLED"}),
            "Invalid setting 'value'",
        ),
        (
            "PutAccountSetting",
            json!({"name": "tagResourceAuthorization", "value": "enabled"}),
            "Invalid setting 'value'",
        ),
        (
            "PutAccountSetting",
            json!({"name": "colour", "value": "red"}),
            "colour should be one of [",
        ),
        ("PutAccountSetting", json!({"name": "taskLongArnFormat"}), "Value cannot be empty."),
        ("PutAccountSetting", json!({"name": period, "value": "14"}), "You must use the root user"),
        (
            "PutAccountSettingDefault",
            json!({"name": period, "value": "8"}),
            "Invalid setting 'value'",
        ),
        (
            "PutAccountSettingDefault",
            json!({"name": "guardDutyActivate", "value": "on"}),
            "The account setting guardDutyActivate is read-only.",
        ),
        (
            "PutAccountSetting",
            json!({"name": "containerInsights", "value": "enabled", "principalArn": "arn:aws:iam::111111111111:root"}),
            "Invalid principal ARN",
        ),
        ("DeleteAccountSetting", json!({}), "Name cannot be empty."),
        (
            "ListAccountSettings",
            json!({"value": "enabled"}),
            "You must specify an account setting name",
        ),
    ];
    for (operation, body, sentence) in table {
        let (code, message) = story.refused(operation, body);
        assert_eq!(code, "InvalidParameterException");
        assert!(message.starts_with(sentence), "{message}");
    }
    let body = json!({"name": period, "value": "14", "principalArn": ROOT});
    story.ask("PutAccountSetting", body);
    let body = json!({"effectiveSettings": true, "name": period});
    assert_eq!(listed(&story, body)[0].1, "14");
}
