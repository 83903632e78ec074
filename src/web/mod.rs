//! What every page and form shares: rendering, viewers, sessions, the origin check, forms, limits, assets, languages.

mod around;
pub mod assets;
mod choice;
mod compression;
mod errors;
pub mod form;
pub mod formats;
mod headers;
mod health;
pub mod languages;
pub mod limits;
mod moved;
mod origin;
mod page;
mod rows;
pub mod sessions;
mod viewer;
mod visit;

pub use around::around;
pub use choice::{LANGUAGE_COOKIE, language_of};
pub use compression::Kept;
pub use headers::policy_with_style;

pub use page::{Page, Renderer, Samples};
pub use viewer::{Permission, Viewer, permission};
pub use visit::{Clocks, FLASH_COOKIE, Visit, flash, see_other};

/// Every page here with its samples.
pub fn samples() -> Vec<Samples> {
    vec![Samples::of::<errors::ErrorPage>()]
}

/// Routes that belong to no feature.
pub fn routes(cfg: &mut actix_web::web::ServiceConfig) {
    health::routes(cfg);
    moved::routes(cfg);
    rows::routes(cfg);
}
