//! Answering: the pages that families meet, the intake that loses and doubles nothing, imports and exports.

mod model;
mod store;

pub use model::{Answer, Answers, Batch, BatchId, BatchState, Channel, Response, ResponseId};
pub use store::{count_all, insert_all};
