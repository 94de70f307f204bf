//! A role: those that tasks may assume are offered. What a chosen one may be used for is said, and how
//! to make one.

use leptos::prelude::*;

pub use super::role_recipe::RoleUse;

use super::model::{ChoiceKind, Choices};
use super::role_recipe::commands;
use super::source::{Source, plain};
use crate::task_definitions::document::Document;
use crate::ui::{CodeBlock, Fold, SuggestField};

/// An IAM role, by ARN or name.
#[component]
pub fn RoleField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// What to enter.
    #[prop(into)]
    label: String,
    /// The ARN or the name.
    value: RwSignal<String>,
    /// What it is for.
    role: RoleUse,
    /// The document it is for: what it names decides what the role must be allowed.
    #[prop(into)]
    document: Signal<Document>,
    /// What helps to enter it right.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let roles = Source::fixed(ChoiceKind::Roles);
    let suggestions = Signal::derive(move || roles.suggestions(|one| plain(one, "made")));
    let known = Memo::new(move |_| roles.known());
    let chosen = Memo::new(move |_| known.with(|known| standing(known.as_ref(), &value.read())));
    view! {
        <div class="role-field">
            <SuggestField path label value noun="roles" suggestions hint=hint.unwrap_or_default()
                placeholder="arn:aws:iam::…:role/…"
                on_open=move |()| roles.open() on_again=move |()| roles.again()/>
            <div class="role-about">
                {move || match chosen.get() {
                    Standing::Trusts(name) => view! { <Trusted name/> }.into_any(),
                    Standing::NotListed => view! {
                        <p>"No role of this name that trusts ECS tasks was found. ECS refuses one that does not exist, and tasks of one that does not trust ecs-tasks.amazonaws.com do not start."</p>
                    }.into_any(),
                    Standing::Unknown => ().into_any(),
                }}
                {move || value.with(|role| role.trim().is_empty()).then(|| view! { <Recipe role document/> })}
            </div>
        </div>
    }
}

/// What is known of the role that stands in the field.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    /// It trusts ECS tasks; its name.
    Trusts(String),
    /// The list is whole, and it is not in it.
    NotListed,
    /// Nobody has looked yet, or nobody can.
    Unknown,
}

fn standing(known: Option<&Choices>, role: &str) -> Standing {
    let role = role.trim();
    let Some(known) = known.filter(|_| !role.is_empty()) else { return Standing::Unknown };
    // A role is named by its ARN, or by its name with its path.
    let is = |arn: &str| {
        arn == role
            || arn
                .split_once(":role/")
                .is_some_and(|(_, name)| name == role.trim_start_matches('/'))
    };
    match known.items.iter().find(|one| is(&one.value)) {
        Some(one) => Standing::Trusts(one.name.clone()),
        None if known.more || known.missing_right.is_some() || known.trouble.is_some() => {
            Standing::Unknown
        }
        None => Standing::NotListed,
    }
}

/// A role that tasks may assume, and what is attached to it.
#[component]
fn Trusted(name: String) -> impl IntoView {
    let policies = Source::fixed(ChoiceKind::RolePolicies(name));
    policies.open();
    let words = move || {
        let Some(known) = policies.known() else { return String::new() };
        let names: Vec<String> = known.items.iter().map(|one| one.name.clone()).collect();
        match (known.note("policies of roles"), names.is_empty()) {
            (Some(_), _) => known.missing_right.map_or_else(String::new, |right| {
                format!("Grant {right} to the console's role to see its policies here.")
            }),
            (None, true) => {
                "No policy is attached to it; it may have policies of its own.".to_owned()
            }
            (None, false) => format!("Attached: {}.", names.join(", ")),
        }
    };
    view! { <p>"Trusts ECS tasks. "{words}</p> }
}

/// Commands that make a role.
#[component]
fn Recipe(role: RoleUse, document: Signal<Document>) -> impl IntoView {
    let open = RwSignal::new(false);
    let text = Signal::derive(move || document.with(|document| commands(document, role)));
    let about = match role {
        RoleUse::Execution => {
            "Run these with an identity that may make roles, then choose the role here. The policy lets ECS pull from ECR and write logs; what the containers name beside that comes on top: secrets, environment files, log groups to make."
        }
        RoleUse::Task => {
            "Run this with an identity that may make roles, attach the policies that the programs need, then choose the role here."
        }
    };
    view! {
        <Fold class="role-make" summary=|| "No role yet? Make one" open>
            {move || open.get().then(|| view! {
                <p>{about}</p>
                <CodeBlock text label="AWS CLI commands"/>
            })}
        </Fold>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task_definitions::model::Choice;

    #[test]
    fn a_role_is_known_by_arn_and_by_name() {
        let web = Choice {
            value: "arn:aws:iam::1:role/team/web".into(),
            name: "web".into(),
            ..Choice::default()
        };
        let whole = Choices { items: vec![web], ..Choices::default() };
        let denied = Choices { missing_right: Some("iam:ListRoles".into()), ..Choices::default() };
        let long = Choices { more: true, ..Choices::default() };
        let trusts = Standing::Trusts("web".into());
        for (known, role, wanted) in [
            (Some(&whole), "arn:aws:iam::1:role/team/web", trusts.clone()),
            (Some(&whole), "team/web", trusts.clone()),
            (Some(&whole), " /team/web ", trusts),
            (Some(&whole), "web", Standing::NotListed),
            (Some(&whole), "", Standing::Unknown),
            (Some(&denied), "web", Standing::Unknown),
            (Some(&long), "web", Standing::Unknown),
            (None, "web", Standing::Unknown),
        ] {
            assert_eq!(standing(known, role), wanted, "{role}");
        }
    }
}
