//! What Terraform code says of its own names, and how far it may be followed.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use hcl::Expression;
use hcl::structure::Body;
use serde_json::Value;

/// As deep as expressions may lead to expressions.
const EXPRESSIONS_MAX: usize = 250;
/// As deep as values may lie in each other.
const DEPTH_MAX: usize = 100;
/// As much as the values of a file may take, in bytes: a few lines of names can make millions.
const WEIGHT_MAX: usize = 8 * 1024 * 1024;
/// What a value takes besides its text.
const VALUE: usize = 32;

/// A default or a local.
pub(super) struct Named<'a> {
    pub(super) expression: &'a Expression,
    /// What it was found to be worth: each is worked out once.
    pub(super) worth: RefCell<Option<Rc<Worth>>>,
}

impl<'a> From<&'a Expression> for Named<'a> {
    fn from(expression: &'a Expression) -> Self {
        Self { expression, worth: RefCell::default() }
    }
}

/// What a name is worth.
#[derive(Default)]
pub(super) struct Worth {
    /// Its value, if that is known.
    pub(super) value: Option<Value>,
    /// What its value leaves open, to be said wherever it stands.
    pub(super) open: Vec<String>,
}

/// Defaults of variables, locals, and the names of a `for`.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    file: Rc<File<'a>>,
    bound: Vec<(String, Rc<Value>)>,
}

struct File<'a> {
    variables: HashMap<&'a str, Named<'a>>,
    locals: HashMap<&'a str, Named<'a>>,
    weight: Cell<usize>,
    depth: Cell<usize>,
    refused: Cell<Option<&'static str>>,
}

impl<'a> Scope<'a> {
    /// The names of a file.
    pub(super) fn of(body: &'a Body) -> Self {
        let (mut variables, mut locals) = (HashMap::new(), HashMap::new());
        for block in body.blocks() {
            match (block.identifier(), block.labels().first()) {
                ("variable", Some(name)) => {
                    let default = block.body().attributes().find(|one| one.key() == "default");
                    if let Some(default) = default {
                        variables.insert(name.as_str(), default.expr().into());
                    }
                }
                ("locals", None) => {
                    let each = block.body().attributes();
                    locals.extend(each.map(|local| (local.key(), local.expr().into())));
                }
                _ => {}
            }
        }
        let file = File {
            variables,
            locals,
            weight: Cell::default(),
            depth: Cell::default(),
            refused: Cell::default(),
        };
        Self { file: Rc::new(file), bound: Vec::new() }
    }

    /// What `var.name` or `local.name` stands for.
    pub(super) fn named(&self, root: &str, name: &str) -> Option<&Named<'a>> {
        match root {
            "var" => self.file.variables.get(name),
            "local" => self.file.locals.get(name),
            _ => None,
        }
    }

    /// Without the names of a `for`, as a default or a local is written.
    pub(super) fn bare(&self) -> Self {
        Self { file: self.file.clone(), bound: Vec::new() }
    }

    /// What a name of a `for` is.
    pub(super) fn bound(&self, name: &str) -> Option<Rc<Value>> {
        let found = self.bound.iter().rev().find(|(bound, _)| bound == name);
        found.map(|(_, value)| value.clone())
    }

    /// With one more name.
    pub(super) fn with(&self, name: &str, value: Value) -> Self {
        let mut scope = self.clone();
        scope.bound.push((name.to_owned(), Rc::new(value)));
        scope
    }

    /// Goes down into an expression, unless that is too deep or was refused already.
    pub(super) fn enter(&self) -> Option<()> {
        let depth = self.file.depth.get() + 1;
        if depth > EXPRESSIONS_MAX {
            self.refuse("This is nested too deeply to be read.");
        }
        self.spend(VALUE)?;
        self.file.depth.set(depth);
        Some(())
    }

    /// Comes back from an expression.
    pub(super) fn leave(&self) {
        self.file.depth.set(self.file.depth.get() - 1);
    }

    /// Counts bytes; `None` when there are more than can be read.
    pub(super) fn spend(&self, bytes: usize) -> Option<()> {
        let weight = self.file.weight.get().saturating_add(bytes);
        self.file.weight.set(weight);
        if weight > WEIGHT_MAX {
            self.refuse("This unfolds to more values than can be read.");
        }
        self.refused().is_none().then_some(())
    }

    /// Counts a value that is made or copied as a whole.
    pub(super) fn spend_on(&self, value: &Value) -> Option<()> {
        let weight = weight(value, 0);
        if weight.is_none() {
            self.refuse("This is nested too deeply to be read.");
        }
        self.spend(weight.unwrap_or_default())
    }

    /// Why the file can't be read to its end. Nothing has a value from then on.
    pub(super) fn refused(&self) -> Option<&'static str> {
        self.file.refused.get()
    }

    fn refuse(&self, said: &'static str) {
        self.file.refused.set(self.refused().or(Some(said)));
    }
}

/// What a value takes, unless it goes too deep.
fn weight(value: &Value, depth: usize) -> Option<usize> {
    if depth > DEPTH_MAX {
        return None;
    }
    let inside: usize = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => {
            items.iter().map(|item| weight(item, depth + 1)).sum::<Option<usize>>()?
        }
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| Some(name.len() + weight(value, depth + 1)?))
            .sum::<Option<usize>>()?,
        _ => 0,
    };
    Some(VALUE + inside)
}
