//! The signs by which AWS's reasons are known.

/// Signs in AWS's words (lower case), what they mean, and the next step. The first match counts,
/// so the particular stands before the general.
pub const SIGNS: &[(&[&str], &str, &str)] = &[
    (
        &["outofmemory", "killed due to memory usage"],
        "A container used more memory than its limit and was killed.",
        "Give the container more memory, or find what uses it up.",
    ),
    (
        &["health checks in (target-group", "failed elb health checks"],
        "The load balancer's health checks failed, so the service replaced the task.",
        "Check the health check's path and port, that the security group lets the load balancer in, and the service's grace period.",
    ),
    (
        &["failed container health checks"],
        "A container's own health check failed.",
        "Run the health check's command by hand and look at the container's logs; give it a longer start period if it starts slowly.",
    ),
    (
        &["spot task was interrupted", "spot interruption"],
        "AWS took the Spot capacity back.",
        "Nothing is broken. Let the program end within two minutes of SIGTERM, or keep a base on regular Fargate.",
    ),
    (
        &["host ec2", "instance terminated", "instance stopped"],
        "The instance under the task went away.",
        "A service starts the task elsewhere by itself; for a task of its own, run it again.",
    ),
    (
        &["pull rate limit", "toomanyrequests"],
        "The registry limits how often images may be pulled.",
        "Pull with credentials of the registry, or keep a copy of the image in ECR.",
    ),
    (
        &["no space left on device", "thin pool"],
        "The instance's disk is full.",
        "Free disk space on the instance, or give it a larger volume.",
    ),
    (
        &["exec format error"],
        "The image was built for another processor.",
        "Set the task definition's architecture to the image's, or build the image for both.",
    ),
    (
        &["attestation", "unpack image on snapshotter"],
        "The image's index led to something that is no runnable image.",
        "Build the image without provenance data, or correct its multi-platform index.",
    ),
    (
        &["no basic auth credentials", "403 forbidden", "pull access denied"],
        "The registry refused the image: it is private, or does not exist.",
        "Check the image's name, and that the execution role may read its repository.",
    ),
    (
        &[
            "unable to retrieve ecr registry auth",
            "i/o timeout",
            "context deadline exceeded",
            "dial tcp",
            "connection refused",
            "pull command failed",
        ],
        "The task could not reach the registry or another AWS service in time.",
        "Give the subnet a way out (a public IP, a NAT gateway or VPC endpoints), check the security groups, and the image's host name for typing errors.",
    ),
    (
        &["pullecrcontainererror", "not authorized to perform: ecr"],
        "The execution role, or the VPC endpoint's policy, does not allow pulling from ECR.",
        "Allow the ECR read actions on the execution role and in the endpoint's policy.",
    ),
    (
        &[
            "cannotpullcontainer",
            "failed to resolve ref",
            "manifest unknown",
            "inspect image has been retried",
        ],
        "The image could not be pulled.",
        "Check that the image and its tag exist in the registry, written in full, and that the execution role may read them.",
    ),
    (
        &["marked for deletion", "scheduled for deletion", "marked deleted"],
        "A secret that the task needs is marked for deletion.",
        "Restore the secret, or point the task definition at another.",
    ),
    (
        &[
            "awscurrent",
            "can't find the specified secret value",
            "can’t find the specified secret value",
        ],
        "A secret that the task needs holds no value yet.",
        "Put a value into the secret, then run the task again.",
    ),
    (
        &["unexpected arn", "validationexception", "invalid arn"],
        "A reference to a secret is not written right.",
        "Write the secret's whole ARN in the task definition.",
    ),
    (
        &[
            "retrieve secret",
            "secretsmanager",
            "ssm parameter",
            "parameter store",
            "invalid parameters",
            "from asm",
            "from ssm",
        ],
        "A secret could not be read.",
        "Check the secret's name and region, and that the execution role (not the task role) may read it and its key.",
    ),
    (
        &[
            "log group does not exist",
            "log group defined",
            "initializing logging driver",
            "initialize logging driver",
            "logger args",
            "log stream",
        ],
        "The logs could not be set up.",
        "Create the log group (or let awslogs create it), allow the execution role to write to it, and check the way to CloudWatch Logs.",
    ),
    (
        &["efs", "mount.nfs"],
        "An EFS volume could not be mounted.",
        "Check that the zone has a mount target, that DNS works in the VPC, and that port 2049 is open.",
    ),
    (
        &["env files", "environment file"],
        "An environment file could not be fetched from S3.",
        "Check the way to S3 and that the execution role may read the object.",
    ),
    (
        &["gathering device information", "custom device"],
        "The instance lacks a device that the task definition names.",
        "Choose an instance type with that device, or take the device out.",
    ),
    (
        &["unable to assume the role", "unable to assume role"],
        "ECS could not use the task's role.",
        "Let the role trust ecs-tasks.amazonaws.com.",
    ),
    (
        &["cannotcreatecontainer"],
        "The container could not be created on its instance.",
        "Read AWS's words above; disk space and volumes are the usual causes.",
    ),
    (
        &["cannotstartcontainer", "oci runtime create failed"],
        "The container was made but could not be started.",
        "Check entry point and command, that the file is executable, and the image's processor architecture.",
    ),
    (
        &["dependency graph", "dependency did not"],
        "A container that others wait for did not end or start as they expect.",
        "Look at the exit code and logs of the container it depends on.",
    ),
    (
        &["network interface provisioning", "eni"],
        "The task's network interface did not come up in time.",
        "Check that the subnet has free addresses and that the instance can take more interfaces.",
    ),
    (
        &["timed out", "timeout"],
        "Something took too long to start.",
        "Run it again; if it stays, look at the size of the image and the start timeout.",
    ),
    (
        &["internalerror", "internal error"],
        "AWS had a fault of its own.",
        "Run it again; if it stays, ask AWS support.",
    ),
    (
        &["task failed to start"],
        "The task could not be brought up.",
        "Look at the containers' reasons below.",
    ),
];
