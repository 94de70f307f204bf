//! A container's health check.

use leptos::prelude::*;

use super::lens::use_form;
use crate::ui::*;

/// The health check of the container at a path.
#[component]
pub fn HealthCheck(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let at = move |member: &'static str| {
        Signal::derive(move || format!("{}.healthCheck.{member}", container.read()))
    };
    view! {
        <ListRows path=at("command") legend="Health check" item_label="Part" rows=form.words(at("command")) add_label="Add part"
            hint="The first part is CMD-SHELL (then one line for a shell) or CMD (then a program and its arguments). ECS does not see checks that are built into the image."/>
        <div class="field-row">
            <NumberField path=at("interval") label="Every" value=form.number(at("interval")) unit="s" placeholder="30"/>
            <NumberField path=at("timeout") label="Time limit" value=form.number(at("timeout")) unit="s" placeholder="5"/>
            <NumberField path=at("retries") label="Failures allowed" value=form.number(at("retries")) placeholder="3"/>
            <NumberField path=at("startPeriod") label="Grace at the start" value=form.number(at("startPeriod")) unit="s" placeholder="0"/>
        </div>
    }
}
