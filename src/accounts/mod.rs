//! The people who run it: sign-in, and what each may do where.

mod model;
mod pages;
mod passwords;
mod store;
mod team_form;

pub use model::{
    Account, AccountId, Grant, GrantId, Reach, Role, Scope, ScopeKind, normalise_email,
};
pub use pages::{routes, samples};
pub use passwords::{PASSWORD_MINIMUM, generate_password, hash_password, is_password};
pub use store::{
    add, any_account, by_email, enabled, grant, list, revoke, set_disabled, set_password,
};
