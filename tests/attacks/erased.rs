//! Somebody who has the disk looks for what people had deleted.

use std::path::Path;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Bytea;

use chorus::db::Db;

use crate::support::{TestApp, fixture, survey};

/// The bytes in which the database keeps a table: all files of SQLite, or PostgreSQL's file of this table.
fn on_disk(app: &TestApp, table: &str) -> Vec<u8> {
    app.read(|db| {
        Ok(match db {
            Db::Sqlite(_) => files(app.place().folder()),
            Db::Postgres(connection) => {
                sql_query("CHECKPOINT").execute(connection)?;
                let file: File = sql_query(format!(
                    "SELECT pg_read_binary_file(pg_relation_filepath('{table}')) AS content"
                ))
                .get_result(connection)?;
                file.content
            }
        })
    })
}

#[derive(QueryableByName)]
struct File {
    #[diesel(sql_type = Bytea)]
    content: Vec<u8>,
}

fn files(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.extend(std::fs::read(&path).unwrap());
        }
    }
    all
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

#[test]
fn a_canceled_sign_up_leaves_neither_name_nor_address_on_the_disk() {
    let app = TestApp::riverside();
    app.import_forum(&fixture("riverside/forum-next.toml"));
    let ana = app.browser();
    let seat = [
        ("name", "Anastasia Quillfeather"),
        ("email", "quillfeather@example.org"),
    ];
    ana.fill("/f/did-we-hear-you", "form[action^='/f/']", &seat)
        .expect(303);
    app.emails();
    assert!(holds(
        &on_disk(&app, "sign_ups"),
        "quillfeather@example.org"
    ));
    ana.post("/seat/cancel", &[]).expect(303);
    app.work();
    let left = on_disk(&app, "sign_ups");
    assert!(!holds(&left, "Quillfeather"));
    assert!(!holds(&left, "quillfeather@example.org"));
}

#[test]
fn an_address_that_was_deleted_is_gone_from_the_disk() {
    let app = TestApp::riverside();
    app.publish_survey(&survey("family", &["best"]));
    let phone = app.phone("family");
    phone.post("/s/family", &[("best", "The bus")]).expect(303);
    let form = [
        ("round", "vision-2031"),
        ("email", "quillfeather@example.org"),
    ];
    phone.post("/follow", &form).expect(303);
    assert!(holds(
        &on_disk(&app, "followers"),
        "quillfeather@example.org"
    ));
    phone.post("/follow/erase", &[]).expect(303);
    app.work();
    assert!(!holds(
        &on_disk(&app, "followers"),
        "quillfeather@example.org"
    ));
}
