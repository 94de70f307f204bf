//! Lists: what they count, what they are asked for, and what they lead to.

use super::*;

#[tokio::test]
async fn lists_count_what_they_show() {
    let console = TestConsole::demo().await;
    let mut member = console.member(Role::Administrator).await;
    for (page, words) in
        [("/clusters", "3 clusters"), ("/members", "1 member"), ("/clusters/staging", "3 services")]
    {
        // Whether the bar or the rows come first from the database is chance.
        for _ in 0..20 {
            let answer = member.get(page).await;
            assert!(answer.text.contains(&format!(">{words}<")), "{page}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn what_an_address_asks_for_is_shown_and_never_passed_over() {
    let console = TestConsole::demo().await;
    let mut member = console.member(Role::Administrator).await;
    for (page, value) in [
        ("/clusters?status=nope", "nope"),
        ("/services?state=nope", "nope"),
        ("/services?cluster=nope", "nope"),
        ("/clusters/production?state=nope", "nope"),
        ("/tasks?status=nope", "nope"),
        ("/tasks?cluster=nope&launch=FARGATE", "nope"),
        ("/task-definitions?status=nope", "nope"),
        ("/members?role=nope", "nope"),
        ("/audit?who=nope", "nope"),
        ("/audit?outcome=nope", "nope"),
    ] {
        let answer = member.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        let chosen = format!("<option value=\"{value}\" selected>{value}<");
        assert!(answer.text.contains(&chosen), "{page}: {}", answer.text);
        assert!(answer.text.contains("Nothing matches the filter"), "{page}: {}", answer.text);
        assert!(answer.text.contains(">Clear filter<"), "{page}: {}", answer.text);
    }
    for (list, column) in [
        ("/clusters", "name"),
        ("/services", "name"),
        ("/tasks", "id"),
        ("/task-definitions", "name"),
        ("/members", "name"),
        ("/audit", ""),
    ] {
        let odd = member.get(&format!("{list}?sort=-nope")).await;
        assert!(odd.text.contains("There is no order “nope” here"), "{list}: {}", odd.text);
        let known = member.get(&format!("{list}?sort={column}")).await;
        assert!(!known.text.contains("There is no order"), "{list}: {}", known.text);
    }
    let form = member.get("/services/new?cluster=nope&revision=storefront-web:999").await;
    for chosen in ["nope", "999"] {
        let chosen = format!("<option value=\"{chosen}\" selected>{chosen}<");
        assert!(form.text.contains(&chosen), "{}", form.text);
    }
}

#[tokio::test]
async fn lists_of_services_say_how_many_need_a_look_and_lead_to_them() {
    let console = TestConsole::demo().await;
    let mut viewer = console.member(Role::Viewer).await;
    for (list, count, narrowed) in [
        ("/services", "3 need a look", "/services?state=needs-a-look"),
        (
            "/services?cluster=production",
            "2 need a look",
            "cluster=production&amp;state=needs-a-look",
        ),
        (
            "/services?q=recommendations",
            "1 needs a look",
            "q=recommendations&amp;state=needs-a-look",
        ),
        ("/clusters/production", "2 need a look", "/clusters/production?state=needs-a-look"),
    ] {
        let text = without_marks(&viewer.get(list).await.text);
        assert!(text.contains(count), "{list}: {text}");
        assert!(text.contains(&format!("{narrowed}\"")), "{list}: {text}");
    }
    let healthy = viewer.get("/services?cluster=batch").await.text;
    assert!(!healthy.contains("need a look") && healthy.contains("order-importer"), "{healthy}");
    let only = without_marks(&viewer.get("/services?state=needs-a-look").await.text);
    assert!(only.contains("3 of 13 services"), "{only}");
}

/// The text without the comments that mark where its parts meet.
fn without_marks(html: &str) -> String {
    html.replace("<!>", "").replace("<!---->", "")
}
