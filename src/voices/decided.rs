//! A decision with its evidence, as the public reads it.

use super::cells::group_key;
use super::earlier::Earlier;
use super::figures::{common, enough, percent};
use super::snapshot::{DecisionPart, SourcePart};
use crate::district::LocalTime;
use crate::priorities::score::{Score, Votes};
use crate::priorities::{Decision, SourceCount};
use crate::surveys::Unit;
use crate::tally::disclosure::{BASE, Column, FEW, PublicCell, classes, is_few};

/// The number that is already shown, if the other is within four of it.
fn near(count: u64, shown: Option<u64>) -> u64 {
    shown
        .filter(|shown| is_few(shown.abs_diff(count)))
        .unwrap_or(count)
}

/// A decision of a priority, before disclosure control looks at its counts together with all others. `parts` are the
/// surveys of the snapshot.
pub(super) fn decision_part(
    priority: &str,
    decision: &Decision,
    local_time: LocalTime,
    parts: &[SourcePart],
    earlier: &Earlier,
) -> DecisionPart {
    let evidence = &decision.evidence.0;
    let score = &evidence.score;
    let before = earlier.decision(priority);
    let sources: Vec<SourceCount> = evidence
        .sources
        .iter()
        .filter(|source| source.asked > 0)
        .cloned()
        .collect();
    let units: Vec<Unit> = sources.iter().map(|source| source.unit).collect();
    let columns = before.map_or(&[][..], |before| &before.columns);
    let by_group = Breakdown::by_group(score, columns).near(parts);
    let by_source = Breakdown::by_source(&sources);
    // Two breakdowns of the same people could be compared, so both are shown only if neither has small counts. Disclosure
    // control doesn't look at the sources, so it drops them if it changes anything about the groups.
    let several = sources.len() > 1;
    let whole = by_group.is_open();
    let both = whole
        && by_source.is_open()
        && by_source.columns.len() == sources.len()
        && !before.is_some_and(|before| differ_by_few(&before.sources, &sources));
    let shown = !several || both;
    let took_part: u64 = parts.iter().filter_map(|part| part.answered).sum();
    let asked = near(score.asked, before.and_then(|before| before.asked));
    DecisionPart {
        day: local_time.day(decision.decided_at),
        digest: decision.digest.clone(),
        codebook: evidence.codebook,
        unit: common(&units),
        asked: enough(near(asked, Some(took_part))),
        all: PublicCell::Exact(score.named),
        equally: (whole && shown).then(|| percent(score.equally)),
        cells: if shown { by_group.cells() } else { Vec::new() },
        columns: if shown { by_group.columns } else { Vec::new() },
        sources: if several && both { sources } else { Vec::new() },
        tables: evidence.tables,
        votes: votes(evidence.votes, before.and_then(|before| before.votes)),
    }
}

/// Whether a source's numbers have changed by one to four people.
fn differ_by_few(before: &[SourceCount], now: &[SourceCount]) -> bool {
    now.iter().any(|source| {
        let same = before.iter().find(|old| old.survey == source.survey);
        same.is_some_and(|old| {
            is_few(old.named.abs_diff(source.named)) || is_few(old.asked.abs_diff(source.asked))
        })
    })
}

/// Votes, if at least five people agreed and five didn't. Where one to four voted since the earlier edition, its votes.
fn votes(now: Votes, before: Option<Votes>) -> Option<Votes> {
    let changed = |before: &Votes| {
        is_few(before.agree.abs_diff(now.agree)) || is_few(before.disagree.abs_diff(now.disagree))
    };
    let shown = before.filter(changed).unwrap_or(now);
    (shown.agree >= FEW && shown.disagree >= FEW).then_some(shown)
}

/// The people who named a priority, by group or by source. Small ones are merged.
struct Breakdown {
    columns: Vec<Column>,
    counts: Vec<u64>,
}

impl Breakdown {
    fn of(
        asked: impl Iterator<Item = (String, u64)>,
        earlier: &[Column],
        named: impl Fn(&str) -> u64,
    ) -> Self {
        let groups: Vec<Column> = asked
            .map(|(key, base)| Column {
                keys: vec![key],
                base,
            })
            .collect();
        let columns = classes(&groups, earlier, BASE).columns;
        Self {
            counts: columns.iter().map(|column| column.sum(&named)).collect(),
            columns,
        }
    }

    fn by_group(score: &Score, earlier: &[Column]) -> Self {
        let groups = score.groups.iter();
        let asked = groups.map(|group| (group_key(group), group.asked));
        Self::of(asked, earlier, |key| {
            let group = score.groups.iter().find(|group| group_key(group) == key);
            group.map_or(0, |group| group.named)
        })
    }

    fn by_source(sources: &[SourceCount]) -> Self {
        let asked = sources.iter();
        let asked = asked.map(|source| (source.survey.clone(), source.asked));
        Self::of(asked, &[], |key| {
            let source = sources.iter().find(|source| source.survey == key);
            source.map_or(0, |source| source.named)
        })
    }

    /// The same, where the size of a class is within four of that of those who took part: the difference would tell who
    /// came later, or wasn't asked.
    fn near(mut self, parts: &[SourcePart]) -> Self {
        let [part] = parts else {
            return self;
        };
        for column in &mut self.columns {
            let same = part.groups.iter().find(|class| class.keys == column.keys);
            column.base = near(column.base, same.map(|class| class.base));
        }
        self
    }

    /// Whether no class has a few people who named it, or a few who didn't.
    fn is_open(&self) -> bool {
        let mut classes = self.columns.iter().zip(&self.counts);
        classes.all(|(column, count)| *count >= FEW && *count + FEW <= column.base)
    }

    fn cells(&self) -> Vec<PublicCell> {
        self.counts.iter().copied().map(PublicCell::Exact).collect()
    }
}
