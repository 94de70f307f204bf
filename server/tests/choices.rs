//! What forms choose from: who may cause a call to AWS, and how few there are.

mod support;

use std::time::Duration;

use berth_app::error::AppError;
use berth_app::task_definitions::choices::api::ReadChoices;
use berth_app::task_definitions::model::{ChoiceKind, Choices};
use berth_app::team::model::Role;
use berth_sandbox::Weather;
use support::{Client, TestConsole};

async fn ask(client: &mut Client, kind: ChoiceKind) -> Result<Choices, AppError> {
    client.call(&ReadChoices { kind, search: String::new(), again: false }).await
}

fn asked(console: &TestConsole, operation: &str) -> u64 {
    let calls = console.sandbox().calls();
    calls.iter().find(|call| call.operation == operation).map_or(0, |call| call.count)
}

#[tokio::test]
async fn a_viewer_and_a_visitor_cause_no_call() {
    let console = TestConsole::demo().await;
    let mut viewer = console.member(Role::Viewer).await;
    let mut visitor = console.visitor();
    for client in [&mut viewer, &mut visitor] {
        for kind in
            [ChoiceKind::Roles, ChoiceKind::Secrets, ChoiceKind::Images("shop/search-api".into())]
        {
            let said = ask(client, kind).await;
            assert!(
                matches!(said, Err(AppError::NotAllowed(_) | AppError::SignInRequired)),
                "{said:?}"
            );
        }
    }
    assert_eq!(asked(&console, "iam:ListRoles"), 0);
    assert_eq!(asked(&console, "secretsmanager:ListSecrets"), 0);
    assert_eq!(asked(&console, "ecr:DescribeImages"), 0);
}

#[tokio::test]
async fn twenty_operators_cause_one_call() {
    let console = TestConsole::demo().await;
    let operator = console.member(Role::Operator).await;
    let mut crowd: Vec<Client> = (0..20).map(|_| operator.clone()).collect();
    let answers =
        futures::future::join_all(crowd.iter_mut().map(|one| ask(one, ChoiceKind::Roles))).await;
    for answer in answers {
        let names: Vec<String> = answer.unwrap().items.into_iter().map(|one| one.name).collect();
        assert!(names.iter().any(|name| name == "shop-task-execution"), "{names:?}");
        assert!(!names.iter().any(|name| name == "shop-ci-deploy"), "it does not trust tasks");
    }
    assert_eq!(asked(&console, "iam:ListRoles"), 1);

    console.clock.advance(Duration::from_secs(59));
    ask(&mut crowd[0], ChoiceKind::Roles).await.unwrap();
    assert_eq!(asked(&console, "iam:ListRoles"), 1);
    console.clock.advance(Duration::from_secs(2));
    ask(&mut crowd[0], ChoiceKind::Roles).await.unwrap();
    assert_eq!(asked(&console, "iam:ListRoles"), 2);
}

#[tokio::test]
async fn a_newer_list_is_to_be_had_but_not_without_end() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let again = ReadChoices { kind: ChoiceKind::LogGroups, search: String::new(), again: true };
    for _ in 0..5 {
        operator.call(&again).await.unwrap();
    }
    assert_eq!(asked(&console, "logs:DescribeLogGroups"), 1);
    console.clock.advance(Duration::from_secs(4));
    operator.call(&again).await.unwrap();
    assert_eq!(asked(&console, "logs:DescribeLogGroups"), 2);
}

#[tokio::test]
async fn a_missing_right_is_data_and_remembered() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let deny = Some("ListSecrets".to_owned());
    console.sandbox().set_weather(Weather { deny, ..Weather::default() });
    for _ in 0..3 {
        let choices = ask(&mut operator, ChoiceKind::Secrets).await.unwrap();
        assert_eq!(choices.missing_right.as_deref(), Some("secretsmanager:ListSecrets"));
        assert_eq!(choices.items, []);
    }
    assert_eq!(asked(&console, "secretsmanager:ListSecrets"), 1);
    console.sandbox().set_weather(Weather::default());
    console.clock.advance(Duration::from_secs(61));
    let choices = ask(&mut operator, ChoiceKind::Secrets).await.unwrap();
    assert_eq!(choices.missing_right, None);
    assert!(!choices.items.is_empty());
}

#[tokio::test]
async fn trouble_leaves_what_was_known() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let before = ask(&mut operator, ChoiceKind::Roles).await.unwrap();
    console.sandbox().set_weather(Weather { outage: true, ..Weather::default() });
    console.clock.advance(Duration::from_secs(61));
    let after = ask(&mut operator, ChoiceKind::Roles).await.unwrap();
    assert_eq!(before.items, after.items);
    let said = after.trouble.unwrap();
    assert_eq!(said, "IAM can't be reached, or does not answer in time.");
}

#[tokio::test]
async fn what_has_no_name_is_not_asked_for() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    for kind in [ChoiceKind::Images(String::new()), ChoiceKind::AccessPoints("x".repeat(600))] {
        let said = ask(&mut operator, kind).await;
        assert!(matches!(said, Err(AppError::NotFound(_))), "{said:?}");
    }
    assert_eq!(asked(&console, "ecr:DescribeImages"), 0);
}
