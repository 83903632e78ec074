//! Typical snapshots for page samples and tests: one with everything in it, one with almost nothing.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::snapshot::{
    AskedPart, CommentPart, CountRow, DecisionPart, DistrictPart, ForumPart, GoalPart, LatePart,
    Matched, Method, OutcomePart, PriorityPart, Question, RoundPart, Snapshot, SourcePart,
    StagePart, StatementPart, ThemePart,
};
use crate::localized::LocalizedText;
use crate::plan::StatementKind;
use crate::priorities::Outcome;
use crate::priorities::score::Votes;
use crate::surveys::{Intent, Unit};
use crate::tally::Tables;
use crate::tally::disclosure::Column;
use crate::tally::disclosure::PublicCell::{self, Above, Below, Exact, Hidden};
use crate::themes::RuleText;

fn both(en: &str, es: &str) -> LocalizedText {
    LocalizedText(BTreeMap::from([
        ("en".to_owned(), en.to_owned()),
        ("es".to_owned(), es.to_owned()),
    ]))
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

fn at_noon(date: NaiveDate) -> NaiveDateTime {
    date.and_hms_opt(12, 0, 0).unwrap_or_default()
}

/// A round before anything was said in it.
pub(super) fn early() -> Snapshot {
    Snapshot {
        district: DistrictPart {
            name: both(
                "Riverside Unified Schools",
                "Escuelas Unificadas de Riverside",
            ),
            notice: both("Riverside is made up.", "Riverside es inventado."),
            languages: vec!["en".to_owned(), "es".to_owned()],
            time_zone: "America/Chicago".to_owned(),
        },
        round: RoundPart {
            slug: "vision-2031".to_owned(),
            title: both("Vision 2031", "Visión 2031"),
            place: both("Riverside", "Riverside"),
            starts_on: day(9, 14),
            origin: LocalizedText::default(),
        },
        published_by: "Ana Ruiz".to_owned(),
        published_at: at_noon(day(11, 10)),
        method: Method {
            codebook: 0,
            codebook_on: None,
            change: 12,
            base: 10,
        },
        groups: BTreeMap::new(),
        sources: Vec::new(),
        forums: Vec::new(),
        tables: Tables::default(),
        asked: Vec::new(),
        themes: Vec::new(),
        priorities: Vec::new(),
        stages: Vec::new(),
        statements: Vec::new(),
        goals: Vec::new(),
        comments: Vec::new(),
    }
}

/// A round with everything in it.
pub(super) fn full() -> Snapshot {
    let columns = vec![column(&["families"], 252), column(&["staff", ""], 62)];
    let tables = Tables {
        tables: 2,
        at_least: 11,
    };
    Snapshot {
        method: Method {
            codebook: 7,
            codebook_on: Some(day(11, 2)),
            ..early().method
        },
        groups: BTreeMap::from([
            ("families".to_owned(), both("Families", "Familias")),
            ("staff".to_owned(), both("School staff", "Personal")),
        ]),
        sources: vec![SourcePart {
            as_of: None,
            survey: "family".to_owned(),
            title: both(
                "What matters for our schools?",
                "¿Qué es lo más importante?",
            ),
            unit: Unit::Person,
            answered: Some(314),
            first_day: Some(day(9, 14)),
            last_day: Some(day(10, 2)),
            groups: columns.clone(),
            late: vec![
                LatePart {
                    counted: true,
                    answers: Some(12),
                },
                LatePart {
                    counted: false,
                    answers: None,
                },
            ],
        }],
        forums: vec![ForumPart {
            title: both("An evening at Oak", "Una noche en Oak"),
            day: day(10, 6),
        }],
        tables,
        asked: vec![
            asked(Intent::Need, "What should our schools do better?", tables),
            asked(Intent::Strength, "What is going well?", Tables::default()),
        ],
        themes: vec![
            theme("buses", "Buses", Outcome::Priority, None),
            theme("stops", "Bus stops", Outcome::UnderWay, Some("buses")),
            theme("meals", "Meals", Outcome::NotNow, None),
            theme("parks", "Parks", Outcome::NotOurs, None),
        ],
        priorities: vec![PriorityPart {
            key: "on-time".to_owned(),
            title: both(
                "Getting to school safely and on time",
                "Llegar a la escuela con seguridad y a tiempo",
            ),
            why: both(
                "Most families mentioned it.",
                "Casi todas las familias lo nombraron.",
            ),
            themes: vec!["buses".to_owned()],
            decision: Some(decision(columns, tables)),
        }],
        stages: stages(),
        statements: vec![
            statement(StatementKind::Vision, "Every child gets there on time."),
            statement(StatementKind::Mission, "We teach every child well."),
        ],
        goals: vec![GoalPart {
            key: "buses-on-time".to_owned(),
            priority: "on-time".to_owned(),
            title: both("Buses arrive on time", "Los autobuses llegan a tiempo"),
            measure: both("Share of routes on time", "Parte de las rutas puntuales"),
            baseline: "81%".to_owned(),
            target: "96%".to_owned(),
            year: 2028,
        }],
        comments: comments(),
        ..early()
    }
}

fn column(keys: &[&str], base: u64) -> Column {
    Column {
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        base,
    }
}

fn asked(intent: Intent, question: &str, tables: Tables) -> AskedPart {
    let row = |theme: &str, all, cells: [PublicCell; 2]| CountRow {
        theme: theme.to_owned(),
        all,
        cells: cells.to_vec(),
        tables: if theme == "buses" {
            tables
        } else {
            Tables::default()
        },
    };
    AskedPart {
        intent,
        questions: vec![Question {
            key: "be-better".to_owned(),
            label: LocalizedText::one("en", question),
        }],
        unit: Some(Unit::Person),
        asked: Some(314),
        columns: vec![
            column(&["family/families"], 252),
            column(&["family/staff", "family/"], 62),
        ],
        rows: vec![
            row("buses", Exact(96), [Exact(80), Exact(16)]),
            row("stops", Exact(31), [Exact(28), Hidden]),
            row("meals", Below, [Below, Below]),
            row("parks", Hidden, [Hidden, Above]),
        ],
    }
}

fn theme(key: &str, name: &str, outcome: Outcome, parent: Option<&str>) -> ThemePart {
    ThemePart {
        key: key.to_owned(),
        name: LocalizedText::one("en", name),
        definition: both("What is said about it.", "Lo que se dice de ello."),
        parent: parent.map(str::to_owned),
        rules: BTreeMap::from([(
            "en".to_owned(),
            RuleText {
                any: vec!["bus*".to_owned(), "\"car line\"".to_owned()],
                none: vec!["\"walking school bus\"".to_owned()],
            },
        )]),
        outcome: Some(OutcomePart {
            outcome,
            reason: both("Because it is ours to mend.", "Porque nos toca arreglarlo."),
        }),
    }
}

fn decision(columns: Vec<Column>, tables: Tables) -> DecisionPart {
    DecisionPart {
        day: day(11, 2),
        digest: "9f2c".repeat(16),
        codebook: 7,
        unit: Some(Unit::Person),
        asked: Some(314),
        all: Exact(96),
        columns,
        cells: vec![Exact(80), Exact(16)],
        sources: Vec::new(),
        tables,
        equally: Some(29),
        votes: Some(Votes {
            agree: 81,
            disagree: 182,
            pass: 7,
        }),
    }
}

fn stages() -> Vec<StagePart> {
    let stage = |number: i32, starts_on, ends_on| StagePart {
        number,
        title: both("A stage", "Una etapa"),
        starts_on,
        ends_on,
    };
    vec![
        stage(1, day(8, 3), day(9, 11)),
        stage(2, day(9, 14), day(11, 30)),
        stage(3, day(12, 1), day(12, 31)),
    ]
}

fn statement(kind: StatementKind, text: &str) -> StatementPart {
    StatementPart {
        kind,
        text: LocalizedText::one("en", text),
        evidence: vec!["on-time".to_owned()],
    }
}

fn comments() -> Vec<CommentPart> {
    let matched = |spans: Vec<(usize, usize)>| Matched {
        theme: "buses".to_owned(),
        spans,
    };
    vec![
        CommentPart {
            id: "0a".to_owned().into(),
            place: both(
                "What matters for our schools?",
                "¿Qué es lo más importante?",
            ),
            speaks_for: None,
            item: "be-better".to_owned(),
            intent: Intent::Need,
            language: "en".to_owned(),
            text: "The bus was late <nine> times.".to_owned(),
            themes: vec![matched(vec![(4, 7)])],
        },
        CommentPart {
            id: "0b".to_owned().into(),
            place: both("An evening at Oak", "Una noche en Oak"),
            speaks_for: Some(5),
            item: "needs".to_owned(),
            intent: Intent::Need,
            language: "es".to_owned(),
            text: "El autobús pasa tarde.".to_owned(),
            themes: vec![matched(vec![(3, 11)])],
        },
        CommentPart {
            id: "0c".to_owned().into(),
            place: LocalizedText::default(),
            speaks_for: None,
            item: "hope".to_owned(),
            intent: Intent::Hope,
            language: "en".to_owned(),
            text: "Kinder days".to_owned(),
            themes: Vec::new(),
        },
    ]
}
