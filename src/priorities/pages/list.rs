//! A round's priorities, in order.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::weighed::{Weighed, sample};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::{Db, Json};
use crate::district::{self, Round};
use crate::error::Result;
use crate::localized::LocalizedText;
use crate::priorities::model::{Evidence, Priority, PriorityId};
use crate::priorities::moved::moved;
use crate::priorities::{store, weigh};
use crate::themes::{Coding, Index, Live, latest_codebook};
use crate::web::form::{Fields, LanguageField};
use crate::web::{Page, flash, see_other};

/// The page of all priorities.
#[derive(Debug, Default, Serialize)]
pub(crate) struct PrioritiesPage {
    base: String,
    order: String,
    lines: Vec<PriorityLine>,
    themes: Vec<ThemeChoice>,
    title: Vec<LanguageField>,
    faults: Vec<String>,
    without_outcome: usize,
}

#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing that a row says"
)]
struct PriorityLine {
    id: String,
    key: String,
    title: String,
    themes: usize,
    decided: bool,
    /// Whether anything has changed since the decision.
    moved: bool,
    first: bool,
    last: bool,
    weighed: Weighed,
    /// For sorting only.
    #[serde(skip)]
    scores: (f64, f64),
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ThemeChoice {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) voices: u64,
    pub(super) chosen: bool,
}

impl Page for PrioritiesPage {
    const TEMPLATE: &'static str = "priorities/list.html";

    fn samples() -> Vec<Self> {
        let title = vec![LanguageField {
            tag: "es".to_owned(),
            language: "Español".to_owned(),
            text: String::new(),
        }];
        let theme = ThemeChoice {
            key: "buses".to_owned(),
            name: "Buses".to_owned(),
            voices: 545,
            chosen: false,
        };
        let line = PriorityLine {
            id: "1".to_owned(),
            key: "on-time".to_owned(),
            title: "Getting to school on time".to_owned(),
            themes: 2,
            decided: true,
            moved: true,
            first: true,
            last: false,
            weighed: sample(),
            scores: (0.26, 0.23),
        };
        let base = "/desk/rounds/vision-2031".to_owned();
        let full = Self {
            base: base.clone(),
            order: "size".to_owned(),
            lines: vec![line],
            themes: vec![theme],
            title,
            faults: vec!["Enter a title.".to_owned()],
            without_outcome: 2,
        };
        vec![
            Self {
                base,
                order: "hand".to_owned(),
                ..Self::default()
            },
            full,
        ]
    }
}

#[derive(Deserialize)]
pub(super) struct Query {
    order: Option<String>,
}

/// The district's groups by key: the mark that a group has on every page, which is its place in the district's order, and
/// its name.
pub(super) fn group_names(db: &mut Db) -> diesel::QueryResult<BTreeMap<String, (usize, String)>> {
    let groups = (1..).zip(district::groups(db)?);
    Ok(groups
        .map(|(mark, group)| (group.key, (mark, group.name.get("en").0.to_owned())))
        .collect())
}

/// The themes of the latest codebook, as checkboxes.
pub(super) fn theme_choices(
    index: &Index,
    coding: &Coding,
    round: &Round,
    chosen: &[String],
) -> Vec<ThemeChoice> {
    let coded = coding.apply(index, &round.id);
    let choice = |theme: &crate::themes::Theme| ThemeChoice {
        key: theme.key.clone(),
        name: theme.name.get("en").0.to_owned(),
        voices: index.tally.voices_of(coded.theme(&theme.key)).len(),
        chosen: chosen.contains(&theme.key),
    };
    coding.codebook.themes.iter().map(choice).collect()
}

/// The keys of themes that a priority of this round can include.
pub(super) fn known_themes(db: &mut Db, round: &Round) -> diesel::QueryResult<BTreeSet<String>> {
    let themes = latest_codebook(db, &round.id)?.map(|saved| saved.document.0.themes);
    let keys = themes.into_iter().flatten().map(|theme| theme.key);
    Ok(keys.collect())
}

/// Lists what's wrong with a priority that can't be saved.
pub(super) fn faults(
    title: &LocalizedText,
    themes: &[String],
    known: &BTreeSet<String>,
) -> Vec<String> {
    let mut faults = Vec::new();
    if title.is_empty() {
        faults.push("Enter a title.".to_owned());
    }
    if themes.is_empty() {
        faults.push(
            "Choose at least one theme. A priority counts everyone who mentioned one of its themes."
                .to_owned(),
        );
    }
    let unknown = themes.iter().find(|theme| !known.contains(*theme));
    faults.extend(unknown.map(|theme| format!("The codebook no longer has the theme “{theme}”.")));
    faults
}

async fn page(
    live: &web::Data<Live>,
    slug: String,
    order: Option<String>,
    languages: Vec<String>,
) -> Result<PrioritiesPage> {
    let order = order
        .filter(|order| matches!(order.as_str(), "size" | "equally"))
        .unwrap_or_else(|| "hand".to_owned());
    live.view_later(move |index, db| {
        let round = district::round_by_slug(db, &slug)?;
        let mut page = PrioritiesPage {
            base: format!("/desk/rounds/{}", round.slug),
            order,
            title: LanguageField::all(&LocalizedText::default(), &languages),
            ..PrioritiesPage::default()
        };
        let Some(saved) = latest_codebook(db, &round.id)? else {
            return Ok(page);
        };
        let coding = Coding::of(saved)?;
        page.lines = lines(index, db, &round, &coding)?;
        match page.order.as_str() {
            "size" => page.lines.sort_by(|a, b| b.scores.0.total_cmp(&a.scores.0)),
            "equally" => page.lines.sort_by(|a, b| b.scores.1.total_cmp(&a.scores.1)),
            _ => {}
        }
        page.without_outcome = without_outcome(db, &round, &coding)?;
        page.themes = theme_choices(index, &coding, &round, &[]);
        Ok(page)
    })
    .await
}

/// The priorities in their order, each weighed as of now.
fn lines(index: &Index, db: &mut Db, round: &Round, coding: &Coding) -> Result<Vec<PriorityLine>> {
    let coded = coding.apply(index, &round.id);
    let names = group_names(db)?;
    let decisions: BTreeMap<PriorityId, Evidence> = store::decisions(db, &round.id)?
        .into_iter()
        .map(|decision| (decision.priority_id, decision.evidence.0))
        .collect();
    let priorities = store::in_round(db, &round.id)?;
    let last = priorities.len().saturating_sub(1);
    let mut lines = Vec::with_capacity(priorities.len());
    for (place, priority) in priorities.into_iter().enumerate() {
        let evidence = weigh(index, db, &round.id, coding, &coded, &priority.themes)?;
        let decided = decisions.get(&priority.id);
        lines.push(PriorityLine {
            decided: decided.is_some(),
            moved: decided.is_some_and(|decided| !moved(decided, &evidence).is_empty()),
            id: priority.id.to_string(),
            title: priority.title.get("en").0.to_owned(),
            themes: priority.themes.len(),
            key: priority.key,
            first: place == 0,
            last: place == last,
            weighed: Weighed::of(&evidence.score, &evidence.votes, |key| {
                names
                    .get(key)
                    .cloned()
                    .unwrap_or_else(|| (0, key.to_owned()))
            }),
            scores: (evidence.score.by_size, evidence.score.equally),
        });
    }
    Ok(lines)
}

/// How many themes have no outcome yet.
fn without_outcome(db: &mut Db, round: &Round, coding: &Coding) -> Result<usize> {
    let said: Vec<String> = store::outcomes(db, &round.id)?
        .into_iter()
        .map(|outcome| outcome.theme)
        .collect();
    let themes = coding.codebook.themes.iter();
    Ok(themes.filter(|theme| !said.contains(&theme.key)).count())
}

/// `GET /desk/rounds/{round}/priorities`
pub(super) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let page = page(
        &live,
        round.into_inner(),
        query.into_inner().order,
        viewer.visit.asked_languages(),
    )
    .await?;
    viewer.visit.page(&app, &page)
}

/// Makes a key from a title: its letters and digits in lower case, joined by hyphens.
fn key_from(title: &str) -> String {
    let plain = slug::slugify(title);
    let parts: Vec<&str> = plain.split('-').take(6).collect();
    parts.join("-").chars().take(60).collect()
}

/// A key that the round doesn't use yet. A second priority with the same title gets its own key instead of replacing
/// the first.
fn free_key(title: &LocalizedText, there: &[Priority]) -> String {
    let key = match key_from(title.get("en").0) {
        // A title without Latin letters still needs an address.
        key if key.is_empty() => "priority".to_owned(),
        key => key,
    };
    let taken = |key: &String| there.iter().any(|priority| priority.key == *key);
    std::iter::once(key.clone())
        .chain((2..=there.len() + 2).map(|number| format!("{key}-{number}")))
        .find(|key| !taken(key))
        .unwrap_or(key)
}

pub(super) async fn add(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let title = fields.localized("title");
    let themes: Vec<String> = fields.all("theme").map(str::to_owned).collect();
    let (actor, slug) = (viewer.actor(), round.clone());
    let (typed, ticked) = (title.clone(), themes.clone());
    let id = PriorityId::from(fields.row_id(&app.secret, "priority")?);
    let added = app
        .write(move |db| {
            let round = district::round_by_slug(db, &slug)?;
            let faults = faults(&title, &themes, &known_themes(db, &round)?);
            if !faults.is_empty() {
                return Ok(Err(faults));
            }
            // Two people who add a priority at the same time must get different positions.
            district::lock_round(db, &round.id)?;
            let there = store::in_round(db, &round.id)?;
            if let Some(added) = there.iter().find(|priority| priority.id == id) {
                return Ok(Ok(added.key.clone()));
            }
            let key = free_key(&title, &there);
            let priority = Priority {
                id,
                round_id: round.id,
                key: key.clone(),
                title: Json(title),
                themes: Json(themes),
                why: Json::default(),
                position: i32::try_from(there.len()).unwrap_or(i32::MAX),
            };
            store::save_priority(db, &actor, &priority)?;
            Ok(Ok(key))
        })
        .await?;
    let key = match added {
        Ok(key) => key,
        Err(faults) => {
            let languages = viewer.visit.asked_languages();
            let mut page = page(&live, round.into_inner(), None, languages.clone()).await?;
            page.faults = faults;
            page.title = LanguageField::all(&typed, &languages);
            for choice in &mut page.themes {
                choice.chosen = ticked.contains(&choice.key);
            }
            return viewer.visit.again(&app, &page);
        }
    };
    Ok(flash(
        &format!("/desk/rounds/{round}/priorities/{key}"),
        "priority-added",
    ))
}

/// Moves one priority, or sorts all of them by a score.
pub(super) async fn order(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let adopt = Some(fields.get("adopt"))
        .filter(|order| !order.is_empty())
        .map(str::to_owned);
    let mut ids: Vec<PriorityId> = page(&live, round.clone(), adopt, Vec::new())
        .await?
        .lines
        .into_iter()
        .map(|line| PriorityId::from(line.id))
        .collect();
    let moved = ids
        .iter()
        .position(|id| id.as_str() == fields.get("priority"));
    match (moved, fields.get("move")) {
        (Some(place), "up") if place > 0 => ids.swap(place, place - 1),
        (Some(place), "down") if place + 1 < ids.len() => ids.swap(place, place + 1),
        _ => {}
    }
    let (actor, slug) = (viewer.actor(), round.clone());
    app.write(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        Ok(store::reorder(db, &actor, &round.id, &ids)?)
    })
    .await?;
    Ok(see_other(&format!("/desk/rounds/{round}/priorities")))
}

#[cfg(test)]
mod tests {
    use super::key_from;

    #[test]
    fn a_title_becomes_a_key_that_works_in_an_address() {
        assert_eq!(key_from("A safe way, on time!"), "a-safe-way-on-time");
        assert!(crate::keys::is_key(&key_from(
            "Niños & más: one two three four five six seven"
        )));
        assert_eq!(key_from("…"), "");
    }
}
