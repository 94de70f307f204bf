//! Port mappings.

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
    let form = use_form();
    let path = Signal::derive(move || format!("{}.portMappings", container.read()));
    let items = Items::of(form, path);
    let network = form.value("networkMode");
    let own_host_port = Memo::new(move |_| matches!(network.read().as_str(), "" | "bridge"));
    let row = move |place: Memo<usize>| {
        let at = move |member| items.member_path(place, member);
        let protocol = form.text(at("protocol"));
        let app = form.text(at("appProtocol"));
        let range = form.value(at("containerPortRange"));
        let (port, host) = (form.number(at("containerPort")), form.number(at("hostPort")));
        let port_range = form.text(at("containerPortRange"));
        let protocols = options(&[("", "tcp"), ("tcp", "tcp"), ("udp", "udp")]);
        let apps = options(&[("", "None"), ("http", "http"), ("http2", "http2"), ("grpc", "grpc")]);
        let is_range = Memo::new(move |_| !range.read().is_empty());
        view! {
            {move || if is_range.get() {
                view! { <TextField path=at("containerPortRange") label="Container ports" value=port_range mono=true/> }.into_any()
            } else {
                view! { <NumberField path=at("containerPort") label="Container port" value=port required=true/> }.into_any()
            }}
            {move || (own_host_port.get() && !is_range.get()).then(|| view! {
                <NumberField path=at("hostPort") label="Host port" value=host placeholder="0"/>
            })}
            <SelectField path=at("protocol") label="Protocol" options=protocols value=protocol/>
            <TextField path=at("name") label="Name" value=form.text(at("name")) mono=true/>
            <SelectField path=at("appProtocol") label="App protocol" options=apps value=app/>
        }
        .into_any()
    };
    view! {
        <Rows items legend="Ports" noun="port" new_item=json!({"containerPort": 80, "protocol": "tcp"}) row/>
    }
}
