//! Imports: turns the files of other tools into responses, comments and votes.
//!
//! A file is read twice. The first pass checks every row and writes nothing, so that a file is loaded completely or not
//! at all. The second pass writes in short slices under a batch whose rows don't count yet; one short transaction at
//! the end makes the batch live. If the program stops in between, the batch never counts, and the next import deletes
//! it.

mod batches;
mod columns;
mod dates;
mod ground;
mod labels;
mod load;
mod map_file;
mod pseudonym;
mod report;
mod rows;
mod store;
mod votes;
mod votes_file;
mod votes_store;
mod words;

pub use ground::Ground;
pub use load::{ResponsesImport, import_responses};
pub use map_file::MapFile;
pub use report::{BadRow, ImportProgress, ResponsesReport, Stage, VotesReport, Watch};
pub use votes::{VotesImport, import_votes};
