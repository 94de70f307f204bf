//! The form's question of which network tasks join.

use leptos::prelude::*;

use super::choices::KnownNetwork;
use super::fields::LaunchFields;
use crate::task_definitions::choices::{NetworkChoices, NetworkPicker};
use crate::ui::*;

/// The most networks that are offered to take over: more would hide the fields below them.
const OFFERED: usize = 5;

/// Subnets and security groups, when the revision's tasks have a network of their own.
#[component]
pub fn NetworkSection(fields: LaunchFields) -> impl IntoView {
    let shared = Memo::new(move |_| {
        fields.needs.with(|needs| {
            needs.as_ref().filter(|needs| !needs.needs_network()).map(|needs| {
                format!(
                    "{} uses the network mode {}: its tasks share the network of their machine, and there is nothing to choose.",
                    needs.revision, needs.network_mode
                )
            })
        })
    });
    view! {
        <FormSection title="Network" hint="For revisions with the network mode awsvpc: each task gets an address of its own.">
            {move || match shared.get() {
                Some(words) => view! { <p class="muted" role="status">{words}</p> }.into_any(),
                None => view! { <NetworkFields fields/> }.into_any(),
            }}
        </FormSection>
    }
}

#[component]
fn NetworkFields(fields: LaunchFields) -> impl IntoView {
    let choices = NetworkChoices::unopened();
    provide_field_remarks(Signal::derive(move || {
        choices.remarks(&fields.subnets.read(), &fields.security_groups.read())
    }));
    let apart =
        Memo::new(move |_| choices.apart(&fields.subnets.read(), &fields.security_groups.read()));
    view! {
        <div class="field-stack network-fields">
            <TakeOver fields/>
            <ListRows
                path="subnets" legend="Subnets" item_label="Subnet" rows=fields.subnets add_label="Add subnet"
                hint="Ids like subnet-0a1b2c3d, at most 16, all of one VPC. Subnets in several zones keep tasks up when one zone fails."
            />
            <NetworkPicker choices rows=fields.subnets/>
            <ListRows
                path="securityGroups" legend="Security groups" item_label="Security group"
                rows=fields.security_groups add_label="Add security group"
                hint="Ids like sg-0a1b2c3d, at most 5. Without any, the VPC's default group."
            />
            <NetworkPicker choices groups=true rows=fields.security_groups/>
            <div role="status">
                {move || apart.get().map(|said| view! { <Notice tone=Tone::Warn>{said}</Notice> })}
            </div>
            <CheckField
                path="publicIp" label="Public address" value=fields.public_ip
                hint="On Fargate only. Tasks in a public subnet need one to pull images; in a private subnet a NAT gateway or endpoints do."
            />
        </div>
    }
}

/// The networks that services of the same cluster use, each one press away.
#[component]
fn TakeOver(fields: LaunchFields) -> impl IntoView {
    let known = Memo::new(move |_| {
        let cluster = fields.cluster.get();
        fields.choices.with_value(|choices| {
            let of_cluster = choices.networks.iter().filter(|n| n.cluster.as_str() == cluster);
            of_cluster.take(OFFERED).cloned().collect::<Vec<_>>()
        })
    });
    let button = move |KnownNetwork { service, network, .. }: KnownNetwork| {
        let take = move |()| {
            fields.subnets.set(network.subnets.clone());
            fields.security_groups.set(network.security_groups.clone());
            fields.public_ip.set(network.public_ip);
        };
        view! { <Button kind=ButtonKind::Quiet on_press=take>{format!("As the service {service}")}</Button> }
    };
    move || {
        (!known.read().is_empty()).then(|| {
            view! {
                <div class="cluster-row">
                    <span class="muted">"Take over:"</span>
                    {known.get().into_iter().map(button).collect_view()}
                </div>
            }
        })
    }
}
