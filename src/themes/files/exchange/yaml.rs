//! The subset of YAML that dictionaries need: text, lists of text, and keys.
//!
//! Plain values stay text as written, so `no` and `1.0` are words. We reject aliases: dictionaries don't need them, a
//! few of them can expand to endless text, and somebody who writes `*tion` without quotation marks doesn't mean an
//! alias.
//!
//! The `saphyr` crate's nodes would give us line numbers too, but its loader resolves aliases and nests without a
//! limit: 200,000 times `- ` overflowed the stack (saphyr 0.3.4). Both must be rejected while reading events, which is
//! what this reader does.

use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};

use crate::error::{Error, Result};

/// The maximum nesting depth of keys and lists.
const DEEPEST: usize = 32;

/// A value in a document, with the line where it starts, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) value: Value,
}

/// The content of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Empty, as in `key:` or `~`.
    Nothing,
    /// Text, as written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in file order. Each key is unique.
    Keys(Vec<(String, Node)>),
}

/// Reads a document. Errors are a single line that starts with the line number.
pub(super) fn read(text: &str) -> Result<Node> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        line: 1,
    };
    loop {
        match reader.next()? {
            Event::DocumentStart(_) => break,
            Event::StreamEnd => return Err(wrong(1, "the file is empty")),
            _ => {}
        }
    }
    let first = reader.next()?;
    let node = reader.node(first, 0)?;
    loop {
        match reader.next()? {
            Event::StreamEnd => return Ok(node),
            Event::DocumentStart(_) => {
                return Err(wrong(
                    reader.line,
                    "a second document starts here; a file can hold only one",
                ));
            }
            _ => {}
        }
    }
}

struct Reader<'text> {
    parser: Parser<'text, StrInput<'text>>,
    /// The line where the last event started.
    line: usize,
}

impl<'text> Reader<'text> {
    fn next(&mut self) -> Result<Event<'text>> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                self.line = span.start.line();
                Ok(event)
            }
            Some(Err(error)) => Err(wrong(error.marker().line(), &in_one_line(error.info()))),
            None => Ok(Event::StreamEnd),
        }
    }

    /// Reads the value that starts with an event.
    fn node(&mut self, event: Event<'text>, depth: usize) -> Result<Node> {
        let line = self.line;
        if depth > DEEPEST {
            return Err(wrong(
                line,
                &format!("it is nested more than {DEEPEST} levels deep"),
            ));
        }
        let value = match event {
            Event::Scalar(text, style, ..) => scalar(text.into_owned(), style, line)?,
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => break Value::List(list),
                        event => list.push(self.node(event, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => self.keys(depth)?,
            Event::Alias(_) => {
                return Err(wrong(
                    line,
                    "a value that starts with * needs quotation marks; aliases are not supported",
                ));
            }
            _ => return Err(wrong(line, "a value is missing")),
        };
        Ok(Node { line, value })
    }

    fn keys(&mut self, depth: usize) -> Result<Value> {
        let mut keys: Vec<(String, Node)> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        loop {
            let event = self.next()?;
            let line = self.line;
            let key = match event {
                Event::MappingEnd => return Ok(Value::Keys(keys)),
                Event::Scalar(key, style, ..) => match scalar(key.into_owned(), style, line)? {
                    Value::Text(key) => key,
                    _ => return Err(wrong(line, "a key is empty")),
                },
                Event::Alias(_) => {
                    return Err(wrong(
                        line,
                        "a key that starts with * needs quotation marks",
                    ));
                }
                _ => return Err(wrong(line, "a key must be text, not a list or other keys")),
            };
            if !known.insert(key.clone()) {
                let key = crate::files::shown(&key);
                return Err(wrong(line, &format!("the key “{key}” appears twice")));
            }
            let event = self.next()?;
            let value = self.node(event, depth + 1)?;
            keys.push((key, value));
        }
    }
}

/// Text, or `Nothing` if it's empty.
fn scalar(text: String, style: ScalarStyle, line: usize) -> Result<Value> {
    if text.contains('\0') {
        return Err(wrong(
            line,
            "it contains the character U+0000, which is not text",
        ));
    }
    let is_nothing =
        style == ScalarStyle::Plain && matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL");
    Ok(if is_nothing || text.trim().is_empty() {
        Value::Nothing
    } else {
        Value::Text(text)
    })
}

fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn wrong(line: usize, reason: &str) -> Error {
    Error::Invalid(format!("line {}: {reason}", line.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        read(text).unwrap_err().to_string()
    }

    #[test]
    fn plain_values_stay_text() {
        let node = read("a: [no, 1.0, 'x y', ~]\nb:\n").unwrap();
        let text = |text: &str| Value::Text(text.to_owned());
        let Value::Keys(keys) = node.value else {
            panic!("{node:?}")
        };
        let Value::List(list) = &keys[0].1.value else {
            panic!("{keys:?}")
        };
        let values: Vec<_> = list.iter().map(|node| node.value.clone()).collect();
        assert_eq!(
            values,
            [text("no"), text("1.0"), text("x y"), Value::Nothing]
        );
        assert_eq!(
            (keys[1].0.as_str(), &keys[1].1.value),
            ("b", &Value::Nothing)
        );
    }

    #[test]
    fn faults_are_one_line_with_the_line_number() {
        for (text, line, words) in [
            ("", 1, "the file is empty"),
            ("a: b\na: c\n", 2, "appears twice"),
            ("a:\n  - *ing\n", 2, ""),
            ("a: &x [b]\nc: *x\n", 2, "quotation marks"),
            ("a: b\n---\nc: d\n", 2, "second document"),
            ("? [a]\n: b\n", 1, "a key must be text"),
            ("a: [b\n", 1, ""),
            ("a: \"b\\0c\"\n", 1, "U+0000"),
        ] {
            let found = fault(text);
            assert!(found.starts_with("line "), "{text:?}: {found}");
            assert!(
                found.contains(words) && !found.contains('\n'),
                "{text:?}: {found}"
            );
            if !words.is_empty() {
                assert!(
                    found.starts_with(&format!("line {line}:")),
                    "{text:?}: {found}"
                );
            }
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = |depth| format!("a: {}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(&deep(31)).is_ok());
        assert!(fault(&deep(40)).contains("nested more than 32 levels deep"));
        assert!(fault(&deep(10_000)).starts_with("line 1: "));
        let lists = format!("a:\n{}", "- ".repeat(200_000));
        assert!(fault(&lists).starts_with("line 2: it is nested more than 32 levels deep"));
    }
}
