//! The plan's translation sheet, and the translations that importing a plan file keeps.

use chorus::plan::{self, PlanFile, StatementKind};

use super::*;

const SPANISH: &str = "/desk/rounds/vision-2031/plan/languages/es";

/// A plan with two stages, a vision, two principles, and a goal. Four of its texts have no Spanish.
fn half_translated() -> (TestApp, Browser) {
    let (app, planner) = with_priorities();
    let stages = [
        ("starts_on.1", "2026-08-01"),
        ("ends_on.1", "2026-08-31"),
        ("starts_on.2", "2026-09-01"),
        ("ends_on.2", "2026-10-31"),
        ("title.2.en", "Vision and priorities"),
        ("title.2.es", "Visión y prioridades"),
    ];
    planner.post(&format!("{PLAN}/stages"), &stages).expect(303);
    let statements = [
        ("vision", "Every child arrives.", ""),
        ("principles", "We listen.", "Escuchamos."),
        ("principles", "We tell.", ""),
    ];
    for (kind, english, spanish) in statements {
        let fields = [("kind", kind), ("text.en", english), ("text.es", spanish)];
        planner
            .post(&format!("{PLAN}/statements"), &fields)
            .expect(303);
    }
    draft_goal(&planner, &GOAL).expect(303);
    (app, planner)
}

/// What the plan's page lists as missing.
fn missing(planner: &Browser) -> Vec<String> {
    let page = planner.get(PLAN).expect(200);
    page.texts("section[aria-labelledby=languages] li")
}

#[test]
fn the_plan_is_exported_as_a_translation_sheet_and_importing_it_completes_the_plan() {
    let (app, planner) = half_translated();
    let gaps = ["stage 1", "vision 1", "principles 2", "goal-1: measure"];
    assert_eq!(missing(&planner), gaps);
    let page = planner.get(SPANISH).expect(200).text();
    assert!(page.contains("4 of 9 translations are missing."), "{page}");
    let sheet = planner.get(&format!("{SPANISH}/sheet.csv")).expect(200);
    // The first stage was saved without a name, so it has Chorus's default name, in English.
    let expected = "\u{feff}key,en,es,state,downloaded\n\
        stage 1,Where we are,,missing,\n\
        stage 2,Vision and priorities,Visión y prioridades,,Visión y prioridades\n\
        vision 1,Every child arrives.,,missing,\n\
        principles 1,We listen.,Escuchamos.,,Escuchamos.\n\
        principles 2,We tell.,,missing,\n\
        on-time: priority,On time,On time (es),,On time (es)\n\
        teachers-who-stay: priority,Teachers who stay,Teachers who stay (es),,Teachers who stay (es)\n\
        goal-1: title,Buses arrive on time,Autobuses puntuales,,Autobuses puntuales\n\
        goal-1: measure,Share of buses within five minutes,,missing,\n";
    assert_eq!(sheet.body(), expected);

    // Pasted from a spreadsheet, with one text still empty.
    let saved = app.times_done("stage.saved");
    let back = "key\ten\tes\tstate\r\nstage 1\tWhere we are\tDónde estamos\tmissing\r\n\
        stage 2\tVision and priorities\tVisión y prioridades\t\r\n\
        vision 1\tEvery child arrives.\tCada niño llega.\t\r\n\
        principles 2\tWe tell.\t\t\r\n\
        on-time: priority\tOn time\tA tiempo\t\r\n\
        goal-1: measure\tShare of buses within five minutes\tParte de los autobuses\t\r\n";
    planner.post(SPANISH, &[("sheet", back)]).expect(303);
    assert_eq!(missing(&planner), ["principles 2"]);
    assert_eq!(
        app.times_done("stage.saved") - saved,
        1,
        "only one stage changed"
    );
    let stages = saved_stages(&app);
    assert_eq!(stages[0].title.get("es").0, "Dónde estamos");
    assert_eq!(stages[0].title.get("en").0, "Where we are");
    assert_eq!(stages[0].ends_on.to_string(), "2026-08-31");
    assert_eq!(
        saved_goals(&app)[0].measure.get("es").0,
        "Parte de los autobuses"
    );

    let last = "key,en,es\nprinciples 2,We tell.,Lo contamos.\n";
    planner.post(SPANISH, &[("sheet", last)]).expect(303);
    assert_eq!(missing(&planner), Vec::<String>::new());
    let page = planner.get(SPANISH).expect(200).text();
    assert!(page.contains("The translation is complete."), "{page}");
}

#[test]
fn a_plan_sheet_with_invalid_rows_changes_nothing_and_is_shown_as_it_was_pasted() {
    let (app, planner) = half_translated();
    let before = (
        saved_stages(&app),
        saved_statements(&app),
        saved_goals(&app),
    );
    let changed = "key,en,es\nstage 2,Vision and priorities,Visión\n\
        vision 1,Each child arrives.,Cada niño llega.\n";
    let unknown =
        "key,en,es\nstage 2,Vision and priorities,Visión\nstage 5,Put it to work,Manos a la obra\n";
    for (sheet, reason) in [
        (changed, "Line 3: the original of “vision 1” has changed"),
        (
            unknown,
            "Line 3: the plan has no text with the key “stage 5”",
        ),
        ("¿Qué?", "Line 1: "),
    ] {
        let refused = planner.post(SPANISH, &[("sheet", sheet)]).expect(422);
        let text = refused.text();
        assert!(text.contains(reason), "{text}");
        let kept = refused.form(&format!("form[action='{SPANISH}']"));
        assert_eq!(value(&kept, "sheet"), sheet);
        assert_eq!(
            before,
            (
                saved_stages(&app),
                saved_statements(&app),
                saved_goals(&app)
            )
        );
    }
    // Each of the district's languages has a sheet, except the main one.
    for tag in ["en", "ar"] {
        planner.get(&format!("{PLAN}/languages/{tag}")).expect(404);
    }
}

#[test]
fn importing_a_plan_again_keeps_its_translations_and_does_not_repeat_statements() {
    let (app, planner) = half_translated();
    let back = "key,en,es\nstage 1,Where we are,Dónde estamos\nvision 1,Every child arrives.,Cada niño llega.\n";
    planner.post(SPANISH, &[("sheet", back)]).expect(303);
    let file = r#"
[[stages]]
number = 1
title = { en = "Where we are" }
starts_on = "2026-08-01"
ends_on = "2026-09-15"

[[stages]]
number = 2
title = { en = "Vision" }
starts_on = "2026-09-16"
ends_on = "2026-10-31"

[[statements]]
kind = "vision"
text = { en = "Every child arrives." }
"#;
    import_plan(&app, file);
    let stages = saved_stages(&app);
    assert_eq!(stages[0].ends_on.to_string(), "2026-09-15");
    assert_eq!(stages[0].title.said("es"), Some("Dónde estamos"));
    assert_eq!(stages[1].title.said("es"), None, "its title changed");
    let statements = saved_statements(&app);
    assert_eq!(statements.len(), 3);
    assert_eq!(statements[2].text.said("es"), Some("Cada niño llega."));
}

#[test]
fn a_sheet_never_undoes_what_someone_else_translated_after_it_was_downloaded() {
    let (app, planner) = half_translated();
    let downloaded = planner.get(&format!("{SPANISH}/sheet.csv")).expect(200);
    let downloaded = downloaded.body().to_owned();
    let better = "key,en,es\nprinciples 1,We listen.,Escuchamos a todos.\n";
    planner.post(SPANISH, &[("sheet", better)]).expect(303);

    // The old sheet has the old words of `principles 1`, but nobody touched them there.
    let with_vision = downloaded.replace(
        "Every child arrives.,,",
        "Every child arrives.,Cada niño llega.,",
    );
    planner
        .post(SPANISH, &[("sheet", &with_vision)])
        .expect(303);
    let texts = |app: &TestApp| {
        let statements = saved_statements(app).into_iter();
        let mut texts: Vec<String> = statements
            .filter_map(|statement| statement.text.said("es").map(str::to_owned))
            .collect();
        texts.sort();
        texts
    };
    assert_eq!(texts(&app), ["Cada niño llega.", "Escuchamos a todos."]);

    // If both changed them, the later sheet is refused.
    let both = downloaded.replace("We listen.,Escuchamos.,", "We listen.,Le escuchamos.,");
    let refused = planner
        .post(SPANISH, &[("sheet", &both)])
        .expect(422)
        .text();
    assert!(
        refused.contains("someone else has changed the translation of “principles 1”"),
        "{refused}"
    );
    assert_eq!(texts(&app), ["Cada niño llega.", "Escuchamos a todos."]);
}

#[test]
fn a_translation_of_endless_length_is_refused_by_line() {
    let (_app, planner) = half_translated();
    let sheet = format!(
        "key,en,es\nvision 1,Every child arrives.,{}\n",
        "a".repeat(5_001)
    );
    let refused = planner
        .post(SPANISH, &[("sheet", &sheet)])
        .expect(422)
        .text();
    assert!(refused.contains("more than 5000 characters"), "{refused}");
}

#[test]
fn a_corrected_statement_in_a_plan_file_replaces_the_one_that_was_there() {
    let (app, _planner) = half_translated();
    let imported = import_plan(
        &app,
        r#"
[[statements]]
kind = "principles"
text = { en = "We tell everyone." }

[[statements]]
kind = "principles"
text = { en = "We listen." }

[[statements]]
kind = "principles"
text = { en = "We keep our word." }
"#,
    );
    assert_eq!((imported.added, imported.changed, imported.kept), (1, 1, 1));
    let principles = saved_statements(&app)
        .into_iter()
        .filter(|statement| statement.kind == StatementKind::Principles);
    let principles: Vec<String> = principles
        .map(|statement| statement.text.get("en").0.to_owned())
        .collect();
    assert_eq!(
        principles,
        ["We tell everyone.", "We listen.", "We keep our word."]
    );
}

#[test]
fn an_empty_plan_file_is_refused() {
    let error = PlanFile::parse("# nothing yet\n").unwrap_err().to_string();
    assert_eq!(error, "the file has no stages, statements, or goals");
}

fn import_plan(app: &TestApp, file: &str) -> plan::ImportedPlan {
    let (actor, file) = (app.operator(), PlanFile::parse(file).unwrap());
    app.write(move |db| {
        let round = chorus::district::round_by_slug(db, "vision-2031")?;
        plan::import(db, &actor, &round.id, &file)
    })
}
