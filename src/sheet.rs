//! A file as spreadsheets write it (CSV), read row by row: with or without byte-order mark, separated by `,`, `;` or tabs, with the line
//! ends of any system.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use csv::{ByteRecord, ReaderBuilder};

/// The most that one cell may hold, in bytes. What is longer is no answer but usually a quotation mark that never closes.
pub const LARGEST_CELL: usize = 1 << 20;

/// The most that one row may hold, in bytes: beyond it a quotation mark that never closes would take the whole file along.
const LARGEST_ROW: usize = 16 << 20;

/// How much of a file is looked at to find out how its columns are separated.
const FIRST_LOOK: usize = 1 << 16;

/// How many rows of a wrong length are listed.
const LISTED: usize = 10;

/// Why a file cannot be read, in words for whoever gave it.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file cannot be opened or read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Nothing is in it.
    #[error("{}: the file is empty; its first line must name the columns", .0.display())]
    Empty(PathBuf),
    /// It is text of two bytes a letter.
    #[error("{}: the file is UTF-16; save it as CSV UTF-8", .0.display())]
    Utf16(PathBuf),
    /// A column is not there, or not only once.
    #[error("{} “{wanted}”; the columns are: {}", if *.twice { "there are two columns" } else { "there is no column" }, columns.join(", "))]
    Column {
        /// The name that was asked for.
        wanted: String,
        /// Whether there are two of that name.
        twice: bool,
        /// The names that there are.
        columns: Vec<String>,
    },
    /// A cell is not UTF-8.
    #[error("line {line}, column “{column}”: this is not UTF-8; save the file as CSV UTF-8")]
    Encoding {
        /// The line that the row begins at.
        line: u64,
        /// The column.
        column: String,
    },
    /// A cell is longer than [`LARGEST_CELL`].
    #[error(
        "line {line}, column “{column}”: {bytes} bytes in one cell, at most {LARGEST_CELL} are read; is a quotation mark missing?"
    )]
    Cell {
        /// The line that the row begins at.
        line: u64,
        /// The column.
        column: String,
        /// How long the cell is.
        bytes: usize,
    },
    /// A row is longer than any row of answers.
    #[error(
        "line {line}: a row of more than {LARGEST_ROW} bytes begins here; is a quotation mark missing?"
    )]
    Row {
        /// The line that the row begins at.
        line: u64,
    },
    /// Rows have more or fewer cells than there are columns.
    #[error("{}", ragged(*.columns, rows, *.count))]
    Ragged {
        /// How many columns there are.
        columns: usize,
        /// The first such rows: the line and the number of cells.
        rows: Vec<(u64, usize)>,
        /// How many such rows there are.
        count: usize,
    },
}

fn ragged(columns: usize, rows: &[(u64, usize)], count: usize) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(line, cells)| format!("line {line} has {cells}"))
        .collect();
    let more = if count > rows.len() {
        format!(" and {} more", count - rows.len())
    } else {
        String::new()
    };
    format!(
        "there are {columns} columns, but {}{more}; is a separator or quotation mark missing or too many?",
        rows.join(", ")
    )
}

/// A file being read.
pub struct Sheet {
    path: PathBuf,
    reader: csv::Reader<BufReader<Bounded>>,
    /// How many bytes the row being read may still take.
    allowance: Arc<AtomicUsize>,
    columns: Vec<String>,
    size: u64,
    /// Whether lines end as on Windows.
    windows: bool,
}

/// A file that refuses to give more bytes than are allowed, so that no row fills the memory.
struct Bounded {
    file: Box<dyn Read + Send>,
    allowance: Arc<AtomicUsize>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let allowed = self.allowance.load(Ordering::Relaxed);
        if allowed == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.file.read(buffer)?;
        self.allowance
            .store(allowed.saturating_sub(read), Ordering::Relaxed);
        Ok(read)
    }
}

/// One row of a file.
#[derive(Debug)]
pub struct Row {
    cells: ByteRecord,
    /// The line that the row begins at, counted from 1.
    pub line: u64,
}

impl Row {
    /// How many cells it has.
    pub fn length(&self) -> usize {
        self.cells.len()
    }

    /// Whether every cell is empty, as in the rows that a spreadsheet leaves below a table.
    pub fn is_empty(&self) -> bool {
        self.cells.as_slice().iter().all(u8::is_ascii_whitespace)
    }
}

impl Sheet {
    /// Opens a file and reads the names of its columns. Among the separators the one is taken that gives the most of the wanted
    /// columns, and the most columns.
    pub fn open(path: &Path, wanted: &[&str]) -> Result<Self, SheetError> {
        Self::open_separated(path, b",;\t", wanted)
    }

    /// As [`Sheet::open`], with one of these separators.
    pub fn open_separated(
        path: &Path,
        separators: &[u8],
        wanted: &[&str],
    ) -> Result<Self, SheetError> {
        let failed = |source| SheetError::File {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        Self::read_from(path, Box::new(file), size, separators, wanted)
    }

    /// As [`Sheet::open`], for what somebody pasted into a form: a spreadsheet's cells come separated by tabs.
    pub fn pasted(text: &str, wanted: &[&str]) -> Result<Self, SheetError> {
        let (text, size) = (text.to_owned().into_bytes(), text.len() as u64);
        let name = Path::new("what was pasted");
        Self::read_from(name, Box::new(io::Cursor::new(text)), size, b",;\t", wanted)
    }

    fn read_from(
        path: &Path,
        file: Box<dyn Read + Send>,
        size: u64,
        separators: &[u8],
        wanted: &[&str],
    ) -> Result<Self, SheetError> {
        let failed = |source| SheetError::File {
            path: path.to_owned(),
            source,
        };
        let allowance = Arc::new(AtomicUsize::new(LARGEST_ROW));
        let file = Bounded {
            file,
            allowance: Arc::clone(&allowance),
        };
        let mut file = BufReader::with_capacity(FIRST_LOOK, file);
        let first = file.fill_buf().map_err(failed)?;
        if first.starts_with(&[0xFF, 0xFE]) || first.starts_with(&[0xFE, 0xFF]) {
            return Err(SheetError::Utf16(path.to_owned()));
        }
        if first.starts_with("\u{FEFF}".as_bytes()) {
            file.consume(3);
        }
        let first = file.buffer();
        let (delimiter, columns) = separators
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
        if columns.iter().all(String::is_empty) {
            return Err(SheetError::Empty(path.to_owned()));
        }
        let windows = first
            .iter()
            .position(|byte| *byte == b'\n')
            .is_some_and(|at| first.get(..at).is_some_and(|line| line.ends_with(b"\r")));
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(file);
        let names = reader
            .byte_headers()
            .map_err(|error| unread(path, 1, error))?;
        if let Some(name) = names.iter().find(|name| str::from_utf8(name).is_err()) {
            return Err(SheetError::Encoding {
                line: 1,
                column: String::from_utf8_lossy(name).into_owned(),
            });
        }
        Ok(Self {
            path: path.to_owned(),
            reader,
            allowance,
            columns,
            size,
            windows,
        })
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The place of a column.
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

    /// How much of it has been read, in bytes.
    pub fn position(&self) -> u64 {
        self.reader.position().byte()
    }

    /// The next row of whatever length, or none behind the last; for those who list every bad row.
    pub fn next_row_of_any_length(&mut self) -> Result<Option<Row>, SheetError> {
        self.read()
    }

    /// The next row, or none behind the last. A row of a wrong length ends the reading: the error then lists the others too.
    pub fn next_row(&mut self) -> Result<Option<Row>, SheetError> {
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
    pub fn cell<'a>(&self, row: &'a Row, place: usize) -> Result<&'a str, SheetError> {
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

    fn read(&mut self) -> Result<Option<Row>, SheetError> {
        let before = self.reader.position().line();
        self.allowance.store(LARGEST_ROW, Ordering::Relaxed);
        let mut cells = ByteRecord::new();
        let more = self
            .reader
            .read_byte_record(&mut cells)
            .map_err(|error| unread(&self.path, before + u64::from(self.windows), error))?;
        // The library passes over empty lines, and stops between the two signs that end a line on Windows.
        let passed = self.reader.position().line() - before;
        let ends = cells.as_slice().split(|byte| *byte == b'\n').skip(1);
        let inside = ends.count() as u64;
        let line = before + u64::from(self.windows) + passed.saturating_sub(inside + 1);
        Ok(more.then_some(Row { cells, line }))
    }

    fn list_ragged(&mut self, first: &Row) -> SheetError {
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

fn unread(path: &Path, line: u64, error: csv::Error) -> SheetError {
    let source = match error.into_kind() {
        csv::ErrorKind::Io(source) => source,
        other => io::Error::other(format!("{other:?}")),
    };
    if source.kind() == io::ErrorKind::FileTooLarge {
        return SheetError::Row { line };
    }
    SheetError::File {
        path: path.to_owned(),
        source,
    }
}

/// The names of the columns if they are separated so.
fn header(first: &[u8], delimiter: u8) -> Vec<String> {
    let mut cells = ByteRecord::new();
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .from_reader(first.take(FIRST_LOOK as u64));
    if !reader.read_byte_record(&mut cells).unwrap_or_default() {
        return Vec::new();
    }
    cells
        .iter()
        .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
        .collect()
}

/// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it. So does what
/// begins like one that has got its apostrophe already, so that [`as_written`] always finds the way back.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if begins_like_a_formula(cell.trim_start_matches('\'')) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The text that a cell held before [`harmless`], or another tool in the same way, made it so.
pub fn as_written(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// The signs that OWASP lists under CSV injection, with the wide forms that East Asian spreadsheets take for the same.
fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use tempfile::NamedTempFile;

    use super::*;

    fn file(bytes: &[u8]) -> NamedTempFile {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn column(bytes: &[u8], name: &str) -> Result<Vec<(u64, String)>, SheetError> {
        let file = file(bytes);
        let mut sheet = Sheet::open(file.path(), &[name])?;
        let place = sheet.column(name)?;
        let mut cells = Vec::new();
        while let Some(row) = sheet.next_row()? {
            cells.push((row.line, sheet.cell(&row, place)?.to_owned()));
        }
        Ok(cells)
    }

    fn fault(bytes: &[u8], name: &str) -> String {
        column(bytes, name).unwrap_err().to_string()
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        let expected = [
            (2, "más, buses; ya".to_owned()),
            (3, "two\nlines".to_owned()),
            (6, "end".to_owned()),
            (7, "last".to_owned()),
        ];
        for separator in [",", ";", "\t"] {
            for line_end in ["\n", "\r\n"] {
                for mark in ["", "\u{FEFF}"] {
                    let rows = [
                        "text|id",
                        "\"más, buses; ya\"|1",
                        "\"two\nlines\"|2",
                        "",
                        "end|3",
                        "last|4",
                        "",
                    ];
                    let written = format!("{mark}{}", rows.join(line_end).replace('|', separator));
                    assert_eq!(
                        column(written.as_bytes(), "text").unwrap(),
                        expected,
                        "{written:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_comma_in_a_name_does_not_hide_the_separator() {
        let written = "Comments, if any, please;Group\nbuses;staff\n";
        assert_eq!(
            column(written.as_bytes(), "Group").unwrap(),
            [(2, "staff".to_owned())]
        );
    }

    #[test]
    fn a_missing_column_is_answered_with_those_that_exist() {
        assert_eq!(
            fault(b"id,comment\n1,x\n", "text"),
            "there is no column “text”; the columns are: id, comment"
        );
        assert_eq!(
            fault(b"text,text\n1,x\n", "text"),
            "there are two columns “text”; the columns are: text, text"
        );
    }

    #[test]
    fn rows_of_a_wrong_length_are_listed_by_line() {
        let found = fault(b"id,text\n1,a\n2\n3,b,c\n4,d\n", "text");
        assert!(
            found.starts_with("there are 2 columns, but line 3 has 1, line 4 has 3;"),
            "{found}"
        );
    }

    #[test]
    fn broken_text_is_named_by_line_and_column() {
        let found = fault(b"id,text\n1,a\n2,ni\xF1os\n", "text");
        assert!(
            found.starts_with("line 3, column “text”: this is not UTF-8"),
            "{found}"
        );
        assert!(fault(b"\xFF\xFEt\0e\0", "text").ends_with("is UTF-16; save it as CSV UTF-8"));
        assert!(fault(b"", "text").contains("is empty"));
    }

    #[test]
    fn a_cell_too_long_to_be_an_answer_is_refused() {
        let written = format!("id,text\n1,\"{}\n2,b\n", "word ".repeat(LARGEST_CELL));
        assert!(fault(written.as_bytes(), "text").contains("is a quotation mark missing?"));
    }

    #[test]
    fn no_cell_can_be_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@home"), "'@home");
        assert_eq!(harmless("bus"), "bus");
    }

    #[test]
    fn what_was_made_harmless_can_be_read_as_it_was_written() {
        for cell in ["=1+1", "'=1+1", "''-2", "'quoted'", "'", "", "bus", "＝1"] {
            assert_eq!(as_written(&harmless(cell)), cell);
        }
    }

    #[test]
    fn a_quotation_mark_that_never_closes_does_not_fill_the_memory() {
        let mut written = b"id,text\n1,a\n2,\"b\n".to_vec();
        written.resize(LARGEST_ROW + FIRST_LOOK, b'x');
        let found = fault(&written, "text");
        assert!(found.starts_with("line 3: a row of more than"), "{found}");
    }

    #[test]
    fn names_of_columns_that_are_not_utf_8_are_no_names() {
        assert!(fault(b"id,a\xF1o\n1,x\n", "id").starts_with("line 1, column"));
    }
}
