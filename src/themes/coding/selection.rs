//! Which comments a page shows: a filter on voices, plus a theme, an intent, words, or a state.

use std::collections::BTreeMap;

use diesel::QueryResult;
use roaring::RoaringBitmap;

use super::index::Index;
use super::moves::{Moves, moves};
use crate::comments;
use crate::db::Db;
use crate::district::RoundId;
use crate::surveys::Intent;
use crate::tally::{CommentFacet, Filter};
use crate::themes::coding::{Coded, Coding};
use crate::themes::engine::matcher::{Rule, Terms};
use crate::themes::engine::rule::Term;
use crate::themes::store::codebook_version;
use crate::themes::text::Language;

/// What an address asks for. Round-trips through its query string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Narrows voices, languages, sources.
    pub(crate) filter: Filter,
    /// A theme's key, or several joined by commas to match any of them; [`UNCOVERED`] for comments in no theme, or
    /// [`SAYS_NOTHING`] for comments without content.
    pub(crate) theme: Option<String>,
    /// The intent of the question.
    pub(crate) intent: Option<Intent>,
    /// The key of the question or prompt.
    pub(crate) item: Option<String>,
    /// Words that a comment contains, matched by stem.
    pub(crate) words: String,
    /// The language tag of the comment itself, whatever the form's language.
    pub(crate) said: Option<String>,
    /// `released`, `not-released`, `may-need-help`, or `set-aside`.
    pub(crate) state: Option<String>,
    /// Comments that moved into or out of a theme between two codebook versions.
    pub(crate) moved: Option<Moved>,
}

/// Comments that moved between two codebook versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    /// The earlier version.
    pub(crate) before: i32,
    /// The later version.
    pub(crate) after: i32,
    /// Whether they entered the theme; otherwise they left it.
    pub(crate) entered: bool,
    /// The theme's key, or [`ANY_THEME`].
    pub(crate) theme: String,
}

/// The key that stands for any theme at all.
pub(crate) const ANY_THEME: &str = "_any";

impl Moved {
    /// Parses `1.2.entered.buses`.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, '.');
        let mut version = || parts.next()?.parse().ok();
        let (before, after) = (version()?, version()?);
        let entered = match parts.next()? {
            "entered" => true,
            "left" => false,
            _ => return None,
        };
        let theme = parts.next().filter(|theme| !theme.is_empty())?.to_owned();
        Some(Self {
            before,
            after,
            entered,
            theme,
        })
    }

    /// Writes the form that [`Moved::parse`] reads.
    fn written(&self) -> String {
        let way = if self.entered { "entered" } else { "left" };
        format!("{}.{}.{way}.{}", self.before, self.after, self.theme)
    }

    fn comments(&self, index: &Index, db: &mut Db, round: &RoundId) -> QueryResult<RoaringBitmap> {
        let found = moves_between(index, db, round, self.before, self.after)?;
        let mut themes = found.themes.into_iter();
        let moves = if self.theme == ANY_THEME {
            found.covered
        } else {
            let mine = themes.find(|theme| theme.key == self.theme);
            mine.ok_or(diesel::result::Error::NotFound)?
        };
        Ok(if self.entered {
            moves.entered
        } else {
            moves.left
        })
    }
}

/// How a round's comments moved between two codebook versions.
pub(crate) fn moves_between(
    index: &Index,
    db: &mut Db,
    round: &RoundId,
    before: i32,
    after: i32,
) -> QueryResult<Moves> {
    let mut coding = |version| {
        let saved = codebook_version(db, round, version)?;
        Coding::of(saved)
            .map_err(|error| diesel::result::Error::DeserializationError(error.to_string().into()))
    };
    let (before, after) = (coding(before)?, coding(after)?);
    let coded = |coding: &Coding| coding.apply(index, round);
    Ok(moves(
        (&before.codebook, &coded(&before)),
        (&after.codebook, &coded(&after)),
    ))
}

/// The key for comments in no theme.
pub(crate) const UNCOVERED: &str = "_none";

/// The key for comments without content, such as "n/a".
pub(crate) const SAYS_NOTHING: &str = "_nothing";

/// The state of comments that staff set aside and that don't count.
pub(crate) const SET_ASIDE: &str = "set-aside";

/// The state of comments that may be about somebody's safety.
pub(crate) const MAY_NEED_HELP: &str = "may-need-help";

/// The states that can narrow comments.
pub(crate) const STATES: [&str; 4] = [MAY_NEED_HELP, "released", "not-released", SET_ASIDE];

impl Selection {
    /// Parses a query; ignores what it doesn't know.
    pub(crate) fn from_query(query: &str) -> Self {
        let mut selection = Self {
            filter: Filter::from_query(query),
            ..Self::default()
        };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes())
            .filter(|(_, value)| !value.trim().is_empty())
        {
            match name.as_ref() {
                "theme" => selection.theme = Some(value.into_owned()),
                "intent" | "asks" => selection.intent = Intent::parse(&value),
                "item" => selection.item = Some(value.into_owned()),
                "words" => value.trim().clone_into(&mut selection.words),
                "said" => selection.said = Some(value.into_owned()),
                "state" if STATES.contains(&value.as_ref()) => {
                    selection.state = Some(value.into_owned());
                }
                "moved" => selection.moved = Moved::parse(&value),
                _ => {}
            }
        }
        if selection.state.as_deref() == Some(SET_ASIDE) {
            // Set-aside comments aren't in any set, so nothing else can narrow them.
            return Self {
                state: selection.state,
                ..Self::default()
            };
        }
        selection
    }

    /// The selection for viewers who may read comments but not rows: without anything about the speakers.
    pub(crate) fn of_comments(&self) -> Self {
        Self {
            filter: self.filter.of_comments(),
            ..self.clone()
        }
    }

    /// The same selection for everyone's comments, whoever said them.
    pub(crate) fn of_anyone(&self) -> Self {
        let sources = self.filter.sources.clone();
        Self {
            filter: Filter {
                sources,
                ..Filter::default()
            },
            ..self.clone()
        }
    }

    /// The query string of this selection, starting with `?`.
    pub(crate) fn to_query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let moved = self.moved.as_ref().map(Moved::written);
        let own = [
            ("theme", self.theme.as_deref()),
            ("intent", self.intent.map(Intent::as_str)),
            ("item", self.item.as_deref()),
            (
                "words",
                Some(self.words.as_str()).filter(|words| !words.is_empty()),
            ),
            ("said", self.said.as_deref()),
            ("state", self.state.as_deref()),
            ("moved", moved.as_deref()),
        ];
        query.extend_pairs(
            own.into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        let (filter, own) = (self.filter.to_query(), query.finish());
        match (filter.len() > 1, own.is_empty()) {
            (true, false) => format!("{filter}&{own}"),
            (true, true) => filter,
            (false, _) => format!("?{own}"),
        }
    }

    /// A round's comments that match, among those that count. Doesn't handle `set-aside`, because those don't count.
    pub(crate) fn comments(
        &self,
        index: &Index,
        db: &mut Db,
        round: &RoundId,
        coded: &Coded,
    ) -> QueryResult<RoaringBitmap> {
        let mut set = index.tally.filtered_comments(round, &self.filter);
        match self.theme.as_deref() {
            Some(UNCOVERED) => {
                set -= &coded.covered;
                set -= index.non_answers();
            }
            Some(SAYS_NOTHING) => set &= index.non_answers(),
            Some(keys) => set &= coded.union(keys.split(',')),
            None => {}
        }
        if let Some(intent) = self.intent {
            set &= index.tally.comments(&CommentFacet::Intent(intent));
        }
        if let Some(item) = &self.item {
            set &= index.tally.comments(&CommentFacet::Item(item.clone()));
        }
        for word in self.words.split_whitespace() {
            set &= index.evaluate(&any_language(index, word));
        }
        if let Some(tag) = &self.said {
            let is_in = |ordinal: &u32| index.language(*ordinal).to_string() == *tag;
            set = set.iter().filter(is_in).collect();
        }
        if let Some(moved) = &self.moved {
            set &= moved.comments(index, db, round)?;
        }
        if self.state.as_deref() == Some(MAY_NEED_HELP) {
            set &= index.may_need_help();
        } else if let Some(state) = &self.state {
            let released: RoaringBitmap = comments::released_ids(db, round)?
                .iter()
                .filter_map(|id| index.tally.ordinal(id))
                .collect();
            if state == "released" {
                set &= released;
            } else {
                set -= released;
            }
        }
        Ok(set)
    }
}

/// The page number in a query.
pub(crate) fn asked_page(query: &str) -> Option<i64> {
    let asked = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "page");
    asked.and_then(|(_, page)| page.parse().ok())
}

/// A word as a rule in every language of the district.
fn any_language(index: &Index, word: &str) -> Rule {
    let Ok(term) = word.parse::<Term>() else {
        return Rule::new(&BTreeMap::new());
    };
    let terms = |language: &Language| {
        (
            *language,
            Terms {
                any: vec![term.clone()],
                none: Vec::new(),
            },
        )
    };
    Rule::new(&index.languages().iter().map(terms).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_selection_reads_back_from_its_own_query() {
        let selection = Selection::from_query(
            "group=families&theme=buses,safety&intent=need&item=hope&words=late+bus&said=en&state=released&moved=1.2.left.a.b&page=4&state=odd",
        );
        assert_eq!(
            Selection::from_query(selection.to_query().trim_start_matches('?')),
            selection
        );
        assert_eq!(Selection::from_query("theme=").to_query(), "?");
        let aside = Selection::from_query("theme=buses&state=set-aside&group=staff");
        assert_eq!(aside.to_query(), "?state=set-aside");
    }

    fn queries() -> impl Strategy<Value = String> {
        const NAMES: [&str; 9] = [
            "theme", "intent", "words", "said", "state", "page", "group", "chose", "moved",
        ];
        const VALUES: [&str; 9] = [
            "need",
            "_none",
            "released",
            "set-aside",
            " ",
            "late bus",
            "a:b",
            "7",
            "01.2.entered.buses",
        ];
        let name = prop_oneof![
            prop::sample::select(&NAMES[..]).prop_map(str::to_owned),
            any::<String>()
        ];
        let value = prop_oneof![
            prop::sample::select(&VALUES[..]).prop_map(str::to_owned),
            any::<String>()
        ];
        let pairs = prop::collection::vec((name, value), 0..8);
        let written = pairs.prop_map(|pairs| {
            url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(pairs)
                .finish()
        });
        prop_oneof![written, any::<String>()]
    }

    proptest! {
        #[test]
        fn any_query_gives_a_selection_that_reads_back(query in queries()) {
            let selection = Selection::from_query(&query);
            let named = selection.to_query();
            let again = Selection::from_query(named.trim_start_matches('?'));
            prop_assert_eq!(&again, &selection);
            prop_assert_eq!(again.to_query(), named);
            let _ = asked_page(&query);
        }
    }
}
