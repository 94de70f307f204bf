//! Why the present member may not do something.

use leptos::prelude::*;

use super::use_role;
use crate::error::AppError;
use crate::live::use_health;
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;

/// Why the present member may not do what needs at least this role; `None` when the member may.
/// The server says the same, and checks it again.
pub fn use_refusal(least: Role) -> Option<String> {
    let role = use_role();
    (role < least).then(|| {
        format!(
            "This needs the role {}; yours is {}.",
            least.label().to_lowercase(),
            role.label().to_lowercase()
        )
    })
}

/// [`use_refusal`] for what starts from what was read of ECS: before the first reading its form has
/// nothing to offer.
pub fn use_refusal_of_ecs(least: Role) -> Signal<Option<String>> {
    let refusal = use_refusal(least);
    let health = use_health();
    Signal::derive(move || {
        let unread = || "Amazon ECS has not been read yet.".to_owned();
        refusal.clone().or_else(|| health.read().read_at.is_none().then(unread))
    })
}

/// A part of a page that needs a role. Whoever has a lesser one reads why it is not there and what
/// to do, instead of filling a form that can't be sent.
#[component]
pub fn ForRole(
    /// The role, or a greater one.
    least: Role,
    /// What can't be done without it, in plain words.
    #[prop(into)]
    title: String,
    /// The list to go back to: its name and address.
    back: (&'static str, &'static str),
    /// The part.
    children: Children,
) -> impl IntoView {
    match use_refusal(least) {
        None => children().into_any(),
        Some(said) => {
            view! { <AnswerTrouble title error=AppError::NotAllowed(said) back/> }.into_any()
        }
    }
}
