//! Who makes the request. The member is loaded each time, so that a changed role or a disabled
//! member counts from the next request on.

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use berth_app::backend::Visitor;
use berth_app::links;
use berth_app::team::model::Member;
use berth_app::timestamp::Timestamp;
use tower_sessions::Session;

use super::{LIVE, LOOK_AT_DRAFT, Parts, REQUEST_ID};
use crate::auth::{self, OpenSession};
use crate::store::StoreError;

/// Puts the [`Visitor`] into the request; a page that needs a member leads to the sign-in page
/// and back.
pub(super) async fn know(
    State(parts): State<Parts>,
    session: Session,
    request: Request,
    next: Next,
) -> Response {
    let (request, known) = match visit(&parts, &session, request).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    if !known && request.method() == Method::GET && is_for_members(request.uri().path()) {
        let asked = request.uri().path_and_query().map_or(links::HOME, |path| path.as_str());
        return parts.auth.ask_to_sign_in(request.headers(), asked);
    }
    not_kept(next.run(request).await)
}

/// Puts the [`Visitor`] into the request, whoever it is: what leads nowhere asks nobody to sign in.
pub(super) async fn recognise(
    State(parts): State<Parts>,
    session: Session,
    request: Request,
    next: Next,
) -> Response {
    match visit(&parts, &session, request).await {
        Ok((request, _)) => not_kept(next.run(request).await),
        Err(answer) => answer,
    }
}

/// The request with its visitor, and whether that is a member; or the answer when nobody can tell.
async fn visit(
    parts: &Parts,
    session: &Session,
    mut request: Request,
) -> Result<(Request, bool), Response> {
    let now = parts.clock.now();
    let by_itself = [LIVE, LOOK_AT_DRAFT].contains(&request.uri().path());
    let (member, open) = match signed_in(session, parts, now, by_itself).await {
        Ok(signed_in) => signed_in.unzip(),
        Err(error) => {
            tracing::error!(%error, "the member can't be read");
            let said = "The console's database does not answer. Try again in a moment.\n";
            return Err((StatusCode::SERVICE_UNAVAILABLE, said).into_response());
        }
    };
    let known = member.is_some();
    if let Some(open) = open {
        request.extensions_mut().insert(open);
    }
    let request_id = request
        .headers()
        .get(&REQUEST_ID)
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    request.extensions_mut().insert(Visitor { member, request_id, now });
    Ok((request, known))
}

/// What a member saw must not come back out of a cache after sign-out.
fn not_kept(mut response: Response) -> Response {
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(axum::http::HeaderValue::from_static("no-store"));
    response
}

/// Who is signed in, and by which session. What a browser asks for by itself is no use of it.
async fn signed_in(
    session: &Session,
    parts: &Parts,
    now: Timestamp,
    by_itself: bool,
) -> Result<Option<(Member, OpenSession)>, StoreError> {
    let signed_in = auth::member_of(session, &parts.store, now).await?;
    if signed_in.is_some() && !by_itself {
        auth::note_use(session, now).await?;
    }
    Ok(signed_in)
}

/// Whether a page is for members only. Functions and the event stream answer for themselves.
fn is_for_members(path: &str) -> bool {
    !(path == links::SIGN_IN
        || path == LIVE
        || ["/set-up/", "/status/", "/api/"].iter().any(|open| path.starts_with(open)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_few_pages_are_open() {
        for path in ["/sign-in", "/set-up/abc", "/status/abc", "/live", "/api/frame123"] {
            assert!(!is_for_members(path), "{path}");
        }
        for path in ["/", "/clusters", "/status-pages", "/status", "/sign-in/x", "/members"] {
            assert!(is_for_members(path), "{path}");
        }
    }
}
