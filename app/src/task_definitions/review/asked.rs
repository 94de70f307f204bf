//! [ssr] What is looked up for the review and the comparison.

use std::sync::Arc;

use crate::backend::Backend;
use crate::error::AppError;
use crate::listing::ListQuery;
use crate::names::{ClusterName, FamilyName, Revision, ServiceName};
use crate::reading::{Reading, Soon};
use crate::services::model::Service;
use crate::task_definitions::diff::{changes, headline};
use crate::task_definitions::document::Document;
use crate::task_definitions::model::TaskDefinition;
use crate::task_definitions::{redact, view};
use crate::team::model::Role;

use super::model::{Compared, Comparison, FamilyRevisions, Ground, OlderService, Since};
use crate::audit::model::Outcome;

/// What a new revision is held against.
///
/// # Errors
/// What ECS answers when it is asked for the revisions.
pub async fn ground(
    backend: &Backend,
    from: Option<Revision>,
    family: Option<FamilyName>,
) -> Result<Ground, AppError> {
    let picture = backend.picture()?;
    let base = match &from {
        Some(from) => Some(compared(&*backend.read().ecs.task_definition(from).await?)),
        None => None,
    };
    let newest = family.as_ref().and_then(|family| newest(&picture, family));
    let newest = match newest {
        Some(newest) => {
            let definition = backend.read().ecs.task_definition(&newest).await?;
            let by = member_who_registered(backend, &newest).await;
            let known = compared(&definition);
            Some(Compared { registered_by: by.or(known.registered_by), ..known })
        }
        None => None,
    };
    let detail = family.and_then(|family| view::detail(&picture, &family));
    let used = detail.map(|detail| {
        let name = detail.name;
        let in_use = detail.revisions.into_iter().filter(|row| !row.used_by.is_none());
        in_use
            .map(|row| (Revision { family: name.clone(), number: row.number }, row.used_by))
            .collect()
    });
    Ok(Ground { base, newest, used: used.unwrap_or_default() })
}

fn compared(definition: &TaskDefinition) -> Compared {
    Compared {
        revision: definition.revision.clone(),
        document: definition.whole(),
        registered_at: definition.registered_at,
        registered_by: definition.registered_by.clone(),
    }
}

fn newest(picture: &Reading, family: &FamilyName) -> Option<Revision> {
    let number = picture.family(family)?.newest()?;
    Some(Revision { family: family.clone(), number })
}

/// The member who registered a revision through this console: to AWS all of them are one.
pub async fn member_who_registered(backend: &Backend, revision: &Revision) -> Option<String> {
    let query = ListQuery::default()
        .with_text(revision.family.as_str())
        .with_filter("what", "task-definition.registered");
    let entries = backend.read().audit.entries(&query).await.ok()?;
    let came_out = Outcome::Done(revision.to_string());
    entries.rows.into_iter().find(|entry| entry.outcome == came_out).map(|entry| entry.who)
}

/// That a document changes something against the newest revision of its family: that of the picture,
/// or a `newer` one that was registered since.
///
/// # Errors
/// [`AppError::Refused`] when it would equal it. What can't be looked up now is no reason to refuse.
pub async fn changes_something(
    backend: &Backend,
    family: &FamilyName,
    newer: Option<&Revision>,
    document: &Document,
) -> Result<(), AppError> {
    let picture = backend.picture().ok();
    let known = picture.as_ref().and_then(|picture| picture.family(family));
    let is_inactive =
        |revision: &&Revision| known.is_some_and(|known| known.inactive.contains(&revision.number));
    let newer = newer.filter(|revision| !is_inactive(revision)).cloned();
    let seen = picture.as_ref().and_then(|picture| newest(picture, family));
    let Some(newest) = seen.into_iter().chain(newer).max() else { return Ok(()) };
    match backend.read().ecs.task_definition(&newest).await {
        Ok(known) if known.status == "ACTIVE" && changes(&known.whole(), document).is_nothing() => {
            Err(super::equals(&newest))
        }
        _ => Ok(()),
    }
}

/// Two revisions beside each other.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such revision.
pub async fn comparison(
    backend: &Backend,
    left: &Revision,
    right: &Revision,
) -> Result<Soon<Comparison>, AppError> {
    let (left, right) = (one(backend, left).await?, one(backend, right).await?);
    let (Soon::Here(left), Soon::Here(right)) = (left, right) else { return Ok(Soon::Reading) };
    let (mut left, mut right) = (compared(&left), compared(&right));
    let changes = changes(&left.document, &right.document);
    let redacted = !backend.may(Role::Operator);
    if redacted {
        (left.document, right.document) =
            redact::redacted_pair(&left.document, &right.document, &changes);
    }
    let changes = if redacted { changes.without_secrets() } else { changes };
    Ok(Soon::Here(Comparison { left, right, changes, redacted }))
}

/// One revision. Any number fits into an address: a viewer's must not become calls to ECS. An
/// operator may have registered it elsewhere a moment ago.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such revision.
pub async fn one(
    backend: &Backend,
    revision: &Revision,
) -> Result<Soon<Arc<TaskDefinition>>, AppError> {
    if !backend.may(Role::Operator) && !view::is_known(&*backend.picture()?, revision) {
        return Err(AppError::NotFound(format!("There is no task definition {revision}.")));
    }
    backend.read().ecs.task_definition_soon(revision).await
}

/// Every family with its revisions.
pub fn revisions(picture: &Reading) -> Vec<FamilyRevisions> {
    let row = |family: &Arc<crate::task_definitions::model::Family>| {
        let mut numbers: Vec<u32> = family.active.iter().chain(&family.inactive).copied().collect();
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        FamilyRevisions { family: family.name.clone(), numbers }
    };
    picture.families.iter().map(row).collect()
}

/// What a revision changed against the one before it.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such revision.
pub async fn since(
    backend: &Backend,
    revision: &Revision,
) -> Result<Soon<Option<Since>>, AppError> {
    let definition = one(backend, revision).await?;
    let Some(previous) = previous(&*backend.picture()?, revision) else {
        return Ok(Soon::Here(None));
    };
    let (Soon::Here(before), Soon::Here(definition)) = (one(backend, &previous).await?, definition)
    else {
        return Ok(Soon::Reading);
    };
    let headline = headline(&changes(&before.whole(), &definition.whole()));
    Ok(Soon::Here(Some(Since { previous, headline })))
}

/// The newest revision that is older than this one and still known.
fn previous(picture: &Reading, revision: &Revision) -> Option<Revision> {
    let family = picture.family(&revision.family)?;
    let known = family.active.iter().chain(&family.inactive);
    let number = known.copied().filter(|number| *number < revision.number).max()?;
    Some(Revision { family: revision.family.clone(), number })
}

/// The services that run other revisions of this one's family.
pub fn older_services(picture: &Reading, revision: &Revision) -> Vec<OlderService> {
    let row = |service: &Arc<Service>| {
        let present = service.task_definition.clone()?;
        let other = present.family == revision.family && present.number != revision.number;
        (other && service.status != "INACTIVE").then(|| OlderService {
            cluster: service.cluster.clone(),
            name: service.name.clone(),
            present,
            refusal: service.change_refusal(),
        })
    };
    picture.services.iter().filter_map(row).collect()
}

/// That a service may go on to a revision.
///
/// # Errors
/// [`AppError::NotFound`] without such a service; [`AppError::Conflict`] when it can't be changed
/// now, runs the revision already or runs another family, and when the revision is not active.
pub fn may_update(
    picture: &Reading,
    cluster: &ClusterName,
    name: &ServiceName,
    revision: &Revision,
) -> Result<(), AppError> {
    let service = picture.service(cluster, name).ok_or_else(|| {
        AppError::NotFound(format!("There is no service {name} in the cluster {cluster}."))
    })?;
    let active =
        picture.family(&revision.family).is_some_and(|f| f.active.contains(&revision.number));
    let refusal = match &service.task_definition {
        _ if service.change_refusal().is_some() => service.change_refusal(),
        Some(present) if present == revision => Some(format!("It runs {revision} already.")),
        Some(present) if present.family != revision.family => {
            Some(format!("It runs {present}, of another family. Deploy from the service's page."))
        }
        None => Some("Something other than ECS deploys it.".to_owned()),
        Some(_) if !active => Some(format!("{revision} is not active.")),
        Some(_) => None,
    };
    refusal.map_or(Ok(()), |said| Err(AppError::Conflict(said)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::samples::service;
    use crate::task_definitions::model::Family;

    fn picture() -> Reading {
        let running = |name: &str, revision: Option<&str>, status: &str| {
            let mut service = service("production", name);
            service.task_definition = revision.map(|revision| revision.parse().unwrap());
            service.status = status.to_owned();
            Arc::new(service)
        };
        let mut picture = Reading {
            families: vec![Arc::new(Family {
                name: "web".parse().unwrap(),
                active: vec![5, 3],
                inactive: vec![4, 1],
                changed_at: None,
            })],
            services: vec![
                running("old", Some("web:3"), "ACTIVE"),
                running("new", Some("web:5"), "ACTIVE"),
                running("going", Some("web:3"), "DRAINING"),
                running("gone", Some("web:3"), "INACTIVE"),
                running("other", Some("api:3"), "ACTIVE"),
                running("foreign", None, "ACTIVE"),
            ],
            ..Reading::default()
        };
        picture.sort();
        picture
    }

    #[test]
    fn services_on_other_revisions_are_found() {
        let found = older_services(&picture(), &"web:5".parse().unwrap());
        let found: Vec<_> =
            found.iter().map(|row| (row.name.as_str(), row.refusal.is_none())).collect();
        assert_eq!(found, [("going", false), ("old", true)]);
    }

    #[test]
    fn only_what_makes_sense_is_updated() {
        for (name, revision, wrong) in [
            ("old", "web:5", None),
            ("new", "web:3", None),
            ("new", "web:5", Some("already")),
            ("old", "web:4", Some("not active")),
            ("going", "web:5", Some("being deleted")),
            ("other", "web:5", Some("another family")),
            ("foreign", "web:5", Some("other than ECS")),
            ("none", "web:5", Some("no service")),
        ] {
            let (cluster, name) = ("production".parse().unwrap(), name.parse().unwrap());
            let answer = may_update(&picture(), &cluster, &name, &revision.parse().unwrap());
            match (answer, wrong) {
                (Ok(()), None) => {}
                (Err(error), Some(wrong)) => assert!(error.to_string().contains(wrong), "{error}"),
                (answer, wrong) => panic!("{name} {revision}: {answer:?}, not {wrong:?}"),
            }
        }
    }

    #[test]
    fn the_revision_before_is_the_newest_older_one() {
        for (revision, before) in [
            ("web:5", Some(4)),
            ("web:4", Some(3)),
            ("web:3", Some(1)),
            ("web:1", None),
            ("x:9", None),
        ] {
            let found = previous(&picture(), &revision.parse().unwrap());
            assert_eq!(found.map(|found| found.number), before, "{revision}");
        }
        assert_eq!(revisions(&picture())[0].numbers, [5, 4, 3, 1]);
    }
}
