//! The post of the set-up page, to which one-time links lead.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use berth_app::backend::Access;
use berth_app::error::{AppError, FieldErrors};
use berth_app::links;
use berth_app::team::draft::{SetUpDraft, check_password};
use berth_app::team::flash::Problem;
use berth_app::team::model::Invited;
use tower_sessions::Session;

use super::answers::{Refusal, flash_of, shortened};
use super::handlers::{Auth, enter};
use super::peer::Peer;
use super::throttle::Tryer;

/// `POST /set-up/{token}`: makes the first administrator, or sets an invited member's password, and
/// signs in.
pub async fn set_up(
    State(auth): State<Auth>,
    session: Session,
    from: Peer,
    Path(token): Path<String>,
    Form(draft): Form<SetUpDraft>,
) -> Response {
    // Tokens can't be guessed; the limit is for what a stranger can make the server do.
    let link = format!("link {}", shortened(&token, 64));
    let tryer = Tryer::Stranger(&link, from.address);
    let tried = match auth.throttle.admit(tryer, auth.clock.now()) {
        Err(turned_away) => Err(auth.turn_away(turned_away, None, &from)),
        Ok(()) => try_set_up(&auth, &session, &token, &draft, &from).await,
    };
    match tried {
        Ok(kept) => auth.welcome(links::HOME, &kept),
        Err(refusal) => {
            let flash = flash_of(refusal, &draft.email, &draft.name);
            auth.back_to(&links::set_up(&token), &flash)
        }
    }
}

/// Sets the password and signs in; answers with the password's hash.
async fn try_set_up(
    auth: &Auth,
    session: &Session,
    token: &str,
    draft: &SetUpDraft,
    from: &Peer,
) -> Result<String, Refusal> {
    let now = auth.clock.now();
    let invited = auth.store.invited(token, now).await?;
    let spent = || Refusal::Problem(Problem::LinkSpent);
    let (id, kept, email) = match invited.ok_or_else(spent)? {
        Invited::FirstAdministrator => {
            let (email, name) = draft.check().map_err(Refusal::Fields)?;
            let kept = auth.passwords.hash(draft.password.clone()).await?;
            (auth.store.set_up(token, &email, &name, &kept, now).await?, kept, email)
        }
        Invited::Member { name, email } => {
            check_password(&draft.password, &email, &name).map_err(|said| {
                let errors = FieldErrors::one("password", said);
                Refusal::Fields(AppError::Invalid(errors))
            })?;
            let kept = auth.passwords.hash(draft.password.clone()).await?;
            let id = auth.store.accept_invitation(token, &kept, now).await?;
            auth.revocations.revoke(id);
            (id, kept, email)
        }
    };
    enter(auth, session, id, &kept).await?;
    auth.let_in(session, Access::LinkUsed, &email, from).await?;
    Ok(kept)
}
