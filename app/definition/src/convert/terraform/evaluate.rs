//! What Terraform's expressions are worth, as far as the code tells by itself. The rest becomes a
//! placeholder: `${var.image}`.

use std::rc::Rc;

use hcl::Expression;
use hcl::expr::{
    BinaryOperator, Conditional, ForExpr, ObjectKey, Operation, TemplateExpr, Traversal,
    TraversalOperator, UnaryOperator,
};
use hcl::structure::{Body, Structure};
use hcl::template::{Element, Template};
use serde_json::{Map, Value, json};

use super::functions;
use super::resource::OWN;
use super::scope::{Scope, Worth};
use crate::convert::fit::below;
use crate::convert::started::Notes;

/// A block's attributes, and its blocks as lists of objects.
pub(super) fn body(
    body: &Body,
    scope: &Scope,
    path: &str,
    notes: &mut Notes,
) -> Map<String, Value> {
    let mut values = Map::new();
    for structure in body.iter() {
        match structure {
            Structure::Attribute(own) if is_own(path, own.key()) => {
                if matches!(own.key(), "count" | "for_each") {
                    notes.left_out(own.key(), "Terraform makes several of it. This is one.");
                }
            }
            Structure::Block(own) if is_own(path, own.identifier()) => {}
            Structure::Attribute(attribute) => {
                let path = below(path, attribute.key());
                let value = Evaluation { scope, path: &path, notes }.value(attribute.expr());
                values.insert(attribute.key().to_owned(), value);
            }
            Structure::Block(block) if block.identifier() == "dynamic" => {
                let name = block.labels().first().map_or("dynamic", |label| label.as_str());
                notes.left_out(
                    below(path, name),
                    format!("Its {name} blocks are made in a loop. Add what you need of them."),
                );
            }
            Structure::Block(block) => {
                let path = below(path, block.identifier());
                let inner = Value::Object(self::body(block.body(), scope, &path, notes));
                let list = values.entry(block.identifier()).or_insert_with(|| json!([]));
                if let Value::Array(items) = list {
                    items.push(inner);
                }
            }
        }
    }
    values
}

/// Whether an argument of the resource is Terraform's own business.
fn is_own(path: &str, name: &str) -> bool {
    path.is_empty() && OWN.contains(&name)
}

/// Why an expression is worth nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// What it asks for is not there, so that Terraform fails in it.
    Missing,
    /// Only Terraform knows.
    Unknown,
}

/// The evaluation of one attribute.
pub(super) struct Evaluation<'s, 'a, 'n> {
    pub(super) scope: &'s Scope<'a>,
    pub(super) path: &'s str,
    pub(super) notes: &'n mut Notes,
}

impl Evaluation<'_, '_, '_> {
    /// What an expression is worth, or a placeholder.
    pub(super) fn value(&mut self, expression: &Expression) -> Value {
        self.known(expression).unwrap_or_else(|| self.placeholder(expression))
    }

    /// What an expression is worth, if that is known; containers of values are always known, with
    /// placeholders inside.
    pub(super) fn known(&mut self, expression: &Expression) -> Option<Value> {
        self.tried(expression).ok()
    }

    /// What an expression is worth, or what keeps it from being worth anything.
    pub(super) fn tried(&mut self, expression: &Expression) -> Result<Value, Lack> {
        self.scope.enter().ok_or(Lack::Unknown)?;
        let found = match expression {
            Expression::Traversal(traversal) => self.traversal(traversal),
            Expression::Parenthesis(inner) => self.tried(inner),
            other => self.worked_out(other).ok_or(Lack::Unknown),
        };
        self.scope.leave();
        found
    }

    fn worked_out(&mut self, expression: &Expression) -> Option<Value> {
        Some(match expression {
            Expression::Null => Value::Null,
            Expression::Bool(truth) => Value::Bool(*truth),
            Expression::Number(number) => serde_json::to_value(number).ok()?,
            Expression::String(text) => {
                self.scope.spend(text.len())?;
                Value::String(text.clone())
            }
            Expression::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Expression::Object(members) => {
                let mut object = Map::new();
                for (key, value) in members {
                    let key = self.key(key);
                    self.scope.spend(key.len())?;
                    object.insert(key, self.value(value));
                }
                Value::Object(object)
            }
            Expression::TemplateExpr(template) => self.template(template)?,
            Expression::Variable(name) => {
                let value = self.scope.bound(name.as_str())?;
                self.copied(&value).ok()?
            }
            Expression::FuncCall(call) => {
                let value = functions::call(call, self)?;
                self.scope.spend_on(&value)?;
                value
            }
            Expression::Conditional(conditional) => self.conditional(conditional)?,
            Expression::Operation(operation) => self.operation(operation)?,
            Expression::ForExpr(each) => self.each(each)?,
            _ => return None,
        })
    }

    fn key(&mut self, key: &ObjectKey) -> String {
        match key {
            ObjectKey::Identifier(name) => name.to_string(),
            ObjectKey::Expression(Expression::String(text)) => text.clone(),
            ObjectKey::Expression(expression) => text_of(&self.value(expression)),
            _ => String::new(),
        }
    }

    fn placeholder(&mut self, expression: &Expression) -> Value {
        if self.scope.refused().is_some() {
            return Value::Null;
        }
        let code = hcl::format::to_string(expression).unwrap_or_else(|_| "…".to_owned());
        let code = code.trim().to_owned();
        if self.scope.spend(code.len()).is_none() {
            return Value::Null;
        }
        self.notes.open(self.path, why(&code));
        Value::String(format!("${{{code}}}"))
    }

    fn template(&mut self, template: &TemplateExpr) -> Option<Value> {
        let Ok(template) = Template::from_expr(template) else {
            return Some(Value::String(template.to_string()));
        };
        let mut text = String::new();
        for element in template.elements() {
            match element {
                Element::Literal(literal) => text.push_str(literal),
                Element::Interpolation(inner) => text.push_str(&text_of(&self.value(&inner.expr))),
                Element::Directive(_) => {
                    self.notes.open(
                        self.path,
                        "A part of this text is made by %{ } directives. Write it out.",
                    );
                    text.push_str("%{…}");
                }
            }
        }
        self.scope.spend(text.len())?;
        Some(Value::String(text))
    }

    fn traversal(&mut self, traversal: &Traversal) -> Result<Value, Lack> {
        let Expression::Variable(root) = &traversal.expr else {
            let root = self.tried(&traversal.expr)?;
            return self.steps(&root, &traversal.operators);
        };
        if let Some(value) = self.scope.bound(root.as_str()) {
            return self.steps(&value, &traversal.operators);
        }
        let Some((TraversalOperator::GetAttr(name), rest)) = traversal.operators.split_first()
        else {
            return Err(Lack::Unknown);
        };
        let worth = self.worth(root.as_str(), name.as_str()).ok_or(Lack::Unknown)?;
        for said in &worth.open {
            self.scope.spend(said.len()).ok_or(Lack::Unknown)?;
            self.notes.open(self.path, said);
        }
        self.steps(worth.value.as_ref().ok_or(Lack::Unknown)?, rest)
    }

    /// What a name of the file is worth.
    fn worth(&mut self, root: &str, name: &str) -> Option<Rc<Worth>> {
        let named = self.scope.named(root, name)?;
        if let Some(worth) = named.worth.borrow().clone() {
            return Some(worth);
        }
        // A name that leads to itself finds that it is worth nothing yet.
        named.worth.replace(Some(Rc::default()));
        let mut notes = Notes::default();
        let value = Evaluation { scope: &self.scope.bare(), path: self.path, notes: &mut notes }
            .known(named.expression);
        let open = notes.sorted().into_iter().map(|note| note.said).collect();
        let worth = Rc::new(Worth { value, open });
        named.worth.replace(Some(worth.clone()));
        Some(worth)
    }

    fn steps(&mut self, value: &Value, steps: &[TraversalOperator]) -> Result<Value, Lack> {
        let mut value = value;
        for step in steps {
            let key = match step {
                TraversalOperator::GetAttr(name) => json!(name.as_str()),
                TraversalOperator::LegacyIndex(place) => json!(place),
                TraversalOperator::Index(expression) => {
                    self.known(expression).ok_or(Lack::Unknown)?
                }
                _ => return Err(Lack::Unknown),
            };
            value = at(value, &key)?;
        }
        self.copied(value)
    }

    fn copied(&self, value: &Value) -> Result<Value, Lack> {
        self.scope.spend_on(value).ok_or(Lack::Unknown)?;
        Ok(value.clone())
    }

    fn conditional(&mut self, conditional: &Conditional) -> Option<Value> {
        match self.known(&conditional.cond_expr)?.as_bool()? {
            true => Some(self.value(&conditional.true_expr)),
            false => Some(self.value(&conditional.false_expr)),
        }
    }

    fn operation(&mut self, operation: &Operation) -> Option<Value> {
        let binary = match operation {
            Operation::Unary(unary) => {
                let value = self.known(&unary.expr)?;
                return match unary.operator {
                    UnaryOperator::Not => Some(json!(!value.as_bool()?)),
                    UnaryOperator::Neg => value.as_f64().map(|number| json!(-number)),
                };
            }
            Operation::Binary(binary) => binary,
        };
        let (left, right) = (self.known(&binary.lhs_expr)?, self.known(&binary.rhs_expr)?);
        let numbers = || Some((left.as_f64()?, right.as_f64()?));
        let truths = || Some((left.as_bool()?, right.as_bool()?));
        let value = match binary.operator {
            BinaryOperator::Eq => json!(left == right),
            BinaryOperator::NotEq => json!(left != right),
            BinaryOperator::And => truths().map(|(a, b)| json!(a && b))?,
            BinaryOperator::Or => truths().map(|(a, b)| json!(a || b))?,
            BinaryOperator::Plus => numbers().map(|(a, b)| json!(a + b))?,
            BinaryOperator::Minus => numbers().map(|(a, b)| json!(a - b))?,
            BinaryOperator::Mul => numbers().map(|(a, b)| json!(a * b))?,
            BinaryOperator::Div => {
                numbers().filter(|(_, b)| *b != 0.0).map(|(a, b)| json!(a / b))?
            }
            BinaryOperator::Less => numbers().map(|(a, b)| json!(a < b))?,
            BinaryOperator::Greater => numbers().map(|(a, b)| json!(a > b))?,
            BinaryOperator::LessEq => numbers().map(|(a, b)| json!(a <= b))?,
            BinaryOperator::GreaterEq => numbers().map(|(a, b)| json!(a >= b))?,
            _ => return None,
        };
        Some(value)
    }

    fn each(&mut self, each: &ForExpr) -> Option<Value> {
        let pairs: Vec<(Value, Value)> = match self.known(&each.collection_expr)? {
            Value::Array(items) => {
                items.into_iter().enumerate().map(|(at, item)| (json!(at), item)).collect()
            }
            // Terraform walks through an object in the order of its keys.
            Value::Object(members) => {
                let mut members: Vec<_> = members.into_iter().collect();
                members.sort_by(|a, b| a.0.cmp(&b.0));
                members.into_iter().map(|(key, value)| (Value::String(key), value)).collect()
            }
            _ => return None,
        };
        let (mut list, mut object) = (Vec::new(), Map::new());
        for (key, value) in pairs {
            self.scope.refused().is_none().then_some(())?;
            let mut scope = self.scope.with(each.value_var.as_str(), value);
            if let Some(name) = &each.key_var {
                scope = scope.with(name.as_str(), key);
            }
            let mut inner = Evaluation { scope: &scope, path: self.path, notes: self.notes };
            if let Some(condition) = &each.cond_expr
                && !inner.known(condition)?.as_bool()?
            {
                continue;
            }
            let value = inner.value(&each.value_expr);
            match &each.key_expr {
                Some(key) => {
                    object.insert(text_of(&inner.value(key)), value);
                }
                None => list.push(value),
            }
        }
        Some(if each.key_expr.is_some() { Value::Object(object) } else { Value::Array(list) })
    }
}

/// What stands at a key of a value.
pub(super) fn at<'v>(value: &'v Value, key: &Value) -> Result<&'v Value, Lack> {
    let found = match (key, value) {
        (Value::String(name), Value::Object(members)) => members.get(name),
        (Value::Number(place), Value::Array(items)) => {
            place.as_u64().and_then(|place| items.get(usize::try_from(place).ok()?))
        }
        (_, Value::Null) => None,
        // A placeholder may have such a member when Terraform runs.
        _ => return Err(Lack::Unknown),
    };
    let is_open = key.as_str().is_some_and(|name| name.contains("${"));
    found.ok_or(if is_open { Lack::Unknown } else { Lack::Missing })
}

/// Why a piece of code has no value here.
fn why(code: &str) -> String {
    if let Some(name) = code.strip_prefix("var.") {
        return format!("The variable {name} has no default in this text. Write its value.");
    }
    if code.starts_with("file(") || code.starts_with("templatefile(") {
        return format!("{code} reads another file. Paste what is in it, or write the value.");
    }
    format!("{code} is known only when Terraform runs. Write its value.")
}

/// A value inside a text.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 => format!("{float:.0}"),
            _ => number.to_string(),
        },
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
