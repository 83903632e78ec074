//! Finds email addresses, numbers, and street addresses by pattern.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{PARTICLES, SMALL};
use crate::themes::text::fold::fold;

/// Compiles one of our patterns. A test uses each of them, so none silently fails.
fn expression(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

pub(super) fn emails(text: &str) -> Vec<Range<usize>> {
    static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        expression(r"[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}")
    });
    let found = EMAIL.iter().flat_map(|email| email.find_iter(text));
    found.map(|found| found.range()).collect()
}

pub(super) fn numbers(text: &str) -> Vec<Range<usize>> {
    static NUMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| expression(r"[+(]?\d(?:[ \t\u{a0}().–-]{0,3}\d){6,}"));
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        expression(
            r"^(?:\d{4}[.–-]\d{1,2}[.–-]\d{1,2}|\d{1,2}[.–-]\d{1,2}[.–-]\d{4}|(?:19|20)\d\d ?[–-] ?(?:19|20)\d\d|\d{1,2}\.\d+)$",
        )
    });
    let is_number = |span: &Range<usize>| {
        let written = text.get(span.clone()).unwrap_or_default();
        let before = text.get(..span.start).unwrap_or_default();
        let behind = text.get(span.end..).unwrap_or_default();
        let digits = written.chars().filter(|letter| letter.is_numeric()).count();
        let groups: Vec<usize> = written
            .split(|letter: char| !letter.is_numeric())
            .map(|group| group.chars().count())
            .filter(|length| *length > 0)
            .collect();
        // 1 2 3 4 5 6 7 is counting; 06 12 34 56 78 is a phone number.
        let is_grouped = groups.iter().any(|length| *length > 2) || written.starts_with(['0', '+']);
        let stands_alone = !before
            .ends_with(|letter: char| letter.is_alphanumeric() || "$€£.,/".contains(letter))
            && !before.trim_end().ends_with(['$', '€', '£'])
            && !behind
                .starts_with(|letter: char| letter.is_alphanumeric() || "%/".contains(letter));
        (7..=15).contains(&digits)
            && is_grouped
            && stands_alone
            && !DATE.iter().any(|date| date.is_match(written))
    };
    let found = NUMBER.iter().flat_map(|number| number.find_iter(text));
    found.map(|found| found.range()).filter(is_number).collect()
}

/// Whether a pattern's match is an address.
type IsAddress = fn(&regex::Captures<'_>) -> bool;

pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    static NUMBER_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        expression(
            r"(?i)\b(?P<number>\d{1,6})[a-z]?\s+(?P<words>(?:[\p{L}\d.'’-]+\s+){1,4}?)(?P<street>street|st|avenue|ave|av|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|circle|cir|way|place|pl|highway|hwy|parkway|pkwy|trail|terrace)\b(?:\s*,?\s*(?:apt|apartment|unit|suite|#)\.?\s*[\w-]+)?",
        )
    });
    static STREET_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        expression(
            r"(?i)\b(?P<street>calle|avenida|av|avda|carrera|camino|paseo|calzada|callejón|privada|bulevar)\.?\s+(?P<words>(?:[\p{L}\d.'’-]+,?\s+){1,5}?)(?P<mark>(?:#|n[°º]|no|núm|num|número|numero)\.?\s*)?(?P<number>\d{1,5})[a-z]?\b",
        )
    });
    let mut found = Vec::new();
    let rules: [(&Option<Regex>, IsAddress); 2] = [
        (&NUMBER_FIRST, is_number_first),
        (&STREET_FIRST, is_street_first),
    ];
    for (rule, is_address) in rules {
        let mut start = 0;
        while let Some(captured) = rule.as_ref().and_then(|rule| rule.captures_at(text, start)) {
            let Some(whole) = captured.get(0) else { break };
            if is_address(&captured) {
                found.push(whole.range());
                start = whole.end();
            } else {
                // A rejected match may contain the number of a real address.
                let first = captured.get(1).map_or(whole.end(), |first| first.end());
                start = first.max(start + 1);
            }
            if text.get(start..).is_none_or(str::is_empty) {
                break;
            }
        }
    }
    found
}

fn part<'a>(captured: &regex::Captures<'a>, name: &str) -> &'a str {
    captured.name(name).map_or("", |part| part.as_str())
}

fn is_number_first(captured: &regex::Captures<'_>) -> bool {
    /// Words between a number and a street word that rule out an address: "25 minute drive", "4 way street".
    const MEASURES: [&str; 14] = [
        "mile", "miles", "minute", "minutes", "min", "hour", "hours", "mph", "lane", "way", "foot",
        "feet", "percent", "year",
    ];
    /// Street words that often mean something else in lowercase.
    const VAGUE: [&str; 8] = [
        "drive", "court", "circle", "way", "place", "trail", "terrace", "pl",
    ];
    let words: Vec<&str> = part(captured, "words").split_whitespace().collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word).into_owned()).collect();
    if folded.iter().any(|word| MEASURES.contains(&word.as_str())) {
        return false;
    }
    if words.iter().all(|word| is_capital_or_ordinal(word)) {
        return true;
    }
    let street = fold(part(captured, "street")).into_owned();
    part(captured, "number").len() > 2
        && words.len() < 3
        && !VAGUE.contains(&street.as_str())
        && folded.iter().all(|word| !SMALL.contains(word.as_str()))
}

fn is_street_first(captured: &regex::Captures<'_>) -> bool {
    let words: Vec<&str> = part(captured, "words")
        .split([' ', ',', '\t', '\n', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .collect();
    let is_particle = |word: &str| PARTICLES.contains(&fold(word).as_ref());
    let named = |word: &&&str| is_capital_or_ordinal(word);
    !part(captured, "mark").is_empty()
        || (words.iter().any(|word| is_capital_or_ordinal(word))
            && words
                .iter()
                .filter(|word| !is_particle(word))
                .all(|word| named(&word)))
}

/// `Oak`, `5th`, `5`.
fn is_capital_or_ordinal(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
}
