//! [ssr] What the server lends to the pages, and the one door for every change.

mod access;
mod came_out;
mod change;
mod means;
mod neighbours;
mod registering;
mod templates;

use std::future::Future;
use std::sync::Arc;

use leptos::prelude::use_context;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use access::Access;
pub use came_out::CameOut;
pub use change::{Change, Touched};
pub use means::*;
pub use neighbours::Neighbours;
pub use registering::Registering;
pub use templates::*;

use crate::audit::model::Outcome;
use crate::error::AppError;
use crate::live::Topic;
use crate::names::RequestToken;
use crate::reading::{Fresh, Reading};
use crate::team::model::{Member, Role};
use crate::timestamp::Timestamp;

/// Everything the server lends. The changing half is private: it is reached through
/// [`Backend::change`] alone, so no change escapes the role check and the audit log.
#[derive(Clone)]
pub struct Means {
    /// The shared picture.
    pub readings: Arc<dyn Readings>,
    /// What no picture holds.
    pub ecs: Arc<dyn Ecs>,
    /// What forms choose from, of the services beside ECS.
    pub neighbours: Arc<dyn Neighbours>,
    /// Members.
    pub team: Arc<dyn Team>,
    /// Status pages.
    pub pages: Arc<dyn StatusPages>,
    /// Drafts of task definitions.
    pub drafts: Arc<dyn Drafts>,
    /// The team's templates.
    pub templates: Arc<dyn Templates>,
    /// What goes wrong on purpose.
    pub weather: Arc<dyn SandboxWeather>,
    /// The audit log.
    pub audit: Arc<dyn Audit>,
    changes: Changes,
}

impl Means {
    /// Brings the parts together; called once, when the server starts.
    #[expect(clippy::too_many_arguments, reason = "one for each part, and called once")]
    pub fn new(
        readings: Arc<dyn Readings>,
        ecs: Arc<dyn Ecs>,
        neighbours: Arc<dyn Neighbours>,
        team: Arc<dyn Team>,
        pages: Arc<dyn StatusPages>,
        weather: Arc<dyn SandboxWeather>,
        audit: Arc<dyn Audit>,
        changes: Changes,
    ) -> Self {
        let drafts: Arc<dyn Drafts> = changes.drafts.clone();
        let templates: Arc<dyn Templates> = changes.templates.clone();
        Self { readings, ecs, neighbours, team, pages, drafts, templates, weather, audit, changes }
    }
}

/// Who makes the present request.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The member who is signed in, as the store knows the member now.
    pub member: Option<Member>,
    /// Finds the request in the log.
    pub request_id: String,
    /// When the request came.
    pub now: Timestamp,
}

/// The means in the hands of one visitor.
#[derive(Clone)]
pub struct Backend {
    means: Means,
    visitor: Visitor,
}

impl Backend {
    /// For a page or function that needs a member of at least this role.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] without a session, [`AppError::NotAllowed`] with a lesser role.
    pub fn for_role(least: Role) -> Result<Self, AppError> {
        let backend = Self::for_anyone()?;
        match &backend.visitor.member {
            None => Err(AppError::SignInRequired),
            Some(member) if member.role < least => Err(AppError::NotAllowed(format!(
                "This needs the role {}; yours is {}.",
                least.label().to_lowercase(),
                member.role.label().to_lowercase()
            ))),
            Some(_) => Ok(backend),
        }
    }

    /// For what anyone may see: the sign-in page and public status pages.
    ///
    /// # Errors
    /// [`AppError::Internal`] outside a request.
    pub fn for_anyone() -> Result<Self, AppError> {
        let means = use_context::<Means>();
        let visitor = use_context::<Visitor>();
        match (means, visitor) {
            (Some(means), Some(visitor)) => Ok(Self { means, visitor }),
            _ => Err(AppError::Internal("no request".into())),
        }
    }

    /// The member who asks; `None` only after [`Backend::for_anyone`].
    pub fn member(&self) -> Option<&Member> {
        self.visitor.member.as_ref()
    }

    /// The id of the member who asks.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] without one.
    pub fn member_id(&self) -> Result<i64, AppError> {
        self.member().map(|member| member.id).ok_or(AppError::SignInRequired)
    }

    /// Whether the member's role is at least this one.
    pub fn may(&self, least: Role) -> bool {
        self.visitor.member.as_ref().is_some_and(|member| member.role >= least)
    }

    /// When the request came.
    pub fn now(&self) -> Timestamp {
        self.visitor.now
    }

    /// The means to read.
    pub fn read(&self) -> &Means {
        &self.means
    }

    /// The present picture, for what a form offers and checks.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] while there is none: nothing to choose from and nothing known yet
    /// are two things.
    pub fn picture(&self) -> Result<Arc<Reading>, AppError> {
        let now = self.means.readings.now();
        now.health.read_at.map(|_| now.value).ok_or_else(AppError::not_read)
    }

    /// What a topic shows of the present picture.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such thing.
    pub fn fresh<T: DeserializeOwned>(&self, topic: &Topic) -> Result<Fresh<T>, AppError> {
        let fresh = self.means.readings.fresh(topic)?;
        let value = serde_json::from_value(fresh.value)
            .map_err(|_| AppError::Internal(self.visitor.request_id.clone()))?;
        Ok(Fresh { value, mark: fresh.mark, health: fresh.health })
    }

    /// The one door for every change: write it down, do it, write down how it ended, and let the
    /// poller look again.
    ///
    /// The same token never changes anything twice: a finished change answers as it did, an open
    /// one is only sent again when ECS itself knows the token. The work goes on when the visitor
    /// leaves, so that a closed tab can't tear a change from its record.
    ///
    /// # Errors
    /// What `act` answers; [`AppError::Unavailable`] when the log can't be written, in which case
    /// nothing was tried; [`AppError::Conflict`] when the same form is still being worked on.
    pub async fn change<T, F, Fut>(
        &self,
        change: Change,
        token: &RequestToken,
        act: F,
    ) -> Result<T, AppError>
    where
        T: CameOut + Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(Changes) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, AppError>> + Send,
    {
        let who = self.member().map_or("console", |member| member.email.as_str());
        let begun = self.means.audit.begin(who, &change, token, &self.visitor.request_id).await?;
        let id = match begun {
            Begun::First(id) | Begun::Failed(id, _) => id,
            Begun::Open(id) if change.is_safe_to_resend() => id,
            Begun::Open(_) => {
                return Err(AppError::Conflict(
                    "This form was sent already, and its answer is still open.".into(),
                ));
            }
            Begun::Done(answer) => {
                return serde_json::from_str(&answer)
                    .map_err(|_| AppError::Internal(self.visitor.request_id.clone()));
            }
        };
        let means = self.means.clone();
        let request_id = self.visitor.request_id.clone();
        tokio::spawn(async move { carry_out(means, id, change, act).await })
            .await
            .unwrap_or(Err(AppError::Internal(request_id)))
    }
}

/// Does the change, writes down how it ended, with what was not known of it before, and looks at what
/// it touched.
async fn carry_out<T, F, Fut>(means: Means, id: i64, change: Change, act: F) -> Result<T, AppError>
where
    T: CameOut + Serialize,
    F: FnOnce(Changes) -> Fut,
    Fut: Future<Output = Result<T, AppError>>,
{
    let result = act(means.changes.clone()).await;
    let may_be_made = matches!(result, Ok(_) | Err(AppError::NoAnswer | AppError::Unavailable(_)));
    let (outcome, answer) = match &result {
        Ok(value) => {
            let came_out = Some(value.came_out()).filter(|came_out| *came_out != change.detail());
            (Outcome::Done(came_out.unwrap_or_default()), serde_json::to_string(value).ok())
        }
        // The change may have been made: the entry stays open.
        Err(AppError::NoAnswer) => (Outcome::Pending, None),
        Err(AppError::Invalid(errors)) => (Outcome::Failed(errors.sentences()), None),
        Err(AppError::Refused { .. }) if change.is_quoted_when_refused() => (
            Outcome::Failed("Refused. What was said may quote secrets: it is not kept.".into()),
            None,
        ),
        Err(error) => (Outcome::Failed(error.to_string()), None),
    };
    let written = means.audit.finish(id, outcome, answer).await;
    // What may have been made is seen before anybody can send it again, also when nothing can be
    // written down.
    let started = result.as_ref().map(CameOut::started).unwrap_or_default();
    if may_be_made && let Some(touched) = change.touched(started) {
        means.readings.look_at(touched).await;
    }
    written?;
    result
}
