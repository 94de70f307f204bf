//! The fields of the task as a whole.

use leptos::prelude::*;

use super::lens::use_form;
use crate::task_definitions::rules::{FARGATE_CPUS, cpu_units, fargate_memories, memory_mib};
use crate::task_definitions::summary::{memory_words, vcpu_words};
use crate::ui::*;

/// The words of options, with the present value among them even when it is none of them.
pub fn with_present(
    value: RwSignal<String>,
    options: Vec<(String, String)>,
) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let present = value.get();
        let mut options = options.clone();
        if !options.iter().any(|option| option.0 == present) {
            options.push((present.clone(), present));
        }
        options
    })
}

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
    let compatibilities = with_present(
        compatible,
        options(&[
            ("FARGATE", "Fargate"),
            ("EC2", "EC2 instances"),
            ("EC2,FARGATE", "Fargate and EC2"),
            ("", "Not checked by ECS"),
        ]),
    );
    let networks = with_present(
        network,
        options(&[
            ("awsvpc", "awsvpc: an address of its own"),
            ("bridge", "bridge: ports of the instance"),
            ("host", "host: the instance's network"),
            ("none", "none"),
            ("", "ECS's default (bridge)"),
        ]),
    );
    let systems = with_present(
        system,
        options(&[
            ("", "ECS's default (Linux)"),
            ("LINUX", "Linux"),
            ("WINDOWS_SERVER_2022_CORE", "Windows Server 2022 Core"),
            ("WINDOWS_SERVER_2022_FULL", "Windows Server 2022 Full"),
            ("WINDOWS_SERVER_2025_CORE", "Windows Server 2025 Core"),
            ("WINDOWS_SERVER_2025_FULL", "Windows Server 2025 Full"),
        ]),
    );
    let architectures = with_present(
        architecture,
        options(&[
            ("", "ECS's default (x86)"),
            ("X86_64", "x86, 64 bit"),
            ("ARM64", "ARM, 64 bit"),
        ]),
    );
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

/// CPU and memory: pairs to choose from for Fargate, free numbers otherwise.
#[component]
pub fn Size() -> impl IntoView {
    let form = use_form();
    let compatible = form.value("requiresCompatibilities");
    let fargate = Memo::new(move |_| compatible.read().contains("FARGATE"));
    let (cpu, memory) = (form.text("cpu"), form.text("memory"));
    move || {
        if fargate.get() {
            view! { <FargateSize cpu memory/> }.into_any()
        } else {
            view! {
                <FormSection title="Size" hint="Without a size for the task, each container needs a memory limit or reservation.">
                    <div class="field-row">
                        <TextField path="cpu" label="CPU" value=cpu inputmode="numeric" unit="units" hint="1024 units are one vCPU."/>
                        <TextField path="memory" label="Memory" value=memory inputmode="numeric" unit="MiB"/>
                    </div>
                </FormSection>
            }
            .into_any()
        }
    }
}

#[component]
fn FargateSize(cpu: RwSignal<String>, memory: RwSignal<String>) -> impl IntoView {
    let cpus = FARGATE_CPUS.map(|units| (units.to_string(), vcpu_words(units)));
    let cpus = with_present(cpu, cpus.to_vec());
    let memories = Signal::derive(move || {
        let offered = fargate_memories(cpu_units(&cpu.read()).unwrap_or_default());
        let present = memory.get();
        let mut options: Vec<_> =
            offered.iter().map(|mib| (mib.to_string(), memory_words(*mib))).collect();
        if !options.iter().any(|option| option.0 == present) {
            let words = match memory_mib(&present) {
                Some(mib) if offered.contains(&mib) => memory_words(mib),
                Some(mib) => format!("{}: not with this CPU", memory_words(mib)),
                None if present.is_empty() => "Choose".to_owned(),
                None => present.clone(),
            };
            options.insert(0, (present, words));
        }
        options
    });
    view! {
        <FormSection title="Size" hint="Fargate offers these pairs.">
            <div class="field-row">
                <SelectField path="cpu" label="CPU" options=cpus value=cpu required=true/>
                <SelectField path="memory" label="Memory" options=memories value=memory required=true/>
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
