//! Turns a survey's sets into what its page and its sheet show.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;
use serde::Serialize;

use super::answers::{Answers, Manner, answers, draw, uncounted};
use super::columns::{AnswerHead, Column, cells, columns, heads};
use crate::localized::Wording;
use crate::results::count::{count, count_open, may_be_counted};
use crate::results::question::Question;
use crate::results::store::ReportedSurvey;
use crate::surveys::Intent;
use crate::tally::disclosure::{AccessLevel, Shown};
use crate::tally::{Access, Chips, Facet, Filter, Gauge, Index, Part, View};
use crate::web::languages::FALLBACK;

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PageQuery {
    pub(super) filter: Filter,
    /// Whether choices keep the survey's order; otherwise the largest come first.
    pub(super) as_asked: bool,
}

impl PageQuery {
    /// Parses a query. Ignores the survey part, which the page sets itself, and the source of comments, which doesn't
    /// matter here.
    pub(super) fn from_query(query: &str) -> Self {
        let filter = Filter {
            surveys: BTreeSet::default(),
            sources: BTreeSet::default(),
            ..Filter::from_query(query)
        };
        let as_asked = url::form_urlencoded::parse(query.as_bytes())
            .any(|(name, value)| name == "order" && value == "asked");
        Self { filter, as_asked }
    }

    /// The query of the same page with another filter, starting with `?`.
    pub(super) fn through(&self, filter: &Filter) -> String {
        let query = filter.to_query();
        match (self.as_asked, query.len() > 1) {
            (false, _) => query,
            (true, true) => format!("{query}&order=asked"),
            (true, false) => "?order=asked".to_owned(),
        }
    }
}

/// All counts of a survey.
pub(super) struct Results {
    pub(super) found: ReportedSurvey,
    pub(super) asked: PageQuery,
    pub(super) chips: Chips,
    /// `None` if the filter has more values than suppression can handle.
    pub(super) counted: Option<SurveyCounts>,
}

/// The counts of a view.
#[derive(Debug, Serialize)]
pub(super) struct SurveyCounts {
    /// Whether every count is shown and every set can be opened.
    pub(super) rows: bool,
    /// How many people match the filter; `None` if hidden.
    pub(super) people: Option<u64>,
    /// Who took part; empty if a filter is on and counts are suppressed, because the unfiltered page has everyone's
    /// counts.
    pub(super) took_part: Vec<Participation>,
    pub(super) questions: Vec<Answers>,
    pub(super) open_heads: Vec<AnswerHead>,
    pub(super) open: Vec<Open>,
    /// The address of these people's comments, if the viewer may read them.
    pub(super) comments: Option<String>,
}

/// The people who took part, split by one part.
#[derive(Debug, Serialize)]
pub(super) struct Participation {
    pub(super) label: &'static str,
    pub(super) values: Vec<(String, Gauge)>,
}

/// An open question.
#[derive(Debug, Serialize)]
pub(super) struct Open {
    pub(super) key: String,
    pub(super) label: Wording,
    /// The "other" choice, if this is about its explanations.
    pub(super) other: Option<Wording>,
    pub(super) intent: Option<&'static str>,
    pub(super) cells: Vec<Gauge>,
    /// The address of its comments, if the viewer may read them.
    pub(super) comments: Option<String>,
    /// The address of its word counts, if available.
    pub(super) words: Option<String>,
}

/// The results of a survey for what an address asks. `reads` says whether the viewer may read comments.
pub(super) fn results(
    index: &Index,
    found: ReportedSurvey,
    access: &Access,
    asked: PageQuery,
    reads: bool,
) -> Results {
    let answered = index.voices(&Facet::Survey(found.survey.id.clone()));
    let view = View::of(index, access, &found.round.id, answered, &asked.filter);
    let to_page = |filter: &Filter| asked.through(filter);
    let mut chips = Chips::on(&asked.filter, &found.names, to_page);
    let counted = view.map(|view| {
        let parts = [
            Part::Group,
            Part::School,
            Part::Level,
            Part::Grade,
            Part::Speaks,
            Part::Language,
            Part::Channel,
            Part::Day,
        ];
        chips.offer_parts(&view, &asked.filter, &parts, &found.names, to_page);
        counted(index, &found, (answered, &view), &asked, reads)
    });
    Results {
        found,
        asked,
        chips,
        counted,
    }
}

/// The counts of a view, alongside everyone who answered the survey.
fn counted(
    index: &Index,
    found: &ReportedSurvey,
    (everyone, view): (&RoaringBitmap, &View<'_>),
    asked: &PageQuery,
    reads: bool,
) -> SurveyCounts {
    let rows = view.level() == AccessLevel::Rows;
    let columns = columns(view, &asked.filter, &found.names);
    let base = format!("/desk/rounds/{}", found.round.slug);
    let to_page = |filter: &Filter| asked.through(filter);
    let to_comments = |filter: &Filter| {
        let here = filter.with("survey", found.survey.id.as_str());
        format!("{base}/comments{}", here.to_query())
    };
    let to = Manner {
        by_group: view.part() == Part::Group,
        as_asked: asked.as_asked,
        page: &to_page,
        comments: &to_comments,
    };
    let questions = Question::of_document(&found.document, &found.places).into_iter();
    let mut questions: Vec<Answers> = questions
        .map(|question| {
            if may_be_counted(index, view, &question.key, question.conditional) {
                let question = question.in_classes(index, everyone, view.level());
                answers(&count(index, view, question), &columns, &to)
            } else {
                uncounted(&question)
            }
        })
        .collect();
    draw(&mut questions);
    let (open_heads, open) = open(index, found, view, &columns, &to, reads);
    SurveyCounts {
        rows,
        people: view.size().count(),
        took_part: match view.chosen() {
            Some(_) => Vec::new(),
            None => took_part(found, view, asked),
        },
        questions,
        open_heads,
        open,
        comments: rows.then(|| to_comments(&asked.filter)),
    }
}

fn took_part(found: &ReportedSurvey, view: &View<'_>, asked: &PageQuery) -> Vec<Participation> {
    let parts = [
        Part::Group,
        Part::Grade,
        Part::Level,
        Part::Speaks,
        Part::Language,
        Part::Channel,
    ];
    let opens = view.level() == AccessLevel::Rows;
    let all = view.size();
    let part = |part: &Part| {
        let mut sizes = view.sizes_by(*part);
        sizes.sort_by_key(|(key, _)| {
            let rank = |key: &String| found.names.rank(*part, key);
            key.as_ref().map_or(usize::MAX, rank)
        });
        let values = sizes.into_iter().map(|(key, size)| {
            let mut gauge = Gauge::of(size, all);
            let key = key.as_deref();
            gauge.href = key
                .filter(|_| opens)
                .and_then(|key| asked.filter.narrowed_to(part.as_str(), key))
                .map(|filter| asked.through(&filter));
            let name = |key| found.names.of(part.as_str(), key);
            (
                key.map_or_else(|| Chips::without(*part).to_owned(), name),
                gauge,
            )
        });
        Participation {
            label: Chips::label(*part),
            values: values.collect(),
        }
    };
    let is_split = |participation: &Participation| participation.values.len() > 1;
    parts.iter().map(part).filter(is_split).collect()
}

fn open(
    index: &Index,
    found: &ReportedSurvey,
    view: &View<'_>,
    columns: &[Column],
    to: &Manner<'_>,
    reads: bool,
) -> (Vec<AnswerHead>, Vec<Open>) {
    let everyone = Filter::default();
    // Viewers who may read comments but not rows get all comments, without filters on the speaker.
    let all = columns.iter().find_map(|column| column.filter.as_ref());
    let items = found.document.conditions().filter(|(item, conditional)| {
        // With suppressed counts, people who explained their "other" choice are a subset of those who chose it.
        let takes_words = item.is_open() || item.has_other() && view.level() == AccessLevel::Rows;
        takes_words && may_be_counted(index, view, &item.key, *conditional)
    });
    let open = items.map(|(item, _)| {
        let table = count_open(index, view, &found.survey.id, &item.key);
        let row = |place| {
            let row = table.rows.first();
            row.map_or(Shown::TooFew, |row| row.cell(place))
        };
        let of_item = |page: &str, filter: &Filter| {
            let here = filter.with("survey", found.survey.id.as_str()).to_query();
            let item = url::form_urlencoded::byte_serialize(item.key.as_bytes());
            let item: String = item.collect();
            format!("/desk/rounds/{}/{page}{here}&item={item}", found.round.slug)
        };
        let all = all.unwrap_or(&everyone);
        Open {
            key: item.key.clone(),
            label: item.label.wording(FALLBACK),
            other: item.has_other().then(|| item.other.wording(FALLBACK)),
            intent: item.intent.map(Intent::heading),
            cells: cells(
                columns,
                row,
                &table.bases,
                |filter| Some(filter.clone()),
                |filter| of_item("comments", filter),
                |filter| of_item("comments", filter),
            )
            .into_iter()
            .map(|cell| cell.gauge)
            .collect(),
            comments: reads.then(|| of_item("comments", all)),
            words: (view.level() == AccessLevel::Rows).then(|| of_item("keywords", all)),
        }
    });
    (heads(columns, None, to.page), open.collect())
}
