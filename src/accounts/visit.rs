//! A visit: the language, path, and account of a request, as every page's frame needs them.

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use futures_core::future::LocalBoxFuture;
use serde::Serialize;

use super::model::Account;
use super::rooms::{may_enter, rooms};
use super::row_density::RowDensity;
use super::sessions;
use crate::app::App;
use crate::district::{District, LocalTime, Round};
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::secret::random_token;
use crate::web::languages::{self, Covers, direction, own_name};
use crate::web::{FLASH_COOKIE, Frame, Page, language_of};

/// The request data that every page handler takes.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The page's language.
    pub language: String,
    /// The path of the request, without its query.
    pub path: String,
    /// The signed-in account.
    pub account: Option<Account>,
    /// The district, if there is one.
    pub district: Option<District>,
    /// The rounds for the desk's navigation. Empty if nobody is signed in.
    pub rounds: Vec<Round>,
    /// The languages in the page's language menu.
    offered: Vec<String>,
    /// The key of the message left by the previous form.
    flash: Option<String>,
    query: String,
    /// Identifies this rendering of the page's forms.
    form_key: String,
    /// The row density of the desk's tables.
    rows: RowDensity,
}

/// The layout's data on every page.
#[derive(Serialize)]
struct Layout<'a> {
    lang: &'a str,
    dir: &'a str,
    path: &'a str,
    /// The path with its query.
    page_address: String,
    form_key: &'a str,
    viewer: Option<ViewerFrame<'a>>,
    district: Option<Wording>,
    notice: Option<Wording>,
    zone: Option<&'a str>,
    languages: Vec<LanguageLink<'a>>,
    flash: Option<&'a str>,
    round: Option<RoundLink<'a>>,
    rounds: Vec<RoundLink<'a>>,
    row_height: RowDensity,
}

#[derive(Serialize)]
struct RoundLink<'a> {
    slug: &'a str,
    title: Wording,
}

#[derive(Serialize)]
struct ViewerFrame<'a> {
    name: &'a str,
    /// The areas of the desk that the viewer may open.
    may: Vec<&'static str>,
}

#[derive(Serialize)]
struct LanguageLink<'a> {
    tag: &'a str,
    name: &'a str,
    dir: &'a str,
    href: String,
    current: bool,
}

impl Visit {
    /// The languages of the district's surveys, or English if there is no district yet.
    pub fn asked_languages(&self) -> Vec<String> {
        let asked = self
            .district
            .as_ref()
            .map(|district| district.languages.0.clone());
        asked.unwrap_or_else(|| vec![languages::FALLBACK.to_owned()])
    }

    /// The visit in the reader's language, for a public page that's previewed from the desk.
    #[must_use]
    pub fn as_reader(mut self, request: &HttpRequest) -> Self {
        language_of(&self.offered, request).clone_into(&mut self.language);
        self
    }

    /// The district's time, for the page's times and days.
    pub fn local_time(&self) -> LocalTime {
        LocalTime::of(self.district.as_ref())
    }

    /// A response with the page and status 200.
    pub fn page<P: Page>(&self, app: &App, page: &P) -> Result<HttpResponse> {
        self.page_as(app, StatusCode::OK, page)
    }

    /// A form that was not saved, shown again with what was typed and what is wrong: 422.
    pub fn again<P: Page>(&self, app: &App, page: &P) -> Result<HttpResponse> {
        self.page_as(app, StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    /// A response with the page and another status.
    pub fn page_as<P: Page>(
        &self,
        app: &App,
        status: StatusCode,
        page: &P,
    ) -> Result<HttpResponse> {
        let body = self.render(app, page)?;
        let mut response = HttpResponse::build(status);
        response.content_type("text/html; charset=utf-8");
        response.insert_header((
            header::CACHE_CONTROL,
            if self.account.is_some() {
                "no-store"
            } else {
                "private, no-cache"
            },
        ));
        response.insert_header((header::VARY, "Accept-Language, Cookie"));
        if self.flash.is_some() {
            let mut cookie = Cookie::build(FLASH_COOKIE, "").path("/").finish();
            cookie.make_removal();
            response.cookie(cookie);
        }
        Ok(response.body(body))
    }

    /// The page's HTML.
    pub fn render<P: Page>(&self, app: &App, page: &P) -> Result<String> {
        app.pages.render(&self.frame()?, page)
    }

    /// The frame that every page of this visit shares.
    pub fn frame(&self) -> Result<Frame> {
        Frame::of(&self.layout())
    }

    fn layout(&self) -> Layout<'_> {
        Layout {
            lang: &self.language,
            dir: direction(&self.language),
            path: &self.path,
            page_address: self.page_address(),
            form_key: &self.form_key,
            viewer: self.account.as_ref().map(|account| ViewerFrame {
                name: &account.name,
                may: rooms(account, self.round().map(|round| &round.id)),
            }),
            district: self
                .district
                .as_ref()
                .map(|district| district.name.wording(&self.language)),
            notice: self
                .district
                .as_ref()
                .filter(|district| !district.notice.is_empty())
                .map(|district| district.notice.wording(&self.language)),
            zone: self
                .district
                .as_ref()
                .map(|district| district.time_zone.as_str()),
            languages: self.offered.iter().map(|tag| self.link(tag)).collect(),
            flash: self.flash.as_deref(),
            round: self.round().map(round_link),
            rounds: self
                .account
                .iter()
                .flat_map(|account| {
                    let rounds = self.rounds.iter();
                    rounds.filter(|round| may_enter(account, &round.id))
                })
                .map(round_link)
                .collect(),
            row_height: self.rows,
        }
    }

    fn page_address(&self) -> String {
        match self.query.as_str() {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    /// The round that the desk's navigation links to: the one in the URL, or the current one.
    fn round(&self) -> Option<&Round> {
        let named = self
            .path
            .strip_prefix("/desk/rounds/")
            .and_then(|rest| rest.split('/').next());
        let named = named.and_then(|slug| self.rounds.iter().find(|round| round.slug == slug));
        named
            .or_else(|| self.rounds.iter().find(|round| round.is_current))
            .or_else(|| self.rounds.first())
    }

    fn link<'a>(&self, tag: &'a str) -> LanguageLink<'a> {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let others =
            url::form_urlencoded::parse(self.query.as_bytes()).filter(|(name, _)| name != "lang");
        query.extend_pairs(others).append_pair("lang", tag);
        let href = format!("{}?{}", self.path, query.finish());
        LanguageLink {
            tag,
            name: own_name(tag),
            dir: direction(tag),
            href,
            current: tag == self.language,
        }
    }

    /// Reads the visit from a request.
    pub async fn of(request: &HttpRequest) -> Result<Self> {
        let app = request
            .app_data::<web::Data<App>>()
            .ok_or_else(|| Error::bug("no app"))?
            .clone();
        let token = sessions::token(request, &app.config);
        let now = app.clock.now();
        let (account, district, rounds, turned_on) = app
            .read(move |db| {
                let account = match token {
                    Some(token) => sessions::account(db, &token, now)?,
                    None => None,
                };
                let rounds = if account.is_some() {
                    crate::district::rounds(db)?
                } else {
                    Vec::new()
                };
                let turned_on = crate::district::turned_on(db)?;
                Ok((account, crate::district::current(db)?, rounds, turned_on))
            })
            .await?;
        let covers = covers(request.path());
        let offered: Vec<String> = match &district {
            Some(district) => district
                .languages
                .iter()
                .filter(|tag| app.languages.shows(tag, covers, &turned_on))
                .cloned()
                .collect(),
            None => app.languages.complete().map(str::to_owned).collect(),
        };
        // The desk is in English, including its date and number formats.
        let language = if request.path().starts_with("/desk") {
            languages::FALLBACK
        } else {
            language_of(&offered, request)
        };
        let language = language.to_owned();
        let flash = request
            .cookie(FLASH_COOKIE)
            .map(|cookie| cookie.value().to_owned());
        Ok(Self {
            language,
            path: request.path().to_owned(),
            account,
            district,
            rounds,
            offered,
            // Only our own keys have text, so a forged cookie can't show anything.
            flash: flash.filter(|key| {
                app.languages
                    .has(languages::FALLBACK, &format!("flash-{key}"))
            }),
            query: request.query_string().to_owned(),
            form_key: random_token()?,
            rows: RowDensity::of(request),
        })
    }

    /// A visit without a request, for samples and prerendered pages.
    pub fn plain(language: &str, path: &str, district: Option<District>) -> Self {
        Self {
            language: language.to_owned(),
            path: path.to_owned(),
            account: None,
            offered: district
                .as_ref()
                .map_or_else(Vec::new, |district| district.languages.0.clone()),
            district,
            rounds: Vec::new(),
            flash: None,
            query: String::new(),
            form_key: String::new(),
            rows: RowDensity::default(),
        }
    }
}

/// What a language has to cover to be offered on a page. Receipts and sign-up for results count as answering.
fn covers(path: &str) -> Covers {
    if path == "/r" || path.starts_with("/r/") || path == "/follow" {
        Covers::Answering
    } else {
        Covers::Everything
    }
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

/// The desk is in English.
fn round_link(round: &Round) -> RoundLink<'_> {
    RoundLink {
        slug: &round.slug,
        title: round.title.wording("en"),
    }
}
