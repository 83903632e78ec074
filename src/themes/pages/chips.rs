//! The filters of the comment pages: on voices, and on the comments themselves.

use std::collections::BTreeMap;

use diesel::QueryResult;
use roaring::RoaringBitmap;

use crate::comments::Source;
use crate::db::Db;
use crate::surveys::Intent;
use crate::tally::{AccessLevel, Chips, CommentFacet, Facet, Filter, Names, Part, View};
use crate::themes::Index;
use crate::themes::coding::selection::{
    ANY_THEME, MAY_NEED_HELP, Moved, SAYS_NOTHING, SET_ASIDE, Selection,
};
use crate::themes::pages::desk_round::DeskRound;
use crate::web::languages::own_name;

/// The chips of a selection of comments. `said` are the page's comments by anyone, used to count what each value
/// leaves; `themes` are theme names by key. Viewers without row access can't filter by anything about the speaker.
pub(super) fn chips(
    index: &Index,
    db: &mut Db,
    (desk, access): (&DeskRound, AccessLevel),
    selection: &Selection,
    said: &RoaringBitmap,
    themes: &BTreeMap<String, String>,
) -> QueryResult<Chips> {
    let names = Names::read(db, &desk.round.id)?;
    let address = |filter: &Filter| {
        let filter = filter.clone();
        Selection {
            filter,
            ..selection.clone()
        }
        .to_query()
    };
    let mut chips = Chips::on(&selection.filter, &names, address);
    add_own(&mut chips, selection, &names, themes);
    offer_intents(&mut chips, index, desk, selection);
    let everyone = index.tally.voices(&Facet::Round(desk.round.id.clone()));
    if access == AccessLevel::Rows {
        let voices = index.tally.voices_of(said);
        let view = View::of(&index.tally, &desk.round.id, &voices, &selection.filter);
        let parts = [
            Part::Group,
            Part::School,
            Part::Level,
            Part::Grade,
            Part::Speaks,
            Part::Language,
            Part::Survey,
        ];
        chips.offer_parts(&view, &selection.filter, &parts, &names, address);
    } else {
        for part in [Part::Language, Part::Survey] {
            let values = index.tally.split_by(part).into_iter();
            let values = values.filter(|(_, voices)| !voices.is_disjoint(everyone));
            let value = |(value, _): (String, _)| {
                let with = address(&selection.filter.with(part.as_str(), &value));
                (names.of(part.as_str(), &value), with, None)
            };
            chips.offer(Chips::label(part), values.map(value).collect());
        }
    }
    offer_sources(&mut chips, index, desk, selection);
    Ok(chips)
}

/// Adds the active filters other than those on voices.
fn add_own(
    chips: &mut Chips,
    selection: &Selection,
    names: &Names,
    themes: &BTreeMap<String, String>,
) {
    let mut add = |label: Option<String>, take_away: fn(&mut Selection)| {
        if let Some(label) = label {
            let mut rest = selection.clone();
            take_away(&mut rest);
            chips.add_on(label, rest.to_query());
        }
    };
    let theme = selection.theme.as_ref();
    add(theme.map(|keys| theme_names(keys, themes)), |rest| {
        rest.theme = None;
    });
    let intent = selection.intent.map(|intent| intent.heading().to_owned());
    add(intent, |rest| rest.intent = None);
    let item = selection.item.as_deref();
    add(item.map(|item| names.question(item).to_owned()), |rest| {
        rest.item = None;
    });
    let state = selection.state.as_ref();
    add(state.map(|state| state_name(state)), |rest| {
        rest.state = None;
    });
    let said = selection.said.as_deref();
    add(
        said.map(|tag| format!("Written in {}", own_name(tag))),
        |rest| {
            rest.said = None;
        },
    );
    let moved = selection.moved.as_ref();
    add(moved.map(|moved| moved_name(moved, themes)), |rest| {
        rest.moved = None;
    });
    let words = Some(&selection.words).filter(|words| !words.is_empty());
    add(words.map(|words| format!("“{words}”")), |rest| {
        rest.words.clear();
    });
}

/// The names of themes, from their keys joined by commas.
fn theme_names(keys: &str, themes: &BTreeMap<String, String>) -> String {
    let names: Vec<&str> = keys
        .split(',')
        .map(|key| match key {
            SAYS_NOTHING => "Says nothing",
            key => themes.get(key).map_or("No theme", String::as_str),
        })
        .collect();
    names.join(" or ")
}

/// The label of a move between versions.
fn moved_name(moved: &Moved, themes: &BTreeMap<String, String>) -> String {
    let theme = match moved.theme.as_str() {
        ANY_THEME => "any theme",
        key => themes.get(key).map_or(key, String::as_str),
    };
    let way = if moved.entered {
        "Added to"
    } else {
        "Removed from"
    };
    format!(
        "{way} {theme}, versions {} to {}",
        moved.before, moved.after
    )
}

/// The label of a comment state.
pub(super) fn state_name(state: &str) -> String {
    let name = match state {
        MAY_NEED_HELP => "Someone may need help",
        SET_ASIDE => "Set aside",
        "released" => "Released",
        "not-released" => "Not released",
        other => other,
    };
    name.to_owned()
}

/// The label of a comment source.
pub(super) fn source_name(source: Source) -> &'static str {
    match source {
        Source::Response => "Survey response",
        Source::Note => "Forum table",
        Source::Interview => "Interview",
        Source::Import => "Imported file",
        Source::Document => "Document",
        Source::Data => "Data",
        Source::Observation => "Observation",
    }
}

/// Whether any of the round's comments have this facet.
fn is_in_round(index: &Index, desk: &DeskRound, facet: &CommentFacet) -> bool {
    let said = CommentFacet::Round(desk.round.id.clone());
    let said = index.tally.comments(&said);
    !said.is_disjoint(index.tally.comments(facet))
}

fn offer_intents(chips: &mut Chips, index: &Index, desk: &DeskRound, selection: &Selection) {
    let there = |intent: &&Intent| is_in_round(index, desk, &CommentFacet::Intent(**intent));
    let intent = Intent::ALL.iter().filter(there).map(|intent| {
        let with = Selection {
            intent: Some(*intent),
            ..selection.clone()
        };
        (intent.heading().to_owned(), with.to_query(), None)
    });
    chips.offer("Asked about", intent.collect());
}

fn offer_sources(chips: &mut Chips, index: &Index, desk: &DeskRound, selection: &Selection) {
    let there = |source: &&Source| is_in_round(index, desk, &CommentFacet::Source(**source));
    let sources = Source::ALL.iter().filter(there).map(|source| {
        let mut with = selection.clone();
        with.filter.sources.extend([*source]);
        (source_name(*source).to_owned(), with.to_query(), None)
    });
    chips.offer("Source", sources.collect());
}
