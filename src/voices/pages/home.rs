//! `/`: the open surveys, upcoming forums, and what was heard so far.

use actix_web::{HttpResponse, web};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::heard::{ThemeBar, section};
use super::plan::{Ranked, ranked};
use super::sample_sites;
use super::site::Site;
use crate::accounts::Visit;
use crate::app::App;
use crate::district;
use crate::error::Result;
use crate::localized::{LocalizedText, Wording};
use crate::surveys::{self, Intent};
use crate::voices::shelf::Shelf;
use crate::voices::store;
use crate::web::Page;
use crate::web::languages::own_name;

/// How many headlines and how many priorities to show.
const HEADLINES: usize = 3;

/// The home page.
#[derive(Debug, Serialize)]
pub(crate) struct HomePage {
    /// The title of the current round.
    of_round: Option<Wording>,
    surveys: Vec<SurveyCard>,
    forums: Vec<ForumCard>,
    heard: Option<Headlines>,
}

#[derive(Debug, Serialize)]
struct SurveyCard {
    slug: String,
    title: Wording,
    questions: usize,
    languages: Vec<Spoken>,
}

#[derive(Debug, Serialize)]
struct ForumCard {
    slug: String,
    title: Wording,
    place: String,
    starts_at: NaiveDateTime,
    ends_at: NaiveDateTime,
    languages: Vec<Spoken>,
}

#[derive(Debug, Serialize)]
struct Spoken {
    tag: String,
    name: String,
}

/// The headlines of the latest snapshot.
#[derive(Debug, Serialize)]
struct Headlines {
    slug: String,
    published_by: String,
    published_on: NaiveDate,
    intent: Option<Intent>,
    unit: &'static str,
    asked: Option<u64>,
    rows: Vec<ThemeBar>,
    priorities: Vec<Ranked>,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "voices/home.html";

    fn samples() -> Vec<Self> {
        let nothing = Self {
            of_round: None,
            surveys: Vec::new(),
            forums: Vec::new(),
            heard: None,
        };
        let starts_at = NaiveDateTime::default();
        let full = Self {
            of_round: Some(LocalizedText::one("en", "Vision 2031").wording("es")),
            surveys: vec![SurveyCard {
                slug: "family".to_owned(),
                title: LocalizedText::one("en", "Family survey").wording("en"),
                questions: 10,
                languages: spoken(&["en".to_owned(), "es".to_owned()]),
            }],
            forums: vec![ForumCard {
                slug: "oak-evening".to_owned(),
                title: LocalizedText::one("en", "An evening at Oak").wording("en"),
                place: "Oak Elementary, gym".to_owned(),
                starts_at,
                ends_at: starts_at,
                languages: spoken(&["en".to_owned()]),
            }],
            heard: sample_sites::sites()
                .first()
                .map(|site| headlines(site, "en")),
        };
        vec![nothing, full]
    }
}

fn spoken(tags: &[String]) -> Vec<Spoken> {
    let tags = tags.iter();
    tags.map(|tag| Spoken {
        tag: tag.clone(),
        name: own_name(tag).to_owned(),
    })
    .collect()
}

fn headlines(site: &Site, lang: &str) -> Headlines {
    let reading = site.reading(lang);
    let snapshot = &site.snapshot;
    let mut parts = snapshot.asked.iter();
    let needs = parts
        .clone()
        .find(|part| part.intent == Intent::Need)
        .or(parts.next())
        .map(|part| section(reading, part));
    Headlines {
        slug: snapshot.round.slug.clone(),
        published_by: snapshot.published_by.clone(),
        published_on: reading.published_at().date(),
        intent: needs.as_ref().map(|section| section.intent),
        unit: needs.as_ref().map_or("voice", |section| section.unit),
        asked: needs.as_ref().and_then(|section| section.asked),
        rows: needs
            .into_iter()
            .flat_map(|section| section.rows.into_iter().take(HEADLINES))
            .collect(),
        priorities: (1..)
            .zip(snapshot.priorities.iter().take(HEADLINES))
            .map(|(place, priority)| ranked(reading, place, priority))
            .collect(),
    }
}

pub(super) async fn show(
    app: web::Data<App>,
    shelf: web::Data<Shelf>,
    visit: Visit,
) -> Result<HttpResponse> {
    let now = visit.local_time().now(&app.clock);
    let (round, open, forums) = app
        .read(move |db| {
            let mut open = Vec::new();
            for survey in surveys::open_surveys(db)? {
                open.extend(surveys::latest_revision(db, &survey.id)?);
            }
            Ok((
                district::current_round(db)?,
                open,
                store::coming_forums(db, now)?,
            ))
        })
        .await?;
    let site = match &round {
        Some(round) => Site::published(&app, &shelf, round).await?,
        None => None,
    };
    let lang = visit.language.as_str();
    let page = HomePage {
        of_round: round.map(|round| round.title.wording(lang)),
        surveys: open
            .into_iter()
            .map(|revision| SurveyCard {
                slug: revision.document.slug.clone(),
                title: revision.document.title.wording(lang),
                questions: revision.document.questions().count(),
                languages: spoken(&revision.document.languages),
            })
            .collect(),
        forums: forums
            .into_iter()
            .map(|forum| ForumCard {
                title: forum.title.wording(lang),
                languages: spoken(&forum.languages),
                slug: forum.slug,
                place: forum.place,
                starts_at: forum.starts_at,
                ends_at: forum.ends_at,
            })
            .collect(),
        heard: site.map(|site| headlines(&site, lang)),
    };
    visit.page(&app, &page)
}
