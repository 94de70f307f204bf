//! Rules about volumes: which kinds need what.

use serde_json::Value;

use super::{Check, items, one_of, text};
use crate::ask::Ask;
use crate::refusal::Refusal;

pub(super) fn check(document: &Value) -> Check {
    for volume in Ask(document).list("volumes")? {
        r174_docker(Ask(volume))?;
        r175_r178_efs(Ask(volume))?;
        r181_r182_s3(document, Ask(volume))?;
        r183_fsx(Ask(volume))?;
    }
    r165_at_launch(document)?;
    r169_from(document)
}

fn r165_at_launch(document: &Value) -> Check {
    let at_launch = |volume: &&Value| volume.get("configuredAtLaunch") == Some(&Value::Bool(true));
    let mut volumes = items(document, "volumes").iter().filter(at_launch);
    let Some(name) = volumes.next().and_then(|volume| text(volume, "name")) else {
        return Ok(());
    };
    if volumes.next().is_some() {
        return Err(Refusal::client("Only one volume can be configured at launch."));
    }
    let mounts = items(document, "containerDefinitions").iter();
    let mut mounts = mounts.flat_map(|container| items(container, "mountPoints"));
    if mounts.any(|mount| text(mount, "sourceVolume") == Some(name)) {
        return Ok(());
    }
    Err(Refusal::client(format!(
        "Volume '{name}' is configured at launch and must be mounted by a container."
    )))
}

fn r169_from(document: &Value) -> Check {
    let containers = items(document, "containerDefinitions");
    for container in containers {
        let own = text(container, "name");
        for from in Ask(container).list("volumesFrom")? {
            let source = text(from, "sourceContainer");
            let known = containers.iter().any(|other| text(other, "name") == source);
            if source == own || !known {
                return Err(Refusal::client(format!(
                    "Invalid volumesFrom: '{}' is no other container of the task definition.",
                    source.unwrap_or_default()
                )));
            }
        }
    }
    Ok(())
}

fn r174_docker(volume: Ask<'_>) -> Check {
    let Some(docker) = volume.object("dockerVolumeConfiguration")? else {
        return Ok(());
    };
    if let Some(scope) = docker.text("scope")? {
        one_of("dockerVolumeConfiguration.scope", scope, &["task", "shared"])?;
    }
    if docker.flag("autoprovision")? == Some(true) && docker.text("scope")? != Some("shared") {
        return Err(Refusal::client(
            "autoprovision is only supported for volumes of scope shared.",
        ));
    }
    Ok(())
}

fn needed(what: &str, configuration: Ask<'_>, members: &[&str]) -> Check {
    for member in members {
        if configuration.text(member)?.is_none_or(str::is_empty) {
            return Err(Refusal::client(format!("{what} must have a {member}.")));
        }
    }
    Ok(())
}

/// R176 and R182: the access point says where it begins.
fn root_of_access_point(root: Option<&str>) -> Check {
    if matches!(root, None | Some("" | "/")) {
        return Ok(());
    }
    Err(Refusal::client("rootDirectory must be omitted or / when an access point is used."))
}

/// R175 to R178.
fn r175_r178_efs(volume: Ask<'_>) -> Check {
    let Some(efs) = volume.object("efsVolumeConfiguration")? else {
        return Ok(());
    };
    needed("efsVolumeConfiguration", efs, &["fileSystemId"])?;
    let switch = ["ENABLED", "DISABLED"];
    if let Some(word) = efs.text("transitEncryption")? {
        one_of("efsVolumeConfiguration.transitEncryption", word, &switch)?;
    }
    let Some(authorization) = efs.object("authorizationConfig")? else {
        return Ok(());
    };
    if let Some(word) = authorization.text("iam")? {
        one_of("efsVolumeConfiguration.authorizationConfig.iam", word, &switch)?;
    }
    let encrypted = efs.text("transitEncryption")? == Some("ENABLED");
    if authorization.text("accessPointId")?.is_some_and(|id| !id.is_empty()) {
        root_of_access_point(efs.text("rootDirectory")?)?;
        if !encrypted {
            return Err(Refusal::client(
                "Transit encryption must be enabled when an EFS access point is used.",
            ));
        }
    }
    if authorization.text("iam")? == Some("ENABLED") && !encrypted {
        return Err(Refusal::client(
            "Transit encryption must be enabled when EFS IAM authorization is used.",
        ));
    }
    Ok(())
}

/// R181 and R182.
fn r181_r182_s3(document: &Value, volume: Ask<'_>) -> Check {
    let Some(files) = volume.object("s3filesVolumeConfiguration")? else {
        return Ok(());
    };
    needed("s3filesVolumeConfiguration", files, &["fileSystemArn"])?;
    if !files.text("fileSystemArn")?.is_some_and(|arn| arn.starts_with("arn:")) {
        return Err(Refusal::client("fileSystemArn must be a full ARN."));
    }
    if text(document, "taskRoleArn").is_none_or(str::is_empty) {
        return Err(Refusal::client("A task role is required for S3 Files volumes."));
    }
    if files.text("accessPointArn")?.is_some_and(|arn| !arn.is_empty()) {
        root_of_access_point(files.text("rootDirectory")?)?;
    }
    Ok(())
}

fn r183_fsx(volume: Ask<'_>) -> Check {
    let Some(fsx) = volume.object("fsxWindowsFileServerVolumeConfiguration")? else {
        return Ok(());
    };
    let what = "fsxWindowsFileServerVolumeConfiguration";
    needed(what, fsx, &["fileSystemId", "rootDirectory"])?;
    match fsx.object("authorizationConfig")? {
        Some(authorization) => needed(what, authorization, &["credentialsParameter", "domain"]),
        None => Err(Refusal::client(format!("{what} must have an authorizationConfig."))),
    }
}
