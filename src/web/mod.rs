//! What every page and form shares: rendering, forms, languages, rate limits, assets, the origin check, and headers.

pub mod assets;
mod attachment;
pub mod choice;
pub mod compression;
pub mod form;
pub mod formats;
pub mod headers;
pub mod languages;
pub mod limits;
pub mod origin;
mod page;
mod redirect;

pub use attachment::{CSV, attachment};
pub use choice::{LANGUAGE_COOKIE, language_of};
pub use compression::Compressed;
pub use headers::{policy_with_style, unkept};

pub use page::{Frame, Page, Renderer, Samples};
pub use redirect::{FLASH_COOKIE, flash, see_other};
