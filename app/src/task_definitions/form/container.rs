//! The containers of the task, each as a card of fields.

use leptos::{html, prelude::*};
use serde_json::{Value, json};

use super::environment::Environment;
use super::health::HealthCheck;
use super::keys::Items;
use super::lens::use_form;
use super::logs::Logs;
use super::mounts::Mounts;
use super::order::Order;
use super::ports::Ports;
use crate::ui::*;

/// As many as ECS takes in one task.
const CONTAINERS_MAX: usize = 10;

/// Up to ten containers.
#[component]
pub fn Containers() -> impl IntoView {
    let form = use_form();
    let items = Items::of(form, Signal::stored("containerDefinitions".to_owned()));
    let full = Signal::derive(move || {
        (items.count() >= CONTAINERS_MAX).then(|| "A task has ten containers at most.".to_owned())
    });
    let list = NodeRef::<html::Ul>::new();
    let add = move |()| {
        items.add(json!({"name": "", "image": "", "essential": items.count() == 0}));
        focus_row(list, items.last_place());
    };
    view! {
        <FormSection title="Containers" hint="The task ends when an essential container ends.">
            <ul node_ref=list class="stack">
                <For each=move || items.keys() key=|key| *key children=move |key| {
                    let place = items.place(key);
                    view! { <li><ContainerFields items place full list/></li> }
                }/>
            </ul>
            <div><Button icon=IconName::Plus disabled_reason=full on_press=add>"Add container"</Button></div>
        </FormSection>
    }
}

#[component]
fn ContainerFields(
    items: Items,
    place: Memo<usize>,
    full: Signal<Option<String>>,
    list: NodeRef<html::Ul>,
) -> impl IntoView {
    let form = use_form();
    let container = items.item_path(place);
    let at = move |member| items.member_path(place, member);
    let name = form.value(at("name"));
    let heading = move || {
        let name = name.get();
        if name.is_empty() { format!("Container {}", place.get().saturating_add(1)) } else { name }
    };
    view! {
        <article class="container-card">
            <header>
                <h3 class="mono">{heading}</h3>
                <ContainerTools items place full list/>
            </header>
            <div class="container-body">
                <div class="field-row">
                    <TextField path=at("name") label="Name" value=form.text(at("name")) required=true mono=true/>
                    <TextField path=at("image") label="Image" value=form.text(at("image")) required=true mono=true placeholder="nginx:1.27"/>
                </div>
                <CheckField path=at("essential") label="Essential" value=form.truth_unless(at("essential")) hint="Its end ends the whole task."/>
                <Ports container/>
                <Environment container/>
                <Logs container/>
                <Fold container title="Limits and command" members=&["cpu", "memory", "memoryReservation", "entryPoint", "command", "workingDirectory", "user"]>
                    <Limits container/>
                </Fold>
                <Fold container title="Mounts" members=&["mountPoints"]><Mounts container/></Fold>
                <Fold container title="Health check" members=&["healthCheck"]><HealthCheck container/></Fold>
                <Fold container title="Order" members=&["dependsOn"]><Order container/></Fold>
            </div>
        </article>
    }
}

/// Fields that most containers do without: folded away while there is nothing in them.
#[component]
fn Fold(
    container: Signal<String>,
    title: &'static str,
    members: &'static [&'static str],
    children: Children,
) -> impl IntoView {
    let form = use_form();
    let filled = move || {
        form.document.with(|document| {
            let container = document.get(&container.read());
            container.is_some_and(|c| members.iter().any(|member| says_something(c.get(member))))
        })
    };
    let open = Memo::new(move |was: Option<&bool>| was.copied().unwrap_or(false) || filled());
    view! {
        <details class="fold" open=move || open.get()>
            <summary>{title}</summary>
            <div class="field-stack">{children()}</div>
        </details>
    }
}

/// Whether a member holds more than what ECS itself writes for nothing.
fn says_something(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Number(number)) => number.as_i64() != Some(0),
        Some(_) => true,
    }
}

#[component]
fn Limits(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let at = move |member: &'static str| {
        Signal::derive(move || format!("{}.{member}", container.read()))
    };
    view! {
        <div class="field-row">
            <NumberField path=at("cpu") label="CPU" value=form.number(at("cpu")) unit="units"/>
            <NumberField path=at("memory") label="Memory limit" value=form.number(at("memory")) unit="MiB"/>
            <NumberField path=at("memoryReservation") label="Memory reservation" value=form.number(at("memoryReservation")) unit="MiB"/>
        </div>
        <ListRows path=at("entryPoint") legend="Entry point" item_label="Part" rows=form.words(at("entryPoint")) add_label="Add part"/>
        <ListRows path=at("command") legend="Command" item_label="Part" rows=form.words(at("command")) add_label="Add part" hint="One part per row, without quotes."/>
        <div class="field-row">
            <TextField path=at("workingDirectory") label="Working directory" value=form.text(at("workingDirectory")) mono=true/>
            <TextField path=at("user") label="User" value=form.text(at("user")) mono=true/>
        </div>
    }
}

/// Move, duplicate, remove.
#[component]
fn ContainerTools(
    items: Items,
    place: Memo<usize>,
    full: Signal<Option<String>>,
    list: NodeRef<html::Ul>,
) -> impl IntoView {
    let only = Signal::derive(move || {
        (items.count() <= 1).then(|| "A task has one container at least.".to_owned())
    });
    let first = Signal::derive(move || (place.get() == 0).then(|| "It is the first.".to_owned()));
    let last = Signal::derive(move || {
        (place.get().saturating_add(1) >= items.count()).then(|| "It is the last.".to_owned())
    });
    let shift = move |to: usize, pressed: &'static str| {
        items.shift(place.get_untracked(), to);
        focus_in_row(list, to, pressed);
    };
    let up = move |()| shift(place.get_untracked().saturating_sub(1), "[data-moves=up]");
    let down = move |()| shift(place.get_untracked().saturating_add(1), "[data-moves=down]");
    let double = move |()| {
        let at = place.get_untracked();
        if let Some(item) = items.item(at) {
            items.insert(at.saturating_add(1), copy_of(item));
            focus_row(list, at.saturating_add(1));
        }
    };
    let remove = move |()| {
        let at = place.get_untracked();
        items.remove(at);
        focus_row_beside(list, at);
    };
    view! {
        <span class="cluster-row">
            <Button kind=ButtonKind::Quiet icon=IconName::ArrowUp disabled_reason=first attr:data-moves="up" on_press=up><span class="visually-hidden">"Move up"</span></Button>
            <Button kind=ButtonKind::Quiet icon=IconName::ArrowDown disabled_reason=last attr:data-moves="down" on_press=down><span class="visually-hidden">"Move down"</span></Button>
            <Button kind=ButtonKind::Quiet icon=IconName::Copy disabled_reason=full on_press=double>"Duplicate"</Button>
            <Button kind=ButtonKind::Quiet icon=IconName::Trash disabled_reason=only attr:data-removes="" on_press=remove>"Remove"</Button>
        </span>
    }
}

/// A copy that can stand beside the original: containers have different names, and port names are
/// unique in a task.
fn copy_of(mut container: Value) -> Value {
    let name = container.get("name").and_then(Value::as_str).unwrap_or_default();
    if !name.is_empty() {
        container["name"] = json!(format!("{name}-copy"));
    }
    if let Some(ports) = container.get_mut("portMappings").and_then(Value::as_array_mut) {
        for port in ports.iter_mut().filter_map(Value::as_object_mut) {
            port.shift_remove("name");
        }
    }
    container
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ecs_writes_for_nothing_keeps_a_part_folded() {
        for (value, says) in
            [(json!(0), false), (json!([]), false), (json!(64), true), (json!({}), true)]
        {
            assert_eq!(says_something(Some(&value)), says, "{value}");
        }
        assert!(!says_something(None));
    }

    #[test]
    fn a_copy_can_stand_beside_the_original() {
        let copy = copy_of(
            json!({"name": "app", "portMappings": [{"containerPort": 80, "name": "web"}], "x": 1}),
        );
        assert_eq!(
            copy,
            json!({"name": "app-copy", "portMappings": [{"containerPort": 80}], "x": 1})
        );
        assert_eq!(copy_of(json!({"name": ""})), json!({"name": ""}));
    }
}
