//! Every change that staff make is audited with who did what: this sends every form of the desk once and looks for its
//! entry.

use std::collections::BTreeSet;

use chorus::accounts::{Role, Scope};

use super::routes::set_up;
use crate::support::{Browser, CODEBOOK, DESK, PASSWORD, TestApp, fixture, said};

const SURVEY: &str = r#"slug = "staff"
languages = ["en", "es"]
unit = "person"
group = "staff"
title = { en = "Staff" }
[[items]]
key = "first"
kind = "text"
intent = "need"
label = { en = "What comes first?" }
"#;

/// An admin who sends forms, with a record of what was sent so far.
struct Walk {
    app: TestApp,
    browser: Browser,
    account: String,
    sent: BTreeSet<(String, String)>,
}

impl Walk {
    /// Signs in an admin in a district where people have answered.
    fn start() -> Self {
        let app = TestApp::asking();
        app.hear(&[said(12, "families", "The bus is late")]);
        let account = app.add_account("sam@riverside.example", Role::Admin, Scope::District);
        let browser = app.browser();
        browser
            .sign_in("sam@riverside.example", PASSWORD)
            .expect(303);
        Self {
            app,
            browser,
            account: account.to_string(),
            sent: BTreeSet::new(),
        }
    }

    /// Sends a form that must succeed and checks its audit entry. `pattern` is the route's address; `parts` fill its
    /// braces in order. Returns the subject of the entry.
    #[track_caller]
    fn send(
        &mut self,
        pattern: &str,
        parts: &[&str],
        fields: &[(&str, &str)],
        action: &str,
    ) -> String {
        let path = filled(pattern, parts);
        let before = self.app.audit_lines();
        self.app.advance(chrono::TimeDelta::seconds(1));
        let reply = self.browser.post(&path, fields);
        assert!(
            matches!(reply.status, 200 | 303),
            "{path}: {} {}",
            reply.status,
            reply.text()
        );
        let after = self.app.audit_lines();
        let fresh = after.get(before.len()..).unwrap_or_default();
        let line = fresh.iter().find(|line| line.0 == action);
        let line = line.unwrap_or_else(|| panic!("{path} leaves {fresh:?}"));
        assert_eq!(line.1.as_deref(), Some(self.account.as_str()), "{path}");
        self.sent.insert(("POST".to_owned(), pattern.to_owned()));
        line.2.clone()
    }

    /// Like [`Walk::send`], starting from the fields of a form on a page and changing some of them.
    #[track_caller]
    fn fill(
        &mut self,
        pattern: &str,
        parts: &[&str],
        form: (&str, &str),
        with: &[(&str, &str)],
        action: &str,
    ) -> String {
        let mut fields = self.browser.get(form.0).expect(200).form(form.1);
        fields.retain(|(name, _)| !with.iter().any(|(typed, _)| typed == name));
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(with.iter().copied())
            .collect();
        self.send(pattern, parts, &fields, action)
    }

    fn accounts(&mut self) {
        let mei = [
            ("name", "Mei Lin"),
            ("email", "mei@riverside.example"),
            ("role", "viewer"),
            ("scope", "school:oak"),
        ];
        let id = self.send("/desk/team", &[], &mei, "account.added");
        let grant = [("role", "planner"), ("scope", "district:")];
        self.send("/desk/team/{account}/grants", &[&id], &grant, "grant.given");
        let page = self.browser.get(&format!("/desk/team/{id}")).expect(200);
        let take = page.attributes("form[action$='/take']", "action").remove(0);
        let taken = take.split('/').nth(5).unwrap().to_owned();
        self.send(
            "/desk/team/{account}/grants/{grant}/take",
            &[&id, &taken],
            &[],
            "grant.taken",
        );
        self.send(
            "/desk/team/{account}/password",
            &[&id],
            &[],
            "account.password",
        );
        self.send(
            "/desk/team/{account}/disable",
            &[&id],
            &[],
            "account.disabled",
        );
        self.send(
            "/desk/team/{account}/enable",
            &[&id],
            &[],
            "account.enabled",
        );
        let new = "four words without sense";
        let own = [("current", PASSWORD), ("password", new), ("again", new)];
        self.send("/desk/account", &[], &own, "account.password");
    }

    fn surveys(&mut self) {
        let document = [("round", "vision-2031"), ("document", SURVEY)];
        self.send("/desk/surveys/new", &[], &document, "survey.drafted");
        let edit = ("/desk/surveys/staff/edit", "main form");
        let longer = SURVEY.replace("Staff\" }", "Staff\", es = \"Personal\" }");
        self.fill(
            "/desk/surveys/{survey}/edit",
            &["staff"],
            edit,
            &[("document", &longer)],
            "survey.changed",
        );
        let words = ("/desk/surveys/staff/words", "form.words");
        self.fill(
            "/desk/surveys/{survey}/words",
            &["staff"],
            words,
            &[("title.es", "Quienes trabajan aquí")],
            "survey.changed",
        );
        let sheet = self
            .browser
            .get("/desk/surveys/staff/languages/es/sheet.csv")
            .expect(200);
        let translated = sheet
            .body()
            .replace("What comes first?,", "What comes first?,¿Qué va primero?");
        let fields = [("sheet", translated.as_str()), ("by_machine", "yes")];
        let language = "/desk/surveys/{survey}/languages/{language}";
        self.send(language, &["staff", "es"], &fields, "survey.changed");
        let read = format!("{language}/read");
        self.send(
            &read,
            &["staff", "es"],
            &[("reader", "Rosa")],
            "survey.changed",
        );
        let reworded = self
            .browser
            .get("/desk/surveys/staff/edit")
            .expect(200)
            .form("main form");
        let document = reworded
            .iter()
            .find(|(name, _)| name == "document")
            .unwrap();
        let document = document
            .1
            .replace("What comes first?", "What should come first?");
        self.fill(
            "/desk/surveys/{survey}/edit",
            &["staff"],
            edit,
            &[("document", &document)],
            "survey.changed",
        );
        let stale = self
            .browser
            .get("/desk/surveys/staff/languages/es")
            .expect(200);
        let key = stale
            .attributes("form[action$='/still-right'] input[name=key]", "value")
            .remove(0);
        let still = format!("{language}/still-right");
        self.send(&still, &["staff", "es"], &[("key", &key)], "survey.changed");
        self.open_surveys();
        self.send(
            "/desk/languages/{language}/on",
            &["ar"],
            &[("reviewer", "Samira")],
            "language.turned-on",
        );
        self.send(
            "/desk/languages/{language}/off",
            &["ar"],
            &[],
            "language.turned-off",
        );
    }

    fn open_surveys(&mut self) {
        let publish = ("/desk/surveys/staff/publish", "main form");
        self.fill(
            "/desk/surveys/{survey}/publish",
            &["staff"],
            publish,
            &[],
            "survey.published",
        );
        let kiosk = ("/desk/surveys/staff/kiosk", "main form");
        self.fill(
            "/desk/surveys/{survey}/kiosk",
            &["staff"],
            kiosk,
            &[],
            "survey.kiosk-link",
        );
        self.paper();
        self.send(
            "/desk/surveys/{survey}/close",
            &["staff"],
            &[],
            "survey.closed",
        );
        self.app.advance(chrono::TimeDelta::hours(1));
        let late = [("_queued", "1"), ("first", "A room to rest")];
        self.app.post("/s/staff", &late).expect(303);
        self.send(
            "/desk/surveys/{survey}/late",
            &["staff"],
            &[("verdict", "take-in")],
            "survey.late-taken-in",
        );
    }

    /// A batch with one sheet: entered, corrected, removed, and restored.
    fn paper(&mut self) {
        let base = "/desk/surveys/{survey}/paper";
        let batch = [("name", "Oak, box 1"), ("code", "en.1")];
        let page = ("/desk/surveys/staff/paper", "main form");
        let id = self.fill(base, &["staff"], page, &batch, "paper.batch-begun");
        let batch = format!("{base}/{{batch}}");
        let page = format!("/desk/surveys/staff/paper/{id}");
        let form = (page.as_str(), "form.entries");
        let typed = [("first", "A quiet room")];
        self.fill(&batch, &["staff", &id], form, &typed, "paper.sheet-typed");
        let sheet = format!("{batch}/sheets/{{sheet}}");
        let page = format!("{page}/sheets/1");
        let form = (page.as_str(), "form.entries");
        let typed = [("first", "Two quiet rooms")];
        let parts = ["staff", id.as_str(), "1"];
        self.fill(&sheet, &parts, form, &typed, "paper.sheet-corrected");
        let one = |verb| format!("{sheet}/{verb}");
        self.send(&one("take-out"), &parts, &[], "paper.sheet-taken-out");
        self.send(&one("put-back"), &parts, &[], "paper.sheet-put-back");
        let of_batch = |verb| format!("{batch}/{verb}");
        self.send(&of_batch("close"), &parts[..2], &[], "paper.batch-closed");
        self.send(&of_batch("open"), &parts[..2], &[], "paper.batch-opened");
    }

    fn forums(&mut self) {
        let fields = [
            ("slug", "evening"),
            ("title-en", "An evening"),
            ("title-es", "Una tarde"),
            ("place", "Oak"),
            ("day", "2026-11-10"),
            ("starts", "18:00"),
            ("ends", "20:00"),
            ("seats", "40"),
            ("prompt-0-intent", "need"),
            ("prompt-0-label-en", "What is missing?"),
            ("prompt-0-label-es", "¿Qué falta?"),
        ];
        let new = ("/desk/forums/new", "main form");
        self.fill("/desk/forums", &[], new, &fields, "forum.added");
        let edit = ("/desk/forums/evening/edit", "main form");
        self.fill(
            "/desk/forums/{forum}/edit",
            &["evening"],
            edit,
            &[("seats", "50")],
            "forum.changed",
        );
        let table = [("number", "1"), ("present", "6")];
        self.send(
            "/desk/forums/{forum}/tables",
            &["evening"],
            &table,
            "table.added",
        );
        let notes = "/desk/forums/evening/notes?table=1";
        let changed = (
            "/desk/forums/evening/notes?table=1",
            "form[action*='/tables/']",
        );
        self.fill(
            "/desk/forums/{forum}/tables/{table}",
            &["evening", "1"],
            changed,
            &[("present", "7")],
            "table.changed",
        );
        let note = [("text", "A bus at night"), ("speaks_for", "3")];
        let form = (notes, "form[aria-label]");
        self.fill(
            "/desk/forums/{forum}/notes",
            &["evening"],
            form,
            &note,
            "note.added",
        );
        let id = self
            .app
            .comments_with("A bus at night")
            .remove(0)
            .id
            .to_string();
        let page = format!("/desk/forums/evening/notes/{id}");
        let correct = (page.as_str(), "main form:has(textarea)");
        let pattern = "/desk/forums/{forum}/notes/{note}";
        self.fill(
            pattern,
            &["evening", &id],
            correct,
            &[("text", "A late bus")],
            "note.corrected",
        );
        let id = self
            .app
            .comments_with("A late bus")
            .remove(0)
            .id
            .to_string();
        self.send(
            &format!("{pattern}/withdraw"),
            &["evening", &id],
            &[],
            "note.withdrawn",
        );
        self.send(
            &format!("{pattern}/restore"),
            &["evening", &id],
            &[],
            "note.restored",
        );
    }

    fn words(&mut self) {
        let round = "vision-2031";
        let whole = format!("{DESK}/codebook");
        self.fill(
            "/desk/rounds/{round}/codebook",
            &[round],
            (&whole, "main form"),
            &[("toml", CODEBOOK)],
            "codebook.saved",
        );
        let theme = format!("{DESK}/themes/buses");
        let rule = [("any.en", "bus\nbuses")];
        self.fill(
            "/desk/rounds/{round}/themes/{theme}",
            &[round, "buses"],
            (&theme, "form.panel"),
            &rule,
            "codebook.saved",
        );
        let comment = self
            .app
            .comments_with("The bus is late")
            .remove(0)
            .id
            .to_string();
        let pattern = "/desk/rounds/{round}/comments/{comment}";
        self.send(
            &format!("{pattern}/release"),
            &[round, &comment],
            &[],
            "comment.released",
        );
        self.send(
            &format!("{pattern}/undo-release"),
            &[round, &comment],
            &[],
            "comment.taken-back",
        );
    }

    fn decisions(&mut self) {
        let round = "vision-2031";
        let list = "/desk/rounds/{round}/priorities";
        let added = [
            ("title.en", "On time"),
            ("title.es", "Puntuales"),
            ("theme", "buses"),
        ];
        self.send(list, &[round], &added, "priority.saved");
        self.send(
            &format!("{list}/order"),
            &[round],
            &[("adopt", "size")],
            "priorities.ordered",
        );
        for (theme, outcome) in [
            ("buses", "priority"),
            ("teaching", "not-now"),
            ("arts", "not-now"),
        ] {
            let said = [
                ("theme", theme),
                ("outcome", outcome),
                ("reason.en", "So it is."),
                ("reason.es", "Así es."),
            ];
            self.send(
                &format!("{list}/outcomes"),
                &[round],
                &said,
                "theme.outcome",
            );
        }
        let one = "/desk/rounds/{round}/priorities/{priority}";
        let page = format!("{DESK}/priorities/on-time");
        let why = [("why.en", "Many."), ("why.es", "Muchos.")];
        self.fill(
            one,
            &[round, "on-time"],
            (&page, "form.panel"),
            &why,
            "priority.saved",
        );
        self.send(
            &format!("{one}/decide"),
            &[round, "on-time"],
            &[],
            "priority.decided",
        );
        self.send(
            &format!("{one}/undo"),
            &[round, "on-time"],
            &[],
            "priority.taken-back",
        );
        self.send(
            &format!("{one}/decide"),
            &[round, "on-time"],
            &[],
            "priority.decided",
        );
        let draft = [("title.en", "Teachers"), ("theme", "teaching")];
        self.send(list, &[round], &draft, "priority.saved");
        self.send(
            &format!("{one}/delete"),
            &[round, "teachers"],
            &[],
            "priority.deleted",
        );
    }

    fn plan(&mut self) {
        let round = "vision-2031";
        let plan = "/desk/rounds/{round}/plan";
        let days = [("starts_on.2", "2026-09-01"), ("ends_on.2", "2026-10-31")];
        self.send(&format!("{plan}/stages"), &[round], &days, "stage.saved");
        self.send(&format!("{plan}/stages"), &[round], &[], "stage.deleted");
        let vision = [
            ("kind", "vision"),
            ("text.en", "All."),
            ("text.es", "Todos."),
        ];
        let id = self.send(
            &format!("{plan}/statements"),
            &[round],
            &vision,
            "statement.saved",
        );
        let sheet = [("sheet", "key,en,es\nvision 1,All.,Todas y todos.\n")];
        self.send(
            &format!("{plan}/languages/{{language}}"),
            &[round, "es"],
            &sheet,
            "statement.saved",
        );
        self.send(
            &format!("{plan}/statements/{{id}}/delete"),
            &[round, &id],
            &[],
            "statement.deleted",
        );
        let goal = [
            ("priority", "on-time"),
            ("title.en", "Puntual"),
            ("measure.en", "Share"),
            ("baseline", "81%"),
            ("target", "95%"),
            ("year", "2029"),
        ];
        let id = self.send(&format!("{plan}/goals"), &[round], &goal, "goal.saved");
        self.send(
            &format!("{plan}/goals/{{id}}/delete"),
            &[round, &id],
            &[],
            "goal.deleted",
        );
        self.send(
            "/desk/surveys/{survey}/close",
            &["voices"],
            &[],
            "survey.closed",
        );
        let release = "/desk/rounds/{round}/schools/release";
        let sure = [("sure", "yes")];
        let id = self.send(release, &[round], &sure, "school-results.released");
        self.send(
            &format!("{release}/{{edition}}/take-back"),
            &[round, &id],
            &[],
            "school-results.taken-back",
        );
        let ticked = [("sure", "yes"), ("languages", "yes")];
        let publish = "/desk/rounds/{round}/publish";
        let id = self.send(publish, &[round], &ticked, "snapshot.published");
        self.send(
            &format!("{publish}/{{snapshot}}/unpublish"),
            &[round, &id],
            &[],
            "snapshot.taken-back",
        );
    }
}

fn filled(pattern: &str, parts: &[&str]) -> String {
    let mut parts = parts.iter();
    let pieces = pattern.split(['{', '}']).enumerate();
    pieces
        .map(|(at, piece)| {
            if at % 2 == 0 {
                piece
            } else {
                parts.next().unwrap()
            }
        })
        .collect()
}

#[test]
fn every_form_at_the_desk_is_audited_with_who_did_what() {
    let mut walk = Walk::start();
    walk.surveys();
    walk.forums();
    walk.words();
    walk.decisions();
    walk.plan();
    walk.accounts();
    let forms: BTreeSet<_> = set_up()
        .into_iter()
        .filter(|route| route.0 == "POST")
        .collect();
    let never: Vec<_> = forms.difference(&walk.sent).collect();
    assert!(
        never.is_empty(),
        "send these too, in {}: {never:?}",
        file!()
    );
    let lines = walk.browser.get("/desk/audit").expect(200).text();
    assert!(!lines.contains("mei@riverside.example") && !lines.contains("The bus is late"));
}

#[test]
fn what_families_submit_is_not_audited() {
    let app = TestApp::asking();
    let before = app.audit_lines();
    app.import_forum(&fixture("riverside/forum-next.toml"));
    let imported = app.audit_lines();
    assert!(imported.len() > before.len());
    let phone = app.browser();
    let sent = phone
        .post("/s/voices", &[("better", "Warm rooms")])
        .expect(303);
    let code = phone.get(sent.location()).texts(".receipt").remove(0);
    phone.post("/r", &[("code", &code)]).expect(200);
    phone
        .post("/r/withdraw", &[("code", &code), ("sure", "yes")])
        .expect(303);
    let seat = [
        ("name", "Rosa"),
        ("email", "rosa@example.org"),
        ("party", "1"),
    ];
    phone
        .fill("/f/did-we-hear-you", "form[action^='/f/']", &seat)
        .expect(303);
    assert_eq!(app.audit_lines(), imported);
}
