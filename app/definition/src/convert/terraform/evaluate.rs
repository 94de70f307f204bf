//! What Terraform's expressions are worth, as far as the code tells by itself. The rest becomes a
//! placeholder: `${var.image}`.

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
use super::scope::Scope;
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
        Some(match expression {
            Expression::Null => Value::Null,
            Expression::Bool(truth) => Value::Bool(*truth),
            Expression::Number(number) => serde_json::to_value(number).ok()?,
            Expression::String(text) => Value::String(text.clone()),
            Expression::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Expression::Object(members) => {
                let mut object = Map::new();
                for (key, value) in members {
                    object.insert(self.key(key), self.value(value));
                }
                Value::Object(object)
            }
            Expression::TemplateExpr(template) => self.template(template),
            Expression::Variable(name) => self.scope.bound(name.as_str())?.clone(),
            Expression::Traversal(traversal) => self.traversal(traversal)?,
            Expression::FuncCall(call) => functions::call(call, self)?,
            Expression::Parenthesis(inner) => self.known(inner)?,
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
        let code = hcl::format::to_string(expression).unwrap_or_else(|_| "…".to_owned());
        let code = code.trim().to_owned();
        self.notes.open(self.path, why(&code));
        Value::String(format!("${{{code}}}"))
    }

    fn template(&mut self, template: &TemplateExpr) -> Value {
        let Ok(template) = Template::from_expr(template) else {
            return Value::String(template.to_string());
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
        Value::String(text)
    }

    fn traversal(&mut self, traversal: &Traversal) -> Option<Value> {
        let Expression::Variable(root) = &traversal.expr else {
            let root = self.known(&traversal.expr)?;
            return self.steps(root, &traversal.operators);
        };
        if let Some(value) = self.scope.bound(root.as_str()) {
            return self.steps(value.clone(), &traversal.operators);
        }
        let (first, rest) = traversal.operators.split_first()?;
        let TraversalOperator::GetAttr(name) = first else { return None };
        let (expression, scope) = self.scope.named(root.as_str(), name.as_str())?;
        let inner =
            Evaluation { scope: &scope, path: self.path, notes: self.notes }.known(expression)?;
        self.steps(inner, rest)
    }

    fn steps(&mut self, mut value: Value, steps: &[TraversalOperator]) -> Option<Value> {
        for step in steps {
            let key = match step {
                TraversalOperator::GetAttr(name) => json!(name.as_str()),
                TraversalOperator::LegacyIndex(place) => json!(place),
                TraversalOperator::Index(expression) => self.known(expression)?,
                _ => return None,
            };
            value = match key {
                Value::String(name) => value.get(name)?.clone(),
                Value::Number(place) => value.get(usize::try_from(place.as_u64()?).ok()?)?.clone(),
                _ => return None,
            };
        }
        Some(value)
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
