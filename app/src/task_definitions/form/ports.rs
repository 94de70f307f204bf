//! Port mappings: single ports and ranges.

use leptos::prelude::*;
use serde_json::json;

use super::keys::Items;
use super::lens::use_form;
use super::rows::Rows;
use super::task::options;
use crate::ui::*;

/// The ports of the container at a path.
#[component]
pub fn Ports(container: Signal<String>) -> impl IntoView {
    let path = Signal::derive(move || format!("{}.portMappings", container.read()));
    let items = Items::of(use_form(), path);
    let row = move |place: Memo<usize>| view! { <PortFields items place/> }.into_any();
    view! {
        <Rows items legend="Ports" noun="port" new_item=json!({"containerPort": 80, "protocol": "tcp"}) first="input" row/>
    }
}

#[component]
fn PortFields(items: Items, place: Memo<usize>) -> impl IntoView {
    let form = use_form();
    let at = move |member| items.member_path(place, member);
    let network = form.value("networkMode");
    let written_range = form.value(at("containerPortRange"));
    let written_host = form.value(at("hostPort"));
    // A range that is being written is none yet, and stays a range.
    let kind = RwSignal::new(
        if written_range.read_untracked().is_empty() { "port" } else { "range" }.to_owned(),
    );
    Effect::new(move |_| {
        if !written_range.read().is_empty() && *kind.read_untracked() != "range" {
            kind.set("range".to_owned());
        }
    });
    let choose = move |chosen: String| {
        let item = items.item_path(place).get_untracked();
        form.document.update(|document| {
            if chosen == "range" {
                // A range stands alone: ECS takes neither of the two ports with it.
                document.remove(&format!("{item}.containerPort"));
                document.remove(&format!("{item}.hostPort"));
            } else {
                document.remove(&format!("{item}.containerPortRange"));
            }
        });
    };
    let is_range = Memo::new(move |_| *kind.read() == "range");
    let own_host_port = Memo::new(move |_| matches!(network.read().as_str(), "" | "bridge"));
    // A host port that is there is shown, also where it should not be.
    let shows_host = Memo::new(move |was: Option<&bool>| {
        let kept = was.copied().unwrap_or(false) && !written_host.read().is_empty();
        kept || own_host_port.get() || !written_host.read().is_empty()
    });
    let (port, host) = (form.number(at("containerPort")), form.number(at("hostPort")));
    let range = form.text(at("containerPortRange"));
    let protocols = options(&[("", "tcp"), ("tcp", "tcp"), ("udp", "udp")]);
    let apps = options(&[("", "None"), ("http", "http"), ("http2", "http2"), ("grpc", "grpc")]);
    let kinds = options(&[("port", "One port"), ("range", "A range")]);
    view! {
        <SelectField path=at("kind") label="Ports" options=kinds value=kind on_choose=choose required=true/>
        {move || if is_range.get() {
            view! { <TextField path=at("containerPortRange") label="Container ports" value=range required=true mono=true placeholder="8000-8010"/> }.into_any()
        } else {
            view! { <NumberField path=at("containerPort") label="Container port" value=port required=true/> }.into_any()
        }}
        {move || (shows_host.get() && !is_range.get()).then(|| view! {
            <NumberField path=at("hostPort") label="Host port" value=host placeholder="0"/>
        })}
        <SelectField path=at("protocol") label="Protocol" options=protocols value=form.text(at("protocol"))/>
        <TextField path=at("name") label="Name" value=form.text(at("name")) mono=true/>
        <SelectField path=at("appProtocol") label="App protocol" options=apps value=form.text(at("appProtocol"))/>
    }
}
