//! What can go wrong in the store, and what of it a member may read.

use berth_app::error::{AppError, FieldErrors};

/// Why the store did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no engine that Berth knows.
    #[error("{0:?} is no database: use sqlite:PATH or postgres://USER@HOST/NAME")]
    UnknownEngine(String),
    /// The database was migrated by a later version.
    #[error(
        "the database was written by a newer version of Berth (migration {0} is unknown here): \
         start that version, or restore the backup from before the upgrade"
    )]
    Newer(i64),
    /// A migration failed; the database stands as before it.
    #[error("the database can't be brought up to date: {0}")]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The engine does not answer, or answered with an error.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored value can't be read; somebody else wrote it.
    #[error("damaged row in {0}")]
    Damaged(&'static str),
    /// There is no such row.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The email belongs to a member already.
    #[error("the email is taken")]
    EmailTaken,
    /// Another template has this name.
    #[error("the name is taken")]
    NameTaken,
    /// The one-time link is unknown, used, or too old.
    #[error("the link does not work any more")]
    LinkSpent,
    /// Without this member nobody could manage the team.
    #[error("the last enabled administrator stays one")]
    LastAdministrator,
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::VersionMissing(version) => Self::Newer(version),
            other => Self::Migration(Box::new(other)),
        }
    }
}

impl From<StoreError> for AppError {
    /// Logs the cause once and keeps it from the member: a database's words can hold secrets.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(noun) => Self::NotFound(format!("There is no such {noun}.")),
            StoreError::EmailTaken => Self::Invalid(FieldErrors::one(
                "email",
                "A member has this email already. Emails are unique.",
            )),
            StoreError::NameTaken => Self::Invalid(FieldErrors::one(
                "name",
                "The team has a template of this name already. Choose another name, or replace that \
                 template.",
            )),
            StoreError::LinkSpent => {
                Self::Conflict("This link was used already, or it is too old.".into())
            }
            StoreError::LastAdministrator => Self::Conflict(
                "This is the last enabled administrator. Make another member administrator first."
                    .into(),
            ),
            cause => {
                tracing::error!(%cause, "the store failed");
                Self::Unavailable("The console's database does not answer now.".into())
            }
        }
    }
}
