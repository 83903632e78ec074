//! Where the comments of one response went, as far as it's published. Only people with the receipt can ask, and it
//! reads nothing but the public snapshot and the codebook it was counted with.

use std::sync::Arc;

use super::shelf::Shelf;
use super::snapshot::Snapshot;
use crate::comments::Status;
use crate::db::Db;
use crate::error::Result;
use crate::responses::OpenedResponse;
use crate::themes::{Candidates, Coding, Language, codebook_version};

/// Where a response's comments went.
pub(super) enum Whereabouts {
    /// There are no comments that count, or the receipt doesn't show them.
    NoWords,
    /// Nothing is published yet.
    NothingPublished,
    /// The snapshot was counted before the response arrived or last changed.
    CountedBefore,
    /// The current snapshot, and for each comment the keys of the themes that count it.
    Published(Arc<Snapshot>, Vec<Vec<String>>),
}

/// Where the comments of an opened response went.
pub(super) fn whereabouts(
    db: &mut Db,
    shelf: &Shelf,
    opened: &OpenedResponse,
) -> Result<Whereabouts> {
    let counts = opened.response.status == Status::Counted;
    if !counts || !opened.shows_answers() || opened.words.is_empty() {
        return Ok(Whereabouts::NoWords);
    }
    let round = &opened.survey.round_id;
    let Some(snapshot) = shelf.status(db, round)? else {
        return Ok(Whereabouts::NothingPublished);
    };
    if opened.response.number > snapshot.method.change {
        return Ok(Whereabouts::CountedBefore);
    }
    let themes = match snapshot.method.codebook {
        0 => vec![Vec::new(); opened.words.len()],
        version => {
            let coding = Coding::of(codebook_version(db, round, version)?)?;
            themes_of(&coding, &snapshot, opened)
        }
    };
    Ok(Whereabouts::Published(snapshot, themes))
}

/// Detects the language of each comment among the district's languages, in the same way as when it was counted.
fn themes_of(coding: &Coding, snapshot: &Snapshot, opened: &OpenedResponse) -> Vec<Vec<String>> {
    let asked: Vec<Language> = snapshot
        .district
        .languages
        .iter()
        .filter_map(|tag| tag.parse().ok())
        .collect();
    let candidates = Candidates::new(&asked);
    let themes = opened.words.iter().map(|comment| {
        let form = comment.language.parse().unwrap_or(Language::UNDETERMINED);
        let language = candidates.language(&comment.text, form);
        let keys = coding.themes_of(&comment.text, language);
        keys.into_iter().map(str::to_owned).collect()
    });
    themes.collect()
}
