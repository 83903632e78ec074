//! Where the words of one answer went, as far as it is published: only whoever has the receipt asks, and nothing is read
//! but the snapshot that everybody sees and the codebook that it was counted with.

use std::sync::Arc;

use super::shelf::Shelf;
use super::snapshot::Snapshot;
use crate::comments::Status;
use crate::db::Db;
use crate::error::Result;
use crate::responses::Opened;
use crate::themes::{Candidates, Coding, Language, codebook_version};

/// Where the words of an answer went.
pub(super) enum Whereabouts {
    /// There are no words that count, or the receipt does not show them.
    NoWords,
    /// Nothing is published yet.
    NothingPublished,
    /// What is published was counted before the answer came, or was last changed.
    CountedBefore,
    /// The keys of the themes that count each of the words, in their order, in what is published.
    Published(Arc<Snapshot>, Vec<Vec<String>>),
}

/// Where the words of an opened answer went.
pub(super) fn whereabouts(db: &mut Db, shelf: &Shelf, opened: &Opened) -> Result<Whereabouts> {
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

/// The words vote for their language among those that the district asked in, as they did when they were counted.
fn themes_of(coding: &Coding, snapshot: &Snapshot, opened: &Opened) -> Vec<Vec<String>> {
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
