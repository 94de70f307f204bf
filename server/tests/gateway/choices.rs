//! What the services beside ECS are asked for, and what the console makes of their answers.

use berth_app::task_definitions::model::{Choice, ChoiceKind};
use berth_sandbox::Weather;
use berth_server::ecs::Unlisted;

use super::*;

/// Every list of the demo's world.
fn kinds() -> [ChoiceKind; 11] {
    [
        ChoiceKind::Roles,
        ChoiceKind::RolePolicies("ecsTaskExecutionRole".into()),
        ChoiceKind::Repositories,
        ChoiceKind::Images("shop/storefront-web".into()),
        ChoiceKind::Secrets,
        ChoiceKind::Parameters,
        ChoiceKind::FileSystems,
        ChoiceKind::AccessPoints("fs-0a11ce00000000001".into()),
        ChoiceKind::LogGroups,
        ChoiceKind::Subnets,
        ChoiceKind::SecurityGroups,
    ]
}

async fn listed(world: &World, kind: &ChoiceKind) -> Vec<Choice> {
    let listed = world.gateway.choices(kind, "").await.unwrap();
    assert!(!listed.more, "{kind:?}");
    listed.items
}

fn values(items: &[Choice]) -> Vec<&str> {
    items.iter().map(|item| item.value.as_str()).collect()
}

#[tokio::test]
async fn every_list_is_told_in_its_services_own_protocol() {
    let world = World::new(Seed::Demo);
    world.gateway_knows_its_account().await;
    for (kind, wanted) in kinds().iter().zip([
        "arn:aws:iam::000000000000:role/shop-task-execution",
        "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        "000000000000.dkr.ecr.eu-central-1.amazonaws.com/shop/search-api",
        ":2026.10.0",
        "arn:aws:secretsmanager:eu-central-1:000000000000:secret:production/search-api/database-Ab12Cd",
        "arn:aws:ssm:eu-central-1:000000000000:parameter/production/search-api/signing-key",
        "fs-0a11ce00000000001",
        "fsap-",
        "/shop/production/search-api",
        "subnet-0a11ce00000000001",
        "sg-0a11ce00000000010",
    ]) {
        let items = listed(&world, kind).await;
        assert!(items.iter().any(|item| item.value.starts_with(wanted)), "{kind:?}: {items:?}");
        assert!(items.iter().all(|item| !item.name.is_empty()), "{kind:?}: {items:?}");
    }
}

#[tokio::test]
async fn only_roles_that_tasks_may_assume_are_offered() {
    let world = World::new(Seed::Demo);
    let roles = listed(&world, &ChoiceKind::Roles).await;
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    assert!(names.contains(&"ecsTaskExecutionRole") && names.is_sorted(), "{names:?}");
    for other in ["AWSServiceRoleForECS", "shop-ci-deploy", "shop-instance"] {
        assert!(!names.contains(&other), "{other}");
    }
}

#[tokio::test]
async fn images_come_newest_first() {
    let world = World::new(Seed::Demo);
    let images = listed(&world, &ChoiceKind::Images("shop/storefront-web".into())).await;
    assert!(images.len() > 2, "{images:?}");
    assert!(images.is_sorted_by(|one, other| one.at >= other.at), "{images:?}");
    assert!(images.iter().all(|image| image.about.ends_with(" MB")), "{images:?}");
}

#[tokio::test]
async fn a_missing_right_is_named() {
    let world = World::new(Seed::Demo);
    for (kind, right) in kinds().iter().zip([
        "iam:ListRoles",
        "iam:ListAttachedRolePolicies",
        "ecr:DescribeRepositories",
        "ecr:DescribeImages",
        "secretsmanager:ListSecrets",
        "ssm:DescribeParameters",
        "elasticfilesystem:DescribeFileSystems",
        "elasticfilesystem:DescribeAccessPoints",
        "logs:DescribeLogGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeSecurityGroups",
    ]) {
        let deny = right.split_once(':').map(|(_, operation)| operation.to_owned());
        world.sandbox.set_weather(Weather { deny, ..Weather::default() });
        let said = world.gateway.choices(kind, "").await;
        assert_eq!(said, Err(Unlisted::Right(right.into())), "{kind:?}");
        // One of the rights is of no use for the others.
        world.sandbox.set_weather(Weather::default());
        assert!(world.gateway.choices(kind, "").await.is_ok(), "{kind:?}");
    }
}

#[tokio::test]
async fn other_trouble_is_told_apart_and_names_the_service() {
    let world = World::new(Seed::Demo);
    let star = || Some("*".to_owned());
    for (weather, words) in [
        (Weather { outage: true, ..Weather::default() }, "can't be reached"),
        (Weather { throttle: star(), ..Weather::default() }, "more often than AWS allows"),
        (Weather { expired: true, ..Weather::default() }, "credentials"),
    ] {
        world.sandbox.set_weather(weather);
        for kind in kinds() {
            let Err(Unlisted::Trouble(said)) = world.gateway.choices(&kind, "").await else {
                panic!("{kind:?}")
            };
            assert!(said.contains(words), "{kind:?}: {said}");
        }
    }
    world.sandbox.set_weather(Weather::default());
    let none = ChoiceKind::Images("shop/none".into());
    let Err(Unlisted::Trouble(said)) = world.gateway.choices(&none, "").await else { panic!() };
    assert!(said.starts_with("Amazon ECR says: The repository with name 'shop/none'"), "{said}");
}

#[tokio::test]
async fn what_is_throttled_is_tried_again_a_few_times() {
    let world = World::new(Seed::Demo);
    let throttle = Some("ListRoles".to_owned());
    world.sandbox.set_weather(Weather { throttle, ..Weather::default() });
    assert!(world.gateway.choices(&ChoiceKind::Roles, "").await.is_err());
    assert_eq!(world.asked("iam:ListRoles"), 3);
}

/// A world in which one task definition names as many parameters, secrets and log groups.
fn large(count: usize) -> World {
    let world = World::new(Seed::Empty);
    for part in 0..count.div_ceil(10) {
        let containers: Vec<Value> = (0..10)
            .map(|at| {
                let number = part * 10 + at;
                json!({"name": format!("c{number}"), "image": "shop/web:1",
                    "secrets": [{"name": "KEY", "valueFrom": format!("arn:aws:ssm:eu-central-1:000000000000:parameter/key-{number:04}")}],
                    "logConfiguration": {"logDriver": "awslogs", "options": {
                        "awslogs-group": format!("/group/{number:04}"), "awslogs-region": "eu-central-1", "awslogs-stream-prefix": "ecs",
                    }}})
            })
            .collect();
        let mut document = document("large");
        document["executionRoleArn"] = json!("arn:aws:iam::000000000000:role/exec");
        document["containerDefinitions"] = json!(containers);
        world.ask("RegisterTaskDefinition", document);
    }
    world
}

#[tokio::test]
async fn long_lists_are_followed_and_very_long_ones_narrowed() {
    let world = large(120);
    assert_eq!(listed(&world, &ChoiceKind::LogGroups).await.len(), 120);
    assert_eq!(world.asked("logs:DescribeLogGroups"), 3);

    let world = large(400);
    for kind in [ChoiceKind::LogGroups, ChoiceKind::Parameters] {
        let whole = world.gateway.choices(&kind, "").await.unwrap();
        assert_eq!((whole.items.len(), whole.more), (300, true), "{kind:?}");
        let narrowed = world.gateway.choices(&kind, "0399").await.unwrap();
        let found = values(&narrowed.items);
        assert!(found.len() == 1 && found[0].ends_with("0399"), "{found:?}");
        assert!(!narrowed.more);
    }
}
