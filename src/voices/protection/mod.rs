//! Decides about all counts of a snapshot together: which are shown, which are hidden, and which stay as in an earlier
//! edition. The people of a priority are the union of its themes' people, and a theme includes everyone in its
//! subthemes, so one table could reveal what another one hides.

mod rows;
mod ties;

use rows::{PublishedRow, read, write};
use ties::ties;

use super::earlier::Earlier;
use super::material::Material;
use super::snapshot::Snapshot;
use crate::tally::disclosure::{Figure, Plan, PublicCell, Weight};

/// Hides whatever would say something about one to four people, and keeps what has changed by one to four.
pub(super) fn protect(snapshot: &mut Snapshot, material: &Material, earlier: &Earlier) {
    let mut rows = read(snapshot, material);
    let ties = ties(snapshot, &rows);
    let mut plan = Plan::default();
    let figures: Vec<Vec<Figure>> = rows
        .iter()
        .map(|row| add_row(&mut plan, row, earlier))
        .collect();
    let figure = |(row, at): &(usize, usize)| figures.get(*row)?.get(*at).copied();
    for (small, large) in ties.within() {
        if let (Some(small), Some(large)) = (figure(small), figure(large)) {
            plan.within(small, large);
        }
    }
    for (union, parts) in ties.unions() {
        if let Some(union) = figure(union) {
            let parts: Vec<Figure> = parts.iter().filter_map(figure).collect();
            plan.union(union, &parts);
        }
    }
    // Where it fails, the comments next to a number already say what it would reveal.
    plan.settle();
    for (place, (row, figures)) in rows.iter_mut().zip(&figures).enumerate() {
        let counts = row.counts.iter().zip(figures);
        row.cells = counts
            .map(|(count, figure)| PublicCell::told(plan.told(*figure), *count))
            .collect();
        if row.is_of_nobody() || ties.outdated().contains(&place) {
            row.cells = vec![PublicCell::Hidden; row.counts.len()];
        }
    }
    write(snapshot, &rows);
}

/// Adds the cells of a row and its total, each out of its class.
fn add_row(plan: &mut Plan, row: &PublishedRow, earlier: &Earlier) -> Vec<Figure> {
    if row.is_of_nobody() {
        return Vec::new();
    }
    let total = row.total();
    let counts = row.counts.iter().zip(&row.bases).enumerate();
    let figures: Vec<Figure> = counts
        .map(|(at, (count, base))| {
            let weight = if at == total {
                Weight::Total
            } else {
                Weight::Cell
            };
            let shown = earlier.counts(&row.counted, row.columns.get(at));
            let figure = plan.figure(weight, *count, *base, &shown);
            let class = plan.figure(Weight::Base, *base, *base, &[]);
            plan.of_class(figure, class);
            figure
        })
        .collect();
    if let Some((all, cells)) = figures.split_last() {
        if !cells.is_empty() {
            plan.adds_up(cells, *all);
        }
        if row.said > 0 {
            plan.at_least(row.said, *all);
        }
    }
    figures
}
