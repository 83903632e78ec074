//! Imports: the files of other tools become responses, comments and votes.
//!
//! A file is read twice. The first reading checks every row and writes nothing, so that a file is loaded whole or not at
//! all. The second writes in short slices under a batch whose rows count nowhere; one short last transaction makes the
//! batch live. Whatever ends the program between leaves a batch that never counts, and the next import takes it away.

mod batches;
mod columns;
mod dates;
mod ground;
mod labels;
mod load;
mod map_file;
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
pub use report::{BadRow, Progress, ResponsesReport, Stage, VotesReport, Watch};
pub use votes::{VotesImport, import_votes};
