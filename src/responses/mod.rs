//! Responses: the pages that families see, an intake that neither loses nor duplicates anything, imports and exports.

mod by_receipt;
mod cookies;
mod export;
mod import;
mod intake;
mod kiosk;
mod model;
mod pages;
mod paper;
mod questions;
mod receipt;
mod samples;
mod store;
mod survey_pages;

use actix_web::web;

pub use crate::keys::{BatchId, ResponseId};
pub use by_receipt::{OpenedResponse, open_receipt};
pub use export::{ExportFormat, Exported, export_responses};
pub use import::{
    BadRow, Ground, ImportProgress, MapFile, ResponsesImport, ResponsesReport, Stage, VotesImport,
    VotesReport, Watch, import_responses, import_votes,
};
pub use model::{Answer, Answers, Batch, Channel, Part, Response, VoteId, said};
pub use paper::{Mark, Marked, Marks, PaperBatch, PaperBatchId};
pub use questions::Received;
pub use receipt::Receipt;
pub use store::{
    LateCounts, LateVerdict, Submission, SubmitOutcome, Withdrawal, count_all, decide_late,
    insert_all, late_counts, submit, withdraw,
};
pub use survey_pages::SurveyPages;

/// `/s/{slug}`, `/s/{slug}/kiosk`, `/s/{slug}/paper`, `/r/withdraw`, `/r/correct`, `/desk/surveys/{survey}/paper`
pub fn routes(cfg: &mut web::ServiceConfig) {
    pages::routes(cfg);
    paper::routes(cfg);
}

/// Every page here with its samples.
pub fn samples() -> Vec<crate::web::Samples> {
    [pages::samples(), paper::samples()].concat()
}
