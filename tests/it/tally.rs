//! The sets behind every count: who is in them, and that following the database gives the same result as a full
//! recount.

mod follow;
mod world;

use chorus::comments::{BatchState, Source};
use chorus::db::Database;
use chorus::district::Level;
use chorus::responses::Channel;
use chorus::surveys::Intent;
use chorus::tally::{CommentFacet, Facet, Filter, Index, Tables, catch_up};
use world::{Row, Said, Words, World};

/// Catches up with the database; returns how many rows were read.
pub(crate) fn follow(index: &mut Index, database: &Database) -> u64 {
    let mut read = 0;
    database
        .read(|db| Ok(catch_up(index, db, |rows| read = rows, |_| {})?))
        .unwrap();
    read
}

pub(crate) fn recounted(database: &Database) -> Index {
    let mut index = Index::default();
    follow(&mut index, database);
    index
}

fn size(index: &Index, facet: &Facet) -> u64 {
    index.voices(facet).len()
}

/// Compares every kind of count with the reference model.
fn check(index: &Index, world: &World) {
    let key = str::to_owned;
    let said = |is: fn(&Said) -> bool| move |row: &Row| is(&row.said);
    assert_eq!(index.everyone().len(), world.count(|_| true));
    let everyone = size(index, &Facet::Round(world.round.clone()));
    assert_eq!(everyone, world.count(|_| true));
    for (place, survey) in world.surveys.iter().enumerate() {
        let counted = size(index, &Facet::Survey(survey.clone()));
        assert_eq!(counted, world.count(|row| row.survey == place));
    }
    for group in ["families", "staff"] {
        let counted = size(index, &Facet::Group(key(group)));
        assert_eq!(counted, world.count(|row| row.said.group == Some(group)));
    }
    for school in ["elm", "ash", "oak"] {
        let counted = size(index, &Facet::School(key(school)));
        assert_eq!(
            counted,
            world.count(|row| row.said.schools.contains(&school))
        );
    }
    for level in Level::ALL {
        let at = |row: &Row| {
            row.said
                .schools
                .iter()
                .any(|it| world.level(it) == level.as_str())
        };
        assert_eq!(size(index, &Facet::Level(*level)), world.count(at));
    }
    for language in ["en", "es"] {
        let counted = size(index, &Facet::Language(key(language)));
        assert_eq!(counted, world.count(|row| row.said.language == language));
    }
    for channel in [Channel::Web, Channel::Import] {
        let counted = size(index, &Facet::Channel(channel));
        assert_eq!(counted, world.count(|row| row.channel == channel));
    }
    assert_eq!(
        size(index, &Facet::Asked(key("first"))),
        world.count(|_| true)
    );
    let answered = size(index, &Facet::Answered(key("first")));
    assert_eq!(answered, world.count(said(|said| !said.first.is_empty())));
    for choice in ["buses", "arts"] {
        let counted = size(index, &Facet::Chose(key("first"), key(choice)));
        assert_eq!(counted, world.count(|row| row.said.first.contains(&choice)));
    }
    for point in 1..=5 {
        let counted = size(index, &Facet::Chose(key("welcome"), point.to_string()));
        assert_eq!(counted, world.count(|row| row.said.welcome == Some(point)));
    }
    check_comments(index, world);
    check_filters(index, world);
}

fn check_comments(index: &Index, world: &World) {
    let all = world.comments(|_| true);
    for facet in [
        CommentFacet::Round(world.round.clone()),
        CommentFacet::Item("better".to_owned()),
        CommentFacet::Intent(Intent::Need),
    ] {
        assert_eq!(index.comments(&facet).len(), all.len() as u64);
    }
    let sayers = index.voices_of(index.comments(&CommentFacet::Intent(Intent::Need)));
    assert_eq!(sayers.len(), world.sayers(&all).len() as u64);
    for source in [Source::Response, Source::Import, Source::Note] {
        let expected = world.comments(|words| words.source == source);
        let counted = index.comments(&CommentFacet::Source(source));
        assert_eq!(counted.len(), expected.len() as u64);
        assert_eq!(
            index.voices_of(counted).len(),
            world.sayers(&expected).len() as u64
        );
    }
    let notes = index.comments(&CommentFacet::Source(Source::Note));
    assert_eq!(
        index.tables_of(notes),
        tables(world, &world.comments(|_| true))
    );
    let in_spanish = index.comments(&CommentFacet::Language("es".to_owned()));
    let expected = tables(world, &world.comments(|words| words.language == "es"));
    assert_eq!(index.tables_of(in_spanish), expected);
}

/// The tables behind some notes. Each counts as many people as its largest note speaks for, at most those present.
fn tables(world: &World, words: &[&Words]) -> Tables {
    let mut tables = Tables::default();
    for (place, (_, present)) in world.tables.iter().enumerate() {
        let notes = words.iter().filter(|words| words.table == Some(place));
        if let Some(largest) = notes.map(|words| words.speaks_for).max() {
            tables.tables += 1;
            tables.at_least += u64::try_from(largest.min(*present)).unwrap();
        }
    }
    tables
}

fn check_filters(index: &Index, world: &World) {
    let any = |rows: &[&Row], is: &dyn Fn(&Said) -> bool| rows.iter().any(|row| is(&row.said));
    let compare = |query: &str, notes: &dyn Fn(&Words) -> bool, is: &dyn Fn(&[&Row]) -> bool| {
        let filter = Filter::from_query(query);
        let voices = world.voices();
        let left: Vec<_> = voices
            .iter()
            .filter(|(_, rows)| is(rows))
            .map(|(voice, _)| *voice)
            .collect();
        assert_eq!(
            index.filtered(&world.round, &filter).len(),
            left.len() as u64,
            "{query}"
        );
        let expected = world.comments(|words| match words.row {
            Some(row) => left.contains(&(world.rows[row].survey, world.rows[row].person.as_str())),
            None => notes(words),
        });
        let counted = index.filtered_comments(&world.round, &filter);
        assert_eq!(counted.len(), expected.len() as u64, "{query}");
    };
    let no_note = |_: &Words| false;
    compare("", &|_| true, &|_| true);
    compare("group=families&school=oak&school=elm", &no_note, &|rows| {
        any(rows, &|said| said.group == Some("families"))
            && any(rows, &|said| {
                said.schools.contains(&"oak") || said.schools.contains(&"elm")
            })
    });
    compare("language=es", &|words| words.language == "es", &|rows| {
        any(rows, &|said| said.language == "es")
    });
    compare(
        "chose=first:buses&chose=welcome:5&chose=welcome:4&level=high",
        &no_note,
        &|rows| {
            any(rows, &|said| said.first.contains(&"buses"))
                && any(rows, &|said| matches!(said.welcome, Some(4 | 5)))
                && any(rows, &|said| {
                    said.schools.iter().any(|it| world.level(it) == "high")
                })
        },
    );
    compare(
        "channel=import&day=2026-09-15&day=2026-09-16",
        &no_note,
        &|rows| {
            rows.iter().any(|row| row.channel == Channel::Import)
                && any(rows, &|said| said.day == 15 || said.day == 16)
        },
    );
    let filter = Filter::from_query("source=import&group=staff");
    let wordy = world.sayers(&world.comments(|words| words.source == Source::Import));
    let staff = |(voice, rows): &(&(usize, &str), &Vec<&Row>)| {
        wordy.contains(*voice) && any(rows, &|said| said.group == Some("staff"))
    };
    let expected = world.voices().iter().filter(staff).count() as u64;
    assert_eq!(index.filtered(&world.round, &filter).len(), expected);
}

fn words(words: &'static str) -> Said {
    Said {
        words: Some(words),
        ..Said::plain()
    }
}

#[test]
fn a_person_with_several_rows_counts_once_and_every_comment_counts() {
    let mut world = World::new();
    let at_ash = Said {
        group: Some("staff"),
        schools: vec!["ash"],
        ..words("later buses")
    };
    world.load(&[(1, words("more buses")), (1, at_ash.clone()), (2, at_ash)]);
    world.set_batch(0, BatchState::Live);
    let index = recounted(&world.database);
    assert_eq!(index.everyone().len(), 2);
    assert_eq!(size(&index, &Facet::Group("families".to_owned())), 1);
    assert_eq!(size(&index, &Facet::Group("staff".to_owned())), 2);
    let said = index.comments(&CommentFacet::Intent(Intent::Need));
    assert_eq!((said.len(), index.voices_of(said).len()), (3, 2));
    check(&index, &world);
}

#[test]
fn somebody_at_two_schools_counts_in_both_and_once_in_the_total() {
    let mut world = World::new();
    let both = Said {
        schools: vec!["oak", "elm"],
        ..Said::plain()
    };
    world.answer(1, &both);
    world.answer(2, &Said::plain());
    let index = recounted(&world.database);
    let at = |school: &str| size(&index, &Facet::School(school.to_owned()));
    assert_eq!((at("oak"), at("elm"), index.everyone().len()), (2, 1, 2));
    let either = Filter::from_query("school=oak&school=elm");
    assert_eq!(index.filtered(&world.round, &either).len(), 2);
    assert_eq!(size(&index, &Facet::Level(Level::Elementary)), 2);
}

#[test]
fn a_table_counts_once_with_its_largest_note_and_at_most_the_people_present() {
    let mut world = World::new();
    world.seat_table(7);
    world.seat_table(4);
    world.note(0, 3, "en");
    world.note(0, 5, "en");
    world.note(1, 4, "es");
    let notes =
        |index: &Index| index.tables_of(index.comments(&CommentFacet::Source(Source::Note)));
    let mut index = recounted(&world.database);
    assert_eq!(
        notes(&index),
        Tables {
            tables: 2,
            at_least: 9
        }
    );
    world.set_present(0, 2);
    follow(&mut index, &world.database);
    assert_eq!(
        notes(&index),
        Tables {
            tables: 2,
            at_least: 6
        }
    );
    assert_eq!(
        index.everyone().len(),
        0,
        "nobody at a table is added to people"
    );
}

#[test]
fn a_withdrawn_response_no_longer_counts_anywhere() {
    let mut world = World::new();
    let wordy = Said {
        first: vec!["buses"],
        welcome: Some(5),
        ..words("more buses")
    };
    world.answer(1, &wordy);
    world.answer(2, &wordy);
    let mut index = recounted(&world.database);
    world.withdraw(1);
    follow(&mut index, &world.database);
    assert_eq!(index.everyone().len(), 1);
    assert_eq!(
        size(
            &index,
            &Facet::Chose("first".to_owned(), "buses".to_owned())
        ),
        1
    );
    assert_eq!(index.comments(&CommentFacet::Intent(Intent::Need)).len(), 1);
    check(&index, &world);
}

#[test]
fn a_replaced_response_moves_to_its_new_group() {
    let mut world = World::new();
    world.answer(1, &Said::plain());
    let mut index = recounted(&world.database);
    let staff = Said {
        group: Some("staff"),
        ..Said::plain()
    };
    world.answer(1, &staff);
    follow(&mut index, &world.database);
    let group = |key: &str| size(&index, &Facet::Group(key.to_owned()));
    assert_eq!(
        (group("families"), group("staff"), index.everyone().len()),
        (0, 1, 1)
    );
}

#[test]
fn an_import_counts_once_it_is_live_and_stops_counting_once_it_is_undone() {
    let mut world = World::new();
    world.load(&[(1, words("more buses")), (2, Said::plain())]);
    let mut index = recounted(&world.database);
    assert_eq!(index.everyone().len(), 0);
    world.set_batch(0, BatchState::Live);
    assert_eq!(
        follow(&mut index, &world.database),
        3,
        "two answers and a comment"
    );
    assert_eq!(index.everyone().len(), 2);
    // The comment was set aside after the import, so it now has its own change number.
    world.set_aside(0, true);
    world.set_aside(0, false);
    follow(&mut index, &world.database);
    world.set_batch(0, BatchState::Undone);
    follow(&mut index, &world.database);
    assert_eq!(index.everyone().len(), 0);
    assert_eq!(index.comments(&CommentFacet::Intent(Intent::Need)).len(), 0);
}

#[test]
fn people_move_with_a_school_that_changes_its_level() {
    let mut world = World::new();
    world.answer(1, &Said::plain());
    let mut index = recounted(&world.database);
    assert_eq!(size(&index, &Facet::Level(Level::Elementary)), 1);
    world.set_level_of_oak(true);
    follow(&mut index, &world.database);
    assert_eq!(size(&index, &Facet::Level(Level::Elementary)), 0);
    assert_eq!(size(&index, &Facet::Level(Level::High)), 1);
    assert_eq!(index.canonical(), recounted(&world.database).canonical());
}

#[test]
fn a_suspected_response_does_not_count() {
    let mut world = World::new();
    world.answer(
        1,
        &Said {
            suspected: true,
            ..words("buy now")
        },
    );
    let index = recounted(&world.database);
    assert_eq!(
        (
            index.everyone().len(),
            index.comments(&CommentFacet::Intent(Intent::Need)).len()
        ),
        (0, 0)
    );
}
