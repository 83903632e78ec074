//! The results of one survey.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;
use serde::Serialize;

use super::answers::{Manner, answers, draw, plain};
use super::build::{Open, Participation, Results, SurveyCounts};
use super::columns::{ALL, AnswerHead, Column};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::error::Result;
use crate::localized::Wording;
use crate::results::count;
use crate::results::question::{Choice, Question, Set};
use crate::statistics::quantile::Quartiles;
use crate::surveys::{ItemKind, State};
use crate::tally::disclosure::{Shown, ShownRow, ShownTable};
use crate::tally::{Chips, Filter, Gauge};
use crate::themes::Live;
use crate::web::Page;
use crate::web::languages::FALLBACK;

/// The results of one survey.
#[derive(Debug, Serialize)]
pub(crate) struct ResultsPage {
    slug: String,
    title: Wording,
    of_round: Wording,
    state: State,
    revision: i32,
    /// What to call several of the people who answered.
    noun: &'static str,
    /// What to call one of them.
    one: &'static str,
    /// The time of the count, in the district's time zone.
    at: NaiveDateTime,
    chips: Chips,
    /// The filters in words, for the printed page.
    narrowed: Vec<String>,
    as_asked: bool,
    /// The address's query in either sort order, starting with `?`.
    by_size: String,
    in_order: String,
    /// Suspected responses, counted separately.
    suspected: Option<u64>,
    /// Responses that arrived after the survey closed: those that count, and those that don't.
    late: Option<(u64, u64)>,
    counted: SurveyCounts,
}

impl Page for ResultsPage {
    const TEMPLATE: &'static str = "results/show.html";

    fn samples() -> Vec<Self> {
        let page = |counted| Self {
            slug: "family".to_owned(),
            title: Wording {
                text: "Encuesta <b>para</b> familias".to_owned(),
                lang: Some("es".to_owned()),
            },
            of_round: plain("Vision 2031"),
            state: State::Open,
            revision: 2,
            noun: "people",
            one: "person",
            at: NaiveDateTime::default(),
            chips: Chips::sample(),
            narrowed: vec!["Oak <Elementary>".to_owned()],
            as_asked: false,
            by_size: "?school=oak".to_owned(),
            in_order: "?school=oak&order=asked".to_owned(),
            suspected: None,
            late: None,
            counted,
        };
        vec![
            Self {
                state: State::Draft,
                revision: 0,
                narrowed: Vec::new(),
                chips: Chips::default(),
                ..page(SurveyCounts::sample(0))
            },
            page(SurveyCounts::sample(0)),
            Self {
                suspected: Some(3),
                late: Some((2, 1)),
                ..page(SurveyCounts::sample(420))
            },
            Self {
                as_asked: true,
                ..page(SurveyCounts::sample(420))
            },
        ]
    }
}

/// `GET /desk/surveys/{survey}/results`
pub(super) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Counts>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let results = super::results(&live, &viewer, slug.into_inner(), request.query_string()).await?;
    let now = app.clock.now();
    let page = ResultsPage::new(results, viewer.visit.local_time().at(now));
    viewer.visit.page(&app, &page)
}

impl ResultsPage {
    fn new(results: Results, at: NaiveDateTime) -> Self {
        let Results {
            found,
            asked,
            chips,
            counted,
        } = results;
        let order = |as_asked| super::build::PageQuery {
            as_asked,
            ..asked.clone()
        };
        Self {
            title: found.document.title.wording(FALLBACK),
            of_round: found.round.title.wording(FALLBACK),
            state: found.survey.state,
            revision: found.survey.revision,
            noun: found.document.unit.noun(),
            one: found.document.unit.noun_of_one(),
            slug: found.survey.slug,
            at,
            narrowed: chips.in_words().into_iter().map(str::to_owned).collect(),
            chips,
            as_asked: asked.as_asked,
            by_size: order(false).through(&asked.filter),
            in_order: order(true).through(&asked.filter),
            suspected: Some(found.suspected).filter(|count| *count > 0),
            late: Some((
                found.late.included,
                found.late.waiting + found.late.excluded,
            ))
            .filter(|late| *late != (0, 0)),
            counted,
        }
    }
}

impl SurveyCounts {
    fn sample(people: u64) -> Self {
        let filter = Filter::default();
        let column = |label: &str, key: &str, place| Column {
            label: label.to_owned(),
            key: key.to_owned(),
            place,
            filter: Some(filter.clone()),
        };
        let columns = [
            column("Everyone", ALL, 1),
            column("Families", "families", 0),
        ];
        let to = Manner {
            by_group: true,
            as_asked: false,
            page: &|filter: &Filter| filter.to_query(),
            comments: &|filter: &Filter| {
                format!("/desk/rounds/vision-2031/comments{}", filter.to_query())
            },
        };
        let sample = |kind| answers(&sample_question(kind, people, true), &columns, &to);
        let mut questions = vec![
            sample(ItemKind::Single),
            sample(ItemKind::Scale),
            sample(ItemKind::Group),
            sample(ItemKind::Matrix),
            sample(ItemKind::Ranking),
            sample(ItemKind::ConstantSum),
            sample(ItemKind::Number),
        ];
        draw(&mut questions);
        let values = vec![
            ("Families".to_owned(), Gauge::exact(252, 420)),
            ("Staff".to_owned(), Gauge::exact(39, 420)),
        ];
        let head = || AnswerHead {
            key: ALL.to_owned(),
            label: "Everyone".to_owned(),
            base: None,
            href: None,
        };
        let open = Open {
            key: "hope".to_owned(),
            label: plain("What do you <hope>?"),
            other: Some(plain("Something <else>")),
            intent: Some("Hopes"),
            cells: vec![Gauge::exact(231, 420), Gauge::exact(140, 252)],
            comments: "/desk/rounds/vision-2031/comments?item=hope".to_owned(),
            words: "/desk/rounds/vision-2031/keywords?item=hope".to_owned(),
        };
        Self {
            people,
            took_part: vec![Participation {
                label: "Group",
                values,
            }],
            questions,
            open_heads: vec![head(), head()],
            open: vec![open],
            comments: "/desk/rounds/vision-2031/comments?survey=1".to_owned(),
        }
    }
}

pub(super) fn sample_question(kind: ItemKind, people: u64, rows: bool) -> count::QuestionCounts {
    let choices = (1..=5_u64).map(|place| Choice {
        key: place.to_string(),
        label: plain(&format!("Choice <{place}>")),
        point: Some(plain("Not <at> all")).filter(|_| place == 1),
        set: Set {
            field: kind.to_string(),
            key: place.to_string(),
        },
    });
    let row = |count: u64, few: bool| ShownRow {
        cells: vec![if few {
            Shown::TooFew
        } else {
            Shown::Count(count / 2)
        }],
        total: Shown::Count(count),
    };
    let middle = ["10–19", "20–29", "30–39"].map(str::to_owned);
    let [low, median, high] = middle;
    let middle = Some(Quartiles { low, median, high });
    count::QuestionCounts {
        question: Question {
            key: kind.to_string(),
            label: plain("How <welcome>?"),
            of: Some(plain("Please <say>")).filter(|_| kind == ItemKind::Matrix),
            kind,
            shares: true,
            required: false,
            conditional: false,
            points: if kind == ItemKind::Scale { 5 } else { 0 },
            bounds: 0..=100,
            places: 2,
            choices: choices.collect(),
            low: plain("Not at all"),
            high: Wording::default(),
        },
        choices: ShownTable {
            bases: row(people, false),
            rows: (1..=5)
                .map(|place| row(people * place / 20, !rows && place == 1))
                .collect(),
        },
        empty: vec![Shown::Count(people / 8), Shown::Count(people / 4)],
        middles: match kind {
            ItemKind::Number => vec![middle, None],
            _ => Vec::new(),
        },
        means: match kind {
            ItemKind::ConstantSum if rows => vec![Some(12.5), None],
            _ => Vec::new(),
        },
        places: match kind {
            ItemKind::Ranking if rows => vec![vec![people / 4, 0]; 5],
            _ => Vec::new(),
        },
    }
}
