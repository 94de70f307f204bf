//! [ssr] What the task definition pages show of a picture: pure functions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::model::{
    Family, FamilyDetail, FamilyRow, REVISIONS_SHOWN, RevisionRow, Use, UsingService,
};
use crate::listing::{Column, ListQuery, Listing, listing};
use crate::names::{FamilyName, Revision};
use crate::reading::Reading;

const COLUMNS: [Column<FamilyRow>; 6] = [
    Column { name: "name", order: |a, b| a.key.cmp(&b.key) },
    Column { name: "newest", order: |a, b| a.newest.cmp(&b.newest) },
    Column { name: "changed", order: |a, b| a.changed_at.cmp(&b.changed_at) },
    Column { name: "active", order: |a, b| a.active.cmp(&b.active) },
    Column { name: "services", order: |a, b| a.services.cmp(&b.services) },
    Column { name: "tasks", order: |a, b| a.tasks.cmp(&b.tasks) },
];

/// One page of families.
pub fn list(reading: &Reading, query: &ListQuery) -> Listing<FamilyRow> {
    let used = uses(reading);
    let rows: Vec<FamilyRow> = reading.families.iter().map(|family| row(family, &used)).collect();
    listing(rows.iter(), query, matches, &COLUMNS, Clone::clone)
}

/// One family.
pub fn detail(reading: &Reading, name: &FamilyName) -> Option<FamilyDetail> {
    let all = revisions(reading, name)?;
    let total = all.len();
    let shown = |(at, row): (usize, RevisionRow)| {
        (at < REVISIONS_SHOWN || !row.used_by.is_none()).then_some(row)
    };
    let revisions: Vec<RevisionRow> = all.into_iter().enumerate().filter_map(shown).collect();
    Some(FamilyDetail { name: name.clone(), left_out: total - revisions.len(), revisions })
}

/// Every revision of a family, newest first.
pub fn revisions(reading: &Reading, name: &FamilyName) -> Option<Vec<RevisionRow>> {
    let family = reading.family(name)?;
    let mut used = revision_uses(reading, name);
    let active = family.active.iter().map(|number| (*number, true));
    let inactive = family.inactive.iter().map(|number| (*number, false));
    // A revision that was deleted while tasks run it is in neither list: it is still named here.
    let known: BTreeMap<u32, bool> =
        used.keys().map(|number| (*number, false)).chain(inactive).chain(active).collect();
    let row = |(number, active)| RevisionRow {
        number,
        active,
        used_by: used.remove(&number).unwrap_or_default(),
    };
    Some(known.into_iter().rev().map(row).collect())
}

/// Whether the picture shows a revision: in the lists of families, which leave out what is being
/// deleted, or in use.
pub fn is_known(reading: &Reading, revision: &Revision) -> bool {
    let listed = reading.family(&revision.family).is_some_and(|family| {
        family.active.contains(&revision.number) || family.inactive.contains(&revision.number)
    });
    listed || !used_by(reading, revision).is_none()
}

/// Who uses one revision.
pub fn used_by(reading: &Reading, revision: &Revision) -> Use {
    revision_uses(reading, &revision.family).remove(&revision.number).unwrap_or_default()
}

/// Every family's name, for choosing one.
pub fn family_names(reading: &Reading) -> Vec<String> {
    reading
        .families
        .iter()
        .filter(|family| !family.active.is_empty())
        .map(|family| family.name.to_string())
        .collect()
}

/// Services and live tasks by family.
fn uses(reading: &Reading) -> HashMap<&FamilyName, (usize, usize)> {
    let mut used: HashMap<&FamilyName, (usize, usize)> = HashMap::new();
    for service in &reading.services {
        // A service may run two revisions of one family while it rolls; it counts once.
        let families: BTreeSet<&FamilyName> = revisions_of(service).map(|r| &r.family).collect();
        for family in families {
            used.entry(family).or_default().0 += 1;
        }
    }
    for task in reading.tasks.iter().filter(|task| !task.is_final()) {
        used.entry(&task.task_definition.family).or_default().1 += 1;
    }
    used
}

/// Who uses which revision of one family.
fn revision_uses(reading: &Reading, family: &FamilyName) -> BTreeMap<u32, Use> {
    let mut used: BTreeMap<u32, Use> = BTreeMap::new();
    for service in &reading.services {
        let numbers: BTreeSet<u32> = revisions_of(service)
            .filter(|revision| revision.family == *family)
            .map(|revision| revision.number)
            .collect();
        for number in numbers {
            used.entry(number).or_default().services.push(UsingService {
                cluster: service.cluster.clone(),
                name: service.name.clone(),
            });
        }
    }
    for task in &reading.tasks {
        if task.task_definition.family == *family && !task.is_final() {
            used.entry(task.task_definition.number).or_default().tasks += 1;
        }
    }
    used
}

/// What a service that has not been deleted runs, or is on its way to.
fn revisions_of(
    service: &crate::services::model::Service,
) -> impl Iterator<Item = &Revision> + use<'_> {
    let live = service.status != "INACTIVE";
    service
        .task_definition
        .iter()
        .chain(
            service
                .deployments
                .iter()
                .filter(|deployment| deployment.status != "INACTIVE")
                .filter_map(|deployment| deployment.task_definition.as_ref()),
        )
        .filter(move |_| live)
}

fn row(family: &Family, used: &HashMap<&FamilyName, (usize, usize)>) -> FamilyRow {
    let (services, tasks) = used.get(&family.name).copied().unwrap_or_default();
    FamilyRow {
        key: family.name.to_string(),
        name: family.name.clone(),
        active: family.active.len(),
        inactive: family.inactive.len(),
        newest: family.latest(),
        changed_at: family.changed_at,
        services,
        tasks,
    }
}

fn matches(row: &FamilyRow, query: &ListQuery) -> bool {
    query.finds(&[&row.key])
        && match query.filter("status") {
            "active" => row.active > 0,
            "inactive" => row.active == 0,
            "used" => row.services + row.tasks > 0,
            "unused" => row.services + row.tasks == 0,
            status => status.is_empty(),
        }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::services::model::Service;
    use crate::services::samples::{deployment, service};

    fn family(name: &str, active: &[u32], inactive: &[u32]) -> Arc<Family> {
        Arc::new(Family {
            name: name.parse().unwrap(),
            active: active.to_vec(),
            inactive: inactive.to_vec(),
            changed_at: None,
        })
    }

    fn using(name: &str, revision: &str, older: u32) -> Arc<Service> {
        let mut service = service("production", name);
        let revision: Revision = revision.parse().unwrap();
        let family = revision.family.to_string();
        service.deployments = vec![
            deployment(&family, revision.number, "PRIMARY", "IN_PROGRESS"),
            deployment(&family, older, "ACTIVE", "COMPLETED"),
        ];
        service.task_definition = Some(revision);
        Arc::new(service)
    }

    fn reading() -> Reading {
        let mut reading = Reading {
            families: vec![
                family("web", &[3, 2], &[1]),
                family("old", &[], &[7]),
                family("job", &[1], &[]),
            ],
            services: vec![using("shop", "web:3", 1)],
            ..Reading::default()
        };
        reading.sort();
        reading
    }

    #[test]
    fn families_are_found_by_name_state_and_use() {
        for (pairs, found) in [
            (&[][..], &["job", "old", "web"][..]),
            (&[("status", "active")], &["job", "web"]),
            (&[("status", "inactive")], &["old"]),
            (&[("status", "used")], &["web"]),
            (&[("status", "unused")], &["job", "old"]),
            (&[("status", "nonsense")], &[]),
            (&[("q", "O"), ("sort", "-newest")], &["old", "job"]),
            (&[("sort", "-services")], &["web", "job", "old"]),
        ] {
            let query = ListQuery::from_pairs(pairs.iter().copied(), &["status"]);
            let rows = list(&reading(), &query).rows;
            let names: Vec<_> = rows.iter().map(|row| row.key.as_str()).collect();
            assert_eq!(names, found, "{pairs:?}");
        }
    }

    #[test]
    fn a_family_tells_who_uses_which_revision() {
        let web = detail(&reading(), &"web".parse().unwrap()).unwrap();
        let told: Vec<_> =
            web.revisions.iter().map(|r| (r.number, r.active, r.used_by.services.len())).collect();
        // The older deployment still runs revision 1, although it is INACTIVE.
        assert_eq!(told, [(3, true, 1), (2, true, 0), (1, false, 1)]);
        assert_eq!(web.left_out, 0);
        assert!(detail(&reading(), &"none".parse().unwrap()).is_none());
    }

    #[test]
    fn a_revision_is_known_when_it_is_listed_or_in_use() {
        let mut reading = reading();
        reading.services.push(using("shop-2", "gone:5", 4));
        reading.sort();
        for (revision, known) in [
            ("web:3", true),
            ("web:1", true),
            ("web:4", false),
            ("old:7", true),
            ("none:1", false),
            ("gone:5", true),
            ("gone:4", true),
            ("gone:3", false),
        ] {
            assert_eq!(is_known(&reading, &revision.parse().unwrap()), known, "{revision}");
        }
    }

    #[test]
    fn old_revisions_in_use_are_not_left_out() {
        let numbers: Vec<u32> = (1..=300).rev().collect();
        let mut reading = Reading {
            families: vec![family("web", &numbers, &[])],
            services: vec![using("shop", "web:2", 2)],
            ..Reading::default()
        };
        reading.sort();
        let web = detail(&reading, &"web".parse().unwrap()).unwrap();
        assert_eq!((web.revisions.len(), web.left_out), (101, 199));
        assert_eq!(web.revisions.last().map(|r| r.number), Some(2));
    }
}
