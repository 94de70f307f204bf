//! The containers of a task as cards.

use leptos::prelude::*;

use super::exit_code::{exit_code_words, is_calm};
use super::model::{Container, PortBinding};
use super::state::{container_state, health_state};
use crate::task_definitions::summary::{memory_words, vcpu_words};
use crate::ui::*;

/// One card for each container, in the task definition's order.
#[component]
pub fn ContainerCards(containers: Memo<Vec<Container>>) -> impl IntoView {
    let names = Memo::new(move |_| {
        containers.with(|all| all.iter().map(|c| c.name.clone()).collect::<Vec<_>>())
    });
    let card = move |name: String| {
        let one = {
            let name = name.clone();
            Memo::new(move |_| containers.with(|all| all.iter().find(|c| c.name == name).cloned()))
        };
        view! { <ContainerCard name one/> }
    };
    view! {
        <div class="stack"><For each=move || names.get() key=Clone::clone children=card/></div>
        {move || names.with(Vec::is_empty).then(|| view! { <p class="muted">"ECS has named no containers yet."</p> })}
    }
}

#[component]
fn ContainerCard(name: String, one: Memo<Option<Container>>) -> impl IntoView {
    let state = Memo::new(move |_| {
        one.with(|c| {
            c.as_ref().map(|c| container_state(&c.last_status, c.exit_code)).unwrap_or_default()
        })
    });
    let health = Memo::new(move |_| one.with(|c| c.as_ref().and_then(|c| health_state(&c.health))));
    view! {
        <article class="container-card" data-tone=move || state.get().0.key()>
            <header>
                <h3 class="mono">{name}</h3>
                <StatusMark tone=Signal::derive(move || state.get().0) label=Signal::derive(move || state.get().1)/>
                {move || health.get().map(|(tone, label)| view! { <StatusMark tone label/> })}
            </header>
            <div class="container-body">
                {move || one.get().map(|container| view! { <ContainerFacts container/> })}
            </div>
        </article>
    }
}

#[component]
fn ContainerFacts(container: Container) -> impl IntoView {
    let Container {
        image, image_digest, exit_code, reason, cpu, memory, bindings, runtime_id, ..
    } = container;
    let end = exit_code.map(|code| {
        let words = exit_code_words(code, reason.as_deref());
        let tone = if is_calm(code) { Tone::Idle } else { Tone::Bad };
        view! {
            <KeyValue label="Exit code">
                <StatusMark tone label=format!("{code}: {words}")/>
            </KeyValue>
        }
    });
    let size = size_words(cpu.as_deref(), memory.as_deref());
    let digest = image_digest.map(|digest| {
        let short = digest.chars().take(19).collect::<String>();
        view! { <KeyValue label="Digest"><CopyText text=digest label="image digest" short/></KeyValue> }
    });
    let runtime = runtime_id.map(|id| {
        let short = id.chars().take(12).collect::<String>();
        view! { <KeyValue label="Runtime id"><CopyText text=id label="runtime id" short/></KeyValue> }
    });
    view! {
        {reason.map(|reason| view! { <Notice tone=Tone::Warn>{reason}</Notice> })}
        <KeyValues>
            <KeyValue label="Image"><CopyText text=image label="image"/></KeyValue>
            {digest}
            {end}
            {size.map(|size| view! { <KeyValue label="CPU and memory">{size}</KeyValue> })}
            {(!bindings.is_empty()).then(|| view! { <KeyValue label="Ports">{port_words(&bindings)}</KeyValue> })}
            {runtime}
        </KeyValues>
    }
}

fn size_words(cpu: Option<&str>, memory: Option<&str>) -> Option<String> {
    let parts: Vec<String> = [
        cpu.filter(|cpu| *cpu != "0").map(|cpu| in_words(cpu, vcpu_words)),
        memory.map(|memory| in_words(memory, memory_words)),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// A number as people say it; anything else as ECS wrote it.
fn in_words(text: &str, words: fn(u32) -> String) -> String {
    text.parse().map_or_else(|_| text.to_owned(), words)
}

fn port_words(bindings: &[PortBinding]) -> String {
    let one = |port: &PortBinding| {
        if port.host_port == 0 || port.host_port == port.container_port {
            format!("{}/{}", port.container_port, port.protocol)
        } else {
            format!("{} → {}/{}", port.host_port, port.container_port, port.protocol)
        }
    };
    bindings.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_read_short() {
        assert_eq!(size_words(Some("0"), None), None);
        assert_eq!(size_words(Some("odd"), None).as_deref(), Some("odd"));
        assert_eq!(size_words(Some("256"), Some("512")).as_deref(), Some("0.25 vCPU · 512 MiB"));
        let port = |host_port| PortBinding {
            host_ip: "0.0.0.0".into(),
            container_port: 80,
            host_port,
            protocol: "tcp".into(),
        };
        assert_eq!(port_words(&[port(32_768), port(80)]), "32768 → 80/tcp, 80/tcp");
    }
}
