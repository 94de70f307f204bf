//! Forms: who may send them, and what they need first.

use super::*;

#[tokio::test]
async fn who_may_not_send_a_form_reads_why_instead_of_it() {
    let console = TestConsole::demo().await;
    let mut viewer = console.member(Role::Viewer).await;
    let mut operator = console.member(Role::Operator).await;
    let operators = "This needs the role operator; yours is viewer.";
    for page in [
        "/clusters/new",
        "/services/new",
        "/tasks/run",
        "/task-definitions/new",
        "/task-definitions/new?from=storefront-web:1",
    ] {
        let answer = viewer.get(page).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
        assert!(answer.text.contains(operators), "{page}: {}", answer.text);
        assert!(answer.text.contains("Ask an administrator of this console."), "{page}");
        assert!(!answer.text.contains("type=\"submit\" class=\"button button-primary\""), "{page}");
        let answer = operator.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(answer.text.contains("type=\"submit\" class=\"button button-primary\""), "{page}");
    }
    let administrators = "This needs the role administrator; yours is operator.";
    for page in ["/status-pages", "/status-pages/new", "/members", "/audit"] {
        let answer = operator.get(page).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
        assert!(answer.text.contains(administrators), "{page}: {}", answer.text);
        assert!(!answer.text.contains("role=\"search\""), "{page} has a filter over nothing");
    }
}

#[tokio::test]
async fn links_to_forms_say_who_may_not_follow_them() {
    let console = TestConsole::demo().await;
    let mut viewer = console.member(Role::Viewer).await;
    let mut operator = console.member(Role::Operator).await;
    for (page, form) in [
        ("/clusters", "href=\"/clusters/new"),
        ("/clusters/production", "href=\"/services/new"),
        ("/services", "href=\"/services/new"),
        ("/tasks", "href=\"/tasks/run"),
        ("/task-definitions", "href=\"/task-definitions/new"),
        ("/task-definitions/storefront-web", "href=\"/task-definitions/new"),
        ("/task-definitions/storefront-web/1", "href=\"/task-definitions/new"),
    ] {
        let answer = operator.get(page).await;
        assert!(answer.text.contains(form), "{page}: {}", answer.text);
        let answer = viewer.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(!answer.text.contains(form), "{page} leads a viewer to a form");
        let said = "title=\"This needs the role operator; yours is viewer.\"";
        assert!(answer.text.contains(said), "{page}: {}", answer.text);
    }
}

#[tokio::test]
async fn forms_that_launch_say_what_is_missing_first() {
    let console = TestConsole::empty().await;
    let mut operator = console.member(Role::Operator).await;
    for form in ["/services/new", "/tasks/run"] {
        let text = operator.get(form).await.text;
        assert!(text.contains("First a cluster and a task definition"), "{form}: {text}");
        for way in ["/clusters/new", "/task-definitions/new"] {
            assert!(text.contains(&format!("href=\"{way}\"")), "{form}: {text}");
        }
        assert!(!text.contains(FORM), "{form}: {text}");
    }
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    for form in ["/services/new", "/tasks/run"] {
        let text = operator.get(form).await.text;
        assert!(text.contains(FORM) && !text.contains("First a"), "{form}: {text}");
    }
}

const FORM: &str = "<form novalidate class=\"form\">";
