//! Languages: a machine draft stays off until someone has reviewed it, and translations are exported and imported as
//! sheets.

mod schools;

use chorus::accounts::Role;
use chorus::district::{self, DistrictFile};
use chorus::schema::audit;
use chorus::surveys;
use diesel::prelude::*;

use crate::support::{Browser, TestApp, fixture};

const SURVEY: &str = r#"
slug = "family"
languages = ["en", "ar"]
unit = "person"
title = { en = "What matters?", ar = "ما المهم؟" }

[[items]]
key = "best"
kind = "text"
intent = "strength"
label = { en = "What is good?", ar = "ما الجيد؟" }
"#;

/// Riverside's file with Arabic added to its languages.
fn with_arabic() -> String {
    fixture("riverside/district.toml").replace("[\"en\", \"es\"]", "[\"en\", \"es\", \"ar\"]")
}

/// Riverside's file with Arabic, and the district's name and notice in it.
fn named_in_arabic() -> String {
    let named = [
        (
            "Escuelas Unificadas de Riverside\"",
            "مدارس ريفرسايد الموحدة",
        ),
        (
            "no aparece ninguna persona real.\"",
            "ريفرسايد منطقة خيالية.",
        ),
    ];
    named.iter().fold(with_arabic(), |text, (spanish, arabic)| {
        text.replace(spanish, &format!("{spanish}, ar = \"{arabic}\""))
    })
}

/// Riverside with Arabic, and a survey that's open in English and Arabic.
fn app() -> TestApp {
    let app = TestApp::start();
    let file = DistrictFile::parse(&named_in_arabic()).unwrap();
    let (actor, document) = (app.operator(), surveys::parse_document(SURVEY).unwrap());
    app.write(move |db| {
        district::import(db, &actor, &file)?;
        let round = district::round_by_slug(db, "vision-2031")?;
        let survey = surveys::import_document(db, &actor, &round.id, &document)?;
        surveys::publish(db, &actor, &survey)
    });
    app
}

fn arabic_phone(app: &TestApp) -> Browser {
    app.browser().in_language("ar,en;q=0.5")
}

fn document(app: &TestApp) -> surveys::Document {
    app.read(|db| Ok(surveys::by_slug(db, "family")?.document.0))
}

#[test]
fn a_machine_draft_stays_off_until_a_planner_names_its_reviewer() {
    let app = app();
    let phone = arabic_phone(&app);
    let before = phone.get("/s/family").expect(200);
    assert_eq!(before.attributes("html", "lang"), ["en"]);
    assert!(before.texts("nav.languages a").is_empty());

    let planner = app.sign_in_as(Role::Planner);
    let page = planner.get("/desk/languages").expect(200).text();
    assert!(
        page.contains("العربية") && page.contains("machine translation"),
        "{page}"
    );
    let nameless = planner.post("/desk/languages/ar/on", &[("reviewer", " ")]);
    assert!(
        nameless
            .expect(422)
            .text()
            .contains("Enter who reviewed it")
    );
    assert_eq!(phone.get("/s/family").attributes("html", "lang"), ["en"]);

    let named = [("reviewer", "Samira Haddad")];
    planner.post("/desk/languages/ar/on", &named).expect(303);
    let page = planner.get("/desk/languages").text();
    assert!(
        page.contains("Reviewed by Samira Haddad. Turned on by Ana Reyes"),
        "{page}"
    );

    let after = phone.get("/s/family").expect(200);
    assert_eq!(after.attributes("html", "lang"), ["ar"]);
    assert_eq!(after.attributes("html", "dir"), ["rtl"]);
    assert_eq!(after.texts("nav.languages a"), ["English", "العربية"]);
    assert!(after.text().contains("إرسال إجاباتي"), "{}", after.text());

    planner.post("/desk/languages/ar/off", &[]).expect(303);
    assert_eq!(phone.get("/s/family").attributes("html", "lang"), ["en"]);
    let done: Vec<(String, String)> = app.read(|db| {
        let lines = audit::table
            .filter(audit::subject.eq("language"))
            .order(audit::action.desc())
            .select((audit::action, audit::subject_id));
        Ok(lines.load(db)?)
    });
    let line = |action: &str| (action.to_owned(), "ar".to_owned());
    assert_eq!(
        done,
        [line("language.turned-on"), line("language.turned-off")]
    );
}

#[test]
fn a_language_for_the_answering_pages_covers_form_thanks_and_receipt_only() {
    let app = app();
    let planner = app.sign_in_as(Role::Planner);
    let named = [("reviewer", "Samira Haddad")];
    planner.post("/desk/languages/ar/on", &named).expect(303);
    let phone = arabic_phone(&app);
    let sent = phone.post("/s/family?lang=ar", &[("best", "المعلمون")]);
    let thanks = phone.get(sent.expect(303).location());
    assert!(thanks.text().contains("شكرًا لك"), "{}", thanks.text());
    assert_eq!(phone.get("/r").attributes("html", "dir"), ["rtl"]);
    let receipt = thanks.texts(".receipt").remove(0);
    let received = phone.post("/r", &[("code", receipt.as_str())]).expect(200);
    let text = received.text();
    assert!(text.contains("المعلمون"), "{text}");
    // October 5, 2026 is a Monday; the page shows it in Arabic.
    assert!(text.contains("الاثنين") && text.contains("أكتوبر"), "{text}");
    let heard = phone.get("/");
    assert_eq!(
        heard.attributes("html", "lang"),
        ["en"],
        "the site itself is not in Arabic"
    );
    assert!(
        !heard
            .texts("nav.languages a")
            .contains(&"العربية".to_owned())
    );
}

#[test]
fn only_planners_turn_languages_on_and_only_machine_drafts_can_be_turned_on() {
    let app = app();
    let named = [("reviewer", "Samira Haddad")];
    let viewer = app.sign_in_as(Role::Viewer);
    viewer.get("/desk/languages").expect(200);
    viewer.post("/desk/languages/ar/on", &named).expect(403);
    let planner = app.sign_in_as(Role::Planner);
    planner.post("/desk/languages/es/on", &named).expect(404);
    planner.post("/desk/languages/vi/on", &named).expect(404);
    let words = planner.get("/desk/languages/ar/words.txt").expect(200);
    assert!(words.body().contains("send-answer = إرسال إجاباتي"));
}

const SPANISH: &str = "/desk/surveys/family/languages/es";

#[test]
fn a_translation_is_exported_as_a_sheet_imported_again_and_shown_once_published() {
    let app = app();
    let planner = app.sign_in_as(Role::Planner);
    let sheet = planner.get(&format!("{SPANISH}/sheet.csv")).expect(200);
    let expected = "\u{feff}key,en,es,state,downloaded\ntitle,What matters?,,missing,\nbest: question,What is good?,,missing,\n\
        district: name,Riverside Unified Schools,Escuelas Unificadas de Riverside,,Escuelas Unificadas de Riverside\ndistrict: notice,";
    assert!(sheet.body().starts_with(expected), "{}", sheet.body());
    // Tab-separated, as pasted from a spreadsheet.
    let back = "key\ten\tes\tstate\r\ntitle\tWhat matters?\t¿Qué importa?\t\r\nbest: question\tWhat is good?\t¿Qué va bien?\t\r\n";
    planner.post(SPANISH, &[("sheet", back)]).expect(303);
    assert_eq!(
        app.get("/s/family?lang=es").attributes("html", "lang"),
        ["en"]
    );
    publish(&planner, "family");
    let page = app.get("/s/family?lang=es").expect(200);
    assert_eq!(page.attributes("html", "lang"), ["es"]);
    assert!(page.text().contains("¿Qué va bien?"));
}

#[test]
fn a_sheet_with_changed_keys_or_lost_placeholders_is_refused_by_line_and_kept_as_pasted() {
    let app = app();
    let planner = app.sign_in_as(Role::Planner);
    let back = "key,en,es\nheading,What matters?,¿Qué importa?\nbest: question,What is good in {school}?,¿Qué va bien?\n";
    let refused = planner.post(SPANISH, &[("sheet", back)]).expect(422);
    let text = refused.text();
    assert!(
        text.contains("Line 2: the survey has no text with the key “heading”"),
        "{text}"
    );
    assert!(
        text.contains("Line 3: ") && text.contains("is missing {school}"),
        "{text}"
    );
    let kept = refused.form(&format!("form[action='{SPANISH}']"));
    assert!(kept.contains(&("sheet".to_owned(), back.to_owned())));
    assert_eq!(
        document(&app).languages,
        ["en", "ar"],
        "nothing was applied"
    );
    let nonsense = planner.post(SPANISH, &[("sheet", "¿Qué?")]).expect(422);
    assert!(
        nonsense.text().contains("there is no column “key”"),
        "{}",
        nonsense.text()
    );
}

#[test]
fn a_changed_sentence_marks_its_translation_stale_until_someone_confirms_it() {
    let app = app();
    let planner = app.sign_in_as(Role::Planner);
    let back = "key,en,es\ntitle,What mattered?,¿Qué importa?\nbest: question,What is good?,¿Qué va bien?\n";
    planner.post(SPANISH, &[("sheet", back)]).expect(303);
    assert_eq!(document(&app).stale_words("es"), ["title"]);
    assert!(
        planner
            .get("/desk/surveys/family")
            .text()
            .contains("The original has changed for 1 translation")
    );
    let fields = [("key", "title")];
    planner
        .post(&format!("{SPANISH}/still-right"), &fields)
        .expect(303);
    assert!(document(&app).stale_words("es").is_empty());
}

#[test]
fn a_machine_translated_survey_is_not_offered_until_its_reviewer_is_named() {
    let app = app();
    let planner = app.sign_in_as(Role::Planner);
    let back = "key,en,es\ntitle,What matters?,¿Qué importa?\nbest: question,What is good?,¿Qué va bien?\n";
    let fields = [("sheet", back), ("by_machine", "yes")];
    planner.post(SPANISH, &fields).expect(303);
    let publish = || {
        let actor = app.operator();
        app.write(move |db| {
            let survey = surveys::by_slug(db, "family")?;
            surveys::publish(db, &actor, &survey.id)
        });
    };
    publish();
    assert_eq!(
        app.get("/s/family?lang=es").attributes("html", "lang"),
        ["en"]
    );
    planner
        .post(&format!("{SPANISH}/read"), &[("reader", "")])
        .expect(422);
    let reader = [("reader", "Carmen Ortiz")];
    planner
        .post(&format!("{SPANISH}/read"), &reader)
        .expect(303);
    publish();
    assert_eq!(
        app.get("/s/family?lang=es").attributes("html", "lang"),
        ["es"]
    );
}

#[test]
fn the_command_line_exports_and_imports_a_translation_sheet() {
    let app = app();
    let place = app.place();
    let arguments = ["--survey", "family", "--language", "es"];
    let export = [&["export", "translation"], &arguments[..]].concat();
    let sheet = place.run(&export).expect_success().output;
    assert!(sheet.starts_with("key,en,es,state,downloaded\n"), "{sheet}");
    let file = place.folder().join("es.csv");
    let import = |text: String| {
        std::fs::write(&file, text).unwrap();
        let import = ["import", "translation", file.to_str().unwrap()];
        place.run(&[&import, &arguments[..]].concat())
    };
    let filled = sheet.replace("What matters?,,", "What matters?,¿Qué importa?,");
    let outcome = import(filled.clone()).expect_success();
    assert!(
        outcome.output.contains("1 text applied; 1 still missing"),
        "{}",
        outcome.output
    );
    let own = ["import", "translation", file.to_str().unwrap()];
    let own = place.run(&[&own, &["--survey", "family", "--language", "en"][..]].concat());
    assert!(
        own.expect_failure()
            .contains("the survey cannot be translated into “en”")
    );
    let wrong = import(filled.replace("title,", "heading,"));
    assert_eq!(wrong.code, Some(1));
    assert!(
        wrong.errors.contains("line 2: ") && wrong.errors.contains("heading"),
        "{}",
        wrong.errors
    );
}

/// Imports a district's file.
fn import(app: &TestApp, district: &str) {
    let (actor, file) = (app.operator(), DistrictFile::parse(district).unwrap());
    app.write(move |db| district::import(db, &actor, &file));
}

/// A district, and a survey as a draft.
fn drafted(district: &str, survey: &str) -> TestApp {
    let app = TestApp::start();
    import(&app, district);
    let (actor, document) = (app.operator(), surveys::parse_document(survey).unwrap());
    app.write(move |db| {
        let round = district::round_by_slug(db, "vision-2031")?;
        surveys::import_document(db, &actor, &round.id, &document)
    });
    app
}

/// Publishes a survey as its page does.
fn publish(planner: &Browser, survey: &str) {
    let here = format!("/desk/surveys/{survey}/publish");
    let form = planner.get(&here).expect(200).form("form.buttons");
    let fields: Vec<(&str, &str)> = form.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    planner.post(&here, &fields).expect(303);
}

const ASKS_FOR_THE_GROUP: &str = r#"
slug = "who"
languages = ["en", "ar"]
unit = "person"
title = { en = "Who are you?", ar = "من أنت؟" }

[[items]]
key = "group"
kind = "group"
required = true
only = ["families", "staff"]
label = { en = "Which group are you part of?", ar = "إلى أي مجموعة تنتمي؟" }
"#;

#[test]
fn a_language_is_complete_once_it_has_the_district_s_own_words_too_and_the_sheet_asks_for_them() {
    let app = drafted(&with_arabic(), ASKS_FOR_THE_GROUP);
    let planner = app.sign_in_as(Role::Planner);
    let here = "/desk/surveys/who/languages/ar";
    let text = planner.get("/desk/surveys/who/publish").expect(200).text();
    assert!(text.contains("district: group families"), "{text}");
    assert_eq!(
        planner
            .get("/desk/surveys/who")
            .texts("section[aria-labelledby=languages] li")
            .len(),
        4
    );

    let sheet = planner.get(&format!("{here}/sheet.csv")).expect(200);
    let sheet = sheet.body();
    for row in [
        "district: name,Riverside Unified Schools,,missing",
        "district: group families,Families,,missing",
        "district: group staff,School staff,,missing",
    ] {
        assert!(sheet.contains(row), "{sheet}");
    }
    assert!(
        !sheet.contains("group students"),
        "the question does not offer them"
    );

    let back = "key,en,ar\ndistrict: name,Riverside Unified Schools,مدارس ريفرسايد الموحدة\n\
        district: notice,\"Riverside is a made-up district. Its schools, people, and answers were written as an example. \
        Nobody here is real.\",ريفرسايد منطقة خيالية.\n\
        district: group families,Families,العائلات\ndistrict: group staff,School staff,موظفو المدارس\n";
    planner.post(here, &[("sheet", back)]).expect(303);
    let (groups, translated) = app.read(|db| {
        let lines = audit::table.filter(audit::action.eq("district.translated"));
        Ok((district::groups(db)?, lines.count().get_result::<i64>(db)?))
    });
    let named = |key: &str| {
        let group = groups.iter().find(|group| group.key == key).unwrap();
        group.name.0.0.get("ar").cloned()
    };
    assert_eq!(named("families").as_deref(), Some("العائلات"));
    assert_eq!(named("students"), None);
    assert_eq!(translated, 1);

    publish(&planner, "who");
    let reviewer = [("reviewer", "Samira Haddad")];
    planner.post("/desk/languages/ar/on", &reviewer).expect(303);
    let asked = arabic_phone(&app).get("/s/who").expect(200).text();
    assert!(
        asked.contains("العائلات") && asked.contains("موظفو المدارس"),
        "{asked}"
    );
    assert!(asked.contains("مدارس ريفرسايد الموحدة"), "{asked}");
}
