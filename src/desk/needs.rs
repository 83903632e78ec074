//! What planners need to do next: at most seven lines, one task each, most urgent first.

use serde::Serialize;

use super::waiting::Waiting;
use crate::localized::Wording;

/// The maximum number of lines on the first page.
const LINES: usize = 7;

/// A task. The page has the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Act {
    /// Read comments that may be about someone's safety.
    ReadForSafety,
    /// Publish the changes to an open survey.
    PublishChanges,
    /// Add text that a draft is missing.
    AddTexts,
    /// Publish a complete draft.
    PublishDraft,
    /// Create the first survey.
    Ask,
    /// Start the codebook.
    StartCodebook,
    /// Find themes for comments without one.
    FindThemes,
    /// Make the first priority.
    MakePriority,
    /// Decide priorities.
    Decide,
    /// Write the outcomes of themes.
    WriteOutcomes,
    /// Draft the first goal.
    DraftGoal,
    /// Publish for the first time.
    Publish,
}

/// A task on the first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Need {
    pub(super) act: Act,
    /// How many items; 1 if the task is about a single thing.
    pub(super) n: u64,
    /// The survey, if the task is about one.
    pub(super) survey: Option<Wording>,
    pub(super) href: String,
}

/// A survey that isn't closed, with what may need attention.
pub(super) struct Unfinished<'a> {
    pub(super) slug: &'a str,
    pub(super) title: &'a Wording,
    pub(super) open: bool,
    /// Whether it has unpublished changes.
    pub(super) changed: bool,
    /// The number of missing texts.
    pub(super) missing: usize,
}

/// The tasks for the planners of a round.
pub(super) fn needs(waiting: &Waiting, surveys: &[Unfinished<'_>]) -> Vec<Need> {
    let base = &waiting.base;
    let line = |act, n: u64, path: String| Need {
        act,
        n,
        survey: None,
        href: path,
    };
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let mut needs = Vec::new();
    let mut add = |is_due: bool, need: Need| needs.extend(is_due.then_some(need));
    let n = waiting.may_need_help;
    add(
        n > 0,
        line(
            Act::ReadForSafety,
            n,
            format!("{base}/comments?state=may-need-help"),
        ),
    );
    for survey in surveys {
        let of = |act, n, page: &str| Need {
            survey: Some(survey.title.clone()),
            ..line(act, n, format!("/desk/surveys/{}{page}", survey.slug))
        };
        let missing = count(survey.missing);
        add(
            survey.open && survey.changed,
            of(Act::PublishChanges, 1, "/publish"),
        );
        add(!survey.open && missing > 0, of(Act::AddTexts, missing, ""));
        add(
            !survey.open && missing == 0,
            of(Act::PublishDraft, 1, "/publish"),
        );
    }
    let asked = waiting.voices > 0 || !surveys.is_empty();
    add(!asked, line(Act::Ask, 1, "/desk/surveys".to_owned()));
    let coded = waiting.codebook.is_some();
    add(
        !coded,
        line(
            Act::StartCodebook,
            waiting.comments,
            format!("{base}/codebook"),
        ),
    );
    let n = waiting.uncovered;
    add(
        n > 0,
        line(Act::FindThemes, n, format!("{base}/comments?theme=_none")),
    );
    add(
        coded && waiting.priorities == 0,
        line(Act::MakePriority, 1, format!("{base}/priorities")),
    );
    let n = count(waiting.undecided);
    add(n > 0, line(Act::Decide, n, format!("{base}/priorities")));
    let n = count(waiting.without_outcome);
    add(
        n > 0,
        line(Act::WriteOutcomes, n, format!("{base}/priorities/outcomes")),
    );
    add(
        waiting.priorities > waiting.undecided && waiting.goals == 0,
        line(Act::DraftGoal, 1, format!("{base}/plan#goals")),
    );
    add(
        coded && waiting.public.is_none(),
        line(Act::Publish, 1, format!("{base}/publish")),
    );
    needs.truncate(LINES);
    needs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safety_comes_first_and_there_are_at_most_seven_lines() {
        let title = Wording::default();
        let draft = |slug| Unfinished {
            slug,
            title: &title,
            open: false,
            changed: false,
            missing: 2,
        };
        let waiting = Waiting {
            voices: 9,
            may_need_help: 1,
            codebook: Some(1),
            uncovered: 3,
            undecided: 1,
            priorities: 2,
            without_outcome: 4,
            ..Waiting::default()
        };
        let needs = needs(&waiting, &[draft("a"), draft("b"), draft("c")]);
        assert_eq!(needs.len(), 7);
        assert_eq!(needs[0].act, Act::ReadForSafety);
        assert_eq!(
            (needs[1].act, needs[1].n, needs[1].href.as_str()),
            (Act::AddTexts, 2, "/desk/surveys/a")
        );
        assert_eq!(needs[6].act, Act::WriteOutcomes);
    }

    #[test]
    fn an_empty_round_needs_a_survey_and_a_codebook() {
        let needs = needs(&Waiting::default(), &[]);
        let acts: Vec<Act> = needs.iter().map(|need| need.act).collect();
        assert_eq!(acts, [Act::Ask, Act::StartCodebook]);
    }

    #[test]
    fn a_finished_round_needs_nothing() {
        let done = Waiting {
            voices: 9,
            codebook: Some(1),
            priorities: 2,
            goals: 1,
            public: Some((1, chrono::NaiveDateTime::default())),
            ..Waiting::default()
        };
        assert!(needs(&done, &[]).is_empty());
    }
}
