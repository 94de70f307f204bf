use serde_json::{Value, json};

use super::super::{Fate, Kind};
use super::{holds, noted, only, started};

const SHOP: &str = r#"
name: shop
x-common: &common
  restart: always
  environment: &env
    LOG: info
services:
  web:
    <<: *common
    build: .
    ports:
      - "8080:80"
      - target: 9000
        published: "9000"
        protocol: udp
    environment:
      <<: *env
      DB: postgres://db:5432/${DATABASE:-shop}
      TOKEN:
      PRICE: $$5
    depends_on:
      db: { condition: service_healthy }
      migrate: { condition: service_completed_successfully }
    env_file: .env
    profiles: [full]
    networks: [back]
    deploy:
      replicas: 2
      resources:
        limits: { cpus: "0.5", memory: 512M }
        reservations: { memory: 256M }
  db:
    image: postgres:${PG_VERSION}
    volumes:
      - data:/var/lib/postgresql/data
      - ./init.sql:/docker-entrypoint-initdb.d/init.sql:ro
      - type: tmpfs
        target: /tmp/x
    healthcheck:
      test: ["CMD-SHELL", "pg_isready"]
      interval: 1m30s
      timeout: 500ms
      retries: 5
      start_period: 10s
    secrets: [password]
  migrate:
    image: shop/migrate
    command: bundle exec "rake db:migrate"
    depends_on: [db]
    restart: on-failure
    user: 1000
    ulimits: { nofile: { soft: 10, hard: 20 } }
volumes:
  data:
    external: true
networks: { back: {} }
secrets: { password: { file: ./password } }
"#;

#[test]
fn each_service_is_a_container() {
    let started = started(SHOP);
    assert_eq!(started.kind, Kind::Compose);
    let shop = &started.documents[0];
    holds(
        shop,
        &[
            ("family", json!("shop")),
            ("requiresCompatibilities", json!(["FARGATE"])),
            ("networkMode", json!("awsvpc")),
            ("cpu", json!("512")),
            ("memory", json!("1024")),
            ("volumes", json!([{"name": "data"}])),
            (
                "containerDefinitions.0",
                json!({
                    "name": "web", "image": "", "essential": true,
                    "portMappings": [{"containerPort": 80, "protocol": "tcp"}, {"containerPort": 9000, "protocol": "udp"}],
                    "environment": [
                        {"name": "DB", "value": "postgres://db:5432/shop"}, {"name": "TOKEN", "value": ""},
                        {"name": "PRICE", "value": "$5"}, {"name": "LOG", "value": "info"}
                    ],
                    "dependsOn": [{"containerName": "db", "condition": "HEALTHY"}, {"containerName": "migrate", "condition": "SUCCESS"}],
                    "memory": 512, "memoryReservation": 256, "cpu": 512,
                    "restartPolicy": {"enabled": true}
                }),
            ),
            (
                "containerDefinitions.1",
                json!({
                    "name": "db", "image": "postgres:${PG_VERSION}", "essential": true,
                    "mountPoints": [{"sourceVolume": "data", "containerPath": "/var/lib/postgresql/data"}],
                    "linuxParameters": {"tmpfs": [{"containerPath": "/tmp/x", "size": 64}]},
                    "healthCheck": {"command": ["CMD-SHELL", "pg_isready"], "interval": 90, "timeout": 1, "startPeriod": 10, "retries": 5}
                }),
            ),
            (
                "containerDefinitions.2",
                json!({
                    "name": "migrate", "image": "shop/migrate", "essential": false,
                    "command": ["bundle", "exec", "rake db:migrate"],
                    "dependsOn": [{"containerName": "db", "condition": "START"}],
                    "restartPolicy": {"enabled": true, "ignoredExitCodes": [0]},
                    "user": "1000", "ulimits": [{"name": "nofile", "softLimit": 10, "hardLimit": 20}]
                }),
            ),
        ],
    );
    let open = noted(shop, Fate::Open);
    for path in [
        "containerDefinitions.0.image",
        "containerDefinitions.0.environment.1.value",
        "services.db.image",
    ] {
        assert!(open.contains(&path), "{path} in {open:?}");
    }
    let left_out = noted(shop, Fate::LeftOut);
    for path in [
        "containerDefinitions.0.build",
        "containerDefinitions.0.env_file",
        "containerDefinitions.0.profiles",
        "containerDefinitions.0.networks",
        "containerDefinitions.0.deploy.replicas",
        "containerDefinitions.1.secrets",
        "./init.sql:/docker-entrypoint-initdb.d/init.sql",
        "volumes.data",
        "networks",
        "secrets",
    ] {
        assert!(left_out.contains(&path), "{path} in {left_out:?}");
    }
}

#[test]
fn each_member_goes_where_it_belongs() {
    let table: [(&str, &str, Value); 25] = [
        ("entrypoint: [\"/bin/sh\", \"-c\"]", "entryPoint", json!(["/bin/sh", "-c"])),
        ("command: echo 'a b' && c; d", "command", json!(["echo", "a b", "&&", "c;", "d"])),
        (
            "environment: [A=1, B=x=y]",
            "environment",
            json!([{"name": "A", "value": "1"}, {"name": "B", "value": "x=y"}]),
        ),
        (
            "environment: { ON: true, N: 5432 }",
            "environment",
            json!([{"name": "ON", "value": "true"}, {"name": "N", "value": "5432"}]),
        ),
        ("labels: [a.b=c]", "dockerLabels", json!({"a.b": "c"})),
        ("ports: [3000]", "portMappings", json!([{"containerPort": 3000, "protocol": "tcp"}])),
        (
            "ports: [{ target: 80, name: Web, app_protocol: http }]",
            "portMappings",
            json!([{"containerPort": 80, "protocol": "tcp", "name": "web", "appProtocol": "http"}]),
        ),
        (
            "expose: [80, \"80\", 81]\n    ports: [\"80:80\"]",
            "portMappings.0.containerPort",
            json!(80),
        ),
        (
            "ports: [\"127.0.0.1:80:80\", \"[::1]:80:80\"]",
            "portMappings",
            json!([{"containerPort": 80, "protocol": "tcp"}]),
        ),
        (
            "expose: [53]\n    ports: [\"53:53/udp\", { target: 53, name: dns }]",
            "portMappings",
            json!([
                {"containerPort": 53, "protocol": "tcp", "name": "dns"},
                {"containerPort": 53, "protocol": "udp"}
            ]),
        ),
        (r"volumes: ['C:\data:/data', 'c:/x:/x:ro', '%cd%:/app']", "mountPoints", json!(null)),
        (
            "volumes: [\"data:/cache\", \"/data:/srv\", { type: volume, source: data, target: /x }]",
            "mountPoints",
            json!([
                {"sourceVolume": "data", "containerPath": "/cache"},
                {"sourceVolume": "data-2", "containerPath": "/srv"},
                {"sourceVolume": "data", "containerPath": "/x"}
            ]),
        ),
        ("command: sh -c \"$(x\" `", "command", json!(["sh", "-c", "$(x", "`"])),
        ("stop_grace_period: 1m", "stopTimeout", json!(60)),
        ("tty: true", "pseudoTerminal", json!(true)),
        ("stdin_open: true", "interactive", json!(true)),
        ("read_only: true", "readonlyRootFilesystem", json!(true)),
        ("init: true", "linuxParameters.initProcessEnabled", json!(true)),
        ("cap_drop: [ALL]", "linuxParameters.capabilities.drop", json!(["ALL"])),
        ("mem_limit: 1g", "memory", json!(1024)),
        ("privileged: true", "privileged", json!(true)),
        (
            "privileged: true\n    extra_hosts: [\"a:1.2.3.4\"]",
            "extraHosts",
            json!([{"hostname": "a", "ipAddress": "1.2.3.4"}]),
        ),
        (
            "sysctls: { net.core.somaxconn: 1024 }",
            "systemControls",
            json!([{"namespace": "net.core.somaxconn", "value": "1024"}]),
        ),
        ("tmpfs: /run", "linuxParameters.tmpfs", json!([{"containerPath": "/run", "size": 64}])),
        (
            "healthcheck: { test: curl -f localhost }",
            "healthCheck",
            json!({"command": ["CMD-SHELL", "curl -f localhost"]}),
        ),
    ];
    for (written, member, value) in table {
        let candidate = only(&format!("services:\n  app:\n    image: nginx\n    {written}\n"));
        holds(&candidate, &[(&format!("containerDefinitions.0.{member}"), value)]);
    }
}

#[test]
fn ports_that_change_are_said() {
    let candidate = only(
        "services:\n  app:\n    image: nginx\n    ports: [\"127.0.0.1:80:80\", \"[::1]:80:80\", { target: 81, host_ip: 127.0.0.1 }]\n    expose: [x]\n    volumes: ['C:\\data:/data']\n",
    );
    assert_eq!(
        noted(&candidate, Fate::Changed),
        [
            "containerDefinitions.0.portMappings.0.containerPort",
            "containerDefinitions.0.portMappings.0.containerPort",
            "containerDefinitions.0.portMappings.1.containerPort",
            "cpu"
        ]
    );
    assert_eq!(
        noted(&candidate, Fate::LeftOut),
        ["containerDefinitions.0.portMappings", r"C:\data:/data"]
    );
}

#[test]
fn what_runs_on_the_machine_needs_ec2_and_a_limit() {
    let candidate = only(
        "services:\n  agent:\n    image: agent\n    volumes: [\"/var/run/docker.sock:/var/run/docker.sock:ro\"]\n    ports: [\"8125:8125/udp\"]\n",
    );
    holds(
        &candidate,
        &[
            ("requiresCompatibilities", json!(["EC2"])),
            ("networkMode", json!("bridge")),
            (
                "volumes.0",
                json!({"name": "var-run-docker-sock", "host": {"sourcePath": "/var/run/docker.sock"}}),
            ),
            ("containerDefinitions.0.memory", json!(512)),
            ("containerDefinitions.0.portMappings.0.hostPort", json!(8125)),
        ],
    );
    assert!(noted(&candidate, Fate::Changed).contains(&"requiresCompatibilities"));
}
