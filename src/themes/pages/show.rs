//! One theme: its rule beside the remarks that it catches.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use diesel::QueryResult;
use serde::{Deserialize, Serialize};

use super::chips::Chips;
use super::rows::{Names, RemarkLine, lines, page_of, sample};
use crate::app::App;
use crate::db::{Db, Paging};
use crate::error::{Error, Result};
use crate::surveys::Asks;
use crate::tally::RemarkFacet;
use crate::themes::codebook::{Codebook, RuleText, Theme};
use crate::themes::matcher::{Rule, Terms};
use crate::themes::selection::{Room, Selection, asked_page};
use crate::themes::{Coding, Index, codebook_version, latest_codebook, save_codebook};
use crate::web::form::Fields;
use crate::web::languages::own_name;
use crate::web::{Page, Viewer, permission, see_other};

/// The page of one theme.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ThemePage {
    base: String,
    version: i32,
    /// Whether the rule shown is being tried and is not saved.
    trying: bool,
    /// What the theme caught before the latest version, where that was just saved or is being tried.
    before: Option<u64>,
    themes: Vec<Side>,
    key: String,
    name: String,
    definition: String,
    rules: Vec<RuleForm>,
    faults: Vec<String>,
    chips: Chips,
    voices: u64,
    remarks: u64,
    at_tables: Option<crate::tally::Tables>,
    by_asked: Vec<Asked>,
    terms: Vec<TermLine>,
    lines: Vec<RemarkLine>,
    paging: Option<Paging>,
}

#[derive(Debug, Serialize)]
struct Side {
    key: String,
    name: String,
    voices: u64,
}

#[derive(Debug, Serialize)]
struct RuleForm {
    tag: String,
    language: String,
    any: String,
    none: String,
}

#[derive(Debug, Serialize)]
struct Asked {
    asks: &'static str,
    voices: u64,
    remarks: u64,
    href: String,
}

#[derive(Debug, Serialize)]
struct TermLine {
    term: String,
    tag: String,
    remarks: u64,
    alone: u64,
}

impl Page for ThemePage {
    const TEMPLATE: &'static str = "themes/show.html";

    fn samples() -> Vec<Self> {
        let full = Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            version: 8,
            trying: true,
            before: Some(604),
            themes: vec![Side {
                key: "buses".to_owned(),
                name: "Buses".to_owned(),
                voices: 545,
            }],
            key: "buses".to_owned(),
            name: "Buses".to_owned(),
            definition: "Late or crowded buses.".to_owned(),
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
            voices: 545,
            remarks: 618,
            at_tables: Some(crate::tally::Tables {
                tables: 2,
                at_least: 9,
            }),
            by_asked: vec![Asked {
                asks: "need",
                voices: 500,
                remarks: 571,
                href: "?asks=need".to_owned(),
            }],
            terms: vec![TermLine {
                term: "autobús".to_owned(),
                tag: "es".to_owned(),
                remarks: 60,
                alone: 14,
            }],
            lines: vec![sample()],
            paging: Some(Paging::new(Some(2), 618)),
        };
        vec![
            Self {
                key: "buses".to_owned(),
                ..Self::default()
            },
            full,
        ]
    }
}

#[derive(Deserialize)]
pub(super) struct Place {
    round: String,
    theme: String,
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Code>,
    place: web::Path<Place>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let query = request.query_string().to_owned();
    let speakers = viewer.may::<permission::Rows>();
    let page = app
        .view(move |index, db| {
            let room = Room::of(db, &place.round)?;
            let coding = Coding::of(latest_codebook(db, &room.round.id)?.ok_or(Error::NotFound)?)?;
            let saved =
                url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "saved");
            let before = if saved {
                caught_before(index, db, &room, &coding, &place.theme)?
            } else {
                None
            };
            let page = build(index, db, &room, &coding, &place.theme, &query, speakers)?
                .ok_or(Error::NotFound)?;
            Ok(ThemePage { before, ..page })
        })
        .await?;
    viewer.visit.page(&app, &page)
}

pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Codebook>,
    place: web::Path<Place>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, trying) = (viewer.actor(), fields.raw("_try").is_some());
    let speakers = viewer.may::<permission::Rows>();
    let (slug, key) = (place.round.clone(), place.theme.clone());
    let (round, codebook) = app
        .read(move |db| {
            let room = Room::of(db, &slug)?;
            let saved = latest_codebook(db, &room.round.id)?.ok_or(Error::NotFound)?;
            Ok((
                room.round,
                edited(saved.document.0, &key, &fields).ok_or(Error::NotFound)?,
            ))
        })
        .await?;
    let coding = Coding::new(0, codebook.clone());
    if let (Ok(_), false) = (&coding, trying) {
        app.write(move |db| Ok(save_codebook(db, &actor, &round.id, &codebook)?))
            .await?;
        return Ok(see_other(&format!(
            "/desk/rounds/{}/themes/{}?saved=1",
            place.round, place.theme
        )));
    }
    let faults: Vec<String> = coding.as_ref().err().map_or_else(Vec::new, |faults| {
        faults.iter().map(ToString::to_string).collect()
    });
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = app
        .view(move |index, db| {
            let room = Room::of(db, &place.round)?;
            let saved = Coding::of(latest_codebook(db, &room.round.id)?.ok_or(Error::NotFound)?)?;
            let shown = coding.as_ref().unwrap_or(&saved);
            let before = saved.apply(index, &room.round.id).theme(&place.theme).len();
            let mut page = build(index, db, &room, shown, &place.theme, "", speakers)?
                .ok_or(Error::NotFound)?;
            // What was typed stays, whether or not it can be counted.
            if let Some(theme) = codebook
                .themes
                .iter()
                .find(|theme| theme.key == place.theme)
            {
                theme_form(&mut page, index, theme);
            }
            Ok(ThemePage {
                faults,
                trying: true,
                before: Some(before),
                version: saved.version,
                ..page
            })
        })
        .await?;
    viewer.visit.page_as(&app, status, &page)
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

/// The codebook with one theme as the form says it.
fn edited(mut codebook: Codebook, key: &str, fields: &Fields) -> Option<Codebook> {
    let theme = codebook.themes.iter_mut().find(|theme| theme.key == key)?;
    let lines = |name: String| -> Vec<String> {
        let typed = fields.raw(&name).unwrap_or_default();
        typed
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let tags: Vec<String> = fields
        .0
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("any.").map(str::to_owned))
        .collect();
    for tag in tags {
        let rule = RuleText {
            any: lines(format!("any.{tag}")),
            none: lines(format!("none.{tag}")),
        };
        if rule == RuleText::default() {
            theme.rules.remove(&tag);
        } else {
            theme.rules.insert(tag, rule);
        }
    }
    if !fields.get("name").is_empty() {
        theme
            .name
            .0
            .insert("en".to_owned(), fields.get("name").to_owned());
    }
    let definition = fields.get("definition");
    if !definition.is_empty() {
        theme
            .definition
            .0
            .insert("en".to_owned(), definition.to_owned());
    }
    Some(codebook)
}

fn theme_form(page: &mut ThemePage, index: &Index, theme: &Theme) {
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
}

fn build(
    index: &Index,
    db: &mut Db,
    room: &Room,
    coding: &Coding,
    key: &str,
    query: &str,
    speakers: bool,
) -> QueryResult<Option<ThemePage>> {
    let Some(theme) = coding.codebook.themes.iter().find(|theme| theme.key == key) else {
        return Ok(None);
    };
    let coded = coding.apply(index, &room.round.id);
    let mut selection = Selection::from_query(query);
    selection.theme = None;
    let set = selection.remarks(index, db, &room.round.id, &coded)? & coded.theme(key);
    let names = Names::read(db, &room.round.id, speakers)?;
    let paging = Paging::new(
        asked_page(query),
        i64::try_from(set.len()).unwrap_or(i64::MAX),
    );
    let tables = index.tally.tables_of(&set);
    let by_asked = Asks::ALL.iter().filter_map(|asks| {
        let part = coded.theme(key) & index.tally.remarks(&RemarkFacet::Asks(*asks));
        (!part.is_empty()).then(|| Asked {
            asks: asks.as_str(),
            voices: index.tally.voices_of(&part).len(),
            remarks: part.len(),
            href: Selection {
                asks: Some(*asks),
                ..selection.clone()
            }
            .to_query(),
        })
    });
    let mut page = ThemePage {
        base: room.base.clone(),
        version: coding.version,
        themes: coding
            .codebook
            .themes
            .iter()
            .map(|other| Side {
                key: other.key.clone(),
                name: other.name.get("en").0.to_owned(),
                voices: index.tally.voices_of(coded.theme(&other.key)).len(),
            })
            .collect(),
        key: key.to_owned(),
        chips: Chips::of(index, db, &room.round.id, &selection, &BTreeMap::new())?,
        voices: index.tally.voices_of(&set).len(),
        remarks: set.len(),
        at_tables: (tables.tables > 0).then_some(tables),
        by_asked: by_asked.collect(),
        terms: term_lines(index, theme, &coded.remarks),
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

/// What each term of a theme catches, and what only it catches.
fn term_lines(index: &Index, theme: &Theme, within: &roaring::RoaringBitmap) -> Vec<TermLine> {
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
    let mut once = roaring::RoaringBitmap::new();
    let mut twice = roaring::RoaringBitmap::new();
    for (_, _, set) in &caught {
        twice |= &once & set;
        once |= set;
    }
    let mut lines: Vec<TermLine> = caught
        .into_iter()
        .map(|(tag, term, set)| TermLine {
            term,
            tag,
            remarks: set.len(),
            alone: (set - &twice).len(),
        })
        .collect();
    lines.sort_by(|a, b| {
        b.remarks
            .cmp(&a.remarks)
            .then_with(|| (&a.tag, &a.term).cmp(&(&b.tag, &b.term)))
    });
    lines
}
