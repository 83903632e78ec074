//! Somebody on a school's staff reads everything that was released for schools, of many small districts, and works out
//! the counts that are hidden.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chorus::accounts::Role;

use crate::results::world::{MAP, Sheet, World};
use crate::support::{Browser, Reader, TestApp, said, survey};

/// How many small districts to attack, unless `CHORUS_ATTACK_DISTRICTS` says otherwise. Each is a survey of its own, and
/// takes six seconds without optimization.
const DISTRICTS: u64 = 3;

const RELEASE: &str = "/desk/rounds/vision-2031/schools/release";

/// A question as the reader knows it: its answers, and whether a person gives just one.
const QUESTIONS: [(&str, &[&str], bool); 3] = [
    ("news", &["app", "paper"], true),
    ("welcome", &["1", "2", "3", "4", "5"], true),
    ("first", &["arts", "food", "buses"], false),
];

/// One person: group, schools, and the answers to each question.
#[derive(Clone)]
struct Person {
    group: &'static str,
    schools: Vec<&'static str>,
    answers: [BTreeSet<&'static str>; 3],
}

/// Numbers that look random and are the same in each run (an LCG, Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn person(&mut self) -> Person {
        let group = ["families", "families", "families", "students", "staff"];
        let schools: [&[&str]; 7] = [
            &["oak"],
            &["oak"],
            &["maple-hill"],
            &["maple-hill"],
            &["cottonwood"],
            &["oak", "maple-hill"],
            &[],
        ];
        let group = group[usize::try_from(self.roll(5)).unwrap()];
        let schools = schools[usize::try_from(self.roll(7)).unwrap()].to_vec();
        let mut answers = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
        for (of, (_, choices, one)) in answers.iter_mut().zip(QUESTIONS) {
            for choice in choices {
                let is_full = one && !of.is_empty();
                if !is_full && self.roll(5) < 2 {
                    of.insert(*choice);
                }
            }
        }
        Person {
            group,
            schools,
            answers,
        }
    }
}

fn import(app: &TestApp, slug: &str, people: &[Person], from: usize) {
    let mut sheet = "id,who,school,news,first,welcome,language,day,better\n".to_owned();
    for (id, person) in people.iter().enumerate().skip(from) {
        let several = |of: &BTreeSet<&str>| of.iter().copied().collect::<Vec<_>>().join(";");
        let [news, welcome, first] = person.answers.each_ref().map(several);
        let (group, schools) = (person.group, person.schools.join(";"));
        writeln!(
            sheet,
            "{id},{group},{schools},{news},{first},{welcome},en,2026-09-14,"
        )
        .unwrap();
    }
    app.import_responses(slug, &sheet, MAP);
}

/// What a reader sees of one survey, by group and by school.
fn read(viewer: &Browser, slug: &str) -> BTreeMap<&'static str, Sheet> {
    let sheet = |by| {
        let path = format!("/desk/rounds/vision-2031/schools/{slug}/results.csv?by={by}");
        (by, Sheet::of(&viewer.get(&path).expect(200)))
    };
    ["group", "school"].map(sheet).into()
}

/// The people of a column: everyone, or a class of groups or schools.
fn is_in(person: &Person, by: &str, column: &str) -> bool {
    let has = |key: &str| match (by, key) {
        (_, "_everyone") => true,
        ("group", key) => person.group == key,
        (_, "_none") => person.schools.is_empty(),
        (_, key) => person.schools.contains(&key),
    };
    column.split('+').any(has)
}

/// Adds a printed count, or that it's hidden, to what the reader knows.
fn note(reader: &mut Reader, printed: &str, most: u64) -> usize {
    match printed.parse() {
        Ok(count) => reader.note(count, count),
        Err(_) => reader.note(0, most),
    }
}

fn few(people: u64) -> bool {
    (1..5).contains(&people)
}

/// Solves for every count of a survey. Returns those of one to four people, or of all but those, that are known too well.
fn learned(
    seen: &BTreeMap<&'static str, Sheet>,
    people: &[Person],
    (hidden, large): (&mut u64, &mut u64),
) -> Vec<String> {
    let mut reader = Reader::default();
    let mut wanted: Vec<(String, u64, u64, usize)> = Vec::new();
    for (place, (question, choices, one)) in QUESTIONS.iter().enumerate() {
        let rows: Vec<&str> = choices.iter().copied().chain(["_empty"]).collect();
        let gave = |person: &Person, row: &str| match row {
            "_empty" => person.answers[place].is_empty(),
            row => person.answers[place].contains(row),
        };
        let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
        for (by, sheet) in seen {
            let columns: Vec<String> = sheet.columns(question);
            let mut cells: BTreeMap<(&str, &str), usize> = BTreeMap::new();
            for column in &columns {
                let base: u64 = sheet
                    .cell(question, rows[0], column, "base")
                    .parse()
                    .unwrap();
                let base_known = reader.note(base, base);
                for row in &rows {
                    let printed = sheet.cell(question, row, column, "count");
                    let known = note(&mut reader, printed, base);
                    let rest = reader.note(0, base);
                    reader.adds_up(&[known, rest], base_known);
                    cells.insert((*row, column.as_str()), known);
                    let here = people.iter().filter(|person| is_in(person, by, column));
                    let count = here.filter(|person| gave(person, row)).count() as u64;
                    let name = format!("{question} {row} of {column} by {by}");
                    *large += u64::from(count > 5);
                    *hidden += u64::from(count > 5 && printed.parse::<u64>().is_err());
                    wanted.push((name, count, base, known));
                }
                let down: Vec<usize> = rows
                    .iter()
                    .map(|row| cells[&(*row, column.as_str())])
                    .collect();
                if *one {
                    reader.adds_up(&down, base_known);
                } else {
                    let (empty, boxes) = down.split_last().unwrap();
                    let answered = reader.note(0, base);
                    reader.adds_up(&[answered, *empty], base_known);
                    let (again, sum) = (reader.note(0, 3 * base), reader.note(0, 3 * base));
                    reader.adds_up(boxes, sum);
                    reader.adds_up(&[answered, again], sum);
                    for checked in boxes {
                        let rest = reader.note(0, base);
                        reader.adds_up(&[*checked, rest], answered);
                    }
                }
            }
            for row in &rows {
                let total = cells[&(*row, "_everyone")];
                let apart: Vec<usize> = columns
                    .iter()
                    .filter(|column| *column != "_everyone")
                    .map(|column| cells[&(*row, column.as_str())])
                    .collect();
                if let Some(other) = totals.insert(*row, total) {
                    reader.adds_up(&[total], other);
                }
                if apart.is_empty() {
                    continue;
                }
                if *by == "group" {
                    reader.adds_up(&apart, total);
                } else {
                    let (twice, sum) = (reader.note(0, 400), reader.note(0, 400));
                    reader.adds_up(&apart, sum);
                    reader.adds_up(&[total, twice], sum);
                    for cell in apart {
                        let rest = reader.note(0, 400);
                        reader.adds_up(&[cell, rest], total);
                    }
                }
            }
        }
    }
    reader.work_out();
    let mut found = Vec::new();
    for (name, count, base, known) in wanted {
        let (low, high) = reader.range(known);
        let truth = i128::from(count);
        if !(low..=high).contains(&truth) {
            found.push(format!("{name}: {count} is not in {low} to {high}"));
        }
        if (few(count) || few(base.saturating_sub(count))) && high - low < 5 {
            found.push(format!("{name}: {count} of {base} is in {low} to {high}"));
        }
    }
    found
}

/// Counts that differ by one to four people between two editions, or that were hidden and are so small now that the
/// difference may be as small.
fn changed(
    before: &BTreeMap<&'static str, Sheet>,
    now: &BTreeMap<&'static str, Sheet>,
) -> Vec<String> {
    let mut found = Vec::new();
    for (by, sheet) in before {
        for (key, line) in sheet.lines() {
            let Some(other) = now[by].line(key) else {
                continue;
            };
            for name in ["count", "base"] {
                let number = |line: &BTreeMap<String, String>| line[name].parse::<u64>().ok();
                let learned = match (number(line), number(other)) {
                    (Some(before), Some(now)) => few(before.abs_diff(now)),
                    (None, Some(now)) => now < 10,
                    _ => false,
                };
                if learned {
                    let (before, now) = (&line[name], &other[name]);
                    found.push(format!("{key:?}: {name} was {before}, is {now}"));
                }
            }
        }
    }
    found
}

/// Everyone reads the public pages, also a school's staff.
#[test]
fn one_more_answer_cannot_be_subtracted_from_what_the_public_read() {
    let app = TestApp::asking();
    app.hear(&[
        said(30, "families", "The bus is late"),
        said(22, "families", "Warm rooms"),
        said(17, "students", "Better food"),
        said(13, "students", "A bus stop"),
        said(12, "staff", "Quiet"),
        said(9, "staff", "A bus for teachers"),
    ]);
    let (planner, _) = app.ready_to_publish();
    planner.publish();
    let public = app.get("/heard/vision-2031/themes/buses").expect(200);
    let rows = public.texts("section[aria-labelledby=need] tbody tr");
    assert_eq!(rows[0], "Everyone 52 of 103 people 50%");
    assert!(rows.iter().any(|row| row.contains("9 of 21")), "{rows:?}");
    app.hear(&[said(1, "staff", "Another bus")]);
    planner
        .fill("/desk/surveys/voices/close", "main form", &[])
        .expect(303);
    let form = "main form[action$=release]";
    planner.fill(RELEASE, form, &[("sure", "yes")]).expect(303);
    let viewer = app.sign_in_as(Role::Viewer);
    let sheet = read(&viewer, "voices").remove("group").unwrap();
    let buses = |people: &str| sheet.count("_wrote:need", "buses", people);
    assert_eq!(buses("_everyone"), "52 of 103");
    assert_eq!(buses("staff"), "9 of 21");
    let page = viewer
        .get("/desk/rounds/vision-2031/schools/voices")
        .expect(200);
    let took_part = page.texts("section[aria-labelledby=took-part] tbody tr");
    assert!(
        took_part.iter().any(|row| row.contains("21 of 103")),
        "{took_part:?}"
    );
}

#[test]
fn no_count_of_one_to_four_people_can_be_worked_out_from_what_schools_read() {
    let world = World::new();
    let app = &world.app;
    let planner = world.planner();
    let mut dice = Dice(2_031);
    let mut districts: Vec<(String, Vec<Person>)> = Vec::new();
    #[expect(
        clippy::disallowed_methods,
        reason = "a setting of this test, not of the program"
    )]
    let wanted = std::env::var("CHORUS_ATTACK_DISTRICTS");
    let wanted = wanted.map_or(DISTRICTS, |number| number.parse().unwrap());
    for number in 0..wanted {
        let slug = format!("district-{number}");
        app.publish_survey(&survey(
            &slug,
            &["who", "school", "news", "first", "welcome", "better"],
        ));
        let size = 30 + dice.roll(90);
        let people: Vec<Person> = (0..size).map(|_| dice.person()).collect();
        import(app, &slug, &people, 0);
        districts.push((slug, people));
    }
    for (slug, _) in &districts {
        let close = format!("/desk/surveys/{slug}/close");
        planner.fill(&close, "main form", &[]).expect(303);
    }
    let release = || {
        let form = "main form[action$=release]";
        planner.fill(RELEASE, form, &[("sure", "yes")]).expect(303);
    };
    release();
    let viewer = world.viewer();
    let mut editions = Vec::new();
    let (mut hidden, mut large) = (0, 0);
    for (slug, people) in &districts {
        let seen = read(&viewer, slug);
        let known = learned(&seen, people, (&mut hidden, &mut large));
        assert_eq!(known, Vec::<String>::new(), "{slug}");
        editions.push(seen);
    }
    // Safety isn't bought with emptiness: few counts of six and more are hidden because they would reveal smaller ones.
    assert!(
        hidden * 5 < large,
        "{hidden} of {large} counts of six and more are hidden"
    );
    // One to three more people in each district, and once more.
    for (slug, people) in &mut districts {
        let before = people.len();
        for _ in 0..=dice.roll(3) {
            people.push(dice.person());
        }
        import(app, slug, people, before);
    }
    release();
    for ((slug, _), before) in districts.iter().zip(&editions) {
        let now = read(&viewer, slug);
        assert_eq!(changed(before, &now), Vec::<String>::new(), "{slug}");
    }
}
