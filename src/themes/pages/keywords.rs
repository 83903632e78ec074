//! Which words people use, by group.

use actix_web::{HttpRequest, HttpResponse, web};
use roaring::RoaringBitmap;
use serde::Serialize;

use super::coded_round::{CodedRound, look_at};
use super::ledger::readable;
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::comments::Source;
use crate::db::{Db, Paging};
use crate::district::Group;
use crate::error::Result;
use crate::tally::{AccessLevel, Chips, CommentFacet, Facet, Gauge};
use crate::themes::coding::selection::{Selection, asked_page};
use crate::themes::engine::keywords::{Author, Keyword, KeywordCounter, KeywordTable};
use crate::themes::{Index, Live};
use crate::web::Page;
use crate::web::languages::own_name;

/// How many words the page shows.
const PAGE: usize = 50;

/// How many people a heading needs that says what people mention most.
const ENOUGH: u64 = 10;

/// The keywords page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct KeywordsPage {
    base: String,
    chips: Chips,
    /// Whether the address had filters on the speaker, which this viewer may not use.
    left_out: bool,
    comments: u64,
    people: u64,
    groups: Vec<GroupHead>,
    lines: Vec<KeywordLine>,
    /// Whether enough people wrote to say in a heading what they mention most.
    enough: bool,
    paging: Option<Paging>,
    /// The query of the comments counted here, starting with `?`. Excludes comments without a voice, such as table
    /// notes.
    spoken: String,
}

#[derive(Debug, Serialize)]
struct GroupHead {
    name: String,
    voices: u64,
}

#[derive(Debug, Serialize)]
struct KeywordLine {
    word: String,
    /// The word's language and its name, if people wrote in several.
    language: Option<(String, String)>,
    /// The words behind it.
    forms: Vec<(String, u64)>,
    comments: u64,
    people: u64,
    by: Vec<Gauge>,
}

impl Page for KeywordsPage {
    const TEMPLATE: &'static str = "themes/keywords.html";

    fn samples() -> Vec<Self> {
        let line = KeywordLine {
            word: "bus".to_owned(),
            language: Some(("en".to_owned(), "English".to_owned())),
            forms: vec![("bus".to_owned(), 402), ("buses".to_owned(), 188)],
            comments: 604,
            people: 545,
            by: vec![Gauge::exact(412, 1306)],
        };
        let rare = KeywordLine {
            word: "<late>".to_owned(),
            language: None,
            forms: Vec::new(),
            comments: 2,
            people: 1,
            by: vec![Gauge::exact(1, 1306)],
        };
        let full = Self {
            left_out: true,
            base: "/desk/rounds/vision-2031".to_owned(),
            chips: Chips::sample(),
            comments: 3108,
            people: 2211,
            groups: vec![GroupHead {
                name: "Families".to_owned(),
                voices: 1306,
            }],
            lines: vec![line, rare],
            enough: true,
            paging: Some(Paging::new(None, 412)),
            spoken: "?source=response".to_owned(),
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

/// `GET /desk/rounds/{round}/keywords`
pub(super) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Code>,
    round: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let query = request.query_string().to_owned();
    let slug = round.into_inner();
    let page = look_at(&live, &viewer, slug, move |round, index, db| {
        build(&round, index, db, &query)
    })
    .await?;
    viewer.visit.page(&app, &page)
}

fn build(round: &CodedRound, index: &Index, db: &mut Db, query: &str) -> Result<KeywordsPage> {
    let desk = &round.desk;
    let asked_for = Selection::from_query(query);
    let selection = readable(round.access, &asked_for);
    let set = round.comments(index, db, &selection)?;
    let asked = index.tally.filtered(&desk.round.id, &selection.filter);
    let groups = match round.access {
        AccessLevel::Comments => Vec::new(),
        AccessLevel::Rows => crate::district::groups(db)?,
    };
    let table = count(index, &set, &groups);
    let keys = groups.iter().map(|group| group.key.as_str());
    let asked_by_group = index.tally.by_group(&asked, keys);
    let in_group = |key: &str| {
        let found = asked_by_group.iter().find(|(group, _)| group == key);
        found.map_or(0, |(_, people)| people.len())
    };
    let heads: Vec<(&str, GroupHead)> = groups
        .iter()
        .map(|group| {
            let head = GroupHead {
                name: group.name.get("en").0.to_owned(),
                voices: in_group(&group.key),
            };
            (group.key.as_str(), head)
        })
        .filter(|(_, head)| head.voices > 0)
        .collect();
    let paging = Paging::new(
        asked_page(query),
        i64::try_from(table.keys.len()).unwrap_or(i64::MAX),
    );
    let page = table
        .keys
        .iter()
        .skip(usize::try_from(paging.offset()).unwrap_or(0))
        .take(PAGE);
    let lines = page.map(|key| KeywordLine {
        by: heads
            .iter()
            .map(|(group, head)| {
                let people = key.by.get(*group).map_or(0, |count| count.people);
                Gauge::exact(people, head.voices)
            })
            .collect(),
        ..keyword_line(key)
    });
    Ok(KeywordsPage {
        lines: lines.collect(),
        enough: table.people >= ENOUGH,
        chips: round.chips(index, db, &selection, None, &round.theme_names())?,
        left_out: selection != asked_for,
        comments: table.rows,
        people: table.people,
        groups: heads.into_iter().map(|(_, head)| head).collect(),
        paging: Some(paging),
        spoken: spoken(index, &set, &selection),
        base: desk.base.clone(),
    })
}

/// A word's line, without groups.
fn keyword_line(key: &Keyword) -> KeywordLine {
    KeywordLine {
        word: key.shown().to_owned(),
        language: key.language.map(|language| {
            let tag = language.to_string();
            let name = own_name(&tag).to_owned();
            (tag, name)
        }),
        forms: key.forms.iter().take(4).cloned().collect(),
        comments: key.comments,
        people: key.people,
        by: Vec::new(),
    }
}

/// The query of a selection. Names the sources that have voices, if the set includes other comments.
fn spoken(index: &Index, set: &RoaringBitmap, selection: &Selection) -> String {
    let said = |source: &Source| set & index.tally.comments(&CommentFacet::Source(*source));
    let present = Source::ALL.iter().filter(|source| !said(source).is_empty());
    let (voiced, voiceless): (Vec<&Source>, Vec<&Source>) =
        present.partition(|source| !index.tally.voices_of(&said(source)).is_empty());
    let mut selection = selection.clone();
    if !voiceless.is_empty() {
        selection.filter.sources = voiced.into_iter().copied().collect();
    }
    selection.to_query()
}

/// Counts the words of a set of comments by group, from the index, without reading any text. Tables aren't people, so
/// their notes aren't counted here; they're in the ledger.
fn count(index: &Index, set: &RoaringBitmap, groups: &[Group]) -> KeywordTable {
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
    let mut counter = KeywordCounter::default();
    for ordinal in set {
        let comment = index.tally.comment(ordinal);
        if let Some(voice) = comment.and_then(|comment| comment.voice) {
            let author = Author {
                group: place(voice),
                person: voice,
            };
            counter.count_posted(index.postings(), ordinal, author);
        }
    }
    let mut names: Vec<String> = groups.iter().map(|group| group.key.clone()).collect();
    names.push(String::new());
    counter.table(&names)
}
