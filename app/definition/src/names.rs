//! What names may look like in ECS.

/// The longest name ECS takes for clusters, services and families (rules R1, R184, R276).
pub const NAME_MAX: usize = 255;

/// What ECS accepts as the name of a cluster, a service, a family, a container or a volume:
/// 1 to 255 letters, digits, hyphens and underscores. The error is a sentence for the field.
pub fn check_name(noun: &str, text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("Give the {noun} a name."));
    }
    if let Some(wrong) = text.chars().find(|c| !c.is_ascii_alphanumeric() && !"-_".contains(*c)) {
        return Err(format!(
            "Use letters, digits, hyphens and underscores; {} is none of them.",
            shown(wrong)
        ));
    }
    if text.len() > NAME_MAX {
        return Err(format!("At most {NAME_MAX} characters; this has {}.", text.len()));
    }
    Ok(text.to_owned())
}

/// A character as a person recognises it.
fn shown(c: char) -> String {
    if c == ' ' { "a space".to_owned() } else { format!("“{c}”") }
}
