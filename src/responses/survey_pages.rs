//! Survey pages, rendered once for each revision and language and cached with their compressed bytes.
//!
//! The pages contain nothing personal. The server reloads a survey's state after its own writes, and otherwise once
//! it's older than [`FRESH`]. A submission checks the state again inside its transaction.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::http::header::HeaderValue;
use actix_web::web;

use super::kiosk::DeviceKind;
use super::store::{self, Asker, CurrentSurvey};
use crate::accounts::Visit;
use crate::app::App;
use crate::district::LocalTime;
use crate::error::{Error, Result};
use crate::secret::digest;
use crate::surveys::{self, Document, State, SurveyId};
use crate::web::languages::Covers;
use crate::web::{Compressed, policy_with_style};

/// How long a page can rely on what was last read about its survey, because a different server may have changed it.
const FRESH: Duration = Duration::from_millis(500);

/// What this server knows about surveys.
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

/// A survey as the public sees it: published at least once, open or closed.
pub(super) struct PublicSurvey {
    /// Its slug.
    pub(super) slug: String,
    /// What can change between two visits.
    pub(super) current: CurrentSurvey,
    /// The district and its lists.
    pub(super) asker: Asker,
    /// The revision that people see.
    pub(super) document: Arc<Document>,
    /// The languages it's complete in.
    pub(super) languages: Vec<String>,
    pages: Arc<Pages>,
}

#[derive(Default)]
struct Pages {
    kept: RwLock<BTreeMap<(String, DeviceKind), Arc<KeptPage>>>,
    /// Held while a page is rendered, so that simultaneous requests share one rendering.
    rendering: Mutex<()>,
}

/// The bytes of one page.
pub(super) struct KeptPage {
    /// Changes with the page.
    pub(super) etag: HeaderValue,
    /// Its Content-Security-Policy header.
    pub(super) policy: HeaderValue,
    /// The HTML.
    pub(super) html: Compressed,
}

/// The survey with a slug. Returns "not found" if it was never published.
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
            let current = store::current_survey(db, &slug_there)?;
            if current.state == State::Draft || current.revision == 0 {
                return Err(Error::NotFound);
            }
            let asker = store::asker(db)?;
            let document = document_of(&pages_there, db, &current.id, current.revision)?;
            Ok(PublicSurvey::new(
                &app_there, slug_there, current, asker, document, known,
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

/// The document of a revision. Returns "not found" if it was never published.
pub(super) async fn wording(
    app: &App,
    pages: &web::Data<SurveyPages>,
    survey: &PublicSurvey,
    revision: i32,
) -> Result<Arc<Document>> {
    if revision == survey.current.revision {
        return Ok(Arc::clone(&survey.document));
    }
    let (pages, id) = (pages.clone(), survey.current.id.clone());
    app.read(move |db| document_of(&pages, db, &id, revision))
        .await
}

/// A revision never changes, so it's read only once.
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

/// Renders a survey's page in a language: its stylesheet and its HTML.
pub(super) type Write = fn(&App, &PublicSurvey, &str, DeviceKind) -> Result<(String, String)>;

/// The page with the questions, in a language, for a person's own device or a kiosk. Renders it if it isn't cached.
pub(super) async fn page(
    app: &web::Data<App>,
    survey: &Arc<PublicSurvey>,
    language: &str,
    device_kind: DeviceKind,
    written: Write,
) -> Result<Arc<KeptPage>> {
    let name = (language.to_owned(), device_kind);
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
        let page = Arc::new(KeptPage::new(written(
            &app,
            &survey,
            &name.0,
            device_kind,
        )?)?);
        write(&survey.pages.kept).insert(name, Arc::clone(&page));
        Ok(page)
    })
    .await
    .map_err(|_| Error::Busy)?
}

impl PublicSurvey {
    /// Keeps the cached pages if nothing they show has changed.
    fn new(
        app: &App,
        slug: String,
        current: CurrentSurvey,
        asker: Asker,
        document: Arc<Document>,
        known: Option<Known>,
    ) -> Self {
        let same = known.filter(|known| {
            let before = &known.survey;
            before.current.id == current.id
                && before.current.revision == current.revision
                && before.asker == asker
        });
        Self {
            slug,
            current,
            languages: complete_languages(&document, |tag| {
                app.languages
                    .shows(tag, Covers::Answering, &asker.turned_on)
            }),
            asker,
            document,
            pages: same.map_or_else(Arc::default, |known| Arc::clone(&known.survey.pages)),
        }
    }

    /// A visit in a language. Nobody signs in on public pages.
    pub(super) fn visit(&self, language: &str) -> Visit {
        let path = format!("/s/{}", self.slug);
        Visit::plain(language, &path, self.asker.district.clone())
    }

    /// The district's time.
    pub(super) fn local_time(&self) -> LocalTime {
        LocalTime::of(self.asker.district.as_ref())
    }
}

impl KeptPage {
    fn new((style, html): (String, String)) -> Result<Self> {
        let policy = policy_with_style(&style);
        let etag = format!("W/\"{}\"", digest(&html).get(..32).unwrap_or_default());
        Ok(Self {
            etag: HeaderValue::try_from(etag).map_err(Error::internal)?,
            policy: HeaderValue::try_from(policy).map_err(Error::internal)?,
            html: Compressed::in_every_form(html),
        })
    }
}

/// The languages that have all of the survey's text and that the interface supports. If there are none, the source
/// language.
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
    use crate::localized::LocalizedText;

    fn survey(title: &[(&str, &str)]) -> Document {
        let text = "slug = 's'\nlanguages = ['en', 'es', 'ar']\nunit = 'person'\ntitle = {}";
        let mut document = surveys::parse_document(text).unwrap();
        let words = title
            .iter()
            .map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned()));
        document.title = LocalizedText(words.collect::<BTreeMap<_, _>>());
        document
    }

    #[test]
    fn a_language_is_only_offered_if_it_is_complete() {
        let speaks = |tag: &str| tag != "ar";
        assert_eq!(
            complete_languages(&survey(&[("en", "A"), ("es", "B"), ("ar", "C")]), speaks),
            ["en", "es"]
        );
        assert_eq!(complete_languages(&survey(&[("es", "B")]), speaks), ["es"]);
        assert_eq!(complete_languages(&survey(&[("ar", "C")]), speaks), ["en"]);
    }
}
