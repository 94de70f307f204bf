//! Every address of the console, as a function. Nobody else writes one down.

use std::fmt::Display;

use crate::listing::ListQuery;

/// The bytes that stay as they are in a part of an address.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn with_pairs<N: AsRef<str>, V: AsRef<str>>(
    path: &str,
    pairs: impl IntoIterator<Item = (N, V)>,
) -> String {
    let mut address = path.to_owned();
    for (at, (name, value)) in pairs.into_iter().enumerate() {
        address.push(if at == 0 && !path.contains('?') { '?' } else { '&' });
        address.push_str(&encode(name.as_ref()));
        address.push('=');
        address.push_str(&encode(value.as_ref()));
    }
    address
}

/// A list's address with its question.
pub fn list(path: &str, query: &ListQuery) -> String {
    with_pairs(path, query.pairs())
}

/// The sign-in page; afterwards the member comes to `next`, an address of this console.
pub fn sign_in(next: &str) -> String {
    if next.is_empty() || next == HOME {
        SIGN_IN.to_owned()
    } else {
        with_pairs(SIGN_IN, [("next", next)])
    }
}

/// The event stream for topics, each from its mark.
pub fn live<T: AsRef<str>, M: AsRef<str>>(topics: impl IntoIterator<Item = (T, M)>) -> String {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for (topic, mark) in topics {
        pairs.push(("topic", topic.as_ref().to_owned()));
        pairs.push(("since", mark.as_ref().to_owned()));
    }
    with_pairs("/live", pairs)
}

/// The first page.
pub const HOME: &str = "/";
/// The sign-in page.
pub const SIGN_IN: &str = "/sign-in";
/// Where a posted form ends the session.
pub const SIGN_OUT: &str = "/sign-out";
/// Clusters.
pub const CLUSTERS: &str = "/clusters";
/// The form for a cluster.
pub const NEW_CLUSTER: &str = "/clusters/new";
/// Services of all clusters.
pub const SERVICES: &str = "/services";
/// The form for a service.
pub const NEW_SERVICE: &str = "/services/new";
/// Tasks of all clusters.
pub const TASKS: &str = "/tasks";
/// The form to run tasks.
pub const RUN_TASK: &str = "/tasks/run";
/// Families of task definitions.
pub const TASK_DEFINITIONS: &str = "/task-definitions";
/// The form for a task definition.
pub const NEW_TASK_DEFINITION: &str = "/task-definitions/new";
/// Any two revisions of task definitions beside each other.
pub const COMPARE: &str = "/task-definitions/compare";
/// Task definitions that are being written.
pub const DRAFTS: &str = "/task-definitions/drafts";
/// The team's templates of task definitions.
pub const TEMPLATES: &str = "/task-definitions/templates";
/// The form for a task definition, empty, whatever the team's default is.
pub const EMPTY_TASK_DEFINITION: &str = "/task-definitions/new?start=empty";
/// Status pages, for administrators.
pub const STATUS_PAGES: &str = "/status-pages";
/// The form for a status page.
pub const NEW_STATUS_PAGE: &str = "/status-pages/new";
/// Members, for administrators.
pub const MEMBERS: &str = "/members";
/// The audit log, for administrators.
pub const AUDIT: &str = "/audit";
/// What goes wrong on purpose; on the sandbox only.
pub const WEATHER: &str = "/weather";

/// The one-time link with which the first administrator or an invited member sets a password.
pub fn set_up(token: &str) -> String {
    format!("/set-up/{}", encode(token))
}

/// A cluster.
pub fn cluster(cluster: &impl Display) -> String {
    format!("{CLUSTERS}/{}", encode(&cluster.to_string()))
}

/// A service.
pub fn service(cluster: &impl Display, service: &impl Display) -> String {
    format!("{}/services/{}", self::cluster(cluster), encode(&service.to_string()))
}

/// A task.
pub fn task(cluster: &impl Display, id: &impl Display) -> String {
    format!("{}/tasks/{}", self::cluster(cluster), encode(&id.to_string()))
}

/// A tab of a detail page; the first tab is the page's own address.
pub fn tab(page: &str, tab: &str) -> String {
    if tab.is_empty() { page.to_owned() } else { with_pairs(page, [("tab", tab)]) }
}

/// The services of a cluster.
pub fn services_of(cluster: &impl Display) -> String {
    with_pairs(SERVICES, [("cluster", cluster.to_string())])
}

/// The services of a cluster, those that need a look first.
pub fn ailing_services_of(cluster: &impl Display) -> String {
    with_pairs(SERVICES, [("cluster", cluster.to_string()), ("sort", "state".to_owned())])
}

/// The tasks of a cluster.
pub fn tasks_of(cluster: &impl Display) -> String {
    with_pairs(TASKS, [("cluster", cluster.to_string())])
}

/// The tasks of a service.
pub fn tasks_of_service(cluster: &impl Display, service: &impl Display) -> String {
    let pairs = [("cluster", cluster.to_string()), ("q", format!("service:{service}"))];
    with_pairs(TASKS, pairs)
}

/// The form for a service, begun with what is known.
pub fn new_service(pairs: &[(&str, &str)]) -> String {
    with_pairs(NEW_SERVICE, pairs.iter().copied())
}

/// The form to run tasks, begun with what is known.
pub fn run_task(pairs: &[(&str, &str)]) -> String {
    with_pairs(RUN_TASK, pairs.iter().copied())
}

/// A family and its revisions.
pub fn family(family: &impl Display) -> String {
    format!("{TASK_DEFINITIONS}/{}", encode(&family.to_string()))
}

/// One revision.
pub fn revision(revision: &crate::names::Revision) -> String {
    format!("{}/{}", family(&revision.family), revision.number)
}

/// The form for a task definition, begun with what is known.
pub fn new_task_definition(pairs: &[(&str, &str)]) -> String {
    with_pairs(NEW_TASK_DEFINITION, pairs.iter().copied())
}

/// The form for a task definition, begun from a revision.
pub fn new_revision(from: &crate::names::Revision) -> String {
    with_pairs(NEW_TASK_DEFINITION, [("from", from.to_string())])
}

/// The form for a task definition, begun from a revision under the name of another family.
pub fn clone_revision(from: &crate::names::Revision, family: &impl Display) -> String {
    new_task_definition(&[("from", &from.to_string()), ("family", &family.to_string())])
}

/// Two revisions beside each other, the old one first.
pub fn compare(left: &impl Display, right: &impl Display) -> String {
    with_pairs(COMPARE, [("left", left.to_string()), ("right", right.to_string())])
}

/// The choice of what to compare a revision with.
pub fn compare_with(right: &impl Display) -> String {
    with_pairs(COMPARE, [("right", right.to_string())])
}

/// The form for a task definition, with a draft in it.
pub fn draft(id: &crate::names::DraftId) -> String {
    with_pairs(NEW_TASK_DEFINITION, [("draft", id.to_string())])
}

/// The form for a task definition, begun from a template of the team.
pub fn from_template(id: i64) -> String {
    with_pairs(NEW_TASK_DEFINITION, [("template", id.to_string())])
}

/// A status page, for administrators.
pub fn status_page(id: i64) -> String {
    format!("{STATUS_PAGES}/{id}")
}

/// How a status page looks to the public, published or not; for administrators.
pub fn status_page_preview(id: i64) -> String {
    format!("{}/preview", status_page(id))
}

/// A status page, for anyone who has the link.
pub fn public_status(slug: &str) -> String {
    format!("/status/{}", encode(slug))
}

/// The event stream of a public status page.
pub fn public_status_live(slug: &str) -> String {
    format!("{}/live", public_status(slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_encoded() {
        assert_eq!(cluster(&"a/b c"), "/clusters/a%2Fb%20c");
        assert_eq!(service(&"production", &"web"), "/clusters/production/services/web");
        assert_eq!(sign_in("/tasks?q=a&b"), "/sign-in?next=%2Ftasks%3Fq%3Da%26b");
        assert_eq!(sign_in("/"), "/sign-in");
        assert_eq!(tab("/tasks?q=a", "json"), "/tasks?q=a&tab=json");
        assert_eq!(live([("t", "1-2")]), "/live?topic=t&since=1-2");
        assert_eq!(live(std::iter::empty::<(&str, &str)>()), "/live");
    }
}
