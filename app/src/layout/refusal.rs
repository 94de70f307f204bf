//! Why the present member may not do something.

use super::use_role;
use crate::team::model::Role;

/// Why the present member may not do what needs at least this role; `None` when the member may.
/// The server says the same, and checks it again.
pub fn use_refusal(least: Role) -> Option<String> {
    let role = use_role();
    (role < least).then(|| {
        format!(
            "This needs the role {}; yours is {}.",
            least.label().to_lowercase(),
            role.label().to_lowercase()
        )
    })
}
