//! Lists that come in pages, followed to the end.

use std::collections::HashSet;
use std::future::Future;

use super::errors::Failure;

/// The largest page of every list that is read here.
pub(super) const PAGE: i32 = 100;
/// A guard against an endpoint that never comes to an end: a million items.
const MOST_PAGES: usize = 10_000;

/// One page: its items and the token of the next one.
pub(super) type Page = (Vec<String>, Option<String>);

/// Asks for page after page until there is no next one.
///
/// # Errors
/// What `ask` answers, and a complaint when a token comes twice or the list has no end.
pub(super) async fn to_the_end<F, Asked>(
    operation: &'static str,
    mut ask: F,
) -> Result<Vec<String>, Failure>
where
    F: FnMut(Option<String>) -> Asked,
    Asked: Future<Output = Result<Page, Failure>>,
{
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    let mut token = None;
    for _ in 0..MOST_PAGES {
        let (mut items, next) = ask(token).await?;
        all.append(&mut items);
        let Some(next) = next.filter(|next| !next.is_empty()) else {
            return Ok(all);
        };
        if !seen.insert(next.clone()) {
            return Err(Failure::unreadable(operation, "a list comes back to a page it had"));
        }
        token = Some(next);
    }
    Err(Failure::unreadable(operation, "a list has no end"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_page_is_asked_for() {
        let mut tokens = Vec::new();
        let all = to_the_end("ListTasks", |token| {
            let number = token.as_deref().map_or(0, |token: &str| token.parse::<u32>().unwrap());
            tokens.push(token);
            let next = (number < 3).then(|| (number + 1).to_string());
            std::future::ready(Ok((vec![format!("item-{number}")], next)))
        })
        .await
        .unwrap();
        assert_eq!(all, ["item-0", "item-1", "item-2", "item-3"]);
        assert_eq!(tokens.len(), 4);
    }

    #[tokio::test]
    async fn a_list_that_goes_in_circles_is_left() {
        let mut asked = 0;
        let answer = to_the_end("ListTasks", |_| {
            asked += 1;
            let next = if asked % 2 == 0 { "a" } else { "b" };
            std::future::ready(Ok((Vec::new(), Some(next.to_owned()))))
        })
        .await;
        assert!(answer.is_err());
        assert_eq!(asked, 3);
    }

    #[tokio::test]
    async fn a_list_without_end_is_left() {
        let mut asked = 0;
        let answer = to_the_end("ListTasks", |_| {
            asked += 1;
            std::future::ready(Ok((Vec::new(), Some(asked.to_string()))))
        })
        .await;
        assert!(answer.is_err());
        assert_eq!(asked, MOST_PAGES);
    }
}
