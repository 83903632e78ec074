//! The whole codebook as a document: view, edit, and download.

use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;
use serde::Serialize;

use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::district::{self, LocalTime};
use crate::error::{Error, Result};
use crate::themes::engine::codebook::Codebook;
use crate::themes::files::exchange::qdc;
use crate::themes::pages::desk_round::DeskRound;
use crate::themes::store::author;
use crate::themes::{latest_codebook, save_codebook, versions};
use crate::web::form::Fields;
use crate::web::{Page, attachment, flash};

/// The codebook page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct CodebookPage {
    base: String,
    version: Option<i32>,
    /// The version that the form was based on; 0 for none. Prevents overwriting a newer version by accident.
    seen: i32,
    toml: String,
    faults: Vec<String>,
    /// Who saved the latest version, if that happened while this form was open.
    moved_on: Option<String>,
    versions: Vec<VersionLine>,
}

#[derive(Debug, Serialize)]
struct VersionLine {
    version: i32,
    note: String,
    themes: usize,
    saved_by: Option<String>,
    saved_at: NaiveDateTime,
}

impl Page for CodebookPage {
    const TEMPLATE: &'static str = "themes/codebook.html";

    fn samples() -> Vec<Self> {
        let version = VersionLine {
            version: 2,
            note: "after the forum".to_owned(),
            themes: 15,
            saved_by: Some("Ana Ruiz".to_owned()),
            saved_at: NaiveDateTime::default(),
        };
        let full = Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            version: Some(2),
            seen: 2,
            toml: "[[themes]]\nkey = \"buses\"\n".to_owned(),
            faults: vec!["theme buses: a theme needs a name".to_owned()],
            moved_on: None,
            versions: vec![version],
        };
        vec![
            Self {
                base: "/desk/rounds/vision-2031".to_owned(),
                version: Some(3),
                moved_on: Some("Ben <Ode>".to_owned()),
                ..Self::default()
            },
            Self {
                base: "/desk/rounds/vision-2031".to_owned(),
                ..Self::default()
            },
            full,
        ]
    }
}

/// The initial text of an empty codebook's form.
const START: &str = r#"note = "first version"

[[themes]]
key = "getting-around"
name = { en = "Getting around", es = "Cómo llegar" }
definition = { en = "Buses, walking, and driving to school.", es = "El autobús, caminar y manejar a la escuela." }
[themes.rules.en]
any = ["bus*", "traffic", '"drop off"']
[themes.rules.es]
any = ["autob*", "tráfico"]
"#;

async fn page(app: &App, slug: String, local_time: LocalTime) -> Result<CodebookPage> {
    app.read(move |db| {
        let desk = DeskRound::of(db, &slug)?;
        let names: std::collections::BTreeMap<_, _> = crate::accounts::list(db)?
            .into_iter()
            .map(|account| (account.id, account.name))
            .collect();
        let saved = versions(db, &desk.round.id)?;
        let toml = match saved.first() {
            Some(latest) => latest.document.to_toml().map_err(Error::internal)?,
            None => START.to_owned(),
        };
        let line = |saved: crate::themes::SavedCodebook| VersionLine {
            version: saved.version,
            note: saved.document.note.clone(),
            themes: saved.document.themes.len(),
            saved_by: saved.saved_by.and_then(|id| names.get(&id).cloned()),
            saved_at: local_time.at(saved.saved_at),
        };
        Ok(CodebookPage {
            version: saved.first().map(|saved| saved.version),
            seen: saved.first().map_or(0, |saved| saved.version),
            toml,
            faults: Vec::new(),
            moved_on: None,
            versions: saved.into_iter().map(line).collect(),
            base: desk.base,
        })
    })
    .await
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Code>,
    round: web::Path<String>,
) -> Result<HttpResponse> {
    let page = page(&app, round.into_inner(), viewer.visit.local_time()).await?;
    viewer.visit.page(&app, &page)
}

/// The result of saving.
enum CodebookVerdict {
    /// Saved. True if that made a new version; false if it equals the latest.
    Saved(bool),
    /// Not saved, because somebody else saved in the meantime: who.
    MovedOn(String),
}

pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Codebook>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let typed = fields.raw("toml").unwrap_or_default().to_owned();
    let codebook = match Codebook::parse(&typed) {
        Ok((codebook, _)) => codebook,
        Err(faults) => {
            let page = page(&app, round.into_inner(), viewer.visit.local_time()).await?;
            let page = CodebookPage {
                seen: fields.get("_version").parse().unwrap_or(0),
                toml: typed,
                faults: faults.iter().map(ToString::to_string).collect(),
                ..page
            };
            return again(&app, &viewer, &page);
        }
    };
    let (actor, slug) = (viewer.actor(), round.clone());
    let verdict = app
        .write(move |db| {
            let round = DeskRound::of(db, &slug)?.round.id;
            district::lock_round(db, &round)?;
            let latest = latest_codebook(db, &round)?;
            let there = latest.as_ref().map_or(0, |latest| latest.version);
            if fields.get("_version").parse() != Ok(there) {
                let by = match &latest {
                    Some(latest) => author(db, latest)?,
                    None => None,
                };
                return Ok(CodebookVerdict::MovedOn(by.unwrap_or_else(somebody)));
            }
            let version = save_codebook(db, &actor, &round, &codebook)?;
            Ok(CodebookVerdict::Saved(version != there))
        })
        .await?;
    match verdict {
        CodebookVerdict::Saved(is_new) => {
            let news = if is_new {
                "codebook-saved"
            } else {
                "codebook-same"
            };
            Ok(flash(&format!("/desk/rounds/{round}/themes"), news))
        }
        CodebookVerdict::MovedOn(by) => {
            let page = page(&app, round.into_inner(), viewer.visit.local_time()).await?;
            let page = CodebookPage {
                toml: typed,
                moved_on: Some(by),
                ..page
            };
            again(&app, &viewer, &page)
        }
    }
}

/// The name for an unknown author, such as on the command line.
pub(super) fn somebody() -> String {
    "Someone".to_owned()
}

fn again(
    app: &App,
    viewer: &Viewer<permission::Codebook>,
    page: &CodebookPage,
) -> Result<HttpResponse> {
    viewer.visit.again(app, page)
}

/// `GET /desk/rounds/{round}/codebook.toml`
pub(super) async fn download(
    app: web::Data<App>,
    _viewer: Viewer<permission::Code>,
    round: web::Path<String>,
) -> Result<HttpResponse> {
    let name = format!("{round}-codebook.toml");
    let write = |codebook: &Codebook| codebook.to_toml().map_err(Error::internal);
    take_along(&app, round.into_inner(), name, "application/toml", write).await
}

/// `GET /desk/rounds/{round}/codebook.qdc`
pub(super) async fn download_qdc(
    app: web::Data<App>,
    _viewer: Viewer<permission::Code>,
    round: web::Path<String>,
) -> Result<HttpResponse> {
    let name = format!("{round}-codebook.qdc");
    take_along(
        &app,
        round.into_inner(),
        name,
        "application/xml",
        qdc::write,
    )
    .await
}

/// Downloads the latest version as a file.
async fn take_along(
    app: &App,
    round: String,
    name: String,
    kind: &'static str,
    write: impl Fn(&Codebook) -> Result<String> + Send + 'static,
) -> Result<HttpResponse> {
    let text = app
        .read(move |db| {
            let desk = DeskRound::of(db, &round)?;
            let saved = latest_codebook(db, &desk.round.id)?.ok_or(Error::NotFound)?;
            write(&saved.document)
        })
        .await?;
    Ok(attachment(name, kind, text))
}
