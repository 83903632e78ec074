//! What the samples of the home page show.

use chrono::{NaiveDate, NaiveDateTime};

use crate::desk::waiting::{GroupLine, StageLine, Waiting};
use crate::localized::Wording;
use crate::surveys::{ByDay, Column};
use crate::tally::Gauge;

/// Three days of voices, the last of them today.
pub(super) fn days() -> ByDay {
    ByDay {
        first: NaiveDate::default(),
        last: NaiveDate::default(),
        days: 3,
        shown: 12,
        most: 8,
        columns: vec![
            Column {
                place: 0,
                height: 100,
                today: false,
            },
            Column {
                place: 2,
                height: 50,
                today: true,
            },
        ],
    }
}

/// A round in which much has happened.
pub(super) fn busy() -> Waiting {
    let wording = |text: &str| Wording {
        text: text.to_owned(),
        lang: Some("es".to_owned()),
    };
    Waiting {
        base: "/desk/rounds/vision-2031".to_owned(),
        voices: 420,
        today: 3,
        by_day: Some(days()),
        by_group: vec![
            GroupLine {
                name: Some(wording("Familias")),
                gauge: Gauge::exact(252, 420),
            },
            GroupLine {
                name: None,
                gauge: Gauge::exact(0, 420),
            },
        ],
        comments: 727,
        may_need_help: 2,
        codebook: Some(3),
        saying: 700,
        uncovered: 1,
        uncovered_share: 0,
        themes: 15,
        without_outcome: 1,
        priorities: 5,
        undecided: 2,
        goals: 1,
        public: Some((2, NaiveDateTime::default())),
        stages: [Some(100), Some(40), None]
            .into_iter()
            .zip(1..)
            .map(|(passed, number)| StageLine {
                number,
                title: wording("Dónde <estamos>"),
                starts_on: NaiveDate::default(),
                ends_on: NaiveDate::default(),
                passed,
                now: number == 2,
            })
            .collect(),
        days_left: Some(12),
        ..Waiting::default()
    }
}
