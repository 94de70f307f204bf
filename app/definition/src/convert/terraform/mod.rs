//! Terraform: `aws_ecs_task_definition` in code, in a plan and in a state.

mod evaluate;
mod functions;
mod resource;
mod scope;

use hcl::structure::Block;
use serde_json::{Map, Value};

use super::started::{Candidate, Kind, Notes, Started, Trouble};
use scope::Scope;

/// The type of the resource that is looked for.
const TASK_DEFINITION: &str = "aws_ecs_task_definition";

/// Every task definition of Terraform code.
pub(super) fn read(text: &str) -> Result<Started, Trouble> {
    let body = hcl::parse(text).map_err(|error| trouble(&error))?;
    let scope = Scope::of(&body);
    let is_wanted = |block: &&Block| {
        block.identifier() == "resource"
            && block.labels().first().is_some_and(|label| label.as_str() == TASK_DEFINITION)
    };
    let documents: Vec<Candidate> = body
        .blocks()
        .filter(is_wanted)
        .map(|block| {
            let name = block.labels().get(1).map_or(TASK_DEFINITION, |label| label.as_str());
            let mut notes = Notes::default();
            let values = evaluate::body(block.body(), &scope, "", &mut notes);
            resource::candidate(name, values, notes)
        })
        .collect();
    if let Some(said) = scope.refused() {
        return Err(Trouble::whole(said));
    }
    if documents.is_empty() {
        let module = body.blocks().any(|block| block.identifier() == "module");
        return Err(Trouble::whole(if module {
            format!(
                "This Terraform code has no {TASK_DEFINITION} of its own, but a module. Run terraform show -json on a plan and paste what it prints."
            )
        } else {
            format!("This Terraform code has no {TASK_DEFINITION}.")
        }));
    }
    Ok(Started { kind: Kind::Terraform, documents })
}

/// Every task definition of a plan or state, as `terraform show -json` prints it, or of a state
/// file.
pub(super) fn read_state(value: &Value) -> Result<Started, Trouble> {
    let mut found = Vec::new();
    for root in ["planned_values", "values"] {
        if let Some(module) = value.get(root).and_then(|values| values.get("root_module")) {
            collect(module, &mut found);
        }
    }
    for resource in items(value, "resources").filter(|one| is_task_definition(one)) {
        for instance in items(resource, "instances") {
            let name = resource.get("name").and_then(Value::as_str).unwrap_or_default();
            let attributes = instance.get("attributes").and_then(Value::as_object);
            found.extend(attributes.map(|values| (name.to_owned(), values.clone())));
        }
    }
    let documents: Vec<Candidate> = found
        .into_iter()
        .map(|(name, values)| resource::candidate(&name, values, Notes::default()))
        .collect();
    if documents.is_empty() {
        return Err(Trouble::whole(format!(
            "Terraform's plan or state has no {TASK_DEFINITION} here."
        )));
    }
    Ok(Started { kind: Kind::TerraformState, documents })
}

fn collect(module: &Value, found: &mut Vec<(String, Map<String, Value>)>) {
    for resource in items(module, "resources").filter(|one| is_task_definition(one)) {
        let address = resource.get("address").and_then(Value::as_str).unwrap_or_default();
        if let Some(values) = resource.get("values").and_then(Value::as_object) {
            found.push((address.to_owned(), values.clone()));
        }
    }
    for module in items(module, "child_modules") {
        collect(module, found);
    }
}

fn is_task_definition(resource: &Value) -> bool {
    resource.get("type").and_then(Value::as_str) == Some(TASK_DEFINITION)
        && resource.get("mode").and_then(Value::as_str) != Some("data")
}

fn items<'a>(value: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    value.get(member).and_then(Value::as_array).into_iter().flatten()
}

fn trouble(error: &hcl::Error) -> Trouble {
    match error {
        hcl::Error::Parse(error) => {
            let place = error.location();
            let said = error.message().trim_end_matches('.');
            Trouble::at(place.line(), place.column(), format!("This is no Terraform here: {said}."))
        }
        other => Trouble::whole(format!("This can't be read as Terraform: {other}.")),
    }
}
