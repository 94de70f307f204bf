//! What can be done to a service, and why not when it can't.

use leptos::prelude::*;

use super::delete_dialog::DeleteDialog;
use super::deploy_dialog::DeployDialog;
use super::detail::ServiceDetail;
use super::restart_dialog::RestartDialog;
use super::scale_dialog::ScaleDialog;
use crate::layout::use_refusal;
use crate::live::LiveValue;
use crate::team::model::Role;
use crate::ui::*;

/// Scale, deploy, restart and delete.
#[component]
pub fn Actions(live: LiveValue<ServiceDetail>) -> impl IntoView {
    let refusal = use_refusal(Role::Operator);
    let name = live.value.with_untracked(|detail| detail.service.name.to_string());
    let reason = Memo::new(move |_| {
        let gone = live.gone.get().then(|| "It has gone.".to_owned());
        refusal.clone().or(gone).or_else(|| live.value.read().service.change_refusal())
    });
    let scale_reason = Memo::new(move |_| {
        reason.get().or_else(|| {
            (live.value.read().service.scheduling == "DAEMON")
                .then(|| "A daemon runs one task on each instance.".to_owned())
        })
    });
    let deploy_reason = Memo::new(move |_| {
        reason.get().or_else(|| {
            live.value
                .read()
                .service
                .task_definition
                .is_none()
                .then(|| "Its own controller chooses what it runs.".to_owned())
        })
    });
    let closed = || RwSignal::new(false);
    let (scale, deploy, restart, delete) = (closed(), closed(), closed(), closed());
    view! {
        <Button icon=IconName::Scale disabled_reason=scale_reason on_press=move |()| scale.set(true)>"Scale…"</Button>
        <Button kind=ButtonKind::Primary icon=IconName::Play disabled_reason=deploy_reason on_press=move |()| deploy.set(true)>"Deploy revision…"</Button>
        <Menu label=format!("More actions for {name}")>
            <MenuItem icon=IconName::Refresh disabled_reason=reason on_press=move |()| restart.set(true)>"Force new deployment…"</MenuItem>
            <MenuDivider/>
            <MenuItem icon=IconName::Trash danger=true disabled_reason=reason on_press=move |()| delete.set(true)>"Delete…"</MenuItem>
        </Menu>
        <ScaleDialog live open=scale/>
        <DeployDialog live open=deploy/>
        <RestartDialog live open=restart/>
        <DeleteDialog live open=delete/>
    }
}
