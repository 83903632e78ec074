//! Every kind of question in the results, and what isn't counted in editions.

use std::fmt::Write as _;

use super::world::{Sheet, World};
use crate::support::{Browser, fixture, survey};

const PAGE: &str = "/desk/surveys/kinds/results";

const COLUMNS: [&str; 19] = [
    "who",
    "agree",
    "rides",
    "minutes",
    "since",
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

/// How many people gave which answers, in the order of the columns. 20 people in total: 12 families and 8 staff.
const PEOPLE: &[(usize, &str)] = &[
    (
        2,
        "families,yes,yes,45,2026-03-02,k-2,en,late,,5,4,yes,no,,1,2,7,3,3",
    ),
    (3, "families,yes,yes,20,,k-2,en,late,,5,4,yes,no,,1,2,7,3,3"),
    (
        3,
        "families,yes,yes,,,k-2;3-5,en,late,,5,4,yes,yes,,1,2,7,3,3",
    ),
    (
        4,
        "families,yes,no,,,3-5,es,,,5,not-applicable,,,2,1,,10,0,not-applicable",
    ),
    (
        5,
        "staff,yes,,,2025-11-17,,es,other,It was far,1,1,,,1,,2,,,",
    ),
    (
        3,
        "staff,yes,,,2026-03-30,,es,other,It was far,1,1,,,1,,2,,,",
    ),
];

/// The world with `fixtures/kinds/survey.toml` answered.
fn world() -> World {
    let world = World::new();
    world.app.publish_survey(&fixture("kinds/survey.toml"));
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
    world.app.import_responses("kinds", &sheet, &map);
    world
}

fn sheet(browser: &Browser, query: &str) -> Sheet {
    Sheet::of(&browser.get(&format!("{PAGE}.csv{query}")).expect(200))
}

#[test]
fn every_kind_is_counted_out_of_those_who_were_asked() {
    let world = world();
    let sheet = sheet(&world.planner(), "");
    for (question, answer, everyone, families) in [
        ("agree", "yes", "20 of 20", "12 of 12"),
        ("rides", "yes", "8 of 20", "8 of 12"),
        ("rides", "no", "4 of 20", "4 of 12"),
        ("rides", "_empty", "8 of 20", "0 of 12"),
        ("minutes", "20..39", "3 of 8", "3 of 8"),
        ("minutes", "40..59", "2 of 8", "2 of 8"),
        ("since", "2025-11-01..2025-11-30", "5 of 10", "0 of 2"),
        ("since", "2025-12-01..2025-12-31", "0 of 10", "0 of 2"),
        ("since", "2026-03-01..2026-03-31", "5 of 10", "2 of 2"),
        ("since", "_empty", "0 of 10", "0 of 2"),
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
fn each_row_of_a_matrix_has_its_chart_and_each_chart_says_what_it_counts() {
    let world = world();
    let page = world.planner().get(PAGE).expect(200);
    let of = |question: &str, part: &str| {
        page.texts(&format!("section[aria-labelledby='q-{question}'] {part}"))
    };
    assert_eq!(
        of("feel.office", "h3"),
        ["How often do you feel heard? By the office"]
    );
    // Eight staff are below the middle and eight families above it. "Doesn't apply" is on neither side.
    assert_eq!(
        of("feel.office", ".likert tbody td > .poles")[0],
        "8 40%8 40%"
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
            "Skipped"
        ]
    );
    assert_eq!(of("sure", ".multiples tbody th")[0], "1 Not sure");
    assert_eq!(of("order", ".lead"), ["Arts: 12 of 20 people (60%)"]);
    assert_eq!(of("order", ".multiples thead th")[0], "Ranked first");
    assert!(of("order", "p.soft")[0].starts_with("Counts first choices."));
    assert!(of("share", "p.soft")[0].starts_with("Counts people who gave a choice any points."));
    assert!(of("minutes", "p.soft")[0].contains("grouped into ranges"));
}

#[test]
fn a_planner_sees_the_spread_of_numbers_and_points_and_every_rank() {
    let world = world();
    let page = world.planner().get(PAGE).expect(200);
    let of = |question: &str, part: &str| {
        page.texts(&format!("section[aria-labelledby='q-{question}'] {part}"))
    };
    // Of 20, 20, 20, 45, and 45: the second, the third, and the fourth.
    assert_eq!(
        of("minutes", ".lead"),
        ["Median: 20. The middle half runs from 20 to 45."]
    );
    assert_eq!(
        of("minutes", ".multiples tbody th"),
        ["20–39", "40–59", "Median and the middle half", "Skipped"]
    );
    assert_eq!(
        of("since", ".multiples tbody th"),
        [
            "November 2025",
            "December 2025",
            "January 2026",
            "February 2026",
            "March 2026",
            "Skipped"
        ]
    );
    // Eight gave 7 and 3, four gave 10 and 0.
    assert_eq!(
        of("share", ".multiples tbody th"),
        [
            "Arts 8.0 points on average",
            "Sports 2.0 points on average",
            "Skipped"
        ]
    );
    let places = of("order", ".scroll:last-child tbody tr");
    assert_eq!(places.len(), 3);
    let numbers = of("order", ".heat td");
    // Arts, then buses, then food: the order of the first choices.
    let people = ["12", "0", "8", "4", "0", "16"].map(|count| format!("{count} of 20"));
    assert_eq!(numbers, people);
}

#[test]
fn every_number_of_every_kind_links_to_that_many_people() {
    let world = world();
    let planner = world.planner();
    let page = planner.get(PAGE).expect(200);
    let numbers = "section[aria-labelledby^='q-'] .of > a:first-child, .likert td a, .heat td a, .side-by-side .of > a";
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
            "What should come first? Arts: rank 1",
        ),
        ("?chose=share:sports", "Divide the money: Sports"),
        (
            "?chose=rides:yes",
            "Does your child ride the school bus? Yes",
        ),
        (
            "?chose=why:other",
            "Why did you leave the last meeting early? Something else",
        ),
        (
            "?chose=minutes:20..39",
            "How many minutes does the ride take? 20–39",
        ),
        (
            "?chose=since:2026-03-01..2026-03-31",
            "Since when? March 2026",
        ),
        (
            "?answered=minutes",
            "How many minutes does the ride take? answered",
        ),
        (
            "?empty=feel.office",
            "How often do you feel heard? By the office: skipped",
        ),
        ("?grade=3-5", "Grades 3 to 5"),
        ("?speaks=es", "Español at home"),
    ] {
        assert_eq!(chips(query), format!("{reads}, remove this filter"));
    }
}

#[test]
fn every_count_can_be_filtered_by_grade_and_home_language() {
    let world = world();
    let planner = world.planner();
    let rides = |query| sheet(&planner, query).count("rides", "yes", "_everyone");
    assert_eq!(rides("?grade=k-2"), "8 of 8");
    assert_eq!(rides("?grade=3-5"), "3 of 7");
    assert_eq!(rides("?grade=3-5&speaks=es"), "0 of 4");
    assert_eq!(rides("?speaks=es"), "0 of 12");
    let page = planner.get(PAGE).expect(200);
    let took_part = page.texts(".side-by-side caption");
    assert_eq!(took_part, ["Group", "Grade", "Language at home"]);
    let offers = page.texts(".pick li a");
    assert!(offers.contains(&"Grades 3 to 5 7".to_owned()), "{offers:?}");
}

#[test]
fn schools_get_no_counts_for_questions_that_depend_on_earlier_answers() {
    let world = world();
    let viewer = world.released_to_schools("kinds");
    let path = "/desk/rounds/vision-2031/schools/kinds";
    let behind = Sheet::of(&viewer.get(&format!("{path}/results.csv")).expect(200));
    // How many people were asked these questions reveals how many gave a certain answer to another one.
    for question in ["minutes", "since", "agreed.safe", "agreed.clean", "share"] {
        assert_eq!(behind.answers(question).count(), 0, "{question}");
    }
    let page = viewer.get(path).expect(200);
    let minutes = page.texts("section[aria-labelledby='q-minutes'] p");
    assert!(
        minutes[0].contains("only people who gave certain answers saw it"),
        "{minutes:?}"
    );
    let draft = world
        .planner()
        .get("/desk/rounds/vision-2031/schools/release")
        .expect(200);
    assert!(
        draft.text().contains("questions without counts"),
        "{}",
        draft.text()
    );
}

/// Questions for numbers and a date, after `who`.
const NUMBERS: &str = r#"
[[items]]
key = "years"
kind = "number"
to = 60
label = { en = "How many years have you been here?", es = "¿Cuántos años lleva aquí?" }
[[items]]
key = "first"
kind = "date"
label = { en = "What was your first day?", es = "¿Cuál fue su primer día?" }
[[items]]
key = "trips"
kind = "number"
to = 60
label = { en = "How often did you come by?", es = "¿Cuántas veces vino?" }
"#;

/// How many people of each group gave which number and which date.
const LONG_HERE: [(usize, &str); 6] = [
    (6, "families,3,2025-09-01,2"),
    (7, "families,8,2024-09-02,7"),
    (5, "families,12,2024-10-07,12"),
    (6, "staff,8,2025-09-01,7"),
    (2, "staff,33,1999-09-01,7"),
    (6, "staff,12,2024-09-02,12"),
];

#[test]
fn numbers_have_a_median_and_schools_see_them_in_ranges() {
    let world = World::new();
    world
        .app
        .publish_survey(&(survey("numbers", &["who"]) + NUMBERS));
    let mut sheet = "id,who,years,first,trips\n".to_owned();
    let people = LONG_HERE
        .iter()
        .flat_map(|(times, cells)| vec![*cells; *times]);
    for (id, cells) in people.enumerate() {
        writeln!(sheet, "{id},{cells}").unwrap();
    }
    let map = "id = 'id'\ngroup = 'who'\nchannel = 'import'\n[answers]\nyears = 'years'\nfirst = 'first'\ntrips = 'trips'\n";
    world.app.import_responses("numbers", &sheet, map);
    let live = "/desk/surveys/numbers/results";
    let edition = "/desk/rounds/vision-2031/schools/numbers";
    let of = |browser: &Browser, page: &str, part: &str| browser.get(page).expect(200).texts(part);

    // Of 32 answers, the 8th and the 16th are 8 and the 24th is 12.
    let lead = "section[aria-labelledby='q-years'] .lead";
    let planner = world.planner();
    let viewer = world.released_to_schools("numbers");
    assert_eq!(
        of(&planner, live, lead),
        ["Median: 8. The middle half runs from 8 to 12."]
    );
    // Two staff have been here for 33 years. What hides them also hides the median and quartiles.
    assert_eq!(of(&viewer, edition, lead), ["5–9: 13 of 32 people (41%)"]);
    let middles = of(
        &viewer,
        edition,
        "section[aria-labelledby='q-years'] tr.rest:nth-last-child(2) td",
    );
    assert_eq!(middles, ["hidden to protect people"; 3]);

    let truth = Sheet::of(&planner.get(&format!("{live}.csv")).expect(200));
    let seen = Sheet::of(&viewer.get(&format!("{edition}/results.csv")).expect(200));
    assert_eq!(truth.count("years", "30..34", "staff"), "2 of 14");
    for people in ["staff", "_everyone"] {
        assert_eq!(
            seen.cell("years", "30..34", people, "count"),
            "hidden to protect people"
        );
    }
    // All of the ranges up to 60 are there, whether or not somebody is in them; days aren't counted at all.
    let classes = |sheet: &Sheet, question: &str| {
        let mut all: Vec<String> = sheet
            .answers(question)
            .map(|(answer, _)| answer.to_owned())
            .collect();
        all.dedup();
        all
    };
    assert_eq!(classes(&truth, "years").len(), 8);
    assert_eq!(classes(&seen, "years").len(), 14);
    assert_eq!(classes(&seen, "first").len(), 0);
    assert_eq!(
        truth.count("first", "1999-01-01..1999-12-31", "_everyone"),
        "2 of 32"
    );
}
