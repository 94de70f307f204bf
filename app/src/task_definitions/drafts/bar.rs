//! How the draft stands, above its form.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::browser;
use super::choices::Choices;
use super::hand_over::HandOver;
use super::keeping::{Keeping, Stand, Why};
use crate::links;
use crate::ui::*;

/// The draft's line: whether it is saved, who else is in it, and what can be done with it. Below it
/// stands what was brought back or merged, and what there is to choose.
#[component]
pub fn KeepingBar(
    /// The draft.
    keeping: Keeping,
) -> impl IntoView {
    speak(keeping);
    let touched = Memo::new(move |_| keeping.stand.with(|stand| *stand != Stand::Untouched));
    let line = move || {
        if !touched.get() {
            return view! { "What you type is kept as a draft." }.into_any();
        }
        view! {
            <Standing keeping/>
            <Others keeping/>
            <div class="draft-bar-ways">
                {move || keeping.id.get().map(|id| view! { <HandOver id/> })}
                <Discard keeping/>
            </div>
        }
        .into_any()
    };
    let said = move || {
        keeping.said.get().map(|said| {
            view! {
                <Notice tone=Tone::Idle>
                    <p class="draft-said">{said}<Button kind=ButtonKind::Quiet on_press=move |()| keeping.said.set(None)>"Dismiss"</Button></p>
                </Notice>
            }
        })
    };
    view! {
        <div class="draft">
            // There from the beginning: nothing may move under the hand at the first letter.
            <div class="draft-bar">{line}</div>
            <Found keeping/>
            {said}
            <Choices keeping/>
        </div>
    }
}

/// Says to those who listen what changed for the better or the worse; not each second of typing.
fn speak(keeping: Keeping) {
    let said = Memo::new(move |_| match keeping.stand.get() {
        Stand::Untouched | Stand::Opened(_) | Stand::Choosing => Some(String::new()),
        Stand::Saving => None,
        Stand::Saved(_) => Some("Draft saved".to_owned()),
        Stand::NotSaved(why) => Some(sentence(&why, keeping.copied.get()).to_owned()),
    });
    Effect::new(move |before: Option<String>| {
        let before = before.unwrap_or_default();
        let Some(now) = said.get() else { return before };
        if now != before && !now.is_empty() {
            announce(&now);
        }
        now
    });
    Effect::new(move |_| {
        let others = keeping.others.get();
        if !others.is_empty() {
            announce(&editing_too(&others));
        }
    });
}

fn editing_too(others: &[String]) -> String {
    match others {
        [one] => format!("{one} is editing too"),
        others => format!("{} are editing too", others.join(", ")),
    }
}

/// Why it is not saved, and where it is.
fn sentence(why: &Why, copied: bool) -> String {
    let why = match why {
        Why::NoAnswer => "the console does not answer",
        Why::SignedOut => "your session has ended",
        Why::Gone => "somebody registered or deleted this draft",
        Why::Refused(said) => said.trim_end_matches('.'),
    };
    let kept = if copied { "; kept in this browser." } else { ". It is on this page only." };
    format!("Not saved: {why}{kept}")
}

#[component]
fn Standing(keeping: Keeping) -> impl IntoView {
    let tone = move || match keeping.stand.get() {
        Stand::NotSaved(_) | Stand::Choosing => Tone::Warn,
        _ => Tone::Idle,
    };
    let words = move || match keeping.stand.get() {
        Stand::Untouched => ().into_any(),
        Stand::Opened(at) => view! { "Saved "<TimeAgo at/> }.into_any(),
        Stand::Saving => "Saving…".into_any(),
        Stand::Saved(at) => format!("Saved {}", browser::clock(at)).into_any(),
        Stand::Choosing => "Not saved: choose below first.".into_any(),
        Stand::NotSaved(why) => {
            let said = sentence(&why, keeping.copied.get());
            view! { {said}" "<WayOut keeping why/> }.into_any()
        }
    };
    view! { <span class="draft-stand" data-tone=move || tone().key()>{words}</span> }
}

/// What the person can do about a draft that is not saved.
#[component]
fn WayOut(keeping: Keeping, why: Why) -> impl IntoView {
    match why {
        Why::SignedOut => {
            let way = move || links::sign_in(&keeping.address());
            view! { <a href=way rel="external">"Sign in and go on"</a> }.into_any()
        }
        Why::Gone => {
            view! { <Button on_press=move |()| keeping.save()>"Keep as a new draft"</Button> }
                .into_any()
        }
        Why::NoAnswer => "It is tried again by itself.".into_any(),
        Why::Refused(_) => {
            view! { <Button on_press=move |()| keeping.save()>"Try again"</Button> }.into_any()
        }
    }
}

#[component]
fn Others(keeping: Keeping) -> impl IntoView {
    move || {
        Some(keeping.others.get()).filter(|others| !others.is_empty()).map(|others| {
            view! {
                <span class="draft-others"><Icon name=IconName::People/>{editing_too(&others)}</span>
            }
        })
    }
}

/// Throws the draft away, when the person is sure.
#[component]
fn Discard(keeping: Keeping) -> impl IntoView {
    let open = RwSignal::new(false);
    let navigate = use_navigate();
    let discard = move |()| {
        open.set(false);
        let navigate = navigate.clone();
        keeping.end(None, move || {
            // It is given up: nothing asks on the way out.
            keeping.stand.try_set(Stand::Untouched);
            navigate(links::TASK_DEFINITIONS, NavigateOptions::default());
        });
    };
    view! {
        <Button kind=ButtonKind::Quiet icon=IconName::Trash on_press=move |()| open.set(true)>"Discard draft"</Button>
        <ConfirmDialog
            open
            title="Discard this draft?"
            confirm_label="Discard"
            cancel_label="Keep it"
            danger=true
            on_confirm=discard
        >
            <p>"What you typed goes, for everybody who is in this draft. No registered revision changes."</p>
        </ConfirmDialog>
    }
}

/// What the browser kept of a form that never became a draft.
#[component]
fn Found(keeping: Keeping) -> impl IntoView {
    move || {
        keeping.found.get().map(|(_, copy)| {
            view! {
                <Notice tone=Tone::Idle>
                    <p>{format!("This browser has kept what you typed here until {}, because the console could not save it.", browser::clock(copy.at))}</p>
                    <div class="cluster-row form-notice-ways">
                        <Button on_press=move |()| keeping.take_found()>"Bring it back"</Button>
                        <Button kind=ButtonKind::Quiet on_press=move |()| keeping.drop_found()>"Throw it away"</Button>
                    </div>
                </Notice>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_saved_says_why_and_where_it_is() {
        for (why, copied, said) in [
            (Why::NoAnswer, true, "Not saved: the console does not answer; kept in this browser."),
            (Why::SignedOut, true, "Not saved: your session has ended; kept in this browser."),
            (
                Why::Refused("Too large.".into()),
                false,
                "Not saved: Too large. It is on this page only.",
            ),
        ] {
            assert_eq!(sentence(&why, copied), said);
        }
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(editing_too(&names(&["Ada"])), "Ada is editing too");
        assert_eq!(editing_too(&names(&["Ada", "Bob"])), "Ada, Bob are editing too");
    }
}
