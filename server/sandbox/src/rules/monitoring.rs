//! Rules about the metrics of a service.

use super::{Check, one_of};
use crate::ask::Ask;
use crate::refusal::Refusal;

/// R253.
pub(crate) fn check(ask: Ask<'_>) -> Check {
    let Some(monitoring) = ask.object("monitoring")? else {
        return Ok(());
    };
    let all = monitoring.list("metricConfigurations")?;
    if all.len() > 5 {
        return Err(Refusal::invalid("metricConfigurations can have at most 5 items."));
    }
    for item in all {
        let item = Ask(item);
        let names = item.texts("metricNames")?;
        if !(1..=5).contains(&names.len()) {
            return Err(Refusal::invalid("metricNames must have between 1 and 5 items."));
        }
        for name in names {
            one_of("monitoring.metricNames", name, &["CPUUtilization", "MemoryUtilization"])?;
        }
        match item.whole("resolutionSeconds")? {
            Some(20 | 60) => {}
            _ => return Err(Refusal::invalid("resolutionSeconds must be 20 or 60.")),
        }
    }
    Ok(())
}
