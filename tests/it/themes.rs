//! Themes at the desk: what a rule matches, codebook versions, and two planners editing the same rule.

use chorus::accounts::Role;
use chorus::schema::codebooks;
use chorus::themes::Codebook;
use diesel::prelude::*;

use crate::support::{Browser, CODEBOOK, DESK, Reply, Said, TestApp, listen, queries, said};

const BUSES: &str = "/desk/rounds/vision-2031/themes/buses";
const RULE: &str = "form.panel";

/// Families, staff, and a table with comments about buses and teaching.
fn heard() -> TestApp {
    let app = TestApp::asking();
    app.hear(&[
        said(
            4,
            "families",
            "The bus is late, and the pick-up line is long",
        ),
        Said {
            people: 3,
            group: "staff",
            better: "More buses",
            best: "Our music teacher",
        },
        said(2, "staff", "Substitute teachers, please"),
        said(1, "", "Warmer rooms"),
        said(1, "", "none"),
    ]);
    app.hear_tables(
        "[[tables]]\nnumber = 1\npresent = 6\n[[tables.notes]]\nprompt = \"missing\"\ntext = \"A bus at night\"\nspeaks_for = 4\nlanguage = \"en\"\n",
    );
    app
}

fn themes(planner: &Browser) -> Reply {
    planner.get(&format!("{DESK}/themes")).expect(200)
}

/// The cells of a theme's row, starting with its voices.
fn line(page: &Reply, theme: &str) -> Vec<String> {
    let rows = page.texts("table.bars tbody tr");
    let at = rows.iter().position(|row| row.contains(theme)).unwrap();
    page.texts(&format!("table.bars tbody tr:nth-child({}) td", at + 1))
}

fn versions(app: &TestApp) -> Vec<i32> {
    app.read(|db| {
        let versions = codebooks::table.order(codebooks::version);
        Ok(versions.select(codebooks::version).load(db)?)
    })
}

fn latest(app: &TestApp) -> Codebook {
    app.read(|db| {
        let round = chorus::district::round_by_slug(db, "vision-2031")?;
        let saved = chorus::themes::latest_codebook(db, &round.id)?;
        Ok(saved.unwrap().document.0)
    })
}

fn terms(app: &TestApp, theme: &str) -> Vec<String> {
    latest(app).theme(theme).unwrap().rules["en"].any.clone()
}

#[test]
fn people_count_once_in_a_theme_and_are_split_by_what_the_question_asks_about() {
    let app = heard();
    let page = themes(&app.planner_with_codebook());
    // Strengths, then needs. The three staff members answered both questions.
    let heads = page.texts("table.bars thead th");
    assert_eq!(heads[2..4], ["Strengths", "Needs"]);
    // By hand: 4 + 3 people of the 11 who wrote. Tables are listed separately.
    let buses = line(&page, "Buses");
    assert!(buses[0].starts_with("7 of 11 64%"), "{buses:?}");
    assert_eq!(buses[1..], ["0", "7", "8", "at least 4 people at 1 table"]);
    // "Substitute" excludes comments; arts is a subtheme of teaching and counts there.
    assert_eq!(line(&page, "Teaching")[1..], ["3", "0", "3", "none"]);
    assert_eq!(line(&page, "Arts")[1..], ["3", "0", "3", "none"]);
    // 8 comments about buses and 3 about teaching, of 14 that say something; "none" says nothing.
    assert_eq!(
        page.texts("h1"),
        ["79% of 14 comments have at least one theme"]
    );
    assert!(
        page.text()
            .contains("3 comments have no theme; 1 more say nothing")
    );
}

#[test]
fn every_number_of_a_theme_links_to_its_comments() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let page = themes(&planner);
    for (link, words) in page
        .attributes("td.number a", "href")
        .iter()
        .zip(page.texts("td.number a"))
    {
        let title = planner.get(link).expect(200).texts("h1").remove(0);
        // A question's counts are people, a table's notes are tables, and everything else is comments.
        let says = if link.contains("&intent=") {
            title.contains(&format!(" from {words} voice"))
        } else if link.contains("&source=note") {
            words == "at least 4 people at 1 table" && title.starts_with("1 comment ")
        } else {
            title.starts_with(&format!("{words} comments"))
        };
        assert!(says, "{words} leads to {title} at {link}");
    }
    let theme = planner.get(BUSES).expect(200);
    let parts = theme.attributes("dl.tally dd a", "href");
    assert_eq!(
        parts,
        [
            "/desk/rounds/vision-2031/comments?&theme=buses",
            "/desk/rounds/vision-2031/themes/buses?intent=need"
        ]
    );
    assert_eq!(planner.get(&parts[1]).texts("dl.tally dd")[1], "8");
}

#[test]
fn words_matched_by_a_rule_are_highlighted() {
    let app = TestApp::asking();
    app.hear_rows(&[
        [
            "",
            "families",
            "en",
            "Buses and the picking up, busy as it is",
            "",
            "",
        ],
        ["", "families", "es", "El autobús llega tarde", "", ""],
    ]);
    let planner = app.planner_with_codebook();
    let page = planner.get(BUSES).expect(200);
    let mut marked = page.texts(".ledger mark");
    marked.sort_unstable();
    // "pick up*" is a phrase: the first word matches by its stem, the second by its first letters.
    assert_eq!(marked, ["Buses", "autobús", "picking up"]);
    assert_eq!(page.attributes(".ledger .voice[lang='es']", "dir"), ["ltr"]);
}

#[test]
fn saving_a_rule_makes_a_version_and_shows_its_counts() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let saved = planner
        .fill(BUSES, RULE, &[("any.en", "bus\nbuses\nrooms")])
        .expect(303);
    let page = planner.get(saved.location()).expect(200);
    let news = page.texts(".news");
    // "pick up" matched nothing that "bus" didn't; the comment about warm rooms is new.
    assert_eq!(
        news,
        ["Saved as version 2. This rule matched 8 comments before and matches 9 now."]
    );
    assert_eq!(page.texts("dl.tally dd")[..2], ["8", "9"]);
    assert_eq!(versions(&app), [1, 2]);
    let codebook = planner.get(&format!("{DESK}/codebook")).expect(200);
    let rows = codebook.texts("table tbody tr");
    assert!(
        rows[0].starts_with("2 first version 3 Ana Reyes"),
        "{rows:?}"
    );
    assert_eq!(rows.len(), 2);
}

#[test]
fn a_theme_says_what_it_includes_and_what_it_is_part_of() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let words = [
        ("include", "Waiting at the stop"),
        ("exclude", " "),
        ("example", "It never comes."),
        ("parent", "teaching"),
    ];
    planner.fill(BUSES, RULE, &words).expect(303);
    let codebook = latest(&app);
    let buses = codebook.theme("buses").unwrap();
    assert_eq!(buses.include.as_deref(), Some("Waiting at the stop"));
    assert_eq!(
        (buses.exclude.as_deref(), buses.parent.as_deref()),
        (None, Some("teaching"))
    );
    let typed = planner.get(BUSES).expect(200).form(RULE);
    assert!(typed.contains(&("example".to_owned(), "It never comes.".to_owned())));
    assert!(typed.contains(&("parent".to_owned(), "teaching".to_owned())));
    // By hand: 3 comments of its own, and the 8 about buses.
    assert_eq!(line(&themes(&planner), "Teaching")[3], "11");
    let around = planner
        .fill(
            &format!("{DESK}/themes/teaching"),
            RULE,
            &[("parent", "arts")],
        )
        .expect(422);
    assert!(
        around.text().contains("it is its own parent"),
        "{}",
        around.text()
    );
}

#[test]
fn trying_a_rule_counts_it_without_saving_it() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let typed = [("any.en", "bus\nbuses\nrooms"), ("_try", "1")];
    let page = planner.fill(BUSES, RULE, &typed).expect(200);
    assert_eq!(
        page.texts(".news"),
        ["Tried, not saved. This rule matched 8 comments before and would match 9."]
    );
    assert_eq!(versions(&app), [1]);
    let kept = page.form(RULE);
    assert!(kept.contains(&("any.en".to_owned(), "bus\nbuses\nrooms".to_owned())));
    // Saving the tried rule saves it.
    planner.send_form(BUSES, &page, RULE, &[]).expect(303);
    assert_eq!(terms(&app, "buses"), ["bus", "buses", "rooms"]);
}

#[test]
fn trying_a_rule_reads_the_round_and_codebook_once_and_the_words_page_reads_no_text() {
    listen();
    let app = heard();
    let planner = app.planner_with_codebook();
    let page = planner.get(BUSES).expect(200);
    // How many queries so far contain all of these words.
    let count = |words: &[&str]| {
        let all = queries(&app).into_iter();
        let plain = all.map(|query| query.replace(['`', '"'], ""));
        plain
            .filter(|query| words.iter().all(|word| query.contains(word)))
            .count()
    };
    let codebooks = ["FROM codebooks"];
    let by_address = ["FROM rounds", "binds: [vision-2031"];
    let of_texts = ["comments.text", "FROM comments"];
    let before = (count(&codebooks), count(&by_address));
    assert!(before.0 > 0 && before.1 > 0 && count(&of_texts) > 0);
    let typed = [("any.en", "bus\nbuses\nrooms"), ("_try", "1")];
    planner.send_form(BUSES, &page, RULE, &typed).expect(200);
    assert_eq!(count(&codebooks) - before.0, 1);
    assert_eq!(count(&by_address) - before.1, 1);
    // The theme's page, opened earlier, read the texts that it shows.
    let before = (count(&codebooks), count(&of_texts));
    let words = planner.get(&format!("{DESK}/keywords")).expect(200);
    assert!(words.text().contains("bus"), "{}", words.text());
    assert_eq!(count(&codebooks) - before.0, 1);
    assert_eq!(count(&of_texts) - before.1, 0);
}

#[test]
fn an_unreadable_term_is_shown_with_its_position_and_nothing_is_saved() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let again = planner
        .fill(BUSES, RULE, &[("any.en", "bus\npick up")])
        .expect(422);
    assert!(
        again.text().contains("term pick up (en): at position 5"),
        "{}",
        again.text()
    );
    assert!(
        again
            .form(RULE)
            .contains(&("any.en".to_owned(), "bus\npick up".to_owned()))
    );
    assert_eq!(versions(&app), [1]);
    let again = planner.fill(BUSES, RULE, &[("name", "")]);
    assert_eq!(
        again.expect(303).header("location"),
        Some("/desk/rounds/vision-2031/themes/buses?saved=2")
    );
    assert_eq!(
        latest(&app).theme("buses").unwrap().name.get("en"),
        ("Autobuses", "es")
    );
}

#[test]
fn saving_the_same_rule_again_does_not_make_a_version() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let saved = planner.fill(BUSES, RULE, &[]).expect(303);
    assert!(
        planner
            .get(saved.location())
            .text()
            .contains("Nothing changed, so there’s no new version.")
    );
    assert_eq!(
        (versions(&app), app.times_done("codebook.saved")),
        (vec![1], 1)
    );
}

#[test]
fn two_planners_editing_one_theme_are_warned_before_overwriting_each_other() {
    let app = heard();
    let (ana, ben) = (app.planner_with_codebook(), app.sign_in_as(Role::Planner));
    let open_at_ben_s = ben.get(BUSES).expect(200);
    ana.fill(
        BUSES,
        RULE,
        &[
            ("any.en", "bus\nbuses\nroute*"),
            ("definition", "Routes too."),
        ],
    )
    .expect(303);
    let mine = [("any.en", "bus\nbuses\ndriver")];
    let told = ben
        .send_form(BUSES, &open_at_ben_s, RULE, &mine)
        .expect(422);
    assert_eq!(terms(&app, "buses"), ["bus", "buses", "route*"]);
    let summary = told.texts(".summary").remove(0);
    assert!(
        summary.contains("Ana Reyes changed this theme in version 2"),
        "{summary}"
    );
    assert!(summary.contains("Added: route*.") && summary.contains("Removed: \"pick up*\"."));
    assert!(
        summary.contains("The name or the definition changed too."),
        "{summary}"
    );
    assert!(
        told.form(RULE)
            .contains(&("any.en".to_owned(), "bus\nbuses\ndriver".to_owned()))
    );
    // After the warning, Ben may replace the other version with his.
    ben.send_form(BUSES, &told, RULE, &[]).expect(303);
    assert_eq!(
        (terms(&app, "buses"), versions(&app)),
        (
            ["bus", "buses", "driver"].map(str::to_owned).to_vec(),
            vec![1, 2, 3]
        )
    );
}

#[test]
fn an_error_in_between_does_not_hide_what_someone_else_saved() {
    let app = heard();
    let (ana, ben) = (app.planner_with_codebook(), app.sign_in_as(Role::Planner));
    let open_at_ben_s = ben.get(BUSES).expect(200);
    let faulty = ben
        .send_form(BUSES, &open_at_ben_s, RULE, &[("any.en", "b*s")])
        .expect(422);
    ana.fill(BUSES, RULE, &[("any.en", "bus\nbuses\nroute*")])
        .expect(303);
    let tried = ben.send_form(
        BUSES,
        &faulty,
        RULE,
        &[("any.en", "bus\nbuses\ndriver"), ("_try", "1")],
    );
    ben.send_form(BUSES, &tried.expect(200), RULE, &[])
        .expect(422);
    assert_eq!(terms(&app, "buses"), ["bus", "buses", "route*"]);
}

#[test]
fn planners_editing_two_themes_at_the_same_moment_keep_both_changes() {
    let app = heard();
    let (ana, ben) = (app.planner_with_codebook(), app.sign_in_as(Role::Planner));
    let teaching = format!("{DESK}/themes/teaching");
    for round in 1..=5 {
        let (of_ana, of_ben) = (ana.get(BUSES).expect(200), ben.get(&teaching).expect(200));
        let (buses, teachers) = (
            format!("bus\nroute{}", "x".repeat(round)),
            format!("teacher\nclass{}", "x".repeat(round)),
        );
        std::thread::scope(|scope| {
            let one = scope.spawn(|| {
                ana.send_form(BUSES, &of_ana, RULE, &[("any.en", &buses)])
                    .expect(303)
            });
            let two = scope.spawn(|| {
                ben.send_form(&teaching, &of_ben, RULE, &[("any.en", &teachers)])
                    .expect(303)
            });
            one.join().unwrap();
            two.join().unwrap();
        });
        assert_eq!(terms(&app, "buses").join("\n"), buses);
        assert_eq!(terms(&app, "teaching").join("\n"), teachers);
    }
    assert_eq!(versions(&app), (1..=11).collect::<Vec<_>>());
}

#[test]
fn saving_the_whole_codebook_also_warns_before_overwriting() {
    let app = heard();
    let (ana, ben) = (app.planner_with_codebook(), app.sign_in_as(Role::Planner));
    let path = format!("{DESK}/codebook");
    let open_at_ben_s = ben.get(&path).expect(200);
    ana.fill(BUSES, RULE, &[("any.en", "bus\nbuses\nroute*")])
        .expect(303);
    let faulty = ben
        .send_form(
            &path,
            &open_at_ben_s,
            "main form",
            &[("toml", "themes = 1")],
        )
        .expect(422);
    assert!(faulty.text().contains("The codebook has errors"));
    let mine = CODEBOOK.replace("Arts", "Art");
    let told = ben
        .send_form(&path, &faulty, "main form", &[("toml", &mine)])
        .expect(422);
    assert!(
        told.text()
            .contains("Ana Reyes saved version 2 after you opened this page.")
    );
    assert_eq!(terms(&app, "buses"), ["bus", "buses", "route*"]);
    ben.send_form(&path, &told, "main form", &[]).expect(303);
    assert_eq!(latest(&app), Codebook::parse(&mine).unwrap().0);
    let taken = ben.get(&format!("{DESK}/codebook.toml")).expect(200);
    assert_eq!(Codebook::parse(taken.body()).unwrap().0, latest(&app));
}

#[test]
fn words_are_counted_by_group() {
    let app = heard();
    let planner = app.sign_in_as(Role::Planner);
    let page = planner.get(&format!("{DESK}/keywords")).expect(200);
    let heads = page.texts("table thead th");
    assert_eq!(heads[3..], ["Families 4 voices", "School staff 5 voices"]);
    let rows = page.texts("table tbody tr");
    let starting = |word: &str| rows.iter().find(|row| row.starts_with(word)).unwrap();
    // By hand: "teacher" three times and "teachers" twice, all from staff. Table notes don't count as voices.
    assert_eq!(
        starting("teacher"),
        "teacher teacher 3, teachers 2 5 5 0 of 4 0% 5 of 5 100%"
    );
    assert_eq!(starting("bus "), "bus bus 4 4 4 4 of 4 100% 0 of 5 0%");
    assert_eq!(
        page.texts("h1"),
        ["People mention teacher, bus, and late most"]
    );
}
