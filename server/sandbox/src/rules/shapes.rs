//! The members of RegisterTaskDefinition and their types, as the API has them.

use Shape::{List, Number, Object, Text, Texts, Truth};

/// What a value must be.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Truth,
    /// Texts, by names of the author's own.
    Texts,
    /// A list of one shape.
    List(&'static Shape),
    /// An object, by its members.
    Object(&'static [(&'static str, Shape)]),
}

const WORDS: Shape = List(&Text);

/// The whole document.
pub const TASK: Shape = Object(&[
    ("family", Text),
    ("taskRoleArn", Text),
    ("executionRoleArn", Text),
    ("networkMode", Text),
    ("containerDefinitions", List(&CONTAINER)),
    ("volumes", List(&VOLUME)),
    ("placementConstraints", List(&Object(&[("type", Text), ("expression", Text)]))),
    ("requiresCompatibilities", WORDS),
    ("cpu", Text),
    ("memory", Text),
    ("tags", List(&Object(&[("key", Text), ("value", Text)]))),
    ("pidMode", Text),
    ("ipcMode", Text),
    ("proxyConfiguration", PROXY),
    ("inferenceAccelerators", List(&Object(&[("deviceName", Text), ("deviceType", Text)]))),
    ("ephemeralStorage", Object(&[("sizeInGiB", Number)])),
    ("runtimePlatform", PLATFORM),
    ("enableFaultInjection", Truth),
    (
        "trustedExecutionConfiguration",
        Object(&[("isolationMode", Text), ("attestationPolicy", Text)]),
    ),
]);

/// A name and a text.
const PAIR: Shape = Object(&[("name", Text), ("value", Text)]);
/// A name and where its value comes from.
const SECRET: Shape = Object(&[("name", Text), ("valueFrom", Text)]);

const CONTAINER: Shape = Object(&[
    ("name", Text),
    ("image", Text),
    ("repositoryCredentials", Object(&[("credentialsParameter", Text)])),
    ("cpu", Number),
    ("memory", Number),
    ("memoryReservation", Number),
    ("links", WORDS),
    ("portMappings", List(&PORT)),
    ("essential", Truth),
    ("restartPolicy", RESTART),
    ("entryPoint", WORDS),
    ("command", WORDS),
    ("environment", List(&PAIR)),
    ("environmentFiles", List(&Object(&[("type", Text), ("value", Text)]))),
    ("mountPoints", List(&MOUNT)),
    ("volumesFrom", List(&Object(&[("sourceContainer", Text), ("readOnly", Truth)]))),
    ("linuxParameters", LINUX),
    ("secrets", List(&SECRET)),
    ("dependsOn", List(&Object(&[("containerName", Text), ("condition", Text)]))),
    ("startTimeout", Number),
    ("stopTimeout", Number),
    ("versionConsistency", Text),
    ("hostname", Text),
    ("user", Text),
    ("workingDirectory", Text),
    ("disableNetworking", Truth),
    ("privileged", Truth),
    ("readonlyRootFilesystem", Truth),
    ("dnsServers", WORDS),
    ("dnsSearchDomains", WORDS),
    ("extraHosts", List(&Object(&[("hostname", Text), ("ipAddress", Text)]))),
    ("dockerSecurityOptions", WORDS),
    ("interactive", Truth),
    ("pseudoTerminal", Truth),
    ("dockerLabels", Texts),
    ("ulimits", List(&ULIMIT)),
    ("logConfiguration", LOGS),
    ("healthCheck", HEALTH),
    ("systemControls", List(&Object(&[("namespace", Text), ("value", Text)]))),
    ("resourceRequirements", List(&RESOURCE)),
    ("firelensConfiguration", Object(&[("type", Text), ("options", Texts)])),
    ("credentialSpecs", WORDS),
]);

const RESOURCE: Shape =
    Object(&[("type", Text), ("value", Text), ("sharingStrategy", Object(&[("nvidiaMps", MPS)]))]);

const MPS: Shape = Object(&[("memory", Number), ("maxComputePercent", Number)]);

const PORT: Shape = Object(&[
    ("containerPort", Number),
    ("hostPort", Number),
    ("protocol", Text),
    ("name", Text),
    ("appProtocol", Text),
    ("containerPortRange", Text),
]);

const RESTART: Shape = Object(&[
    ("enabled", Truth),
    ("ignoredExitCodes", List(&Number)),
    ("restartAttemptPeriod", Number),
]);

const MOUNT: Shape =
    Object(&[("sourceVolume", Text), ("containerPath", Text), ("readOnly", Truth)]);

const ULIMIT: Shape = Object(&[("name", Text), ("softLimit", Number), ("hardLimit", Number)]);

const LOGS: Shape =
    Object(&[("logDriver", Text), ("options", Texts), ("secretOptions", List(&SECRET))]);

const HEALTH: Shape = Object(&[
    ("command", WORDS),
    ("interval", Number),
    ("timeout", Number),
    ("retries", Number),
    ("startPeriod", Number),
]);

const LINUX: Shape = Object(&[
    ("capabilities", Object(&[("add", WORDS), ("drop", WORDS)])),
    ("devices", List(&DEVICE)),
    ("initProcessEnabled", Truth),
    ("sharedMemorySize", Number),
    ("tmpfs", List(&TMPFS)),
    ("maxSwap", Number),
    ("swappiness", Number),
]);

const DEVICE: Shape =
    Object(&[("hostPath", Text), ("containerPath", Text), ("permissions", WORDS)]);

const TMPFS: Shape = Object(&[("containerPath", Text), ("size", Number), ("mountOptions", WORDS)]);

const VOLUME: Shape = Object(&[
    ("name", Text),
    ("host", Object(&[("sourcePath", Text)])),
    ("dockerVolumeConfiguration", DOCKER),
    ("efsVolumeConfiguration", EFS),
    ("s3filesVolumeConfiguration", S3_FILES),
    ("fsxWindowsFileServerVolumeConfiguration", FSX),
    ("configuredAtLaunch", Truth),
]);

const DOCKER: Shape = Object(&[
    ("scope", Text),
    ("autoprovision", Truth),
    ("driver", Text),
    ("driverOpts", Texts),
    ("labels", Texts),
]);

const EFS: Shape = Object(&[
    ("fileSystemId", Text),
    ("rootDirectory", Text),
    ("transitEncryption", Text),
    ("transitEncryptionPort", Number),
    ("authorizationConfig", Object(&[("accessPointId", Text), ("iam", Text)])),
]);

const S3_FILES: Shape = Object(&[
    ("fileSystemArn", Text),
    ("rootDirectory", Text),
    ("transitEncryptionPort", Number),
    ("accessPointArn", Text),
]);

const FSX: Shape = Object(&[
    ("fileSystemId", Text),
    ("rootDirectory", Text),
    ("authorizationConfig", Object(&[("credentialsParameter", Text), ("domain", Text)])),
]);

const PROXY: Shape =
    Object(&[("type", Text), ("containerName", Text), ("properties", List(&PAIR))]);

const PLATFORM: Shape = Object(&[("cpuArchitecture", Text), ("operatingSystemFamily", Text)]);
