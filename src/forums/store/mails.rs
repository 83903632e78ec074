//! What forums put into the outbox: that a seat is kept or a place on the waiting list, and that a seat became free.

use chrono::NaiveDateTime;
use diesel::prelude::QueryResult;
use serde::{Deserialize, Serialize};

use crate::db::Db;
use crate::forums::model::SignUpId;
use crate::mail;

/// The mail that answers a sign-up.
pub(in crate::forums) const CONFIRMATION: &str = "forum.sign-up";
/// The mail to somebody whom the waiting list brought a seat.
pub(in crate::forums) const FREE_SEAT: &str = "forum.seat-free";

/// What the outbox holds of a forum's mail.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::forums) struct Payload {
    /// Whose.
    pub(in crate::forums) sign_up: SignUpId,
}

/// Asks for the mail that answers a sign-up.
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

/// Asks for the mails to those who moved up from the waiting list.
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
