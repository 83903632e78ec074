//! Who sees a question: in plain words for a page without JavaScript, and as the rule for the script.

use serde::Serialize;

use super::AnswerForm;
use super::labels::Label;
use crate::localized::Wording;
use crate::surveys::{Item, Rule, Test};

/// Who sees a question.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Condition {
    /// In the district's words.
    said: Option<Wording>,
    /// In generated words.
    clauses: Vec<Clause>,
    /// Whether any one of the clauses is enough.
    is_any: bool,
    /// The rule as JSON.
    rule: String,
}

/// A part of the generated sentence: a Fluent message ID and its arguments.
#[derive(Clone, Debug, Serialize)]
struct Clause {
    key: &'static str,
    /// The number of the question it refers to.
    number: usize,
    /// The row of that question. Empty if it has none.
    row: String,
    /// The choice, in the district's words.
    choice: String,
    /// The choice as a Fluent message ID, if it's one of Chorus's own.
    ours: Option<&'static str>,
    /// The lowest number that matches.
    least: i64,
}

impl AnswerForm<'_> {
    pub(super) fn condition(&self, item: &Item) -> Option<Condition> {
        let rule = item.show_if.as_ref()?;
        let said = self.said(&item.when);
        let plain = rule.plain().filter(|_| said.is_none());
        let clauses = plain
            .iter()
            .flat_map(|plain| &plain.tests)
            .filter_map(|test| self.clause(test));
        Some(Condition {
            clauses: clauses.collect(),
            is_any: plain.as_ref().is_some_and(|plain| plain.is_any),
            said,
            // Text, numbers and lists always serialize to JSON.
            rule: serde_json::to_string(rule).unwrap_or_default(),
        })
    }

    fn clause(&self, test: &Test<'_>) -> Option<Clause> {
        let field = test.rule.field()?;
        let (key, part) = field
            .split_once('.')
            .map_or((field, None), |(key, part)| (key, Some(part)));
        let mut questions = (1..).zip(self.document.questions());
        let (number, asked) = questions.find(|(_, item)| item.key == key)?;
        let mut parts = asked.rows.iter().chain(&asked.choices);
        let row = parts
            .find(|one| part == Some(&one.key))
            .map(|one| one.label.get(self.language).0);
        let (choice, ours) = match test.rule {
            Rule::Equals { value, .. } | Rule::Includes { value, .. } => {
                match self.label(asked, value) {
                    Label::Words(words) => (words.text, None),
                    Label::Ours(key) => (String::new(), Some(key)),
                }
            }
            _ => (String::new(), None),
        };
        let least = match test.rule {
            Rule::AtLeast { number, .. } => *number,
            _ => 0,
        };
        let key = match (test.rule, test.is_not) {
            (Rule::Answered { .. }, false) => "if-answered",
            (Rule::Answered { .. }, true) => "if-not-answered",
            (Rule::AtLeast { .. }, false) => "if-at-least",
            (Rule::AtLeast { .. }, true) => "if-not-at-least",
            (_, false) => "if-chose",
            (_, true) => "if-not-chose",
        };
        Some(Clause {
            key,
            number,
            row: row.unwrap_or_default().to_owned(),
            choice,
            ours,
            least,
        })
    }
}
