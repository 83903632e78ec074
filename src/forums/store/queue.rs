//! Adds forum emails to the outbox: a seat is reserved, the person is on the waiting list, or a seat became free.

use chrono::NaiveDateTime;
use diesel::prelude::QueryResult;
use serde::{Deserialize, Serialize};

use crate::db::Db;
use crate::forums::model::SignUpId;
use crate::mail;

/// The email that confirms a sign-up.
pub(in crate::forums) const CONFIRMATION: &str = "forum.sign-up";
/// The email to someone who got a seat from the waiting list.
pub(in crate::forums) const FREE_SEAT: &str = "forum.seat-free";

/// The payload of a forum email in the outbox.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::forums) struct Payload {
    /// The sign-up it's about.
    pub(in crate::forums) sign_up: SignUpId,
}

/// Queues the email that confirms a sign-up.
pub(super) fn enqueue_confirmation(
    db: &mut Db,
    sign_up: &SignUpId,
    at: NaiveDateTime,
) -> QueryResult<()> {
    let payload = Payload {
        sign_up: sign_up.clone(),
    };
    mail::enqueue(db, CONFIRMATION, &payload, at)
}

/// Queues the emails to people who got seats from the waiting list.
pub(super) fn enqueue_free_seats(
    db: &mut Db,
    sign_ups: &[SignUpId],
    at: NaiveDateTime,
) -> QueryResult<()> {
    let payloads = sign_ups.iter().map(|sign_up| Payload {
        sign_up: sign_up.clone(),
    });
    mail::enqueue_all(db, FREE_SEAT, &payloads.collect::<Vec<_>>(), at)
}
