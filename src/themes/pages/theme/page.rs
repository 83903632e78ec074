//! What the page of one theme shows: its rule, what each term matches, and the comments.

use std::collections::{BTreeMap, BTreeSet};

use diesel::QueryResult;
use roaring::RoaringBitmap;
use serde::Serialize;

use crate::db::{Db, Paging};
use crate::surveys::Intent;
use crate::tally::{AccessLevel, Chips, CommentFacet};
use crate::themes::Index;
use crate::themes::coding::selection::{Selection, asked_page};
use crate::themes::engine::codebook::{Codebook, Theme};
use crate::themes::engine::matcher::{Rule, Terms};
use crate::themes::pages::coded_round::CodedRound;
use crate::themes::pages::ledger::readable;
use crate::themes::pages::rows::{CommentLine, LineLookup, lines, page_of, sample};
use crate::web::Page;
use crate::web::languages::own_name;

/// The page of one theme.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ThemePage {
    base: String,
    pub(super) version: i32,
    /// The version that the form was based on. Prevents overwriting a newer version by accident.
    pub(super) seen: i32,
    /// What somebody else saved in the meantime.
    pub(super) moved_on: Option<MovedOn>,
    /// Whether this rule is being tried out and isn't saved.
    pub(super) trying: bool,
    /// How many comments the theme had before the latest version, if that was just saved or is being tried.
    pub(super) before: Option<u64>,
    themes: Vec<Side>,
    key: String,
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) include: String,
    pub(super) exclude: String,
    pub(super) example: String,
    /// The key of its parent theme; empty if it has none.
    pub(super) parent: String,
    pub(super) rules: Vec<RuleForm>,
    pub(super) faults: Vec<String>,
    chips: Chips,
    /// Whether the address had filters on the speaker, which this viewer may not use.
    left_out: bool,
    voices: u64,
    comments: u64,
    at_tables: Option<crate::tally::Tables>,
    by_asked: Vec<AskedVoices>,
    terms: Vec<TermLine>,
    pub(super) lines: Vec<CommentLine>,
    paging: Option<Paging>,
}

#[derive(Debug, Serialize)]
struct Side {
    key: String,
    name: String,
    voices: u64,
}

#[derive(Debug, Serialize)]
struct AskedVoices {
    intent: &'static str,
    voices: u64,
    href: String,
}

#[derive(Debug, Serialize)]
struct TermLine {
    term: String,
    tag: String,
    comments: u64,
    alone: u64,
}

impl Page for ThemePage {
    const TEMPLATE: &'static str = "themes/show.html";

    fn samples() -> Vec<Self> {
        let full = Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            version: 8,
            seen: 8,
            moved_on: None,
            trying: true,
            before: Some(604),
            themes: [("buses", "Buses"), ("moving", "Getting around")]
                .map(|(key, name)| Side {
                    key: key.to_owned(),
                    name: name.to_owned(),
                    voices: 545,
                })
                .into(),
            key: "buses".to_owned(),
            name: "Buses".to_owned(),
            definition: "Late or crowded buses.".to_owned(),
            include: "Buses of <trips>".to_owned(),
            exclude: "Business".to_owned(),
            example: "The bus is late.".to_owned(),
            parent: "moving".to_owned(),
            rules: vec![RuleForm {
                tag: "es".to_owned(),
                language: "Español".to_owned(),
                any: "autobús\n\"camión escolar\"".to_owned(),
                none: String::new(),
            }],
            faults: vec![
                "theme buses: term bus* bus (en): at position 5: one word only".to_owned(),
            ],
            chips: Chips::sample(),
            left_out: true,
            voices: 545,
            comments: 618,
            at_tables: Some(crate::tally::Tables {
                tables: 2,
                at_least: 9,
            }),
            by_asked: vec![AskedVoices {
                intent: "Needs",
                voices: 518,
                href: "?intent=need".to_owned(),
            }],
            terms: vec![TermLine {
                term: "autobús".to_owned(),
                tag: "es".to_owned(),
                comments: 60,
                alone: 14,
            }],
            lines: vec![sample()],
            paging: Some(Paging::new(Some(2), 618)),
        };
        let theirs = MovedOn {
            by: "Ben <Ode>".to_owned(),
            version: 9,
            added: vec!["route*".to_owned()],
            gone: vec!["none of: tour".to_owned()],
            reworded: true,
        };
        vec![
            Self {
                key: "buses".to_owned(),
                ..Self::default()
            },
            Self {
                key: "buses".to_owned(),
                moved_on: Some(theirs),
                ..Self::default()
            },
            full,
        ]
    }
}

/// A theme's terms in one language, one per line.
#[derive(Debug, Serialize)]
pub(super) struct RuleForm {
    pub(super) tag: String,
    pub(super) language: String,
    pub(super) any: String,
    pub(super) none: String,
}

/// How somebody else changed the theme after the form was opened.
#[derive(Debug, Serialize)]
pub(super) struct MovedOn {
    pub(super) by: String,
    pub(super) version: i32,
    pub(super) added: Vec<String>,
    pub(super) gone: Vec<String>,
    /// Whether the name or the definition changed.
    pub(super) reworded: bool,
}

impl MovedOn {
    pub(super) fn new(by: String, version: i32, before: &Theme, now: &Theme) -> Self {
        let terms = |theme: &Theme| -> BTreeSet<String> {
            let rules = theme.rules.values();
            let any = rules.clone().flat_map(|rule| rule.any.iter().cloned());
            let none = rules.flat_map(|rule| &rule.none);
            any.chain(none.map(|term| format!("none of: {term}")))
                .collect()
        };
        let (old, new) = (terms(before), terms(now));
        Self {
            by,
            version,
            added: new.difference(&old).cloned().collect(),
            gone: old.difference(&new).cloned().collect(),
            reworded: words(before) != words(now),
        }
    }
}

/// A theme's parts other than its rules.
fn words(theme: &Theme) -> impl PartialEq + '_ {
    (
        (&theme.name, &theme.definition, &theme.parent),
        (&theme.include, &theme.exclude, &theme.example),
    )
}

/// The page of a theme in the codebook; `None` if the codebook doesn't have it.
pub(super) fn build(
    round: &CodedRound,
    index: &Index,
    db: &mut Db,
    key: &str,
    query: &str,
) -> QueryResult<Option<ThemePage>> {
    let (desk, coded) = (&round.desk, &round.coded);
    let Some(coding) = &round.coding else {
        return Ok(None);
    };
    let Some(theme) = coding.codebook.theme(key) else {
        return Ok(None);
    };
    let asked = Selection {
        theme: None,
        ..Selection::from_query(query)
    };
    let selection = readable(round.access, &asked);
    let set = round.comments(index, db, &selection)? & coded.theme(key);
    let lookup = LineLookup::read(db, &desk.round.id, round.access == AccessLevel::Rows)?;
    let paging = Paging::new(
        asked_page(query),
        i64::try_from(set.len()).unwrap_or(i64::MAX),
    );
    let tables = index.tally.tables_of(&set);
    let by_asked = by_asked(index, coded.theme(key)).into_iter();
    let mut page = ThemePage {
        base: desk.base.clone(),
        version: coding.version,
        seen: coding.version,
        themes: sides(round, index, &coding.codebook),
        key: key.to_owned(),
        chips: round.chips(index, db, &selection, Some(key), &BTreeMap::new())?,
        left_out: selection != asked,
        voices: index.tally.voices_of(&set).len(),
        comments: set.len(),
        at_tables: (tables.tables > 0).then_some(tables),
        by_asked: by_asked
            .map(|(intent, voices)| AskedVoices::new(intent, voices, &selection))
            .collect(),
        terms: term_lines(index, theme, &coded.comments),
        lines: lines(
            index,
            db,
            &lookup,
            &page_of(index, &set, paging.offset()),
            Some((coding, coded)),
            Some(key),
        )?,
        paging: Some(paging),
        ..ThemePage::default()
    };
    theme_form(&mut page, index, theme);
    Ok(Some(page))
}

/// Every theme of the codebook with its voices, for the list next to the page.
fn sides(round: &CodedRound, index: &Index, codebook: &Codebook) -> Vec<Side> {
    let voices = |key: &str| index.tally.voices_of(round.coded.theme(key)).len();
    let side = |theme: &Theme| Side {
        key: theme.key.clone(),
        name: theme.name.get("en").0.to_owned(),
        voices: voices(&theme.key),
    };
    codebook.themes.iter().map(side).collect()
}

impl AskedVoices {
    fn new(intent: Intent, voices: u64, selection: &Selection) -> Self {
        let narrowed = Selection {
            intent: Some(intent),
            ..selection.clone()
        };
        Self {
            intent: intent.heading(),
            voices,
            href: narrowed.to_query(),
        }
    }
}

/// The voices of a theme by intent.
fn by_asked(index: &Index, theme: &RoaringBitmap) -> Vec<(Intent, u64)> {
    let said = |intent: &Intent| theme & index.tally.comments(&CommentFacet::Intent(*intent));
    let sets = Intent::ALL.iter().map(|intent| (*intent, said(intent)));
    sets.filter(|(_, set)| !set.is_empty())
        .map(|(intent, set)| (intent, index.tally.voices_of(&set).len()))
        .collect()
}

/// What each term of a theme matches, and what only that term matches.
fn term_lines(index: &Index, theme: &Theme, within: &RoaringBitmap) -> Vec<TermLine> {
    let mut caught = Vec::new();
    for (tag, rule) in &theme.rules {
        let Ok(language) = tag.parse() else { continue };
        for written in &rule.any {
            let Ok(term) = written.parse() else { continue };
            let single = Rule::new(&BTreeMap::from([(
                language,
                Terms {
                    any: vec![term],
                    none: Vec::new(),
                },
            )]));
            caught.push((
                tag.clone(),
                written.clone(),
                index.evaluate(&single) & within,
            ));
        }
    }
    let mut once = RoaringBitmap::new();
    let mut twice = RoaringBitmap::new();
    for (_, _, set) in &caught {
        twice |= &once & set;
        once |= set;
    }
    let mut lines: Vec<TermLine> = caught
        .into_iter()
        .map(|(tag, term, set)| TermLine {
            term,
            tag,
            comments: set.len(),
            alone: (set - &twice).len(),
        })
        .collect();
    lines.sort_by(|a, b| {
        b.comments
            .cmp(&a.comments)
            .then_with(|| (&a.tag, &a.term).cmp(&(&b.tag, &b.term)))
    });
    lines
}

/// Fills the form with a theme, with a rule for every language of the district.
pub(super) fn theme_form(page: &mut ThemePage, index: &Index, theme: &Theme) {
    let mut tags: Vec<String> = index.languages().iter().map(ToString::to_string).collect();
    tags.extend(
        theme
            .rules
            .keys()
            .filter(|tag| !tags.contains(tag))
            .cloned()
            .collect::<Vec<_>>(),
    );
    let form = |tag: String| {
        let rule = theme.rules.get(&tag).cloned().unwrap_or_default();
        RuleForm {
            language: own_name(&tag).to_owned(),
            any: rule.any.join("\n"),
            none: rule.none.join("\n"),
            tag,
        }
    };
    page.rules = tags.into_iter().map(form).collect();
    theme.name.get("en").0.clone_into(&mut page.name);
    theme
        .definition
        .get("en")
        .0
        .clone_into(&mut page.definition);
    page.include = theme.include.clone().unwrap_or_default();
    page.exclude = theme.exclude.clone().unwrap_or_default();
    page.example = theme.example.clone().unwrap_or_default();
    page.parent = theme.parent.clone().unwrap_or_default();
}
