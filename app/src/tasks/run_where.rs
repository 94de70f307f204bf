//! The form's questions of where tasks run and in which network.

use leptos::prelude::*;

use super::run_fields::Fields;
use crate::clusters::StrategyRows;
use crate::launch::choices::KnownNetwork;
use crate::ui::*;

/// The cluster's default, a launch type, or a strategy.
#[component]
pub fn Compute(fields: Fields) -> impl IntoView {
    let options = vec![
        RadioCard::new(
            "default",
            "The cluster's default",
            "Follows the cluster's default capacity provider strategy; without one, EC2.",
        ),
        RadioCard::new(
            "FARGATE",
            "Fargate",
            "AWS runs the machines; each task is billed for its size.",
        ),
        RadioCard::new("EC2", "EC2", "On the cluster's own EC2 instances."),
        RadioCard::new(
            "EXTERNAL",
            "External",
            "On machines of your own that are registered with the cluster.",
        ),
        RadioCard::new(
            "strategy",
            "A strategy of their own",
            "Shares tasks out among capacity providers; the way to Fargate Spot.",
        ),
    ];
    let cluster = Memo::new(move |_| {
        let name = fields.cluster.get();
        fields.choices.with_value(|choices| choices.cluster(&name).cloned())
    });
    let providers = Signal::derive(move || cluster.get().map(|c| c.providers).unwrap_or_default());
    let by_strategy = Memo::new(move |_| *fields.compute.read() == "strategy");
    Effect::new(move |_| {
        if by_strategy.get() && fields.strategy.lines().is_empty() {
            let first = providers.get_untracked().into_iter().next();
            fields.strategy.add(first.unwrap_or_default());
        }
    });
    let words = move || {
        let by_default = *fields.compute.read() == "default";
        cluster.get().map(|c| c.default_words).filter(|_| by_default).map(|words| {
            let said = if words.is_empty() {
                "This cluster has no default strategy: tasks go to its EC2 instances.".to_owned()
            } else {
                words
            };
            view! { <p class="muted" role="status">{said}</p> }
        })
    };
    let able = move || {
        fields.needs.get().filter(|needs| !needs.compatibilities.is_empty()).map(|needs| {
            view! { <p class="muted">{needs.revision.to_string()}" may run on "{needs.compatibilities.join(", ")}"."</p> }
        })
    };
    view! {
        <FormSection title="Where they run">
            {able}
            <RadioCards path="compute" legend="Compute" options value=fields.compute/>
            {words}
            <Show when=move || by_strategy.get()>
                <StrategyRows state=fields.strategy providers/>
            </Show>
        </FormSection>
    }
}

/// Subnets and security groups, when the revision's tasks have a network of their own.
#[component]
pub fn NetworkOf(fields: Fields) -> impl IntoView {
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
fn NetworkFields(fields: Fields) -> impl IntoView {
    view! {
        <div class="field-stack">
            <TakeOver fields/>
            <ListRows
                path="subnets" legend="Subnets" item_label="Subnet" rows=fields.subnets add_label="Add subnet"
                hint="Ids like subnet-0a1b2c3d, at most 16, all of one VPC."
            />
            <ListRows
                path="securityGroups" legend="Security groups" item_label="Security group"
                rows=fields.security_groups add_label="Add security group"
                hint="Ids like sg-0a1b2c3d, at most 5. Without any, the VPC's default group."
            />
            <CheckField
                path="publicIp" label="Public address" value=fields.public_ip
                hint="On Fargate only. Tasks in a public subnet need one to pull images; in a private subnet a NAT gateway or endpoints do."
            />
        </div>
    }
}

/// The networks that services of the same cluster use, each one press away.
#[component]
fn TakeOver(fields: Fields) -> impl IntoView {
    let known = Memo::new(move |_| {
        let cluster = fields.cluster.get();
        fields.choices.with_value(|choices| {
            let of_cluster = choices.networks.iter().filter(|n| n.cluster.as_str() == cluster);
            of_cluster.take(5).cloned().collect::<Vec<_>>()
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
