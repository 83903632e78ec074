//! One disclosure plan for a table of an edition, by all splits of its survey: which counts are shown, which are hidden,
//! and which stay as an earlier edition showed them.

use roaring::RoaringBitmap;

use super::asked::asked_of;
use super::earlier::Shown;
use crate::results::{FrozenCounts, FrozenRow, Split};
use crate::tally::disclosure::{FEW, Figure, Plan, Told, Weight, is_few};

/// A split with the people of its classes.
pub(super) struct SplitSets {
    pub(super) split: Split,
    pub(super) sets: Vec<RoaringBitmap>,
    /// Whether a person can be in several classes, as with schools.
    pub(super) overlap: bool,
}

/// A table before anything is hidden.
pub(super) struct Table<'a> {
    /// Who was asked.
    pub(super) asked: RoaringBitmap,
    /// The people of each row, with its key. For a closed question, those who didn't answer aren't a row yet.
    pub(super) rows: Vec<(String, RoaringBitmap)>,
    pub(super) relation: Relation<'a>,
    /// What earlier editions show.
    pub(super) shown: Shown<'a>,
}

/// How the rows of a table are related, as its readers know.
pub(super) enum Relation<'a> {
    /// The answers to a closed question. The last row is added: those who didn't answer.
    Answers,
    /// What people wrote about: first a row for each open question, then the themes, each with its position among the
    /// themes and, if it counts nothing but its parts, those.
    Wrote {
        questions: usize,
        parents: &'a [Option<usize>],
        unions: &'a [bool],
    },
}

/// How many counts a table has, and how many of them are hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) cells: u64,
    /// Zero to five people.
    pub(super) small: u64,
    /// More, but they'd reveal a small count.
    pub(super) linked: u64,
}

/// The key of the row of people who didn't answer, in earlier editions.
const NO_ANSWER: &str = "_empty";

/// Decides about the counts of a table. If the classes of a split would reveal something whatever is hidden, the table
/// isn't split by them. Returns `None` if not even the totals can be shown.
pub(super) fn protect(
    mut table: Table<'_>,
    people: &RoaringBitmap,
    splits: &[SplitSets],
) -> Option<(FrozenCounts, Hidden)> {
    table.asked = asked_of(&table.asked, people, splits);
    if table.asked.len() < FEW {
        return None;
    }
    if matches!(table.relation, Relation::Answers) {
        let answered = table.answered();
        table
            .rows
            .push((NO_ANSWER.to_owned(), &table.asked - answered));
    }
    let mut open: Vec<bool> = splits
        .iter()
        .map(|split| table.may_be_split(split))
        .collect();
    loop {
        let shown: Vec<&SplitSets> = splits
            .iter()
            .zip(&open)
            .filter_map(|(split, open)| open.then_some(split))
            .collect();
        let (mut plan, figures) = table.plan(&shown);
        if plan.settle() {
            return Some(table.frozen(&plan, &figures, splits, &open));
        }
        let last = open.iter_mut().rev().find(|open| **open)?;
        *last = false;
    }
}

/// The figures of a row: its total, and a cell for each class of each split that is shown.
struct RowFigures {
    total: Figure,
    cells: Vec<Vec<Figure>>,
}

impl Table<'_> {
    fn answered(&self) -> RoaringBitmap {
        let rows = self.rows.iter().filter(|(key, _)| key != NO_ANSWER);
        rows.fold(RoaringBitmap::new(), |all, (_, row)| all | row) & &self.asked
    }

    /// Whether the sizes of the classes among those who were asked say nothing about one to four people.
    fn may_be_split(&self, split: &SplitSets) -> bool {
        let all = self.asked.len();
        let sizes: Vec<u64> = split
            .sets
            .iter()
            .map(|set| set.intersection_len(&self.asked))
            .collect();
        let sum: u64 = sizes.iter().sum();
        !sizes.iter().any(|size| is_few(*size))
            && !is_few(sum.abs_diff(all))
            && (!split.overlap || !sizes.iter().any(|size| is_few(all - size)))
    }

    /// Puts every count and how they're related into a plan.
    fn plan(&self, splits: &[&SplitSets]) -> (Plan, Vec<RowFigures>) {
        let mut plan = Plan::default();
        let all = self.asked.len();
        let whole = plan.figure(Weight::Base, all, all, &[]);
        let bases: Vec<Vec<Figure>> = splits
            .iter()
            .map(|split| {
                let sizes = split
                    .sets
                    .iter()
                    .map(|set| set.intersection_len(&self.asked));
                sizes
                    .map(|size| plan.figure(Weight::Base, size, size, &[]))
                    .collect()
            })
            .collect();
        let figures: Vec<RowFigures> = self
            .rows
            .iter()
            .map(|(key, row)| self.add_row(&mut plan, key, row, whole, (splits, &bases)))
            .collect();
        let totals: Vec<Figure> = figures.iter().map(|row| row.total).collect();
        self.relate(&mut plan, &totals, whole, &self.asked);
        for (at, split) in splits.iter().enumerate() {
            for (place, set) in split.sets.iter().enumerate() {
                let cell = |row: &RowFigures| row.cells.get(at)?.get(place).copied();
                let cells: Vec<Figure> = figures.iter().filter_map(cell).collect();
                if let Some(base) = bases.get(at).and_then(|bases| bases.get(place)) {
                    self.relate(&mut plan, &cells, *base, &(set & &self.asked));
                }
            }
        }
        (plan, figures)
    }

    /// Adds a row: its total, and its cells out of their classes.
    fn add_row(
        &self,
        plan: &mut Plan,
        key: &str,
        row: &RoaringBitmap,
        whole: Figure,
        (splits, bases): (&[&SplitSets], &[Vec<Figure>]),
    ) -> RowFigures {
        let row = row & &self.asked;
        let most = self.asked.len();
        let earlier = self.shown.counts(key, None);
        let total = plan.figure(Weight::Total, row.len(), most, &earlier);
        if self.shown.stays_hidden((key, None), row.len(), most) {
            plan.hide(total);
        }
        plan.of_class(total, whole);
        let cells = splits.iter().zip(bases).map(|(split, bases)| {
            let classes = split.split.classes.iter().zip(&split.sets).zip(bases);
            let cells: Vec<Figure> = classes
                .map(|((class, set), base)| {
                    let most = set.intersection_len(&self.asked);
                    let of_class = Some((split.split.part, class.keys.as_slice()));
                    let earlier = self.shown.counts(key, of_class);
                    let count = set.intersection_len(&row);
                    let cell = plan.figure(Weight::Cell, count, most, &earlier);
                    if self.shown.stays_hidden((key, of_class), count, most) {
                        plan.hide(cell);
                    }
                    plan.of_class(cell, *base);
                    cell
                })
                .collect();
            if split.overlap {
                for cell in &cells {
                    plan.within(*cell, total);
                }
                plan.union(total, &cells);
            } else {
                plan.adds_up(&cells, total);
            }
            cells
        });
        RowFigures {
            cells: cells.collect(),
            total,
        }
    }

    /// Relates the counts of one column, which counts `people`.
    fn relate(&self, plan: &mut Plan, counts: &[Figure], base: Figure, people: &RoaringBitmap) {
        match self.relation {
            Relation::Answers => self.relate_answers(plan, counts, base, people),
            Relation::Wrote {
                questions,
                parents,
                unions,
            } => {
                let (wrote, themes) = counts.split_at(questions.min(counts.len()));
                if let [wrote] = wrote {
                    for theme in themes {
                        plan.within(*theme, *wrote);
                    }
                }
                relate_themes(plan, themes, parents, unions);
            }
        }
    }

    fn relate_answers(
        &self,
        plan: &mut Plan,
        counts: &[Figure],
        base: Figure,
        people: &RoaringBitmap,
    ) {
        let sizes = self
            .rows
            .iter()
            .map(|(_, row)| row.intersection_len(people));
        if sizes.sum::<u64>() == people.len() {
            plan.adds_up(counts, base);
            return;
        }
        let Some((empty, choices)) = counts.split_last() else {
            return;
        };
        let answered = self.answered().intersection_len(people);
        let checked = self.rows.iter().filter(|(key, _)| key != NO_ANSWER);
        let checked: u64 = checked.map(|(_, row)| row.intersection_len(people)).sum();
        // Everyone who answered checked at least one box. Where at least five boxes more were checked, that says nothing
        // about a hidden count of one to four, whatever else is hidden; and where only a few didn't answer, nobody knows how
        // many did. Without those relations every choice is settled by itself, which is much faster.
        let is_close = checked.saturating_sub(answered) < FEW;
        if !is_close && people.len().saturating_sub(answered) <= FEW {
            return;
        }
        let answered = plan.unprinted(answered);
        plan.adds_up(&[answered, *empty], base);
        for choice in choices {
            plan.within(*choice, answered);
        }
        if is_close {
            plan.union(answered, choices);
        }
    }

    fn frozen(
        &self,
        plan: &Plan,
        figures: &[RowFigures],
        splits: &[SplitSets],
        open: &[bool],
    ) -> (FrozenCounts, Hidden) {
        let mut hidden = Hidden::default();
        let mut tell = |figure: Figure, truth: u64| {
            hidden.cells += 1;
            match plan.told(figure) {
                Told::Exactly => Some(truth),
                Told::Earlier(count) => Some(count),
                Told::Few | Told::Nothing => {
                    hidden.small += u64::from(truth <= FEW);
                    hidden.linked += u64::from(truth > FEW);
                    None
                }
            }
        };
        let rows = self.rows.iter().zip(figures).map(|((_, row), figures)| {
            let row = row & &self.asked;
            let mut cells = figures.cells.iter();
            let of_splits = splits.iter().zip(open).map(|(split, open)| {
                let figures = open.then(|| cells.next()).flatten();
                let counted = figures.into_iter().flatten().zip(&split.sets);
                counted
                    .map(|(figure, set)| tell(*figure, set.intersection_len(&row)))
                    .collect()
            });
            FrozenRow {
                cells: of_splits.collect(),
                total: None,
            }
        });
        let mut rows: Vec<FrozenRow> = rows.collect();
        for ((line, figures), (_, row)) in rows.iter_mut().zip(figures).zip(&self.rows) {
            line.total = tell(figures.total, row.intersection_len(&self.asked));
        }
        let bases = splits.iter().zip(open).map(|(split, open)| {
            let classes = split.split.classes.iter().zip(&split.sets);
            classes
                .filter(|_| *open)
                .map(|(class, set)| {
                    let of_class = (split.split.part, class.keys.as_slice());
                    let asked = set.intersection_len(&self.asked);
                    self.shown.asked(asked, Some(of_class))
                })
                .collect()
        });
        let counts = FrozenCounts {
            asked: self.shown.asked(self.asked.len(), None),
            bases: bases.collect(),
            rows,
        };
        (counts, hidden)
    }
}

/// A theme counts some of the people of its parent; a theme without words of its own counts the union of its parts.
fn relate_themes(plan: &mut Plan, themes: &[Figure], parents: &[Option<usize>], unions: &[bool]) {
    for (theme, parent) in themes.iter().zip(parents) {
        if let Some(parent) = parent.and_then(|parent| themes.get(parent)) {
            plan.within(*theme, *parent);
        }
    }
    for (place, (theme, is_union)) in themes.iter().zip(unions).enumerate() {
        let parts = themes.iter().zip(parents);
        let parts: Vec<Figure> = parts
            .filter(|(_, parent)| **parent == Some(place))
            .map(|(part, _)| *part)
            .collect();
        if *is_union && !parts.is_empty() {
            plan.union(*theme, &parts);
        }
    }
}
