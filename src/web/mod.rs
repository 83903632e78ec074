//! What every page and form shares: rendering, viewers, sessions, the origin check, forms, limits, assets, languages.

pub mod assets;
mod choice;
mod compressed;
mod errors;
pub mod form;
pub mod formats;
mod headers;
mod health;
pub mod languages;
pub mod limits;
mod origin;
mod page;
pub mod sessions;
mod viewer;
mod visit;

pub use choice::{LANGUAGE_COOKIE, language_of, remember_language};
pub use compressed::Compressed;
pub use errors::error_pages;
pub use headers::{policy_with_style, security_headers};
pub use health::routes;
pub use origin::same_origin;
pub use page::{Page, Renderer, Samples};
pub use viewer::{Permission, Viewer, permission};
pub use visit::{Clocks, FLASH_COOKIE, Visit, flash, see_other};

/// Every page here with its samples.
pub fn samples() -> Vec<Samples> {
    vec![Samples::of::<errors::ErrorPage>()]
}
