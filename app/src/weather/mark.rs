//! The line across every page: that this is the sandbox, and what goes wrong in it on purpose.

use leptos::prelude::*;

use crate::links;
use crate::live::use_weather;
use crate::ui::*;

/// That nothing here touches AWS, and the weather, with the way to its page.
#[component]
pub fn SandboxBanner() -> impl IntoView {
    let weather = use_weather();
    let rough = Memo::new(move |_| !weather.read().is_fair());
    view! {
        <aside class="sandbox-banner" aria-label="Sandbox" data-tone=move || rough.get().then_some("warn")>
            <span>"Sandbox: an imitation of Amazon ECS inside this console. Nothing here touches AWS."</span>
            <a href=links::WEATHER>
                {move || rough.get().then(|| view! { <Icon name=IconName::Weather/> })}
                <span>{move || format!("Weather: {}", weather.read().said())}</span>
            </a>
        </aside>
    }
}
