//! Following a one-time link: the first administrator, or a member who sets a password. Plain
//! forms that need no WebAssembly.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::open_link;
use super::draft::PASSWORD_MIN;
use super::flash::{self, Flash, Problem};
use super::model::Invited;
use crate::error::AppError;
use crate::links;
use crate::ui::*;

/// The page of a one-time link.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let flash = StoredValue::new(SharedValue::new(flash::take).into_inner());
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let action = StoredValue::new(links::set_up(&token));
    let whom = Resource::new_blocking(move || token.clone(), open_link);
    view! {
        <main class="sign-in">
            <Logo/>
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    let whom = whom.await;
                    view! { <SetUp whom flash=flash.get_value() action=action.get_value()/> }
                })}
            </Suspense>
        </main>
    }
}

/// What the link is for, or that it is for nothing any more.
#[component]
fn SetUp(whom: Result<Option<Invited>, AppError>, flash: Flash, action: String) -> impl IntoView {
    match whom {
        Ok(Some(Invited::FirstAdministrator)) => view! {
            <Title text="Set up"/>
            <h1>"Set up Berth"</h1>
            <SetUpForm flash action known=None/>
            <p class="sign-in-foot">
                "You become the first administrator. You can add the others under Members."
            </p>
        }
        .into_any(),
        Ok(Some(Invited::Member { name, email })) => view! {
            <Title text="Set your password"/>
            <h1>{format!("Welcome, {name}")}</h1>
            <SetUpForm flash action known=Some(email)/>
            <p class="sign-in-foot">"This ends your earlier sessions and password, if you had any."</p>
        }
        .into_any(),
        Ok(None) => {
            let (said, next) = Problem::LinkSpent.words();
            view! { <NoLink said next/> }.into_any()
        }
        Err(error) => {
            view! { <NoLink said=error.to_string() next=error.next_step()/> }.into_any()
        }
    }
}

/// A link that leads no further.
#[component]
fn NoLink(said: String, next: String) -> impl IntoView {
    view! {
        <Title text="Link"/>
        <h1>"This link can't be used"</h1>
        <div class="sign-in-card">
            <p>{said}</p>
            <p>{next}</p>
            <LinkButton href=links::SIGN_IN>"Sign in"</LinkButton>
        </div>
    }
}

/// The form; a member's email is `known`, the first administrator types name and email.
#[component]
fn SetUpForm(flash: Flash, action: String, known: Option<String>) -> impl IntoView {
    let Flash { problem, errors, email, name } = flash;
    provide_field_errors(Signal::stored(errors));
    let problem = problem.map(Problem::words);
    let (name, email) = (RwSignal::new(name), RwSignal::new(email));
    let password = RwSignal::new(String::new());
    let who = match known {
        // Password managers keep the password under this name.
        Some(known) => view! {
            <p class="muted">{known.clone()}</p>
            <input type="hidden" name="email" autocomplete="username" value=known/>
        }
        .into_any(),
        None => view! {
            <TextField path="name" label="Name" value=name required=true autocomplete="name"/>
            <TextField
                path="email"
                label="Email"
                value=email
                required=true
                input_type="email"
                autocomplete="username"
                inputmode="email"
            />
        }
        .into_any(),
    };
    view! {
        <form class="sign-in-card" method="post" action=action>
            <FormProblem error=problem/>
            {who}
            <TextField
                path="password"
                label="Password"
                value=password
                required=true
                input_type="password"
                autocomplete="new-password"
                hint=format!("At least {PASSWORD_MIN} characters. Four words that have nothing to do with each other are a good one.")
            />
            <Button kind=ButtonKind::Primary button_type="submit">"Set password and sign in"</Button>
        </form>
    }
}
