//! Followers: people who asked for an email with the results. An address is stored for a round and isn't connected to
//! any response. It has its own table and its own transaction, and no time more exact than the day.

mod link;
mod model;
mod pages;
mod store;

use actix_web::web;

pub use link::confirming_token;
pub use model::{Follower, FollowerId};
pub use pages::samples;

/// `/follow` and below
pub fn routes(cfg: &mut web::ServiceConfig) {
    pages::routes(cfg);
}
