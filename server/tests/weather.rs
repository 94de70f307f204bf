//! The weather of the sandbox as members meet it: trouble on purpose, from the page to the gateway.

mod support;

use std::time::Duration;

use axum::http::{StatusCode, header};
use berth_app::audit::api::ListEntries;
use berth_app::audit::model::{AuditEntry, Outcome};
use berth_app::clusters::api::CreateCluster;
use berth_app::clusters::draft::ClusterDraft;
use berth_app::error::AppError;
use berth_app::links;
use berth_app::listing::ListQuery;
use berth_app::team::model::Role;
use berth_app::weather::api::{ReadWeatherChoices, SetWeather};
use berth_app::weather::draft::WeatherDraft;
use berth_app::weather::model::{Kind, Weather};
use server_fn::ServerFn;
use support::{Client, ORIGIN, TestConsole, token};

fn set(kind: Kind, value: &str) -> SetWeather {
    SetWeather { token: token(), draft: WeatherDraft::of(kind, value) }
}

fn clear() -> SetWeather {
    SetWeather { token: token(), draft: WeatherDraft::clear() }
}

fn create(name: &str) -> CreateCluster {
    let draft = ClusterDraft {
        name: name.into(),
        fargate: true,
        insights: "disabled".into(),
        ..ClusterDraft::default()
    };
    CreateCluster { token: token(), draft }
}

async fn entries(administrator: &mut Client) -> Vec<AuditEntry> {
    let query = ListQuery::default().with_filter("what", "weather.set");
    administrator.call(&ListEntries { query }).await.expect("entries").value.rows
}

/// The value of the hidden field of that name that the page has first.
fn hidden(html: &str, name: &str) -> String {
    let input = html.split("<input ").find(|input| input.contains(&format!("name=\"{name}\"")));
    let value = input.and_then(|input| input.split("value=\"").nth(1));
    value.and_then(|value| value.split('"').next()).expect(name).to_owned()
}

/// The text without the comments that mark where its parts meet.
fn without_marks(html: &str) -> String {
    html.replace("<!>", "").replace("<!---->", "")
}

const TOP: &str = "Amazon ECS can't be read now";

#[tokio::test]
async fn who_may_see_the_weather_and_who_may_make_it() {
    let console = TestConsole::demo().await;
    let mut visitor = console.visitor();
    let turned = visitor.get(links::WEATHER).await;
    assert_eq!(turned.status, StatusCode::SEE_OTHER);
    let refused = visitor.call_form(&set(Kind::Outage, "on")).await;
    assert_eq!(refused, Err(AppError::SignInRequired));
    let action = format!("action=\"{}\"", SetWeather::PATH);
    for role in [Role::Viewer, Role::Operator] {
        let mut member = console.member(role).await;
        let page = member.get(links::WEATHER).await;
        assert_eq!(page.status, StatusCode::OK, "{role}");
        assert!(page.text.contains("nothing goes wrong on purpose"), "{role}: {}", page.text);
        assert!(page.text.contains("This needs the role administrator"), "{role}");
        assert!(!page.text.contains(&action), "{role} is offered a form");
        let refused = member.call_form(&set(Kind::Outage, "on")).await.unwrap_err();
        assert!(matches!(refused, AppError::NotAllowed(_)), "{role}: {refused:?}");
        // Whoever may not register one is not led to the form.
        let leads = page.text.contains("href=\"/task-definitions/new?family=try-crash");
        assert_eq!(leads, role == Role::Operator, "{role}");
    }
    assert_eq!(console.sandbox().weather(), berth_sandbox::Weather::default());
    let mut administrator = console.member(Role::Administrator).await;
    assert!(entries(&mut administrator).await.is_empty(), "a refusal of the role is no change");
    let page = administrator.get(links::WEATHER).await;
    // One for each kind, and one that clears.
    assert_eq!(page.text.matches(&action).count(), Kind::ALL.len() + 1, "{}", page.text);
}

#[tokio::test]
async fn an_outage_is_said_on_every_page_until_it_is_cleared() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    let mut viewer = console.member(Role::Viewer).await;
    let fair = without_marks(&viewer.get("/services").await.text);
    assert!(fair.contains("Weather: fair") && !fair.contains(TOP), "{fair}");
    assert_eq!(
        fair.matches("href=\"/weather\"").count(),
        2,
        "in the mark and in the navigation: {fair}"
    );

    let weather = administrator.call_form(&set(Kind::Outage, "on")).await.unwrap();
    assert_eq!(weather, Weather { outage: true, ..Weather::default() });
    for page in ["/clusters", "/services", "/tasks", "/task-definitions", "/weather"] {
        let text = without_marks(&viewer.get(page).await.text);
        assert!(text.contains("Weather: outage"), "{page}: {text}");
        assert!(text.contains("aria-label=\"Sandbox\" data-tone=\"warn\""), "{page}: {text}");
        assert!(text.contains(TOP), "{page}: {text}");
    }
    // What was read before stays.
    assert!(viewer.get("/services").await.text.contains("checkout-api"));
    let refused = administrator.call(&create("in-the-dark")).await.unwrap_err();
    assert!(matches!(refused, AppError::Unavailable(_)), "{refused:?}");

    assert_eq!(administrator.call_form(&clear()).await, Ok(Weather::default()));
    let text = without_marks(&viewer.get("/services").await.text);
    assert!(text.contains("Weather: fair") && !text.contains(TOP), "{text}");
    administrator.call(&create("in-the-light")).await.unwrap();
}

#[tokio::test]
async fn each_kind_reaches_the_gateway() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;

    administrator.call_form(&set(Kind::Denied, "CreateCluster")).await.unwrap();
    match administrator.call(&create("one")).await.unwrap_err() {
        AppError::Refused { next, .. } => {
            assert_eq!(next, "Grant ecs:CreateCluster to the console's role.");
        }
        other => panic!("{other:?}"),
    }
    let text = administrator.get("/services").await.text;
    assert!(!text.contains(TOP), "reading goes on: {text}");
    administrator.call_form(&set(Kind::Denied, "none")).await.unwrap();
    administrator.call(&create("one")).await.unwrap();

    administrator.call_form(&set(Kind::Throttled, "ListServices")).await.unwrap();
    let text = administrator.get("/services").await.text;
    assert!(text.contains(TOP) && text.contains("Rate exceeded"), "{text}");
    administrator.call_form(&clear()).await.unwrap();

    administrator.call_form(&set(Kind::Expired, "on")).await.unwrap();
    let text = administrator.get("/services").await.text;
    assert!(text.contains(TOP) && text.contains("Renew the credentials"), "{text}");
    administrator.call_form(&clear()).await.unwrap();

    // How it is waited for is a story of the gateway.
    administrator.call_form(&set(Kind::Latency, "20")).await.unwrap();
    assert_eq!(console.sandbox().latency(), Duration::from_millis(20));
    administrator.call(&create("late")).await.unwrap();
    administrator.call_form(&set(Kind::Latency, "0")).await.unwrap();
    assert_eq!(console.sandbox().latency(), Duration::ZERO);

    let lag = administrator.call_form(&set(Kind::Lag, "60000")).await.unwrap();
    assert_eq!(lag.lag_ms, 60_000);
    administrator.call(&create("unseen")).await.unwrap();
    console.read().await;
    assert!(!administrator.get("/clusters").await.text.contains("/clusters/unseen"));
    console.advance(Duration::from_secs(61)).await;
    assert!(administrator.get("/clusters").await.text.contains("/clusters/unseen"));
}

#[tokio::test]
async fn who_reads_more_than_the_quotas_allow_is_throttled() {
    let console = TestConsole::empty().await;
    let mut administrator = console.member(Role::Administrator).await;
    administrator.call_form(&set(Kind::Quotas, "on")).await.unwrap();
    // More than the bucket of ListClusters holds; the clock stands still, so nothing comes back.
    for _ in 0..60 {
        console.read().await;
    }
    let text = administrator.get("/services").await.text;
    assert!(text.contains(TOP) && text.contains("Rate exceeded"), "{text}");
    administrator.call_form(&clear()).await.unwrap();
    assert!(!administrator.get("/services").await.text.contains(TOP));
}

#[tokio::test]
async fn every_change_of_the_weather_stands_in_the_audit_log() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    administrator.call_form(&set(Kind::Outage, "on")).await.unwrap();
    let stop = set(Kind::Denied, "StopTask");
    let both = administrator.call_form(&stop).await.unwrap();
    // The same form sent twice is one change.
    assert_eq!(administrator.call_form(&stop).await, Ok(both));
    administrator.call_form(&clear()).await.unwrap();
    let wrong = administrator.call_form(&set(Kind::Latency, "soon")).await.unwrap_err();
    assert!(wrong.field_errors().at("latency").is_some(), "{wrong:?}");

    let rows = entries(&mut administrator).await;
    let details: Vec<&str> = rows.iter().map(|entry| entry.detail.as_str()).collect();
    assert_eq!(details, ["fair", "outage, StopTask denied", "outage"]);
    for entry in &rows {
        assert_eq!(entry.who, "administrator@example.test");
        assert_eq!(entry.subject, "sandbox");
        assert_eq!(entry.outcome, Outcome::Done(String::new()));
    }
    let page = administrator.get("/audit").await.text;
    assert!(page.contains("Set weather"), "{page}");
}

#[tokio::test]
async fn the_page_works_without_scripts() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    let page = administrator.get(links::WEATHER).await.text;
    assert_eq!(hidden(&page, "outage"), "on");
    let token = hidden(&page, "token");
    let fields = [("token", token.as_str()), ("outage", "on")];
    let back = administrator.post_from(links::WEATHER, SetWeather::PATH, &fields).await;
    assert_eq!(back.status, StatusCode::FOUND);
    assert!(console.sandbox().weather().outage);
    let page = administrator.get(links::WEATHER).await.text;
    assert!(page.contains("Outage") && page.contains("End outage"), "{page}");
    assert_eq!(hidden(&page, "outage"), "off");
    assert_ne!(hidden(&page, "token"), token, "each page has a token of its own");

    // What does not hold comes back to the page, which says so in its own words.
    let fields = [("token", "0123456789abcdef0123456789abcdef"), ("latency", "soon")];
    let back = administrator.post_from(links::WEATHER, SetWeather::PATH, &fields).await;
    let to = back.headers[header::LOCATION].to_str().unwrap().to_owned();
    let to = to.strip_prefix(ORIGIN).unwrap();
    assert!(to.starts_with("/weather?"), "{to}");
    let page = administrator.get(to).await.text;
    assert!(page.contains("The weather was not changed."), "{page}");
    assert_eq!(console.sandbox().weather().latency_ms, 0);
    assert!(!administrator.get(links::WEATHER).await.text.contains("was not changed"));
}

#[tokio::test]
async fn away_from_the_sandbox_there_is_no_weather() {
    for ecs in ["aws", "http://127.0.0.1:9"] {
        let console = TestConsole::elsewhere(ecs).await;
        let mut administrator = console.member(Role::Administrator).await;
        let page = administrator.get(links::WEATHER).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{ecs}");
        assert!(page.text.contains("There is no such page"), "{ecs}: {}", page.text);
        let other = administrator.get("/services").await.text;
        assert!(!other.contains("href=\"/weather\"") && !other.contains("Weather"), "{ecs}");

        let read = administrator.call(&ReadWeatherChoices {}).await;
        assert!(matches!(read, Err(AppError::NotFound(_))), "{ecs}: {read:?}");
        for form in [set(Kind::Outage, "on"), clear()] {
            let refused = administrator.call_form(&form).await;
            assert!(matches!(refused, Err(AppError::NotFound(_))), "{ecs}: {refused:?}");
        }
        assert!(entries(&mut administrator).await.is_empty(), "{ecs}: nothing was tried");
        let mut viewer = console.member(Role::Viewer).await;
        let refused = viewer.call_form(&clear()).await;
        assert!(matches!(refused, Err(AppError::NotAllowed(_))), "{ecs}: the role comes first");
    }
}

#[tokio::test]
async fn the_form_of_a_task_definition_begins_with_what_the_table_names() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let page = operator.get(links::WEATHER).await.text;
    let links: Vec<String> = page
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with("/task-definitions/new?family="))
        .map(|href| href.replace("&amp;", "&"))
        .collect();
    assert_eq!(links.len(), 12);
    for link in links {
        let form = operator.get(&link).await.text;
        let family = link.split(['=', '&']).nth(1).unwrap();
        let word = link.rsplit("1.0-").next().unwrap();
        assert!(form.contains(&format!("value=\"{family}\"")), "{link}: {form}");
        assert!(form.contains(&format!("value=\"shop/demo:1.0-{word}\"")), "{link}: {form}");
        // The sandbox's README is where these words are explained.
        let number = |c: char| c.is_ascii_digit();
        let begins = word.split(number).next().unwrap();
        let readme = include_str!("../sandbox/README.md");
        assert!(readme.contains(&format!("`{begins}")), "{word} is no word of the sandbox");
    }
}
