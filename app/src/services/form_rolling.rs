//! The form's questions of how a service rolls, and what keeps it safe.

use leptos::prelude::*;

use super::form_fields::Fields;
use super::percent::rolling_words;
use crate::ui::*;

/// The two percentages, with what they come to.
#[component]
pub fn RollingSection(fields: Fields) -> impl IntoView {
    let daemon = Memo::new(move |_| *fields.scheduling.read() == "DAEMON");
    // A daemon can't have more than one task on an instance, so it must be allowed to have none.
    Effect::new(move |before: Option<bool>| {
        let now = daemon.get();
        if before.is_some_and(|before| before != now) {
            let (minimum, maximum) = if now { ("0", "100") } else { ("100", "200") };
            fields.minimum.set(minimum.to_owned());
            fields.maximum.set(maximum.to_owned());
        }
        now
    });
    let words = Memo::new(move |_| {
        let number = |field: RwSignal<String>| field.read().trim().parse::<u32>().ok();
        let desired = number(fields.desired).filter(|_| !daemon.get())?;
        Some(rolling_words(desired, number(fields.minimum)?, number(fields.maximum)?))
    });
    view! {
        <FormSection title="Rolling deployments" hint="How far ECS may go down and up while it replaces tasks.">
            <div class="field-row">
                <NumberField path="minimum" label="Minimum healthy" value=fields.minimum unit="%" hint="Of the wanted tasks, rounded up."/>
                <NumberField path="maximum" label="Maximum" value=fields.maximum unit="%" hint="Of the wanted tasks, rounded down."/>
            </div>
            {move || words.get().map(|(words, stuck)| if stuck {
                view! { <Notice tone=Tone::Warn>{words}</Notice> }.into_any()
            } else {
                view! { <p class="muted" role="status">{words}</p> }.into_any()
            })}
        </FormSection>
    }
}

/// The circuit breaker, and commands inside tasks.
#[component]
pub fn SafetySection(fields: Fields) -> impl IntoView {
    view! {
        <FormSection title="Safety">
            <CheckField
                path="breaker" label="Circuit breaker" value=fields.breaker
                hint="Stops a deployment whose tasks keep failing. Without it ECS goes on trying."
            />
            <Show when=move || fields.breaker.get()>
                <CheckField
                    path="rollback" label="Roll back when it fails" value=fields.rollback
                    hint="Brings back the last revision whose deployment completed."
                />
            </Show>
            <CheckField
                path="executeCommand" label="ECS Exec" value=fields.execute_command
                hint="Allows commands inside running tasks. The task role must be allowed to open channels."
            />
        </FormSection>
    }
}
