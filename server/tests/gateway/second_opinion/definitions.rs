//! Task definitions and their documents.

use super::*;

stories! {
    a_task_definition_comes_and_goes,
    a_document_is_read_as_it_was_registered,
    a_document_that_does_not_hold_is_refused,
}

async fn a_task_definition_comes_and_goes(ground: &Ground) {
    let gateway = &ground.gateway;
    assert_eq!(gateway.families().await.unwrap(), []);
    for wanted in ["web:1", "web:2", "jobs:1"] {
        let family = wanted.split(':').next().unwrap();
        let registered = gateway.register_task_definition(fargate(family)).await;
        assert_eq!(registered, Ok(revision(wanted)));
    }
    let family = |name: &str, active: &[u32], inactive: &[u32]| Family {
        name: name.parse().unwrap(),
        active: active.to_vec(),
        inactive: inactive.to_vec(),
        changed_at: None,
    };
    // When they were registered is chance here.
    let families = || async {
        let mut families = gateway.families().await.unwrap();
        families.iter_mut().for_each(|family| family.changed_at = None);
        families
    };
    let wanted = [family("jobs", &[1], &[]), family("web", &[2, 1], &[])];
    assert_eq!(families().await, wanted);
    assert_eq!(gateway.task_definition(&revision("web:1")).await.unwrap().status, "ACTIVE");

    gateway.deregister_task_definition(revision("web:1")).await.unwrap();
    let wanted = [family("jobs", &[1], &[]), family("web", &[2], &[1])];
    assert_eq!(families().await, wanted);
    assert_eq!(gateway.task_definition(&revision("web:1")).await.unwrap().status, "INACTIVE");
    let name: FamilyName = "web".parse().unwrap();
    let touched = ground.touched(Touched::Family(name)).await;
    let [Found::Family(web)] = &touched[..] else { panic!("{touched:?}") };
    assert_eq!((&web.active[..], &web.inactive[..]), (&[2][..], &[1][..]));

    // Its number is not given again.
    gateway.deregister_task_definition(revision("web:2")).await.unwrap();
    let registered = gateway.register_task_definition(fargate("web")).await;
    assert_eq!(registered, Ok(revision("web:3")));

    let missing = AppError::NotFound("There is no task definition web:9.".into());
    assert_eq!(gateway.task_definition(&revision("web:9")).await, Err(missing));
    let (said, next) = refused(gateway.deregister_task_definition(revision("web:9")).await);
    assert_eq!(said, "Unable to describe task definition.");
    assert_eq!(next, "Correct what the sentence names and send it again.");
}

async fn a_document_is_read_as_it_was_registered(ground: &Ground) {
    let gateway = &ground.gateway;
    let app = json!({
        "name": "app",
        "image": "shop/web:1.0",
        "cpu": 128,
        "memory": 256,
        "memoryReservation": 128,
        "essential": true,
        "command": ["serve", "--port", "80"],
        "environment": [{"name": "MODE", "value": "live"}],
        "secrets": [{"name": "KEY", "valueFrom": "arn:aws:ssm:eu-central-1:123456789012:parameter/key"}],
        "portMappings": [{"containerPort": 80, "hostPort": 80, "protocol": "tcp", "name": "http"}],
        "mountPoints": [{"sourceVolume": "data", "containerPath": "/data", "readOnly": true}],
        "dependsOn": [{"containerName": "proxy", "condition": "START"}],
        "healthCheck": {
            "command": ["CMD-SHELL", "true"],
            "interval": 30, "timeout": 5, "retries": 3, "startPeriod": 10,
        },
        "logConfiguration": {"logDriver": "awslogs", "options": {
            "awslogs-group": "web", "awslogs-region": "eu-central-1", "awslogs-stream-prefix": "web",
        }},
        "dockerLabels": {"team": "blue"},
        "readonlyRootFilesystem": true,
        "volumesFrom": [],
        "systemControls": [],
    });
    let mut written = fargate("web");
    written["containerDefinitions"] =
        json!([app, {"name": "proxy", "image": "shop/proxy:2", "memory": 64, "essential": false}]);
    written["volumes"] = json!([{"name": "data"}]);
    written["taskRoleArn"] = json!("arn:aws:iam::123456789012:role/task");
    written["executionRoleArn"] = json!("arn:aws:iam::123456789012:role/execution");
    written["runtimePlatform"] =
        json!({"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"});
    written["ephemeralStorage"] = json!({"sizeInGiB": 40});
    let mut sent = written.clone();
    sent["tags"] = json!([{"key": "team", "value": "blue"}]);
    let first = gateway.register_task_definition(sent).await.unwrap();
    let read = gateway.task_definition(&first).await.unwrap();
    assert_eq!(read.revision, revision("web:1"));
    assert!(read.arn.ends_with(":task-definition/web:1"), "{}", read.arn);
    assert_eq!(read.tags, [tag("team", "blue")]);
    assert!(read.compatibilities.iter().any(|kind| kind == "FARGATE"));
    // Both fill in what was left out; what was written stays as it was.
    for (name, value) in written.as_object().unwrap() {
        if name != "containerDefinitions" {
            assert_eq!(read.document.get(name), Some(value), "{name}");
        }
    }
    assert_eq!(read.document["containerDefinitions"][0], app);
    let filled = json!({
        "name": "proxy", "image": "shop/proxy:2", "memory": 64, "essential": false, "cpu": 0,
        "environment": [], "mountPoints": [], "portMappings": [], "volumesFrom": [],
    });
    let mut proxy = read.document["containerDefinitions"][1].clone();
    // Since 2024, and unknown to moto.
    proxy.as_object_mut().unwrap().remove("systemControls");
    assert_eq!(proxy, filled);
    assert_eq!(read.document["placementConstraints"], json!([]));
    for name in ["taskDefinitionArn", "revision", "status", "compatibilities"] {
        assert!(read.document.get(name).is_none(), "{name}");
    }

    let second = gateway.register_task_definition(read.document.clone()).await.unwrap();
    assert_eq!(second, revision("web:2"));
    let again = gateway.task_definition(&second).await.unwrap();
    assert_eq!(again.document, read.document);
}

async fn a_document_that_does_not_hold_is_refused(ground: &Ground) {
    let without = |member: &str| {
        let mut document = fargate("web");
        let container = document["containerDefinitions"][0].as_object_mut().unwrap();
        container.remove(member).unwrap();
        document
    };
    let container = without("memory")["containerDefinitions"].take();
    let sizeless = json!({"family": "web", "containerDefinitions": container});
    let mut close = fargate("web");
    close["pidMode"] = json!("host");
    let table = [
        (without("name"), "Container.name should not be null or empty."),
        (without("image"), "Container.image should not be null or empty."),
        (
            sizeless,
            "Invalid setting for container 'app'. At least one of 'memory' or \
             'memoryReservation' must be specified.",
        ),
        (
            close,
            "Tasks using the Fargate launch type do not support pidMode 'host'. The supported \
             value for pidMode is 'task'.",
        ),
    ];
    for (document, wanted) in table {
        let (said, next) = refused(ground.gateway.register_task_definition(document).await);
        assert_eq!(said, wanted);
        assert_eq!(next, "Correct the task definition and register it again.");
    }
    assert_eq!(ground.gateway.families().await.unwrap(), []);
}
