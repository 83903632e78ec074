//! The bytes of a file as they are parsed: every line ends in a line feed, whatever system wrote it.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The only cell of a row that is put behind the last one. A file that ends inside quotation marks takes it into its
/// last cell, and so shows that it was cut off. No file holds it.
pub(super) const END: &str = "\0the end of the file\0";

/// A file that refuses to give more bytes than are allowed, so that no row fills the memory.
pub(super) struct Lines<R> {
    file: R,
    /// How many bytes the row being read may still take.
    allowance: Arc<AtomicUsize>,
    /// Whether the last byte was a carriage return, which has ended its line already.
    after_return: bool,
    /// Whether nothing was given yet, or the last byte given has ended a line.
    at_line_start: bool,
    /// What is put behind the file, once it is known; what of it was given is taken away.
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

/// Ends lines in a line feed alone, in place, and returns how many bytes are left.
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
