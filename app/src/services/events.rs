//! A service's events in short words.

/// Longer messages are cut in a list; the detail shows them whole.
const SHORT: usize = 110;

/// An event without the service's name, which stands beside it, cut to what a row can show.
pub fn shortened(message: &str, service: &str) -> String {
    let plain = without_name(message, service);
    if plain.chars().count() <= SHORT {
        return plain;
    }
    let cut: String = plain.chars().take(SHORT).collect();
    let at_word = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut.get(..at_word).unwrap_or(&cut).trim_end())
}

/// `(service web) has reached a steady state.` as `Has reached a steady state.`
pub fn without_name(message: &str, service: &str) -> String {
    let prefix = format!("(service {service})");
    let Some(rest) = message.strip_prefix(prefix.as_str()) else {
        return message.to_owned();
    };
    let rest = rest.trim_start_matches([',', ' ']);
    let mut letters = rest.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_reads_beside_its_service() {
        for (message, short) in [
            ("(service web) has reached a steady state.", "Has reached a steady state."),
            ("(service web), taskSet ecs-svc/1 has begun.", "TaskSet ecs-svc/1 has begun."),
            ("(service api) has stopped.", "(service api) has stopped."),
            ("(service web)", "(service web)"),
        ] {
            assert_eq!(shortened(message, "web"), short);
        }
        let long = "word ".repeat(60);
        let short = shortened(&long, "web");
        assert!(short.ends_with("word…") && short.chars().count() <= SHORT + 1);
    }
}
