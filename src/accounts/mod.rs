//! Staff accounts: sign-in, permissions, and the visit behind every page.

mod known_browser;
mod model;
mod pages;
mod passwords;
pub mod permission;
mod rooms;
mod row_density;
pub mod sessions;
mod store;
mod viewer;
mod visit;

pub use crate::keys::AccountId;
pub use model::{Account, Grant, GrantId, Reach, Role, Scope, ScopeKind, normalize_email};
pub use pages::samples;
pub use passwords::{PASSWORD_MINIMUM, generate_password, hash_password, in_turn, is_password};
pub use permission::{Permission, Within};
pub use store::{
    add, any_account, by_email, by_id, enabled, grant, keeping_an_admin, list, revoke,
    set_disabled, set_password,
};
pub use viewer::Viewer;
pub use visit::Visit;

/// `/sign-in`, `/sign-out`, `/desk/audit`, `/preferences`
pub fn routes(cfg: &mut actix_web::web::ServiceConfig) {
    pages::routes(cfg);
    row_density::routes(cfg);
}
