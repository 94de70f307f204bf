//! What happens at the door. It goes through no [`super::Backend::change`], for nobody is signed in
//! yet, and is written to the audit log all the same.

/// One thing that happens at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A member signed in.
    SignedIn,
    /// A sign-in was tried and refused.
    Refused,
    /// So many sign-ins were tried that no more are let through for now.
    Locked,
    /// A member signed out.
    SignedOut,
    /// A one-time link was followed and a password set with it.
    LinkUsed,
}

impl Access {
    /// Each of them.
    pub const ALL: [Self; 5] =
        [Self::SignedIn, Self::Refused, Self::Locked, Self::SignedOut, Self::LinkUsed];

    /// As [`super::Change::verb`].
    pub fn verb(self) -> &'static str {
        match self {
            Self::SignedIn => "access.signed-in",
            Self::Refused => "access.refused",
            Self::Locked => "access.locked",
            Self::SignedOut => "access.signed-out",
            Self::LinkUsed => "access.link-used",
        }
    }
}
