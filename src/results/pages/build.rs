//! Turns a survey's sets into what its page and its sheet show.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;
use serde::Serialize;

use super::answers::{Answers, Manner, answers, draw};
use super::columns::{AnswerHead, Column, cells, columns, heads};
use crate::localized::Wording;
use crate::results::count::{count, count_open};
use crate::results::question::Question;
use crate::results::store::ReportedSurvey;
use crate::surveys::Intent;
use crate::tally::disclosure::Shown;
use crate::tally::{Chips, Facet, Filter, Gauge, Index, Part, View};
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
    pub(super) counted: SurveyCounts,
}

/// The counts of a view.
#[derive(Debug, Serialize)]
pub(super) struct SurveyCounts {
    /// How many people match the filter.
    pub(super) people: u64,
    /// Who took part.
    pub(super) took_part: Vec<Participation>,
    pub(super) questions: Vec<Answers>,
    pub(super) open_heads: Vec<AnswerHead>,
    pub(super) open: Vec<Open>,
    /// The address of these people's comments.
    pub(super) comments: String,
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
    /// The address of its comments.
    pub(super) comments: String,
    /// The address of its word counts.
    pub(super) words: String,
}

/// The results of a survey for what an address asks.
pub(super) fn results(index: &Index, found: ReportedSurvey, asked: PageQuery) -> Results {
    let answered = index.voices(&Facet::Survey(found.survey.id.clone()));
    let view = View::of(index, &found.round.id, answered, &asked.filter);
    let to_page = |filter: &Filter| asked.through(filter);
    let mut chips = Chips::on(&asked.filter, &found.names, to_page);
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
    let counted = counted(index, &found, (answered, &view), &asked);
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
) -> SurveyCounts {
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
            let question = question.in_classes(index, everyone);
            answers(&count(index, view, question), &columns, &to)
        })
        .collect();
    draw(&mut questions);
    let (open_heads, open) = open(index, found, view, &columns, &to);
    SurveyCounts {
        people: view.size(),
        took_part: took_part(found, view, asked),
        questions,
        open_heads,
        open,
        comments: to_comments(&asked.filter),
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
    let all = view.size();
    let part = |part: &Part| {
        let mut sizes = view.sizes_by(*part);
        sizes.sort_by_key(|(key, _)| {
            let rank = |key: &String| found.names.rank(*part, key);
            key.as_ref().map_or(usize::MAX, rank)
        });
        let values = sizes.into_iter().map(|(key, size)| {
            let mut gauge = Gauge::exact(size, all);
            let key = key.as_deref();
            gauge.href = key
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
) -> (Vec<AnswerHead>, Vec<Open>) {
    let everyone = Filter::default();
    let all = columns.iter().find_map(|column| column.filter.as_ref());
    let open = found.document.open_items().map(|item| {
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
            comments: of_item("comments", all),
            words: of_item("keywords", all),
        }
    });
    (heads(columns, None, to.page), open.collect())
}
