//! Changing a theme's rule: tried first, saved as the next version, and never over what somebody else saved meanwhile.

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
use crate::tally::Access;
use crate::themes::coding::selection::Room;
use crate::themes::engine::codebook::{Codebook, Fault, RuleText};
use crate::themes::pages::codebook::somebody;
use crate::themes::pages::rows::opened;
use crate::themes::store::author;
use crate::themes::{
    Coding, Index, Live, SavedCodebook, codebook_version, latest_codebook, save_codebook,
};
use crate::web::form::Fields;
use crate::web::languages::FALLBACK;
use crate::web::{flash, see_other};

/// How saving went.
enum Verdict {
    /// Whether as a new version, and which: a rule that equals the latest is none.
    Saved(bool, i32),
    /// Not at all, and why: what is wrong with the terms, or what somebody else saved meanwhile.
    Kept(Vec<String>, Option<MovedOn>),
}

pub(in crate::themes::pages) async fn save(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Codebook>,
    place: web::Path<ThemeAddress>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (place, fields) = (place.into_inner(), Arc::new(fields));
    let verdict = if fields.raw("_try").is_some() {
        let (place, fields) = (place.clone(), Arc::clone(&fields));
        app.read(move |db| {
            let faults = typed(latest(db, &place)?.1, &place.theme, &fields)?
                .compile()
                .err();
            Ok(Verdict::Kept(in_words(&faults.unwrap_or_default()), None))
        })
        .await?
    } else {
        let (actor, place, fields) = (viewer.actor(), place.clone(), Arc::clone(&fields));
        app.write(move |db| save_theme(db, &actor, &place, &fields))
            .await?
    };
    let (faults, moved_on) = match verdict {
        Verdict::Saved(is_new, version) => {
            let ThemeAddress { round, theme } = &place;
            let page = format!("/desk/rounds/{round}/themes/{theme}");
            return Ok(if is_new {
                see_other(&format!("{page}?saved={version}"))
            } else {
                flash(&page, "codebook-same")
            });
        }
        Verdict::Kept(faults, moved_on) => (faults, moved_on),
    };
    let status = if faults.is_empty() && moved_on.is_none() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let (slug, speakers) = (place.round.clone(), viewer.may_here::<permission::Rows>());
    let (account, reach) = (viewer.account.clone(), viewer.reach());
    let page = live
        .view_later(move |index, db| {
            let room = Room::of(db, &place.round)?;
            let access = Access::of(&account, &reach, &room.round.id).ok_or(Error::Forbidden)?;
            again(index, db, &place, &fields, &access, (faults, moved_on))
        })
        .await?;
    opened(&app, &viewer, &slug, speakers, page.lines.len()).await?;
    viewer.visit.page_as(&app, status, &page)
}

/// The round's latest codebook, as it is saved and as it is written.
fn latest(db: &mut Db, place: &ThemeAddress) -> Result<(SavedCodebook, Codebook)> {
    let round = Room::of(db, &place.round)?.round.id;
    let saved = latest_codebook(db, &round)?.ok_or(Error::NotFound)?;
    let document = saved.document.0.clone();
    Ok((saved, document))
}

/// Saves a theme as its form says it, unless somebody else changed the same theme since the form was opened. What they
/// changed on other themes stays as they left it.
fn save_theme(
    db: &mut Db,
    actor: &Actor,
    place: &ThemeAddress,
    fields: &Fields,
) -> Result<Verdict> {
    let round = Room::of(db, &place.round)?.round.id;
    district::lock_round(db, &round)?;
    let (saved, latest) = latest(db, place)?;
    let there = saved.version;
    let seen = fields.get("_version").parse().unwrap_or(0);
    if seen != there {
        let before = codebook_version(db, &round, seen).optional()?;
        let before = before.and_then(|before| before.document.0.theme(&place.theme).cloned());
        if before.as_ref() != latest.theme(&place.theme) {
            let by = author(db, &saved)?.unwrap_or_else(somebody);
            let theirs = latest.theme(&place.theme).cloned().unwrap_or_default();
            let moved_on = MovedOn::new(by, there, &before.unwrap_or_default(), &theirs);
            return Ok(Verdict::Kept(Vec::new(), Some(moved_on)));
        }
    }
    let codebook = typed(latest, &place.theme, fields)?;
    if let Err(faults) = codebook.compile() {
        return Ok(Verdict::Kept(in_words(&faults), None));
    }
    let version = save_codebook(db, actor, &round, &codebook)?;
    Ok(Verdict::Saved(version != there, version))
}

/// The page again, with everything that was typed, whether or not it can be counted.
fn again(
    index: &Index,
    db: &mut Db,
    place: &ThemeAddress,
    fields: &Fields,
    access: &Access,
    (faults, moved_on): (Vec<String>, Option<MovedOn>),
) -> Result<ThemePage> {
    let room = Room::of(db, &place.round)?;
    let (saved, latest) = latest(db, place)?;
    let typed = typed(latest, &place.theme, fields)?;
    let saved = Coding::of(saved)?;
    let tried = Coding::new(0, typed.clone());
    let shown = tried.as_ref().unwrap_or(&saved);
    let before = saved.apply(index, &room.round.id).theme(&place.theme).len();
    let mut page =
        build(index, db, &room, shown, &place.theme, "", access)?.ok_or(Error::NotFound)?;
    if let Some(theme) = typed.theme(&place.theme) {
        theme_form(&mut page, index, theme);
    }
    page.seen = match &moved_on {
        // Told what somebody else did, one may put one's own in its place.
        Some(theirs) => theirs.version,
        None => fields.get("_version").parse().unwrap_or(0),
    };
    page.faults = faults;
    page.moved_on = moved_on;
    page.trying = true;
    page.before = Some(before);
    page.version = saved.version;
    Ok(page)
}

fn in_words(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

/// The codebook with one theme as the form says it.
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
