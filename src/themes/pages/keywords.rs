//! Which words people use, by group.

use actix_web::{HttpRequest, HttpResponse, web};
use roaring::RoaringBitmap;
use serde::Serialize;

use super::coded_round::{CodedRound, look_at};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::comments::Source;
use crate::db::{Db, Paging};
use crate::district::Group;
use crate::error::Result;
use crate::tally::disclosure::{
    AccessLevel, Shape, Shown, ShownRow, ShownTable, TrueRow, show_counts,
};
use crate::tally::{Access, Chips, CommentFacet, Facet, Filter, Gauge, Names};
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
    /// Whether the address has filters, which viewers without row access can't use here.
    too_narrow: bool,
    /// How many comments, for viewers who may read them.
    comments: Option<u64>,
    people: Option<u64>,
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
    voices: Option<u64>,
}

#[derive(Debug, Serialize)]
struct KeywordLine {
    word: String,
    /// The word's language and its name, if people wrote in several.
    language: Option<(String, String)>,
    /// The words behind it, for viewers who may read comments.
    forms: Vec<(String, u64)>,
    comments: Option<u64>,
    people: Option<u64>,
    by: Vec<Gauge>,
}

impl Page for KeywordsPage {
    const TEMPLATE: &'static str = "themes/keywords.html";

    fn samples() -> Vec<Self> {
        let line = KeywordLine {
            word: "bus".to_owned(),
            language: Some(("en".to_owned(), "English".to_owned())),
            forms: vec![("bus".to_owned(), 402), ("buses".to_owned(), 188)],
            comments: Some(604),
            people: Some(545),
            by: vec![Gauge::exact(412, 1306)],
        };
        let few = KeywordLine {
            word: "<late>".to_owned(),
            language: None,
            forms: Vec::new(),
            comments: Some(2),
            people: None,
            by: vec![Gauge::of(Shown::TooFew, Shown::TooFew)],
        };
        let full = Self {
            too_narrow: false,
            base: "/desk/rounds/vision-2031".to_owned(),
            chips: Chips::sample(),
            comments: Some(3108),
            people: Some(2211),
            groups: vec![GroupHead {
                name: "Families".to_owned(),
                voices: Some(1306),
            }],
            lines: vec![line, few],
            enough: true,
            paging: Some(Paging::new(None, 412)),
            spoken: "?source=response".to_owned(),
        };
        let counted = KeywordLine {
            word: "<bus>".to_owned(),
            language: Some(("en".to_owned(), "English".to_owned())),
            forms: Vec::new(),
            comments: None,
            people: Some(545),
            by: vec![Gauge::exact(412, 1306)],
        };
        let for_counts_alone = Self {
            people: None,
            lines: vec![counted],
            groups: vec![GroupHead {
                name: "Families".to_owned(),
                voices: None,
            }],
            base: "/desk/rounds/vision-2031".to_owned(),
            ..Self::default()
        };
        vec![
            for_counts_alone,
            Self {
                base: "/desk/rounds/vision-2031".to_owned(),
                ..Self::default()
            },
            Self {
                base: "/desk/rounds/vision-2031".to_owned(),
                chips: Chips::sample(),
                too_narrow: true,
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
    viewer: Viewer<permission::Mentions>,
    round: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let query = request.query_string().to_owned();
    let reads = viewer.may_here::<permission::Code>();
    let slug = round.into_inner();
    let page = look_at(&live, &viewer, slug, move |round, index, db| {
        build(&round, index, db, &query, reads)
    })
    .await?;
    viewer.visit.page(&app, &page)
}

fn build(
    round: &CodedRound,
    index: &Index,
    db: &mut Db,
    query: &str,
    reads: bool,
) -> Result<KeywordsPage> {
    let (desk, access) = (&round.desk, &round.access);
    let selection = Selection::from_query(query);
    if access.level != AccessLevel::Rows && selection != Selection::default() {
        let names = Names::read(db, &desk.round.id)?;
        return Ok(KeywordsPage::too_narrow(&desk.base, &selection, &names));
    }
    let mut set = round.comments(index, db, &selection)?;
    let asked = index.tally.filtered(&desk.round.id, &selection.filter);
    let asked = access.narrow(&index.tally, &asked);
    if access.schools.is_some() {
        set &= index.tally.said_by(&asked);
    }
    let groups = match access.level {
        AccessLevel::Comments => Vec::new(),
        AccessLevel::Rows | AccessLevel::Counts => crate::district::groups(db)?,
    };
    let mut table = count(index, &set, &groups);
    let wrote = index.tally.voices_of(&set);
    let shown = suppressed(index, access, (&asked, &wrote), &groups, &table);
    let people = access.level.show(table.people, &[asked.len()]).count();
    let rows = table.keys.drain(..).zip(shown.rows).collect();
    let rows = if reads { rows } else { only_shown(rows) };
    let heads = group_heads(&groups, &shown.bases);
    let paging = Paging::new(
        asked_page(query),
        i64::try_from(rows.len()).unwrap_or(i64::MAX),
    );
    let page = rows
        .into_iter()
        .skip(usize::try_from(paging.offset()).unwrap_or(0))
        .take(PAGE);
    let lines = page.map(|(key, row)| KeywordLine {
        by: heads
            .iter()
            .map(|(place, _)| Gauge::of(row.cell(*place), shown.bases.cell(*place)))
            .collect(),
        ..keyword_line(&key, row.total, reads)
    });
    Ok(KeywordsPage {
        lines: lines.collect(),
        // When the number itself is hidden, so are the words of too few people.
        enough: people.is_none_or(|people| people >= ENOUGH),
        chips: match access.level {
            AccessLevel::Rows => round.chips(index, db, &selection, None, &round.theme_names())?,
            AccessLevel::Comments | AccessLevel::Counts => Chips::default(),
        },
        too_narrow: false,
        comments: reads.then_some(table.rows),
        people,
        groups: heads.into_iter().map(|(_, head)| head).collect(),
        paging: Some(paging),
        spoken: spoken(index, &set, &selection),
        base: desk.base.clone(),
    })
}

impl KeywordsPage {
    /// The page for a selection that suppressed counts can't be narrowed by.
    fn too_narrow(base: &str, selection: &Selection, names: &Names) -> Self {
        Self {
            chips: Chips::on(&selection.filter, names, Filter::to_query),
            too_narrow: true,
            base: base.to_owned(),
            ..Self::default()
        }
    }
}

/// The words with shown counts, in the order of those counts, for viewers who may not read comments.
fn only_shown(mut rows: Vec<(Keyword, ShownRow)>) -> Vec<(Keyword, ShownRow)> {
    rows.retain(|(_, row)| row.total.count().is_some());
    rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.total.count()));
    rows
}

/// The groups with at least one person, each with its column.
fn group_heads(groups: &[Group], bases: &ShownRow) -> Vec<(usize, GroupHead)> {
    let heads = groups.iter().enumerate().map(|(place, group)| {
        let head = GroupHead {
            name: group.name.get("en").0.to_owned(),
            voices: bases.cell(place).count(),
        };
        (place, head)
    });
    heads
        .filter(|(place, _)| bases.cell(*place) != Shown::Count(0))
        .collect()
}

/// A word's line, without groups.
fn keyword_line(key: &Keyword, people: Shown, reads: bool) -> KeywordLine {
    let forms = if reads { 4 } else { 0 };
    KeywordLine {
        word: key.shown().to_owned(),
        language: key.language.map(|language| {
            let tag = language.to_string();
            let name = own_name(&tag).to_owned();
            (tag, name)
        }),
        forms: key.forms.iter().take(forms).cloned().collect(),
        comments: reads.then_some(key.comments),
        people: people.count(),
        by: Vec::new(),
    }
}

/// The people behind each word by group, out of those who were asked, as the access level may see them. The column
/// after the groups has people without a group. Everyone who used a word wrote a comment, and the themes page counts
/// those people.
fn suppressed(
    index: &Index,
    access: &Access,
    (asked, wrote): (&RoaringBitmap, &RoaringBitmap),
    groups: &[Group],
    table: &KeywordTable,
) -> ShownTable {
    let by_group = |people: &RoaringBitmap| {
        let mut rest = people.clone();
        let mut counts: Vec<u64> = Vec::with_capacity(groups.len() + 1);
        for group in groups {
            let members = index.tally.voices(&Facet::Group(group.key.clone()));
            // People in several groups count in the first, like their words.
            counts.push(rest.intersection_len(members));
            rest -= members;
        }
        counts.push(rest.len());
        TrueRow::across(counts)
    };
    let wrote = by_group(wrote);
    let row = |key: &Keyword| {
        let people = |group: &str| key.by.get(group).map_or(0, |count| count.people);
        TrueRow {
            cells: groups
                .iter()
                .map(|group| people(&group.key))
                .chain([people("")])
                .collect(),
            total: key.people,
        }
    };
    let rows: Vec<TrueRow> = table.keys.iter().map(row).collect();
    show_counts(
        access.level,
        Shape::default(),
        &by_group(asked),
        &rows,
        |row, column| row.map(|_| wrote.cell(column)).into_iter().collect(),
    )
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
