//! What is typed into the team's forms, and what of it holds.

use serde::{Deserialize, Serialize};

use super::model::Role;
use crate::error::{AppError, FieldErrors};

/// The longest email address there is (RFC 5321).
pub const EMAIL_MAX: usize = 254;
/// Longer names break every list.
pub const NAME_MAX: usize = 100;
/// There is no second factor yet, so length carries the weight: four common words reach it, and
/// ten guesses in five minutes don't.
pub const PASSWORD_MIN: usize = 12;
/// Far above any passphrase; it keeps what a stranger can make the server hash small.
pub const PASSWORD_MAX: usize = 256;

/// Long enough, and tried first by everybody who guesses. Compared in lower case, without what
/// stands around the letters and digits.
const COMMON: [&str; 36] = [
    "passwordpassword",
    "password1234",
    "password12345",
    "password123456",
    "mypassword123",
    "passw0rdpassw0rd",
    "administrator",
    "administrator1",
    "adminadminadmin",
    "admin1234567",
    "changemechangeme",
    "changeme1234",
    "letmeinletmein",
    "welcomewelcome",
    "welcome12345",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyqwerty",
    "qwerty123456",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "asdfghjkl123",
    "asdfghjklzxc",
    "zxcvbnmasdfg",
    "abcdefghijkl",
    "abcdefgh1234",
    "abc123abc123",
    "iloveyou1234",
    "iloveyouiloveyou",
    "superman1234",
    "football1234",
    "baseball1234",
    "trustno1trustno1",
    "correcthorsebatterystaple",
    "berthberthberth",
    "amazonwebservices",
];

/// The address that a member signs in with, trimmed and in lower case.
pub fn check_email(text: &str) -> Result<String, String> {
    let email = text.trim().to_lowercase();
    if email.is_empty() {
        return Err("Give an email address.".into());
    }
    if email.len() > EMAIL_MAX {
        return Err(format!("At most {EMAIL_MAX} characters."));
    }
    let (local, domain) = email.rsplit_once('@').unwrap_or_default();
    let fits = !local.is_empty()
        && domain.len() > 2
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !email.contains(|c: char| c.is_whitespace() || c.is_control());
    if fits { Ok(email) } else { Err("Write it like name@example.com.".into()) }
}

/// A member's name as others see it, trimmed.
pub fn check_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() {
        return Err("Give a name.".into());
    }
    if name.chars().count() > NAME_MAX {
        return Err(format!("At most {NAME_MAX} characters."));
    }
    if name.contains(char::is_control) {
        return Err("Write the name on one line.".into());
    }
    Ok(name.to_owned())
}

/// A new password, as it is; blanks at its ends count.
pub fn check_password(password: &str, email: &str, name: &str) -> Result<(), String> {
    let length = password.chars().count();
    if length == 0 {
        return Err("Choose a password.".into());
    }
    if length < PASSWORD_MIN {
        return Err(format!("At least {PASSWORD_MIN} characters; this has {length}."));
    }
    if length > PASSWORD_MAX {
        return Err(format!("At most {PASSWORD_MAX} characters; this has {length}."));
    }
    let plain = password.to_lowercase();
    let core = plain.trim_matches(|c: char| !c.is_alphanumeric());
    let is_own = |own: &str| {
        let own = own.trim().to_lowercase();
        let squeezed: String = own.split_whitespace().collect();
        !own.is_empty() && [plain.as_str(), core].iter().any(|p| *p == own || *p == squeezed)
    };
    let local = email.split('@').next().unwrap_or_default();
    if is_own(email) || is_own(name) || is_own(local) {
        return Err("This is your name or email. Choose something else.".into());
    }
    let mut letters = plain.chars();
    let first = letters.next();
    let is_one_letter = letters.all(|c| Some(c) == first);
    if is_one_letter
        || is_counting(&plain)
        || COMMON.contains(&plain.as_str())
        || COMMON.contains(&core)
    {
        return Err("This one is guessed first. Choose something less common.".into());
    }
    Ok(())
}

/// Digits that only count up or down, in any number of rounds: `123456789012`.
fn is_counting(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    digits.is_some_and(|digits| {
        let all = |step: u32| digits.windows(2).all(|pair| (pair[0] + step) % 10 == pair[1]);
        all(1) || all(9)
    })
}

/// The set-up form. An invited member types the password only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SetUpDraft {
    /// The administrator's name.
    pub name: String,
    /// The administrator's email.
    pub email: String,
    /// The password.
    pub password: String,
}

impl SetUpDraft {
    /// Email and name of the first administrator, as they will be kept.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with a message at each field.
    pub fn check(&self) -> Result<(String, String), AppError> {
        let mut errors = FieldErrors::new();
        let name = errors.take("name", check_name(&self.name)).unwrap_or_default();
        let email = errors.take("email", check_email(&self.email)).unwrap_or_default();
        errors.take("password", check_password(&self.password, &self.email, &self.name));
        errors.or((email, name))
    }
}

/// The form for a new member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDraft {
    /// The member's name.
    pub name: String,
    /// The member's email.
    pub email: String,
    /// The member's role.
    pub role: String,
}

/// A member to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRequest {
    /// As others see the member.
    pub name: String,
    /// In lower case.
    pub email: String,
    /// What the member may do.
    pub role: Role,
}

impl MemberDraft {
    /// The member to add.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with a message at each field.
    pub fn check(&self) -> Result<MemberRequest, AppError> {
        let mut errors = FieldErrors::new();
        let name = errors.take("name", check_name(&self.name)).unwrap_or_default();
        let email = errors.take("email", check_email(&self.email)).unwrap_or_default();
        let role = errors.take("role", self.role.parse()).unwrap_or(Role::Viewer);
        errors.or(MemberRequest { name, email, role })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        for (text, kept) in [
            (" Ada@Example.com ", Ok("ada@example.com")),
            ("a+b@c.co", Ok("a+b@c.co")),
            ("", Err("Give an email address.")),
            ("ada", Err("Write it like name@example.com.")),
            ("@example.com", Err("Write it like name@example.com.")),
            ("ada@localhost", Err("Write it like name@example.com.")),
            ("ada@example.", Err("Write it like name@example.com.")),
            ("a da@example.com", Err("Write it like name@example.com.")),
            ("ada@example.com\r\nBcc: x", Err("Write it like name@example.com.")),
        ] {
            let checked = check_email(text);
            assert_eq!(checked.as_deref().map_err(String::as_str), kept, "{text:?}");
        }
        assert!(check_email(&format!("{}@example.com", "x".repeat(250))).is_err());
    }

    #[test]
    fn names() {
        assert_eq!(check_name(" Ada Lovelace ").unwrap(), "Ada Lovelace");
        for wrong in ["", "  ", "a\nb", &"x".repeat(101)] {
            assert!(check_name(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn passwords() {
        let check = |password: &str| check_password(password, "ada@example.com", "Ada Lovelace");
        for good in ["twelve chars", "ädaßönlüñgé!", "  spaced out  ", &"xy".repeat(128)] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for (bad, said) in [
            ("", "Choose a password."),
            ("eleven char", "At least 12 characters; this has 11."),
            (&"x".repeat(257), "At most 256 characters; this has 257."),
            ("ada@example.com", "This is your name or email. Choose something else."),
            ("ADA LOVELACE", "This is your name or email. Choose something else."),
            ("AdaLovelace!", "This is your name or email. Choose something else."),
            ("aaaaaaaaaaaa", "This one is guessed first. Choose something less common."),
            ("123456789012", "This one is guessed first. Choose something less common."),
            ("210987654321", "This one is guessed first. Choose something less common."),
            ("Password1234", "This one is guessed first. Choose something less common."),
            ("!QwertyQwerty!", "This one is guessed first. Choose something less common."),
        ] {
            assert_eq!(check(bad), Err(said.to_owned()), "{bad}");
        }
    }

    #[test]
    fn a_common_password_is_one_that_would_pass() {
        for common in COMMON {
            assert!(common.len() >= PASSWORD_MIN && common.chars().all(char::is_alphanumeric));
            assert_eq!(common, common.to_lowercase());
        }
    }

    #[test]
    fn every_field_of_a_draft_has_its_own_message() {
        let paths = |checked: AppError| {
            checked.field_errors().iter().map(|(path, _)| path.to_owned()).collect::<Vec<_>>()
        };
        let wrong = SetUpDraft::default().check().unwrap_err();
        assert_eq!(paths(wrong), ["email", "name", "password"]);
        let wrong = MemberDraft::default().check().unwrap_err();
        assert_eq!(paths(wrong), ["email", "name", "role"]);
        let draft = MemberDraft {
            name: "Bob ".into(),
            email: "Bob@Example.com".into(),
            role: "operator".into(),
        };
        let request = draft.check().unwrap();
        assert_eq!((request.email.as_str(), request.role), ("bob@example.com", Role::Operator));
    }
}
