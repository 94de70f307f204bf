//! `kill -9`: the real program is killed at many moments, in the middle of many changes, and started
//! again. What it had acknowledged is there, nothing is there twice, nothing lacks its record.
#![expect(clippy::unwrap_used, reason = "clippy sees a test only inside a #[test] function")]

mod browser;
mod database;
#[path = "../support/postgres.rs"]
mod postgres;
mod program;
mod sent;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use berth_app::clusters::api::ListClusters;
use berth_app::error::AppError;
use berth_app::listing::ListQuery;
use berth_app::services::api::ReadService;
use browser::Browser;
use database::Database;
use program::{Home, Moment, Program};
use sent::{Kind, SERVICE, Sent};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Changes that are under way at the same time.
const AT_ONCE: usize = 4;
/// Longer than anything here may take; only a hang gets there.
const LIMIT: Duration = Duration::from_secs(240);
/// How often the console is looked at before what it shows counts as wrong.
const LOOKS: usize = 60;

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_console_on_sqlite_keeps_what_it_acknowledged() {
    let home = Home::new();
    let database = Database::Sqlite(home.path("berth.db"));
    tokio::time::timeout(LIMIT, survive(&home, &database, 9)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_console_on_postgresql_keeps_what_it_acknowledged() {
    let Some(database) = Database::postgres().await else {
        eprintln!("BERTH_TEST_POSTGRES is not set: the PostgreSQL half did not run");
        return;
    };
    let home = Home::new();
    tokio::time::timeout(LIMIT, survive(&home, &database, 6)).await.unwrap();
}

#[test]
fn a_log_that_no_terminal_shows_has_no_colours() {
    let home = Home::new();
    let line = home.first_log_line(&Database::Sqlite(home.path("berth.db")));
    assert!(line.contains("DEBUG") && !line.contains('\u{1b}'), "{line:?}");
}

/// What was sent so far, and what became of it.
struct Ledger {
    next: AtomicUsize,
    acknowledged: watch::Sender<Vec<Sent>>,
}

impl Ledger {
    fn new() -> Arc<Self> {
        Arc::new(Self { next: AtomicUsize::new(0), acknowledged: watch::Sender::default() })
    }

    fn next(&self) -> Sent {
        Sent::new(self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn acknowledge(&self, sent: Sent) {
        self.acknowledged.send_modify(|all| all.push(sent));
    }

    fn count(&self) -> usize {
        self.acknowledged.borrow().len()
    }
}

/// Sends one change after the other; answers with the one whose answer was lost.
async fn work(browser: Browser, ledger: Arc<Ledger>) -> Sent {
    loop {
        let sent = ledger.next();
        match sent.send(&browser).await {
            Some(Ok(())) => ledger.acknowledge(sent),
            Some(Err(error)) => panic!("{sent:?} was refused: {error:?}"),
            None => return sent,
        }
    }
}

/// Kills a program at its moment while changes are under way; answers with those that got none.
async fn kill_at_work(
    program: Program,
    browser: &Browser,
    ledger: &Arc<Ledger>,
    moment: Moment,
) -> Vec<Sent> {
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        workers.spawn(work(browser.clone(), ledger.clone()));
    }
    let wanted = ledger.count() + moment.acknowledged;
    ledger.acknowledged.subscribe().wait_for(|all| all.len() >= wanted).await.unwrap();
    moment.written().await;
    program.kill();
    workers.join_all().await
}

async fn survive(home: &Home, database: &Database, rounds: usize) {
    kill_while_it_starts(home, database).await;
    let mut program = home.start(database);
    let browser = Browser::at(program.address);
    let browser = browser.set_up(&program.link()).await;
    sent::lay_the_ground(&browser).await;
    let ledger = Ledger::new();
    let mut lost: Vec<Sent> = Vec::new();
    let mut open = 0;
    for round in 0..rounds {
        let browser = browser.moved_to(program.address);
        let cut = kill_at_work(program, &browser, &ledger, Moment::of(round, home)).await;
        program = home.start(database);
        let browser = browser.moved_to(program.address);
        let page = browser.page("/clusters").await;
        assert!(page.contains("<h1"), "the session ended with the process: {page}");
        for sent in &cut {
            open += usize::from(!send_again(&browser, sent, database).await);
        }
        until_read(&browser).await;
        // Old forms, too: their answers arrived, and a browser may still send them once more.
        let old = ledger.acknowledged.borrow().iter().rev().take(3).cloned().collect::<Vec<_>>();
        for sent in &old {
            assert_eq!(sent.send(&browser).await, Some(Ok(())), "{sent:?} was done before");
        }
        lost.extend(cut);
        compare(&browser, &ledger.acknowledged.borrow(), &lost, database).await;
    }
    let (done, cut) = (ledger.count(), lost.len());
    println!("{rounds} rounds: {done} changes acknowledged, {cut} cut, {open} of them left open");
    the_service_came_up(&browser.moved_to(program.address), &ledger).await;
    // The last word is a clean one: no migration, no half-made file stands in the way of it.
    program.kill();
    let program = home.start(database);
    let browser = browser.moved_to(program.address);
    until_read(&browser).await;
    let there = sent::everything(&browser).await;
    assert_eq!(misfit(&there, &ledger.acknowledged.borrow(), &lost), None);
}

/// The very first start can be cut, too: migrations and the first snapshot are under way then.
async fn kill_while_it_starts(home: &Home, database: &Database) {
    for file in ["berth.db", "berth.db-wal", "world.json.journal", "world.json"] {
        if matches!(database, Database::Postgres(_)) && file.starts_with("berth.db") {
            continue;
        }
        let starting = home.spawn(database);
        program::until(|| home.path(file).exists()).await;
        starting.kill();
    }
}

/// Waits until the console has read ECS for the first time.
async fn until_read(browser: &Browser) {
    let asked = ListClusters { query: ListQuery::default() };
    while browser.call(&asked).await.unwrap().unwrap().health.read_at.is_none() {}
}

/// Sends a change whose answer was lost with the token that it had. Answers whether it is done.
async fn send_again(browser: &Browser, sent: &Sent, database: &Database) -> bool {
    let answer = loop {
        match sent.send(browser).await.unwrap() {
            // ECS has not been read yet; nothing was tried, and the form says so.
            Err(AppError::Unavailable(_)) => {}
            answer => break answer,
        }
    };
    match answer {
        Ok(()) => true,
        // It was begun, and nobody knows how it ended: then it is not tried again.
        Err(AppError::Conflict(_)) if !sent.kind.is_safe_to_resend() => {
            let outcomes = database.outcomes().await;
            assert_eq!(outcomes.get(sent.token().as_str()).map(String::as_str), Some("pending"));
            false
        }
        Err(error) => panic!("{sent:?} was refused: {error:?}"),
    }
}

/// What is there, beside what was acknowledged and what was cut. The console shows what it read of
/// ECS, and its budget lets that lag behind a burst of changes: it may take some looks.
async fn compare(browser: &Browser, acknowledged: &[Sent], cut: &[Sent], database: &Database) {
    database.check().await;
    let outcomes = database.outcomes().await;
    for sent in acknowledged {
        assert_eq!(
            outcomes.get(sent.token().as_str()).map(String::as_str),
            Some("done"),
            "{sent:?}"
        );
    }
    let mut looks = tokio::time::interval(Duration::from_millis(500));
    let mut last = None;
    for _ in 0..LOOKS {
        looks.tick().await;
        let there = sent::everything(browser).await;
        for sent in cut.iter().filter(|sent| there.contains_key(&sent.name)) {
            assert!(outcomes.contains_key(sent.token().as_str()), "{sent:?} has no record");
        }
        last = misfit(&there, acknowledged, cut);
        if last.is_none() {
            break;
        }
    }
    assert_eq!(last, None);
    // The kill may have cut the only change of a kind.
    let kinds: BTreeSet<Kind> = acknowledged.iter().chain(cut).map(|sent| sent.kind).collect();
    assert!(acknowledged.len() < 48 || kinds.len() == Kind::ALL.len(), "only {kinds:?} were tried");
}

/// The first change that is gone, half there or double. A change that was cut may be gone.
fn misfit(
    there: &BTreeMap<String, usize>,
    acknowledged: &[Sent],
    cut: &[Sent],
) -> Option<(Sent, usize)> {
    let wrong = |sent: &&Sent| there.get(&sent.name).copied().unwrap_or(0) != sent.kind.weight();
    let is_there = |sent: &&Sent| there.contains_key(&sent.name);
    let first = acknowledged.iter().find(wrong);
    let first = first.or_else(|| cut.iter().filter(is_there).find(wrong));
    first.map(|sent| (sent.clone(), there.get(&sent.name).copied().unwrap_or(0)))
}

/// A service that was created before the first kill has started its tasks in between.
async fn the_service_came_up(browser: &Browser, ledger: &Ledger) {
    let (cluster, name) = (sent::CLUSTER.parse().unwrap(), SERVICE.parse().unwrap());
    let asked = ReadService { cluster, name };
    let mut looks = tokio::time::interval(Duration::from_millis(200));
    loop {
        let service = browser.call(&asked).await.unwrap().unwrap().value.service;
        if service.running == service.desired {
            return;
        }
        looks.tick().await;
        // A change makes the console read ECS now and not at its own pace.
        ledger.next().send(browser).await.unwrap().unwrap();
    }
}
