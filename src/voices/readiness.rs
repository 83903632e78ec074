//! What is missing before a snapshot can be published, and which translations are missing.

use std::collections::BTreeSet;
use std::fmt;

use super::material::Material;
use super::snapshot::Snapshot;
use crate::priorities::Outcome;

/// A theme or a priority, by its key and its name in the district's main language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// A reason why a snapshot can't be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The round has no codebook.
    NoCodebook,
    /// A theme without an outcome.
    NoOutcome(Part),
    /// A theme whose outcome has no reason.
    NoReason(Part),
    /// A theme whose outcome is "priority" but that no priority includes.
    InNoPriority(Part),
    /// A theme that a priority includes but whose outcome is different.
    OtherOutcome(Part),
    /// A priority with a theme that is no longer in the codebook, and the theme's key.
    ThemeGone(Part, String),
    /// A priority without a reason for its rank.
    NoWhy(Part),
    /// A priority without a decision, or whose decision was undone.
    NotDecided(Part),
    /// A priority whose themes changed after the decision.
    DecidedOnOthers(Part),
}

impl Gap {
    /// The desk page where planners can fix it, relative to the round's URL.
    pub fn page(&self) -> String {
        match self {
            Self::NoCodebook => "codebook".to_owned(),
            Self::NoOutcome(theme)
            | Self::NoReason(theme)
            | Self::InNoPriority(theme)
            | Self::OtherOutcome(theme) => format!("priorities/outcomes#{}", theme.key),
            Self::ThemeGone(priority, _)
            | Self::NoWhy(priority)
            | Self::NotDecided(priority)
            | Self::DecidedOnOthers(priority) => format!("priorities/{}", priority.key),
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCodebook => f.write_str("This round has no codebook yet."),
            Self::NoOutcome(theme) => write!(f, "The theme “{theme}” has no outcome yet."),
            Self::NoReason(theme) => write!(f, "The outcome of the theme “{theme}” has no reason."),
            Self::InNoPriority(theme) => write!(
                f,
                "The outcome of the theme “{theme}” is “Priority,” but no priority includes it."
            ),
            Self::OtherOutcome(theme) => write!(
                f,
                "A priority includes the theme “{theme}”, but its outcome is not “Priority.”"
            ),
            Self::ThemeGone(priority, theme) => write!(
                f,
                "The priority “{priority}” includes the theme “{theme}”, which the codebook no longer has."
            ),
            Self::NoWhy(priority) => write!(f, "The priority “{priority}” has no reason yet."),
            Self::NotDecided(priority) => {
                write!(f, "The priority “{priority}” is not decided yet.")
            }
            Self::DecidedOnOthers(priority) => write!(
                f,
                "The themes of the priority “{priority}” have changed since its decision. Decide on it again."
            ),
        }
    }
}

/// A text that isn't translated into every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untranslated {
    /// Which text.
    pub what: String,
    /// The tags of the missing languages.
    pub languages: Vec<String>,
    /// The text that readers of those languages will see, and the tag of its language.
    pub shown: (String, String),
}

/// Everything that is missing. If it's empty, the snapshot can be published.
pub fn gaps(material: &Material, snapshot: &Snapshot) -> Vec<Gap> {
    let mut gaps = Vec::new();
    if snapshot.themes.is_empty() {
        gaps.push(Gap::NoCodebook);
    }
    let main = snapshot.main_language();
    for theme in &snapshot.themes {
        let part = || Part {
            key: theme.key.clone(),
            name: theme.name.get(main).0.to_owned(),
        };
        let named = snapshot.priorities_of(&theme.key).next().is_some();
        let Some(outcome) = &theme.outcome else {
            gaps.push(Gap::NoOutcome(part()));
            continue;
        };
        if outcome.reason.is_empty() {
            gaps.push(Gap::NoReason(part()));
        }
        match (outcome.outcome == Outcome::Priority, named) {
            (true, false) => gaps.push(Gap::InNoPriority(part())),
            (false, true) => gaps.push(Gap::OtherOutcome(part())),
            _ => {}
        }
    }
    for (priority, decision) in &material.priorities {
        let part = || Part {
            key: priority.key.clone(),
            name: priority.title.get(main).0.to_owned(),
        };
        let gone = priority
            .themes
            .iter()
            .filter(|theme| snapshot.theme(theme).is_none());
        gaps.extend(gone.map(|theme| Gap::ThemeGone(part(), theme.clone())));
        if priority.why.is_empty() {
            gaps.push(Gap::NoWhy(part()));
        }
        let Some(decision) = decision else {
            gaps.push(Gap::NotDecided(part()));
            continue;
        };
        let decided: BTreeSet<&str> = decision
            .evidence
            .themes
            .iter()
            .map(|theme| theme.key.as_str())
            .collect();
        if decided != priority.themes.iter().map(String::as_str).collect() {
            gaps.push(Gap::DecidedOnOthers(part()));
        }
    }
    gaps
}

/// The texts that aren't translated into every language of the district. The page shows them in a different language
/// and says so.
pub fn untranslated(snapshot: &Snapshot) -> Vec<Untranslated> {
    let wordings = snapshot.wordings().into_iter();
    let lacking = wordings.filter(|(_, text)| !text.is_empty());
    lacking
        .filter_map(|(what, text)| {
            let languages = text.missing(&snapshot.district.languages);
            let (words, tag) = text.get(languages.first()?);
            Some(Untranslated {
                what,
                languages: languages.iter().map(|tag| (*tag).to_owned()).collect(),
                shown: (words.to_owned(), tag.to_owned()),
            })
        })
        .collect()
}
