//! The mark of a browser in which a member has signed in: OWASP's device cookie.
//!
//! A stranger who guesses at a member's password locks its email, but no browser that the member is
//! known to use: each of those has a counter of its own. The mark signs nobody in. It is sealed with
//! the hash of the member's password, which only the store knows, so there is no key to keep: a mark
//! is worth nothing for another member, and it ends with the password.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How long a browser is known after a sign-in, in seconds: half a year.
pub(super) const SECONDS: u32 = 180 * 24 * 60 * 60;
/// Bytes of the seal that are kept: 128 bits can't be guessed.
const SEAL_BYTES: usize = 16;

/// A browser, by 128 bits of chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Device(u128);

impl Device {
    /// One that is not known yet.
    pub fn new() -> Self {
        Self(rand::random())
    }

    /// What its browser keeps: the number and its seal, 32 hexadecimal digits each.
    pub(super) fn sealed(self, password_hash: &str) -> Option<String> {
        let seal = self.seal(password_hash)?.finalize().into_bytes();
        let kept: [u8; SEAL_BYTES] = seal.get(..SEAL_BYTES)?.try_into().ok()?;
        Some(format!("{:032x}{:032x}", self.0, u128::from_be_bytes(kept)))
    }

    /// The browser that a mark names, if it was sealed for the member with this hash.
    pub(super) fn of(mark: &str, password_hash: &str) -> Option<Self> {
        let number = |digits: Option<&str>| u128::from_str_radix(digits?, 16).ok();
        let device = Self(number(mark.get(..32))?);
        let kept = number(mark.get(32..))?.to_be_bytes();
        device.seal(password_hash)?.verify_truncated_left(&kept).ok()?;
        Some(device)
    }

    /// `None` never: HMAC takes a key of any length.
    fn seal(self, password_hash: &str) -> Option<Hmac<Sha256>> {
        let mac = Hmac::<Sha256>::new_from_slice(password_hash.as_bytes()).ok()?;
        Some(mac.chain_update(self.0.to_be_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_good_for_its_member_and_password_alone() {
        let device = Device::new();
        let mark = device.sealed("$argon2id$ada").unwrap();
        assert_eq!(mark.len(), 64);
        assert_eq!(Device::of(&mark, "$argon2id$ada"), Some(device));
        assert_eq!(Device::of(&mark, "$argon2id$bob"), None);
        assert_ne!(Device::new(), device);

        let forged = format!("{:032x}{}", device.0 ^ 1, &mark[32..]);
        let zero = "0".repeat(64);
        for wrong in [forged.as_str(), &zero, &mark[..63], &mark[1..], &mark[..32], "", "zz", "ä"]
        {
            assert_eq!(Device::of(wrong, "$argon2id$ada"), None, "{wrong}");
        }
    }
}
