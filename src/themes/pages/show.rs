//! One theme: its rule beside the comments that it catches.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use diesel::QueryResult;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::chips::chips;
use super::counts::SEVERAL;
use super::edit::{MovedOn, RuleForm, theme_form};
use super::ledger::readable;
use super::rows::{CommentLine, Names, lines, opened, page_of, sample};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::{Db, Paging};
use crate::error::{Error, Result};
use crate::surveys::Intent;
use crate::tally::disclosure::{AccessLevel, Row, Shown, show_counts};
use crate::tally::{Access, Chips, CommentFacet};
use crate::themes::codebook::Theme;
use crate::themes::live::Live;
use crate::themes::matcher::{Rule, Terms};
use crate::themes::selection::{Room, Selection, asked_page};
use crate::themes::{Coding, Index, codebook_version, latest_codebook};
use crate::web::Page;

/// The page of one theme.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ThemePage {
    base: String,
    pub(super) version: i32,
    /// The version that the form began with. Another one that was saved meanwhile is not overwritten unknowingly.
    pub(super) seen: i32,
    /// What somebody else saved meanwhile.
    pub(super) moved_on: Option<MovedOn>,
    /// Whether the rule shown is being tried and is not saved.
    pub(super) trying: bool,
    /// What the theme caught before the latest version, where that was just saved or is being tried.
    pub(super) before: Option<u64>,
    themes: Vec<Side>,
    key: String,
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) include: String,
    pub(super) exclude: String,
    pub(super) example: String,
    /// The key of the theme that it is a part of; empty for one that stands by itself.
    pub(super) whole: String,
    pub(super) rules: Vec<RuleForm>,
    pub(super) faults: Vec<String>,
    chips: Chips,
    /// Whether the address narrowed by who said the comments, which this viewer may not.
    left_out: bool,
    /// None where they are too few to show.
    voices: Option<u64>,
    comments: u64,
    at_tables: Option<crate::tally::Tables>,
    by_asked: Vec<Asked>,
    terms: Vec<TermLine>,
    pub(super) lines: Vec<CommentLine>,
    paging: Option<Paging>,
}

#[derive(Debug, Serialize)]
struct Side {
    key: String,
    name: String,
    voices: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Asked {
    intent: &'static str,
    voices: Option<u64>,
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
                    voices: Some(545),
                })
                .into(),
            key: "buses".to_owned(),
            name: "Buses".to_owned(),
            definition: "Late or crowded buses.".to_owned(),
            include: "Buses of <trips>".to_owned(),
            exclude: "Business".to_owned(),
            example: "The bus is late.".to_owned(),
            whole: "moving".to_owned(),
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
            voices: Some(545),
            comments: 618,
            at_tables: Some(crate::tally::Tables {
                tables: 2,
                at_least: 9,
            }),
            by_asked: vec![Asked {
                intent: "need",
                voices: None,
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

#[derive(Clone, Deserialize)]
pub(super) struct Place {
    pub(super) round: String,
    pub(super) theme: String,
}

pub(super) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Code>,
    place: web::Path<Place>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let query = request.query_string().to_owned();
    let speakers = viewer.may_here::<permission::Rows>();
    let slug = place.round.clone();
    let (account, reach) = (viewer.account.clone(), viewer.reach());
    let page = live
        .view_later(move |index, db| {
            let room = Room::of(db, &place.round)?;
            let access = Access::of(&account, &reach, &room.round.id).ok_or(Error::Forbidden)?;
            let coding = Coding::of(latest_codebook(db, &room.round.id)?.ok_or(Error::NotFound)?)?;
            let before = if saved_version(&query) == Some(coding.version) {
                caught_before(index, db, &room, &coding, &place.theme)?
            } else {
                None
            };
            let page = build(index, db, &room, &coding, &place.theme, &query, &access)?
                .ok_or(Error::NotFound)?;
            Ok(ThemePage { before, ..page })
        })
        .await?;
    opened(&app, &viewer, &slug, speakers, page.lines.len()).await?;
    viewer.visit.page(&app, &page)
}

/// The version that the form before this page saved.
fn saved_version(query: &str) -> Option<i32> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let (_, version) = pairs.find(|(name, _)| name == "saved")?;
    version.parse().ok()
}

/// What a theme caught under the version before.
fn caught_before(
    index: &Index,
    db: &mut Db,
    room: &Room,
    coding: &Coding,
    theme: &str,
) -> Result<Option<u64>> {
    if coding.version < 2 {
        return Ok(None);
    }
    let before = Coding::of(codebook_version(db, &room.round.id, coding.version - 1)?)?;
    Ok(Some(before.apply(index, &room.round.id).theme(theme).len()))
}

/// The page of a theme as a codebook says it; nothing if it says nothing of it.
pub(super) fn build(
    index: &Index,
    db: &mut Db,
    room: &Room,
    coding: &Coding,
    key: &str,
    query: &str,
    access: &Access,
) -> QueryResult<Option<ThemePage>> {
    let Some(theme) = coding.codebook.theme(key) else {
        return Ok(None);
    };
    let coded = coding.apply(index, &room.round.id);
    let asked = Selection {
        theme: None,
        ..Selection::from_query(query)
    };
    let selection = readable(access, &asked);
    let set = selection.comments(index, db, &room.round.id, &coded)? & coded.theme(key);
    let anyone = selection.of_anyone();
    let anyone = anyone.comments(index, db, &room.round.id, &coded)? & coded.theme(key);
    let names = Names::read(db, &room.round.id, access.level == AccessLevel::Rows)?;
    let paging = Paging::new(
        asked_page(query),
        i64::try_from(set.len()).unwrap_or(i64::MAX),
    );
    let tables = index.tally.tables_of(&set);
    let of = |comments: &RoaringBitmap| index.tally.voices_of(comments).len();
    let voices = access.level.show(of(&set), &[of(coded.theme(key))]);
    let by_asked = by_asked(index, access, coded.theme(key))
        .into_iter()
        .map(|(intent, voices)| Asked {
            intent: intent.as_str(),
            voices: voices.count(),
            href: Selection {
                intent: Some(intent),
                ..selection.clone()
            }
            .to_query(),
        });
    let mut page = ThemePage {
        base: room.base.clone(),
        version: coding.version,
        seen: coding.version,
        themes: coding
            .codebook
            .themes
            .iter()
            .map(|other| Side {
                key: other.key.clone(),
                name: other.name.get("en").0.to_owned(),
                voices: access
                    .level
                    .show(index.tally.voices_of(coded.theme(&other.key)).len(), &[])
                    .count(),
            })
            .collect(),
        key: key.to_owned(),
        chips: chips(
            index,
            db,
            room,
            access,
            &selection,
            &anyone,
            &BTreeMap::new(),
        )?,
        left_out: selection != asked,
        voices: voices.count(),
        comments: set.len(),
        at_tables: (tables.tables > 0).then_some(tables),
        by_asked: by_asked.collect(),
        terms: term_lines(index, theme, &coded.comments),
        lines: lines(
            index,
            db,
            &names,
            &page_of(index, &set, paging.offset()),
            Some((coding, &coded)),
            Some(key),
        )?,
        paging: Some(paging),
        ..ThemePage::default()
    };
    theme_form(&mut page, index, theme);
    Ok(Some(page))
}

/// The voices who named a theme, by what they were asked for.
fn by_asked(index: &Index, access: &Access, theme: &RoaringBitmap) -> Vec<(Intent, Shown)> {
    let said = |intent: &Intent| theme & index.tally.comments(&CommentFacet::Intent(*intent));
    let sets = Intent::ALL.iter().map(|intent| (*intent, said(intent)));
    let sets: Vec<(Intent, RoaringBitmap)> = sets.filter(|(_, set)| !set.is_empty()).collect();
    let voices = |set: &RoaringBitmap| index.tally.voices_of(set).len();
    let row = Row {
        cells: sets.iter().map(|(_, set)| voices(set)).collect(),
        total: voices(theme),
    };
    let shown = show_counts(access.level, SEVERAL, &row, &[], |_, _| Vec::new());
    let intent = sets.into_iter().map(|(intent, _)| intent);
    intent.zip(shown.bases.cells).collect()
}

/// What each term of a theme catches, and what only it catches.
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
