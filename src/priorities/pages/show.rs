//! One priority: its evidence, the reason for its rank, and the decision.

use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::list::{ThemeChoice, faults, group_names, known_themes, theme_choices};
use super::weighed::{Weighed, sample};
use crate::accounts::{Viewer, Visit, permission};
use crate::app::App;
use crate::db::{Db, Json};
use crate::district;
use crate::error::{Error, Result};
use crate::priorities::model::{Evidence, Priority, SourceCount};
use crate::priorities::moved::moved;
use crate::priorities::{store, weigh};
use crate::themes::{Coding, Index, Live, latest_codebook};
use crate::web::form::{Fields, LanguageField};
use crate::web::{Page, flash};

/// The page of one priority.
#[derive(Debug, Serialize)]
pub(crate) struct PriorityPage {
    base: String,
    key: String,
    place: i32,
    title: String,
    /// The keys of its themes, as used in the address of its comments.
    set: String,
    titles: Vec<LanguageField>,
    why: Vec<LanguageField>,
    themes: Vec<ThemeChoice>,
    faults: Vec<String>,
    weighed: Weighed,
    sources: Vec<SourceLine>,
    tables: crate::tally::Tables,
    comments: u64,
    codebook: i32,
    decision: Option<DecisionLine>,
}

#[derive(Debug, Serialize)]
struct SourceLine {
    title: String,
    unit: &'static str,
    named: u64,
    asked: u64,
}

#[derive(Debug, Serialize)]
struct DecisionLine {
    /// In the district's time zone.
    at: NaiveDateTime,
    by: Option<String>,
    digest: String,
    codebook: i32,
    comments: u64,
    weighed: Weighed,
    /// What has changed since the decision.
    moved: Vec<String>,
}

impl Page for PriorityPage {
    const TEMPLATE: &'static str = "priorities/show.html";

    fn samples() -> Vec<Self> {
        let field = |text: &str| {
            vec![LanguageField {
                tag: "es".to_owned(),
                language: "Español".to_owned(),
                text: text.to_owned(),
            }]
        };
        let draft = || Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            key: "on-time".to_owned(),
            place: 1,
            title: "Getting to school on time".to_owned(),
            set: "buses,safety".to_owned(),
            titles: field("Llegar a tiempo"),
            why: field(""),
            themes: vec![ThemeChoice {
                key: "buses".to_owned(),
                name: "Buses".to_owned(),
                voices: 545,
                chosen: true,
            }],
            faults: vec!["Enter a title.".to_owned()],
            weighed: sample(),
            sources: vec![SourceLine {
                title: "Family survey".to_owned(),
                unit: "people",
                named: 611,
                asked: 2362,
            }],
            tables: crate::tally::Tables {
                tables: 2,
                at_least: 9,
            },
            comments: 700,
            codebook: 8,
            decision: None,
        };
        let decision = DecisionLine {
            at: NaiveDateTime::default(),
            by: Some("Ana Ruiz".to_owned()),
            digest: "9f".repeat(32),
            codebook: 7,
            comments: 690,
            weighed: sample(),
            moved: vec![
                "620 of 2371 voices name it now, compared with 611 of 2362 on the day of the decision.".to_owned(),
            ],
        };
        vec![
            draft(),
            Self {
                decision: Some(decision),
                ..draft()
            },
        ]
    }
}

#[derive(Clone, Deserialize)]
pub(super) struct PriorityAddress {
    round: String,
    priority: String,
}

impl PriorityAddress {
    fn page(&self) -> String {
        format!("/desk/rounds/{}/priorities/{}", self.round, self.priority)
    }

    fn load(&self, db: &mut Db) -> Result<(district::Round, Priority)> {
        let round = district::round_by_slug(db, &self.round)?;
        let priority = store::by_key(db, &round.id, &self.priority)?;
        Ok((round, priority))
    }
}

fn evidence_of(
    index: &Index,
    db: &mut Db,
    round: &district::Round,
    priority: &Priority,
) -> Result<(Coding, Evidence)> {
    let coding = Coding::of(latest_codebook(db, &round.id)?.ok_or(Error::NotFound)?)?;
    let coded = coding.apply(index, &round.id);
    let evidence = weigh(index, db, &round.id, &coding, &coded, &priority.themes)?;
    Ok((coding, evidence))
}

async fn page(
    live: &web::Data<Live>,
    place: PriorityAddress,
    visit: &Visit,
) -> Result<PriorityPage> {
    let (languages, local_time) = (visit.asked_languages(), visit.local_time());
    live.view_later(move |index, db| {
        let (round, priority) = place.load(db)?;
        let (coding, evidence) = evidence_of(index, db, &round, &priority)?;
        let names = group_names(db)?;
        let weighed = |evidence: &Evidence| {
            Weighed::of(&evidence.score, &evidence.votes, |key| {
                names
                    .get(key)
                    .cloned()
                    .unwrap_or_else(|| (0, key.to_owned()))
            })
        };
        let accounts = crate::accounts::list(db)?;
        let decision = store::current_decision(db, &priority.id)?.map(|decision| DecisionLine {
            at: local_time.at(decision.decided_at),
            by: decision
                .decided_by
                .and_then(|id| accounts.iter().find(|account| account.id == id))
                .map(|account| account.name.clone()),
            digest: decision.digest,
            codebook: decision.evidence.codebook,
            comments: decision.evidence.comments.len() as u64,
            weighed: weighed(&decision.evidence),
            moved: moved(&decision.evidence, &evidence),
        });
        let source = |source: &SourceCount| SourceLine {
            title: source.title.get("en").0.to_owned(),
            unit: source.unit.noun(),
            named: source.named,
            asked: source.asked,
        };
        Ok(PriorityPage {
            base: format!("/desk/rounds/{}", round.slug),
            place: priority.position + 1,
            title: priority.title.get("en").0.to_owned(),
            set: priority.themes.join(","),
            titles: LanguageField::all(&priority.title, &languages),
            why: LanguageField::all(&priority.why, &languages),
            themes: theme_choices(index, &coding, &round, &priority.themes),
            faults: Vec::new(),
            weighed: weighed(&evidence),
            sources: evidence
                .sources
                .iter()
                .filter(|source| source.asked > 0)
                .map(source)
                .collect(),
            tables: evidence.tables,
            comments: evidence.comments.len() as u64,
            codebook: coding.version,
            decision,
            key: priority.key,
        })
    })
    .await
}

pub(super) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<PriorityAddress>,
) -> Result<HttpResponse> {
    let page = page(&live, place.into_inner(), &viewer.visit).await?;
    viewer.visit.page(&app, &page)
}

pub(super) async fn save(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<PriorityAddress>,
    fields: Fields,
) -> Result<HttpResponse> {
    let place = place.into_inner();
    let (title, why) = (fields.localized("title"), fields.localized("why"));
    let themes: Vec<String> = fields.all("theme").map(str::to_owned).collect();
    let (actor, at) = (viewer.actor(), place.clone());
    let (typed_title, typed_why, ticked) = (title.clone(), why.clone(), themes.clone());
    let faults = app
        .write(move |db| {
            let (round, priority) = at.load(db)?;
            let faults = faults(&title, &themes, &known_themes(db, &round)?);
            if faults.is_empty() {
                let saved = Priority {
                    title: Json(title),
                    why: Json(why),
                    themes: Json(themes),
                    ..priority
                };
                store::save_priority(db, &actor, &saved)?;
            }
            Ok(faults)
        })
        .await?;
    if faults.is_empty() {
        return Ok(flash(&place.page(), "priority-saved"));
    }
    let languages = viewer.visit.asked_languages();
    let mut page = page(&live, place, &viewer.visit).await?;
    page.faults = faults;
    page.titles = LanguageField::all(&typed_title, &languages);
    page.why = LanguageField::all(&typed_why, &languages);
    for choice in &mut page.themes {
        choice.chosen = ticked.contains(&choice.key);
    }
    viewer.visit.again(&app, &page)
}

pub(super) async fn decide(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<PriorityAddress>,
) -> Result<HttpResponse> {
    let (actor, to, place) = (viewer.actor(), place.page(), place.into_inner());
    let looked = place.clone();
    let (priority, evidence) = live
        .view_later(move |index, db| {
            let (round, priority) = looked.load(db)?;
            let (_, evidence) = evidence_of(index, db, &round, &priority)?;
            Ok((priority, evidence))
        })
        .await?;
    app.write(move |db| Ok(store::decide(db, &actor, &priority.id, evidence)?))
        .await?;
    Ok(flash(&to, "priority-decided"))
}

pub(super) async fn undo_decision(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<PriorityAddress>,
) -> Result<HttpResponse> {
    let (actor, to) = (viewer.actor(), place.page());
    app.write(move |db| {
        let (_, priority) = place.load(db)?;
        Ok(store::undo_decision(db, &actor, &priority.id)?)
    })
    .await?;
    Ok(flash(&to, "decision-undone"))
}

pub(super) async fn delete(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<PriorityAddress>,
) -> Result<HttpResponse> {
    let (actor, round) = (viewer.actor(), place.round.clone());
    let gone = app
        .write(move |db| {
            let (_, priority) = place.load(db)?;
            Ok(store::delete_priority(db, &actor, &priority.id)?)
        })
        .await?;
    if !gone {
        return Err(Error::Conflict("A priority that was decided stays, with the record of its decisions. So does one with goals: move those to another priority first.".to_owned()));
    }
    Ok(flash(
        &format!("/desk/rounds/{round}/priorities"),
        "priority-deleted",
    ))
}
