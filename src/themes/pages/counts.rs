//! A round's themes as suppressed counts, for viewers without row access.

use actix_web::{HttpResponse, web};
use roaring::RoaringBitmap;
use serde::Serialize;

use super::coded_round::{CodedRound, look_at};
use super::coverage::{Coverage, coverage};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::Db;
use crate::error::Result;
use crate::surveys::Intent;
use crate::tally::disclosure::{AccessLevel, Shape, Shown, ShownTable, TrueRow, show_counts};
use crate::tally::{
    Access, Chips, CommentFacet, Filter, Gauge, Names, Part, Tables, View, percent,
};
use crate::themes::coding::selection::Selection;
use crate::themes::{Coded, Coding, Index, Live};
use crate::web::Page;

/// A person may mention a theme in answer to several questions, and may mention several themes.
pub(super) const SEVERAL: Shape = Shape {
    columns_overlap: true,
    rows_share: false,
};

/// The page of all themes, with suppressed counts.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ThemeCountsPage {
    base: String,
    version: Option<i32>,
    chips: Chips,
    /// Whether the address filters by more than one value, so that nothing is counted.
    too_narrow: bool,
    /// Whether the address filters by who people are, which coders don't see.
    left_out: bool,
    /// The index of the page's lead column.
    lead: usize,
    /// The columns with their number of voices, everyone first.
    heads: Vec<ColumnHead>,
    themes: Vec<ThemeCounts>,
    /// Only for viewers who may code comments and so may read them.
    coder: Option<CoderPart>,
}

#[derive(Debug, Serialize)]
struct ColumnHead {
    label: String,
    base: Option<u64>,
}

#[derive(Debug, Serialize)]
struct ThemeCounts {
    key: String,
    name: String,
    part: bool,
    /// One count per column.
    cells: Vec<Gauge>,
    tables: Option<Tables>,
}

#[derive(Debug, Serialize)]
struct CoderPart {
    /// Comments with content.
    comments: u64,
    uncovered: u64,
    covered_share: u64,
    non_answers: u64,
    coverage: Vec<Coverage>,
}

impl Page for ThemeCountsPage {
    const TEMPLATE: &'static str = "themes/counts.html";

    fn samples() -> Vec<Self> {
        let empty = || Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            ..Self::default()
        };
        let head = |label: &str, base| ColumnHead {
            label: label.to_owned(),
            base,
        };
        let theme = |part, few: bool| ThemeCounts {
            key: "getting-around".to_owned(),
            name: "Getting <around>".to_owned(),
            part,
            cells: vec![
                Gauge::exact(84, 379),
                if few {
                    Gauge::of(Shown::TooFew, Shown::Count(120))
                } else {
                    Gauge::exact(80, 120)
                },
            ],
            tables: few.then_some(Tables {
                tables: 3,
                at_least: 14,
            }),
        };
        let counted = || Self {
            version: Some(3),
            chips: Chips::sample(),
            heads: vec![head("Everyone", Some(379)), head("Needs", Some(120))],
            themes: vec![theme(false, false), theme(true, true)],
            ..empty()
        };
        let coder = CoderPart {
            comments: 700,
            uncovered: 70,
            covered_share: 90,
            non_answers: 3,
            coverage: Coverage::samples(),
        };
        vec![
            empty(),
            Self {
                too_narrow: true,
                heads: Vec::new(),
                themes: Vec::new(),
                ..counted()
            },
            counted(),
            Self {
                left_out: true,
                coder: Some(coder),
                ..counted()
            },
        ]
    }
}

/// Builds the page for a viewer whose grants cover the round or a school.
pub(super) async fn show(
    app: &App,
    live: &web::Data<Live>,
    viewer: Viewer<permission::Mentions>,
    round: String,
    selection: Selection,
) -> Result<HttpResponse> {
    let codes = viewer.may_here::<permission::Code>();
    let page = look_at(live, &viewer, round, move |round, index, db| {
        build(&round, index, db, &selection, codes)
    })
    .await?;
    viewer.visit.page(app, &page)
}

fn build(
    round: &CodedRound,
    index: &Index,
    db: &mut Db,
    selection: &Selection,
    codes: bool,
) -> Result<ThemeCountsPage> {
    let (desk, access, coded) = (&round.desk, &round.access, &round.coded);
    let (coders, everyone) = (access.level == AccessLevel::Comments, Selection::default());
    let left_out = coders && *selection != everyone;
    let selection = if coders { &everyone } else { selection };
    let names = Names::read(db, &desk.round.id)?;
    let address = |filter: &Filter| filter.to_query();
    let mut page = ThemeCountsPage {
        chips: Chips::on(&selection.filter, &names, address),
        base: desk.base.clone(),
        left_out,
        ..ThemeCountsPage::default()
    };
    let Some(coding) = &round.coding else {
        return Ok(page);
    };
    page.version = Some(coding.version);
    let said = CommentFacet::Round(desk.round.id.clone());
    let writers = index.tally.voices_of(index.tally.comments(&said));
    let view = View::of(
        &index.tally,
        access,
        &desk.round.id,
        &writers,
        &selection.filter,
    );
    let Some(view) = view.filter(|_| selection.is_of_voices()) else {
        page.too_narrow = true;
        return Ok(page);
    };
    let parts = [
        Part::Group,
        Part::School,
        Part::Level,
        Part::Language,
        Part::Survey,
    ];
    page.chips
        .offer_parts(&view, &selection.filter, &parts, &names, address);
    let (columns, table) = match view.chosen() {
        Some(chosen) => by_part(index, &view, chosen, coding, coded, &writers, &names),
        None => by_asked(index, access, coding, coded, &writers),
    };
    page.lead = usize::from(view.chosen().is_some());
    fill(&mut page, round, index, (columns, table), codes);
    page.coder = codes.then(|| coder_part(index, &desk.round.id, coded));
    Ok(page)
}

/// Fills the page with the table, largest theme in the lead column first.
fn fill(
    page: &mut ThemeCountsPage,
    round: &CodedRound,
    index: &Index,
    (columns, table): (Vec<String>, ShownTable),
    codes: bool,
) {
    let (access, coded) = (&round.access, &round.coded);
    page.heads = std::iter::once("Everyone".to_owned())
        .chain(columns)
        .zip(std::iter::once(table.bases.total).chain(table.bases.cells))
        .map(|(label, base)| ColumnHead {
            label,
            base: base.count(),
        })
        .collect();
    let of_tables = page.lead == 0 && access.schools.is_none();
    let bases: Vec<Option<u64>> = page.heads.iter().map(|head| head.base).collect();
    let themes = round.coding.iter().flat_map(|it| &it.codebook.themes);
    let lines = themes.zip(table.rows);
    page.themes = lines
        .map(|(theme, row)| ThemeCounts {
            key: theme.key.clone(),
            name: theme.name.get("en").0.to_owned(),
            part: theme.parent.is_some(),
            cells: std::iter::once(row.total)
                .chain(row.cells)
                .zip(&bases)
                .map(|(count, base)| Gauge::of(count, base.map_or(Shown::TooFew, Shown::Count)))
                .collect(),
            tables: Some(index.tally.tables_of(coded.theme(&theme.key))).filter(|tables| {
                let shown = access.level.show(tables.at_least, &[]);
                of_tables && tables.tables > 0 && (codes || shown.count().is_some())
            }),
        })
        .collect();
    // Sort by shown counts, so that the order reveals nothing that the numbers don't.
    let lead = page.lead;
    page.themes
        .sort_by_key(|theme| std::cmp::Reverse(theme.cells.get(lead).and_then(|cell| cell.count)));
}

/// The voices of each theme by intent. People who answered several intents are in several columns.
fn by_asked(
    index: &Index,
    access: &Access,
    coding: &Coding,
    coded: &Coded,
    writers: &RoaringBitmap,
) -> (Vec<String>, ShownTable) {
    let said = |comments: &RoaringBitmap, intent: &Intent| {
        let comments = comments & index.tally.comments(&CommentFacet::Intent(*intent));
        index.tally.voices_of(&comments) & writers
    };
    let in_round = index.tally.said_by(writers);
    let asked: Vec<Intent> = Intent::ALL
        .iter()
        .copied()
        .filter(|intent| !said(&in_round, intent).is_empty())
        .collect();
    let sets = |comments: &RoaringBitmap| -> Vec<RoaringBitmap> {
        let mut sets: Vec<RoaringBitmap> =
            asked.iter().map(|intent| said(comments, intent)).collect();
        sets.push(index.tally.voices_of(comments) & writers);
        sets
    };
    let themes = coding.codebook.themes.iter();
    let base = sets(&in_round);
    let rows: Vec<Vec<RoaringBitmap>> = themes.map(|theme| sets(coded.theme(&theme.key))).collect();
    let count = |sets: &Vec<RoaringBitmap>| {
        let mut cells: Vec<u64> = sets
            .iter()
            .map(|set| access.narrow(&index.tally, set).len())
            .collect();
        let total = cells.pop().unwrap_or(0);
        TrueRow { cells, total }
    };
    let counted: Vec<TrueRow> = rows.iter().map(count).collect();
    let table = show_counts(
        access.level,
        SEVERAL,
        &count(&base),
        &counted,
        |row, column| {
            // One school's counts could be compared with everyone's, which other viewers can see.
            let sets = row.map_or(Some(&base), |row| rows.get(row));
            let everyone = sets.and_then(|sets| sets.get(column));
            let everyone = everyone.filter(|_| access.schools.is_some());
            everyone.map(RoaringBitmap::len).into_iter().collect()
        },
    );
    let labels = asked.iter().map(|intent| intent.heading().to_owned());
    (labels.collect(), table)
}

/// The voices of each theme with one value, next to everyone: a column of the table of all values.
fn by_part(
    index: &Index,
    view: &View<'_>,
    chosen: usize,
    coding: &Coding,
    coded: &Coded,
    writers: &RoaringBitmap,
    names: &Names,
) -> (Vec<String>, ShownTable) {
    let themes = coding.codebook.themes.iter();
    let rows: Vec<RoaringBitmap> = themes
        .map(|theme| index.tally.voices_of(coded.theme(&theme.key)))
        .collect();
    let table = view.count(writers, &rows, false).only(chosen);
    let value = view.columns().get(chosen).and_then(|it| it.key.as_deref());
    let label = names.of(view.part().as_str(), value.unwrap_or_default());
    (vec![label], table)
}

fn coder_part(index: &Index, round: &crate::district::RoundId, coded: &Coded) -> CoderPart {
    let all = index.tally.comments(&CommentFacet::Round(round.clone()));
    CoderPart {
        comments: coded.comments.len(),
        uncovered: coded.comments.len() - coded.covered.len(),
        covered_share: percent(coded.covered.len(), coded.comments.len()),
        non_answers: all.len() - coded.comments.len(),
        coverage: coverage(index, &coded.comments, &coded.covered),
    }
}
