//! The demo's two rounds as published: a reader who combines all their tables, and everything the pages say about how
//! the tables are related, can't work out a suppressed count.

use std::collections::BTreeMap;

use chorus::editions::{self, Audience};
use chorus::priorities::Decision;
use chorus::tally::disclosure::{Column, PublicCell};
use chorus::themes::Index;
use chorus::voices::{self, Material, Snapshot};

use super::{Printed, few};
use crate::support::{Layout, PublicRow, Reader, TestApp};

/// Cells by column; the empty key is the total.
type Cells = BTreeMap<String, usize>;

/// What a reader of the whole round has put together.
struct Studied {
    reader: Reader,
    printed: Vec<(String, Printed)>,
    /// The counts of each theme, by intent.
    themes: BTreeMap<(String, String), Cells>,
}

fn published(app: &TestApp, slug: &str) -> (Snapshot, Material) {
    app.read(|db| {
        let round = chorus::district::round_by_slug(db, slug)?;
        let edition = editions::current(db, &round.id, Audience::Public)?.unwrap();
        let snapshot = editions::content(db, &edition.id)?;
        let mut index = Index::default();
        index.catch_up(db, |_| {})?;
        let material = voices::gather(&index, db, "", edition.published_at, &round)?;
        Ok((snapshot, material))
    })
}

/// A name for the people of a column that's the same in every table.
fn name(column: &Column) -> String {
    let groups = column.keys.iter().flat_map(|key| {
        let groups = key.split_once('/').map_or(key.as_str(), |(_, group)| group);
        groups.split('+').map(str::to_owned).collect::<Vec<_>>()
    });
    let mut groups: Vec<String> = groups.collect();
    groups.sort_unstable();
    format!("{} of {}", groups.join("+"), column.base)
}

impl Studied {
    /// Reads a row of a table whose columns add up, together with its true counts; returns the reader's counts.
    fn row(
        &mut self,
        what: &str,
        columns: &[Column],
        base: u64,
        row: &PublicRow,
        truth: &[u64],
    ) -> Cells {
        // Without columns, nothing adds up.
        let known = if columns.is_empty() {
            vec![vec![self.reader.note_cell(row.total, base)]]
        } else {
            self.reader
                .read(Layout::Across, columns, base, std::slice::from_ref(row))
        };
        let names = columns.iter().map(name).chain([String::new()]);
        let bases = columns.iter().map(|column| column.base).chain([base]);
        let cells = row.cells.iter().chain([&row.total]);
        let mut found = Cells::new();
        let rest = names.zip(bases).zip(cells).zip(&known[0]).zip(truth);
        for ((((name, base), cell), known), count) in rest {
            let printed = Printed {
                count: *count,
                base,
                cell: *cell,
                known: *known,
            };
            self.printed.push((format!("{what}, {name}"), printed));
            found.insert(name, *known);
        }
        found
    }

    /// Adds: each count in `small` is at most the count of the same people in `large`.
    fn at_most(&mut self, small: &Cells, large: &Cells) {
        for (name, small) in small {
            if let Some(large) = large.get(name) {
                let rest = self.reader.note(0, 1_000_000);
                self.reader.adds_up(&[*small, rest], *large);
            }
        }
    }

    /// Adds: each count in `union` is at most the sum of the parts.
    fn at_most_the_sum(&mut self, union: &Cells, parts: &[Cells]) {
        for (name, union) in union {
            let found: Option<Vec<usize>> =
                parts.iter().map(|part| part.get(name).copied()).collect();
            let Some(found) = found else { continue };
            let (rest, sum) = (
                self.reader.note(0, 1_000_000),
                self.reader.note(0, 1_000_000),
            );
            self.reader.adds_up(&found, sum);
            self.reader.adds_up(&[*union, rest], sum);
        }
    }

    fn themes(&mut self, snapshot: &Snapshot, material: &Material) {
        for (part, asked) in snapshot.asked.iter().zip(&material.asked) {
            for row in &part.rows {
                let truth = asked
                    .rows
                    .iter()
                    .find(|named| named.theme == row.theme)
                    .unwrap();
                let count = |key: &str| truth.columns.get(key).copied().unwrap_or(0);
                let mut counts: Vec<u64> = part
                    .columns
                    .iter()
                    .map(|column| column.sum(count))
                    .collect();
                counts.push(truth.all);
                let what = format!("{} asked for {}", row.theme, part.intent);
                let shown = PublicRow {
                    cells: row.cells.clone(),
                    total: row.all,
                };
                let cells = self.row(&what, &part.columns, asked.asked, &shown, &counts);
                self.themes
                    .insert((row.theme.clone(), part.intent.to_string()), cells);
            }
        }
        // A theme includes everyone in its subthemes.
        for theme in &snapshot.themes {
            let Some(parent) = &theme.parent else {
                continue;
            };
            for part in &snapshot.asked {
                let of = |key: &str| (key.to_owned(), part.intent.to_string());
                let (small, large) = (
                    self.themes[&of(&theme.key)].clone(),
                    self.themes[&of(parent)].clone(),
                );
                self.at_most(&small, &large);
            }
        }
    }

    /// Released answers to one question come from different people, and each is in its themes.
    fn released(&mut self, snapshot: &Snapshot) {
        let mut said: BTreeMap<(String, String, String), u64> = BTreeMap::new();
        for comment in snapshot
            .comments
            .iter()
            .filter(|comment| comment.speaks_for.is_none())
        {
            for matched in &comment.themes {
                let key = (
                    matched.theme.clone(),
                    comment.intent.to_string(),
                    comment.item.clone(),
                );
                *said.entry(key).or_default() += 1;
            }
        }
        for ((theme, intent, _), people) in said {
            let least = self.reader.note(people, people);
            let at_least = Cells::from([(String::new(), least)]);
            let all = self.themes[&(theme, intent)].clone();
            self.at_most(&at_least, &all);
        }
    }

    fn priorities(&mut self, snapshot: &Snapshot, decisions: &BTreeMap<String, Decision>) {
        for priority in &snapshot.priorities {
            let shown = priority.decision.as_ref().unwrap();
            let score = &decisions[&priority.key].evidence.score;
            let count = |key: &str| {
                let named = |group: &&chorus::priorities::score::GroupCount| {
                    group
                        .group
                        .clone()
                        .unwrap_or_else(|| group.together.join("+"))
                        == key
                };
                score
                    .groups
                    .iter()
                    .find(named)
                    .map_or(0, |group| group.named)
            };
            let mut counts: Vec<u64> = shown
                .columns
                .iter()
                .map(|column| column.sum(count))
                .collect();
            counts.push(score.named);
            let row = PublicRow {
                cells: shown.cells.clone(),
                total: shown.all,
            };
            let what = format!("priority {}", priority.key);
            let union = self.row(&what, &shown.columns, score.asked, &row, &counts);
            let of_its_themes =
                |((theme, _), _): &(&(String, String), &Cells)| priority.themes.contains(theme);
            let parts: Vec<Cells> = self
                .themes
                .iter()
                .filter(of_its_themes)
                .map(|(_, cells)| cells.clone())
                .collect();
            for part in &parts {
                self.at_most(part, &union);
            }
            self.at_most_the_sum(&union, &parts);
        }
    }
}

#[test]
fn no_hidden_count_in_the_demo_s_two_rounds_can_be_worked_out() {
    let app = TestApp::start();
    let folder = app.place().folder().join("demo");
    chorus::demo::load(app.database(), &folder, app.operator(), |_| {}).unwrap();
    for (slug, one_answer_each) in [("vision-2031", true), ("bowling-green-2018", false)] {
        let (snapshot, material) = published(&app, slug);
        let decisions: BTreeMap<String, Decision> = material
            .priorities
            .iter()
            .map(|(priority, decision)| (priority.key.clone(), decision.clone().unwrap()))
            .collect();
        let mut studied = Studied {
            reader: Reader::default(),
            printed: Vec::new(),
            themes: BTreeMap::new(),
        };
        studied.themes(&snapshot, &material);
        studied.priorities(&snapshot, &decisions);
        if one_answer_each {
            studied.released(&snapshot);
        }
        studied.reader.work_out();
        let mut hidden = 0;
        for (
            what,
            Printed {
                count,
                base,
                cell,
                known,
            },
        ) in &studied.printed
        {
            let (low, high) = studied.reader.range(*known);
            let values = studied.reader.values(*known);
            assert!((low..=high).contains(&i128::from(*count)), "{slug}: {what}");
            let kept = few(*count) || few(base - count);
            assert!(
                !kept || !matches!(cell, PublicCell::Exact(_)),
                "{slug}: {what} is printed"
            );
            if *cell == PublicCell::Hidden {
                hidden += 1;
            }
            if kept {
                assert!(values > 5, "{slug}: {what} is one of {low} to {high}");
            }
        }
        assert!(
            studied.printed.len() > 20,
            "{slug}: {} counts",
            studied.printed.len()
        );
        // Hiding everything would pass too, so make sure most counts are shown.
        assert!(
            hidden * 5 < studied.printed.len(),
            "{slug}: {hidden} of {} counts are hidden",
            studied.printed.len()
        );
        // Wherever a group size is shown, it's at least ten people.
        for source in &snapshot.sources {
            assert!(
                source.groups.iter().all(|column| column.base >= 10),
                "{slug}"
            );
        }
    }
}
