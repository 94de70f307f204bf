//! Deleting a cluster: first what is in the way, then its name.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::api::delete_cluster;
use super::detail::Remains;
use crate::layout::use_refusal;
use crate::links;
use crate::names::ClusterName;
use crate::submission::Submission;
use crate::team::model::Role;
use crate::ui::*;
use crate::words::counted;

/// The button and its two dialogs: one says what is still in the cluster, the other asks for its
/// name.
#[component]
pub fn DeleteCluster(
    /// The cluster.
    name: ClusterName,
    /// Its state, as ECS writes it.
    #[prop(into)]
    status: Signal<String>,
    /// What is still in it, kept fresh.
    #[prop(into)]
    remains: Signal<Remains>,
) -> impl IntoView {
    let (asking, blocked) = (RwSignal::new(false), RwSignal::new(false));
    let refusal = use_refusal(Role::Operator);
    let reason = Signal::derive(move || {
        refusal.clone().or_else(|| {
            (*status.read() == "INACTIVE").then(|| "It has been deleted already.".to_owned())
        })
    });
    let open = move |()| {
        if remains.read_untracked().is_empty() {
            asking.set(true);
        } else {
            blocked.set(true);
        }
    };
    let go_on = move |()| {
        blocked.set(false);
        asking.set(true);
    };
    let in_the_way = {
        let name = name.clone();
        move || view! { <InTheWay name=name.clone() remains=remains.get()/> }
    };
    view! {
        <Button kind=ButtonKind::Danger icon=IconName::Trash disabled_reason=reason on_press=open>"Delete…"</Button>
        <Dialog open=blocked title=format!("{name} can't be deleted yet")>
            {in_the_way}
            <div class="dialog-actions">
                <Button on_press=move |()| blocked.set(false)>"Close"</Button>
                <Button
                    kind=ButtonKind::Danger on_press=go_on
                    disabled_reason=Signal::derive(move || (!remains.read().is_empty()).then(|| "Something is still in it.".to_owned()))
                >"Delete cluster…"</Button>
            </div>
        </Dialog>
        <Confirm name open=asking/>
    }
}

/// What is still there, each with the way to it.
#[component]
fn InTheWay(name: ClusterName, remains: Remains) -> impl IntoView {
    if remains.is_empty() {
        return view! { <p>"Nothing is left in it any more: it can be deleted now."</p> }
            .into_any();
    }
    let services = remains.services.iter().map(|service| {
        view! { <li><a href=links::service(&name, service)>{service.to_string()}</a></li> }
    });
    let (services, count) = (services.collect_view(), remains.services.len());
    view! {
        <p>"ECS deletes only empty clusters. Still in it:"</p>
        {(count > 0).then(|| view! {
            <div>
                <p><strong>{counted(count, "service")}</strong>" to delete first:"</p>
                <ul class="plain-list">{services}</ul>
            </div>
        })}
        {(remains.tasks > 0).then(|| view! {
            <p><a href=links::tasks_of(&name)><strong>{counted(remains.tasks, "task")}</strong></a>" to stop. Tasks of a service end with it."</p>
        })}
        {(remains.instances > 0).then(|| view! {
            <p><strong>{counted(remains.instances, "instance")}</strong>" to deregister, or to terminate in EC2."</p>
        })}
    }
    .into_any()
}

#[component]
fn Confirm(name: ClusterName, open: RwSignal<bool>) -> impl IntoView {
    let form = Submission::new();
    let (toasts, navigate) = (use_toasts(), use_navigate());
    let asked = name.clone();
    let confirm = move |()| {
        let (name, navigate) = (asked.clone(), navigate.clone());
        let said = format!("Cluster {name} was deleted.");
        form.send(
            move |token| delete_cluster(token, name),
            move |()| {
                open.set(false);
                toasts.success(said);
                navigate(links::CLUSTERS, Default::default());
            },
        );
    };
    view! {
        <ConfirmDialog
            open danger=true
            title=format!("Delete cluster {name}?")
            confirm_label="Delete cluster"
            typed_name=name.to_string()
            busy=form.busy() error=form.problem()
            on_confirm=confirm
        >
            <p>"The cluster is empty. Its settings, tags and default strategy go with it; task definitions stay. ECS keeps its name in sight as INACTIVE for a while."</p>
        </ConfirmDialog>
    }
}
