//! Password hashes: argon2id, off the event loop, a few at a time.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// 19 MiB, two passes, one lane: the least that OWASP's Password Storage Cheat Sheet recommends
/// for argon2id. More would not slow a guesser down as much as [`super::throttle`] does, and two
/// at once must fit a small machine.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes at the same time: the rest of the console stays quick meanwhile.
const AT_ONCE: usize = 2;
/// How many may wait for their turn; more are turned away.
const WAITING_MAX: usize = 32;

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many wait already.
    #[error("too many passwords are being checked")]
    Busy,
    /// The hash function failed: a fault of the console.
    #[error("hashing failed: {0}")]
    Failed(String),
}

/// Hashes and checks passwords. Clones share the queue.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    /// A hash of nobody's password, checked where there is none, so that an unknown email takes as
    /// long to refuse as a known one.
    nobody: Arc<str>,
    queue: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

impl Passwords {
    /// With the cost above.
    ///
    /// # Errors
    /// [`PasswordError::Failed`] when the machine has no source of chance.
    pub fn new() -> Result<Self, PasswordError> {
        Self::with_cost(MEMORY_KIB, PASSES)
    }

    /// With another cost; tests need none.
    ///
    /// # Errors
    /// [`PasswordError::Failed`] when argon2 does not take the cost.
    pub fn with_cost(memory_kib: u32, passes: u32) -> Result<Self, PasswordError> {
        let params = Params::new(memory_kib, passes, LANES, None).map_err(failed)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&argon2, &format!("{:032x}", rand::random::<u128>()))?;
        Ok(Self {
            argon2,
            nobody: nobody.into(),
            queue: Arc::new(Semaphore::new(WAITING_MAX)),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        })
    }

    /// The PHC string to keep for a password.
    ///
    /// # Errors
    /// [`PasswordError::Busy`].
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let argon2 = self.argon2.clone();
        self.in_turn(move || hash(&argon2, &password)).await
    }

    /// Whether a password is the one of a PHC string; without one it takes as long and is not.
    ///
    /// # Errors
    /// [`PasswordError::Busy`].
    pub async fn verify(
        &self,
        password: String,
        kept: Option<String>,
    ) -> Result<bool, PasswordError> {
        let argon2 = self.argon2.clone();
        let nobody = self.nobody.clone();
        self.in_turn(move || {
            let known = kept.is_some();
            let text = kept.as_deref().unwrap_or(&nobody);
            let parsed = PasswordHash::new(text).map_err(failed)?;
            let fits = argon2.verify_password(password.as_bytes(), &parsed).is_ok();
            Ok(fits && known)
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let place = self.queue.clone().try_acquire_owned().map_err(|_| PasswordError::Busy)?;
        let turn = self.turns.clone().acquire_owned().await.map_err(failed)?;
        // The turn goes with the work: a visitor who leaves does not let a third one in.
        let work = move || {
            let done = work();
            drop((turn, place));
            done
        };
        tokio::task::spawn_blocking(work).await.map_err(failed)?
    }
}

fn hash(argon2: &Argon2<'static>, password: &str) -> Result<String, PasswordError> {
    Ok(argon2.hash_password(password.as_bytes()).map_err(failed)?.to_string())
}

fn failed(error: impl std::fmt::Display) -> PasswordError {
    PasswordError::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_says_its_cost_and_fits_its_password_only() {
        let passwords = Passwords::new().unwrap();
        let kept = passwords.hash("correct horse".into()).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(kept, passwords.hash("correct horse".into()).await.unwrap());
        assert!(passwords.verify("correct horse".into(), Some(kept.clone())).await.unwrap());
        assert!(!passwords.verify("correct horsE".into(), Some(kept)).await.unwrap());
        assert!(!passwords.verify("anything".into(), None).await.unwrap());
    }

    #[tokio::test]
    async fn too_many_at_once_are_turned_away() {
        let passwords = Passwords::with_cost(8, 1).unwrap();
        let places = passwords.queue.clone().acquire_many_owned(32).await.unwrap();
        assert!(matches!(passwords.hash("x".into()).await, Err(PasswordError::Busy)));
        drop(places);
        assert!(passwords.hash("x".into()).await.is_ok());
    }
}
