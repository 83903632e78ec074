//! The team: who may do what, and that there's always someone who can change it.

use chorus::accounts::{self, AccountId, Role, Scope};
use chorus::schema::{audit, grants};
use diesel::prelude::*;

use crate::support::{Browser, PASSWORD, TestApp};

/// An app with one district-wide admin, and her browser, signed in with her password.
fn with_sam() -> (TestApp, AccountId, Browser) {
    let app = TestApp::riverside();
    let sam = app.add_account("sam@riverside.example", Role::Admin, Scope::District);
    let browser = sign_in(&app, "sam@riverside.example", PASSWORD);
    (app, sam, browser)
}

fn sign_in(app: &TestApp, email: &str, password: &str) -> Browser {
    let browser = app.browser();
    browser.sign_in(email, password).expect(303);
    browser
}

fn id_of(app: &TestApp, email: &'static str) -> AccountId {
    app.read(move |db| Ok(accounts::by_email(db, email)?.unwrap().0))
}

fn grants_of(app: &TestApp, account: &AccountId) -> Vec<String> {
    let account = account.clone();
    app.read(move |db| {
        let mine = grants::table.filter(grants::account_id.eq(account));
        Ok(mine.select(grants::id).load(db)?)
    })
}

fn actions(app: &TestApp) -> Vec<String> {
    app.read(|db| Ok(audit::table.select(audit::action).load(db)?))
}

const MEI: [(&str, &str); 4] = [
    ("name", "Mei Lin"),
    ("email", "Mei@Riverside.example"),
    ("role", "viewer"),
    ("scope", "school:oak"),
];

#[test]
fn a_new_member_signs_in_with_the_password_that_was_shown_once() {
    let (app, _, sam) = with_sam();
    let shown = sam.post("/desk/team", &MEI).expect(200);
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    let password = shown.texts(".receipt").remove(0);
    let mei = sign_in(&app, "mei@riverside.example", &password);
    let own = mei.get("/desk/account").expect(200).text();
    assert!(own.contains("Viewer, School: Oak Elementary"), "{own}");
    let team = sam.get("/desk/team").expect(200).text();
    assert!(team.contains("Mei Lin") && team.contains("Admin, Whole district"));
    assert!(!team.contains(&password));
    let lines = actions(&app);
    assert!(lines.contains(&"account.added".into()) && lines.contains(&"grant.given".into()));
}

#[test]
fn an_email_is_on_the_team_once_and_mistakes_keep_what_was_typed() {
    let (_app, _, sam) = with_sam();
    sam.post("/desk/team", &MEI).expect(200);
    let again = sam.post("/desk/team", &MEI).expect(422);
    assert!(
        again
            .text()
            .contains("Someone with this email address is already on the team.")
    );
    let mut misfit = MEI;
    misfit[2] = ("role", "admin");
    let refused = sam.post("/desk/team", &misfit).expect(422);
    assert!(
        refused
            .text()
            .contains("An admin’s role covers the whole district.")
    );
    let form = refused.form("form[action='/desk/team#add']");
    assert!(form.contains(&("name".to_owned(), "Mei Lin".to_owned())));
    assert!(form.contains(&("scope".to_owned(), "school:oak".to_owned())));
}

#[test]
fn grants_can_be_added_and_removed() {
    let (app, _, sam) = with_sam();
    sam.post("/desk/team", &MEI).expect(200);
    let mei = id_of(&app, "mei@riverside.example");
    let page = format!("/desk/team/{mei}");
    let grant = [("role", "planner"), ("scope", "district:")];
    sam.post(&format!("{page}/grants"), &grant).expect(303);
    sam.post(&format!("{page}/grants"), &grant).expect(303);
    assert_eq!(grants_of(&app, &mei).len(), 2);
    for grant in grants_of(&app, &mei) {
        sam.post(&format!("{page}/grants/{grant}/take"), &[])
            .expect(303);
    }
    assert!(grants_of(&app, &mei).is_empty());
    let lines = actions(&app);
    assert_eq!(
        lines.iter().filter(|line| *line == "grant.taken").count(),
        2
    );
}

#[test]
fn nobody_can_remove_the_last_admin_or_disable_themselves() {
    let (app, id, sam) = with_sam();
    let grant = grants_of(&app, &id).remove(0);
    let taken = sam
        .post(&format!("/desk/team/{id}/grants/{grant}/take"), &[])
        .expect(422);
    assert!(
        taken
            .text()
            .contains("This is the only admin for the whole district.")
    );
    assert_eq!(grants_of(&app, &id), [grant]);
    let off = sam
        .post(&format!("/desk/team/{id}/disable"), &[])
        .expect(422);
    assert!(off.text().contains("You can’t turn off your own sign-in."));
    sam.get("/desk/team").expect(200);
}

#[test]
fn two_admins_who_remove_each_other_at_once_leave_one() {
    for _ in 0..5 {
        let (app, sam, of_sam) = with_sam();
        let joe = app.add_account("joe@riverside.example", Role::Admin, Scope::District);
        let of_joe = sign_in(&app, "joe@riverside.example", PASSWORD);
        std::thread::scope(|scope| {
            scope.spawn(|| of_sam.post(&format!("/desk/team/{joe}/disable"), &[]));
            scope.spawn(|| of_joe.post(&format!("/desk/team/{sam}/disable"), &[]));
        });
        let enabled = app.read(|db| Ok(accounts::list(db)?));
        assert_eq!(
            enabled.iter().filter(|account| !account.disabled).count(),
            1
        );
    }
}

#[test]
fn a_disabled_member_is_signed_out_and_can_be_enabled_again() {
    let (app, _, sam) = with_sam();
    let ana = app.add_account("ana@riverside.example", Role::Planner, Scope::District);
    let browser = sign_in(&app, "ana@riverside.example", PASSWORD);
    sam.post(&format!("/desk/team/{ana}/disable"), &[])
        .expect(303);
    browser.get("/desk/account").expect(303);
    browser
        .sign_in("ana@riverside.example", PASSWORD)
        .expect(422);
    sam.post(&format!("/desk/team/{ana}/enable"), &[])
        .expect(303);
    sign_in(&app, "ana@riverside.example", PASSWORD);
}

#[test]
fn a_new_password_ends_the_old_one_and_every_session() {
    let (app, _, sam) = with_sam();
    let ana = app.add_account("ana@riverside.example", Role::Planner, Scope::District);
    let browser = sign_in(&app, "ana@riverside.example", PASSWORD);
    let shown = sam
        .post(&format!("/desk/team/{ana}/password"), &[])
        .expect(200);
    browser.get("/desk/account").expect(303);
    let password = shown.texts(".receipt").remove(0);
    sign_in(&app, "ana@riverside.example", &password);
    app.browser()
        .sign_in("ana@riverside.example", PASSWORD)
        .expect(422);
}

#[test]
fn changing_your_password_signs_out_all_other_devices() {
    let (app, _, laptop) = with_sam();
    let phone = sign_in(&app, "sam@riverside.example", PASSWORD);
    let new = "four words without sense";
    let form = |current, password, again| {
        [
            ("current", current),
            ("password", password),
            ("again", again),
        ]
    };
    for (fields, words) in [
        (
            form("not my password", new, new),
            "That isn’t your current password.",
        ),
        (
            form(PASSWORD, "short", "short"),
            "Use at least 12 characters",
        ),
        (
            form(PASSWORD, new, "another one altogether"),
            "The new passwords don’t match.",
        ),
    ] {
        let again = laptop.post("/desk/account", &fields).expect(422);
        assert!(again.text().contains(words), "{}", again.text());
        assert!(
            !again.body().contains(new),
            "a password is never shown again"
        );
    }
    laptop
        .post("/desk/account", &form(PASSWORD, new, new))
        .expect(303);
    laptop.get("/desk/account").expect(200);
    phone.get("/desk/account").expect(303);
    sign_in(&app, "sam@riverside.example", new);
}

#[test]
fn only_admins_see_the_team_and_the_audit() {
    let (app, sam, _) = with_sam();
    for role in [
        Role::Planner,
        Role::Facilitator,
        Role::Clerk,
        Role::Coder,
        Role::Viewer,
    ] {
        let browser = app.sign_in_as(role);
        for path in ["/desk/team", "/desk/audit", &format!("/desk/team/{sam}")] {
            browser.get(path).expect(403);
        }
        browser.post("/desk/team", &MEI).expect(403);
        browser
            .post(&format!("/desk/team/{sam}/disable"), &[])
            .expect(403);
    }
}

#[test]
fn the_audit_says_who_did_what_and_can_be_filtered_by_kind() {
    let (app, _, sam) = with_sam();
    sam.post("/desk/team", &MEI).expect(200);
    let all = sam.get("/desk/audit").expect(200).text();
    assert!(all.contains("district imported") && all.contains("account added"));
    assert!(
        all.contains("Mon, Oct 5, 2026, 10:00 AM") && all.contains("Times are in Central Time."),
        "{all}"
    );
    let accounts = sam.get("/desk/audit?subject=account").expect(200);
    let rows = accounts.texts("tbody tr");
    assert!(rows.iter().all(|row| !row.contains("district imported")));
    assert!(
        rows.iter()
            .any(|row| row.contains("Ana Reyes") && row.contains("account added"))
    );
    assert!(
        !accounts.text().contains("mei@riverside.example"),
        "audit entries have ids, never email addresses"
    );
    let many = app.operator();
    app.write(move |db| {
        for number in 0..60 {
            chorus::audit::record(db, &many, "survey.closed", "survey", "s", &number)?;
        }
        Ok(())
    });
    let last = sam.get("/desk/audit?subject=survey&page=2").expect(200);
    assert_eq!(last.texts("tbody tr").len(), 10);
}
