//! What a receipt says about where the comments went. It uses only what's published.

use chorus::accounts::{Role, Scope};
use chorus::audit::Actor;
use chorus::db::Json;
use chorus::editions::{self, Audience, EditionId};
use chorus::localized::LocalizedText;
use chorus::priorities::{self, Outcome, Priority, PriorityId};
use chorus::themes::{self, parse_codebook};
use chorus::{district, voices};

use super::*;

const CODEBOOK: &str = r#"
note = "First"
[[themes]]
key = "moving"
name = { en = "Getting around", es = "Movilidad" }
definition = { en = "How children get to school." }
[themes.rules.en]
any = ["street"]
[[themes]]
key = "buses"
parent = "moving"
name = { en = "Buses", es = "Autobuses" }
definition = { en = "School buses." }
[themes.rules.en]
any = ["bus"]
none = ['"bus stop"']
[themes.rules.es]
any = ["camión"]
[[themes]]
key = "meals"
name = { en = "Meals", es = "Comida" }
definition = { en = "What there is to eat." }
[themes.rules.en]
any = ["lunch"]
"#;

/// Adds a codebook, the reason for an outcome on buses, and a priority that includes buses.
fn decide(app: &TestApp) {
    let (actor, codebook) = (app.operator(), parse_codebook(CODEBOOK).unwrap());
    app.write(move |db| {
        let round = district::round_by_slug(db, "vision-2031")?.id;
        themes::save_codebook(db, &actor, &round, &codebook)?;
        let reason = LocalizedText::one("en", "New drivers start in May.");
        priorities::save_outcome(db, &actor, &round, "buses", Outcome::Priority, &reason)?;
        let priority = Priority {
            id: PriorityId::new(),
            round_id: round,
            key: "safe-way".to_owned(),
            title: Json(LocalizedText::one(
                "en",
                "Getting to school safely and on time",
            )),
            themes: Json(vec!["buses".to_owned()]),
            why: Json(LocalizedText::default()),
            position: 1,
        };
        priorities::save_priority(db, &actor, &priority)?;
        Ok(())
    });
}

/// Publishes what there is without checking that it's complete; returns the snapshot's id.
fn publish_round(app: &TestApp) -> EditionId {
    let actor = Actor {
        account: Some(app.add_account(
            &format!("{}@riverside.example", chorus::accounts::AccountId::new()),
            Role::Planner,
            Scope::District,
        )),
        at: app.now(),
    };
    let (round, snapshot) = app.read(|db| {
        let round = district::round_by_slug(db, "vision-2031")?;
        let snapshot = app.live().view(db, |index, db| {
            let material = voices::gather(index, db, "Ana Ruiz", actor.at, &round)?;
            Ok(voices::build(&material))
        })?;
        Ok((round.id, snapshot))
    });
    app.write(move |db| {
        editions::insert(
            db,
            &actor,
            &round,
            Audience::Public,
            EditionId::new(),
            &snapshot,
        )
    })
}

fn answered(app: &TestApp, best: &str, better: &str) -> String {
    let phone = app.phone("family");
    let fields = [("change", "buses"), ("best", best), ("better", better)];
    let sent = phone.post("/s/family", &fields).expect(303);
    receipt(&phone, &sent)
}

fn opened(app: &TestApp, code: &str) -> Reply {
    app.post("/r", &[("code", code)]).expect(200)
}

#[test]
fn before_anything_is_published_the_receipt_says_so() {
    let app = open();
    let code = answered(&app, "The bus", "");
    decide(&app);
    let page = opened(&app, &code);
    assert!(page.text().contains("Nothing is published yet."));
    assert!(page.texts(".way h3").is_empty());
    // A person who wrote nothing has no comments to follow.
    let silent = answered(&app, "", "");
    assert!(
        !opened(&app, &silent)
            .text()
            .contains("Where your comments went")
    );
}

#[test]
fn once_published_the_receipt_lists_each_comment_s_themes_and_outcomes() {
    let app = open();
    decide(&app);
    let code = answered(&app, "The bus and lunch", "More light at the bus stop");
    publish_round(&app);
    let page = opened(&app, &code);
    // A theme includes its subthemes, and “bus stop” doesn't count as a bus.
    assert_eq!(page.texts(".way h3"), ["Getting around", "Buses", "Meals"]);
    assert!(page.text().contains("New drivers start in May."));
    assert!(page.text().contains("Getting to school safely and on time"));
    assert!(page.text().contains("This comment isn’t in a theme yet."));
    assert!(
        page.attributes(".way a", "href")
            .contains(&"/heard/vision-2031/themes/buses".to_owned())
    );
    let theirs = page.texts("blockquote.voice");
    assert_eq!(theirs.len(), 2);
}

#[test]
fn a_draft_codebook_changes_nothing_on_a_receipt_until_it_is_published() {
    let app = open();
    decide(&app);
    let code = answered(&app, "The pool", "");
    publish_round(&app);
    assert!(opened(&app, &code).texts(".way h3").is_empty());
    let (actor, codebook) = (
        app.operator(),
        parse_codebook(&CODEBOOK.replace("\"lunch\"", "\"lunch\", \"pool\"")).unwrap(),
    );
    app.write(move |db| {
        let round = district::round_by_slug(db, "vision-2031")?.id;
        themes::save_codebook(db, &actor, &round, &codebook)?;
        Ok(())
    });
    assert!(opened(&app, &code).texts(".way h3").is_empty());
    publish_round(&app);
    assert_eq!(opened(&app, &code).texts(".way h3"), ["Meals"]);
}

#[test]
fn responses_sent_or_changed_after_publishing_are_not_said_to_be_included() {
    let app = open();
    decide(&app);
    let early = answered(&app, "Lunch", "");
    publish_round(&app);
    let code = answered(&app, "The bus", "");
    assert!(
        opened(&app, &code)
            .text()
            .contains("The published results don’t include your comments yet.")
    );
    app.post(
        "/s/family",
        &[("_code", &early), ("change", "buses"), ("best", "The bus")],
    )
    .expect(303);
    assert!(opened(&app, &early).texts(".way h3").is_empty());
    publish_round(&app);
    assert_eq!(
        opened(&app, &early).texts(".way h3"),
        ["Getting around", "Buses"]
    );
}

#[test]
fn a_receipt_shows_nothing_from_a_snapshot_that_was_unpublished() {
    let app = open();
    decide(&app);
    let code = answered(&app, "Lunch", "");
    let snapshot = publish_round(&app);
    assert_eq!(opened(&app, &code).texts(".way h3"), ["Meals"]);
    let actor = app.operator();
    app.write(move |db| {
        let round = district::round_by_slug(db, "vision-2031")?.id;
        Ok(editions::take_back(
            db,
            &actor,
            &round,
            Audience::Public,
            &snapshot,
        )?)
    });
    assert!(
        opened(&app, &code)
            .text()
            .contains("Nothing is published yet.")
    );
}

#[test]
fn the_receipt_shows_the_same_themes_as_the_count() {
    let app = open();
    decide(&app);
    let texts = [
        "The buses",
        "lunch?",
        "bus stop",
        "El camión",
        "n/a",
        "Lunch on the bus",
        "Busy streets",
        "nada",
        "the bus stop and the bus",
    ];
    let codes: Vec<String> = texts.iter().map(|text| answered(&app, text, "")).collect();
    publish_round(&app);
    let (round, coding) = app.read(|db| {
        let round = district::round_by_slug(db, "vision-2031")?.id;
        let saved = themes::latest_codebook(db, &round)?.unwrap();
        Ok((round, themes::Coding::of(saved)?))
    });
    let rows = ledger(&app);
    for (text, code) in texts.iter().zip(&codes) {
        let comment = rows.iter().find(|comment| comment.text == *text).unwrap();
        let counted: Vec<String> = app.read(|db| {
            app.live().view(db, |index, _| {
                let ordinal = index.tally.ordinal(&comment.id).unwrap();
                let coded = coding.apply(index, &round);
                let names = coding.codebook.themes.iter();
                let names = names.filter(|theme| coded.theme(&theme.key).contains(ordinal));
                Ok(names
                    .map(|theme| theme.name.get("en").0.to_owned())
                    .collect())
            })
        });
        assert_eq!(opened(&app, code).texts(".way h3"), counted, "{text}");
    }
}

#[test]
fn a_published_round_says_which_late_responses_it_counts() {
    let app = open();
    for number in 0..12 {
        send(&app.browser(), &format!("{number}"), BUSES).expect(303);
    }
    app.close_survey("family");
    app.advance(TimeDelta::hours(1));
    let deliver =
        |key: &str| send(&app.browser(), key, &[("_queued", "1"), ("change", "food")]).expect(303);
    for number in 0..11 {
        deliver(&format!("late {number}"));
    }
    let planner = app.sign_in_as(Role::Planner);
    let said = || {
        publish_round(&app);
        app.get("/heard/vision-2031").expect(200).texts(".basis p")[0].clone()
    };
    let apart = said();
    assert!(apart.contains("12 people answered"), "{apart}");
    assert!(
        apart.contains("11 more responses arrived after the survey closed. We don’t count them."),
        "{apart}"
    );
    planner
        .post("/desk/surveys/family/late", &[("verdict", "take-in")])
        .expect(303);
    deliver("one more");
    let taken = said();
    assert!(taken.contains("23 people answered"), "{taken}");
    assert!(
        taken.contains(
            "11 of these responses arrived after the survey closed, and the district counted them."
        ),
        "{taken}"
    );
    // One response is too few to print as a number.
    assert!(
        taken
            .contains("A few more responses arrived after the survey closed. We don’t count them."),
        "{taken}"
    );
}
