//! What every page of coded comments needs: the round, what the viewer may see, and the comments coded by the latest
//! codebook. Each is read once per page and passed on.

use std::collections::BTreeMap;
use std::sync::Arc;

use diesel::QueryResult;
use roaring::RoaringBitmap;

use super::chips::chips;
use crate::accounts::{Permission, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::tally::{AccessLevel, Chips};
use crate::themes::coding::selection::Selection;
use crate::themes::pages::desk_round::DeskRound;
use crate::themes::{Coded, Coding, Index, Live, latest_codebook};

/// A round with its coded comments.
pub(super) struct CodedRound {
    pub(super) desk: DeskRound,
    pub(super) access: AccessLevel,
    /// `None` before the first version is saved.
    pub(super) coding: Option<Coding>,
    /// The round's comments coded by `coding`; without it, no comment has a theme.
    pub(super) coded: Coded,
}

/// Opens a round for a viewer whose grants cover it, and calls `look`.
pub(super) async fn look_at<P: Permission, T: Send + 'static>(
    live: &Arc<Live>,
    viewer: &Viewer<P>,
    slug: String,
    look: impl FnOnce(CodedRound, &Index, &mut Db) -> Result<T> + Send + 'static,
) -> Result<T> {
    let account = viewer.account.clone();
    live.view_later(move |index, db| {
        let desk = DeskRound::of(db, &slug)?;
        let access = AccessLevel::of(&account, &desk.round.id).ok_or(Error::Forbidden)?;
        let saved = latest_codebook(db, &desk.round.id)?;
        let coding = saved.map(Coding::of).transpose()?;
        let mut round = CodedRound {
            desk,
            access,
            coding: None,
            coded: Coded::default(),
        };
        if let Some(coding) = coding {
            round.recode(index, coding);
        }
        look(round, index, db)
    })
    .await
}

impl CodedRound {
    /// Codes the comments with another codebook, such as one being tried out.
    pub(super) fn recode(&mut self, index: &Index, coding: Coding) {
        self.coded = coding.apply(index, &self.desk.round.id);
        self.coding = Some(coding);
    }

    /// The themes' names in the staff language, by key.
    pub(super) fn theme_names(&self) -> BTreeMap<String, String> {
        let themes = self.coding.iter().flat_map(|it| &it.codebook.themes);
        themes
            .map(|theme| (theme.key.clone(), theme.name.get("en").0.to_owned()))
            .collect()
    }

    /// The comments of a selection.
    pub(super) fn comments(
        &self,
        index: &Index,
        db: &mut Db,
        selection: &Selection,
    ) -> QueryResult<RoaringBitmap> {
        selection.comments(index, db, &self.desk.round.id, &self.coded)
    }

    /// The filters of a selection. On a theme's page, they count that theme's comments by anyone.
    pub(super) fn chips(
        &self,
        index: &Index,
        db: &mut Db,
        selection: &Selection,
        theme: Option<&str>,
        themes: &BTreeMap<String, String>,
    ) -> QueryResult<Chips> {
        let mut anyone = self.comments(index, db, &selection.of_anyone())?;
        if let Some(theme) = theme {
            anyone &= self.coded.theme(theme);
        }
        chips(
            index,
            db,
            (&self.desk, self.access),
            selection,
            &anyone,
            themes,
        )
    }
}
