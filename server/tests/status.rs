//! Status pages as an administrator makes them and as anyone with the link reads them.
#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, in its helpers too"
)]

mod support;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode, header};
use berth_app::error::AppError;
use berth_app::links;
use berth_app::listing::ListQuery;
use berth_app::status::api::{
    ChangePage, CreatePage, DeletePage, ListPages, PageToEdit, PreviewPage, PublishPage,
    ReadPublicStatus, RenewLink,
};
use berth_app::status::draft::{ServiceDraft, StatusPageDraft};
use berth_app::status::model::StatusPage;
use berth_app::status::public::{PublicEvent, PublicStatus, ServiceState};
use berth_app::team::model::Role;
use futures::StreamExt;
use support::{Client, TestConsole, token};

/// A page over two services of the demo world.
fn draft() -> StatusPageDraft {
    let service = |service: &str, public_name: &str| ServiceDraft {
        cluster: "production".into(),
        service: service.into(),
        public_name: public_name.into(),
    };
    StatusPageDraft {
        title: "Harbour shop".into(),
        published: true,
        services: vec![service("checkout-api", "Checkout"), service("storefront-web", "Shop")],
    }
}

async fn publish(client: &mut Client) -> StatusPage {
    client.call(&CreatePage { token: token(), draft: draft() }).await.unwrap()
}

/// What a visitor's bytes must not hold.
fn assert_tells_nothing(text: &str) {
    for hidden in
        ["arn:", "production", "checkout-api", "storefront-web", "amazonaws", "task-definition"]
    {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    assert_eq!(account_number(text), None);
}

/// The first word of exactly twelve digits. Digits inside a longer word are none: a page's nonce is
/// random hex, and one in a hundred of those has twelve digits in a row.
fn account_number(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .find(|word| word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit()))
}

#[test]
fn an_account_number_is_a_word_of_its_own() {
    for (text, found) in [
        ("role/123456789012:x", Some("123456789012")),
        ("nonce-ab788581142195cd", None),
        ("1234567890123", None),
    ] {
        assert_eq!(account_number(text), found, "{text}");
    }
}

#[tokio::test]
async fn a_published_page_is_read_without_a_session() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    let page = publish(&mut administrator).await;
    let answer = console.visitor().get(&links::public_status(&page.slug)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(answer.headers["x-robots-tag"], "noindex, nofollow");
    for shown in ["Harbour shop", "Checkout", "Shop", "Last deploy", "Last check", "noindex"] {
        assert!(answer.text.contains(shown), "no {shown} in {}", answer.text);
    }
    assert_tells_nothing(&answer.text);
    let said = console.visitor().call(&ReadPublicStatus { slug: page.slug.clone() }).await.unwrap();
    assert_eq!(said.services.len(), 2);
    let preview = administrator.call(&PreviewPage { id: page.id }).await.unwrap();
    assert_eq!(preview, said);
    let rows = administrator.call(&ListPages { query: ListQuery::default() }).await.unwrap();
    assert_eq!(rows.value.rows[0].services, 2);
    let data = administrator.call(&PageToEdit { id: page.id }).await.unwrap();
    assert_eq!(data.page, page);
    assert!(data.choices.iter().any(|choice| choice.key() == "production/checkout-api"));
}

#[tokio::test]
async fn wrong_input_is_told_at_its_field_and_changes_nothing() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    let mut wrong = draft();
    wrong.title = " ".into();
    wrong.services[1].public_name = "arn:aws:ecs:eu-west-1".into();
    let said = administrator.call(&CreatePage { token: token(), draft: wrong }).await.unwrap_err();
    let fields: Vec<_> = said.field_errors().iter().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(fields, ["services.1.public_name", "title"]);
    let rows = administrator.call(&ListPages { query: ListQuery::default() }).await.unwrap();
    assert_eq!(rows.value.meta.total, 0);
}

#[tokio::test]
async fn only_administrators_manage_pages() {
    let console = TestConsole::demo().await;
    let page = publish(&mut console.member(Role::Administrator).await).await;
    for (mut client, session) in [
        (console.visitor(), false),
        (console.member(Role::Viewer).await, true),
        (console.member(Role::Operator).await, true),
    ] {
        let refused = [
            client.call(&CreatePage { token: token(), draft: draft() }).await.map(drop),
            client
                .call(&ChangePage { token: token(), id: page.id, draft: draft() })
                .await
                .map(drop),
            client.call(&RenewLink { token: token(), id: page.id }).await.map(drop),
            client.call(&PublishPage { token: token(), id: page.id }).await.map(drop),
            client
                .call(&DeletePage { token: token(), id: page.id, title: page.title.clone() })
                .await,
            client.call(&ListPages { query: ListQuery::default() }).await.map(drop),
            client.call(&PageToEdit { id: page.id }).await.map(drop),
            client.call(&PreviewPage { id: page.id }).await.map(drop),
        ];
        for answer in refused {
            match answer.unwrap_err() {
                AppError::SignInRequired => assert!(!session),
                AppError::NotAllowed(_) => assert!(session),
                other => panic!("{other:?}"),
            }
        }
    }
    let kept = console.visitor().get(&links::public_status(&page.slug)).await;
    assert_eq!(kept.status, StatusCode::OK);
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_page() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    let form = CreatePage { token: token(), draft: draft() };
    let first = administrator.call(&form).await.unwrap();
    assert_eq!(administrator.call(&form).await.unwrap(), first);
    let rows = administrator.call(&ListPages { query: ListQuery::default() }).await.unwrap();
    assert_eq!(rows.value.meta.total, 1);
}

#[tokio::test]
async fn unpublished_and_unknown_pages_answer_alike() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    let page = publish(&mut administrator).await;
    let hidden = StatusPageDraft { published: false, ..draft() };
    let hidden = ChangePage { token: token(), id: page.id, draft: hidden };
    administrator.call(&hidden).await.unwrap();
    let unknown = "0".repeat(32);
    let mut texts = Vec::new();
    for slug in [&page.slug, &unknown] {
        let answer = console.visitor().get(&links::public_status(slug)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        texts.push(answer.text.replace(nonce, "").replace(slug.as_str(), ""));
        let live = console.visitor().get(&links::public_status_live(slug)).await;
        assert_eq!(live.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn a_page_that_was_made_unpublished_says_how_to_publish_it() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    let form = administrator.get("/status-pages/new").await;
    let box_of = |page: &str| {
        let at = page.find("id=\"published\"").unwrap();
        let (from, to) = (page[..at].rfind('<').unwrap(), page[at..].find('>').unwrap() + at);
        page[from..to].to_owned()
    };
    assert!(!box_of(&form.text).contains(" checked"), "{}", box_of(&form.text));
    let hidden = StatusPageDraft { published: false, ..draft() };
    let page = administrator.call(&CreatePage { token: token(), draft: hidden }).await.unwrap();
    let seen = administrator.get(&links::status_page(page.id)).await;
    for words in ["Not published", "Nobody can read this page yet", ">Publish<"] {
        assert!(seen.text.contains(words), "no {words} in {}", seen.text);
    }
    let status = || async { console.visitor().get(&links::public_status(&page.slug)).await.status };
    assert_eq!(status().await, StatusCode::NOT_FOUND);
    let form = PublishPage { token: token(), id: page.id };
    let published = administrator.call(&form).await.unwrap();
    assert_eq!(
        (published.slug.as_str(), &published.services),
        (page.slug.as_str(), &page.services)
    );
    assert_eq!(status().await, StatusCode::OK);
    assert_eq!(administrator.call(&form).await.unwrap(), published);
    let seen = administrator.get(&links::status_page(page.id)).await;
    assert!(!seen.text.contains(">Publish<") && box_of(&seen.text).contains(" checked"));
}

#[tokio::test]
async fn a_new_link_ends_the_old_one_and_deleting_asks_for_the_title() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    let page = publish(&mut administrator).await;
    let moved = administrator.call(&RenewLink { token: token(), id: page.id }).await.unwrap();
    let status = |slug: String| async {
        let slug = slug;
        console.visitor().get(&links::public_status(&slug)).await.status
    };
    assert_eq!(status(page.slug.clone()).await, StatusCode::NOT_FOUND);
    assert_eq!(status(moved.slug.clone()).await, StatusCode::OK);
    let mut delete = DeletePage { token: token(), id: page.id, title: "Shop".into() };
    let refused = administrator.call(&delete).await.unwrap_err();
    assert!(refused.field_errors().at("title").is_some());
    delete.title = page.title;
    administrator.call(&delete).await.unwrap();
    assert_eq!(status(moved.slug).await, StatusCode::NOT_FOUND);
    administrator.call(&delete).await.unwrap();
}

/// The stream of a visitor.
struct Events(BodyDataStream);

impl Events {
    async fn open(console: &TestConsole, slug: &str) -> Self {
        let request = Request::get(links::public_status_live(slug)).body(Body::empty()).unwrap();
        let response = console.visitor().send(request).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        Self(response.into_body().into_data_stream())
    }

    async fn next(&mut self) -> Option<PublicEvent> {
        let bytes = self.0.next().await?.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert_tells_nothing(&text);
        Some(serde_json::from_str(text.strip_prefix("data: ").unwrap().trim_end()).unwrap())
    }

    async fn status(&mut self) -> PublicStatus {
        loop {
            if let PublicEvent::Status(status) = self.next().await.unwrap() {
                return status;
            }
        }
    }
}

#[tokio::test]
async fn a_change_reaches_the_visitor_by_itself() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    let page = publish(&mut administrator).await;
    let mut events = Events::open(&console, &page.slug).await;
    let first = events.status().await;
    assert_eq!(first.services[0].state, ServiceState::Operational);
    let mut changed = draft();
    changed.services[0].public_name = "Paying".into();
    let change = ChangePage { token: token(), id: page.id, draft: changed };
    administrator.call(&change).await.unwrap();
    assert_eq!(events.status().await.services[0].name, "Paying");
    console.shutdown.cancel();
    while let Some(event) = events.next().await {
        assert!(matches!(event, PublicEvent::Bye | PublicEvent::Checked(_)), "{event:?}");
    }
}

#[tokio::test]
async fn visitors_cost_no_call_to_ecs() {
    let console = TestConsole::demo().await;
    let page = publish(&mut console.member(Role::Administrator).await).await;
    let before = console.console.gateway.calls_by_operation();
    for _ in 0..20 {
        console.visitor().get(&links::public_status(&page.slug)).await;
        Events::open(&console, &page.slug).await.status().await;
    }
    assert_eq!(console.console.gateway.calls_by_operation(), before);
}
