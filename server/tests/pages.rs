//! Every page, as a visitor, a viewer and an administrator meets it.

mod support;

use axum::http::{StatusCode, header};
use berth_app::team::model::Role;
use support::TestConsole;

/// Pages of members, in the demo world.
const PAGES: [&str; 14] = [
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
    }
    let sign_in = visitor.get("/sign-in").await;
    assert_eq!(sign_in.status, StatusCode::OK);
    assert!(sign_in.text.contains("name=\"password\""), "{}", sign_in.text);
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
async fn unknown_addresses_are_not_found() {
    let console = TestConsole::empty().await;
    let mut member = console.member(Role::Viewer).await;
    for page in ["/nowhere", "/clusters/a/b/c", "/pkg/none.js"] {
        let answer = member.get(page).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
        assert!(answer.text.contains("There is no such page"), "{page}: {}", answer.text);
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
