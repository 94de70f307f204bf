//! Stories of what touches the store, once more, on PostgreSQL (see `support::database`): the audit log,
//! a form sent twice, roles, sessions and their streams, members, status pages, drafts, templates. The others keep nothing
//! but their audit entries, which are the same for all, and would double the time of the tests.
#![expect(clippy::duplicate_mod, reason = "each story file brings the support module along")]

#[path = "audit.rs"]
mod audit;
#[path = "clusters.rs"]
mod clusters;
#[path = "doors.rs"]
mod doors;
#[path = "drafts.rs"]
mod drafts;
#[path = "live.rs"]
mod live;
#[path = "members.rs"]
mod members;
#[path = "status.rs"]
mod status;
#[path = "templates.rs"]
mod templates;
