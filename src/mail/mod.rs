//! Mail: what is to be sent waits in the outbox beside the change that caused it, and a mailer sends it.

mod mailer;
mod outbox;

pub use mailer::{Mail, Mailer, NotSent};
pub use outbox::{Due, MailId, any_due, claim, enqueue, enqueue_all, finish, put_off};
