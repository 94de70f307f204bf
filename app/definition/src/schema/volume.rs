//! Members of a volume.

use super::{Member, Section};

const fn m(path: &'static str, label: &'static str, about: &'static str) -> Member {
    Member::new(path, label, about)
}

/// The sections of a volume: its name, then one for each kind.
pub const VOLUME: &[Section] = &[
    Section {
        id: "name",
        title: "Volume",
        about: "What containers share, or what outlives the task. With nothing but a name it is a directory that ends with the task.",
        members: &[m("name", "Name", "Containers mount it by this name.").required()],
    },
    Section {
        id: "host",
        title: "Path on the instance",
        about: "A directory of the instance. Fargate has none.",
        members: &[m(
            "host.sourcePath",
            "Path on the instance",
            "It is made when it is not there.",
        )
        .required()
        .also("bind mount")],
    },
    Section {
        id: "docker",
        title: "Docker volume",
        about: "Kept by Docker on the instance. EC2 only.",
        members: &[
            m("dockerVolumeConfiguration.scope", "Scope", "How long it lives.")
                .choices(&[
                    ("task", "task: ends with the task"),
                    ("shared", "shared: outlives the task"),
                ])
                .default("task"),
            m(
                "dockerVolumeConfiguration.autoprovision",
                "Make it when it is missing",
                "Only for shared volumes.",
            )
            .default("off"),
            m(
                "dockerVolumeConfiguration.driver",
                "Driver",
                "As docker plugin ls names it; Windows takes local only.",
            )
            .default("local"),
            m(
                "dockerVolumeConfiguration.driverOpts",
                "Driver options",
                "Given to the driver as they are.",
            ),
            m("dockerVolumeConfiguration.labels", "Labels", "Set on the volume."),
        ],
    },
    Section {
        id: "efs",
        title: "Amazon EFS",
        about: "A network file system that many tasks can share.",
        members: &[
            m("efsVolumeConfiguration.fileSystemId", "File system", "As in fs-0123456789abcdef0.")
                .required()
                .also("nfs"),
            m(
                "efsVolumeConfiguration.rootDirectory",
                "Directory",
                "With an access point, leave it out or write /.",
            )
            .default("/"),
            m(
                "efsVolumeConfiguration.transitEncryption",
                "Encryption in transit",
                "An access point and IAM need it.",
            )
            .choices(&[("ENABLED", "On"), ("DISABLED", "Off")])
            .default("DISABLED")
            .also("tls"),
            m(
                "efsVolumeConfiguration.transitEncryptionPort",
                "Port of the encryption",
                "Left out, the mount helper chooses one.",
            ),
            m(
                "efsVolumeConfiguration.authorizationConfig.accessPointId",
                "Access point",
                "As in fsap-0123456789abcdef0.",
            ),
            m(
                "efsVolumeConfiguration.authorizationConfig.iam",
                "IAM authorization",
                "Mounts with the task role.",
            )
            .choices(&[("ENABLED", "On"), ("DISABLED", "Off")])
            .default("DISABLED"),
        ],
    },
    Section {
        id: "s3files",
        title: "S3 Files",
        about: "An S3 bucket as a file system. The task needs a task role.",
        members: &[
            m("s3filesVolumeConfiguration.fileSystemArn", "File system ARN", "The whole ARN.")
                .required(),
            m(
                "s3filesVolumeConfiguration.rootDirectory",
                "Directory",
                "With an access point, leave it out or write /.",
            )
            .default("/"),
            m(
                "s3filesVolumeConfiguration.transitEncryptionPort",
                "Port of the encryption",
                "Left out, the mount helper chooses one.",
            ),
            m(
                "s3filesVolumeConfiguration.accessPointArn",
                "Access point ARN",
                "Enforces a user and a directory.",
            ),
        ],
    },
    Section {
        id: "fsx",
        title: "FSx for Windows File Server",
        about: "A Windows file share. Windows containers on EC2 only.",
        members: &[
            m(
                "fsxWindowsFileServerVolumeConfiguration.fileSystemId",
                "File system",
                "As in fs-0123456789abcdef0.",
            )
            .required(),
            m(
                "fsxWindowsFileServerVolumeConfiguration.rootDirectory",
                "Share and directory",
                "As in share\\path.",
            )
            .required(),
            m(
                "fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter",
                "Credentials",
                "The ARN of a secret or parameter with user name and password.",
            )
            .required(),
            m(
                "fsxWindowsFileServerVolumeConfiguration.authorizationConfig.domain",
                "Domain",
                "The full name of the Active Directory domain.",
            )
            .required(),
        ],
    },
    Section {
        id: "launch",
        title: "EBS, configured at launch",
        about: "An EBS volume that is made with each task; its size and kind are said when a task or service is launched. One per task.",
        members: &[m("configuredAtLaunch", "Configured at launch", "A container must mount it.")
            .default("off")
            .also("ebs disk")],
    },
];
