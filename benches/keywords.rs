//! How fast keywords are counted, against a limit: finding the words of the same text and looking each one up once.
//!
//! `cargo bench --bench keywords [-- FILE.csv COLUMN LANGUAGE]`. Without a file it takes the comments of Bowling Green,
//! drawn repeatedly from a fixed seed. One thread. The goal is 60% of the limit.

#[path = "support/draw.rs"]
mod draw;

use std::{env, error::Error, hint::black_box, time::Instant};

use chorus::themes::Language;
use chorus::themes::keywords::{KeywordCounter, SpokenComment};
use hashbrown::HashMap;
use unicode_segmentation::UnicodeSegmentation;

const COMMENTS: usize = 200_000;
const ROUNDS: usize = 15;
const GOAL: f64 = 0.60;

fn main() -> Result<(), Box<dyn Error>> {
    let read = draw::asked_for()?;
    let tag = env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .nth(2);
    let language = tag.map_or(Ok(Language::ENGLISH), |tag| tag.parse())?;
    let texts: Vec<String> = draw::places(read.len())
        .take(COMMENTS)
        .filter_map(|place| read.get(place as usize).cloned())
        .collect();
    let megabytes = f64::from(u32::try_from(texts.iter().map(String::len).sum::<usize>())?) / 1e6;

    // The two take turns, and the best of several rounds counts, so that neither gets a quieter machine.
    let (mut limit, mut keywords) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        limit = limit.min(seconds(|| splitting(&texts)));
        keywords = keywords.min(seconds(|| counting(&texts, language)));
    }
    let ratio = limit / keywords;
    let verdict = if ratio >= GOAL { "reached" } else { "missed" };
    let mut report = Vec::new();
    report.push(format!(
        "keywords of {} comments, {megabytes:.1} MB of resampled real text ({language}), one thread",
        texts.len()
    ));
    report.push(format!(
        "  words found and looked up once   {:>7.1} MB/s",
        megabytes / limit
    ));
    report.push(format!(
        "  tokens, stems, keywords counted  {:>7.1} MB/s",
        megabytes / keywords
    ));
    report.push(format!("  ratio {ratio:.2}, goal {GOAL:.2}: {verdict}"));
    Ok(std::io::Write::write_all(
        &mut std::io::stdout(),
        (report.join("\n") + "\n").as_bytes(),
    )?)
}

fn seconds(work: impl FnOnce() -> u64) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64()
}

/// The limit: the Unicode words of every text, each looked up once.
fn splitting(texts: &[String]) -> u64 {
    let mut known: HashMap<&str, u64> = HashMap::new();
    for text in texts {
        for word in text.unicode_words() {
            *known.entry(word).or_default() += 1;
        }
    }
    known.values().sum()
}

/// The whole work, up to the finished table.
fn counting(texts: &[String], language: Language) -> u64 {
    let mut counter = KeywordCounter::default();
    for (person, text) in (0..).zip(texts) {
        counter.count(&SpokenComment {
            text,
            language,
            person,
            group: 0,
        });
    }
    counter
        .table(&["all".to_owned()])
        .keys
        .iter()
        .map(|keyword| keyword.mentions)
        .sum()
}
