//! The ledger: all comments, and which of them the public may read.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::chips::state_name;
use super::coded_round::{CodedRound, look_at};
use super::rows::{CommentLine, LineLookup, lines, page_of, record_rows_opened, sample};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::comments::{self, Comment, CommentId, Status};
use crate::db::{Db, Paging};
use crate::error::{Error, Result};
use crate::tally::{AccessLevel, Chips};
use crate::themes::coding::selection::{SET_ASIDE, STATES, Selection, asked_page};
use crate::themes::pages::desk_round::DeskRound;
use crate::themes::{Index, Live};
use crate::web::form::Fields;
use crate::web::{Page, flash};

/// The comments page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct LedgerPage {
    base: String,
    chips: Chips,
    /// Whether the address had filters on the speaker, which this viewer may not use.
    left_out: bool,
    words: String,
    /// The other active filters, which a word search keeps.
    kept: Vec<(String, String)>,
    comments: u64,
    /// `None` if there are too few to show.
    voices: u64,
    released: usize,
    may_release: bool,
    lines: Vec<CommentLine>,
    paging: Option<Paging>,
}

impl Page for LedgerPage {
    const TEMPLATE: &'static str = "themes/ledger.html";

    fn samples() -> Vec<Self> {
        let note = CommentLine {
            speaks_for: Some(5),
            released: false,
            released_by: None,
            speaker: Vec::new(),
            ..sample()
        };
        let aside = CommentLine {
            set_aside: Some("by the moderators".to_owned()),
            released: false,
            ..sample()
        };
        let full = Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            chips: Chips::sample(),
            left_out: false,
            words: "late \"bus\"".to_owned(),
            kept: vec![("school".to_owned(), "oak".to_owned())],
            comments: 3108,
            voices: 2211,
            released: 31,
            may_release: true,
            lines: vec![sample(), note, aside],
            paging: Some(Paging::new(Some(2), 3108)),
        };
        vec![
            Self {
                base: "/desk/rounds/vision-2031".to_owned(),
                left_out: true,
                ..Self::default()
            },
            full,
        ]
    }
}

pub(super) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Code>,
    round: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let query = request.query_string().to_owned();
    let speakers = viewer.may_here::<permission::Rows>();
    let may_release = viewer.may_here::<permission::Release>();
    let page = look_at(&live, &viewer, round.clone(), move |round, index, db| {
        Ok(LedgerPage {
            may_release,
            ..build(&round, index, db, &query)?
        })
    })
    .await?;
    record_rows_opened(&app, &viewer, &round, speakers, page.lines.len()).await?;
    viewer.visit.page(&app, &page)
}

fn build(round: &CodedRound, index: &Index, db: &mut Db, query: &str) -> Result<LedgerPage> {
    let asked = Selection::from_query(query);
    let desk = &round.desk;
    let selection = readable(round.access, &asked);
    let themes = round.theme_names();
    let (ids, voices, paging) = if selection.state.as_deref() == Some(SET_ASIDE) {
        // Set-aside comments don't count, so no set contains them.
        let (total, people) = comments::count_set_aside(db, &desk.round.id)?;
        let paging = Paging::new(asked_page(query), total);
        let ids = comments::set_aside(db, &desk.round.id, paging)?;
        (ids, people as u64, paging)
    } else {
        let set = round.comments(index, db, &selection)?;
        let paging = Paging::new(
            asked_page(query),
            i64::try_from(set.len()).unwrap_or(i64::MAX),
        );
        let voices = index.tally.voices_of(&set).len();
        (page_of(index, &set, paging.offset()), voices, paging)
    };
    let lookup = LineLookup::read(db, &desk.round.id, round.access == AccessLevel::Rows)?;
    let marking = selection
        .theme
        .as_deref()
        .filter(|key| themes.contains_key(*key));
    Ok(LedgerPage {
        chips: offered(round, index, db, &selection, &themes)?,
        left_out: selection != asked,
        comments: u64::try_from(paging.total).unwrap_or(0),
        voices,
        released: comments::released_ids(db, &desk.round.id)?.len(),
        may_release: false,
        lines: lines(
            index,
            db,
            &lookup,
            &ids,
            round.coding.as_ref().map(|coding| (coding, &round.coded)),
            marking,
        )?,
        paging: Some(paging),
        kept: kept(&selection),
        words: selection.words,
        base: desk.base.clone(),
    })
}

/// The filters besides the words, as hidden form fields.
fn kept(selection: &Selection) -> Vec<(String, String)> {
    let rest = Selection {
        words: String::new(),
        ..selection.clone()
    };
    let query = rest.to_query();
    url::form_urlencoded::parse(query.trim_start_matches('?').as_bytes())
        .into_owned()
        .collect()
}

/// The part of a selection that a viewer may use: without row access, no filters on the speaker.
pub(super) fn readable(access: AccessLevel, asked: &Selection) -> Selection {
    match access {
        AccessLevel::Rows => asked.clone(),
        AccessLevel::Comments => asked.of_comments(),
    }
}

/// The filters, with states and themes to choose from.
fn offered(
    round: &CodedRound,
    index: &Index,
    db: &mut Db,
    selection: &Selection,
    themes: &BTreeMap<String, String>,
) -> Result<Chips> {
    let mut chips = round.chips(index, db, selection, None, themes)?;
    let state = |state: &str| {
        let with = Selection {
            state: Some(state.to_owned()),
            ..selection.clone()
        };
        (state_name(state), with.to_query(), None)
    };
    chips.offer("Status", STATES.map(state).into());
    let theme = |(key, name): (&String, &String)| {
        let with = Selection {
            theme: Some(key.clone()),
            ..selection.clone()
        };
        (name.clone(), with.to_query(), None)
    };
    chips.offer("Theme", themes.iter().map(theme).collect());
    Ok(chips)
}

#[derive(Deserialize)]
pub(super) struct CommentAddress {
    round: String,
    comment: CommentId,
}

impl CommentAddress {
    /// The comment, if it belongs to the round.
    fn load(&self, db: &mut Db) -> Result<Comment> {
        let round = DeskRound::of(db, &self.round)?.round;
        let comment = comments::by_id(db, &self.comment)?;
        if comment.round_id == round.id {
            Ok(comment)
        } else {
            Err(Error::NotFound)
        }
    }
}

pub(super) async fn release(
    app: web::Data<App>,
    viewer: Viewer<permission::Release>,
    place: web::Path<CommentAddress>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, to) = (viewer.actor(), back(&place.round, &fields));
    app.write(move |db| {
        let comment = place.load(db)?;
        if comment.status != Status::Counted {
            return Err(Error::Conflict(
                "This comment no longer counts, so you can’t release it.".to_owned(),
            ));
        }
        Ok(comments::release(db, &actor, &comment.id)?)
    })
    .await?;
    Ok(flash(&to, "comment-released"))
}

pub(super) async fn undo_release(
    app: web::Data<App>,
    viewer: Viewer<permission::Release>,
    place: web::Path<CommentAddress>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, to) = (viewer.actor(), back(&place.round, &fields));
    app.write(move |db| {
        let comment = place.load(db)?;
        Ok(comments::undo_release(db, &actor, &comment.id)?)
    })
    .await?;
    Ok(flash(&to, "release-undone"))
}

/// Back to the same view. The form sends its query, which we parse and rebuild so that nothing else gets through.
fn back(round: &str, fields: &Fields) -> String {
    let typed = fields.raw("_view").unwrap_or_default();
    let page = url::form_urlencoded::parse(typed.as_bytes())
        .find(|(name, _)| name == "page")
        .and_then(|(_, page)| page.parse::<u32>().ok());
    let query = Selection::from_query(typed.trim_start_matches('?')).to_query();
    let page = page.map_or_else(String::new, |page| format!("&page={page}"));
    format!("/desk/rounds/{round}/comments{query}{page}")
}
