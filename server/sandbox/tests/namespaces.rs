//! Stories on ListServicesByNamespace.

mod support;

use serde_json::{Value, json};
use support::{Story, list, network, text};

fn names(story: &Story, namespace: &str) -> Vec<String> {
    let body = json!({"namespace": namespace, "maxResults": 100});
    let answer = story.ask("ListServicesByNamespace", body);
    list(&answer["serviceArns"])
        .iter()
        .map(|arn| text(arn).rsplit(":service/").next().expect("a key").to_owned())
        .collect()
}

#[test]
fn services_of_all_clusters_meet_in_a_namespace() {
    let story = Story::new();
    let body = json!({"clusterName": "market", "serviceConnectDefaults": {"namespace": "town"}});
    let cluster = story.ask("CreateCluster", body)["cluster"].clone();
    let arn = text(&cluster["serviceConnectDefaults"]["namespace"]);
    assert!(names(&story, "town").is_empty());
    story.family("web", "shop/web:1");
    let create =
        |cluster: &str, name: &str, connect: Value| {
            story.ask("CreateService", json!({
            "cluster": cluster, "serviceName": name, "taskDefinition": "web", "desiredCount": 0,
            "launchType": "FARGATE", "networkConfiguration": network(),
            "serviceConnectConfiguration": connect,
        }));
        };
    create("shop", "by-name", json!({"enabled": true, "namespace": "town"}));
    create("shop", "by-arn", json!({"enabled": true, "namespace": arn}));
    create("market", "by-default", json!({"enabled": true}));
    create("market", "off", json!({"enabled": false, "namespace": "town"}));
    create("market", "elsewhere", json!({"enabled": true, "namespace": "village"}));
    create("shop", "alone", Value::Null);
    let wanted = ["market/by-default", "shop/by-arn", "shop/by-name"];
    assert_eq!(names(&story, "town"), wanted);
    assert_eq!(names(&story, &arn), wanted);
    assert_eq!(names(&story, "village"), ["market/elsewhere"]);
    let page = story.ask("ListServicesByNamespace", json!({"namespace": "town", "maxResults": 2}));
    let body = json!({"namespace": "town", "maxResults": 2, "nextToken": page["nextToken"]});
    assert_eq!(list(&story.ask("ListServicesByNamespace", body)["serviceArns"]).len(), 1);
    let (code, _) = story.refused("ListServicesByNamespace", json!({"namespace": "nowhere"}));
    assert_eq!(code, "NamespaceNotFoundException");
    story.refused("ListServicesByNamespace", json!({}));
}
