//! What Terraform code says of its own names.

use std::collections::HashMap;
use std::rc::Rc;

use hcl::Expression;
use hcl::structure::Body;
use serde_json::Value;

/// As deep as names may lead to names.
const DEPTH_MAX: usize = 40;

/// Defaults of variables, locals, and the names of a `for`.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    named: Rc<HashMap<(&'static str, &'a str), &'a Expression>>,
    bound: Vec<(String, Value)>,
    depth: usize,
}

impl<'a> Scope<'a> {
    /// The names of a file.
    pub(super) fn of(body: &'a Body) -> Self {
        let mut named = HashMap::new();
        for block in body.blocks() {
            match (block.identifier(), block.labels().first()) {
                ("variable", Some(name)) => {
                    let default = block.body().attributes().find(|one| one.key() == "default");
                    if let Some(default) = default {
                        named.insert(("var", name.as_str()), default.expr());
                    }
                }
                ("locals", None) => {
                    let locals = block.body().attributes();
                    named.extend(locals.map(|local| (("local", local.key()), local.expr())));
                }
                _ => {}
            }
        }
        Self { named: Rc::new(named), bound: Vec::new(), depth: 0 }
    }

    /// What `var.name` or `local.name` is, with the scope to evaluate it in.
    pub(super) fn named(&self, root: &str, name: &str) -> Option<(&'a Expression, Self)> {
        let root = match root {
            "var" => "var",
            "local" => "local",
            _ => return None,
        };
        let expression = self.named.get(&(root, name))?;
        // A name that leads to itself ends here.
        let scope = Self { named: self.named.clone(), bound: Vec::new(), depth: self.depth + 1 };
        (self.depth < DEPTH_MAX).then_some((*expression, scope))
    }

    /// What a name of a `for` is.
    pub(super) fn bound(&self, name: &str) -> Option<&Value> {
        self.bound.iter().rev().find(|(bound, _)| bound == name).map(|(_, value)| value)
    }

    /// With one more name.
    pub(super) fn with(&self, name: &str, value: Value) -> Self {
        let mut scope = self.clone();
        scope.bound.push((name.to_owned(), value));
        scope
    }
}
