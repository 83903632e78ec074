//! Reads CSV as spreadsheets write it, row by row: with or without a byte-order mark, separated by `,`, `;` or tabs, with
//! any system's line endings.

mod fault;
mod formula;
mod lines;
pub mod translation;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::{ByteRecord, ReaderBuilder};

pub use fault::{SheetError, listed};
pub use formula::{as_written, harmless};
use lines::{END, Lines};

/// The longest cell, in bytes. A longer one is usually not an answer but a quotation mark that is never closed.
pub const LARGEST_CELL: usize = 1 << 20;

/// The longest row, in bytes. Without a limit, a quotation mark that is never closed would swallow the whole file.
const LARGEST_ROW: usize = 16 << 20;

/// How many bytes to look at to find the separator.
const FIRST_LOOK: usize = 1 << 16;

/// How many rows of the wrong length an error lists.
const LISTED: usize = 10;

/// A file being read.
pub struct Sheet {
    reader: csv::Reader<BufReader<Lines<Box<dyn Read + Send>>>>,
    /// How many more bytes the current row may take.
    allowance: Arc<AtomicUsize>,
    columns: Vec<String>,
    size: u64,
}

/// One row of a file.
#[derive(Debug)]
pub struct SheetRow {
    cells: ByteRecord,
    /// The line on which the row starts, counted from 1.
    pub line: u64,
}

impl SheetRow {
    /// The number of cells.
    pub fn length(&self) -> usize {
        self.cells.len()
    }

    /// Whether every cell is empty. Spreadsheets leave such rows below a table.
    pub fn is_empty(&self) -> bool {
        self.cells.as_slice().iter().all(u8::is_ascii_whitespace)
    }
}

impl Sheet {
    /// Opens a file and reads the names of its columns. Picks the separator that gives the most of the wanted columns, then
    /// the most columns.
    pub fn open(path: &Path, wanted: &[&str]) -> Result<Self, SheetError> {
        Self::open_separated(path, b",;\t", wanted)
    }

    /// Like [`Sheet::open`], with one of these separators.
    pub fn open_separated(
        path: &Path,
        separators: &[u8],
        wanted: &[&str],
    ) -> Result<Self, SheetError> {
        let file = File::open(path).map_err(SheetError::File)?;
        let size = file.metadata().map_err(SheetError::File)?.len();
        Self::read_from(Box::new(file), size, separators, wanted)
    }

    /// Like [`Sheet::open`], for text pasted into a form: cells copied from a spreadsheet are separated by tabs.
    pub fn pasted(text: &str, wanted: &[&str]) -> Result<Self, SheetError> {
        let (text, size) = (text.to_owned().into_bytes(), text.len() as u64);
        Self::read_from(Box::new(io::Cursor::new(text)), size, b",;\t", wanted)
    }

    fn read_from(
        file: Box<dyn Read + Send>,
        size: u64,
        separators: &[u8],
        wanted: &[&str],
    ) -> Result<Self, SheetError> {
        let allowance = Arc::new(AtomicUsize::new(LARGEST_ROW));
        let lines = Lines::new(file, Arc::clone(&allowance));
        let mut file = BufReader::with_capacity(FIRST_LOOK, lines);
        let first = file.fill_buf().map_err(SheetError::File)?;
        if first.starts_with(&[0xFF, 0xFE]) || first.starts_with(&[0xFE, 0xFF]) {
            return Err(SheetError::Utf16);
        }
        if first.starts_with("\u{FEFF}".as_bytes()) {
            file.consume(3);
        }
        let first = file.buffer();
        let (delimiter, found) = separators
            .iter()
            .map(|delimiter| (*delimiter, header(first, *delimiter)))
            .rev()
            .max_by_key(|(_, columns)| {
                let found = wanted
                    .iter()
                    .filter(|name| columns.iter().any(|column| column == *name))
                    .count();
                (found, columns.len())
            })
            .unwrap_or_default();
        if found.iter().all(|name| name.is_empty() || name == END) {
            return Err(SheetError::Empty);
        }
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(file);
        let names = reader.byte_headers().map_err(|error| unread(1, error))?;
        if is_unclosed(names) {
            return Err(SheetError::Unclosed { line: 1 });
        }
        if let Some(name) = names.iter().find(|name| str::from_utf8(name).is_err()) {
            return Err(SheetError::Encoding {
                line: 1,
                column: String::from_utf8_lossy(name).into_owned(),
            });
        }
        let columns = trimmed(names);
        Ok(Self {
            reader,
            allowance,
            columns,
            size,
        })
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The index of a column.
    pub fn column(&self, name: &str) -> Result<usize, SheetError> {
        let mut places = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| *column == name.trim())
            .map(|(place, _)| place);
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            (place, _) => Err(SheetError::Column {
                wanted: name.to_owned(),
                twice: place.is_some(),
                columns: self.columns.clone(),
            }),
        }
    }

    /// The length of the file in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// About how many bytes have been read; the second byte of a Windows line ending is not counted.
    pub fn position(&self) -> u64 {
        self.reader.position().byte().min(self.size)
    }

    /// The next row of any length, or none after the last. For callers that list every bad row.
    pub fn next_row_of_any_length(&mut self) -> Result<Option<SheetRow>, SheetError> {
        self.read()
    }

    /// The next row, or none after the last. A row of the wrong length is an error that lists all such rows.
    pub fn next_row(&mut self) -> Result<Option<SheetRow>, SheetError> {
        let Some(row) = self.read()? else {
            return Ok(None);
        };
        if row.cells.len() == self.columns.len() {
            Ok(Some(row))
        } else {
            Err(self.list_ragged(&row))
        }
    }

    /// The text of a cell.
    pub fn cell<'a>(&self, row: &'a SheetRow, place: usize) -> Result<&'a str, SheetError> {
        let bytes = row.cells.get(place).unwrap_or_default();
        let column = || self.columns.get(place).cloned().unwrap_or_default();
        if bytes.len() > LARGEST_CELL {
            return Err(SheetError::Cell {
                line: row.line,
                column: column(),
                bytes: bytes.len(),
            });
        }
        str::from_utf8(bytes).map_err(|_| SheetError::Encoding {
            line: row.line,
            column: column(),
        })
    }

    fn read(&mut self) -> Result<Option<SheetRow>, SheetError> {
        let before = self.reader.position().line();
        self.allowance.store(LARGEST_ROW, Ordering::Relaxed);
        let mut cells = ByteRecord::new();
        let more = self
            .reader
            .read_byte_record(&mut cells)
            .map_err(|error| unread(before, error))?;
        let unclosed = is_unclosed(&cells);
        // The library skips empty lines; anything else it skipped are this row's own line endings.
        let passed = self.reader.position().line() - before;
        let inside = cells.as_slice().iter().filter(|byte| **byte == b'\n');
        let own = inside.count() as u64 + u64::from(!unclosed);
        let line = before + passed.saturating_sub(own);
        if unclosed {
            return Err(SheetError::Unclosed { line });
        }
        let is_row = more && cells.as_slice() != END.as_bytes();
        Ok(is_row.then_some(SheetRow { cells, line }))
    }

    fn list_ragged(&mut self, first: &SheetRow) -> SheetError {
        let columns = self.columns.len();
        let (mut rows, mut count) = (vec![(first.line, first.cells.len())], 1);
        loop {
            match self.read() {
                Ok(Some(row)) if row.cells.len() == columns => {}
                Ok(Some(row)) => {
                    count += 1;
                    if rows.len() < LISTED {
                        rows.push((row.line, row.cells.len()));
                    }
                }
                Ok(None) => {
                    return SheetError::Ragged {
                        columns,
                        rows,
                        count,
                    };
                }
                Err(error) => return error,
            }
        }
    }
}

/// Whether a row swallowed the marker after the last row.
fn is_unclosed(cells: &ByteRecord) -> bool {
    let before = cells.as_slice().strip_suffix(b"\n");
    before.is_some_and(|cells| cells.ends_with(END.as_bytes()))
}

fn unread(line: u64, error: csv::Error) -> SheetError {
    let source = match error.into_kind() {
        csv::ErrorKind::Io(source) => source,
        other => io::Error::other(format!("{other:?}")),
    };
    if source.kind() == io::ErrorKind::FileTooLarge {
        return SheetError::Row { line };
    }
    SheetError::File(source)
}

/// The names of the columns with this separator.
fn header(first: &[u8], delimiter: u8) -> Vec<String> {
    let mut cells = ByteRecord::new();
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .from_reader(first);
    if reader.read_byte_record(&mut cells).unwrap_or_default() {
        trimmed(&cells)
    } else {
        Vec::new()
    }
}

fn trimmed(names: &ByteRecord) -> Vec<String> {
    names
        .iter()
        .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests;
