//! `/heard/{round}/themes/{theme}`: a theme with its rule, counts, comments and outcome.

use serde::Serialize;

use super::gauge::{Gauge, GroupRow, noun};
use super::reading::{Reached, Reading, ThemeLink, Voice};
use super::sample_sites;
use super::site::{Frame, Site};
use crate::db::Paging;
use crate::localized::Wording;
use crate::surveys::Intent;
use crate::tally::Tables;
use crate::themes::RuleText;
use crate::voices::snapshot::{AskedPart, CommentPart};
use crate::web::Page;

/// A theme.
#[derive(Debug, Serialize)]
pub(crate) struct ThemePage {
    site: Frame,
    theme: ThemeLink,
    definition: Option<Wording>,
    reason: Option<Wording>,
    /// Its parent theme.
    parent: Option<ThemeLink>,
    /// Its subthemes.
    subthemes: Vec<ThemeLink>,
    asked: Vec<IntentSection>,
    priorities: Vec<Reached>,
    rules: Vec<RuleLine>,
    voices: Vec<Voice>,
    paging: Paging,
}

/// The theme, for one intent.
#[derive(Debug, Serialize)]
struct IntentSection {
    intent: Intent,
    questions: Vec<Wording>,
    all: Gauge,
    groups: Vec<GroupRow>,
    tables: Tables,
}

/// The terms of one language.
#[derive(Debug, Serialize)]
struct RuleLine {
    tag: String,
    any: Vec<String>,
    none: Vec<String>,
}

impl Page for ThemePage {
    const TEMPLATE: &'static str = "voices/theme.html";

    fn samples() -> Vec<Self> {
        sample_sites::pages(|site| {
            let key = &site.snapshot.themes.first()?.key;
            Self::of(site, "es", key, None)
        })
    }
}

impl ThemePage {
    pub(super) fn of(site: &Site, lang: &str, key: &str, page: Option<i64>) -> Option<Self> {
        let reading = site.reading(lang);
        let snapshot = &site.snapshot;
        let theme = snapshot.theme(key)?;
        let own = [key.to_owned()];
        let comments: Vec<&CommentPart> = snapshot.comments_of(&own).collect();
        let paging = Paging::new(page, i64::try_from(comments.len()).unwrap_or(i64::MAX));
        let skipped = usize::try_from(paging.offset()).unwrap_or(0);
        let most = usize::try_from(crate::db::PAGE_SIZE).unwrap_or(usize::MAX);
        let voices = comments.into_iter().skip(skipped).take(most);
        let subthemes = snapshot.themes.iter();
        let subthemes = subthemes.filter(|other| other.parent.as_deref() == Some(key));
        Some(Self {
            site: site.frame(lang),
            theme: reading.theme_link(theme),
            definition: reading.say_any(&theme.definition),
            reason: theme
                .outcome
                .as_ref()
                .map(|outcome| reading.say(&outcome.reason)),
            parent: theme
                .parent
                .as_deref()
                .and_then(|parent| reading.theme_link_of(parent)),
            subthemes: subthemes.map(|other| reading.theme_link(other)).collect(),
            asked: snapshot
                .asked
                .iter()
                .filter_map(|part| IntentSection::of(reading, part, key))
                .collect(),
            priorities: reading.reached(key),
            rules: theme.rules.iter().filter_map(RuleLine::of).collect(),
            voices: voices
                .map(|comment| reading.voice(comment, &[key]))
                .collect(),
            paging,
        })
    }
}

impl IntentSection {
    fn of(reading: Reading<'_>, part: &AskedPart, theme: &str) -> Option<Self> {
        let row = part.rows.iter().find(|row| row.theme == theme)?;
        let all = Gauge::new(row.all, part.asked, noun(part.unit));
        // If even the total isn't shown, a breakdown adds nothing.
        let groups = if all.has_bar() {
            reading.by_group(&part.columns, &row.cells)
        } else {
            Vec::new()
        };
        let questions = part.questions.iter();
        Some(Self {
            intent: part.intent,
            questions: questions
                .map(|question| reading.say(&question.label))
                .collect(),
            all,
            groups,
            tables: row.tables,
        })
    }
}

impl RuleLine {
    fn of((tag, rule): (&String, &RuleText)) -> Option<Self> {
        let readable =
            |terms: &[String]| -> Vec<String> { terms.iter().map(|term| in_words(term)).collect() };
        (!rule.any.is_empty()).then(|| Self {
            tag: tag.clone(),
            any: readable(&rule.any),
            none: readable(&rule.none),
        })
    }
}

/// A term as people read it: phrases without quotation marks, and an ellipsis for `*`.
fn in_words(term: &str) -> String {
    term.trim_matches('"').replace('*', "…")
}

#[cfg(test)]
mod tests {
    #[test]
    fn terms_are_shown_without_rule_syntax() {
        assert_eq!(super::in_words("\"get* hurt\""), "get… hurt");
        assert_eq!(super::in_words("autob*"), "autob…");
    }
}
