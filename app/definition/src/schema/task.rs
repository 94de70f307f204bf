//! Members of the task as a whole.

use super::{Member, Section};

const fn m(path: &'static str, label: &'static str, about: &'static str) -> Member {
    Member::new(path, label, about)
}

/// The sections of the task.
pub const TASK: &[Section] = &[
    Section {
        id: "place",
        title: "Name and place",
        about: "What it is called, and where it must be able to run.",
        members: &[
            m("family", "Family", "A new name begins a family; a known one gets its next revision.").required(),
            m(
                "requiresCompatibilities",
                "Runs on",
                "ECS checks at registration that the document can run on each of these.",
            )
            .choices(&[
                ("FARGATE", "Fargate"),
                ("EC2", "EC2 instances"),
                ("MANAGED_INSTANCES", "ECS Managed Instances"),
                ("EXTERNAL", "External instances (ECS Anywhere)"),
            ])
            .also("launch type compatibility serverless on-premises"),
            m(
                "networkMode",
                "Network mode",
                "How the containers are connected. Fargate takes awsvpc only.",
            )
            .choices(&[
                ("awsvpc", "awsvpc: an address of its own"),
                ("bridge", "bridge: ports of the instance"),
                ("host", "host: the instance's network"),
                ("none", "none"),
            ])
            .default("bridge")
            .also("vpc eni ip"),
            m(
                "runtimePlatform.operatingSystemFamily",
                "Operating system",
                "All containers of a task are built for the same system.",
            )
            .choices(&[
                ("LINUX", "Linux"),
                ("WINDOWS_SERVER_2025_CORE", "Windows Server 2025 Core"),
                ("WINDOWS_SERVER_2025_FULL", "Windows Server 2025 Full"),
                ("WINDOWS_SERVER_2022_CORE", "Windows Server 2022 Core"),
                ("WINDOWS_SERVER_2022_FULL", "Windows Server 2022 Full"),
                ("WINDOWS_SERVER_2019_CORE", "Windows Server 2019 Core"),
                ("WINDOWS_SERVER_2019_FULL", "Windows Server 2019 Full"),
                ("WINDOWS_SERVER_20H2_CORE", "Windows Server 20H2 Core"),
                ("WINDOWS_SERVER_2004_CORE", "Windows Server 2004 Core"),
                ("WINDOWS_SERVER_2016_FULL", "Windows Server 2016 Full"),
            ])
            .default("LINUX")
            .also("platform os"),
            m(
                "runtimePlatform.cpuArchitecture",
                "Architecture",
                "Images must be built for it. ARM64 (Graviton) runs Linux only.",
            )
            .choices(&[("X86_64", "x86, 64 bit"), ("ARM64", "ARM, 64 bit")])
            .default("X86_64")
            .also("graviton platform amd64"),
        ],
    },
    Section {
        id: "size",
        title: "Size",
        about: "What the whole task may use. Fargate offers fixed pairs.",
        members: &[
            m("cpu", "CPU", "1024 units are one vCPU; “1 vCPU” is understood too.")
                .unit("units")
                .also("vcpu processor"),
            m("memory", "Memory", "The most that all containers together may use.")
                .unit("MiB")
                .also("ram"),
            m(
                "ephemeralStorage.sizeInGiB",
                "Ephemeral storage",
                "Room on the task's own disk, gone with the task. Fargate on Linux only: 21 to 200.",
            )
            .unit("GiB")
            .default("20")
            .also("disk"),
        ],
    },
    Section {
        id: "roles",
        title: "Roles",
        about: "IAM roles, by ARN or name. The console must be allowed to pass them on.",
        members: &[
            m(
                "executionRoleArn",
                "Execution role",
                "With it ECS pulls images, reads secrets and writes logs. Secrets and logs on Fargate need it.",
            )
            .also("iam permission pull ecr"),
            m(
                "taskRoleArn",
                "Task role",
                "With it the programs in the containers call AWS. S3 Files volumes need it.",
            )
            .also("iam permission"),
        ],
    },
    Section {
        id: "isolation",
        title: "Isolation",
        about: "What containers share with each other and with the instance.",
        members: &[
            m(
                "pidMode",
                "Process namespace",
                "Whose processes a container sees. Fargate takes task only; not for Windows.",
            )
            .choices(&[("task", "task: all containers of the task"), ("host", "host: the instance")])
            .default("each container its own")
            .also("pid"),
            m(
                "ipcMode",
                "IPC namespace",
                "Who shares memory segments, semaphores and queues. Neither for Fargate nor for Windows.",
            )
            .choices(&[
                ("task", "task: all containers of the task"),
                ("host", "host: the instance"),
                ("none", "none: private to each container"),
            ])
            .default("as Docker on the instance")
            .also("shared memory"),
            m(
                "enableFaultInjection",
                "Fault injection",
                "Containers may ask the task's metadata endpoint to disturb the task's network.",
            )
            .default("off")
            .also("chaos fis"),
            m(
                "trustedExecutionConfiguration.isolationMode",
                "Trusted execution",
                "How far the task is kept apart from its host. ECS Managed Instances only.",
            )
            .choices(&[
                ("SHARED", "Shared"),
                ("ISOLATED_SANDBOX", "Isolated sandbox"),
                ("CONFIDENTIAL_SANDBOX", "Confidential sandbox"),
            ])
            .default("SHARED")
            .also("enclave tee confidential"),
            m(
                "trustedExecutionConfiguration.attestationPolicy",
                "Attestation policy",
                "In base64; a confidential sandbox needs one.",
            ),
        ],
    },
    Section {
        id: "placement",
        title: "Placement constraints",
        about: "On which instances the task may run, at most ten. Fargate takes none.",
        members: &[
            m("placementConstraints.*.type", "Kind", "Task definitions know memberOf only.").required()
                .choices(&[("memberOf", "memberOf: instances that match")]),
            m(
                "placementConstraints.*.expression",
                "Expression",
                "In the cluster query language, as in attribute:ecs.instance-type =~ t3.*",
            )
            .also("query"),
        ],
    },
    Section {
        id: "proxy",
        title: "App Mesh proxy",
        about: "Sends the task's traffic through an Envoy container. AWS advises Service Connect for what is new.",
        members: &[
            m("proxyConfiguration.type", "Kind", "App Mesh is the only one.")
                .choices(&[("APPMESH", "App Mesh")])
                .default("APPMESH")
                .also("envoy sidecar"),
            m("proxyConfiguration.containerName", "Proxy container", "The container that is the proxy.").required(),
            m(
                "proxyConfiguration.properties.*.name",
                "Property",
                "IgnoredUID or IgnoredGID, AppPorts, ProxyIngressPort, ProxyEgressPort, EgressIgnoredIPs, EgressIgnoredPorts.",
            ),
            m("proxyConfiguration.properties.*.value", "Value", "Ports and addresses with commas between them."),
        ],
    },
    Section {
        id: "accelerators",
        title: "Elastic Inference",
        about: "Amazon Elastic Inference has ended: ECS refuses documents with accelerators.",
        members: &[
            m("inferenceAccelerators.*.deviceName", "Device name", "As containers name it.").required(),
            m("inferenceAccelerators.*.deviceType", "Device type", "As in eia2.medium.").required(),
        ],
    },
    Section {
        id: "tags",
        title: "Tags",
        about: "On the task definition itself; services and tasks can take them over.",
        members: &[
            m("tags.*.key", "Key", "1 to 128 characters, unique, not beginning with aws:.").required(),
            m("tags.*.value", "Value", "At most 256 characters."),
        ],
    },
];
