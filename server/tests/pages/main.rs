//! Every page, as a visitor, a viewer and an administrator meets it.

mod forms;
mod lists;
#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use berth_app::links;
use berth_app::listing::ListQuery;
use berth_app::live::Topic;
use berth_app::team::model::Role;
use berth_sandbox::Weather;
use futures::StreamExt;
use support::{PASSWORD, TestConsole};

/// Pages of members, in the demo world.
const PAGES: [&str; 15] = [
    "/clusters",
    "/clusters/new",
    "/clusters/production",
    "/clusters/production/services/storefront-web",
    "/services",
    "/services/new",
    "/tasks",
    "/tasks/run",
    "/task-definitions",
    "/task-definitions/new",
    "/task-definitions/storefront-web",
    "/status-pages",
    "/members",
    "/audit",
    "/weather",
];

#[tokio::test]
async fn a_visitor_is_led_to_the_sign_in_page_and_back() {
    let console = TestConsole::demo().await;
    let mut visitor = console.visitor();
    for page in PAGES {
        let answer = visitor.get(page).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page}");
        let to = answer.headers[header::LOCATION].to_str().unwrap();
        assert!(to.starts_with("/sign-in?next="), "{page}: {to}");
        // Who never signed in here is told nothing of sessions.
        assert!(visitor.cookies.is_empty(), "{page}: {:?}", visitor.cookies);
    }
    let sign_in = visitor.get("/sign-in").await;
    assert_eq!(sign_in.status, StatusCode::OK);
    assert!(sign_in.text.contains("name=\"password\""), "{}", sign_in.text);
    assert!(!sign_in.text.contains(SIGNED_OUT), "{}", sign_in.text);
}

/// What stands on the sign-in page for somebody whose page was taken away.
const SIGNED_OUT: &str = "You were signed out.";

#[tokio::test]
async fn whoever_was_signed_out_is_told_so_and_led_back() {
    let console = TestConsole::demo().await;
    let mut viewer = console.member(Role::Viewer).await;
    let store = &console.console.parts.store;
    let id = store.credentials("viewer@example.test").await.unwrap().unwrap().id;

    store.set_disabled(id, true).await.unwrap();
    let disabled = viewer.clone();
    store.set_disabled(id, false).await.unwrap();
    viewer.sign_in("viewer@example.test", PASSWORD).await;
    // A browser has one jar for all its tabs: when one signs out, the session's cookie is gone.
    let mut elsewhere = viewer.clone();
    elsewhere.post("/sign-out", &[]).await;
    assert!(!elsewhere.cookies.contains_key("berth"), "{:?}", elsewhere.cookies);
    let idle = console.member(Role::Operator).await;
    console.clock.advance(Duration::from_secs(13 * 3_600));

    for mut open_tab in [disabled, elsewhere, idle] {
        let answer = open_tab.get("/services?q=web").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let to = answer.headers[header::LOCATION].to_str().unwrap().to_owned();
        assert_eq!(to, "/sign-in?next=%2Fservices%3Fq%3Dweb");
        let page = open_tab.get(&to).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(SIGNED_OUT), "{}", page.text);
        // Once: it is no property of the sign-in page.
        assert!(!open_tab.get(&to).await.text.contains(SIGNED_OUT));
        let fields =
            [("email", "viewer@example.test"), ("password", PASSWORD), ("next", "/services?q=web")];
        let back = open_tab.post("/sign-in", &fields).await;
        assert_eq!(back.headers[header::LOCATION], "/services?q=web");
    }
}

#[tokio::test]
async fn pages_come_whole_with_a_strict_policy() {
    let console = TestConsole::demo().await;
    let mut member = console.member(Role::Administrator).await;
    let mut nonces = Vec::new();
    for page in PAGES {
        let answer = member.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(answer.text.contains("<h1"), "{page} has no heading");
        assert!(!answer.text.contains(" style=\""), "{page} has an inline style");
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert_eq!(
            answer.text.matches("<script").count(),
            answer.text.matches(&format!("nonce=\"{nonce}\"")).count(),
            "{page} has a script without its nonce"
        );
        nonces.push(nonce);
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{page}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{page}");
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), PAGES.len(), "each answer has a nonce of its own");
}

#[tokio::test]
async fn nothing_known_yet_is_not_nothing_there() {
    let console = TestConsole::unread().await;
    let mut member = console.member(Role::Administrator).await;
    for page in ["/clusters", "/services", "/tasks", "/task-definitions"] {
        let answer = member.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(answer.text.contains("Not read yet"), "{page}: {}", answer.text);
    }
    let not_read = "has not been read since the console started";
    for page in ["/services/new", "/tasks/run", "/status-pages/new", "/clusters/production"] {
        let answer = member.get(page).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{page}");
        assert!(answer.text.contains(not_read), "{page}: {}", answer.text);
    }
    console.sandbox().set_weather(Weather { outage: true, ..Weather::default() });
    console.read().await;
    let answer = member.get("/services").await;
    assert!(answer.text.contains("Amazon ECS can't be read now"), "{}", answer.text);
    console.sandbox().set_weather(Weather::default());
    console.read().await;
    let answer = member.get("/services").await;
    assert!(answer.text.contains("checkout-api"), "{}", answer.text);
    assert!(!answer.text.contains("be read now"), "{}", answer.text);
}

#[tokio::test]
async fn viewers_cause_no_call_to_ecs() {
    let console = TestConsole::demo().await;
    let revision = "/task-definitions/storefront-web/1";
    // A revision never changes: it is asked for once, and kept for everybody.
    console.member(Role::Viewer).await.get(revision).await;
    let before = console.console.gateway.calls();
    let services = Topic::Services(ListQuery::default()).text();
    for _ in 0..20 {
        let mut viewer = console.member(Role::Viewer).await;
        for page in PAGES.into_iter().chain([revision]) {
            viewer.get(page).await;
        }
        let address = links::live([(&services, "")]);
        let stream = viewer.send(Request::get(address).body(Body::empty()).unwrap()).await;
        let first = stream.into_body().into_data_stream().next().await.unwrap().unwrap();
        assert!(String::from_utf8_lossy(&first).contains("storefront-web"));
    }
    assert_eq!(console.console.gateway.calls(), before);
    console.read().await;
    assert!(console.console.gateway.calls() > before, "the count does not count");
}

/// Pages are made on all threads at once, and each must come whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crowd_gets_whole_pages() {
    let console = TestConsole::demo().await;
    let viewer = console.member(Role::Viewer).await;
    let asked = (0..140).map(|number| {
        let mut viewer = viewer.clone();
        tokio::spawn(async move {
            let page = PAGES[number % PAGES.len()];
            (page, viewer.get(page).await)
        })
    });
    // A dozen at once: many more would only wait for the processor.
    let mut answers = futures::stream::iter(asked).buffer_unordered(12);
    while let Some(answer) = answers.next().await {
        let (page, answer) = answer.unwrap();
        assert!(!answer.status.is_server_error(), "{page}: {}", answer.text);
        assert!(answer.text.contains("</html>"), "{page}: {}", answer.text);
    }
}

#[tokio::test]
async fn unknown_addresses_are_not_found() {
    let console = TestConsole::empty().await;
    let mut member = console.member(Role::Viewer).await;
    let mut stranger = console.visitor();
    for page in ["/nowhere", "/clusters/a/b/c", "/pkg/none.js"] {
        // A member keeps the way to everything else; a stranger is told nothing of it.
        for (who, framed) in [(&mut member, true), (&mut stranger, false)] {
            let answer = who.get(page).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
            assert!(answer.text.contains("There is no such page"), "{page}: {}", answer.text);
            assert_eq!(answer.text.contains("site-nav"), framed, "{page}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn health_needs_no_session() {
    let console = TestConsole::empty().await;
    let mut visitor = console.visitor();
    assert_eq!(visitor.get("/healthz").await.status, StatusCode::OK);
    let ready = visitor.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::OK, "{}", ready.text);
    assert_eq!(visitor.get("/live").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn posts_from_elsewhere_are_refused() {
    use axum::body::Body;
    use axum::http::Request;

    let console = TestConsole::empty().await;
    let mut member = console.member(Role::Administrator).await;
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let request = Request::post("/sign-out")
            .header("host", "127.0.0.1:3000")
            .header(name, value)
            .body(Body::empty())
            .unwrap();
        assert_eq!(member.answer(request).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(member.get("/clusters").await.status, StatusCode::OK, "the session goes on");
}
