//! The theme engine at the size of a large state: a million comments of real text, on all cores.
//!
//! `cargo bench --bench themes [-- FILE.csv COLUMN] [--strict]`. The comments are those of the file, else those of
//! Bowling Green, drawn repeatedly from a fixed seed, each in one of ten groups, all in English. It measures building
//! the index, checking for safety terms, counting a theme again by group after its rule was edited, suggesting themes
//! (without their stability), and peak memory. `tests/independent/scale.py` gives the same draw to scikit-learn.

#![expect(
    clippy::cast_precision_loss,
    reason = "what a bench counts is far below 2^52"
)]

#[path = "support/draw.rs"]
mod draw;
#[path = "support/memory.rs"]
mod memory;
#[path = "support/report.rs"]
mod report;

use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use chorus::themes::{Grain, Language, Postings, Rule, Terms, Watch, suggest};
use roaring::RoaringBitmap;

use report::{Report, median, say};

const COMMENTS: u32 = 1_000_000;
const GROUPS: u32 = 10;
const ROUNDS: usize = 5;

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

fn main() -> Result<ExitCode> {
    let mut report = Report::default();
    let texts = draw::asked_for()?;
    let drawn: Vec<u32> = draw::places(texts.len()).take(COMMENTS as usize).collect();
    let drawn_texts = drawn.iter().filter_map(|place| texts.get(*place as usize));
    let size: usize = drawn_texts.map(String::len).sum();
    let before = memory::megabytes("self", "VmRSS")?;
    say(&format!(
        "{COMMENTS} comments, {:.0} MB drawn from {} (“resampled real text”), {} threads",
        size as f64 / 1e6,
        texts.len(),
        std::thread::available_parallelism()?
    ))?;

    let start = Instant::now();
    let mut postings = Postings::default();
    for (ordinal, place) in (0..).zip(&drawn) {
        if let Some(text) = texts.get(*place as usize) {
            postings.insert(ordinal, Language::ENGLISH, text);
        }
    }
    report.at_most("index built in", start.elapsed().as_secs_f64(), 3.0, " s")?;

    let start = Instant::now();
    let mut watch = Watch::default();
    for (ordinal, place) in (0..).zip(&drawn) {
        if let Some(text) = texts.get(*place as usize) {
            watch.insert(ordinal, text, &postings);
        }
    }
    say(&format!(
        "  read for signs of safety in {:.1} s, {} with one",
        start.elapsed().as_secs_f64(),
        watch.found().len()
    ))?;

    let groups: Vec<RoaringBitmap> = (0..GROUPS)
        .map(|group| {
            (0..COMMENTS)
                .filter(|ordinal| ordinal % GROUPS == group)
                .collect()
        })
        .collect();
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let rule = edited(round)?;
        let start = Instant::now();
        let found = postings.evaluate(&rule);
        let by_group: Vec<u64> = groups
            .iter()
            .map(|group| found.intersection_len(group))
            .collect();
        black_box(by_group);
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    report.at_most(
        "a rule edited and counted again by group in",
        median(times),
        100.0,
        " ms",
    )?;

    let ordinals: Vec<u32> = (0..COMMENTS).collect();
    let start = Instant::now();
    let suggestion = suggest(&postings, &ordinals, Grain::Usual, false);
    report.at_most(
        "themes suggested in",
        start.elapsed().as_secs_f64(),
        3.0,
        " s",
    )?;
    say(&format!("  {} themes", suggestion.themes.len()))?;
    report.at_least("share of the comments covered", suggestion.coverage, 0.90)?;
    report.at_most(
        "memory, at the most",
        memory::megabytes("self", "VmHWM")? - before,
        600.0,
        " MB",
    )?;
    Ok(report.end())
}

/// A theme's rule as a planner edits it, with a different word each time: words, beginnings, a phrase, nearness, and
/// exclusions.
fn edited(round: usize) -> Result<Rule> {
    let more = ["road", "street", "lane", "bike", "bus"]
        .get(round)
        .copied()
        .unwrap_or("car");
    let any = [
        more,
        "traffic",
        "sidewalk*",
        "park*",
        "\"public transportation\"",
        "safe NEAR/5 walk",
    ];
    let terms = Terms {
        any: any
            .iter()
            .map(|term| term.parse())
            .collect::<Result<_, _>>()?,
        none: vec!["dog*".parse()?],
    };
    Ok(Rule::new(&[(Language::ENGLISH, terms)].into()))
}
