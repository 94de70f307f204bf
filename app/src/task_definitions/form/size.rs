//! The size of the task.

use leptos::prelude::*;

use super::field::SchemaField;
use super::lens::use_form;
use super::task::SectionInSight;
use crate::task_definitions::rules::{
    FARGATE_CPUS, Facts, cpu_units, fargate_memories, memory_mib, nearest_memory,
};
use crate::task_definitions::schema::Owner;
use crate::task_definitions::summary::{memory_words, vcpu_words};
use crate::ui::*;

/// CPU and memory: pairs to choose from for Fargate, free numbers otherwise.
#[component]
pub fn Size() -> impl IntoView {
    let form = use_form();
    let facts = Memo::new(move |_| form.document.with(Facts::of));
    let fargate = Memo::new(move |_| facts.get().fargate);
    let pair = move || {
        if fargate.get() {
            view! { <FargateSize facts/> }.into_any()
        } else {
            view! {
                <div class="schema-fields">
                    <SchemaField owner=Owner::Task base="" member="cpu"/>
                    <SchemaField owner=Owner::Task base="" member="memory"
                        hint="Without it, each container needs a limit or reservation of its own."/>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <SectionInSight id="size">
            {pair}
            <SchemaField owner=Owner::Task base="" member="ephemeralStorage.sizeInGiB"/>
        </SectionInSight>
    }
}

/// Sizes that Fargate has for Linux only.
fn refused_for_windows() -> Vec<(String, String)> {
    let refused = FARGATE_CPUS.into_iter().filter(|units| !(1024..=4096).contains(units));
    refused.map(|units| (units.to_string(), "not for Windows".to_owned())).collect()
}

#[component]
fn FargateSize(facts: Memo<Facts>) -> impl IntoView {
    let form = use_form();
    let (cpu, memory) = (form.text("cpu"), form.text("memory"));
    let cpus = FARGATE_CPUS.map(|units| (units.to_string(), vcpu_words(units))).to_vec();
    let refused =
        Signal::derive(
            move || {
                if facts.get().windows { refused_for_windows() } else { Vec::new() }
            },
        );
    let memories = Signal::derive(move || memory_options(&cpu.read(), &memory.read()));
    // The memory that took the place of one that the CPU excludes, and what was said of it.
    let moved = RwSignal::new(None::<(String, String)>);
    // Only a choice moves the memory: who writes the document may still be on the way to it.
    let follow = move |cpu: String| {
        let follows = following_memory(&cpu, &memory.read_untracked());
        if let Some((mib, said)) = &follows {
            memory.set(mib.clone());
            announce(said);
        }
        moved.set(follows);
    };
    let said = move || {
        let (mib, said) = moved.get()?;
        (*memory.read() == mib).then(|| view! { <p class="field-hint">{said}</p> })
    };
    view! {
        <div class="field-row">
            <SelectField path="cpu" label="CPU" options=cpus refused value=cpu on_choose=follow required=true/>
            <SelectField path="memory" label="Memory" options=memories value=memory required=true/>
        </div>
        {said}
    }
}

/// What Fargate offers with a CPU size. A memory that it does not offer stands first, and says so.
fn memory_options(cpu: &str, memory: &str) -> Vec<(String, String)> {
    let offered = fargate_memories(cpu_units(cpu).unwrap_or_default());
    let mut options: Vec<_> =
        offered.iter().map(|mib| (mib.to_string(), memory_words(*mib))).collect();
    if !options.iter().any(|option| option.0 == memory) {
        let words = match memory_mib(memory) {
            Some(mib) if offered.contains(&mib) => memory_words(mib),
            Some(mib) => format!("{}: not with this CPU", memory_words(mib)),
            None if memory.is_empty() => "Choose".to_owned(),
            None => memory.to_owned(),
        };
        options.insert(0, (memory.to_owned(), words));
    }
    options
}

/// The memory to take with a newly chosen CPU, and what to say of it; none while the present one
/// goes with it.
fn following_memory(cpu: &str, memory: &str) -> Option<(String, String)> {
    let (units, present) = (cpu_units(cpu)?, memory_mib(memory)?);
    let nearest = nearest_memory(units, present)?;
    (nearest != present).then(|| {
        let (nearest_words, present_words) = (memory_words(nearest), memory_words(present));
        let said = format!(
            "Memory is {nearest_words} now: Fargate does not offer {present_words} with {}.",
            vcpu_words(units)
        );
        (nearest.to_string(), said)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_follows_the_cpu() {
        for (cpu, memory, follows) in [
            ("256", "512", None),
            ("1024", "512", Some("2048")),
            ("256", "30720", Some("2048")),
            ("8192", "18432", Some("20480")),
            ("32768", "65536", Some("61440")),
            ("1024", "2 GB", None),
            ("1024", ".5 GB", Some("2048")),
            ("1024", "", None),
            ("1000", "512", None),
        ] {
            let found = following_memory(cpu, memory).map(|(mib, _)| mib);
            assert_eq!(found.as_deref(), follows, "{cpu} with {memory}");
        }
        let (_, said) = following_memory("1024", "512").unwrap();
        assert_eq!(said, "Memory is 2 GB now: Fargate does not offer 512 MiB with 1 vCPU.");
    }

    #[test]
    fn windows_has_one_to_four_vcpus() {
        let refused: Vec<_> = refused_for_windows().into_iter().map(|(value, _)| value).collect();
        assert_eq!(refused, ["256", "512", "8192", "16384", "32768"]);
    }

    #[test]
    fn only_what_goes_with_the_cpu_is_offered() {
        let values = |cpu, memory| {
            let options = memory_options(cpu, memory).into_iter();
            options.map(|(value, _)| value).collect::<Vec<_>>()
        };
        assert_eq!(values("256", "1024"), ["512", "1024", "2048"]);
        assert_eq!(values("256", "1 GB"), ["1 GB", "512", "1024", "2048"]);
        let odd = memory_options("256", "4096");
        assert_eq!(odd[0], ("4096".to_owned(), "4 GB: not with this CPU".to_owned()));
        assert_eq!(odd.len(), 4);
    }
}
