//! Somebody keeps every edition of the public pages and subtracts one from the next.

use std::collections::BTreeMap;

use crate::support::{Browser, CODEBOOK, DESK, TestApp, said};

/// The counts in each row of the public tables and in each sentence about participation, by page and by what they count.
type Counts = BTreeMap<(String, String), Vec<u64>>;

fn read(app: &TestApp) -> Counts {
    let mut counts = Counts::new();
    for (path, page) in app.public_pages("en") {
        for row in page.texts("table tbody tr, .figures div, aside.basis p:first-of-type") {
            let name: String = row
                .chars()
                .take_while(|letter| !letter.is_ascii_digit())
                .collect();
            counts.insert((path.clone(), name.trim().to_owned()), people(&row));
        }
    }
    counts
}

/// The numbers of a row that count people: not percentages, and not the parts of dates.
fn people(row: &str) -> Vec<u64> {
    let words = row.split_whitespace();
    let words = words.filter(|word| !word.ends_with('%'));
    words.filter_map(|word| word.parse().ok()).collect()
}

/// What an outsider learns: every count that differs by one to four between two editions.
fn learned(before: &Counts, now: &Counts) -> Vec<String> {
    let mut learned = Vec::new();
    for (place, counts) in now {
        for (was, is) in before.get(place).into_iter().flatten().zip(counts) {
            if (1..5).contains(&was.abs_diff(*is)) {
                learned.push(format!("{place:?}: {was}, then {is}"));
            }
        }
    }
    learned
}

/// A district with a decided priority, ready to publish, and the priority's page.
fn decided() -> (TestApp, Browser, String) {
    let app = TestApp::asking();
    app.hear(&[
        said(30, "families", "The bus is late"),
        said(22, "families", "Warm rooms"),
        said(17, "students", "Better food"),
        said(13, "students", "A bus stop"),
        said(12, "staff", "Quiet"),
        said(9, "staff", "A bus for teachers"),
    ]);
    let (planner, priority) = app.ready_to_publish();
    (app, planner, priority)
}

/// The same, as first published.
fn district() -> (TestApp, Browser) {
    let (app, planner, _) = decided();
    planner.publish();
    (app, planner)
}

#[test]
fn one_more_answer_changes_no_number_of_the_next_edition() {
    let (app, planner) = district();
    let before = read(&app);
    assert!(before.len() > 20, "{before:?}");
    app.hear(&[said(1, "staff", "Another bus")]);
    planner.publish();
    assert_eq!(learned(&before, &read(&app)), Vec::<String>::new());
    let page = app.get("/heard").expect(200).text();
    assert!(
        page.contains("These numbers are from an earlier edition."),
        "{page}"
    );
}

#[test]
fn one_more_teacher_among_many_more_families_cannot_be_told() {
    let (app, planner) = district();
    let before = read(&app);
    app.hear(&[
        said(14, "families", "The bus, please"),
        said(1, "staff", "Another bus"),
    ]);
    planner.publish();
    let now = read(&app);
    assert_eq!(learned(&before, &now), Vec::<String>::new());
    let page = app.get("/heard/vision-2031/themes/buses").expect(200);
    let rows = page.texts("section[aria-labelledby=need] tbody tr");
    // Fifteen people of two groups together are shown; nobody knows how many of each.
    assert_eq!(rows[0], "Everyone 67 of 118 people 57%");
    let merged: Vec<&String> = rows.iter().filter(|row| row.contains("54 of 88")).collect();
    let [merged] = merged[..] else {
        panic!("{rows:?}")
    };
    assert!(
        merged.contains("Families") && merged.contains("School staff"),
        "{merged}"
    );
    assert_eq!(rows.len(), 3, "{rows:?}");
}

#[test]
fn a_priority_that_is_decided_again_after_one_more_answer_shows_no_change_of_one() {
    let (app, planner, priority) = decided();
    planner.publish();
    let before = read(&app);
    app.hear(&[said(1, "staff", "Another bus")]);
    planner.decide(&priority);
    planner.publish();
    assert_eq!(learned(&before, &read(&app)), Vec::<String>::new());
}

#[test]
fn a_decision_that_is_one_answer_older_than_the_counts_does_not_tell_that_answer() {
    let (app, planner, _) = decided();
    app.hear(&[said(1, "staff", "Another bus")]);
    planner.publish();
    let theme = app.get("/heard/vision-2031/themes/buses").expect(200);
    let everyone = theme
        .texts("section[aria-labelledby=need] tbody tr")
        .remove(0);
    assert!(everyone.starts_with("Everyone 53 of 104"), "{everyone}");
    for (path, page) in app.public_pages("en") {
        let is_plan = path.starts_with("/plan") || path.contains("/priorities/");
        assert!(
            !is_plan || !page.text().contains("52 of 10"),
            "{path}: {}",
            page.text()
        );
    }
}

#[test]
fn nobody_learns_from_any_two_of_three_editions() {
    let (app, planner) = district();
    let mut editions = vec![read(&app)];
    app.hear(&[said(9, "families", "A bus"), said(8, "students", "Food")]);
    planner.publish();
    editions.push(read(&app));
    app.hear(&[said(2, "families", "Bus"), said(1, "students", "Bus")]);
    planner.publish();
    editions.push(read(&app));
    for (later, now) in editions.iter().enumerate() {
        for before in &editions[..later] {
            assert_eq!(learned(before, now), Vec::<String>::new());
        }
    }
}

#[test]
fn a_word_that_only_one_comment_has_changes_no_number_of_the_next_edition() {
    let (app, planner) = district();
    app.hear(&[
        said(9, "families", "Quiet please"),
        said(1, "staff", "A tambourine"),
        said(5, "staff", "Coats"),
    ]);
    planner.publish();
    let before = read(&app);
    let longer = CODEBOOK.replace(r#""buses","#, r#""buses", "tambourine","#);
    assert_ne!(longer, CODEBOOK);
    let path = format!("{DESK}/codebook");
    planner
        .fill(&path, "main form", &[("toml", &longer)])
        .expect(303);
    planner.publish();
    assert_eq!(learned(&before, &read(&app)), Vec::<String>::new());
}

#[test]
fn the_attack_finds_a_count_that_differs_by_one() {
    let place = ("/heard".to_owned(), "Staff".to_owned());
    let before = Counts::from([(place.clone(), people("21 of 103 people 20%"))]);
    let now = Counts::from([(place, people("22 of 104 people 21%"))]);
    assert_eq!(learned(&before, &now).len(), 2);
}
