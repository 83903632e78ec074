//! Which classes of people an edition names. Small ones are merged, and the result holds for every table.

use serde::{Deserialize, Serialize};

use super::{FEW, is_few};

/// A class of people in the tables of an edition: one group, or several that are too small on their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The keys of its groups. Several are printed as *others*, with their names.
    pub keys: Vec<String>,
    /// The number of people in it.
    pub base: u64,
}

impl Column {
    /// Adds up the counts of its groups.
    pub fn sum(&self, count: impl Fn(&str) -> u64) -> u64 {
        self.keys.iter().map(|key| count(key)).sum()
    }
}

/// The classes of some people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes {
    /// The classes. Empty if there are too few people in all.
    pub columns: Vec<Column>,
    /// Whether they're shown as in the earlier edition, because fewer than five people have come or gone since.
    pub stays: bool,
}

/// A class that may still be merged.
struct Part {
    keys: Vec<String>,
    now: u64,
    /// How many people it had in the earlier edition, if that shows it.
    before: Option<u64>,
}

impl Part {
    /// Both together, if nobody is in both.
    fn with(&self, other: &Self) -> Self {
        Self {
            now: self.now + other.now,
            before: match (self.before, other.before) {
                (None, None) => None,
                (before, theirs) => Some(before.unwrap_or(0) + theirs.unwrap_or(0)),
            },
            keys: self.keys_with(other),
        }
    }

    /// The keys of both, in the order in which a class was named.
    fn keys_with(&self, other: &Self) -> Vec<String> {
        let mut keys = self.keys.clone();
        let new = other.keys.iter().filter(|key| !self.keys.contains(key));
        keys.extend(new.cloned());
        keys
    }

    /// Whether it has changed by fewer than five people.
    fn is_near(&self) -> bool {
        self.now.abs_diff(self.before.unwrap_or(0)) < FEW
    }

    /// Whether its size, or how much that has changed, would say something about a few people.
    fn is_small(&self, least: u64) -> bool {
        let changed = self
            .before
            .is_some_and(|before| is_few(self.now.abs_diff(before)));
        (1..least).contains(&self.now) || changed
    }
}

/// Merges groups from the smallest up until each class has at least `least` people, and until no class differs from
/// the earlier edition by one to four. Groups don't overlap; people without a group are a group of their own. Classes
/// never become finer than in the earlier edition, where a reader could add them up. Where each class has changed by
/// fewer than five people, all stay as they were.
pub fn classes(groups: &[Column], earlier: &[Column], least: u64) -> Classes {
    let people: u64 = groups.iter().map(|group| group.base).sum();
    let merging = Merging {
        least,
        with: &Part::with,
        is_like: &|_, _| true,
        too_close: &|_| None,
    };
    merging.classes(parts(groups, earlier), earlier, people)
}

/// The classes of sets that can overlap, such as schools: somebody with children at two of them is in both.
pub struct Overlapping<'a> {
    /// The keys of the sets.
    pub keys: &'a [String],
    /// How many people are in at least one of some sets.
    pub people: &'a dyn Fn(&[String]) -> u64,
    /// Whether two classes are alike, as schools of one level are. Those are merged first.
    pub is_like: &'a dyn Fn(&[String], &[String]) -> bool,
}

impl Overlapping<'_> {
    /// Merges sets as [`classes`] does. In addition, neither everyone outside a class nor those who are in several
    /// classes may be one to four people: their number is a difference of the numbers that are shown.
    pub fn classes(&self, earlier: &[Column], least: u64) -> Classes {
        let all = (self.people)(self.keys);
        let with = |one: &Part, other: &Part| {
            let keys = one.keys_with(other);
            Part {
                now: (self.people)(&keys),
                // How many were in both isn't known.
                before: one.before.xor(other.before),
                keys,
            }
        };
        let merging = Merging {
            least,
            with: &with,
            is_like: &|one, other| (self.is_like)(&one.keys, &other.keys),
            too_close: &|parts| too_close(parts, all, &with),
        };
        let part = |keys: Vec<String>, before| Part {
            now: (self.people)(&keys),
            before,
            keys,
        };
        let mut parts: Vec<Part> = earlier
            .iter()
            .map(|column| part(column.keys.clone(), Some(column.base)))
            .collect();
        for key in self.keys {
            if !parts.iter().any(|part| part.keys.contains(key)) {
                parts.push(part(vec![key.clone()], None));
            }
        }
        parts.retain(|part| part.now > 0 || part.before.is_some());
        merging.classes(parts, earlier, all)
    }
}

/// Two classes, by their places.
type Pair = (usize, usize);

/// How classes are merged.
struct Merging<'a> {
    least: u64,
    /// Two classes together.
    with: &'a dyn Fn(&Part, &Part) -> Part,
    /// Whether two classes should be merged rather than others.
    is_like: &'a dyn Fn(&Part, &Part) -> bool,
    /// Two classes whose sizes say something about one to four people, so that they have to be merged.
    too_close: &'a dyn Fn(&[Part]) -> Option<Pair>,
}

impl Merging<'_> {
    fn classes(&self, mut parts: Vec<Part>, earlier: &[Column], people: u64) -> Classes {
        let stay = || Classes {
            columns: earlier.to_vec(),
            stays: true,
        };
        let may_stay = !earlier.is_empty() && people >= self.least;
        let changed = parts.iter().any(|part| part.before != Some(part.now));
        if may_stay && changed && parts.iter().all(Part::is_near) {
            return stay();
        }
        while parts.len() > 1 {
            if let Some(small) = smallest(&parts, |part| part.is_small(self.least)) {
                self.merge(&mut parts, small);
            } else if let Some((one, other)) = (self.too_close)(&parts) {
                let last = parts.remove(one.max(other));
                let first = parts.remove(one.min(other));
                parts.push((self.with)(&first, &last));
            } else {
                break;
            }
        }
        parts.retain(|part| part.now > 0 && !part.is_small(self.least));
        if parts.is_empty() && may_stay {
            return stay();
        }
        let columns = parts.into_iter().map(|part| Column {
            keys: part.keys,
            base: part.now,
        });
        Classes {
            columns: columns.collect(),
            stays: false,
        }
    }

    /// Merges a class with the smallest one that makes it large enough, one that is like it if there is any.
    fn merge(&self, parts: &mut Vec<Part>, small: usize) {
        let small = parts.remove(small);
        // Together with a class that hasn't changed, one more person would still be one more person.
        let is_enough = |other: &Part| {
            small.now < self.least || !(self.with)(other, &small).is_small(self.least)
        };
        let next = smallest(parts, |other| {
            is_enough(other) && (self.is_like)(other, &small)
        })
        .or_else(|| smallest(parts, is_enough))
        .or_else(|| smallest(parts, |_| true));
        match next {
            Some(next) => {
                let other = parts.remove(next);
                parts.push((self.with)(&other, &small));
            }
            None => parts.push(small),
        }
    }
}

/// Two overlapping classes that have to be merged: if one to four people are in several classes, the two that share the
/// fewest; if one to four are outside a class, that one and the smallest other one.
fn too_close(parts: &[Part], all: u64, with: &dyn Fn(&Part, &Part) -> Part) -> Option<Pair> {
    let sum: u64 = parts.iter().map(|part| part.now).sum();
    if is_few(sum.saturating_sub(all)) {
        let places = (0..parts.len()).flat_map(|one| (0..one).map(move |other| (other, one)));
        let shared = places.filter_map(|(one, other)| {
            let (first, last) = (parts.get(one)?, parts.get(other)?);
            let both = (first.now + last.now).saturating_sub(with(first, last).now);
            (both > 0).then_some((both, one, other))
        });
        return shared.min().map(|(_, one, other)| (one, other));
    }
    let most = parts.iter().position(|part| is_few(all - part.now))?;
    let others = parts.iter().enumerate().filter(|(place, _)| *place != most);
    let other = others.min_by_key(|(_, part)| part.now)?.0;
    Some((most, other))
}

/// The classes of the earlier edition with their sizes now, and the groups that it doesn't name. Where a group has people of
/// several earlier classes, those are one now.
fn parts(groups: &[Column], earlier: &[Column]) -> Vec<Part> {
    let before = earlier.iter().map(|column| Part {
        keys: column.keys.clone(),
        now: 0,
        before: Some(column.base),
    });
    let mut parts: Vec<Part> = before.collect();
    for group in groups {
        let mut joined = Part {
            keys: group.keys.clone(),
            now: group.base,
            before: None,
        };
        let (mut others, mut place) = (Vec::new(), None);
        for part in parts {
            if group.keys.iter().any(|key| part.keys.contains(key)) {
                place = place.or(Some(others.len()));
                // A class keeps the order in which it was named.
                joined = if joined.keys.iter().all(|key| part.keys.contains(key)) {
                    part.with(&joined)
                } else {
                    joined.with(&part)
                };
            } else {
                others.push(part);
            }
        }
        others.insert(place.unwrap_or(others.len()), joined);
        parts = others;
    }
    parts.retain(|part| part.now > 0 || part.before.is_some());
    parts
}

fn smallest(parts: &[Part], wanted: impl Fn(&Part) -> bool) -> Option<usize> {
    let places = parts.iter().enumerate().filter(|(_, part)| wanted(part));
    places
        .min_by_key(|(_, part)| part.now)
        .map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(of: &[(&str, u64)]) -> Vec<Column> {
        let column = |(keys, base): &(&str, u64)| Column {
            keys: keys.split('+').map(str::to_owned).collect(),
            base: *base,
        };
        of.iter().map(column).collect()
    }

    fn merged(now: &[(&str, u64)], earlier: &[(&str, u64)]) -> Vec<(String, u64)> {
        let classes = classes(&columns(now), &columns(earlier), 10);
        let named = classes.columns.into_iter();
        named
            .map(|column| (column.keys.join("+"), column.base))
            .collect()
    }

    fn named(of: &[(&str, u64)]) -> Vec<(String, u64)> {
        of.iter()
            .map(|(keys, base)| ((*keys).to_owned(), *base))
            .collect()
    }

    #[test]
    fn small_groups_are_merged_until_each_class_has_ten_people() {
        let found = merged(&[("families", 252), ("staff", 6), ("board", 7)], &[]);
        assert_eq!(found, named(&[("families", 252), ("board+staff", 13)]));
    }

    #[test]
    fn what_is_still_too_small_joins_the_smallest_class() {
        let found = merged(
            &[
                ("families", 252),
                ("staff", 55),
                ("board", 7),
                ("guests", 0),
            ],
            &[],
        );
        assert_eq!(found, named(&[("families", 252), ("staff+board", 62)]));
    }

    #[test]
    fn with_fewer_than_ten_people_there_is_no_class() {
        assert!(merged(&[("families", 6), ("staff", 3)], &[]).is_empty());
    }

    #[test]
    fn one_more_teacher_does_not_show_between_two_editions() {
        let before = [("families", 252), ("students", 84), ("staff", 55)];
        // In all, it's one person: everything stays.
        let now = columns(&[("families", 252), ("students", 84), ("staff", 56)]);
        let stayed = classes(&now, &columns(&before), 10);
        assert_eq!((stayed.stays, stayed.columns), (true, columns(&before)));
        // Twenty families more, and the teacher can't be told from the students.
        let found = merged(
            &[("families", 272), ("students", 90), ("staff", 56)],
            &before,
        );
        assert_eq!(found, named(&[("families", 272), ("students+staff", 146)]));
    }

    #[test]
    fn classes_do_not_become_finer_in_a_later_edition() {
        let before = [("families", 252), ("staff+board", 62)];
        let found = merged(&[("families", 300), ("staff", 80), ("board", 30)], &before);
        assert_eq!(found, named(&[("families", 300), ("staff+board", 110)]));
    }

    #[test]
    fn a_group_that_unites_earlier_classes_has_the_people_of_both() {
        let before = [("families", 52), ("students", 30), ("staff", 21)];
        let found = merged(&[("families+staff", 88), ("students", 30)], &before);
        assert_eq!(found, named(&[("families+staff", 88), ("students", 30)]));
    }

    #[test]
    fn large_changes_that_cancel_out_are_shown() {
        let before = [("families", 100), ("students", 60)];
        let found = merged(&[("families", 140), ("students", 22)], &before);
        assert_eq!(found, named(&[("families", 140), ("students", 22)]));
    }

    #[test]
    fn a_survey_that_loses_so_many_that_it_is_too_small_has_no_class() {
        assert!(merged(&[("families", 9)], &[("families", 12)]).is_empty());
    }

    /// The classes of schools, where each kind of people is at the schools in its key.
    fn at_schools(people: &[(&str, u64)], earlier: &[(&str, u64)]) -> Vec<(String, u64)> {
        let kinds: Vec<(Vec<&str>, u64)> = people
            .iter()
            .map(|(schools, people)| (schools.split('+').collect(), *people))
            .collect();
        let mut keys: Vec<String> = Vec::new();
        for key in kinds.iter().flat_map(|(schools, _)| schools) {
            if !keys.iter().any(|known| known == key) {
                keys.push((*key).to_owned());
            }
        }
        let size = |of: &[String]| {
            let at = |schools: &[&str]| schools.iter().any(|key| of.iter().any(|one| one == key));
            let here = kinds.iter().filter(|(schools, _)| at(schools));
            here.map(|(_, people)| people).sum()
        };
        let is_high = |keys: &[String]| keys.iter().all(|key| key.ends_with("high"));
        let overlapping = Overlapping {
            keys: &keys,
            people: &size,
            is_like: &|one, other| is_high(one) == is_high(other),
        };
        let named = overlapping
            .classes(&columns(earlier), 5)
            .columns
            .into_iter();
        named
            .map(|column| (column.keys.join("+"), column.base))
            .collect()
    }

    #[test]
    fn a_family_at_two_schools_is_counted_at_both() {
        let found = at_schools(&[("oak", 30), ("maple", 20), ("oak+maple", 6)], &[]);
        assert_eq!(found, named(&[("oak", 36), ("maple", 26)]));
    }

    #[test]
    fn where_a_few_families_are_at_two_schools_these_are_one_class() {
        // 32 and 22 of 52 would say that two are at both.
        let found = at_schools(&[("oak", 30), ("maple", 20), ("oak+maple", 2)], &[]);
        assert_eq!(found, named(&[("oak+maple", 52)]));
        let many = [
            ("oak", 30),
            ("maple", 20),
            ("north-high", 25),
            ("south-high", 20),
            ("oak+maple", 2),
        ];
        assert_eq!(
            at_schools(&many, &[]),
            named(&[("north-high", 25), ("south-high", 20), ("oak+maple", 52)])
        );
    }

    #[test]
    fn where_all_but_a_few_are_at_a_school_it_has_no_class_of_its_own() {
        let found = at_schools(&[("oak+maple", 30), ("maple", 3)], &[]);
        assert_eq!(found, named(&[("oak+maple", 33)]));
    }

    #[test]
    fn a_small_school_joins_one_of_its_level() {
        let people = [
            ("oak", 12),
            ("maple", 30),
            ("north-high", 3),
            ("south-high", 40),
        ];
        let found = at_schools(&people, &[]);
        assert_eq!(
            found,
            named(&[("oak", 12), ("maple", 30), ("south-high+north-high", 43)])
        );
    }

    #[test]
    fn a_new_group_gets_a_class_of_its_own_if_it_is_large_enough() {
        let before = [("families", 252)];
        let found = merged(&[("families", 260), ("partners", 12)], &before);
        assert_eq!(found, named(&[("families", 260), ("partners", 12)]));
    }
}
