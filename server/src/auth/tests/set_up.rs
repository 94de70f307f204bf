//! The first start, and invitations.

use berth_app::backend::{Team, TeamChanges};
use berth_app::team::flash::Problem;
use berth_app::team::model::Invited;

use super::*;

/// The path of a link.
fn path_of(link: &str) -> String {
    link.strip_prefix("http://127.0.0.1:3000").unwrap().to_owned()
}

#[tokio::test]
async fn the_first_administrator_sets_up_once() {
    on_each_engine(|store, _| async move {
        let door = Door::new(store, "http://127.0.0.1:3000");
        let link = || set_up_link(&door.store, NOW, "http://127.0.0.1:3000/");
        let old = path_of(&link().await.unwrap().unwrap());
        let path = path_of(&link().await.unwrap().unwrap());
        assert!(path.starts_with("/set-up/") && path.len() == "/set-up/".len() + 64, "{path}");

        let fields =
            [("name", "Ada"), ("email", "ada@example.com"), ("password", "ada@example.com")];
        let mut browser = Browser::at(&door, "10.0.0.1");
        let answer = browser.post(&path, &fields).await;
        assert_eq!(answer.location(), path);
        let flash = answer.flash.unwrap();
        assert_eq!((flash.name.as_str(), flash.email.as_str()), ("Ada", "ada@example.com"));
        assert_eq!(flash.errors.len(), 1);
        assert!(flash.errors.at("password").unwrap().starts_with("This is your name or email."));

        let good = [("name", "Ada"), ("email", "Ada@example.com"), ("password", PASSWORD)];
        let spent = browser.post(&old, &good).await;
        assert_eq!(spent.flash.unwrap().problem, Some(Problem::LinkSpent));

        let mut other = Browser::at(&door, "10.0.0.2");
        let (one, two) = tokio::join!(browser.post(&path, &good), other.post(&path, &good));
        let made = [&one, &two].into_iter().filter(|answer| answer.location() == "/").count();
        assert_eq!(made, 1);
        assert_eq!(door.store.members().await.unwrap().len(), 1);
        let winner = if one.location() == "/" { &mut browser } else { &mut other };
        assert_eq!(winner.who().await, "Ada administrator");
        assert_eq!(link().await.unwrap(), None);
        assert_eq!(browser.sign_in("ada@example.com", PASSWORD).await.location(), "/");
    })
    .await;
}

#[tokio::test]
async fn a_link_of_the_first_start_works_for_a_day() {
    on_each_engine(|store, _| async move {
        let door = Door::new(store, "http://127.0.0.1:3000");
        let link = set_up_link(&door.store, NOW, "http://127.0.0.1:3000").await.unwrap().unwrap();
        door.pass(Duration::from_secs(24 * 3_600));
        let fields = [("name", "Ada"), ("email", "ada@example.com"), ("password", PASSWORD)];
        let answer = Browser::at(&door, "10.0.0.1").post(&path_of(&link), &fields).await;
        assert_eq!(answer.flash.unwrap().problem, Some(Problem::LinkSpent));
        assert!(!door.store.has_members().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_invited_member_sets_a_password_and_a_new_link_ends_the_old_sessions() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store.clone()).await;
        let clock = Arc::new(door.clock.clone());
        let members = Members::new(store, clock, door.revocations.clone(), "http://127.0.0.1:3000");
        let add = members.add_member("bob@example.com".into(), "Bob".into(), Role::Operator);
        let link = add.await.unwrap();
        assert_eq!(link.expires_at, NOW.plus_ms(INVITATION_MS));
        let path = path_of(&link.url);
        let token = path.strip_prefix("/set-up/").unwrap();
        let whom = Some(Invited::Member { name: "Bob".into(), email: "bob@example.com".into() });
        assert_eq!(members.invited(token).await.unwrap(), whom);

        let mut browser = Browser::at(&door, "10.0.0.1");
        let answer = browser.post(&path, &[("password", "short")]).await;
        assert_eq!(
            answer.flash.unwrap().errors.at("password"),
            Some("At least 12 characters; this has 5.")
        );
        let given = [("password", PASSWORD), ("email", "eve@example.com"), ("name", "Eve")];
        assert_eq!(browser.post(&path, &given).await.location(), "/");
        // Only the password is taken from the form.
        assert_eq!(browser.who().await, "Bob operator");
        assert_eq!(members.invited(token).await.unwrap(), None);
        let answer = browser.post(&path, &given).await;
        assert_eq!(answer.flash.unwrap().problem, Some(Problem::LinkSpent));

        let bob = door.store.credentials("bob@example.com").await.unwrap().unwrap().id;
        let link = members.invite_again(bob).await.unwrap();
        assert_eq!(browser.who().await, "Bob operator");
        let mut ended = door.revocations.listen();
        let mut other = Browser::at(&door, "10.0.0.2");
        let fields = [("password", "another good one")];
        assert_eq!(other.post(&path_of(&link.url), &fields).await.location(), "/");
        assert_eq!(ended.try_recv(), Ok(bob));
        assert_eq!(browser.who().await, "nobody");
        assert_eq!(other.who().await, "Bob operator");
        let answer = browser.sign_in("bob@example.com", PASSWORD).await;
        assert_eq!(answer.flash.unwrap().problem, Some(Problem::WrongPassword));

        members.set_disabled(bob, true).await.unwrap();
        assert_eq!(ended.try_recv(), Ok(bob));
        assert_eq!(other.who().await, "nobody");
    })
    .await;
}

#[tokio::test]
async fn strangers_can_not_keep_the_server_busy_with_links() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let mut browser = Browser::at(&door, "10.0.0.1");
        for n in 0..10 {
            let answer = browser.post(&format!("/set-up/{n}"), &[("password", PASSWORD)]).await;
            assert_eq!(answer.flash.unwrap().problem, Some(Problem::LinkSpent));
        }
        let answer = browser.post("/set-up/x", &[("password", PASSWORD)]).await;
        assert_eq!(answer.flash.unwrap().problem, Some(Problem::Throttled(300)));
        // Others are not kept waiting.
        let answer = Browser::at(&door, "10.0.0.2").post("/set-up/x", &[]).await;
        assert_eq!(answer.flash.unwrap().problem, Some(Problem::LinkSpent));
    })
    .await;
}
