//! School names in each language: shared, from the translation sheet, and in the district's file.

use super::*;

const ASKS_FOR_THE_SCHOOL: &str = r#"
slug = "where"
languages = ["en", "es", "ar"]
unit = "person"
title = { en = "Your school", es = "Su escuela", ar = "مدرستك" }

[[items]]
key = "school"
kind = "school"
required = true
label = { en = "Which school?", es = "¿Qué escuela?", ar = "أي مدرسة؟" }
"#;

/// Riverside's schools with their Arabic names. One keeps its English name.
const SCHOOLS: [(&str, &str, &str); 8] = [
    ("oak", "Oak Elementary", "مدرسة أوك الابتدائية"),
    ("maple-hill", "Maple Hill Elementary", "مدرسة مابل هيل"),
    ("lakeview", "Lakeview Elementary", "مدرسة ليكفيو"),
    ("prairie-bend", "Prairie Bend School", "مدرسة بريري بند"),
    ("cottonwood", "Cottonwood Middle", "مدرسة كوتنوود"),
    ("north-fork", "North Fork Middle", "مدرسة نورث فورك"),
    ("riverside-high", "Riverside High", "ثانوية ريفرسايد"),
    ("bluestem-high", "Bluestem High", "Bluestem High"),
];

const WHERE: &str = "/desk/surveys/where";

/// What a survey's page lists as missing.
fn missing(planner: &Browser) -> Vec<String> {
    let page = planner.get(WHERE).expect(200);
    page.texts("section[aria-labelledby=languages] li")
}

#[test]
fn a_shared_school_name_works_in_english_and_spanish_but_arabic_needs_its_own() {
    let app = drafted(&named_in_arabic(), ASKS_FOR_THE_SCHOOL);
    let planner = app.sign_in_as(Role::Planner);
    let keys = SCHOOLS.map(|(key, ..)| format!("district: school {key}"));
    assert_eq!(missing(&planner), keys);
    let refused = planner.get(&format!("{WHERE}/publish")).expect(200).text();
    assert!(refused.contains("district: school oak"), "{refused}");
    // Until then, an Arabic page marks the names as Latin script.
    let preview = planner.get(&format!("{WHERE}/preview?lang=ar")).expect(200);
    let latin = preview.texts("[lang=und-Latn][dir=ltr]");
    assert_eq!(latin, SCHOOLS.map(|(_, name, _)| name));

    // The Spanish sheet has every name. Importing it unchanged saves no translations.
    let sheet = planner.get(&format!("{WHERE}/languages/es/sheet.csv"));
    let sheet = sheet.expect(200).body().to_owned();
    for (key, name, _) in SCHOOLS {
        let row = format!("district: school {key},{name},{name},,{name}\n");
        assert!(sheet.contains(&row), "{sheet}");
    }
    planner
        .post(&format!("{WHERE}/languages/es"), &[("sheet", &sheet)])
        .expect(303);
    assert_eq!(app.times_done("district.translated"), 0);

    let sheet = planner.get(&format!("{WHERE}/languages/ar/sheet.csv"));
    let mut sheet = sheet.expect(200).body().to_owned();
    for (key, name, arabic) in SCHOOLS {
        let row = format!("district: school {key},{name},");
        assert!(sheet.contains(&format!("{row},missing")), "{sheet}");
        sheet = sheet.replace(&row, &format!("{row}{arabic}"));
    }
    planner
        .post(&format!("{WHERE}/languages/ar"), &[("sheet", &sheet)])
        .expect(303);
    assert_eq!(missing(&planner), Vec::<String>::new());
    assert_eq!(app.times_done("district.translated"), 1);
}

#[test]
fn families_see_school_names_in_their_language_and_importing_the_file_keeps_them() {
    let app = drafted(&named_in_arabic(), ASKS_FOR_THE_SCHOOL);
    let planner = app.sign_in_as(Role::Planner);
    let rows = SCHOOLS.map(|(key, name, arabic)| format!("district: school {key},{name},{arabic}"));
    let arabic = format!("key,en,ar\n{}\n", rows.join("\n"));
    let spanish =
        "key,en,es\ndistrict: school riverside-high,Riverside High,Preparatoria Riverside\n";
    for (tag, sheet) in [("ar", arabic.as_str()), ("es", spanish)] {
        planner
            .post(&format!("{WHERE}/languages/{tag}"), &[("sheet", sheet)])
            .expect(303);
    }
    publish(&planner, "where");
    let reviewer = [("reviewer", "Samira Haddad")];
    planner.post("/desk/languages/ar/on", &reviewer).expect(303);

    // The district's file has one name per school. Importing it again keeps the translations from the sheet.
    for _ in 0..2 {
        let asked = |tag: &str| app.get(&format!("/s/where?lang={tag}")).expect(200).text();
        let (english, spanish, arabic) = (asked("en"), asked("es"), asked("ar"));
        for (_, name, translation) in SCHOOLS {
            assert!(english.contains(name), "{english}");
            assert!(arabic.contains(translation), "{arabic}");
            let own = name == "Riverside High";
            let name = if own { "Preparatoria Riverside" } else { name };
            assert!(spanish.contains(name), "{spanish}");
        }
        assert!(!arabic.contains("Oak") && !spanish.contains("Riverside High"));
        import(&app, &named_in_arabic());
    }

    let phone = arabic_phone(&app);
    let sent = phone.post("/s/where?lang=ar", &[("school", "oak")]);
    let thanks = phone.get(sent.expect(303).location());
    let receipt = thanks.texts(".receipt").remove(0);
    let received = phone.post("/r", &[("code", receipt.as_str())]).expect(200);
    assert!(
        received.text().contains("مدرسة أوك الابتدائية"),
        "{}",
        received.text()
    );
    let results = planner.get(&format!("{WHERE}/results")).expect(200).text();
    assert!(results.contains("Oak Elementary"), "{results}");

    // A renamed school needs its translations again.
    import(
        &app,
        &named_in_arabic().replace("\"Oak Elementary\"", "\"Oak Academy\""),
    );
    assert_eq!(missing(&planner), ["district: school oak"]);
}

#[test]
fn a_school_named_per_language_is_missing_in_languages_without_a_name() {
    let each = "{ en = \"Oak Elementary\", ar = \"مدرسة أوك\" }";
    let shared = "{ und-Latn = \"Maple Hill\", ar = \"مدرسة مابل هيل\" }";
    let file = named_in_arabic()
        .replace("\"Oak Elementary\"", each)
        .replace("\"Maple Hill Elementary\"", shared);
    let app = drafted(&file, ASKS_FOR_THE_SCHOOL);
    let planner = app.sign_in_as(Role::Planner);
    let gaps = app.read(|db| {
        let document = surveys::by_slug(db, "where")?.document.0;
        let given = surveys::DistrictText::of(&document, &surveys::places(db)?);
        Ok(document.missing_with(&given))
    });
    let arabic = SCHOOLS[2..]
        .iter()
        .map(|(key, ..)| format!("district: school {key}"));
    let expected = [
        ("es".to_owned(), vec!["district: school oak".to_owned()]),
        ("ar".to_owned(), arabic.collect()),
    ];
    assert_eq!(gaps, expected);
    let page = planner.get(&format!("{WHERE}/preview?lang=es")).expect(200);
    assert_eq!(page.texts("label [lang=en]"), ["Oak Elementary"]);
    assert!(page.text().contains("Maple Hill"), "{}", page.text());
}

#[test]
fn a_sheet_with_an_old_name_of_a_school_is_refused() {
    let app = drafted(&named_in_arabic(), ASKS_FOR_THE_SCHOOL);
    let planner = app.sign_in_as(Role::Planner);
    import(
        &app,
        &named_in_arabic().replace("\"Oak Elementary\"", "\"Oak Academy\""),
    );
    let old = "key,en,ar\ndistrict: school oak,Oak Elementary,مدرسة أوك\n";
    let refused = planner.post(&format!("{WHERE}/languages/ar"), &[("sheet", old)]);
    let refused = refused.expect(422).text();
    assert!(
        refused.contains("Line 2: the original of “district: school oak” has changed"),
        "{refused}"
    );
}
