//! The fields of the task as a whole.

use leptos::prelude::*;

use super::lens::use_form;
use crate::ui::*;

/// Options from pairs of words.
pub fn options(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect()
}

/// Family, compatibility, network, platform.
#[component]
pub fn NameAndPlace() -> impl IntoView {
    let form = use_form();
    let compatible = form.choice_of_words("requiresCompatibilities");
    let network = form.text("networkMode");
    let system = form.text("runtimePlatform.operatingSystemFamily");
    let architecture = form.text("runtimePlatform.cpuArchitecture");
    let compatibilities = options(&[
        ("FARGATE", "Fargate"),
        ("EC2", "EC2 instances"),
        ("EC2,FARGATE", "Fargate and EC2"),
        ("", "Not checked by ECS"),
    ]);
    let networks = options(&[
        ("awsvpc", "awsvpc: an address of its own"),
        ("bridge", "bridge: ports of the instance"),
        ("host", "host: the instance's network"),
        ("none", "none"),
        ("", "ECS's default (bridge)"),
    ]);
    let systems = options(&[
        ("", "ECS's default (Linux)"),
        ("LINUX", "Linux"),
        ("WINDOWS_SERVER_2022_CORE", "Windows Server 2022 Core"),
        ("WINDOWS_SERVER_2022_FULL", "Windows Server 2022 Full"),
        ("WINDOWS_SERVER_2025_CORE", "Windows Server 2025 Core"),
        ("WINDOWS_SERVER_2025_FULL", "Windows Server 2025 Full"),
    ]);
    let architectures = options(&[
        ("", "ECS's default (x86)"),
        ("X86_64", "x86, 64 bit"),
        ("ARM64", "ARM, 64 bit"),
    ]);
    view! {
        <FormSection title="Name and place" hint="What it is called, and where it must be able to run.">
            <TextField path="family" label="Family" value=form.text("family") required=true mono=true
                hint="A new name begins a family; a known one gets its next revision."/>
            <div class="field-row">
                <SelectField path="requiresCompatibilities" label="Runs on" options=compatibilities value=compatible/>
                <SelectField path="networkMode" label="Network mode" options=networks value=network/>
            </div>
            <div class="field-row">
                <SelectField path="runtimePlatform.operatingSystemFamily" label="Operating system" options=systems value=system/>
                <SelectField path="runtimePlatform.cpuArchitecture" label="Architecture" options=architectures value=architecture/>
            </div>
        </FormSection>
    }
}

/// What the task and ECS may do on its behalf.
#[component]
pub fn Roles() -> impl IntoView {
    let form = use_form();
    view! {
        <FormSection title="Roles" hint="IAM roles, by ARN or name. The console must be allowed to pass them on.">
            <TextField path="executionRoleArn" label="Execution role" value=form.text("executionRoleArn") mono=true
                hint="With it ECS pulls images, reads secrets and writes logs. Secrets and logs on Fargate need it."/>
            <TextField path="taskRoleArn" label="Task role" value=form.text("taskRoleArn") mono=true
                hint="With it the programs in the containers call AWS."/>
        </FormSection>
    }
}
