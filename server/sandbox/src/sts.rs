//! STS GetCallerIdentity: who am I.

use serde_json::json;

use crate::arn::{ACCOUNT, CALLER};
use crate::ask::Ask;
use crate::operations::{Operation, read};
use crate::refusal::Reply;
use crate::world::World;

/// What is built of STS.
pub(crate) const BUILT: [Operation; 1] = [read("GetCallerIdentity", identity)];

fn identity(_world: &mut World, _ask: Ask<'_>) -> Reply {
    Ok(json!({
        "UserId": "AROASANDBOXSANDBOX000:berth",
        "Account": ACCOUNT,
        "Arn": CALLER,
    }))
}
