//! Running tasks: more than ten go in several calls, each with a token of its own.

use aws_sdk_ecs::types;
use berth_app::backend::{Launched, NewTasks};
use berth_app::error::AppError;
use berth_app::names::RequestToken;

use super::Gateway;
use super::changes::{compute, network, some, tags, whole};
use super::clusters::last_part;
use super::errors::Failure;

/// The most tasks in one RunTask.
const AT_ONCE: u32 = 10;

/// The longest `startedBy`, in characters.
const STARTED_BY: usize = 128;

impl Gateway {
    /// Asks for ten at a time. When ECS refuses after some were accepted, the refusal is one of the
    /// failures; when an answer is lost, that is the error, for the same tokens find the accepted
    /// ones again.
    pub(super) async fn launch(&self, new: NewTasks) -> Result<Launched, AppError> {
        let mut launched = Launched::default();
        for (call, count) in shares(new.count).into_iter().enumerate() {
            match self.run(&new, count, token(&new.client_token, call)).await? {
                Ok(answer) => {
                    let arns = answer.tasks().iter().filter_map(|task| task.task_arn());
                    launched.tasks.extend(arns.filter_map(|arn| last_part(arn).parse().ok()));
                    for said in answer.failures().iter().map(reason) {
                        if !launched.failures.contains(&said) {
                            launched.failures.push(said);
                        }
                    }
                }
                Err(failure) => match failure.refusal() {
                    Some(said) if !launched.tasks.is_empty() => {
                        launched.failures.push(said.to_owned());
                        break;
                    }
                    _ => return Err(failure.change()),
                },
            }
        }
        Ok(launched)
    }

    async fn run(
        &self,
        new: &NewTasks,
        count: u32,
        token: String,
    ) -> Result<Result<aws_sdk_ecs::operation::run_task::RunTaskOutput, Failure>, AppError> {
        let client = &self.0.client;
        let (launch_type, strategy) = compute(&new.launch.compute)?;
        let asked = client
            .run_task()
            .cluster(new.launch.cluster.as_str())
            .task_definition(new.launch.revision.to_string())
            .count(whole(count))
            .set_launch_type(launch_type)
            .set_capacity_provider_strategy(strategy)
            .set_network_configuration(network(new.launch.network.as_ref())?)
            .set_group(new.group.clone())
            .set_started_by(started_by(&new.started_by))
            // Costs then show by cluster; nothing else is put on the tasks.
            .enable_ecs_managed_tags(true)
            .set_tags(some(tags(&new.tags)))
            .client_token(token);
        Ok(asked.send().await.map_err(|error| Failure::of("RunTask", &error)))
    }
}

/// How many tasks each call asks for.
fn shares(count: u32) -> Vec<u32> {
    let mut shares = vec![AT_ONCE; (count / AT_ONCE) as usize];
    if !count.is_multiple_of(AT_ONCE) || count == 0 {
        // Zero is ECS's to refuse.
        shares.push(count % AT_ONCE);
    }
    shares
}

/// The token of the call of that number: the same form sent again makes the same ones.
fn token(form: &RequestToken, call: usize) -> String {
    format!("{form}-{call}", form = form.as_str())
}

/// What ECS takes as `startedBy`: letters, digits, hyphens, underscores and slashes. An address
/// such as `ada@example.com` becomes `ada-example-com`.
fn started_by(text: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_/".contains(c);
    let text: String =
        text.chars().take(STARTED_BY).map(|c| if fits(c) { c } else { '-' }).collect();
    (!text.is_empty()).then_some(text)
}

/// Why a task was not placed, in AWS's words.
fn reason(from: &types::Failure) -> String {
    let reason = from.reason().unwrap_or("No reason was given.");
    let mut said = reason.to_owned();
    if let Some(detail) = from.detail().filter(|detail| !detail.is_empty()) {
        said = format!("{said}: {detail}");
    }
    match from.arn().map(last_part).filter(|part| !part.is_empty()) {
        Some(place) => format!("{said} ({place})"),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tens_and_the_rest() {
        for (count, wanted) in
            [(1, vec![1]), (10, vec![10]), (11, vec![10, 1]), (30, vec![10, 10, 10]), (0, vec![0])]
        {
            assert_eq!(shares(count), wanted);
        }
    }

    #[test]
    fn every_call_has_a_token_that_fits() {
        let form = RequestToken::from_bits(7);
        assert_eq!(token(&form, 0), "00000000000000000000000000000007-0");
        assert!(token(&form, usize::MAX).len() <= 64);
    }

    #[test]
    fn an_address_is_made_to_fit() {
        for (text, wanted) in [
            ("ada@example.com", Some("ada-example-com")),
            ("ecs/batch_1", Some("ecs/batch_1")),
            ("", None),
        ] {
            assert_eq!(started_by(text).as_deref(), wanted);
        }
        assert_eq!(started_by(&"é".repeat(300)).map(|text| text.len()), Some(128));
    }
}
