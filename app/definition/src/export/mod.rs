//! A document in the words of other tools: JSON, a command of the AWS CLI, CloudFormation and
//! Terraform. What is written here is read again by [`crate::convert`] as the same document.

mod cloudformation;
mod command;
mod terraform;
#[cfg(test)]
#[cfg(feature = "convert")]
mod tests;
mod yaml;

use crate::document::Document;

/// What a document is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The input of RegisterTaskDefinition.
    Json,
    /// A command for a shell of Unix.
    Command,
    /// A command for PowerShell.
    PowerShell,
    /// A CloudFormation template in YAML.
    CloudFormationYaml,
    /// A CloudFormation template in JSON.
    CloudFormationJson,
    /// Terraform code.
    Terraform,
}

impl Dialect {
    /// Every form, in the order in which people are offered them.
    pub const ALL: [Self; 6] = [
        Self::Json,
        Self::Command,
        Self::PowerShell,
        Self::CloudFormationYaml,
        Self::CloudFormationJson,
        Self::Terraform,
    ];

    /// Its name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Command => "AWS CLI",
            Self::PowerShell => "PowerShell",
            Self::CloudFormationYaml => "CloudFormation YAML",
            Self::CloudFormationJson => "CloudFormation JSON",
            Self::Terraform => "Terraform",
        }
    }

    /// How the name of a file of it ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Command => "sh",
            Self::PowerShell => "ps1",
            Self::CloudFormationYaml => "cfn.yaml",
            Self::CloudFormationJson => "cfn.json",
            Self::Terraform => "tf",
        }
    }
}

/// A document in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The text.
    pub text: String,
    /// Members that the form has no word for, by their path; they are not in the text.
    pub left_out: Vec<String>,
}

/// Writes a document in another form.
pub fn export(document: &Document, dialect: Dialect) -> Exported {
    let whole = |text: String| Exported { text, left_out: Vec::new() };
    match dialect {
        Dialect::Json => whole(document.pretty() + "\n"),
        Dialect::Command => whole(command::unix(document)),
        Dialect::PowerShell => whole(command::power_shell(document)),
        Dialect::CloudFormationYaml => whole(yaml::text(&cloudformation::template(document))),
        Dialect::CloudFormationJson => {
            let template = cloudformation::template(document);
            whole(serde_json::to_string_pretty(&template).unwrap_or_default() + "\n")
        }
        Dialect::Terraform => terraform::code(document),
    }
}

/// A name for what holds the document: the family's letters and digits, or what is given.
fn letters_of(document: &Document, between: &str) -> String {
    let family = document.text_at("family");
    let words = family.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(between)
}
