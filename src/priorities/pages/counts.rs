//! A round's priorities as suppressed counts, for staff who don't decide them.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use roaring::RoaringBitmap;
use serde::Serialize;

use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::Db;
use crate::district;
use crate::error::{Error, Result};
use crate::priorities::evidence::asked_by_survey;
use crate::priorities::score::{Votes, score};
use crate::priorities::store;
use crate::tally::disclosure::{AccessLevel, Shown, ShownRow};
use crate::tally::{Access, Chips, CommentFacet, Filter, Gauge, Names, View};
use crate::themes::{Coding, Index, Live, latest_codebook};
use crate::web::Page;

use super::weighed::percent;

/// The page of all priorities, with suppressed counts.
#[derive(Debug, Default, Serialize)]
pub(crate) struct PriorityCountsPage {
    base: String,
    /// The columns with their number of voices, everyone first.
    heads: Vec<GroupHead>,
    lines: Vec<PriorityCounts>,
    /// Whether any of the priorities got votes.
    voted: bool,
}

#[derive(Debug, Serialize)]
struct GroupHead {
    label: String,
    base: Option<u64>,
}

#[derive(Debug, Serialize)]
struct PriorityCounts {
    title: String,
    themes: Vec<String>,
    decided: bool,
    /// The mean of the groups' shares, in percent; `None` if it would reveal a hidden share.
    equally: Option<u64>,
    /// One count per column.
    cells: Vec<Gauge>,
    votes: Option<Gauge>,
}

impl Page for PriorityCountsPage {
    const TEMPLATE: &'static str = "priorities/counts.html";

    fn samples() -> Vec<Self> {
        let head = |label: &str, base| GroupHead {
            label: label.to_owned(),
            base,
        };
        let line = |decided, equally, few| PriorityCounts {
            title: "Getting to school <on time>".to_owned(),
            themes: vec!["Buses".to_owned(), "Getting around".to_owned()],
            decided,
            equally,
            cells: vec![Gauge::exact(611, 2362), Gauge::of(few, Shown::Count(1306))],
            votes: decided.then(|| Gauge::exact(318, 352)),
        };
        let base = "/desk/rounds/vision-2031".to_owned();
        let full = Self {
            base: base.clone(),
            heads: vec![head("Everyone", Some(2362)), head("Families", None)],
            lines: vec![
                line(true, Some(23), Shown::Count(431)),
                line(false, None, Shown::TooFew),
            ],
            voted: true,
        };
        vec![
            Self {
                base,
                ..Self::default()
            },
            full,
        ]
    }
}

/// Builds the page for a viewer whose grants cover the round. Priorities are about the whole round, so a grant for a
/// school isn't enough.
pub(super) async fn show(
    app: &App,
    live: &web::Data<Live>,
    viewer: Viewer<permission::Counts>,
    slug: String,
) -> Result<HttpResponse> {
    let (account, reach) = (viewer.account.clone(), viewer.reach());
    let page = live
        .view_later(move |index, db| {
            let round = district::round_by_slug(db, &slug)?;
            let access = Access::by_people(&account, &reach, &round.id).ok_or(Error::Forbidden)?;
            if access.schools.is_some() {
                return Err(Error::Forbidden);
            }
            build(index, db, &round, &access)
        })
        .await?;
    viewer.visit.page(app, &page)
}

fn build(
    index: &Index,
    db: &mut Db,
    round: &district::Round,
    access: &Access,
) -> Result<PriorityCountsPage> {
    let mut page = PriorityCountsPage {
        base: format!("/desk/rounds/{}", round.slug),
        ..PriorityCountsPage::default()
    };
    let Some(saved) = latest_codebook(db, &round.id)? else {
        return Ok(page);
    };
    let coding = Coding::of(saved)?;
    let coded = coding.apply(index, &round.id);
    let priorities = store::in_round(db, &round.id)?;
    let decided = store::decisions(db, &round.id)?;
    let asked = asked_by_survey(index, db, &round.id)?
        .into_iter()
        .fold(RoaringBitmap::new(), |all, (_, asked)| all | asked);
    let unions: Vec<RoaringBitmap> = priorities
        .iter()
        .map(|priority| coded.union(priority.themes.iter().map(String::as_str)))
        .collect();
    let voices: Vec<RoaringBitmap> = unions
        .iter()
        .map(|union| index.tally.voices_of(union))
        .collect();
    let filter = Filter::default();
    // The themes page counts people who wrote a comment; everyone who named a priority is one of them.
    let said = CommentFacet::Round(round.id.clone());
    let writers = index.tally.voices_of(index.tally.comments(&said));
    let Some(view) = View::of(&index.tally, access, &round.id, &asked, &filter) else {
        return Ok(page);
    };
    let view = view.within(&writers);
    let table = view.count(&asked, &voices, false);
    let names = Names::read(db, &round.id)?;
    let places = view.places(&names);
    page.heads = heads(&view, &names, &table.bases, &places);
    for ((priority, row), union) in priorities.into_iter().zip(&table.rows).zip(&unions) {
        let ids: Vec<_> = union
            .iter()
            .filter_map(|ordinal| Some(index.tally.comment(ordinal)?.id.clone()))
            .collect();
        let themes = priority.themes.iter();
        page.lines.push(PriorityCounts {
            title: priority.title.get("en").0.to_owned(),
            themes: themes.map(|key| coding.name(key).to_owned()).collect(),
            decided: decided.iter().any(|it| it.priority_id == priority.id),
            equally: equally(&view, &table.bases, row),
            cells: std::iter::once(row.cells.len())
                .chain(places.iter().copied())
                .map(|place| Gauge::of(row.cell(place), table.bases.cell(place)))
                .collect(),
            votes: votes(access.level, store::votes_on(db, &ids)?),
        });
    }
    page.voted = page.lines.iter().any(|line| line.votes.is_some());
    Ok(page)
}

/// The headings of the columns: everyone, then the groups in their order.
fn heads(view: &View<'_>, names: &Names, bases: &ShownRow, places: &[usize]) -> Vec<GroupHead> {
    let part = view.part();
    let label = |key: Option<&String>| {
        key.map_or_else(
            || Chips::without(part).to_owned(),
            |key| names.of(part.as_str(), key),
        )
    };
    let everyone = GroupHead {
        label: "Everyone".to_owned(),
        base: bases.total.count(),
    };
    let groups = places.iter().filter_map(|place| {
        Some(GroupHead {
            label: label(view.columns().get(*place)?.key.as_ref()),
            base: bases.cell(*place).count(),
        })
    });
    std::iter::once(everyone).chain(groups).collect()
}

/// The mean with each group weighing the same; `None` unless every group's count is shown, because the mean would
/// reveal a hidden one. There's also no mean if people can be in several groups.
fn equally(view: &View<'_>, bases: &ShownRow, row: &ShownRow) -> Option<u64> {
    let cells = row.cells.iter().zip(&bases.cells).zip(view.columns());
    let counts = cells.map(|((named, asked), column)| {
        let key = column.key.clone().unwrap_or_default();
        Some((key, (named.count()?, asked.count()?)))
    });
    let counts: BTreeMap<String, (u64, u64)> = counts.collect::<Option<_>>()?;
    let asked: u64 = counts.values().map(|(_, asked)| asked).sum();
    (Some(asked) == bases.total.count()).then(|| percent(score(&counts).equally))
}

fn votes(level: AccessLevel, votes: Votes) -> Option<Gauge> {
    let decided = votes.agree + votes.disagree;
    let base = level.show(decided, &[]);
    (decided > 0).then(|| Gauge::of(level.show(votes.agree, &[decided]), base))
}
