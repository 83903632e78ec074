//! Rules that decide who sees a question, based on earlier answers. `assets/answer/2-rules.js` evaluates the same rules the
//! same way.

use serde::{Deserialize, Deserializer, Serialize};

use super::item::Item;
use super::kind::ItemKind;

/// A rule on earlier answers. In a document: `{ item = "bus", equals = "yes" }`, or `{ and = [ …, { not = … } ] }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenRule", into = "WrittenRule")]
pub enum Rule {
    /// The answer to a field is this and nothing else.
    Equals {
        /// The field's name.
        field: String,
        /// A choice's key, or a number.
        value: String,
    },
    /// The answer includes this choice.
    Includes {
        /// The field's name.
        field: String,
        /// A choice's key.
        value: String,
    },
    /// The field has any answer.
    Answered {
        /// The field's name.
        field: String,
    },
    /// The answer is this number or higher.
    AtLeast {
        /// The field's name.
        field: String,
        /// The lowest number that matches.
        number: i64,
    },
    /// All of these hold.
    And(Vec<Rule>),
    /// Any of these holds.
    Or(Vec<Rule>),
    /// This doesn't hold.
    Not(Box<Rule>),
}

/// The answer to a field, as a form would post it. Empty if it wasn't answered or wasn't shown. The name of a matrix or
/// points stands for all its fields; the name of a ranking stands for its choices in order.
pub type Said<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// A rule as a document writes it: one test of an item, or one way to combine rules.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "key_or_number"
    )]
    equals: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "key_or_number"
    )]
    includes: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answered: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_least: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    and: Option<Vec<Rule>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    or: Option<Vec<Rule>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not: Option<Box<Rule>>,
}

/// A scale's point can be written as a number. Everything else is a key.
fn key_or_number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Value {
        Number(i64),
        Key(String),
    }
    Ok(Some(match Value::deserialize(from)? {
        Value::Number(number) => number.to_string(),
        Value::Key(key) => key,
    }))
}

impl TryFrom<WrittenRule> for Rule {
    type Error = &'static str;

    fn try_from(written: WrittenRule) -> Result<Self, Self::Error> {
        const NEITHER: &str = "a rule needs an item with equals, includes, answered, or at_least, or else one of and, or, and not";
        let joins = [
            written.and.map(Self::And),
            written.or.map(Self::Or),
            written.not.map(Self::Not),
        ];
        let mut rules: Vec<Self> = joins.into_iter().flatten().collect();
        if let Some(field) = written.item {
            let of = || field.clone();
            let tests = [
                written
                    .equals
                    .map(|value| Self::Equals { field: of(), value }),
                written
                    .includes
                    .map(|value| Self::Includes { field: of(), value }),
                written.answered.map(|answered| {
                    let rule = Self::Answered { field: of() };
                    if answered {
                        rule
                    } else {
                        Self::Not(Box::new(rule))
                    }
                }),
                written.at_least.map(|number| Self::AtLeast {
                    field: of(),
                    number,
                }),
            ];
            let tests: Vec<Self> = tests.into_iter().flatten().collect();
            if tests.is_empty() {
                return Err(NEITHER);
            }
            rules.extend(tests);
        } else if written.equals.is_some()
            || written.includes.is_some()
            || written.answered.is_some()
            || written.at_least.is_some()
        {
            return Err(NEITHER);
        }
        match (rules.pop(), rules.is_empty()) {
            (Some(rule), true) => Ok(rule),
            _ => Err(NEITHER),
        }
    }
}

impl From<Rule> for WrittenRule {
    fn from(rule: Rule) -> Self {
        let mut written = Self::default();
        match rule {
            Rule::Equals { field, value } => {
                (written.item, written.equals) = (Some(field), Some(value));
            }
            Rule::Includes { field, value } => {
                (written.item, written.includes) = (Some(field), Some(value));
            }
            Rule::Answered { field } => {
                (written.item, written.answered) = (Some(field), Some(true));
            }
            Rule::AtLeast { field, number } => {
                (written.item, written.at_least) = (Some(field), Some(number));
            }
            Rule::And(rules) => written.and = Some(rules),
            Rule::Or(rules) => written.or = Some(rules),
            Rule::Not(rule) => written.not = Some(rule),
        }
        written
    }
}

impl Rule {
    /// Whether the rule holds for these answers. An empty "all" holds, and an empty "any" doesn't.
    pub fn holds(&self, said: Said<'_>) -> bool {
        match self {
            Self::Equals { field, value } => said(field) == [value.as_str()],
            Self::Includes { field, value } => said(field).contains(value),
            Self::Answered { field } => !said(field).is_empty(),
            Self::AtLeast { field, number } => match said(field).as_slice() {
                [one] => one.parse().is_ok_and(|said: i64| said >= *number),
                _ => false,
            },
            Self::And(rules) => rules.iter().all(|rule| rule.holds(said)),
            Self::Or(rules) => rules.iter().any(|rule| rule.holds(said)),
            Self::Not(rule) => !rule.holds(said),
        }
    }

    /// Every test in the rule, at any depth.
    pub fn tests(&self) -> Vec<&Self> {
        match self {
            Self::And(rules) | Self::Or(rules) => rules.iter().flat_map(Self::tests).collect(),
            Self::Not(rule) => rule.tests(),
            _ => vec![self],
        }
    }

    /// The name of the field that a test checks. `None` for a rule that combines rules.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Equals { field, .. }
            | Self::Includes { field, .. }
            | Self::Answered { field }
            | Self::AtLeast { field, .. } => Some(field),
            Self::And(_) | Self::Or(_) | Self::Not(_) => None,
        }
    }

    /// How deep rules are nested.
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::And(rules) | Self::Or(rules) => {
                1 + rules.iter().map(Self::depth).max().unwrap_or(0)
            }
            Self::Not(rule) => 1 + rule.depth(),
            _ => 1,
        }
    }

    /// Whether any "and" or "or" in it is empty.
    pub(super) fn is_hollow(&self) -> bool {
        match self {
            Self::And(rules) | Self::Or(rules) => {
                rules.is_empty() || rules.iter().any(Self::is_hollow)
            }
            Self::Not(rule) => rule.is_hollow(),
            _ => false,
        }
    }

    /// The rule if a sentence can express it: one test, or a list of tests joined by "and" or "or". `None` for anything
    /// more complex.
    pub fn plain(&self) -> Option<Plain<'_>> {
        let (is_any, rules) = match self {
            Self::And(rules) => (false, rules.as_slice()),
            Self::Or(rules) => (true, rules.as_slice()),
            one => (false, std::slice::from_ref(one)),
        };
        let tests = rules.iter().map(Test::of).collect::<Option<_>>()?;
        Some(Plain { is_any, tests })
    }
}

/// A rule that a sentence can express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain<'a> {
    /// Whether any one of the tests is enough. Otherwise all must hold.
    pub is_any: bool,
    /// The tests.
    pub tests: Vec<Test<'a>>,
}

/// One test of a plain rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test<'a> {
    /// The test itself. Never a rule that combines rules.
    pub rule: &'a Rule,
    /// Whether the test is negated.
    pub is_not: bool,
}

impl<'a> Test<'a> {
    fn of(rule: &'a Rule) -> Option<Self> {
        let (rule, is_not) = match rule {
            Rule::Not(inner) => (&**inner, true),
            rule => (rule, false),
        };
        rule.field().map(|_| Self { rule, is_not })
    }
}

/// Walks through a document from top to bottom and decides which items a person sees.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    /// Whether the person sees the current section.
    in_section: bool,
}

impl Walk {
    /// Starts at the top of a document.
    pub fn start() -> Self {
        Self { in_section: true }
    }

    /// Whether a person with these answers so far sees the next item. Rules only look at earlier answers, so leave
    /// answers to hidden questions out of `said`.
    pub fn meets(&mut self, item: &Item, said: Said<'_>) -> bool {
        let own = item.show_if.as_ref().is_none_or(|rule| rule.holds(said));
        if item.kind == ItemKind::Section {
            self.in_section = own;
        }
        own && self.in_section
    }
}

#[cfg(test)]
mod tests;
