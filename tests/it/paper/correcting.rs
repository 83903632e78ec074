//! Typing mistakes: a sheet is corrected, removed, and restored.

use chorus::comments::Status;

use super::*;

/// A batch with one sheet whose answer and comment are wrong.
fn mistyped() -> (TestApp, Browser, String) {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "es.1");
    let typed = [
        ("welcome", "*"),
        ("change", "1"),
        ("best", "Los maestos"),
        ("_language.best", "en"),
    ];
    type_in(&clerk, &batch, &typed).expect(303);
    (app, clerk, format!("{batch}/sheets/1"))
}

#[test]
fn a_sheet_opens_as_it_was_entered_and_the_correction_replaces_it() {
    let (app, clerk, sheet) = mistyped();
    let page = clerk.get(&sheet).expect(200);
    let form = page.form("form.entries");
    for (name, value) in [
        ("welcome", "*"),
        ("change", "1"),
        ("best", "Los maestos"),
        ("_language.best", "en"),
    ] {
        assert!(
            form.contains(&(name.to_owned(), value.to_owned())),
            "{name}: {form:?}"
        );
    }
    let mended = [
        ("welcome", "3"),
        ("change", "2"),
        ("best", "Los maestros"),
        ("_language.best", "es"),
    ];
    let done = clerk
        .send_form(&sheet, &page, "form.entries", &mended)
        .expect(303);
    assert!(done.location().ends_with("?stored=1"));
    assert_eq!(app.counted("family"), 1);
    let row = stored(&app).remove(0);
    assert_eq!(chorus::responses::said(&row.answers.0, "change"), ["food"]);
    let counted: Vec<_> = ledger(&app)
        .into_iter()
        .filter(|comment| comment.status == Status::Counted)
        .map(|comment| (comment.text, comment.language))
        .collect();
    assert_eq!(counted, [("Los maestros".to_owned(), "es".to_owned())]);
    let batch = sheet.strip_suffix("/sheets/1").unwrap();
    let page = clerk.get(batch).expect(200);
    assert_eq!(page.texts("[aria-labelledby=sheets] tbody th"), ["1"]);
    assert_eq!(marks(&page, "How welcome"), ["0", "0", "0", "0"]);
}

#[test]
fn saving_an_unchanged_sheet_changes_nothing() {
    let (app, clerk, sheet) = mistyped();
    let everything = || (stored(&app), ledger(&app), app.audit_lines());
    let before = everything();
    clerk.fill(&sheet, "form.entries", &[]).expect(303);
    assert_eq!(everything(), before);
}

#[test]
fn an_unchanged_comment_keeps_its_id() {
    let (app, clerk, sheet) = mistyped();
    let before = ledger(&app).remove(0).id;
    clerk
        .fill(&sheet, "form.entries", &[("change", "2")])
        .expect(303);
    let now = ledger(&app);
    assert_eq!((now.len(), &now[0].id), (1, &before));
    assert_eq!(now[0].response_id.as_ref(), Some(&stored(&app)[0].id));
}

#[test]
fn a_removed_sheet_no_longer_counts_and_a_restored_one_counts_again() {
    let (app, clerk, sheet) = mistyped();
    let chose = Facet::Chose("change".to_owned(), "buses".to_owned());
    assert_eq!((app.counted("family"), app.voices(&chose)), (1, 1));
    // The page asks for confirmation first.
    let batch = sheet.strip_suffix("/sheets/1").unwrap();
    let asked = clerk.get(batch).expect(200).texts("details.sure p");
    assert_eq!(asked, ["It no longer counts. You can restore it."]);
    clerk.post(&format!("{sheet}/take-out"), &[]).expect(303);
    assert_eq!((app.counted("family"), app.voices(&chose)), (0, 0));
    assert_eq!(app.voices(&Facet::Channel(Channel::Paper)), 0);
    assert!(
        ledger(&app)
            .iter()
            .all(|comment| comment.status == Status::Withdrawn)
    );
    assert!(
        clerk
            .get(batch)
            .expect(200)
            .texts("[aria-labelledby=marks]")
            .is_empty()
    );
    // A removed sheet can't be corrected.
    clerk.post(&sheet, &[("change", "2")]).expect(303);
    assert_eq!(app.counted("family"), 0);
    clerk.post(&format!("{sheet}/put-back"), &[]).expect(303);
    assert_eq!((app.counted("family"), app.voices(&chose)), (1, 1));
    assert!(
        ledger(&app)
            .iter()
            .all(|comment| comment.status == Status::Counted)
    );
}

#[test]
fn unknown_sheets_are_not_found() {
    let (_app, clerk, sheet) = mistyped();
    for other in ["sheets/2", "sheets/x", "sheets/0"] {
        let path = sheet.replace("sheets/1", other);
        clerk.get(&path).expect(404);
        clerk.post(&path, &[("change", "1")]).expect(404);
        clerk.post(&format!("{path}/take-out"), &[]).expect(404);
    }
    clerk.get("/desk/surveys/family/paper/none").expect(404);
    clerk.get("/desk/surveys/nothing/paper").expect(404);
}
