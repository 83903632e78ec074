//! Writes a keyword table as text or CSV.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use crate::files::shown;
use crate::sheet::harmless;
use crate::themes::engine::keyness::Keyness;
use crate::themes::engine::keywords::{Count, Keyword, KeywordTable};
use crate::themes::engine::negated::Negated;
use crate::themes::engine::phrases::Phrase;
use crate::themes::engine::same::SameWords;

fn groups(table: &KeywordTable) -> Vec<&str> {
    let groups: BTreeSet<&str> = table
        .keys
        .iter()
        .flat_map(|keyword| keyword.by.keys().map(String::as_str))
        .collect();
    groups.into_iter().collect()
}

fn group_label(group: &str) -> &str {
    if group.is_empty() {
        "(no group)"
    } else {
        group
    }
}

fn count_of(keyword: &Keyword, group: &str) -> Count {
    keyword.by.get(group).copied().unwrap_or_default()
}

fn forms(keyword: &Keyword) -> String {
    let forms: Vec<String> = keyword
        .forms
        .iter()
        .map(|(form, mentions)| format!("{form} {mentions}"))
        .collect();
    forms.join(", ")
}

/// Writes keywords as CSV.
pub(super) fn write_csv(table: &KeywordTable, out: &mut impl Write) -> io::Result<()> {
    let groups = groups(table);
    let mut sheet = csv::Writer::from_writer(out);
    let mut head = [
        "key", "language", "word", "comments", "people", "mentions", "forms",
    ]
    .map(str::to_owned)
    .to_vec();
    for group in &groups {
        head.extend(
            ["comments", "people"]
                .map(|what| harmless(&format!("{}: {what}", group_label(group))).into_owned()),
        );
    }
    sheet.write_record(&head)?;
    for keyword in &table.keys {
        let language = keyword.language.map(String::from).unwrap_or_default();
        let numbers =
            [keyword.comments, keyword.people, keyword.mentions].map(|number| number.to_string());
        let mut row = vec![
            harmless(&keyword.key).into_owned(),
            language,
            harmless(keyword.shown()).into_owned(),
        ];
        row.extend(numbers);
        row.push(harmless(&forms(keyword)).into_owned());
        for group in &groups {
            let count = count_of(keyword, group);
            row.extend([count.comments, count.people].map(|number| number.to_string()));
        }
        sheet.write_record(&row)?;
    }
    sheet.flush()
}

/// Writes keywords as text.
pub(super) fn write_table(table: &KeywordTable, out: &mut impl Write) -> io::Result<()> {
    let groups = groups(table);
    let width = table
        .keys
        .iter()
        .map(|keyword| keyword.shown().chars().count())
        .chain([4])
        .max()
        .unwrap_or_default();
    write!(
        out,
        "{:width$} {:>8} {:>8} {:>8}",
        "word", "comments", "people", "mentions"
    )?;
    for group in &groups {
        write!(out, "  {:>10}", group_label(group))?;
    }
    writeln!(out, "  forms")?;
    for keyword in &table.keys {
        write!(
            out,
            "{:width$} {:>8} {:>8} {:>8}",
            keyword.shown(),
            keyword.comments,
            keyword.people,
            keyword.mentions
        )?;
        for group in &groups {
            let across = group_label(group).chars().count().max(10);
            write!(out, "  {:>across$}", count_of(keyword, group).comments)?;
        }
        writeln!(out, "  {}", forms(keyword))?;
    }
    writeln!(
        out,
        "{} rows, {} people. Rows that say nothing (such as “n/a”): {}.",
        table.rows, table.people, table.non_answers
    )?;
    if groups.is_empty() {
        Ok(())
    } else {
        writeln!(out, "Each group column counts comments.")
    }
}

/// Writes which words each group uses more or less than other groups, as CSV.
pub(super) fn write_keyness_csv(told: &[Keyness], out: &mut impl Write) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record([
        "group",
        "key",
        "language",
        "word",
        "comments",
        "of",
        "other_comments",
        "of_others",
        "log_likelihood",
        "log_ratio",
        "difference",
        "low",
        "high",
        "p",
        "q",
    ])?;
    for it in told {
        let words = [&it.group, &it.key].map(|text| harmless(text).into_owned());
        let language = it.language.map(String::from).unwrap_or_default();
        let counts = [it.comments, it.of, it.other_comments, it.of_others];
        let figures = [
            it.log_likelihood,
            it.log_ratio,
            it.difference,
            it.low,
            it.high,
            it.p,
            it.q,
        ];
        let mut row = words.to_vec();
        row.extend([language, harmless(&it.word).into_owned()]);
        row.extend(counts.map(|count| count.to_string()));
        row.extend(figures.map(|figure| figure.to_string()));
        sheet.write_record(&row)?;
    }
    sheet.flush()
}

/// Writes which words each group uses more or less than other groups, as text.
pub(super) fn write_keyness(told: &[Keyness], out: &mut impl Write) -> io::Result<()> {
    let mut group = None;
    for it in told {
        if group != Some(&it.group) {
            group = Some(&it.group);
            writeln!(
                out,
                "\n{}: {} rows, compared with {} rows of the other groups:",
                crate::files::shown(group_label(&it.group)),
                it.of,
                it.of_others
            )?;
        }
        writeln!(
            out,
            "  {} {}: {} rows, {} in the other groups, {:+.1} points ({:+.1} to {:+.1}), q {:.3}",
            if it.log_likelihood < 0.0 {
                "less"
            } else {
                "more"
            },
            it.word,
            it.comments,
            it.other_comments,
            it.difference * 100.0,
            it.low * 100.0,
            it.high * 100.0,
            it.q
        )?;
    }
    Ok(())
}

/// Writes phrases as CSV.
pub(super) fn write_phrases_csv(phrases: &[Phrase], out: &mut impl Write) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record([
        "phrase", "language", "comments", "people", "mentions", "score",
    ])?;
    for phrase in phrases {
        let counts = [phrase.comments, phrase.people, phrase.mentions];
        let mut row = vec![
            harmless(&phrase.phrase).into_owned(),
            String::from(phrase.language),
        ];
        row.extend(counts.map(|count| count.to_string()));
        row.push(phrase.score.to_string());
        sheet.write_record(&row)?;
    }
    sheet.flush()
}

/// Writes phrases as text.
pub(super) fn write_phrases(phrases: &[Phrase], out: &mut impl Write) -> io::Result<()> {
    if phrases.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{:>8} {:>8} {:>8}  phrase",
        "comments", "people", "mentions"
    )?;
    for phrase in phrases {
        writeln!(
            out,
            "{:>8} {:>8} {:>8}  {}",
            phrase.comments, phrase.people, phrase.mentions, phrase.phrase
        )?;
    }
    Ok(())
}

/// Writes identical messages from many people.
pub(super) fn write_same(same: &[SameWords], out: &mut impl Write) -> io::Result<()> {
    for message in same {
        let rows = if message.comments == message.people {
            String::new()
        } else {
            format!(", in {} rows", message.comments)
        };
        let text = shown(&message.text);
        writeln!(
            out,
            "{} people sent the same text{rows}: {text}",
            message.people
        )?;
    }
    Ok(())
}

/// Writes negated words.
pub(super) fn write_negated(negated: &[Negated], out: &mut impl Write) -> io::Result<()> {
    for word in negated {
        writeln!(
            out,
            "{}: {} of {} rows use it after a word such as “no”",
            word.word, word.negated, word.comments
        )?;
    }
    Ok(())
}
