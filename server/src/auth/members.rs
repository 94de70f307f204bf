//! The team as the pages see it: members are read and changed, links made, sessions ended.

use std::sync::Arc;

use async_trait::async_trait;
use berth_app::backend::{Team, TeamChanges};
use berth_app::error::AppError;
use berth_app::links;
use berth_app::team::model::{Invited, Member, OneTimeLink, Role};

use super::revocations::Revocations;
use crate::clock::Clock;
use crate::store::{Store, StoreError};
use berth_app::timestamp::Timestamp;

/// How long an invitation waits: over a weekend.
pub const INVITATION_MS: i64 = 3 * 24 * 60 * 60 * 1000;
/// How long the link of the first start works.
pub const SET_UP_MS: i64 = 24 * 60 * 60 * 1000;

/// The members in the store.
#[derive(Clone)]
pub struct Members {
    store: Store,
    clock: Arc<dyn Clock>,
    revocations: Revocations,
    public_url: Arc<str>,
}

impl Members {
    /// The members of a store; links begin with `public_url`.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        revocations: Revocations,
        public_url: &str,
    ) -> Self {
        Self { store, clock, revocations, public_url: public_url.into() }
    }

    /// A new token, the end of its life from now, and its link.
    fn link(&self) -> (String, Timestamp, OneTimeLink) {
        let token = new_token();
        let expires_at = self.clock.now().plus_ms(INVITATION_MS);
        let link = OneTimeLink { url: address(&self.public_url, &token), expires_at };
        (token, expires_at, link)
    }
}

/// 256 bits of chance in hexadecimal.
fn new_token() -> String {
    format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>())
}

fn address(public_url: &str, token: &str) -> String {
    format!("{}{}", public_url.trim_end_matches('/'), links::set_up(token))
}

/// The link with which the first administrator sets the console up; `None` when there is a member
/// already. Each call ends the link before it.
///
/// # Errors
/// When the store does not answer.
pub async fn set_up_link(
    store: &Store,
    now: Timestamp,
    public_url: &str,
) -> Result<Option<String>, StoreError> {
    let token = new_token();
    let offered = store.offer_set_up(&token, now, now.plus_ms(SET_UP_MS)).await?;
    Ok(offered.then(|| address(public_url, &token)))
}

#[async_trait]
impl Team for Members {
    async fn members(&self) -> Result<Vec<Member>, AppError> {
        Ok(self.store.members().await?)
    }

    async fn invited(&self, token: &str) -> Result<Option<Invited>, AppError> {
        Ok(self.store.invited(token, self.clock.now()).await?)
    }
}

#[async_trait]
impl TeamChanges for Members {
    async fn add_member(
        &self,
        email: String,
        name: String,
        role: Role,
    ) -> Result<OneTimeLink, AppError> {
        let (token, expires_at, link) = self.link();
        let now = self.clock.now();
        self.store.add_member(&email, &name, role, &token, now, expires_at).await?;
        Ok(link)
    }

    async fn invite_again(&self, id: i64) -> Result<OneTimeLink, AppError> {
        let (token, expires_at, link) = self.link();
        self.store.invite_again(id, &token, self.clock.now(), expires_at).await?;
        Ok(link)
    }

    async fn set_role(&self, id: i64, role: Role) -> Result<(), AppError> {
        self.store.set_role(id, role).await?;
        self.revocations.revoke(id);
        Ok(())
    }

    async fn set_disabled(&self, id: i64, disabled: bool) -> Result<(), AppError> {
        self.store.set_disabled(id, disabled).await?;
        self.revocations.revoke(id);
        Ok(())
    }
}
