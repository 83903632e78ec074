//! The plan's texts as a sheet for translators: names of stages, statements, priorities with their reasons, and goals with
//! their measures. People who read the published plan see all of them, so a language is only complete if it has all of
//! them.

use std::collections::BTreeMap;

use super::model::{Goal, Stage, Statement, StatementKind};
use crate::localized::LocalizedText;
use crate::priorities::Priority;
use crate::sheet::translation::{Row, Translated};

/// The parts of a plan that have text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanTexts {
    /// The stages, in order.
    pub stages: Vec<Stage>,
    /// The statements, by kind and position.
    pub statements: Vec<Statement>,
    /// The priorities that goals come from, in order.
    pub priorities: Vec<Priority>,
    /// The goals, in order.
    pub goals: Vec<Goal>,
}

impl PlanTexts {
    /// Every text with its name on the sheet, such as `stage 1` or `on-time: measure`. Statements have no key of
    /// their own, so they are numbered as the plan lists them.
    pub fn wordings(&self) -> impl Iterator<Item = (String, &LocalizedText)> {
        let stages = self.stages.iter();
        let stages = stages.map(|stage| (format!("stage {}", stage.stage), &stage.title.0));
        let mut numbers: BTreeMap<StatementKind, usize> = BTreeMap::new();
        let statements = self.statements.iter().map(move |statement| {
            let number = numbers.entry(statement.kind).or_default();
            *number += 1;
            (format!("{} {number}", statement.kind), &statement.text.0)
        });
        let priorities = self.priorities.iter().flat_map(|priority| {
            [
                (format!("{}: priority", priority.key), &priority.title.0),
                (format!("{}: reason", priority.key), &priority.why.0),
            ]
        });
        let goals = self.goals.iter().flat_map(|goal| {
            [
                (format!("{}: title", goal.key), &goal.title.0),
                (format!("{}: measure", goal.key), &goal.measure.0),
            ]
        });
        let all = stages.chain(statements).chain(priorities).chain(goals);
        all.filter(|(_, text)| !text.is_empty())
    }

    /// The texts in the order of [`PlanTexts::wordings`].
    fn wordings_mut(&mut self) -> impl Iterator<Item = &mut LocalizedText> {
        let stages = self.stages.iter_mut().map(|stage| &mut stage.title.0);
        let statements = self.statements.iter_mut();
        let statements = statements.map(|statement| &mut statement.text.0);
        let priorities = self.priorities.iter_mut();
        let priorities =
            priorities.flat_map(|priority| [&mut priority.title.0, &mut priority.why.0]);
        let goals = self.goals.iter_mut();
        let goals = goals.flat_map(|goal| [&mut goal.title.0, &mut goal.measure.0]);
        let all = stages.chain(statements).chain(priorities).chain(goals);
        all.filter(|text| !text.is_empty())
    }

    /// The names of the texts that are missing in a language.
    pub fn missing(&self, language: &str) -> Vec<String> {
        let lacking = self
            .wordings()
            .filter(|(_, text)| text.said(language).is_none());
        lacking.map(|(name, _)| name).collect()
    }

    /// The rows of the sheet.
    pub fn rows(&self, source: &str, language: &str) -> Vec<Row> {
        let row = |(key, text): (String, &LocalizedText)| Row {
            key,
            source: text.said(source).unwrap_or_default().to_owned(),
            translation: text.said(language).unwrap_or_default().to_owned(),
            stale: false,
            remembers: false,
        };
        self.wordings().map(row).collect()
    }

    /// Sets the translations of a sheet that came back.
    pub fn translate(&mut self, language: &str, read: Vec<Translated>) {
        let names: Vec<String> = self.wordings().map(|(name, _)| name).collect();
        let mut read: BTreeMap<String, String> = read
            .into_iter()
            .map(|row| (row.key, row.translation))
            .collect();
        for (name, text) in names.iter().zip(self.wordings_mut()) {
            let before = text.0.get(language).map(|words| words.trim());
            if let Some(translation) = read.remove(name).filter(|it| before != Some(it.as_str())) {
                text.0.insert(language.to_owned(), translation);
            }
        }
    }
}
