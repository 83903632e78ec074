//! The pages of surveys, rendered once for each revision and language and kept with their compressed bytes.
//!
//! They carry nothing personal. A survey's state is read again when this node has written something of its own, and at
//! the latest after [`FRESH`]; a submission asks for it once more inside its transaction.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::http::header::HeaderValue;
use actix_web::web;
use chrono_tz::Tz;

use super::kiosk::Place;
use super::store::{self, Asker, Head};
use crate::accounts::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::secret::digest;
use crate::surveys::{self, Document, State, SurveyId};
use crate::web::languages::Covers;
use crate::web::{Kept, policy_with_style};

/// For how long a page may go by what was read of its survey while another node may have changed it.
const FRESH: Duration = Duration::from_millis(500);

/// What this node knows of surveys.
#[derive(Default)]
pub struct SurveyPages {
    surveys: RwLock<HashMap<String, Known>>,
    documents: RwLock<HashMap<(SurveyId, i32), Arc<Document>>>,
}

#[derive(Clone)]
struct Known {
    read_at: Instant,
    writes: u64,
    survey: Arc<PublicSurvey>,
}

/// A survey as the public meets it: published once, open or closed.
pub(super) struct PublicSurvey {
    /// Its address.
    pub(super) slug: String,
    /// What may change between two visits.
    pub(super) head: Head,
    /// Who asks.
    pub(super) asker: Asker,
    /// The revision that people see.
    pub(super) document: Arc<Document>,
    /// The languages that it is complete in.
    pub(super) languages: Vec<String>,
    pages: Arc<Pages>,
}

#[derive(Default)]
struct Pages {
    kept: RwLock<BTreeMap<(String, Place), Arc<KeptPage>>>,
    /// Held while a page is rendered, so that a crowd waits for one rendering.
    rendering: Mutex<()>,
}

/// One page's bytes.
pub(super) struct KeptPage {
    /// Changes with the page.
    pub(super) etag: HeaderValue,
    /// Its content security policy.
    pub(super) policy: HeaderValue,
    /// The page.
    pub(super) html: Kept,
}

/// The survey of a slug; one that was never published is not found.
pub(super) async fn survey(
    app: &web::Data<App>,
    pages: &web::Data<SurveyPages>,
    slug: &str,
) -> Result<Arc<PublicSurvey>> {
    let writes = app.database.writes();
    let known = read(&pages.surveys).get(slug).cloned();
    if let Some(known) = &known
        && known.writes == writes
        && known.read_at.elapsed() < FRESH
    {
        return Ok(Arc::clone(&known.survey));
    }
    let read_at = Instant::now();
    let (app_there, pages_there) = (app.clone(), pages.clone());
    let slug_there = slug.to_owned();
    let survey = app
        .read(move |db| {
            let head = store::head(db, &slug_there)?;
            if head.state == State::Draft || head.revision == 0 {
                return Err(Error::NotFound);
            }
            let asker = store::asker(db)?;
            let document = document_of(&pages_there, db, &head.id, head.revision)?;
            Ok(PublicSurvey::new(
                &app_there, slug_there, head, asker, document, known,
            ))
        })
        .await?;
    let survey = Arc::new(survey);
    let known = Known {
        read_at,
        writes,
        survey: Arc::clone(&survey),
    };
    write(&pages.surveys).insert(slug.to_owned(), known);
    Ok(survey)
}

/// The wording of a revision; one that was never published is not found.
pub(super) async fn wording(
    app: &App,
    pages: &web::Data<SurveyPages>,
    survey: &PublicSurvey,
    revision: i32,
) -> Result<Arc<Document>> {
    if revision == survey.head.revision {
        return Ok(Arc::clone(&survey.document));
    }
    let (pages, id) = (pages.clone(), survey.head.id.clone());
    app.read(move |db| document_of(&pages, db, &id, revision))
        .await
}

/// A revision never changes, so it is read once.
pub(super) fn document_of(
    pages: &SurveyPages,
    db: &mut crate::db::Db,
    survey: &SurveyId,
    revision: i32,
) -> Result<Arc<Document>> {
    let name = (survey.clone(), revision);
    if let Some(document) = read(&pages.documents).get(&name) {
        return Ok(Arc::clone(document));
    }
    let document = Arc::new(surveys::revision(db, survey, revision)?.document.0);
    write(&pages.documents).insert(name, Arc::clone(&document));
    Ok(document)
}

/// Writes the page of a survey in a language: its stylesheet and its HTML.
pub(super) type Write = fn(&App, &PublicSurvey, &str, Place) -> Result<(String, String)>;

/// The page that asks, in a language, on a phone or at a kiosk; written where it is not kept yet.
pub(super) async fn page(
    app: &web::Data<App>,
    survey: &Arc<PublicSurvey>,
    language: &str,
    place: Place,
    written: Write,
) -> Result<Arc<KeptPage>> {
    let name = (language.to_owned(), place);
    if let Some(page) = read(&survey.pages.kept).get(&name) {
        return Ok(Arc::clone(page));
    }
    let (app, survey) = (app.clone(), Arc::clone(survey));
    web::block(move || {
        let _one_at_a_time = survey
            .pages
            .rendering
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = read(&survey.pages.kept).get(&name) {
            return Ok(Arc::clone(page));
        }
        let page = Arc::new(KeptPage::new(written(&app, &survey, &name.0, place)?)?);
        write(&survey.pages.kept).insert(name, Arc::clone(&page));
        Ok(page)
    })
    .await
    .map_err(|_| Error::Busy)?
}

impl PublicSurvey {
    /// Keeps the pages of what was known if nothing that they show has changed.
    fn new(
        app: &App,
        slug: String,
        head: Head,
        asker: Asker,
        document: Arc<Document>,
        known: Option<Known>,
    ) -> Self {
        let same = known.filter(|known| {
            let before = &known.survey;
            before.head.id == head.id
                && before.head.revision == head.revision
                && before.asker == asker
        });
        Self {
            slug,
            head,
            languages: complete_languages(&document, |tag| {
                app.languages
                    .shows(tag, Covers::Answering, &asker.turned_on)
            }),
            asker,
            document,
            pages: same.map_or_else(Arc::default, |known| Arc::clone(&known.survey.pages)),
        }
    }

    /// A visit in a language: nobody is signed in on the pages that families meet.
    pub(super) fn visit(&self, language: &str) -> Visit {
        let path = format!("/s/{}", self.slug);
        Visit::plain(language, &path, self.asker.district.clone())
    }

    /// The zone of the district's days.
    pub(super) fn zone(&self) -> Tz {
        let district = self.asker.district.as_ref();
        district.map_or(Tz::UTC, crate::district::District::zone)
    }
}

impl KeptPage {
    fn new((style, html): (String, String)) -> Result<Self> {
        let policy = policy_with_style(&style);
        let etag = format!("W/\"{}\"", digest(&html).get(..32).unwrap_or_default());
        Ok(Self {
            etag: HeaderValue::try_from(etag).map_err(Error::internal)?,
            policy: HeaderValue::try_from(policy).map_err(Error::internal)?,
            html: Kept::in_every_form(html),
        })
    }
}

/// The languages that lack no words of the survey and that we speak ourselves; without any, the one it was written in.
fn complete_languages(document: &Document, speaks: impl Fn(&str) -> bool) -> Vec<String> {
    let missing = document.missing_words();
    let lacks = |tag: &str| missing.iter().any(|(lacking, _)| lacking == tag);
    let complete: Vec<String> = document
        .languages
        .iter()
        .filter(|tag| speaks(tag) && !lacks(tag) && !document.is_unread_draft(tag))
        .cloned()
        .collect();
    if complete.is_empty() {
        return document.languages.first().cloned().into_iter().collect();
    }
    complete
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::localised::LocalisedText;

    fn survey(title: &[(&str, &str)]) -> Document {
        let text = "slug = 's'\nlanguages = ['en', 'es', 'ar']\nunit = 'person'\ntitle = {}";
        let mut document = surveys::parse_document(text).unwrap();
        let words = title
            .iter()
            .map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned()));
        document.title = LocalisedText(words.collect::<BTreeMap<_, _>>());
        document
    }

    #[test]
    fn a_language_is_offered_only_where_no_word_is_missing() {
        let speaks = |tag: &str| tag != "ar";
        assert_eq!(
            complete_languages(&survey(&[("en", "A"), ("es", "B"), ("ar", "C")]), speaks),
            ["en", "es"]
        );
        assert_eq!(complete_languages(&survey(&[("es", "B")]), speaks), ["es"]);
        assert_eq!(complete_languages(&survey(&[("ar", "C")]), speaks), ["en"]);
    }
}
