//! Who the console is: asked once in the background, so that no page waits for it.

use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::time::Duration;

use aws_sdk_sts::Client;
use aws_sdk_sts::error::DisplayErrorContext;
use berth_app::backend::Account;

/// The first wait after a failure; it doubles each time.
const FIRST_WAIT: Duration = Duration::from_secs(2);
/// The longest wait. New credentials are noticed at the latest then.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// Asks until it is known (sts:GetCallerIdentity), or until nobody wants to know any more.
pub(super) fn learn(client: Client, account: &Arc<RwLock<Account>>) {
    let account = Arc::downgrade(account);
    tokio::spawn(async move {
        let mut wait = FIRST_WAIT;
        while !ask(&client, &account).await {
            pause(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    });
}

#[expect(clippy::disallowed_methods, reason = "nothing waits for it; it ends with the gateway")]
async fn pause(wait: Duration) {
    tokio::time::sleep(wait).await;
}

/// Whether the question is settled.
async fn ask(client: &Client, account: &Weak<RwLock<Account>>) -> bool {
    if account.strong_count() == 0 {
        return true;
    }
    match client.get_caller_identity().send().await {
        Ok(identity) => {
            if let Some(account) = account.upgrade() {
                let mut account = account.write().unwrap_or_else(PoisonError::into_inner);
                account.id = identity.account;
                account.identity = identity.arn;
            }
            true
        }
        Err(error) => {
            tracing::warn!(
                operation = "GetCallerIdentity",
                error = %DisplayErrorContext(&error),
                "STS does not say who the console is"
            );
            false
        }
    }
}
