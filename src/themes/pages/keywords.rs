//! Which words people use, by group.

use std::collections::{BTreeMap, HashMap};

use actix_web::{HttpRequest, HttpResponse, web};
use roaring::RoaringBitmap;
use serde::Serialize;

use super::chips::Chips;
use super::list::{percent, width};
use crate::app::App;
use crate::db::{Db, Paging};
use crate::district::Group;
use crate::error::Result;
use crate::remarks::{RemarkId, texts};
use crate::tally::Facet;
use crate::themes::keywords::{Keyword, KeywordCounter, KeywordTable, Remark};
use crate::themes::selection::{Room, Selection, asked_page};
use crate::themes::{Coding, Index, latest_codebook};
use crate::web::languages::own_name;
use crate::web::{Page, Viewer, permission};

/// How many words a page shows.
const PAGE: usize = 50;

/// The page of keywords.
#[derive(Debug, Default, Serialize)]
pub(crate) struct KeywordsPage {
    base: String,
    chips: Chips,
    remarks: u64,
    people: u64,
    groups: Vec<GroupHead>,
    lines: Vec<KeywordLine>,
    paging: Option<Paging>,
}

#[derive(Debug, Serialize)]
struct GroupHead {
    name: String,
    voices: u64,
}

#[derive(Debug, Serialize)]
struct KeywordLine {
    word: String,
    /// The language of the word and its name, where people wrote in several.
    language: Option<(String, String)>,
    forms: Vec<(String, u64)>,
    remarks: u64,
    people: u64,
    by: Vec<Cell>,
}

#[derive(Debug, Serialize)]
struct Cell {
    people: u64,
    share: u64,
    width: String,
}

impl Page for KeywordsPage {
    const TEMPLATE: &'static str = "themes/keywords.html";

    fn samples() -> Vec<Self> {
        let line = KeywordLine {
            word: "bus".to_owned(),
            language: Some(("en".to_owned(), "English".to_owned())),
            forms: vec![("bus".to_owned(), 402), ("buses".to_owned(), 188)],
            remarks: 604,
            people: 545,
            by: vec![Cell {
                people: 412,
                share: 32,
                width: "31.5".to_owned(),
            }],
        };
        let full = Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            chips: Chips::sample(),
            remarks: 3108,
            people: 2211,
            groups: vec![GroupHead {
                name: "Families".to_owned(),
                voices: 1306,
            }],
            lines: vec![line],
            paging: Some(Paging::new(None, 412)),
        };
        vec![
            Self {
                base: "/desk/rounds/vision-2031".to_owned(),
                ..Self::default()
            },
            full,
        ]
    }
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Code>,
    round: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let query = request.query_string().to_owned();
    let page = app
        .view(move |index, db| {
            let room = Room::of(db, &round)?;
            build(index, db, room, &query)
        })
        .await?;
    viewer.visit.page(&app, &page)
}

fn build(index: &Index, db: &mut Db, room: Room, query: &str) -> Result<KeywordsPage> {
    let selection = Selection::from_query(query);
    let coding = latest_codebook(db, &room.round.id)?
        .map(Coding::of)
        .transpose()?;
    let coded = coding
        .as_ref()
        .map(|coding| coding.apply(index, &room.round.id))
        .unwrap_or_default();
    let themes: BTreeMap<String, String> = coding
        .iter()
        .flat_map(|coding| &coding.codebook.themes)
        .map(|theme| (theme.key.clone(), theme.name.get("en").0.to_owned()))
        .collect();
    let set = selection.remarks(index, db, &room.round.id, &coded)?;
    let groups = crate::district::groups(db)?;
    let table = count(index, db, &set, &groups)?;
    let asked = index.tally.filtered(&room.round.id, &selection.filter);
    let head = |group: &Group| GroupHead {
        name: group.name.get("en").0.to_owned(),
        voices: asked.intersection_len(index.tally.voices(&Facet::Group(group.key.clone()))),
    };
    let heads: Vec<(&str, GroupHead)> = groups
        .iter()
        .map(|group| (group.key.as_str(), head(group)))
        .filter(|(_, head)| head.voices > 0)
        .collect();
    let paging = Paging::new(
        asked_page(query),
        i64::try_from(table.keys.len()).unwrap_or(i64::MAX),
    );
    let cell = |key: &Keyword, group: &str, head: &GroupHead| {
        let people = key.by.get(group).map_or(0, |count| count.people);
        Cell {
            people,
            share: percent(people, head.voices),
            width: width(people, head.voices),
        }
    };
    let shown = table
        .keys
        .iter()
        .skip(usize::try_from(paging.offset()).unwrap_or(0))
        .take(PAGE);
    let lines = shown.map(|key| KeywordLine {
        word: key.shown().to_owned(),
        language: key.language.map(|language| {
            let tag = language.to_string();
            let name = own_name(&tag).to_owned();
            (tag, name)
        }),
        forms: key.forms.iter().take(4).cloned().collect(),
        remarks: key.remarks,
        people: key.people,
        by: heads
            .iter()
            .map(|(group, head)| cell(key, group, head))
            .collect(),
    });
    Ok(KeywordsPage {
        chips: Chips::of(index, db, &room.round.id, &selection, &themes)?,
        remarks: table.rows,
        people: table.people,
        lines: lines.collect(),
        groups: heads.into_iter().map(|(_, head)| head).collect(),
        paging: Some(paging),
        base: room.base,
    })
}

/// Counts the words of a set of remarks by group. Tables are no people: their notes are read in the ledger, and counted
/// nowhere here.
fn count(
    index: &Index,
    db: &mut Db,
    set: &RoaringBitmap,
    groups: &[Group],
) -> Result<KeywordTable> {
    let members: Vec<&RoaringBitmap> = groups
        .iter()
        .map(|group| index.tally.voices(&Facet::Group(group.key.clone())))
        .collect();
    let place = |voice: u32| {
        let place = members
            .iter()
            .position(|members| members.contains(voice))
            .unwrap_or(groups.len());
        u32::try_from(place).unwrap_or(u32::MAX)
    };
    let rows = set
        .iter()
        .filter_map(|ordinal| Some((ordinal, index.tally.remark(ordinal)?)));
    let spoken: HashMap<&RemarkId, (u32, u32)> = rows
        .filter_map(|(ordinal, row)| Some((&row.id, (ordinal, row.voice?))))
        .collect();
    let ids: Vec<RemarkId> = spoken.keys().map(|id| (*id).clone()).collect();
    let mut counter = KeywordCounter::default();
    for (id, text) in texts(db, &ids)? {
        if let Some((ordinal, voice)) = spoken.get(&id) {
            let language = index.language(*ordinal);
            counter.count(&Remark {
                text: &text,
                language,
                person: *voice,
                group: place(*voice),
            });
        }
    }
    let mut names: Vec<String> = groups.iter().map(|group| group.key.clone()).collect();
    names.push(String::new());
    Ok(counter.table(&names))
}
