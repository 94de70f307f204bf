use serde_json::{Value, json};

use super::super::Fate;
use super::{holds, noted, only, refused};

const C: &str = "containerDefinitions.0";

#[test]
fn a_long_command_is_carried_over() {
    let candidate = only(
        r#"$ sudo docker run -d --name my-web --restart=unless-stopped \
             -p 8080:80/tcp -e "GREETING=hello world" -e EMPTY= --memory 512m --memory-reservation=256m \
             --cpus 0.5 -u 1000:1000 -w /srv --entrypoint /bin/sh --stop-timeout 20 \
             --health-cmd 'curl -f http://localhost/ || exit 1' --health-interval 1m30s --health-retries 3 \
             --ulimit nofile=1024:2048 --label a.b=c --init --read-only -it --platform linux/arm64 \
             --log-driver awslogs --log-opt awslogs-group=/web \
             registry.example.com/team/web:1.2 -c "echo hi" # and so on"#,
    );
    holds(
        &candidate,
        &[
            ("family", json!("my-web")),
            ("requiresCompatibilities", json!(["FARGATE"])),
            ("cpu", json!("512")),
            ("memory", json!("1024")),
            ("runtimePlatform.cpuArchitecture", json!("ARM64")),
            (
                C,
                json!({
                    "name": "my-web", "image": "registry.example.com/team/web:1.2", "essential": true,
                    "entryPoint": ["/bin/sh"], "command": ["-c", "echo hi"],
                    "restartPolicy": {"enabled": true},
                    "portMappings": [{"containerPort": 80, "protocol": "tcp"}],
                    "environment": [{"name": "GREETING", "value": "hello world"}, {"name": "EMPTY", "value": ""}],
                    "memory": 512, "memoryReservation": 256, "cpu": 512, "user": "1000:1000", "workingDirectory": "/srv",
                    "stopTimeout": 20,
                    "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 2048}],
                    "dockerLabels": {"a.b": "c"},
                    "linuxParameters": {"initProcessEnabled": true},
                    "readonlyRootFilesystem": true, "interactive": true, "pseudoTerminal": true,
                    "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/web"}},
                    "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost/ || exit 1"], "interval": 90, "retries": 3}
                }),
            ),
        ],
    );
    assert!(candidate.left_out.iter().any(|note| note.said.contains("published it as 8080")));
    let refused: Vec<_> =
        crate::rules::check(&candidate.document).refused().map(|f| f.path.clone()).collect();
    // What Docker took from its machine is all that is missing.
    assert!(
        refused.iter().all(|path| path.contains("awslogs") || path == "executionRoleArn"),
        "{refused:?}"
    );
}

#[test]
fn each_option_goes_where_it_belongs() {
    let table: [(&str, &str, Value); 32] = [
        ("-p80", "portMappings", json!([{"containerPort": 80, "protocol": "tcp"}])),
        (
            "-p 127.0.0.1:53:53/udp",
            "portMappings",
            json!([{"containerPort": 53, "protocol": "udp"}]),
        ),
        (
            "-p 8000-8010:8000-8010",
            "portMappings",
            json!([{"containerPortRange": "8000-8010", "protocol": "tcp"}]),
        ),
        ("--expose 9000", "portMappings", json!([{"containerPort": 9000, "protocol": "tcp"}])),
        (
            "-v data:/var/lib/x:ro",
            "mountPoints",
            json!([{"sourceVolume": "data", "containerPath": "/var/lib/x", "readOnly": true}]),
        ),
        (
            "-v /scratch",
            "mountPoints",
            json!([{"sourceVolume": "volume1", "containerPath": "/scratch"}]),
        ),
        (
            "--mount type=volume,source=d,target=/d,readonly",
            "mountPoints",
            json!([{"sourceVolume": "d", "containerPath": "/d", "readOnly": true}]),
        ),
        (
            "--mount type=tmpfs,destination=/t,tmpfs-size=128m",
            "linuxParameters",
            json!({"tmpfs": [{"containerPath": "/t", "size": 128}]}),
        ),
        (
            "--tmpfs /run:size=16m,noexec",
            "linuxParameters",
            json!({"tmpfs": [{"containerPath": "/run", "size": 16, "mountOptions": ["noexec"]}]}),
        ),
        (
            "--cap-drop ALL --cap-add CAP_SYS_PTRACE",
            "linuxParameters",
            json!({"capabilities": {"drop": ["ALL"], "add": ["SYS_PTRACE"]}}),
        ),
        ("--privileged", "privileged", json!(true)),
        (
            "--device /dev/fuse:/dev/f:rw",
            "linuxParameters",
            json!({"devices": [{"hostPath": "/dev/fuse", "containerPath": "/dev/f", "permissions": ["read", "write"]}]}),
        ),
        ("--gpus all", "resourceRequirements", json!([{"type": "GPU", "value": "ALL"}])),
        ("--shm-size 1g", "linuxParameters", json!({"sharedMemorySize": 1024})),
        ("-m 1g --memory-swap 2g", "linuxParameters", json!({"maxSwap": 1024})),
        (
            "--sysctl net.core.somaxconn=1024",
            "systemControls",
            json!([{"namespace": "net.core.somaxconn", "value": "1024"}]),
        ),
        ("--security-opt label=disable", "dockerSecurityOptions", json!(["label=disable"])),
        ("--link db:database", "links", json!(["db:database"])),
        (
            "--network host --add-host a:1.2.3.4",
            "extraHosts",
            json!([{"hostname": "a", "ipAddress": "1.2.3.4"}]),
        ),
        ("--network=host --dns 1.1.1.1 -h me", "hostname", json!("me")),
        (
            "--restart on-failure:3",
            "restartPolicy",
            json!({"enabled": true, "ignoredExitCodes": [0]}),
        ),
        ("--cpu-shares 256", "cpu", json!(256)),
        (
            "-v data:/cache -v /data:/srv -v data:/again",
            "mountPoints",
            json!([
                {"sourceVolume": "data", "containerPath": "/cache"},
                {"sourceVolume": "data-2", "containerPath": "/srv"},
                {"sourceVolume": "data", "containerPath": "/again"}
            ]),
        ),
        (
            "-v /a/b:/x -v /a-b:/y -v volume3:/z -v /t -v @:/u",
            "mountPoints",
            json!([
                {"sourceVolume": "a-b", "containerPath": "/x"},
                {"sourceVolume": "a-b-2", "containerPath": "/y"},
                {"sourceVolume": "volume3", "containerPath": "/z"},
                {"sourceVolume": "volume4", "containerPath": "/t"},
                {"sourceVolume": "volume5", "containerPath": "/u"}
            ]),
        ),
        (
            r#"-v data:C:\app:ro -v "logs:C:\logs""#,
            "mountPoints",
            json!([
                {"sourceVolume": "data", "containerPath": "C:\\app", "readOnly": true},
                {"sourceVolume": "logs", "containerPath": "C:\\logs"}
            ]),
        ),
        (
            "--expose 80 -p 8080:80 -p 80:80/udp -v /x:/x",
            "portMappings",
            json!([
                {"containerPort": 80, "protocol": "tcp", "hostPort": 8080},
                {"containerPort": 80, "protocol": "udp", "hostPort": 80}
            ]),
        ),
        (
            "-p 8080:80 -p 81:81 --network host",
            "portMappings",
            json!([
                {"containerPort": 80, "protocol": "tcp"},
                {"containerPort": 81, "protocol": "tcp"}
            ]),
        ),
        ("--pids-limit -1 --memory-swap -1 --cpus 1", "cpu", json!(1024)),
        ("--replace --tls-verify --no-hosts -u 1", "user", json!("1")),
        ("--switch-of-tomorrow -u 1", "user", json!("1")),
        ("-u $(id -u):$(id -g)", "user", json!("$(id -u):$(id -g)")),
        (
            r#"-w "$(dirname "$0"; echo ')')/x" -u `id -u`"#,
            "workingDirectory",
            json!("$(dirname \"$0\"; echo ')')/x"),
        ),
    ];
    for (options, member, value) in table {
        let candidate = only(&format!("docker run {options} nginx"));
        holds(
            &candidate,
            &[(&format!("{C}.{member}"), value), (&format!("{C}.image"), json!("nginx"))],
        );
    }
}

#[test]
fn what_can_not_be_carried_is_said() {
    for (options, path, fate) in [
        ("--env-file .env", "--env-file", Fate::LeftOut),
        ("-v ./src:/src", "./src:/src", Fate::LeftOut),
        ("-v $PWD:/src", "$PWD:/src", Fate::LeftOut),
        ("--network shop", "--network", Fate::LeftOut),
        ("--log-driver json-file", "--log-driver", Fate::LeftOut),
        ("--dns 1.1.1.1", "containerDefinitions.0.dnsServers", Fate::LeftOut),
        ("--ulimit core=0", "containerDefinitions.0.ulimits", Fate::LeftOut),
        ("--cgroup-parent x", "--cgroup-parent", Fate::LeftOut),
        ("-e HOME", "containerDefinitions.0.environment", Fate::Open),
        ("-e A=$A", "containerDefinitions.0.environment", Fate::Open),
        (r#"-v "C:\data:/data""#, r"C:\data:/data", Fate::LeftOut),
        (r"-v C:\data\new:/data", r"C:\data\new:/data", Fate::LeftOut),
        ("-v c:/data:/data:ro", "c:/data:/data", Fate::LeftOut),
        (r#"-v "C:\data:C:\app""#, r"C:\data:C:\app", Fate::LeftOut),
        (r"--mount type=bind,src=C:\data,dst=/data", r"C:\data:/data", Fate::LeftOut),
        ("-v %cd%:/app", "%cd%:/app", Fate::LeftOut),
        (r"-v %cd%\src:/app", r"%cd%\src:/app", Fate::LeftOut),
        ("-v $(pwd):/src", "$(pwd):/src", Fate::LeftOut),
        ("-v `pwd`:/src", "`pwd`:/src", Fate::LeftOut),
        ("-v ${DATA:-/var/data}:/src", "${DATA:-/var/data}:/src", Fate::LeftOut),
        ("-u `id -u`", "containerDefinitions.0.user", Fate::Open),
        ("--log-opt max-size=10m", "--log-opt", Fate::LeftOut),
        ("--log-driver json-file --log-opt max-size=10m", "--log-opt", Fate::LeftOut),
        ("--log-driver awslogs --log-driver local --log-opt a=b", "--log-opt", Fate::LeftOut),
        ("--replace", "--replace", Fate::LeftOut),
        ("--switch-of-tomorrow -d", "--switch-of-tomorrow", Fate::LeftOut),
        ("--name --rm", "--name", Fate::LeftOut),
        ("--expose $PORT", "--expose $PORT", Fate::LeftOut),
        (
            "-p 80:80 -p 8080:80",
            "containerDefinitions.0.portMappings.0.containerPort",
            Fate::Changed,
        ),
        (
            "-p 127.0.0.1:6379:6379",
            "containerDefinitions.0.portMappings.0.containerPort",
            Fate::Changed,
        ),
        (
            "-p 6000-6010:5000-5010",
            "containerDefinitions.0.portMappings.0.containerPortRange",
            Fate::Changed,
        ),
        ("-p 6000-6010:80", "containerDefinitions.0.portMappings.0.containerPort", Fate::Changed),
        (
            "-p 5000-5010:5000-5010 -v /x:/x",
            "containerDefinitions.0.portMappings.0.containerPortRange",
            Fate::Changed,
        ),
        (
            "-p 81:81 -p 8080:80 --net=host",
            "containerDefinitions.0.portMappings.1.containerPort",
            Fate::Changed,
        ),
        ("-v data:/data", "volumes.0", Fate::Changed),
        ("-v /var/run/docker.sock:/var/run/docker.sock", "requiresCompatibilities", Fate::Changed),
    ] {
        let candidate = only(&format!("docker run --rm -d {options} nginx"));
        assert!(noted(&candidate, fate).contains(&path), "{options}: {:?}", candidate.left_out);
    }
}

#[test]
fn what_is_left_out_is_nowhere() {
    for (options, member) in [
        ("--log-driver json-file --log-opt max-size=10m --log-opt max-file=3", "logConfiguration"),
        ("--log-opt max-size=10m", "logConfiguration"),
        ("-p 5000-5010:5000-5010 -v /x:/x", "portMappings.0.hostPort"),
        ("-p 6000-6010:80 -v /x:/x", "portMappings.0.hostPort"),
        ("-p 80:80 -p 8080:80", "portMappings.1"),
        (r"-v C:\data:/data", "mountPoints"),
    ] {
        let candidate = only(&format!("docker run {options} nginx"));
        holds(&candidate, &[(&format!("{C}.{member}"), json!(null))]);
    }
    let quiet = only("docker run -p 0.0.0.0:80:80 -p 5000-5010:5000-5010 --expose 80 nginx");
    assert_eq!(noted(&quiet, Fate::Changed), ["cpu"]);
}

#[test]
fn several_commands_make_one_task() {
    let candidate = only(
        "# the shop\ndocker network create shop\ndocker run -d --name db postgres:16; docker container run --name web nginx `\n  -g 'daemon off;'\n",
    );
    holds(
        &candidate,
        &[
            ("family", json!("db")),
            ("containerDefinitions.0.name", json!("db")),
            ("containerDefinitions.1.command", json!(["-g", "daemon off;"])),
        ],
    );
    assert_eq!(noted(&candidate, Fate::LeftOut), ["docker"]);
}

#[test]
fn commands_that_can_not_be_read_say_why() {
    for (command, said) in [
        ("docker run", "no image"),
        ("docker run -p", "The option --publish has no value"),
        ("docker run -Z nginx", "no option -Z"),
        ("docker run -u $(id nginx", "What begins with $ in this line has no end"),
        ("docker run \\\n nginx 'oops", "a quotation that begins with '"),
    ] {
        let refused = refused(command);
        assert!(refused.to_lowercase().contains(&said.to_lowercase()), "{refused}");
    }
}
