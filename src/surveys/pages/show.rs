//! One survey: its questions, languages, revisions and file.

use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;
use serde::Serialize;

use super::kinds::in_words;
use super::{DeskSurvey, SurveyHeader, Tongue, find, planned, sample_corrections};
use crate::accounts::{Permission, Viewer, Visit, permission};
use crate::app::App;
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::surveys::corrections::Correction;
use crate::surveys::document::Unit;
use crate::surveys::file::write_document;
use crate::surveys::item::Item;
use crate::surveys::kind::Intent;
use crate::surveys::model::{Revision, State};
use crate::surveys::progress::{Participation, ProgressSource, SurveyProgress};
use crate::surveys::store;
use crate::web::languages::FALLBACK;
use crate::web::{Page, attachment};

/// One survey.
#[derive(Debug, Serialize)]
pub(crate) struct ShowPage {
    survey: SurveyHeader,
    /// The address that people answer at, with the host.
    link: String,
    /// Whether the viewer can see the counts.
    counts: bool,
    /// Its progress, if the viewer plans its round.
    going: Option<SurveyProgress>,
    /// Who has taken part so far, while it's open, for others.
    participation: Option<Participation>,
    /// The address of its round's results for schools, if it's closed and the viewer may read them.
    for_schools: Option<String>,
    /// Whether the viewer can enter paper responses.
    types: bool,
    /// The round's title.
    of_round: Wording,
    unit: Unit,
    /// The name of the group that every respondent belongs to.
    group: Option<Wording>,
    /// When it opened, in the district's time zone.
    opened: Option<NaiveDateTime>,
    /// When it closed, in the district's time zone.
    closed: Option<NaiveDateTime>,
    tongues: Vec<Tongue>,
    /// The number of missing translations, in all languages.
    missing: usize,
    /// The district's languages that the survey isn't asked in: tag and own name.
    not_asked: Vec<(String, String)>,
    items: Vec<ItemRow>,
    /// The number of questions: sections are not questions.
    questions: usize,
    /// The number of required questions.
    required: usize,
    /// Whether there are unpublished changes. The publish page lists what prevents publishing.
    waiting: bool,
    revisions: Vec<RevisionRow>,
}

#[derive(Debug, Serialize)]
struct ItemRow {
    key: String,
    label: Wording,
    kind: String,
    intent: Option<&'static str>,
    required: bool,
}

#[derive(Debug, Serialize)]
struct RevisionRow {
    number: i32,
    at: NaiveDateTime,
    by: Option<String>,
    corrections: Vec<Correction>,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "surveys/show.html";

    fn samples() -> Vec<Self> {
        let wording = |text: &str| Wording {
            text: text.to_owned(),
            lang: None,
        };
        let item = ItemRow {
            key: "best".to_owned(),
            label: wording("What goes <well>?"),
            kind: "text".to_owned(),
            intent: Some("Strengths"),
            required: true,
        };
        let revision = |number, by: Option<&str>, corrections| RevisionRow {
            number,
            at: NaiveDateTime::default(),
            by: by.map(str::to_owned),
            corrections,
        };
        let page = |state| Self {
            survey: SurveyHeader::sample(state),
            link: "https://riverside.example/s/family".to_owned(),
            counts: state == State::Closed,
            going: (state == State::Closed).then(SurveyProgress::sample),
            participation: (state == State::Open).then(Participation::sample),
            for_schools: (state == State::Closed)
                .then(|| "/desk/rounds/vision-2031/schools".to_owned()),
            types: state == State::Open,
            of_round: wording("Vision 2031"),
            unit: Unit::ChildAndSchool,
            group: Some(wording("Families")),
            opened: None,
            closed: None,
            tongues: Tongue::samples(),
            missing: 2,
            not_asked: vec![("es".to_owned(), "Español".to_owned())],
            items: Vec::new(),
            questions: 0,
            required: 0,
            waiting: false,
            revisions: Vec::new(),
        };
        let open = Self {
            opened: Some(NaiveDateTime::default()),
            items: vec![item],
            questions: 1,
            required: 1,
            missing: 0,
            waiting: true,
            revisions: vec![
                revision(2, Some("Ana <Ruiz>"), sample_corrections()),
                revision(1, None, Vec::new()),
            ],
            ..page(State::Open)
        };
        let closed = Self {
            closed: Some(NaiveDateTime::default()),
            not_asked: Vec::new(),
            group: None,
            ..page(State::Closed)
        };
        vec![page(State::Draft), open, closed]
    }
}

/// `GET /desk/surveys/{survey}`
pub(super) async fn show(
    app: web::Data<App>,
    progress: web::Data<dyn ProgressSource>,
    viewer: Viewer<permission::SeeSurveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let visit = &viewer.visit;
    let id = found.survey.id.clone();
    let plans = viewer.account.reach(permission::Plan::ROLES);
    let (counted, today) = (
        planned(&plans, [&found.survey]),
        visit.local_time().today(&app.clock),
    );
    let plans_it = !counted.is_empty();
    let is_shown = found.survey.state == State::Open
        && !plans_it
        && viewer.may_anywhere::<permission::Participation>();
    let places = found.places.clone();
    let (revisions, going, participation) = app
        .read(move |db| {
            let mut going = progress.of(db, counted, today)?;
            let participation = if is_shown {
                progress.participation(db, id.clone(), &places)?
            } else {
                None
            };
            Ok((store::revisions(db, &id)?, going.remove(&id), participation))
        })
        .await?;
    let is_closed = found.survey.state == State::Closed;
    let reads = is_closed && viewer.may_anywhere::<permission::SchoolResults>();
    let page = ShowPage {
        link: format!("{}/s/{}", app.config.link_base(), found.survey.slug),
        counts: plans_it,
        going,
        participation,
        for_schools: reads.then(|| format!("/desk/rounds/{}/schools", found.round.slug)),
        types: viewer.may_anywhere::<permission::Paper>(),
        ..ShowPage::new(visit, found.head(&viewer), &found, revisions)
    };
    visit.page(&app, &page)
}

/// `GET /desk/surveys/{survey}/survey.toml`: the working document, as a file
pub(super) async fn file(
    app: web::Data<App>,
    viewer: Viewer<permission::SeeSurveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let text = write_document(&found.survey.document).map_err(Error::bug)?;
    let name = format!("{}.toml", found.survey.slug);
    Ok(attachment(name, "application/toml; charset=utf-8", text))
}

impl ShowPage {
    fn new(
        visit: &Visit,
        head: SurveyHeader,
        found: &DeskSurvey,
        revisions: Vec<(Revision, Option<String>)>,
    ) -> Self {
        let document = &found.survey.document;
        let local_time = visit.local_time();
        let spoken = visit
            .district
            .as_ref()
            .map_or(&[][..], |district| &district.languages.0);
        let not_asked = spoken
            .iter()
            .filter(|tag| !document.languages.contains(tag));
        let group = found
            .places
            .groups
            .iter()
            .find(|group| document.group.as_ref() == Some(&group.key));
        let tongues = Tongue::of(document, &found.places);
        let waiting = found
            .published
            .as_ref()
            .is_some_and(|published| *published != **document);
        Self {
            survey: head,
            link: String::new(),
            counts: false,
            going: None,
            participation: None,
            for_schools: None,
            types: false,
            of_round: found.round.title.wording(FALLBACK),
            unit: document.unit,
            group: group.map(|group| group.name.wording(FALLBACK)),
            opened: found.survey.opened_at.map(|at| local_time.at(at)),
            closed: found.survey.closed_at.map(|at| local_time.at(at)),
            missing: tongues.iter().map(|tongue| tongue.missing.len()).sum(),
            tongues,
            not_asked: not_asked
                .map(|tag| {
                    let name = crate::web::languages::own_name(tag);
                    (tag.clone(), name.to_owned())
                })
                .collect(),
            items: document.items.iter().map(ItemRow::new).collect(),
            questions: document.questions().count(),
            required: document.questions().filter(|item| item.required).count(),
            waiting: waiting && found.survey.state == State::Open,
            revisions: revisions
                .into_iter()
                .map(|(revision, by)| RevisionRow {
                    number: revision.number,
                    at: local_time.at(revision.published_at),
                    by,
                    corrections: revision.corrections.0,
                })
                .collect(),
        }
    }
}

impl ItemRow {
    fn new(item: &Item) -> Self {
        Self {
            key: item.key.clone(),
            label: item.label.wording(FALLBACK),
            kind: in_words(item),
            intent: item.intent.map(Intent::heading),
            required: item.required,
        }
    }
}
