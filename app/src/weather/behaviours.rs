//! What a container of the sandbox does: by the end of its image's tag, or by a variable.

use leptos::prelude::*;

use crate::layout::use_refusal;
use crate::links;
use crate::team::model::Role;
use crate::ui::*;

/// A family to try it with, the word, and what happens. As in the sandbox's README.
const BEHAVIOURS: [(&str, &str, &str); 12] = [
    ("try-runs", "runs", "It runs until it is stopped, then exits with 0. So does any other tag."),
    ("try-exit", "exit-0-after-30s", "It exits by itself, with that code after that time."),
    (
        "try-crash",
        "crash-1-after-8s",
        "The same: a service starts it again and again, more slowly each time.",
    ),
    ("try-oom", "oom-after-20s", "It is killed with 137: OutOfMemoryError."),
    ("try-no-image", "image-not-found", "There is no such image: CannotPullContainerError."),
    ("try-image-denied", "image-denied", "The image may not be pulled: CannotPullContainerError."),
    ("try-no-route", "image-no-route", "The registry can't be reached: CannotPullContainerError."),
    (
        "try-no-secret",
        "secret-not-found",
        "Its first secret is not there: ResourceInitializationError. Give it a secret.",
    ),
    (
        "try-secret-denied",
        "secret-denied",
        "Its first secret may not be read: ResourceInitializationError. Give it a secret.",
    ),
    (
        "try-unhealthy",
        "unhealthy",
        "Its health checks fail, and those of a load balancer. Give it a health check.",
    ),
    (
        "try-slow-start",
        "slow-start-60s",
        "Its health checks pass only after that time. Give it a health check.",
    ),
    (
        "try-stubborn",
        "ignores-sigterm",
        "It does not stop when told to, and is killed with 137 after its stop timeout.",
    ),
];

/// The image of the table, with its word at the end of the tag.
fn image(word: &str) -> String {
    format!("shop/demo:1.0-{word}")
}

/// The table, each image a link to the form that registers it.
#[component]
pub(super) fn Behaviours() -> impl IntoView {
    let may = use_refusal(Role::Operator).is_none();
    let row = move |(family, word, what): (&'static str, &'static str, &'static str)| {
        let image = image(word);
        let href = links::new_task_definition(&[("family", family), ("image", &image)]);
        let shown = if may {
            view! { <a class="mono" href=href>{image}</a> }.into_any()
        } else {
            view! { <span class="mono">{image}</span> }.into_any()
        };
        view! {
            <tr>
                <th scope="row" data-label="Word" class="mono">{word}</th>
                <td data-label="What happens">{what}</td>
                <td data-label="Try it">{shown}</td>
            </tr>
        }
    };
    view! {
        <section class="stack">
            <h2>"What a container does"</h2>
            <p class="weather-words">
                "Images of the sandbox have no program. The end of the tag says what the container does, or the environment variable "
                <code>"SANDBOX_BEHAVIOUR"</code>
                ", which wins. Codes and times are yours to choose. An image below opens the form that registers a task definition with it: run that, or make a service of it."
            </p>
            <TableRegion label="What a container does">
                <thead><tr>
                    <th scope="col">"Word"</th>
                    <th scope="col">"What happens"</th>
                    <th scope="col">"Try it"</th>
                </tr></thead>
                <tbody>{BEHAVIOURS.into_iter().map(row).collect_view()}</tbody>
            </TableRegion>
        </section>
    }
}
