//! The pages of one theme: what they show, how they open, and how its rule is edited.

mod edit;
mod page;
mod show;

use serde::Deserialize;

pub(super) use edit::save;
pub(crate) use page::ThemePage;
pub(super) use show::show;

/// A theme in an address.
#[derive(Clone, Deserialize)]
pub(super) struct ThemeAddress {
    pub(super) round: String,
    pub(super) theme: String,
}
