//! Imports that are interrupted: nothing of them counts, and the next import removes what's left.

use diesel::{RunQueryDsl, sql_query};

use super::{GOOD, MAP, counted, import, place};
use crate::support::{Place, Running, is_postgres};

const ROWS: usize = 3000;

fn long_file() -> String {
    let rows =
        (0..ROWS).map(|row| format!("{row},buses,arts,3,\"Earlier buses, please ({row})\"\n"));
    format!(
        "ID,Pick,Some,Rate,Say\n{}",
        rows.collect::<Vec<_>>().concat()
    )
}

fn execute(place: &Place, statement: &str) {
    let statement = statement.to_owned();
    let done = place.connect().write(move |db| {
        diesel::connection::SimpleConnection::batch_execute(db, &statement)?;
        Ok(())
    });
    done.unwrap();
}

/// How many rows a table has, live or not.
fn rows(place: &Place, table: &str) -> usize {
    #[derive(diesel::QueryableByName)]
    struct Rows {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        rows: i64,
    }
    let query = format!("SELECT count(*) AS rows FROM {table}");
    let found: Rows = place
        .connect()
        .read(|db| Ok(sql_query(&query).get_result(db)?))
        .unwrap();
    usize::try_from(found.rows).unwrap()
}

#[test]
fn an_import_that_is_killed_does_not_count_and_can_be_run_again() {
    let place = place();
    let file = place.file("answers.csv", long_file());
    let map = place.file("map.toml", MAP);
    let arguments = [
        "import",
        "responses",
        &file,
        "--survey",
        "staff",
        "--map",
        &map,
    ];
    let mut running = Running::reading_errors(&mut place.command(&arguments));
    running.wait_for("loading: 25%");
    // Kill it in the middle of its work.
    running.kill();
    assert!(
        rows(&place, "responses") > 0,
        "the kill came before the first slice"
    );
    assert_eq!(counted(&place), (0, 0));
    let exported = place
        .run(&["export", "responses", "--survey", "staff"])
        .expect_success();
    assert_eq!(exported.output.lines().count(), 1, "only the column names");
    // What's left doesn't count as imported and doesn't get in the way.
    let dry = place
        .run(&[&arguments[..], &["--dry-run"]].concat())
        .expect_success();
    assert!(
        dry.output
            .contains(&format!("{ROWS} responses would be added")),
        "{}",
        dry.output
    );
    assert!(!dry.output.contains("here already"), "{}", dry.output);
    let again = place.run(&arguments).expect_success();
    assert!(
        again.output.ends_with(&format!("{ROWS} responses added\n")),
        "{}",
        again.output
    );
    let all = i64::try_from(ROWS).unwrap();
    assert_eq!(counted(&place), (all, all));
    assert_eq!(
        (
            rows(&place, "responses"),
            rows(&place, "comments"),
            rows(&place, "batches")
        ),
        (ROWS, ROWS, 1)
    );
}

#[test]
fn a_row_that_the_database_refuses_undoes_the_whole_import() {
    let place = place();
    let before = place.contents();
    if is_postgres() {
        execute(
            &place,
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
             CREATE TRIGGER refuse BEFORE INSERT ON comments FOR EACH ROW WHEN (NEW.label = '2500') EXECUTE FUNCTION refuse();",
        );
    } else {
        execute(
            &place,
            "CREATE TRIGGER refuse BEFORE INSERT ON comments WHEN NEW.label = '2500' BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;",
        );
    }
    let outcome = import(&place, long_file(), MAP, &[]);
    assert!(outcome.expect_failure().contains("the disk is full"));
    // It had already written slices before the refused row.
    assert!(
        outcome.errors.contains("loading: 75%"),
        "{}",
        outcome.errors
    );
    assert_eq!(place.contents(), before);
    execute(
        &place,
        if is_postgres() {
            "DROP TRIGGER refuse ON comments"
        } else {
            "DROP TRIGGER refuse"
        },
    );
    import(&place, long_file(), MAP, &[]).expect_success();
    assert_eq!(rows(&place, "responses"), ROWS);
}

#[test]
fn an_import_stops_and_says_so_when_another_one_overtakes_it() {
    let place = place();
    let file = place.file("long.csv", long_file());
    let map = place.file("map.toml", MAP);
    let arguments = [
        "import",
        "responses",
        &file,
        "--survey",
        "staff",
        "--map",
        &map,
    ];
    let mut running = Running::reading_errors(&mut place.command(&arguments));
    running.wait_for("loading: 25%");
    import(&place, GOOD, MAP, &[]).expect_success();
    let reason = running.wait_for("chorus: ");
    assert_eq!(
        reason,
        "another import into this survey started, so this one stopped and added nothing: run it again"
    );
    drop(running);
    assert_eq!(counted(&place), (3, 2));
    assert_eq!((rows(&place, "responses"), rows(&place, "batches")), (3, 1));
}

#[test]
fn an_import_stops_and_says_so_when_another_one_starts_before_its_first_rows() {
    let place = place();
    let before = place.contents();
    // The critical moment is after the leftovers of earlier imports are removed and before the first rows are written.
    // The other batch appears then, when the survey is locked.
    let other = "INSERT INTO batches VALUES ('other', 'responses', NEW.id, 'other.csv', '', 'loading', 0, '2026-09-01 00:00:00', NULL, 0);";
    execute(
        &place,
        &if is_postgres() {
            format!(
                "CREATE FUNCTION begin_another() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {other} RETURN NULL; END $$;
                 CREATE TRIGGER begin_another AFTER UPDATE ON surveys FOR EACH ROW EXECUTE FUNCTION begin_another();"
            )
        } else {
            format!("CREATE TRIGGER begin_another AFTER UPDATE ON surveys BEGIN {other} END;")
        },
    );
    let outcome = import(&place, GOOD, MAP, &[]);
    assert_eq!(
        outcome.expect_failure(),
        "another import into this survey started, so this one stopped and added nothing: run it again"
    );
    assert_eq!(place.contents(), before);
}
