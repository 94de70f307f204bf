//! The frame around every page: skip link, top bar, navigation, content. It knows no addresses:
//! they come in as [`NavItem`]s.

use leptos::prelude::*;

use super::{
    browser,
    icon::{Icon, IconName},
};

/// The id of the navigation, which is a popover on small screens.
const NAV_ID: &str = "site-nav";
/// The id of the main content, which the skip link leads to.
pub const MAIN_ID: &str = "main";

/// One place in the navigation.
#[derive(Clone)]
pub struct NavItem {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Its icon.
    pub icon: IconName,
    /// Whether the page being read belongs to it.
    pub current: Signal<bool>,
}

/// The product's mark: a bollard with a line made fast to it.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect class="logo-plate" width="32" height="32" rx="8"></rect>
            <path class="logo-line" d="M12.5 22V12.8M19.5 22V12.8M9.5 12.8h13M11 12.8a5 4.2 0 0 1 10 0"></path>
            <path class="logo-rope" d="M5.5 18.2c4.2-2.6 8.4 2.6 14 .4 2.6-1 4.6-1 7-.2"></path>
            <path class="logo-line" d="M6 25.2h20"></path>
        </svg>
    }
}

/// The frame. On a small screen the navigation folds into a popover, which opens without
/// WebAssembly too.
#[component]
pub fn Frame(
    /// The address of the first page, behind the product's mark.
    #[prop(into)]
    home: String,
    /// The places one can go.
    nav: Vec<NavItem>,
    /// Which account and region the page shows.
    #[prop(optional, into)]
    place: Signal<String>,
    /// The mark of the live data.
    #[prop(optional, into)]
    live: ViewFnOnce,
    /// The member's menu, or the way to sign in.
    #[prop(optional, into)]
    member: ViewFnOnce,
    /// A line across the whole page: that this is the sandbox.
    #[prop(optional, into)]
    banner: ViewFnOnce,
    /// What stands at the foot of the navigation.
    #[prop(optional, into)]
    foot: ViewFnOnce,
    /// The page.
    children: Children,
) -> impl IntoView {
    let item = |item: NavItem| {
        let NavItem { label, href, icon, current } = item;
        view! {
            <li>
                <a class="nav-item" href=href aria-current=move || current.get().then_some("page") on:click=|_| browser::close_popover(NAV_ID)>
                    <Icon name=icon/><span>{label}</span>
                </a>
            </li>
        }
    };
    view! {
        <a class="skip-link" href=format!("#{MAIN_ID}") rel="external">"Skip to content"</a>
        <div class="frame">
            <div class="frame-banner">{banner.run()}</div>
            <header class="top-bar">
                <button type="button" class="icon-button nav-button" popovertarget=NAV_ID aria-label="Navigation">
                    <Icon name=IconName::Menu/>
                </button>
                <a class="brand" href=home aria-label="Berth"><Logo/><span>"Berth"</span></a>
                <span class="top-place">{move || place.get()}</span>
                <span class="top-live">{live.run()}</span>
                <span class="top-member">{member.run()}</span>
            </header>
            <nav class="site-nav" id=NAV_ID popover="auto" aria-label="Main">
                <ul>{nav.into_iter().map(item).collect_view()}</ul>
                <div class="site-nav-foot">{foot.run()}</div>
            </nav>
            <main class="main" id=MAIN_ID tabindex="-1">{children()}</main>
        </div>
    }
}
