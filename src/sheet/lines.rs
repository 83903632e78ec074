//! A file's bytes on their way to the parser: every line ends with a line feed, whatever system wrote it.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A marker row that is added after the last one. A file that ends inside quotation marks swallows it, which shows that the
/// file was cut off. No real file contains it.
pub(super) const END: &str = "\0the end of the file\0";

/// A reader that stops after the allowed number of bytes, so that no row can fill the memory.
pub(super) struct Lines<R> {
    file: R,
    /// How many more bytes the current row may take.
    allowance: Arc<AtomicUsize>,
    /// Whether the last byte was a carriage return, which already ended the line.
    after_return: bool,
    /// Whether we are at the start of a line.
    at_line_start: bool,
    /// What is left of the marker to add after the file, once the file has ended.
    rest: Option<Vec<u8>>,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(file: R, allowance: Arc<AtomicUsize>) -> Self {
        Self {
            file,
            allowance,
            after_return: false,
            at_line_start: true,
            rest: None,
        }
    }

    fn give_rest(&mut self, buffer: &mut [u8]) -> usize {
        let line_end = if self.at_line_start { "" } else { "\n" };
        let rest = self
            .rest
            .get_or_insert_with(|| format!("{line_end}{END}\n").into_bytes());
        let count = rest.len().min(buffer.len());
        for (place, byte) in buffer.iter_mut().zip(rest.drain(..count)) {
            *place = byte;
        }
        count
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while self.rest.is_none() {
            let allowed = self.allowance.load(Ordering::Relaxed);
            if allowed == 0 {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            let read = self.file.read(buffer)?;
            if read == 0 {
                break;
            }
            self.allowance
                .store(allowed.saturating_sub(read), Ordering::Relaxed);
            let bytes = buffer.get_mut(..read).unwrap_or_default();
            let given = with_line_feeds(bytes, &mut self.after_return);
            if let Some(last) = given.checked_sub(1).and_then(|last| bytes.get(last)) {
                self.at_line_start = *last == b'\n';
                return Ok(given);
            }
        }
        Ok(self.give_rest(buffer))
    }
}

/// Replaces line endings with a line feed, in place. Returns the number of bytes left.
fn with_line_feeds(bytes: &mut [u8], after_return: &mut bool) -> usize {
    if !*after_return && !bytes.contains(&b'\r') {
        return bytes.len();
    }
    let mut left = 0;
    for place in 0..bytes.len() {
        let byte = bytes.get(place).copied().unwrap_or_default();
        let is_second = *after_return && byte == b'\n';
        *after_return = byte == b'\r';
        if is_second {
            continue;
        }
        if let Some(target) = bytes.get_mut(left) {
            *target = if byte == b'\r' { b'\n' } else { byte };
        }
        left += 1;
    }
    left
}
