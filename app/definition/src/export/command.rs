//! `aws ecs register-task-definition` for a shell.

use crate::document::Document;

/// For the shells of Unix: in single quotes nothing has a meaning but the quote itself.
pub(super) fn unix(document: &Document) -> String {
    let json = document.pretty().replace('\'', r"'\''");
    format!("aws ecs register-task-definition --cli-input-json '{json}'\n")
}

/// For PowerShell, which hands quotes on to programs in different ways from version to version: the
/// document goes through a file.
pub(super) fn power_shell(document: &Document) -> String {
    // Lines that begin with '@ would end the text early; JSON has none.
    let json = document.pretty();
    format!(
        "$document = @'\n{json}\n'@\n[IO.File]::WriteAllText(\"$PWD/task-definition.json\", $document)\naws ecs register-task-definition --cli-input-json file://task-definition.json\n"
    )
}
