//! Followers: who has asked to be told what came of it. An address is kept for a round and tied to nothing that anybody
//! answered: it has a table and a transaction of its own, and no time finer than the day.

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
