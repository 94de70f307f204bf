//! Smithy's RPC v2: documents in CBOR (RFC 8949), as CloudWatch speaks it.
//! Only what that protocol sends is read; times become epoch seconds.

use serde_json::{Map, Number, Value};

use super::time;
use crate::refusal::{Refusal, Reply};

/// Deeper than any member of AWS's models; a bound for hostile nesting.
const DEEPEST: usize = 32;

/// The document of a body.
///
/// # Errors
/// SerializationException when it is no map in CBOR.
pub(crate) fn document(body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let mut reader = Reader { rest: body };
    match reader.value(0) {
        Some(Value::Object(map)) if reader.rest.is_empty() => Ok(Value::Object(map)),
        _ => Err(Refusal::malformed("The request body is not valid CBOR.")),
    }
}

/// Status and body of an answer.
pub(crate) fn answer(reply: &Reply) -> (u16, Vec<u8>) {
    let mut out = Vec::new();
    match reply {
        Ok(answer) => {
            write(&mut out, answer, false);
            (200, out)
        }
        Err(refusal) => {
            write(&mut out, &refusal.body(), false);
            (refusal.status, out)
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

/// The first byte's high three bits, and what its low five say.
struct Head {
    major: u8,
    /// The number that follows; `None` for a length that is not known yet.
    argument: Option<u64>,
    /// The low five bits: they tell a half from a float from a double.
    low: u8,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(usize::try_from(count).ok()?)?;
        self.rest = rest;
        Some(taken)
    }

    fn head(&mut self) -> Option<Head> {
        let first = *self.take(1)?.first()?;
        let low = first & 0x1f;
        let argument = match low {
            0..=23 => Some(u64::from(low)),
            24..=27 => {
                let bytes = self.take(1 << (low - 24))?;
                Some(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
            }
            31 => None,
            _ => return None,
        };
        Some(Head { major: first >> 5, argument, low })
    }

    /// Whether a list or map goes on; a break ends one of unknown length.
    fn goes_on(&mut self, length: Option<u64>, read: u64) -> Option<bool> {
        match length {
            Some(length) => Some(read < length),
            None if self.rest.first()? == &0xff => {
                self.take(1)?;
                Some(false)
            }
            None => Some(true),
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth == DEEPEST {
            return None;
        }
        let head = self.head()?;
        match head.major {
            0 => Some(Value::from(head.argument?)),
            1 => Some(Value::from(-1 - i64::try_from(head.argument?).ok()?)),
            2 | 3 => self.text(&head).map(Value::from),
            4 => {
                let mut list = Vec::new();
                while self.goes_on(head.argument, list.len() as u64)? {
                    list.push(self.value(depth + 1)?);
                }
                Some(Value::Array(list))
            }
            5 => {
                let mut map = Map::new();
                let mut read = 0;
                while self.goes_on(head.argument, read)? {
                    let key = self.head().filter(|head| head.major == 3)?;
                    let key = self.text(&key)?;
                    map.insert(key, self.value(depth + 1)?);
                    read += 1;
                }
                Some(Value::Object(map))
            }
            // A tag: times are the only ones that are sent.
            6 => self.value(depth + 1),
            _ => simple(&head),
        }
    }

    fn text(&mut self, head: &Head) -> Option<String> {
        let Some(length) = head.argument else {
            let mut whole = String::new();
            while self.goes_on(None, 0)? {
                let part = self.head().filter(|part| part.major == head.major)?;
                let length = part.argument?;
                whole.push_str(std::str::from_utf8(self.take(length)?).ok()?);
            }
            return Some(whole);
        };
        Some(std::str::from_utf8(self.take(length)?).ok()?.to_owned())
    }
}

/// Major type 7: booleans, null and floating-point numbers.
fn simple(head: &Head) -> Option<Value> {
    let bits = head.argument?;
    match head.low {
        20 => Some(Value::Bool(false)),
        21 => Some(Value::Bool(true)),
        22 | 23 => Some(Value::Null),
        26 => number(f64::from(f32::from_bits(u32::try_from(bits).ok()?))),
        27 => number(f64::from_bits(bits)),
        _ => None,
    }
}

fn number(value: f64) -> Option<Value> {
    Number::from_f64(value).map(Value::Number)
}

fn write(out: &mut Vec<u8>, value: &Value, is_time: bool) {
    match value {
        Value::Null => out.push(0xf6),
        Value::Bool(flag) => out.push(if *flag { 0xf5 } else { 0xf4 }),
        Value::Number(number) => {
            if is_time {
                out.push(0xc1);
            }
            write_number(out, number);
        }
        Value::String(text) => {
            write_head(out, 3, text.len() as u64);
            out.extend_from_slice(text.as_bytes());
        }
        Value::Array(list) => {
            write_head(out, 4, list.len() as u64);
            list.iter().for_each(|value| write(out, value, is_time));
        }
        Value::Object(map) => {
            write_head(out, 5, map.len() as u64);
            for (name, value) in map {
                write_head(out, 3, name.len() as u64);
                out.extend_from_slice(name.as_bytes());
                write(out, value, time::is(name));
            }
        }
    }
}

fn write_number(out: &mut Vec<u8>, number: &Number) {
    if let Some(whole) = number.as_u64() {
        write_head(out, 0, whole);
    } else if let Some(below) = number.as_i64() {
        write_head(out, 1, below.unsigned_abs() - 1);
    } else {
        out.push(0xfb);
        out.extend_from_slice(&number.as_f64().unwrap_or_default().to_be_bytes());
    }
}

fn write_head(out: &mut Vec<u8>, major: u8, argument: u64) {
    let major = major << 5;
    let bytes = argument.to_be_bytes();
    match argument {
        0..=23 => out.push(major | bytes[7]),
        24..=0xff => out.extend_from_slice(&[major | 24, bytes[7]]),
        0x100..=0xffff => {
            out.push(major | 25);
            out.extend_from_slice(&bytes[6..]);
        }
        0x1_0000..=0xffff_ffff => {
            out.push(major | 26);
            out.extend_from_slice(&bytes[4..]);
        }
        _ => {
            out.push(major | 27);
            out.extend_from_slice(&bytes);
        }
    }
}
