//! Email: queued in the outbox together with the change that causes it, and sent by a mailer.

mod mailer;
mod outbox;

pub use mailer::{Mail, Mailer, NotSent};
pub use outbox::{Due, MailId, any_due, claim, enqueue, enqueue_all, finish, given_up, put_off};
