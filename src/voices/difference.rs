//! A short list of what has changed since the last snapshot, for the person who publishes the next one.

use std::collections::BTreeMap;

use super::snapshot::Snapshot;
use crate::localized::LocalizedText;

/// What the public would see differently, most important first. Empty if nothing has changed.
pub fn difference(before: &Snapshot, now: &Snapshot) -> Vec<String> {
    let mut lines = Vec::new();
    sources(before, now, &mut lines);
    if before.tables != now.tables {
        lines.push(format!(
            "Forum tables: {} (was {}). People they speak for, at least: {} (was {}).",
            now.tables.tables, before.tables.tables, now.tables.at_least, before.tables.at_least
        ));
    }
    comments(before, now, &mut lines);
    if before.method.codebook != now.method.codebook {
        lines.push(format!(
            "Counted with codebook version {} (was {}).",
            now.method.codebook, before.method.codebook
        ));
    }
    if before.asked != now.asked {
        lines.push("Theme counts changed.".to_owned());
    }
    let main = now.main_language();
    let themes = |snapshot: &Snapshot| {
        let themes = snapshot.themes.iter();
        themes
            .map(|theme| (theme.key.clone(), (name(&theme.name, main), theme.clone())))
            .collect()
    };
    parts("theme", &themes(before), &themes(now), &mut lines);
    let priorities = |snapshot: &Snapshot| {
        let priorities = snapshot.priorities.iter();
        priorities
            .map(|part| (part.key.clone(), (name(&part.title, main), part.clone())))
            .collect()
    };
    parts(
        "priority",
        &priorities(before),
        &priorities(now),
        &mut lines,
    );
    let order = |snapshot: &Snapshot, other: &Snapshot| -> Vec<String> {
        let keys = snapshot.priorities.iter().map(|part| part.key.clone());
        keys.filter(|key| other.priority(key).is_some()).collect()
    };
    if order(before, now) != order(now, before) {
        lines.push("The order of the priorities changed.".to_owned());
    }
    let goals = |snapshot: &Snapshot| {
        let goals = snapshot.goals.iter();
        goals
            .map(|goal| (goal.key.clone(), (name(&goal.title, main), goal.clone())))
            .collect()
    };
    parts("goal", &goals(before), &goals(now), &mut lines);
    if before.statements != now.statements {
        lines.push("Vision, mission, principles, or theory of action changed.".to_owned());
    }
    if before.stages != now.stages {
        lines.push("The stages changed.".to_owned());
    }
    if before.district != now.district || before.round != now.round {
        lines.push("The description of the district or the round changed.".to_owned());
    }
    lines
}

fn name(text: &LocalizedText, language: &str) -> String {
    text.get(language).0.to_owned()
}

fn sources(before: &Snapshot, now: &Snapshot, lines: &mut Vec<String>) {
    for source in &now.sources {
        let old = before
            .sources
            .iter()
            .find(|old| old.survey == source.survey);
        let title = name(&source.title, now.main_language());
        let answered = |answered: Option<u64>| {
            answered.map_or_else(
                || "number hidden to protect people".to_owned(),
                |count| format!("{count} answered"),
            )
        };
        let was = |answered: Option<u64>| {
            answered.map_or_else(|| "hidden".to_owned(), |count| count.to_string())
        };
        match old {
            None => lines.push(format!(
                "New survey: “{title}” ({}).",
                answered(source.answered)
            )),
            Some(old) if old.answered != source.answered => lines.push(format!(
                "“{title}”: {} (was {}).",
                answered(source.answered),
                was(old.answered)
            )),
            Some(_) => {}
        }
    }
}

fn comments(before: &Snapshot, now: &Snapshot, lines: &mut Vec<String>) {
    let missing = |from: &Snapshot, other: &Snapshot| {
        let comments = from.comments.iter();
        comments
            .filter(|comment| other.comment(comment.id.as_str()).is_none())
            .count()
    };
    let (added, gone) = (missing(now, before), missing(before, now));
    match added {
        0 => {}
        1 => lines.push("1 more comment.".to_owned()),
        added => lines.push(format!("{added} more comments.")),
    }
    match gone {
        0 => {}
        1 => lines.push("1 comment is no longer published.".to_owned()),
        gone => lines.push(format!("{gone} comments are no longer published.")),
    }
}

/// Parts that were added, removed or changed, by name.
fn parts<T: PartialEq>(
    what: &str,
    before: &BTreeMap<String, (String, T)>,
    now: &BTreeMap<String, (String, T)>,
    lines: &mut Vec<String>,
) {
    let list = |names: Vec<&str>| names.join("”, “");
    let mut say = |how: &str, names: Vec<&str>| {
        if !names.is_empty() {
            lines.push(format!("{how} {what}: “{}”.", list(names)));
        }
    };
    let only = |these: &BTreeMap<String, (String, T)>, others: &BTreeMap<String, (String, T)>| {
        let alone = these.iter().filter(|(key, _)| !others.contains_key(*key));
        alone
            .map(|(_, (name, _))| name.clone())
            .collect::<Vec<String>>()
    };
    let added = only(now, before);
    say("New", added.iter().map(String::as_str).collect());
    let gone = only(before, now);
    say("Removed", gone.iter().map(String::as_str).collect());
    let changed = now
        .iter()
        .filter(|(key, (_, part))| before.get(*key).is_some_and(|(_, old)| old != part))
        .map(|(_, (name, _))| name.as_str())
        .collect();
    say("Changed", changed);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::priorities::Outcome;
    use crate::voices::sample_rounds::full;

    #[test]
    fn publishing_the_same_round_again_shows_no_difference() {
        let mut later = full();
        later.published_at += chrono::TimeDelta::days(1);
        later.method.change += 3;
        assert!(difference(&full(), &later).is_empty());
    }

    #[test]
    fn each_kind_of_change_is_one_line() {
        let mut later = full();
        later.sources[0].answered = Some(420);
        later.comments.pop();
        later.themes[1].outcome.as_mut().unwrap().outcome = Outcome::NotNow;
        later.themes.pop();
        later.goals.clear();
        assert_eq!(
            difference(&full(), &later),
            [
                "“What matters for our schools?”: 420 answered (was 314).",
                "1 comment is no longer published.",
                "Removed theme: “Parks”.",
                "Changed theme: “Bus stops”.",
                "Removed goal: “Buses arrive on time”.",
            ]
        );
    }
}
