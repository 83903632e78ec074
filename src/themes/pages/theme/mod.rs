//! The room of one theme: what it shows, how it opens, how its rule changes.

mod edit;
mod page;
mod show;

use serde::Deserialize;

pub(super) use edit::save;
pub(crate) use page::ThemePage;
pub(super) use show::show;

/// Where a theme is.
#[derive(Clone, Deserialize)]
pub(super) struct ThemeAddress {
    pub(super) round: String,
    pub(super) theme: String,
}
