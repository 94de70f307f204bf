//! Signing in and out.

use berth_app::team::flash::Problem;

use super::*;

#[tokio::test]
async fn the_right_password_opens_a_session_that_sign_out_ends() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let mut browser = Browser::at(&door, "10.0.0.1");
        assert_eq!(browser.who().await, "nobody");
        let fields =
            [("email", " Ada@Example.com"), ("password", PASSWORD), ("next", "/tasks?q=a")];
        let answer = browser.post("/sign-in", &fields).await;
        assert_eq!(answer.location(), "/tasks?q=a");
        assert_eq!(browser.who().await, "Ada administrator");
        let ada = door.store.credentials("ada@example.com").await.unwrap().unwrap().id;
        let member = door.store.member(ada).await.unwrap().unwrap();
        assert_eq!(member.signed_in_at, Some(NOW));

        let stolen = browser.session.clone();
        let mut ended = door.revocations.listen();
        assert_eq!(browser.post("/sign-out", &[]).await.location(), "/sign-in");
        assert_eq!(browser.session, None);
        assert_eq!(ended.try_recv(), Ok(ada));
        browser.session = stolen;
        assert_eq!(browser.who().await, "nobody");
        // Signing out without a session leads to the same place.
        assert_eq!(browser.post("/sign-out", &[]).await.location(), "/sign-in");
    })
    .await;
}

#[tokio::test]
async fn every_sign_in_has_a_new_session_id() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let mut browser = Browser::at(&door, "10.0.0.1");
        // An id that somebody else planted.
        browser.session = Some("berth=AAAAAAAAAAAAAAAAAAAAAA".into());
        browser.sign_in("ada@example.com", PASSWORD).await;
        let first = browser.session.clone().unwrap();
        assert_ne!(first, "berth=AAAAAAAAAAAAAAAAAAAAAA");
        browser.sign_in("ada@example.com", PASSWORD).await;
        let second = browser.session.clone().unwrap();
        assert_ne!(first, second);
        assert_eq!(browser.who().await, "Ada administrator");
        browser.session = Some(first);
        assert_eq!(browser.who().await, "nobody");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_not_told_and_nothing_typed_is_lost() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let ends = NOW.plus_ms(1_000);
        door.store
            .add_member("new@example.com", "New", Role::Viewer, "n", NOW, ends)
            .await
            .unwrap();
        for (email, password) in [
            ("ada@example.com", "a dozen or mor"),
            ("ada@example.com", "A dozen or more"),
            ("ada@example.com", ""),
            ("nobody@example.com", PASSWORD),
            ("new@example.com", ""),
            ("new@example.com", PASSWORD),
            ("", ""),
            ("ada@example.com", &PASSWORD.repeat(1_000)),
            ("ada@example.com' OR '1'='1", PASSWORD),
        ] {
            let mut browser = Browser::at(&door, "10.0.0.1");
            let fields = [("email", email), ("password", password), ("next", "/tasks")];
            let answer = browser.post("/sign-in", &fields).await;
            assert_eq!(answer.location(), "/sign-in?next=%2Ftasks", "{email}");
            let flash = answer.flash.as_ref().unwrap();
            assert_eq!(flash.problem, Some(Problem::WrongPassword), "{email}");
            assert_eq!(flash.email, email);
            assert!(!format!("{flash:?}").contains(PASSWORD));
            assert_eq!(browser.session, None);
            assert_eq!(browser.who().await, "nobody");
        }
    })
    .await;
}

#[tokio::test]
async fn another_site_is_never_led_to() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let mut browser = Browser::at(&door, "10.0.0.1");
        let fields =
            [("email", "ada@example.com"), ("password", PASSWORD), ("next", "//evil.example")];
        assert_eq!(browser.post("/sign-in", &fields).await.location(), "/");
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down_also_for_who_knows_the_password() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let mut browser = Browser::at(&door, "10.0.0.1");
        for n in 0..10 {
            browser.sign_in("ada@example.com", &format!("guess number {n}")).await;
        }
        for address in ["10.0.0.1", "10.0.0.2"] {
            let mut browser = Browser::at(&door, address);
            let answer = browser.sign_in("ada@example.com", PASSWORD).await;
            let problem = answer.flash.unwrap().problem;
            assert_eq!(problem, Some(Problem::Throttled(300)), "{address}");
        }
        let words = Problem::Throttled(300).words().0;
        assert_eq!(words, "Too many tries. Wait 5 minutes, then try again.");
        door.pass(Duration::from_secs(300));
        assert_eq!(browser.sign_in("ada@example.com", PASSWORD).await.location(), "/");
        // The success has wiped the count of the email.
        let mut elsewhere = Browser::at(&door, "10.0.0.3");
        for _ in 0..9 {
            elsewhere.sign_in("ada@example.com", "no").await;
        }
        assert_eq!(elsewhere.sign_in("ada@example.com", PASSWORD).await.location(), "/");
    })
    .await;
}

const ADA: &str = "ada@example.com";

/// Ten wrong passwords for Ada, and ten for nobody from the address of her office.
async fn strangers_guess(door: &Door) {
    for n in 0..10 {
        Browser::at(door, &format!("10.6.6.{n}")).sign_in(ADA, "a guess").await;
        Browser::at(door, "10.0.0.1").sign_in(&format!("m{n}@example.com"), "a guess").await;
    }
}

#[tokio::test]
async fn strangers_lock_nobody_out_of_a_browser_that_is_known() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let mut known = Browser::at(&door, "10.0.0.1");
        known.sign_in(ADA, PASSWORD).await;
        known.post("/sign-out", &[]).await;
        strangers_guess(&door).await;
        for address in ["10.0.0.1", "10.0.0.2"] {
            let answer = Browser::at(&door, address).sign_in(ADA, PASSWORD).await;
            assert_eq!(answer.flash.unwrap().problem, Some(Problem::Throttled(300)), "{address}");
        }
        assert_eq!(known.sign_in(ADA, PASSWORD).await.location(), "/");
        // That opens nothing for the strangers.
        let answer = Browser::at(&door, "10.0.0.2").sign_in(ADA, PASSWORD).await;
        assert_eq!(answer.flash.unwrap().problem, Some(Problem::Throttled(300)));

        // Who has taken the browser guesses no faster than a stranger.
        for n in 0..10 {
            let answer = known.sign_in(ADA, &format!("guess {n}")).await;
            assert_eq!(answer.flash.unwrap().problem, Some(Problem::WrongPassword));
        }
        let answer = known.sign_in(ADA, PASSWORD).await;
        assert_eq!(answer.flash.unwrap().problem, Some(Problem::Throttled(300)));
        door.pass(Duration::from_secs(300));
        assert_eq!(known.sign_in(ADA, PASSWORD).await.location(), "/");
    })
    .await;
}

#[tokio::test]
async fn a_browser_is_known_for_one_member_and_one_password() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let bob = door.add_bob().await;
        let mut known = Browser::at(&door, "10.0.0.1");
        known.sign_in("bob@example.com", PASSWORD).await;
        strangers_guess(&door).await;
        // Bob's mark helps nobody to guess at Ada, and neither does one that was made up.
        let forged = Some(format!("berth-device={:064x}", 7));
        for device in [known.device.clone(), forged] {
            let mut browser = Browser::at(&door, "10.0.0.2");
            browser.device = device;
            let answer = browser.sign_in(ADA, PASSWORD).await;
            assert_eq!(answer.flash.unwrap().problem, Some(Problem::Throttled(300)));
        }

        let old = known.device.clone();
        let hash = Passwords::with_cost(8, 1).unwrap().hash("another one".into()).await.unwrap();
        door.store.invite_again(bob, "new", NOW, NOW.plus_ms(1_000)).await.unwrap();
        door.store.accept_invitation("new", &hash, NOW).await.unwrap();
        for n in 0..10 {
            let from = format!("10.6.7.{n}");
            Browser::at(&door, &from).sign_in("bob@example.com", "a guess").await;
        }
        known.device = old;
        let answer = known.sign_in("bob@example.com", "another one").await;
        assert_eq!(answer.flash.unwrap().problem, Some(Problem::Throttled(300)));
    })
    .await;
}

#[tokio::test]
async fn a_disabled_member_is_out_at_once_and_can_not_come_back() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let bob = door.add_bob().await;
        let mut browser = Browser::at(&door, "10.0.0.1");
        browser.sign_in("bob@example.com", PASSWORD).await;
        assert_eq!(browser.who().await, "Bob viewer");
        door.store.set_role(bob, Role::Operator).await.unwrap();
        assert_eq!(browser.who().await, "Bob operator");
        door.store.set_disabled(bob, true).await.unwrap();
        assert_eq!(browser.who().await, "nobody");
        let answer = browser.sign_in("bob@example.com", PASSWORD).await;
        assert_eq!(answer.flash.unwrap().problem, Some(Problem::Disabled));
        // Only who knows the password is told.
        let answer = browser.sign_in("bob@example.com", "wrong").await;
        assert_eq!(answer.flash.unwrap().problem, Some(Problem::WrongPassword));
        door.store.set_disabled(bob, false).await.unwrap();
        assert_eq!(browser.who().await, "nobody");
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_idle_and_after_a_week_in_any_case() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store).await;
        let hours = |n: u64| Duration::from_secs(n * 3_600);
        let mut idle = Browser::at(&door, "10.0.0.1");
        idle.sign_in("ada@example.com", PASSWORD).await;
        let mut busy = Browser::at(&door, "10.0.0.2");
        busy.sign_in("ada@example.com", PASSWORD).await;
        for _ in 0..15 {
            door.pass(hours(11));
            assert_eq!(busy.who().await, "Ada administrator");
        }
        assert_eq!(idle.who().await, "nobody");
        door.pass(hours(3));
        assert_eq!(busy.who().await, "nobody");
        assert_eq!(door.store.delete_ended(door.clock.now()).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_cookies_are_as_safe_as_the_address_allows() {
    on_each_engine(|store, _| async move {
        let door = Door::with_ada(store.clone()).await;
        for (url, secure, names) in [
            ("http://127.0.0.1:3000", false, ["berth-device=", "berth="]),
            ("https://berth.example", true, ["__Host-berth-device=", "__Host-berth="]),
        ] {
            let door = if secure { Door::new(store.clone(), url) } else { door.clone() };
            let mut browser = Browser::at(&door, "10.0.0.1");
            let answer = browser.sign_in(ADA, PASSWORD).await;
            let refused = browser.sign_in(ADA, "wrong").await;
            let cookies = answer.cookies();
            assert_eq!(cookies.len(), names.len(), "{cookies:?}");
            for (cookie, name) in cookies.iter().zip(names) {
                assert!(cookie.starts_with(name), "{cookie}");
            }
            for cookie in cookies.into_iter().chain(refused.cookies()) {
                for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
                    assert!(cookie.contains(part), "{cookie}");
                }
                assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
                assert!(!cookie.contains("Domain"), "{cookie}");
            }
        }
    })
    .await;
}
