//! What of the door stands in the audit log, and how much a stranger can write there.

use berth_app::audit::model::{AuditEntry, Outcome};
use berth_app::backend::TeamChanges;
use berth_app::listing::ListQuery;

use super::super::record::{STRANGERS_MAX, UNKNOWN, VISITOR};
use super::*;

impl Door {
    /// The newest entries, once there are `total`: refused tries are written in the background.
    async fn entries(&self, total: usize) -> Vec<AuditEntry> {
        let written = async {
            loop {
                let listing = self.store.audit_entries(&ListQuery::default()).await.unwrap();
                if listing.meta.total >= total {
                    assert_eq!(listing.meta.total, total, "{:?}", listing.rows);
                    return listing.rows;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), written).await.expect("so many entries")
    }
}

/// Who, what and to whom.
fn short(entry: &AuditEntry) -> (&str, &str, &str) {
    (&entry.who, &entry.what, &entry.subject)
}

fn said(entry: &AuditEntry) -> &str {
    match &entry.outcome {
        Outcome::Failed(said) => said,
        other => panic!("{other:?}"),
    }
}

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn who_comes_and_goes_is_written_down() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store.clone()).await;
        let mut browser = Browser::at(&door, "10.0.0.1");
        browser.sign_in(" Ada@example.com", PASSWORD).await;
        browser.post("/sign-out", &[]).await;
        // Without a session nobody signs out.
        browser.post("/sign-out", &[]).await;
        let entries = door.entries(2).await;
        assert_eq!(short(&entries[1]), (ADA, "access.signed-in", ADA));
        assert_eq!(short(&entries[0]), (ADA, "access.signed-out", ADA));
        assert_eq!((entries[1].at, &entries[1].outcome), (NOW, &Outcome::Done(String::new())));
        assert_eq!(entries[1].detail, "from 10.0.0.1");

        let clock = Arc::new(door.clock.clone());
        let members = Members::new(store, clock, door.revocations.clone(), "http://x");
        let bob = "bob@example.com";
        let link = members.add_member(bob.into(), "Bob".into(), Role::Viewer).await.unwrap();
        let path = link.url.strip_prefix("http://x").unwrap();
        browser.post(path, &[("password", PASSWORD)]).await;
        assert_eq!(short(&door.entries(3).await[0]), (bob, "access.link-used", bob));
    })
    .await;
}

#[tokio::test]
async fn the_first_set_up_is_written_down() {
    on_each_engine(|store, _| async move {
        let door = Door::new(store, "http://127.0.0.1:3000");
        door.store.offer_set_up("first", NOW, NOW.plus_ms(1)).await.unwrap();
        let fields = [("name", "Ada"), ("email", "Ada@example.com"), ("password", PASSWORD)];
        Browser::at(&door, "10.0.0.1").post("/set-up/first", &fields).await;
        assert_eq!(short(&door.entries(1).await[0]), (ADA, "access.link-used", ADA));
    })
    .await;
}

#[tokio::test]
async fn a_refused_sign_in_names_members_only() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let bob = door.add_bob().await;
        door.store.set_disabled(bob, true).await.unwrap();
        let mut browser = Browser::at(&door, "10.0.0.1");
        // Into the wrong field by mistake, as it happens.
        for (total, email, password, subject, reason) in [
            (1, ADA, "wrong", ADA, "The password does not fit."),
            (2, PASSWORD, "", UNKNOWN, "No member has the email."),
            (3, "bob@example.com", PASSWORD, "bob@example.com", "The member is disabled."),
            (4, "bob@example.com", "wrong", "bob@example.com", "The password does not fit."),
        ] {
            browser.sign_in(email, password).await;
            let entries = door.entries(total).await;
            assert_eq!(short(&entries[0]), (VISITOR, "access.refused", subject));
            assert_eq!(said(&entries[0]), reason);
            assert!(!format!("{entries:?}").contains(PASSWORD));
        }
    })
    .await;
}

#[tokio::test]
async fn a_lock_is_written_down_once() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        for n in 0..15 {
            Browser::at(&door, &format!("10.0.0.{n}")).sign_in(ADA, "wrong").await;
        }
        let entries = door.entries(11).await;
        let locked: Vec<_> = entries.iter().filter(|e| e.what == "access.locked").collect();
        assert_eq!(locked.len(), 1);
        assert_eq!(short(locked[0]), (VISITOR, "access.locked", ADA));
        assert!(said(locked[0]).contains("with this email"), "{}", said(locked[0]));
        // It goes on in the next five minutes, and so does the log.
        door.pass(Duration::from_secs(300));
        Browser::at(&door, "10.0.0.1").sign_in(ADA, "wrong").await;
        door.entries(12).await;
    })
    .await;
}

#[tokio::test]
async fn strangers_can_not_flood_the_log_and_hide_nothing_in_it() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let tries = STRANGERS_MAX + 25;
        for n in 0..tries {
            let mut browser = Browser::at(&door, &format!("10.0.{}.1", n / 5));
            browser.sign_in(&format!("stranger-{n}@example.com"), "wrong").await;
        }
        let entries = door.entries(STRANGERS_MAX + 1).await;
        assert!(entries.iter().all(|entry| entry.subject == UNKNOWN));
        let last = entries.iter().filter(|entry| said(entry).contains("no more of them")).count();
        assert_eq!(last, 1);
        // Who tries at a member is still seen.
        Browser::at(&door, "10.1.0.1").sign_in(ADA, "wrong").await;
        let entries = door.entries(STRANGERS_MAX + 2).await;
        assert!(entries.iter().any(|entry| entry.subject == ADA));
        door.pass(Duration::from_secs(300));
        Browser::at(&door, "10.0.0.1").sign_in("stranger@example.com", "wrong").await;
        door.entries(STRANGERS_MAX + 3).await;
    })
    .await;
}
