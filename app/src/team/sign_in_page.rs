//! Signing in: a plain form that needs no WebAssembly.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::flash::{self, Problem};
use crate::links;
use crate::ui::*;

/// The sign-in page. Afterwards the member comes to where `next` in the address says.
#[component]
pub fn SignInPage() -> impl IntoView {
    let flash = SharedValue::new(flash::take).into_inner();
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    let signed_out = flash.problem == Some(Problem::SignedOut);
    let (note, problem) = match flash.problem.map(Problem::words) {
        // That a session ends is no failure of anybody's.
        words if signed_out => (words, None),
        words => (None, words),
    };
    let note = note.map(|(said, next)| {
        view! { <p class="sign-in-note" role="status"><strong>{said}</strong>" "{next}</p> }
    });
    let email = RwSignal::new(flash.email);
    let password = RwSignal::new(String::new());
    view! {
        <Title text="Sign in"/>
        <main class="sign-in">
            <Logo/>
            <h1>"Sign in to Berth"</h1>
            {note}
            <form class="sign-in-card" method="post" action=links::SIGN_IN>
                <FormProblem error=problem/>
                <input type="hidden" name="next" value=next/>
                <TextField
                    path="email"
                    label="Email"
                    value=email
                    required=true
                    input_type="email"
                    autocomplete="username"
                    inputmode="email"
                />
                <TextField
                    path="password"
                    label="Password"
                    value=password
                    required=true
                    input_type="password"
                    autocomplete="current-password"
                />
                <Button kind=ButtonKind::Primary button_type="submit">"Sign in"</Button>
            </form>
            <p class="sign-in-foot">
                "Members are added by an administrator, who also gives a new link when a password is forgotten."
            </p>
        </main>
    }
}
