//! Everything a database holds, for tests that say that nothing changed, or exactly what did.

use std::io::Read;

use chorus::backup;
use chrono::NaiveDateTime;
use flate2::read::GzDecoder;

use super::Place;

impl Place {
    /// Every row of every table, each as a line of JSON, sorted.
    pub(crate) fn contents(&self) -> Vec<String> {
        let mut file = Vec::new();
        let database = self.connect();
        backup::write(&database, NaiveDateTime::default(), &mut file, |_| {}).unwrap();
        let mut text = String::new();
        GzDecoder::new(&file[..]).read_to_string(&mut text).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    }
}
