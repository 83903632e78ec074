//! For any sequence of events, an index that follows the database equals a full recount, and both match the reference
//! model. This also holds on another node, and while the first node writes.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use chorus::comments::{BatchState, Source};
use chorus::db::last_change;
use chorus::surveys::Intent;
use chorus::tally::{CommentFacet, Index};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::world::{Said, World};
use super::{check, follow, recounted};

/// One event.
#[derive(Clone, Debug)]
enum Event {
    Answer(u8, Said),
    Withdraw(u8),
    Load(Vec<(u8, Said)>),
    SetBatch(usize, BatchState),
    SetAside(usize, bool),
    SeatTable(i32),
    SetPresent(usize, i32),
    Note(usize, i32, &'static str),
    LevelOfOak(bool),
    Follow,
}

fn said() -> impl Strategy<Value = Said> {
    let parts = (
        select(vec![Some("families"), Some("staff"), None]),
        subsequence(vec!["elm", "ash", "oak"], 0..=2),
        select(vec!["en", "es"]),
        14..17_u32,
        subsequence(vec!["buses", "arts"], 0..=2),
        prop::option::of(1..=5_i64),
        select(vec![Some("more buses"), Some("art rooms"), None]),
        prop::bool::weighted(0.1),
    );
    parts.prop_map(
        |(group, schools, language, day, first, welcome, words, suspected)| Said {
            group,
            schools,
            language,
            day,
            first,
            welcome,
            words,
            suspected,
        },
    )
}

fn event() -> impl Strategy<Value = Event> {
    let state = select(vec![BatchState::Live, BatchState::Live, BatchState::Undone]);
    prop_oneof![
        6 => (0..6_u8, said()).prop_map(|(key, said)| Event::Answer(key, said)),
        2 => (0..6_u8).prop_map(Event::Withdraw),
        2 => prop::collection::vec((0..4_u8, said()), 1..5).prop_map(Event::Load),
        3 => (0..4_usize, state).prop_map(|(batch, state)| Event::SetBatch(batch, state)),
        3 => (0..12_usize, any::<bool>()).prop_map(|(words, aside)| Event::SetAside(words, aside)),
        1 => (1..9_i32).prop_map(Event::SeatTable),
        1 => (0..3_usize, 0..9_i32).prop_map(|(table, present)| Event::SetPresent(table, present)),
        2 => (0..3_usize, 1..9_i32, select(vec!["en", "es"]))
            .prop_map(|(table, speaks_for, language)| Event::Note(table, speaks_for, language)),
        1 => any::<bool>().prop_map(Event::LevelOfOak),
        4 => Just(Event::Follow),
    ]
}

/// Applies an event if it's possible; the import, comment, or table may not exist yet.
fn happen(world: &mut World, event: &Event) {
    match event {
        Event::Answer(key, said) => world.answer(*key, said),
        Event::Withdraw(key) => world.withdraw(*key),
        Event::Load(said) => world.load(said),
        Event::SetBatch(batch, state) if *batch < world.batches.len() => {
            world.set_batch(*batch, *state);
        }
        Event::SetAside(words, aside) if *words < world.words.len() => {
            world.set_aside(*words, *aside);
        }
        Event::SeatTable(present) => world.seat_table(*present),
        Event::SetPresent(table, present) if *table < world.tables.len() => {
            world.set_present(*table, *present);
        }
        Event::Note(table, speaks_for, language) if *table < world.tables.len() => {
            world.note(*table, *speaks_for, language);
        }
        Event::LevelOfOak(high) => world.set_level_of_oak(*high),
        _ => {}
    }
}

fn cases() -> ProptestConfig {
    ProptestConfig {
        cases: 24,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_index_that_followed_changes_equals_a_full_recount(events in prop::collection::vec(event(), 1..40)) {
        let mut world = World::new();
        let other_node = world.another_node();
        let (mut here, mut there) = (Index::default(), Index::default());
        for event in &events {
            match event {
                Event::Follow => {
                    follow(&mut there, &other_node);
                    check(&there, &world);
                }
                _ => happen(&mut world, event),
            }
        }
        follow(&mut here, &world.database);
        follow(&mut there, &other_node);
        let anew = recounted(&world.database).canonical();
        prop_assert_eq!(&here.canonical(), &anew);
        prop_assert_eq!(&there.canonical(), &anew);
        check(&there, &world);
    }
}

/// The other node is never behind what was acknowledged before it looked, and it never sees half a transaction.
#[test]
fn a_node_that_follows_while_another_writes_is_never_stale_and_never_counts_twice() {
    let mut world = World::new();
    let other_node = world.another_node();
    let (acknowledged, done) = (AtomicI64::new(0), AtomicBool::new(false));
    std::thread::scope(|threads| {
        let following = threads.spawn(|| {
            let (mut index, mut looks) = (Index::default(), 0_u64);
            while !done.load(Ordering::Acquire) {
                let before = acknowledged.load(Ordering::Acquire);
                follow(&mut index, &other_node);
                assert!(index.seen() >= before, "stale");
                // Every response in this test has exactly one comment, and both appear and disappear in one
                // transaction.
                let said = index.comments(&CommentFacet::Intent(Intent::Need));
                let of_people = said - index.comments(&CommentFacet::Source(Source::Note));
                assert_eq!(of_people.len(), index.everyone().len());
                assert_eq!(index.voices_of(&of_people), *index.everyone());
                looks += 1;
            }
            (index, looks)
        });
        world.seat_table(9);
        for step in 0..60_u8 {
            let said = Said {
                group: Some(if step % 2 == 0 { "families" } else { "staff" }),
                words: Some("more buses"),
                day: 14 + u32::from(step % 3),
                ..Said::plain()
            };
            world.answer(step % 20, &said);
            if step % 7 == 0 {
                world.withdraw(step % 20);
            }
            if step % 10 == 5 {
                world.load(&[(step, said.clone()), (100 + step, said.clone())]);
                world.set_batch(world.batches.len() - 1, BatchState::Live);
            }
            if step % 9 == 0 {
                world.note(0, i32::from(step % 9) + 1, "en");
            }
            let last = world.database.read(|db| Ok(last_change(db)?)).unwrap();
            acknowledged.store(last, Ordering::Release);
        }
        done.store(true, Ordering::Release);
        let (mut index, looks) = following.join().unwrap();
        assert!(looks > 1, "the other node looked {looks} times");
        follow(&mut index, &other_node);
        check(&index, &world);
        assert_eq!(index.canonical(), recounted(&world.database).canonical());
    });
}
