//! What a page asked the server for, once and again, without taking the page away meanwhile.
//!
//! A resource that loads anew sends its whole boundary back to the fallback, the filter that is
//! being typed into included. So only the first answer is a resource, which the server's page
//! carries; later ones take its place when they are there.
//!
//! Ask in the body of a page's component, never inside what a `Suspend` answers: the server may
//! build that several times, and the browser would look for the answer under another number.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::AppError;

/// What can be asked for: it comes over the wire and is shown from several places.
pub trait Answer: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {}
impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Answer for T {}

/// An answer that follows its question; `await` it inside a `Suspend`.
pub struct Asked<T: Answer> {
    first: Resource<Result<T, AppError>>,
    later: RwSignal<Option<Result<T, AppError>>>,
}

impl<T: Answer> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Answer> Copy for Asked<T> {}

/// Asks, and asks again each time the question changes.
pub fn ask<Q, T, Load, Fut>(question: Memo<Q>, load: Load) -> Asked<T>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    T: Answer,
    Load: Fn(Q) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let first = {
        let load = load.clone();
        Resource::new_blocking(|| (), move |()| load(question.get_untracked()))
    };
    let later = RwSignal::new(None);
    Effect::new(move |before: Option<Q>| {
        let now = question.get();
        if before.is_some_and(|before| before != now) {
            let (load, asked) = (load.clone(), now.clone());
            leptos::task::spawn_local(async move {
                let answer = load(asked.clone()).await;
                // Only the answer to what is asked now; the page may also have been left.
                if question.try_get_untracked().is_some_and(|now| now == asked) {
                    later.try_set(Some(answer));
                }
            });
        }
        now
    });
    Asked { first, later }
}

/// Asks for a part of a page only while it is in sight: the answer is `None` while it is not.
pub fn ask_while<Q, T, Load, Fut>(
    wanted: impl Fn() -> bool + Send + Sync + 'static,
    question: Memo<Q>,
    load: Load,
) -> Asked<Option<T>>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    T: Answer,
    Load: Fn(Q) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let question = Memo::new(move |_| wanted().then(|| question.get()));
    ask(question, move |question: Option<Q>| {
        let load = load.clone();
        async move {
            match question {
                Some(question) => load(question).await.map(Some),
                None => Ok(None),
            }
        }
    })
}

impl<T: Answer> Asked<T> {
    /// Waits for the first answer, whatever it is.
    pub async fn arrived(self) {
        let _ = self.first.await;
    }

    /// Looks at the present answer, if there is one yet.
    pub fn with<U>(self, look: impl FnOnce(Option<&Result<T, AppError>>) -> U) -> U {
        self.later.with(|later| match later {
            Some(answer) => look(Some(answer)),
            None => self.first.with(|first| look(first.as_ref())),
        })
    }
}

impl<T: Answer> IntoFuture for Asked<T> {
    type Output = Result<T, AppError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let later = self.later.get();
        let first = self.first.into_future();
        Box::pin(async move {
            match later {
                Some(answer) => answer,
                None => first.await,
            }
        })
    }
}
