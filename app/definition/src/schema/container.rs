//! Members of a container.

use super::{Member, Section};

const fn m(path: &'static str, label: &'static str, about: &'static str) -> Member {
    Member::new(path, label, about)
}

/// The sections of a container; the first four are in sight, the rest opens.
pub const CONTAINER: &[Section] = &[
    Section {
        id: "basics",
        title: "Container",
        about: "What it is called and what it runs.",
        members: &[
            m("name", "Name", "Unique in the task.").required(),
            m("image", "Image", "A name with a tag, as in nginx:1.27, or with a digest.").required().also("docker ecr registry tag"),
            m("essential", "Essential", "Its end ends the whole task.").default("on"),
        ],
    },
    Section {
        id: "ports",
        title: "Ports",
        about: "What the container listens on.",
        members: &[
            m("portMappings.*.containerPort", "Container port", "Where the program listens.").also("expose listen"),
            m("portMappings.*.hostPort", "Host port", "With awsvpc and host leave it out; with bridge 0 or nothing gives a free one.")
                .default("the container port, or with bridge a free one"),
            m("portMappings.*.protocol", "Protocol", "In small letters.")
                .choices(&[("tcp", "TCP"), ("udp", "UDP")])
                .default("tcp"),
            m("portMappings.*.name", "Name", "Service Connect and load balancers find the port by it.").also("service connect"),
            m("portMappings.*.appProtocol", "Application protocol", "For Service Connect; it can't change later.")
                .choices(&[("http", "HTTP"), ("http2", "HTTP/2"), ("grpc", "gRPC")])
                .default("plain TCP"),
            m("portMappings.*.containerPortRange", "Port range", "As in 8000-8010, instead of the two ports. Bridge and awsvpc only."),
        ],
    },
    Section {
        id: "environment",
        title: "Environment",
        about: "Variables of the program. Everybody who may read the task definition in AWS can read them.",
        members: &[
            m("environment.*.name", "Variable", "Its name.").required().also("env"),
            m("environment.*.value", "Value", "Keep passwords in secrets.").also("env"),
            m("secrets.*.name", "Secret variable", "The variable that the program reads.").required().also("password token env"),
            m("secrets.*.valueFrom", "Kept at", "The ARN of a secret or parameter, or a parameter's name. ECS reads it when a task starts, with the execution role.").required()
                .also("secrets manager ssm parameter store arn"),
            m("environmentFiles.*.value", "Environment file", "The ARN of an object in S3 that ends in .env; at most ten, the first to name a variable wins.").required()
                .also("s3 dotenv"),
            m("environmentFiles.*.type", "Kind of file", "S3 is the only one.").required().choices(&[("s3", "Amazon S3")]),
        ],
    },
    Section {
        id: "logs",
        title: "Logs",
        about: "Where output goes.",
        members: &[
            m("logConfiguration.logDriver", "Log driver", "Fargate takes awslogs, splunk and awsfirelens.")
                .choices(&[
                    ("awslogs", "awslogs: CloudWatch Logs"),
                    ("awsfirelens", "awsfirelens: a log router in the task"),
                    ("splunk", "splunk"),
                    ("fluentd", "fluentd"),
                    ("gelf", "gelf: Graylog"),
                    ("journald", "journald"),
                    ("json-file", "json-file: files on the instance"),
                    ("syslog", "syslog"),
                ])
                .also("cloudwatch logging"),
            m("logConfiguration.options", "Options", "What the driver is told, by name.").also("awslogs-group stream prefix region"),
            m("logConfiguration.secretOptions.*.name", "Secret option", "An option whose value is kept in a secret.").required(),
            m("logConfiguration.secretOptions.*.valueFrom", "Kept at", "The ARN of a secret or parameter.").required(),
        ],
    },
    Section {
        id: "resources",
        title: "CPU and memory",
        about: "This container's share of the task.",
        members: &[
            m("cpu", "CPU", "Its share when CPU is short; 1024 units are one vCPU.").unit("units").also("vcpu"),
            m("memory", "Memory limit", "The container is killed when it takes more.").unit("MiB").also("hard ram oom"),
            m("memoryReservation", "Memory reservation", "Kept free for it; it may take more while there is some.").unit("MiB").also("soft ram"),
            m("resourceRequirements.*.type", "Accelerator", "Not on Fargate.").required()
                .choices(&[("GPU", "GPU"), ("NeuronDevice", "Neuron device"), ("InferenceAccelerator", "Elastic Inference (ended)")])
                .also("gpu inferentia trainium nvidia"),
            m("resourceRequirements.*.value", "How many", "A number of GPUs, or ALL; Neuron devices take ALL only."),
            m("resourceRequirements.*.sharingStrategy.nvidiaMps.memory", "Shared GPU memory", "The share of one GPU's memory, instead of whole GPUs.").unit("MiB").also("mps sharing"),
            m("resourceRequirements.*.sharingStrategy.nvidiaMps.maxComputePercent", "Shared GPU compute", "At most this share of the GPU.").unit("%").also("mps sharing"),
        ],
    },
    Section {
        id: "command",
        title: "Command",
        about: "What runs instead of what the image says.",
        members: &[
            m("entryPoint", "Entry point", "One part per row, without quotes.").default("the image's").also("entrypoint"),
            m("command", "Command", "One part per row, without quotes.").default("the image's").also("cmd args arguments"),
            m("workingDirectory", "Working directory", "Where the program starts.").default("the image's").also("workdir cwd"),
            m("user", "User", "A name or number, as in 1000 or 1000:1000. Not for Windows.").default("the image's").also("uid root"),
            m("interactive", "Interactive", "Keeps standard input open.").default("off").also("stdin"),
            m("pseudoTerminal", "Terminal", "Gives the program a terminal.").default("off").also("tty"),
        ],
    },
    Section {
        id: "health",
        title: "Health check",
        about: "A command that says whether the container is well. ECS does not see checks that are built into the image.",
        members: &[
            m("healthCheck.command", "Check", "The first part is CMD-SHELL (then one line for a shell) or CMD (then a program and its arguments).").also("healthcheck liveness probe"),
            m("healthCheck.interval", "Every", "5 to 300.").unit("s").default("30").also("interval"),
            m("healthCheck.timeout", "Time limit", "2 to 60.").unit("s").default("5").also("timeout"),
            m("healthCheck.retries", "Failures allowed", "In a row, before it counts as unhealthy: 1 to 10.").default("3").also("retries"),
            m("healthCheck.startPeriod", "Grace at the start", "Failures in this time do not count: 0 to 300.").unit("s").default("off").also("start period"),
        ],
    },
    Section {
        id: "order",
        title: "Order and stopping",
        about: "What it waits for, and how long starting and stopping may take.",
        members: &[
            m("dependsOn.*.containerName", "Waits for", "Another container of the task.").required().also("depends dependency"),
            m("dependsOn.*.condition", "Until it", "HEALTHY needs a health check there; an essential container can't be waited to end.").required()
                .choices(&[
                    ("START", "has started"),
                    ("HEALTHY", "is healthy"),
                    ("COMPLETE", "has ended"),
                    ("SUCCESS", "has ended well"),
                ])
                .also("depends condition"),
            m("startTimeout", "Start limit", "How long others wait for it. On Fargate 2 to 120.").unit("s").default("no limit").also("timeout"),
            m("stopTimeout", "Stop limit", "Between the polite signal and the kill. On Fargate at most 120.").unit("s").default("30").also("grace sigterm sigkill timeout"),
        ],
    },
    Section {
        id: "restart",
        title: "Restart policy",
        about: "Whether a container that ends is started again in the same task.",
        members: &[
            m("restartPolicy.enabled", "Restart when it ends", "Without it, a task ends with its essential container.").also("restart"),
            m("restartPolicy.restartAttemptPeriod", "Not before", "It must have run this long to be started again: 60 to 1800.").unit("s").default("300"),
            m("restartPolicy.ignoredExitCodes", "Exit codes that end it", "With one of these it is not started again; at most 50."),
        ],
    },
    Section {
        id: "mounts",
        title: "Mounts",
        about: "Where volumes appear in the container.",
        members: &[
            m("mountPoints.*.sourceVolume", "Volume", "One of the task's volumes.").required().also("mount"),
            m("mountPoints.*.containerPath", "Path in the container", "Where it appears.").required().also("mount"),
            m("mountPoints.*.readOnly", "Read only", "The container can't write to it.").default("off"),
            m("volumesFrom.*.sourceContainer", "Mounts of", "Takes over all mounts of another container.").required().also("volumes from"),
            m("volumesFrom.*.readOnly", "Read only", "The container can't write to them.").default("off"),
            m("readonlyRootFilesystem", "Read-only root", "The container can write to mounts only. ECS Exec does not work then. Not for Windows.").default("off").also("root filesystem security"),
        ],
    },
    Section {
        id: "network",
        title: "Container network",
        about: "Names and addresses inside the container. Most of it does not go with awsvpc.",
        members: &[
            m("hostname", "Hostname", "Not with awsvpc.").also("host name"),
            m("dnsServers", "DNS servers", "Neither with awsvpc nor for Windows.").also("resolver"),
            m("dnsSearchDomains", "DNS search domains", "Neither with awsvpc nor for Windows."),
            m("extraHosts.*.hostname", "Extra host", "A line of /etc/hosts. Neither with awsvpc nor for Windows.").required().also("etc hosts"),
            m("extraHosts.*.ipAddress", "Address", "The IP address of that host.").required(),
            m("links", "Links", "name or name:alias of another container. Bridge only; Docker has given them up.").also("link"),
            m("disableNetworking", "No network", "Neither with awsvpc nor for Windows.").default("off"),
        ],
    },
    Section {
        id: "firelens",
        title: "Log router (FireLens)",
        about: "Makes this container the router for the log driver awsfirelens.",
        members: &[
            m("firelensConfiguration.type", "Router", "Which program the image is.").choices(&[("fluentbit", "Fluent Bit"), ("fluentd", "Fluentd")]).also("fluent bit fluentd"),
            m("firelensConfiguration.options", "Options", "enable-ecs-log-metadata, config-file-type (s3 or file; on Fargate file), config-file-value."),
        ],
    },
    Section {
        id: "registry",
        title: "Private registry",
        about: "How to sign in to a registry other than ECR.",
        members: &[m("repositoryCredentials.credentialsParameter", "Credentials", "The ARN of a secret with user name and password; the execution role must be allowed to read it.").also("docker hub login pull")],
    },
    Section {
        id: "linux",
        title: "Linux parameters",
        about: "What the kernel allows it. Not for Windows.",
        members: &[
            m("linuxParameters.initProcessEnabled", "Init process", "Reaps processes that others leave behind, and passes on signals.").default("off").also("tini zombie"),
            m("linuxParameters.capabilities.add", "Added capabilities", "Fargate takes SYS_PTRACE only.").also("cap_add ptrace net_admin"),
            m("linuxParameters.capabilities.drop", "Dropped capabilities", "ALL drops every one.").also("cap_drop"),
            m("linuxParameters.sharedMemorySize", "Shared memory", "The size of /dev/shm. Not on Fargate.").unit("MiB").also("shm"),
            m("linuxParameters.maxSwap", "Swap", "Not on Fargate; 0 means none.").unit("MiB"),
            m("linuxParameters.swappiness", "Swappiness", "0 to 100; works with a swap limit. Not on Fargate.").default("60"),
            m("linuxParameters.devices.*.hostPath", "Device", "Its path on the instance. Not on Fargate.").required().also("dev"),
            m("linuxParameters.devices.*.containerPath", "Path in the container", "Left out, the same.").default("the same"),
            m("linuxParameters.devices.*.permissions", "Permissions", "What the container may do with it.")
                .choices(&[("read", "read"), ("write", "write"), ("mknod", "mknod")])
                .default("all three"),
            m("linuxParameters.tmpfs.*.containerPath", "In-memory directory", "An absolute path, as in /run.").required().also("tmpfs"),
            m("linuxParameters.tmpfs.*.size", "Size", "At most.").required().unit("MiB").also("tmpfs"),
            m("linuxParameters.tmpfs.*.mountOptions", "Mount options", "As in rw, noexec, nosuid.").also("tmpfs"),
        ],
    },
    Section {
        id: "limits",
        title: "Limits and kernel settings",
        about: "Ulimits and sysctls. Not for Windows.",
        members: &[
            m("ulimits.*.name", "Ulimit", "Fargate takes nofile only.").required()
                .choices(&[
                    ("nofile", "nofile: open files"), ("nproc", "nproc: processes"), ("memlock", "memlock: locked memory"),
                    ("core", "core: size of core files"), ("stack", "stack: stack size"), ("cpu", "cpu: CPU time"),
                    ("data", "data: data segment"), ("fsize", "fsize: file size"), ("locks", "locks: file locks"),
                    ("msgqueue", "msgqueue: message queues"), ("nice", "nice: niceness"), ("rss", "rss: resident memory"),
                    ("rtprio", "rtprio: real-time priority"), ("rttime", "rttime: real-time CPU"), ("sigpending", "sigpending: pending signals"),
                ])
                .also("file descriptors open files"),
            m("ulimits.*.softLimit", "Soft limit", "The program may raise it up to the hard one.").required(),
            m("ulimits.*.hardLimit", "Hard limit", "-1 means none.").required(),
            m("systemControls.*.namespace", "Kernel setting", "net.*, kernel.msg*, kernel.sem, kernel.shm* or fs.mqueue.*").required().also("sysctl somaxconn"),
            m("systemControls.*.value", "Value", "As text.").required(),
        ],
    },
    Section {
        id: "security",
        title: "Security",
        about: "What it may do beyond a plain container.",
        members: &[
            m("privileged", "Privileged", "Nearly root on the instance. Neither on Fargate nor for Windows.").default("off").also("root"),
            m("dockerSecurityOptions", "Security options", "As in no-new-privileges or apparmor:PROFILE. Not on Fargate.").also("selinux apparmor"),
            m("credentialSpecs", "Credential specs", "credentialspec:ARN or credentialspecdomainless:ARN, for gMSA; at most one.").also("gmsa active directory windows"),
            m("versionConsistency", "Version consistency", "Whether all tasks of a deployment use the digest that the tag meant at its start.")
                .choices(&[("enabled", "On"), ("disabled", "Off")])
                .default("enabled")
                .also("digest tag"),
        ],
    },
    Section {
        id: "labels",
        title: "Docker labels",
        about: "Labels of the container, for agents that look for them.",
        members: &[m("dockerLabels", "Docker labels", "Names and values.").also("label datadog traefik prometheus")],
    },
];
