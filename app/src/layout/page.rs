//! The frame as a route around the members' pages.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use super::api::{FrameData, frame};
use crate::error::AppError;
use crate::links;
use crate::live::{note_health, provide_live, use_health, use_live_state};
use crate::team::model::Role;
use crate::ui::*;
use crate::weather::SandboxBanner;

/// The present member's role, for pages that show what it allows.
pub fn use_role() -> Role {
    use_context::<Role>().unwrap_or(Role::Viewer)
}

/// What tells the present member apart in what a browser keeps: nobody may find there what
/// somebody else has typed.
pub fn use_member_key() -> String {
    use_context::<MemberKey>().map(|key| key.0).unwrap_or_default()
}

#[derive(Clone)]
struct MemberKey(String);

/// The frame with the page in it.
#[component]
pub fn MemberPages() -> impl IntoView {
    framed(|| view! { <Outlet/> }, |error| view! { <NoFrame error/> })
}

/// The page for an address that leads nowhere: a member keeps the frame around it.
#[component]
pub fn NotFound() -> impl IntoView {
    let words = || view! { <NoSuchPage/> };
    framed(words, move |_| view! { <main class="lone">{words()}</main> })
}

/// What stands in the place of a page that does not exist; the answer's HTTP status says the same.
#[component]
pub fn NoSuchPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text="Not found"/>
        <PageHead title="There is no such page"/>
        <p>"The address may be mistyped, or what it showed has gone."</p>
        <p><a href=links::HOME>"Go to the clusters"</a></p>
    }
}

/// The frame with a page in it, or what stands there for whoever is no member. It waits for the
/// member: the page knows the role at once.
fn framed<P: IntoView + 'static, W: IntoView + 'static>(
    page: impl Fn() -> P + Copy + Send + Sync + 'static,
    without: impl Fn(AppError) -> W + Copy + Send + Sync + 'static,
) -> impl IntoView {
    provide_live();
    let data = Resource::new_blocking(|| (), |()| frame());
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                match data.await {
                    Ok(data) => view! { <MemberFrame data page/> }.into_any(),
                    Err(error) => without(error).into_any(),
                }
            })}
        </Suspense>
    }
}

/// Without a member there is no frame, only the way to get one.
#[component]
fn NoFrame(error: AppError) -> impl IntoView {
    view! {
        <main class="lone">
            <TroublePanel title="This page can't be shown" said=error.to_string() next=error.next_step()>
                <LinkButton href=links::SIGN_IN kind=ButtonKind::Primary>"Sign in"</LinkButton>
            </TroublePanel>
        </main>
    }
}

#[component]
fn MemberFrame(
    data: FrameData,
    /// What stands in the frame.
    #[prop(into)]
    page: ViewFnOnce,
) -> impl IntoView {
    provide_context(data.role);
    provide_context(MemberKey(data.email.clone()));
    note_health(&data.health);
    let sandbox = data.sandbox;
    let nav = navigation(data.role, sandbox);
    let chords = nav.iter().filter_map(|item| Some((chord(&item.href)?, item.href.clone())));
    let keys_open = RwSignal::new(false);
    install_shortcuts(chords.collect(), keys_open);
    let FrameData { name, email, role, place, .. } = data;
    let asked = place.clone();
    view! {
        <Frame
            home=links::HOME
            nav=nav
            place=place
            live=move || view! { <LiveMark state=use_live_state()/> }
            member=move || view! { <MemberMenu name email role/> }
            banner=move || sandbox.then(|| view! { <SandboxBanner/> })
            foot=move || view! {
                <ThemeSwitch/>
                <Button kind=ButtonKind::Quiet on_press=move |()| keys_open.set(true)>"Keys"</Button>
            }
        >
            <SourceTrouble place=asked/>
            {page.run()}
        </Frame>
        <KeysDialog open=keys_open keys=KEYS.to_vec()/>
        <LeaveQuestion/>
    }
}

/// Says above every page why ECS can't be read, since when, and when it is tried again; what was
/// read before stays below. Each try moves the times only: the panel is announced once.
#[component]
fn SourceTrouble(place: String) -> impl IntoView {
    let health = use_health();
    let trouble = Memo::new(move |_| health.read().outage.as_ref().map(|out| out.trouble.clone()));
    let times = Memo::new(move |_| {
        health.read().outage.as_ref().map(|out| (out.since, out.retry_at)).unwrap_or_default()
    });
    let now = use_now();
    move || {
        let place = place.clone();
        trouble.get().map(|trouble| {
            view! {
                <TroublePanel title="Amazon ECS can't be read now" said=trouble.said next=trouble.next>
                    <p class="trouble-facts" aria-live="off">
                        {(!place.is_empty()).then(|| view! { <span>"Asked: "<span class="mono">{place}</span></span> })}
                        <span>"First failed "<TimeAgo at=Signal::derive(move || times.get().0)/></span>
                        <span>"Next try "{move || times.get().1.ahead(now.get())}</span>
                    </p>
                </TroublePanel>
            }
        })
    }
}

#[component]
fn MemberMenu(name: String, email: String, role: Role) -> impl IntoView {
    view! {
        <details class="member-menu">
            <summary><span class="member-name">{name}</span></summary>
            <div class="member-card">
                <p>{email}</p>
                <p class="muted">{role.label()}</p>
                <form method="post" action=links::SIGN_OUT>
                    <button type="submit" class="button plain">"Sign out"</button>
                </form>
            </div>
        </details>
    }
}

/// The places that a role may go to.
fn navigation(role: Role, sandbox: bool) -> Vec<NavItem> {
    let path = use_location().pathname;
    let mut places = vec![
        (links::CLUSTERS, "Clusters", IconName::Cluster),
        (links::SERVICES, "Services", IconName::Service),
        (links::TASKS, "Tasks", IconName::Task),
        (links::TASK_DEFINITIONS, "Task definitions", IconName::TaskDefinition),
    ];
    if role >= Role::Administrator {
        places.extend([
            (links::STATUS_PAGES, "Status pages", IconName::Status),
            (links::MEMBERS, "Members", IconName::People),
            (links::AUDIT, "Audit log", IconName::Audit),
        ]);
    }
    if sandbox {
        places.push((links::WEATHER, "Weather", IconName::Weather));
    }
    places
        .into_iter()
        .map(|(href, label, icon)| NavItem {
            label: label.to_owned(),
            href: href.to_owned(),
            icon,
            current: Signal::derive(move || is_below(&path.get(), href)),
        })
        .collect()
}

/// Whether a path belongs to a place of the navigation; a cluster's services and tasks belong to
/// theirs, although their addresses begin with the cluster.
fn is_below(path: &str, place: &str) -> bool {
    let place_of_path = if path.starts_with("/clusters/") && path.contains("/services/") {
        links::SERVICES
    } else if path.starts_with("/clusters/") && path.contains("/tasks/") {
        links::TASKS
    } else {
        path
    };
    place_of_path == place
        || place_of_path.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'))
}

/// The keys as the help lists them.
const KEYS: [(&str, &str); 7] = [
    ("/", "Filter the list"),
    ("Escape", "Clear the filter, leave it, or close what is open"),
    ("?", "Show these keys"),
    ("g c", "Go to clusters"),
    ("g s", "Go to services"),
    ("g t", "Go to tasks"),
    ("g d", "Go to task definitions"),
];

/// The keys that lead to a place.
fn chord(href: &str) -> Option<&'static str> {
    match href {
        links::CLUSTERS => Some("g c"),
        links::SERVICES => Some("g s"),
        links::TASKS => Some("g t"),
        links::TASK_DEFINITIONS => Some("g d"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_belongs_to_one_place() {
        for (path, place) in [
            ("/clusters", links::CLUSTERS),
            ("/clusters/production", links::CLUSTERS),
            ("/clusters/production/services/web", links::SERVICES),
            ("/clusters/production/tasks/abc", links::TASKS),
            ("/task-definitions/web/3", links::TASK_DEFINITIONS),
            ("/tasks/run", links::TASKS),
        ] {
            let places = [links::CLUSTERS, links::SERVICES, links::TASKS, links::TASK_DEFINITIONS];
            let found: Vec<_> = places.into_iter().filter(|p| is_below(path, p)).collect();
            assert_eq!(found, [place], "{path}");
        }
    }
}
