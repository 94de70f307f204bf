//! The parts of the public page: the answer first, then each service, then how old it all is.

use leptos::prelude::*;

use super::public::{PublicService, PublicStatus, ServiceState};
use crate::ui::*;

/// How the page hears of changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser hears"))]
pub(super) enum Hearing {
    /// It shows one moment and stays.
    #[default]
    Still,
    /// Changes arrive by themselves.
    Live,
    /// The connection was lost and is being made again.
    Lost,
}

/// A status page's content. What has become too old while it stood there is shown as unknown.
#[component]
pub(super) fn StatusContent(
    /// What the server last said.
    #[prop(into)]
    status: Signal<PublicStatus>,
    /// Whether more will be heard.
    #[prop(into)]
    hearing: Signal<Hearing>,
    /// What stands at the end of the foot.
    #[prop(optional, into)]
    foot: ViewFnOnce,
) -> impl IntoView {
    let now = use_now();
    let shown = Memo::new(move |_| status.get().aged(now.get()));
    let title = Memo::new(move |_| shown.with(|status| status.title.clone()));
    let names = Memo::new(move |_| {
        shown.with(|status| status.services.iter().map(|one| one.name.clone()).collect::<Vec<_>>())
    });
    let row = move |name: String| {
        let service = Memo::new(move |_| {
            shown.with(|status| status.services.iter().find(|one| one.name == name).cloned())
        });
        view! { <ServiceRow service/> }
    };
    view! {
        <div class="public-status">
            <header><h1>{move || title.get()}</h1></header>
            <OverallPanel shown hearing/>
            <ul class="status-services" aria-label="Services">
                <For each=move || names.get() key=String::clone children=row/>
            </ul>
            <footer>
                <p class="status-checked">
                    {move || shown.with(|status| status.checked_at).map(|at| format!("Last check {}", at.exact()))}
                </p>
                {foot.run()}
            </footer>
        </div>
    }
}

/// The sentence for everything. It is announced when it changes, and only then.
#[component]
fn OverallPanel(shown: Memo<PublicStatus>, hearing: Signal<Hearing>) -> impl IntoView {
    let overall = Memo::new(move |_| shown.with(|status| status.overall));
    view! {
        <section class="overall" data-tone=move || overall.get().tone().key()>
            {move || view! { <Icon name=overall.get().tone().icon()/> }}
            <div class="overall-words">
                <div role="status">
                    <h2>{move || overall.get().sentence()}</h2>
                    <p>{move || overall.get().says()}</p>
                </div>
                <Age shown hearing/>
            </div>
        </section>
    }
}

/// How old the answer is. Until the page has come alive nothing would move a relative time, so the
/// exact one stands in its place.
#[component]
fn Age(shown: Memo<PublicStatus>, hearing: Signal<Hearing>) -> impl IntoView {
    let now = use_now();
    let checked_at = Memo::new(move |_| shown.with(|status| status.checked_at));
    let stale = Memo::new(move |_| shown.with(|status| status.is_stale(now.get())));
    let mark = Memo::new(move |_| match (stale.get(), hearing.get()) {
        (true, _) => ("stale", "Out of date", IconName::Offline),
        (false, Hearing::Lost) => ("reconnecting", "Reconnecting…", IconName::Spinner),
        (false, Hearing::Live) => ("live", "Live", IconName::Live),
        (false, Hearing::Still) => ("still", "", IconName::Clock),
    });
    view! {
        <p class="status-age" data-live=move || mark.get().0>
            {move || view! { <Icon name=mark.get().2/> }}
            <span class="status-age-word">{move || mark.get().1}</span>
            <span>
                {move || match checked_at.get() {
                    Some(at) => view! {
                        <span class="status-age-moving">"Checked "<TimeAgo at/></span>
                        <span class="status-age-exact">"Checked at "{at.exact()}</span>
                    }.into_any(),
                    None => view! { "Not checked yet" }.into_any(),
                }}
            </span>
        </p>
    }
}

/// One service: its name, what its state means, when it last changed version.
#[component]
fn ServiceRow(service: Memo<Option<PublicService>>) -> impl IntoView {
    let name = service.with_untracked(|one| one.as_ref().map(|one| one.name.clone()));
    let state = Memo::new(move |_| {
        service.with(|one| one.as_ref().map_or(ServiceState::Unknown, |one| one.state))
    });
    let deployed_at =
        Memo::new(move |_| service.with(|one| one.as_ref().and_then(|one| one.deployed_at)));
    view! {
        <li class="status-service" data-tone=move || state.get().tone().key()>
            <div class="status-service-words">
                <h3>{name}</h3>
                <p>{move || state.get().says()}</p>
            </div>
            <div class="status-service-state">
                <StatusMark
                    tone=Signal::derive(move || state.get().tone())
                    label=Signal::derive(move || state.get().word().to_owned())
                />
                {move || deployed_at.get().map(|at| view! {
                    <p class="status-deployed">"Last deploy "<TimeAgo at/></p>
                })}
            </div>
        </li>
    }
}
