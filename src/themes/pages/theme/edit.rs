//! Edits a theme's rule: try it, then save it as the next version, without overwriting other people's changes.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use diesel::OptionalExtension;

use super::ThemeAddress;
use super::page::{MovedOn, ThemePage, build, theme_form};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::audit::Actor;
use crate::db::Db;
use crate::district;
use crate::error::{Error, Result};
use crate::themes::engine::codebook::{Codebook, Fault, RuleText};
use crate::themes::pages::codebook::somebody;
use crate::themes::pages::coded_round::{CodedRound, look_at};
use crate::themes::pages::desk_round::DeskRound;
use crate::themes::pages::rows::record_rows_opened;
use crate::themes::store::author;
use crate::themes::{Coding, Index, Live, codebook_version, latest_codebook, save_codebook};
use crate::web::form::Fields;
use crate::web::languages::FALLBACK;
use crate::web::{flash, see_other};

/// The result of saving.
enum ThemeVerdict {
    /// Saved. Whether that made a new version, and the version; a rule that equals the latest makes none.
    Saved(bool, i32),
    /// Not saved, because the codebook would have errors; the page shows them.
    Wrong,
    /// Not saved, because somebody else saved in the meantime.
    MovedOn(MovedOn),
}

/// Handles the form: tries the rule, or saves it.
pub(in crate::themes::pages) async fn save(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Codebook>,
    address: web::Path<ThemeAddress>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (address, fields) = (address.into_inner(), Arc::new(fields));
    let tries = fields.raw("_try").is_some();
    let moved_on = if tries {
        None
    } else {
        let (actor, at, fields) = (viewer.actor(), address.clone(), Arc::clone(&fields));
        let verdict = app.write(move |db| save_theme(db, &actor, &at, &fields));
        match verdict.await? {
            ThemeVerdict::Saved(is_new, version) => return Ok(saved(&address, is_new, version)),
            ThemeVerdict::Wrong => None,
            ThemeVerdict::MovedOn(theirs) => Some(theirs),
        }
    };
    let ThemeAddress { round: slug, theme } = address;
    let page = look_at(&live, &viewer, slug.clone(), move |round, index, db| {
        again(round, index, db, &theme, &fields, moved_on)
    })
    .await?;
    let status = if tries && page.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let speakers = viewer.may_here::<permission::Rows>();
    record_rows_opened(&app, &viewer, &slug, speakers, page.lines.len()).await?;
    viewer.visit.page_as(&app, status, &page)
}

/// Redirects after saving a theme.
fn saved(address: &ThemeAddress, is_new: bool, version: i32) -> HttpResponse {
    let ThemeAddress { round, theme } = address;
    let page = format!("/desk/rounds/{round}/themes/{theme}");
    if is_new {
        see_other(&format!("{page}?saved={version}"))
    } else {
        flash(&page, "codebook-same")
    }
}

/// Saves a theme from its form, unless somebody else changed the same theme since the form was opened. Keeps their
/// changes to other themes.
fn save_theme(
    db: &mut Db,
    actor: &Actor,
    address: &ThemeAddress,
    fields: &Fields,
) -> Result<ThemeVerdict> {
    let (round, key) = (DeskRound::of(db, &address.round)?.round.id, &address.theme);
    district::lock_round(db, &round)?;
    let saved = latest_codebook(db, &round)?.ok_or(Error::NotFound)?;
    let latest = &saved.document.0;
    let there = saved.version;
    let seen = fields.get("_version").parse().unwrap_or(0);
    if seen != there {
        let before = codebook_version(db, &round, seen).optional()?;
        let before = before.and_then(|before| before.document.0.theme(key).cloned());
        if before.as_ref() != latest.theme(key) {
            let by = author(db, &saved)?.unwrap_or_else(somebody);
            let theirs = latest.theme(key).cloned().unwrap_or_default();
            let moved_on = MovedOn::new(by, there, &before.unwrap_or_default(), &theirs);
            return Ok(ThemeVerdict::MovedOn(moved_on));
        }
    }
    let codebook = typed(latest.clone(), key, fields)?;
    if codebook.compile().is_err() {
        return Ok(ThemeVerdict::Wrong);
    }
    let version = save_codebook(db, actor, &round, &codebook)?;
    Ok(ThemeVerdict::Saved(version != there, version))
}

/// Shows the page again with everything that was typed, valid or not. The previous counts come from the round as
/// opened, so the saved codebook and the typed one are each compiled only once.
fn again(
    mut round: CodedRound,
    index: &Index,
    db: &mut Db,
    key: &str,
    fields: &Fields,
    moved_on: Option<MovedOn>,
) -> Result<ThemePage> {
    let saved = round.coding.as_ref().ok_or(Error::NotFound)?;
    let version = saved.version;
    let typed = typed(saved.codebook.clone(), key, fields)?;
    let before = round.coded.theme(key).len();
    let faults = match Coding::new(0, typed.clone()) {
        Ok(tried) => {
            round.recode(index, tried);
            Vec::new()
        }
        // Show the conflict first, and errors once it's resolved.
        Err(_) if moved_on.is_some() => Vec::new(),
        Err(faults) => in_words(&faults),
    };
    let mut page = build(&round, index, db, key, "")?.ok_or(Error::NotFound)?;
    if let Some(theme) = typed.theme(key) {
        theme_form(&mut page, index, theme);
    }
    page.seen = match &moved_on {
        // After seeing the conflict, the user may save over the other person's version.
        Some(theirs) => theirs.version,
        None => fields.get("_version").parse().unwrap_or(0),
    };
    page.faults = faults;
    page.moved_on = moved_on;
    page.trying = true;
    page.before = Some(before);
    page.version = version;
    Ok(page)
}

fn in_words(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

/// The codebook with one theme replaced from the form.
fn typed(mut codebook: Codebook, key: &str, fields: &Fields) -> Result<Codebook> {
    let mut themes = codebook.themes.iter_mut();
    let Some(theme) = themes.find(|theme| theme.key == key) else {
        return Err(Error::Conflict(
            "Someone removed this theme from the codebook, so you can’t change it. To restore it, open the codebook and add it again.".to_owned(),
        ));
    };
    let lines = |name: String| -> Vec<String> {
        let typed = fields.raw(&name).unwrap_or_default();
        typed
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let tags: Vec<String> = fields
        .0
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("any.").map(str::to_owned))
        .collect();
    for tag in tags {
        let rule = RuleText {
            any: lines(format!("any.{tag}")),
            none: lines(format!("none.{tag}")),
        };
        if rule == RuleText::default() {
            theme.rules.remove(&tag);
        } else {
            theme.rules.insert(tag, rule);
        }
    }
    for (name, text) in [
        ("name", &mut theme.name),
        ("definition", &mut theme.definition),
    ] {
        match fields.raw(name).map(str::trim) {
            Some("") => drop(text.0.remove(FALLBACK)),
            Some(words) => drop(text.0.insert(FALLBACK.to_owned(), words.to_owned())),
            None => {}
        }
    }
    for (name, text) in [
        ("include", &mut theme.include),
        ("exclude", &mut theme.exclude),
        ("example", &mut theme.example),
        ("parent", &mut theme.parent),
    ] {
        if let Some(words) = fields.raw(name).map(str::trim) {
            *text = (!words.is_empty()).then(|| words.to_owned());
        }
    }
    Ok(codebook)
}
