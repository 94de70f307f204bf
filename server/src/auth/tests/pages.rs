//! What the sign-in page says in its HTML, before and without WebAssembly.

use axum::response::Response;
use berth_app::error::FieldErrors;
use berth_app::shell::shell;
use berth_app::team::flash::Problem;
use leptos::config::LeptosOptions;

use super::*;
use crate::router::ROUTES;

/// The page at an address with the cookies sent.
async fn page(address: &str, cookie: &str) -> (StatusCode, HeaderMap, String) {
    // Starts the framework's executor, as the program's router does.
    std::sync::LazyLock::force(&ROUTES);
    let options = LeptosOptions::builder().output_name("berth").build();
    let document = move || shell(options.clone());
    let router: Router = Router::new().fallback(get(leptos_axum::render_app_async(document)));
    let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let response: Response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1_000_000).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

fn cookie_of(flash: &Flash) -> String {
    format!("other=1; {COOKIE}={}; third=x", flash.to_cookie_value())
}

#[tokio::test]
async fn the_form_works_without_scripts() {
    let (status, headers, html) = page("/sign-in?next=%2Ftasks%3Fq%3Da%26b", "a=b").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!headers.contains_key(header::SET_COOKIE));
    for part in [
        "<title>Sign in · Berth</title>",
        "Sign in to Berth</h1>",
        "method=\"post\"",
        "action=\"/sign-in\"",
        "type=\"hidden\" name=\"next\" value=\"/tasks?q=a&amp;b\"",
        "autocomplete=\"username\"",
        "autocomplete=\"current-password\"",
        "type=\"submit\"",
    ] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    assert!(!html.contains("form-problem-said"), "{html}");
}

#[tokio::test]
async fn what_was_refused_stands_there_once_with_what_was_typed() {
    let flash = Flash {
        problem: Some(Problem::Throttled(61)),
        errors: FieldErrors::new(),
        email: "\"><script>alert(1)</script>".into(),
        name: String::new(),
    };
    let (status, headers, html) = page("/sign-in", &cookie_of(&flash)).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(headers[header::RETRY_AFTER], "61");
    assert_eq!(headers[header::SET_COOKIE], "berth-flash=; Path=/; Max-Age=0");
    assert!(html.contains("Too many tries. Wait 2 minutes, then try again."), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)") || html.contains("&quot;"), "{html}");
    assert!(!html.contains("<script>alert(1)"), "{html}");

    let disabled = Flash { problem: Some(Problem::Disabled), ..Flash::default() };
    let (status, _, html) = page("/sign-in", &cookie_of(&disabled)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("Ask an administrator"), "{html}");

    let (status, _, html) = page("/sign-in", &format!("{COOKIE}=zz")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!html.contains("form-problem-said"), "{html}");
}
