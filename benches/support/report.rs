//! What a bench prints: each number with its limit.

use std::process::ExitCode;

use super::Result;

/// The lines, and whether every limit was met.
#[derive(Default)]
pub(crate) struct Report {
    missed: bool,
}

impl Report {
    /// A number that should be at least its limit.
    pub(crate) fn at_least(&mut self, what: &str, number: f64, limit: f64) -> Result<()> {
        let verdict = self.verdict(number >= limit);
        say(&format!("  {what} {number:.2}, goal {limit:.2}: {verdict}"))
    }

    /// A number that should be at most its limit, both in this unit.
    pub(crate) fn at_most(
        &mut self,
        what: &str,
        number: f64,
        limit: f64,
        unit: &str,
    ) -> Result<()> {
        let verdict = self.verdict(number <= limit);
        say(&format!(
            "  {what} {number:.1}{unit}, at most {limit:.1}{unit}: {verdict}"
        ))
    }

    fn verdict(&mut self, kept: bool) -> &'static str {
        self.missed |= !kept;
        if kept { "reached" } else { "missed" }
    }

    /// Ends the bench. It fails if `--strict` is among its arguments and a limit was missed.
    pub(crate) fn end(&self) -> ExitCode {
        let strict = std::env::args().any(|argument| argument == "--strict");
        ExitCode::from(u8::from(strict && self.missed))
    }
}

/// Prints a line at once, because a bench takes a while.
pub(crate) fn say(text: &str) -> Result<()> {
    let mut output = std::io::stdout();
    std::io::Write::write_all(&mut output, format!("{text}\n").as_bytes())?;
    Ok(())
}

/// The median; for an even count, the upper of the two middle values.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
