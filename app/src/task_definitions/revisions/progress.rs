//! The work on many revisions: one after the other, with what came of each.

use leptos::prelude::*;

use super::api::delete_revisions;
use super::plan::{DELETED_AT_ONCE, Work};
use crate::error::AppError;
use crate::names::{FamilyName, Revision};
use crate::submission::new_token;
use crate::task_definitions::api::deregister;

/// After so many failures in a row the rest is not tried: what ails the first ails them all.
const FAILURES_IN_A_ROW: usize = 3;

/// How far the work is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Revisions in all.
    pub total: usize,
    /// Done.
    pub done: usize,
    /// Not done, each with what was said.
    pub failed: Vec<(u32, String)>,
    /// Whether it goes on.
    pub running: bool,
    /// Why it ended before its end.
    pub ended: Option<String>,
}

impl Progress {
    /// Takes note of one answer; `true` when the rest need not be tried.
    fn note(&mut self, batch: &[u32], answer: Result<Vec<(u32, String)>, AppError>) -> bool {
        match answer {
            Ok(refused) => {
                self.done += batch.len() - refused.len();
                self.failed.extend(refused);
                false
            }
            Err(error) => {
                let said = error.to_string();
                self.failed.extend(batch.iter().map(|number| (*number, said.clone())));
                let tail = self.failed.iter().rev().take_while(|(_, other)| *other == said).count();
                let hopeless = match error {
                    AppError::SignInRequired | AppError::NotAllowed(_) | AppError::NoAnswer => true,
                    _ => tail >= FAILURES_IN_A_ROW * batch.len(),
                };
                if hopeless {
                    self.ended = Some(error.next_step());
                }
                hopeless
            }
        }
    }
}

/// The work, to be started, watched and stopped.
#[derive(Clone, Copy)]
pub struct Run {
    progress: RwSignal<Progress>,
    stop: RwSignal<bool>,
}

impl Run {
    /// No work yet.
    pub fn new() -> Self {
        Self { progress: RwSignal::default(), stop: RwSignal::new(false) }
    }

    /// How far it is.
    pub fn progress(self) -> RwSignal<Progress> {
        self.progress
    }

    /// Ends it after the present call.
    pub fn stop(self) {
        self.stop.set(true);
    }

    /// Begins. The server makes each wait for its turn in the console's share of ECS's quota.
    pub fn start(self, work: Work, family: FamilyName, numbers: Vec<u32>, then: Callback<()>) {
        self.stop.set(false);
        self.progress.set(Progress { total: numbers.len(), running: true, ..Progress::default() });
        leptos::task::spawn_local(async move {
            let size = if work == Work::Delete { DELETED_AT_ONCE } else { 1 };
            for batch in numbers.chunks(size) {
                // The page may have been left: then its signals are gone, and the work ends.
                match self.stop.try_get_untracked() {
                    Some(false) => {}
                    Some(true) => {
                        let said = "Stopped. The rest is as it was.".to_owned();
                        self.progress.update(|progress| progress.ended = Some(said));
                        break;
                    }
                    None => return,
                }
                let answer = do_one(work, &family, batch).await;
                let enough = self.progress.try_update(|progress| progress.note(batch, answer));
                if enough != Some(false) {
                    break;
                }
            }
            self.progress.try_update(|progress| progress.running = false);
            then.try_run(());
        });
    }
}

/// One call; the revisions that ECS did not take, with its words.
async fn do_one(
    work: Work,
    family: &FamilyName,
    batch: &[u32],
) -> Result<Vec<(u32, String)>, AppError> {
    match work {
        Work::Deregister => {
            for number in batch {
                let revision = Revision { family: family.clone(), number: *number };
                deregister(new_token(), revision).await?;
            }
            Ok(Vec::new())
        }
        Work::Delete => {
            let answer = delete_revisions(new_token(), family.clone(), batch.to_vec()).await?;
            Ok(answer.refused.into_iter().map(|(revision, said)| (revision.number, said)).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_gives_up_when_one_thing_ails_them_all() {
        let mut progress = Progress::default();
        let denied = || Err(AppError::refused("Access denied.", "Grant it."));
        assert!(!progress.note(&[1], Ok(vec![])));
        assert!(!progress.note(&[2], denied()));
        assert!(!progress.note(&[3], denied()));
        assert!(progress.note(&[4], denied()));
        assert_eq!((progress.done, progress.failed.len()), (1, 3));
        assert_eq!(progress.ended.as_deref(), Some("Grant it."));
    }

    #[test]
    fn one_bad_revision_does_not_stop_the_others() {
        let mut progress = Progress::default();
        assert!(!progress.note(&[1, 2], Ok(vec![(2, "still ACTIVE".into())])));
        let used = || Err(AppError::Conflict("web:3 is in use by 1 task.".into()));
        assert!(!progress.note(&[3], used()));
        assert!(!progress.note(&[4], Ok(vec![])));
        assert_eq!((progress.done, progress.failed.len(), progress.ended.clone()), (2, 2, None));
        assert!(progress.note(&[5], Err(AppError::SignInRequired)));
    }
}
