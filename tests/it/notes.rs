//! Table notes: written on a facilitator's phone, kept as comments, never lost, and never counted twice.

use chorus::accounts::{Role, Scope};
use chorus::comments::{Comment, Source, Status};
use chorus::forums::{self, ForumFile, Table};
use chorus::schema::{audit, comments, forum_tables};
use chorus::surveys::Intent;
use diesel::prelude::*;

use crate::support::{Browser, Reply, TestApp, fixture};

const NOTES: &str = "/desk/forums/did-we-hear-you/notes";
const TABLES: &str = "/desk/forums/did-we-hear-you/tables";

fn import(app: &TestApp, text: &str) -> chorus::error::Result<()> {
    let file = ForumFile::parse(text)?;
    let actor = app.operator();
    app.database().write(move |db| {
        let round = chorus::district::round_by_slug(db, "vision-2031")?;
        forums::import(db, &actor, &round.id, &file)
    })
}

/// Riverside with an upcoming forum, and its facilitator at table 4 with seven people.
fn at_table_4() -> (TestApp, Browser) {
    let app = TestApp::riverside();
    import(&app, &fixture("riverside/forum-next.toml")).unwrap();
    let forum = app.read(|db| Ok(forums::by_slug(db, "did-we-hear-you")?.id));
    let browser = app.sign_in_within(Role::Facilitator, Scope::Forum(forum));
    let added = browser.post(TABLES, &[("number", "4"), ("present", "7")]);
    assert_eq!(added.expect(303).location(), format!("{NOTES}?table=4"));
    (app, browser)
}

/// The page's form with a note filled in.
fn filled(page: &Reply, text: &str, speaks_for: &str) -> Vec<(String, String)> {
    let mut fields = page.form("form[aria-label]");
    fields.retain(|(name, _)| !matches!(name.as_str(), "text" | "speaks_for"));
    fields.push(("text".to_owned(), text.to_owned()));
    fields.push(("speaks_for".to_owned(), speaks_for.to_owned()));
    fields
}

fn send(browser: &Browser, path: &str, fields: &[(String, String)]) -> Reply {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(path, &fields)
}

/// Writes a note under the prompt `missing`.
fn write_note(browser: &Browser, text: &str, speaks_for: &str) {
    let page = browser.get(&format!("{NOTES}?table=4&prompt=missing"));
    send(browser, NOTES, &filled(&page, text, speaks_for)).expect(303);
}

fn notes(app: &TestApp) -> Vec<Comment> {
    app.read(|db| Ok(comments::table.order(comments::number).load(db)?))
}

fn tables(app: &TestApp) -> Vec<Table> {
    app.read(|db| {
        let tables = forum_tables::table.order(forum_tables::table_number);
        Ok(tables.load(db)?)
    })
}

fn actions(app: &TestApp) -> Vec<String> {
    app.read(|db| Ok(audit::table.select(audit::action).load(db)?))
}

#[test]
fn a_note_is_a_comment_from_its_table_with_its_prompt_s_intent() {
    let (app, browser) = at_table_4();
    write_note(&browser, "A crossing guard on Mill Road", "5");
    let note = notes(&app).pop().unwrap();
    let table = tables(&app).pop().unwrap();
    assert_eq!(note.source, Source::Note);
    assert_eq!(note.table_id, Some(table.id));
    assert_eq!(
        (note.item_key.as_str(), note.intent),
        ("missing", Intent::Need)
    );
    assert_eq!(
        (note.text.as_str(), note.speaks_for),
        ("A crossing guard on Mill Road", 5)
    );
    assert_eq!((note.label.as_str(), note.status), ("", Status::Counted));
    assert_eq!((table.present, note.released_by), (7, None));
    assert!(note.number > table.number);
    let list = browser.get(&format!("{NOTES}?table=4")).text();
    assert!(list.contains("A crossing guard on Mill Road") && list.contains("speaks for 5 of 7"));
    assert!(actions(&app).contains(&"note.added".to_owned()));
}

#[test]
fn a_note_sent_twice_is_one_note_and_a_different_text_asks_first() {
    let (app, browser) = at_table_4();
    let page = browser.get(&format!("{NOTES}?table=4"));
    let fields = filled(&page, "Late buses", "3");
    send(&browser, NOTES, &fields).expect(303);
    send(&browser, NOTES, &fields).expect(303);
    assert_eq!(notes(&app).len(), 1);
    let asked = send(&browser, NOTES, &filled(&page, "Cold rooms", "2")).expect(409);
    let again = asked.form("form[aria-label]");
    assert!(again.contains(&("text".to_owned(), "Cold rooms".to_owned())));
    send(&browser, NOTES, &again).expect(303);
    assert_eq!(notes(&app).len(), 2);
}

#[test]
fn a_note_speaks_for_at_most_the_people_at_its_table() {
    let (app, browser) = at_table_4();
    let page = browser.get(&format!("{NOTES}?table=4"));
    for speaks_for in ["8", "0", "", "many"] {
        let again = send(&browser, NOTES, &filled(&page, "Late buses", speaks_for)).expect(422);
        assert!(again.text().contains("Choose a number from 1 to 7."));
        assert!(again.text().contains("Late buses"));
    }
    assert!(notes(&app).is_empty());
}

#[test]
fn a_corrected_note_is_a_new_comment_and_the_old_one_is_marked_as_replaced() {
    let (app, browser) = at_table_4();
    write_note(&browser, "Late busses", "3");
    let old = notes(&app).pop().unwrap();
    let edit = format!("{NOTES}/{}", old.id);
    let form = filled(&browser.get(&edit).expect(200), "Late buses", "4");
    send(&browser, &edit, &form).expect(303);
    send(&browser, &edit, &form).expect(303);
    let [replaced, new] = notes(&app).try_into().unwrap();
    assert_eq!((&replaced.id, replaced.status), (&old.id, Status::Replaced));
    assert_eq!(replaced.text, "Late busses");
    assert!(old.number < replaced.number && replaced.number < new.number);
    assert_eq!((new.text.as_str(), new.speaks_for), ("Late buses", 4));
    assert_eq!(new.status, Status::Counted);
    browser.get(&edit).expect(404);
    let late = filled(&browser.get(&format!("{NOTES}/{}", new.id)), "x", "1");
    send(&browser, &edit, &late).expect(409);
}

#[test]
fn a_withdrawn_note_no_longer_counts_and_can_be_restored() {
    let (app, browser) = at_table_4();
    write_note(&browser, "Late buses", "3");
    let note = notes(&app).pop().unwrap();
    browser
        .post(&format!("{NOTES}/{}/withdraw", note.id), &[])
        .expect(303);
    let withdrawn = notes(&app).pop().unwrap();
    assert_eq!(withdrawn.status, Status::Withdrawn);
    assert!(withdrawn.number > note.number);
    let page = browser.get(&format!("{NOTES}?table=4")).text();
    assert!(page.contains("Notes from this table: 0") && page.contains("Restore"));
    browser
        .post(&format!("{NOTES}/{}/restore", note.id), &[])
        .expect(303);
    let back = notes(&app).pop().unwrap();
    assert_eq!(back.status, Status::Counted);
    assert!(back.number > withdrawn.number);
}

#[test]
fn a_table_s_headcount_can_change_but_not_below_what_a_note_speaks_for() {
    let (app, browser) = at_table_4();
    write_note(&browser, "Late buses", "6");
    let before = tables(&app).pop().unwrap();
    let table = format!("{TABLES}/4");
    let refused = browser.post(&table, &[("present", "5")]).expect(422);
    assert!(
        refused
            .text()
            .contains("A note from this table speaks for 6 people.")
    );
    assert_eq!(tables(&app).pop().unwrap(), before);
    browser.post(&table, &[("present", "6")]).expect(303);
    let after = tables(&app).pop().unwrap();
    assert_eq!(after.present, 6);
    assert!(after.number > before.number);
}

#[test]
fn two_tables_cannot_have_the_same_number() {
    let (app, browser) = at_table_4();
    let again = [("number", "4"), ("present", "9")];
    let refused = browser.post(TABLES, &again).expect(422);
    assert!(
        refused
            .text()
            .contains("Table 4 already exists, with 7 people.")
    );
    browser
        .post(TABLES, &[("number", "4"), ("present", "7")])
        .expect(303);
    assert_eq!(tables(&app).len(), 1);
    browser.get(&format!("{NOTES}?table=9")).expect(404);
}

#[test]
fn facilitators_of_another_forum_can_neither_read_nor_write_notes() {
    let (app, browser) = at_table_4();
    write_note(&browser, "Late buses", "3");
    let note = notes(&app).pop().unwrap();
    import(&app, &fixture("riverside/forum.toml")).unwrap();
    let other = app.read(|db| Ok(forums::by_slug(db, "oak-evening")?.id));
    let stranger = app.sign_in_within(Role::Facilitator, Scope::Forum(other));
    stranger.get(NOTES).expect(403);
    stranger.post(NOTES, &[("table", "4")]).expect(403);
    stranger
        .post(&format!("{NOTES}/{}/withdraw", note.id), &[])
        .expect(403);
    let through_their_own = format!("/desk/forums/oak-evening/notes/{}", note.id);
    stranger.get(&through_their_own).expect(404);
    stranger
        .post(&format!("{through_their_own}/withdraw"), &[])
        .expect(404);
    app.sign_in_as(Role::Viewer).get(NOTES).expect(403);
}

#[test]
fn a_forum_file_imports_every_table_and_note_once() {
    let app = TestApp::riverside();
    let text = fixture("riverside/forum.toml");
    let notes_in_file = text.matches("[[tables.notes]]").count();
    import(&app, &text).unwrap();
    let first = (notes(&app), tables(&app));
    assert_eq!((first.0.len(), first.1.len()), (notes_in_file, 5));
    assert!(
        first
            .0
            .iter()
            .all(|note| note.source == Source::Note && note.number > 0)
    );
    import(&app, &text).unwrap();
    assert_eq!((notes(&app), tables(&app)), first);
}

#[test]
fn a_changed_file_adds_new_notes_and_leaves_withdrawn_ones_alone() {
    let app = TestApp::riverside();
    let text = fixture("riverside/forum.toml");
    import(&app, &text).unwrap();
    let count = notes(&app).len();
    let note = notes(&app).remove(0);
    let planner = app.sign_in_as(Role::Planner);
    let withdraw = format!("/desk/forums/oak-evening/notes/{}/withdraw", note.id);
    planner.post(&withdraw, &[]).expect(303);
    let more = "\n[[tables.notes]]\nprompt = \"hopes\"\ntext = \"A pool\"\nspeaks_for = 2\nlanguage = \"en\"\n";
    import(&app, &format!("{text}{more}")).unwrap();
    assert_eq!(notes(&app).len(), count + 1);
    let kept = notes(&app)
        .into_iter()
        .find(|kept| kept.id == note.id)
        .unwrap();
    assert_eq!(kept.status, Status::Withdrawn);
}

#[test]
fn a_file_without_a_prompt_that_has_notes_is_refused_completely() {
    let app = TestApp::riverside();
    let text = fixture("riverside/forum.toml");
    import(&app, &text).unwrap();
    let before = (notes(&app), tables(&app));
    let changed = text
        .replacen("intent = \"hope\"", "intent = \"threat\"", 1)
        .replace("present = 7", "present = 8");
    let refused = import(&app, &changed).unwrap_err().to_string();
    assert!(refused.contains("“hopes”"), "{refused}");
    assert_eq!((notes(&app), tables(&app)), before);
}
