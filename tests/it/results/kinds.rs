//! Every kind of question among the results, and what of it is closed behind the gate.

use std::fmt::Write as _;

use super::world::{Sheet, World};
use crate::support::{Browser, fixture};

const PAGE: &str = "/desk/surveys/kinds/results";

const COLUMNS: [&str; 18] = [
    "who",
    "agree",
    "rides",
    "minutes",
    "grades",
    "home",
    "why",
    "why.other",
    "feel.teachers",
    "feel.office",
    "agreed.safe",
    "agreed.clean",
    "order.buses",
    "order.arts",
    "order.food",
    "share.arts",
    "share.sports",
    "sure",
];

/// Who answered what: how many of them, and their cells in the order of the columns. 20 people in all: 12 families and 8
/// staff.
const PEOPLE: &[(usize, &str)] = &[
    (5, "families,yes,yes,45,k-2,en,late,,5,4,yes,no,,1,2,7,3,3"),
    (
        3,
        "families,yes,yes,,k-2;3-5,en,late,,5,4,yes,yes,,1,2,7,3,3",
    ),
    (
        4,
        "families,yes,no,,3-5,es,,,5,not-applicable,,,2,1,,10,0,not-applicable",
    ),
    (8, "staff,yes,,,,es,other,It was far,1,1,,,1,,2,,,"),
];

/// The world with `fixtures/kinds/survey.toml` answered.
fn world() -> World {
    let world = World::new();
    world.add_document(&fixture("kinds/survey.toml"), true);
    let mut sheet = format!("id,{}\n", COLUMNS.join(","));
    let people = PEOPLE
        .iter()
        .flat_map(|(times, cells)| vec![*cells; *times]);
    for (id, cells) in people.enumerate() {
        writeln!(sheet, "{id},{cells}").unwrap();
    }
    let mut map =
        "id = 'id'\ngroup = 'who'\nseparator = ';'\nchannel = 'import'\n[answers]\n".to_owned();
    for field in &COLUMNS[1..] {
        writeln!(map, "\"{field}\" = \"{field}\"").unwrap();
    }
    world.import("kinds", &sheet, &map);
    world
}

fn sheet(browser: &Browser, query: &str) -> Sheet {
    Sheet::of(&browser.get(&format!("{PAGE}.csv{query}")).expect(200))
}

#[test]
fn every_kind_is_counted_out_of_those_who_met_it() {
    let world = world();
    let sheet = sheet(&world.planner(), "");
    for (question, answer, everyone, families) in [
        ("agree", "yes", "20 of 20", "12 of 12"),
        ("rides", "yes", "8 of 20", "8 of 12"),
        ("rides", "no", "4 of 20", "4 of 12"),
        ("rides", "_empty", "8 of 20", "0 of 12"),
        ("minutes", "_answered", "5 of 8", "5 of 8"),
        ("minutes", "_empty", "3 of 8", "3 of 8"),
        ("grades", "3-5", "7 of 20", "7 of 12"),
        ("home", "en", "8 of 20", "8 of 12"),
        ("home", "other", "0 of 20", "0 of 12"),
        ("why", "other", "8 of 20", "0 of 12"),
        ("why", "_wrote", "8 of 20", "0 of 12"),
        ("sure", "3", "8 of 20", "8 of 12"),
        ("sure", "not-applicable", "4 of 20", "4 of 12"),
        ("feel.teachers", "5", "12 of 20", "12 of 12"),
        ("feel.office", "4", "8 of 20", "8 of 12"),
        ("feel.office", "not-applicable", "4 of 20", "4 of 12"),
        ("agreed.safe", "yes", "8 of 8", "8 of 8"),
        ("agreed.clean", "yes", "3 of 8", "3 of 8"),
        ("order", "arts", "12 of 20", "12 of 12"),
        ("order", "buses", "8 of 20", "0 of 12"),
        ("order", "food", "0 of 20", "0 of 12"),
        ("share", "arts", "12 of 12", "12 of 12"),
        ("share", "sports", "8 of 12", "8 of 12"),
    ] {
        let counts = (
            sheet.count(question, answer, "_everyone"),
            sheet.count(question, answer, "families"),
        );
        assert_eq!(
            counts,
            (everyone.into(), families.into()),
            "{question} {answer}"
        );
    }
}

#[test]
fn a_row_of_a_matrix_is_a_chart_and_what_is_not_told_apart_is_said() {
    let world = world();
    let page = world.planner().get(PAGE).expect(200);
    let of = |question: &str, part: &str| {
        page.texts(&format!("section[aria-labelledby='q-{question}'] {part}"))
    };
    assert_eq!(
        of("feel.office", "h3"),
        ["How often do you feel heard? By the office"]
    );
    // Below the middle eight staff, above it eight families; whom it does not fit is on neither side.
    assert_eq!(
        of("feel.office", ".likert tbody tr")[0],
        "Everyone20 people asked 8 40 %8 40 %"
    );
    assert_eq!(
        of("feel.office", ".multiples tbody th"),
        [
            "1 Never",
            "2",
            "3",
            "4",
            "5 Always",
            "Doesn't apply",
            "Left empty"
        ]
    );
    assert_eq!(of("sure", ".multiples tbody th")[0], "1 Not sure");
    assert_eq!(of("order", ".lead"), ["Arts: 12 of 20 people (60 %)"]);
    assert_eq!(of("order", ".multiples thead th")[0], "Put first");
    assert!(of("order", "p.soft")[0].starts_with("Counted by what was put first."));
    assert!(of("share", "p.soft")[0].starts_with("Counted by who gave a choice any points."));
    assert!(of("minutes", "p.soft")[0].contains("hardly two people answer the same"));
}

#[test]
fn every_number_of_every_kind_leads_to_so_many_people() {
    let world = world();
    let planner = world.planner();
    let page = planner.get(PAGE).expect(200);
    let numbers =
        "section[aria-labelledby^='q-'] .of > a:first-child, .likert td a, .side-by-side .of > a";
    let (counts, links) = (page.texts(numbers), page.attributes(numbers, "href"));
    assert!(counts.len() > 60, "{counts:?}");
    for (count, link) in counts.iter().zip(&links) {
        let behind = planner.get(&format!("{PAGE}{link}")).expect(200);
        let people = behind.texts("h1").concat();
        assert!(
            [
                format!("{count} people answered"),
                format!("{count} person answered")
            ]
            .contains(&people),
            "{link}: {people} for {count}"
        );
    }
    let chips = |query: &str| {
        let page = planner.get(&format!("{PAGE}{query}")).expect(200);
        page.texts(".chip.on")[0].clone()
    };
    for (query, reads) in [
        (
            "?chose=feel.office:4",
            "How often do you feel heard? By the office: 4",
        ),
        (
            "?chose=order.arts:1",
            "What should come first? Arts: place 1",
        ),
        ("?chose=share:sports", "Share out the money: Sports"),
        (
            "?chose=rides:yes",
            "Does your child ride the school bus? Yes",
        ),
        (
            "?chose=why:other",
            "Why did you leave the last meeting early? Something else",
        ),
        (
            "?answered=minutes",
            "How many minutes does the ride take? answered",
        ),
        (
            "?empty=feel.office",
            "How often do you feel heard? By the office: left empty",
        ),
        ("?grade=3-5", "Grades 3 to 5"),
        ("?speaks=es", "Español at home"),
    ] {
        assert_eq!(chips(query), format!("{reads}, take this filter away"));
    }
}

#[test]
fn grades_and_languages_at_home_narrow_every_count() {
    let world = world();
    let planner = world.planner();
    let rides = |query| sheet(&planner, query).count("rides", "yes", "_everyone");
    assert_eq!(rides("?grade=k-2"), "8 of 8");
    assert_eq!(rides("?grade=3-5"), "3 of 7");
    assert_eq!(rides("?grade=3-5&speaks=es"), "0 of 4");
    assert_eq!(rides("?speaks=es"), "0 of 12");
    let page = planner.get(PAGE).expect(200);
    let took_part = page.texts(".side-by-side caption");
    assert_eq!(took_part, ["Group", "Grades", "Language at home"]);
    let offers = page.texts(".pick li a");
    assert!(offers.contains(&"Grades 3 to 57".to_owned()), "{offers:?}");
}

#[test]
fn behind_the_gate_what_was_asked_by_what_was_answered_before_is_not_counted() {
    let world = world();
    let viewer = world.viewer();
    let behind = sheet(&viewer, "");
    // How many met these is how many answered another question in one way.
    for question in ["minutes", "since", "agreed.safe", "agreed.clean", "share"] {
        assert_eq!(behind.answers(question).count(), 0, "{question}");
    }
    // Everyone met what stands below a rule that everyone keeps.
    assert_eq!(behind.count("order", "arts", "_everyone"), "12 of 20");
    assert_eq!(behind.count("feel.teachers", "5", "_everyone"), "12 of 20");
    // Those who explained their last choice are a part of those who chose it.
    assert!(!behind.answers("why").any(|(answer, _)| answer == "_wrote"));
    let page = viewer.get(PAGE).expect(200);
    let minutes = page.texts("section[aria-labelledby='q-minutes'] p");
    assert!(
        minutes[0].starts_with("Asked by what was answered before"),
        "{minutes:?}"
    );
    let offers = page.texts(".pick li a");
    assert!(
        !offers.iter().any(|offer| offer.starts_with("Grades 3")),
        "{offers:?}"
    );
    let closed = viewer.get(&format!("{PAGE}?grade=3-5")).expect(200);
    assert_eq!(closed.texts("h1"), ["One filter at a time"]);
}
