//! Protects the tables of a snapshot against being combined. Each table was protected on its own. But the people of a
//! priority are the union of its themes' people, and a theme includes everyone in its subthemes, so one table can
//! reveal what another one hides. If so, this hides as little as possible in addition: first a theme's breakdown by
//! group, then a priority's, then totals.

mod rows;
mod ties;

use rows::{At, PublishedRow, RowPosition, read, write};
use ties::{Studied, Ties, study, ties};

use super::cells::visible;
use super::material::Material;
use super::snapshot::Snapshot;
use crate::tally::disclosure::{PublicCell, VALUES, is_few};

/// Hides whatever would reveal a hidden count, or one to four people, to someone who combines all tables.
pub(super) fn protect(snapshot: &mut Snapshot, material: &Material) {
    let mut rows = read(snapshot, material);
    let ties = ties(snapshot, &rows);
    while let Some(leak) = leak(&rows, &ties) {
        let mut ways = ways(&rows, &ties, leak.0);
        ways.sort_by_key(|way| way.loss(&rows));
        let enough = ways.iter().find(|way| {
            let mut hidden = rows.clone();
            way.hide(&mut hidden);
            !is_found_out(&hidden, &study(&hidden, &ties), leak)
        });
        let Some(way) = enough.or(ways.first()) else {
            // Everything around it is already hidden.
            break;
        };
        way.hide(&mut rows);
    }
    write(snapshot, &rows);
}

/// The first cell that can be worked out but shouldn't be.
fn leak(rows: &[PublishedRow], ties: &Ties) -> Option<At> {
    let studied = study(rows, ties);
    let mut places = rows
        .iter()
        .enumerate()
        .flat_map(|(row, line)| (0..line.cells.len()).map(move |at| (row, at)));
    places.find(|place| is_found_out(rows, &studied, *place))
}

fn is_found_out(rows: &[PublishedRow], studied: &Studied, (row, at): At) -> bool {
    let found = || {
        let line = rows.get(row)?;
        let (count, base) = (line.count(at), *line.bases.get(at)?);
        let kept = match line.cells.get(at)? {
            PublicCell::Exact(_) => false,
            PublicCell::Hidden => true,
            PublicCell::Below | PublicCell::Above => {
                is_few(count) || is_few(base.saturating_sub(count))
            }
        };
        let known = studied.counts.get(row)?.get(at)?;
        Some(kept && studied.bounds.values(*known) < VALUES)
    };
    found().unwrap_or(false)
}

/// Something more to hide: a row's breakdown by group, or the whole row.
#[derive(Clone, Copy, Debug)]
struct Way {
    row: usize,
    with_total: bool,
}

/// What could be hidden to protect a cell of a row. Skips what is already hidden.
fn ways(rows: &[PublishedRow], ties: &Ties, row: usize) -> Vec<Way> {
    let near = ties.near(row).into_iter();
    let ways = near.flat_map(|row| [false, true].map(|with_total| Way { row, with_total }));
    ways.filter(|way| {
        let hidden = |cell: &PublicCell| *cell == PublicCell::Hidden;
        let cells = rows.get(way.row).map_or(&[][..], |row| way.of(row));
        !cells.iter().all(hidden)
    })
    .collect()
}

impl Way {
    fn of<'a>(&self, row: &'a PublishedRow) -> &'a [PublicCell] {
        let end = row.total() + usize::from(self.with_total);
        row.cells.get(..end).unwrap_or_default()
    }

    /// How much is lost: a total is worth more than a breakdown, a priority more than a theme, and a large count more
    /// than a small one.
    fn loss(&self, rows: &[PublishedRow]) -> (bool, bool, u64) {
        let Some(row) = rows.get(self.row) else {
            return (true, true, u64::MAX);
        };
        let lost = self.of(row).iter().map(|cell| visible(*cell).min(1 << 40));
        let is_priority = matches!(row.position, RowPosition::Priority(_));
        (self.with_total, is_priority, lost.sum())
    }

    fn hide(&self, rows: &mut [PublishedRow]) {
        if let Some(row) = rows.get_mut(self.row) {
            let end = row.total() + usize::from(self.with_total);
            for cell in row.cells.iter_mut().take(end) {
                *cell = PublicCell::Hidden;
            }
        }
    }
}
