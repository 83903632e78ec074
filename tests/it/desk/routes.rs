//! Every address of the desk and who may use it, checked against the routes that the program sets up.

use std::collections::BTreeSet;

use chorus::accounts::{Role, Scope};
use chorus::forums::{self, ForumFile};
use ureq::http::Method;

use crate::support::{Browser, TestApp, files_below, fixture};

/// An address of the desk with the roles that may use it: P for planner, F facilitator, C clerk, K coder, V viewer. An
/// admin may use all of them.
const ROUTES: &[(&str, &str, &str)] = &[
    ("GET", "/desk", "PFCKV"),
    ("GET", "/desk/account", "PFCKV"),
    ("POST", "/desk/account", "PFCKV"),
    ("GET", "/desk/audit", ""),
    ("GET", "/desk/team", ""),
    ("POST", "/desk/team", ""),
    ("GET", "/desk/team/{account}", ""),
    ("POST", "/desk/team/{account}/grants", ""),
    ("POST", "/desk/team/{account}/grants/{grant}/take", ""),
    ("POST", "/desk/team/{account}/disable", ""),
    ("POST", "/desk/team/{account}/enable", ""),
    ("POST", "/desk/team/{account}/password", ""),
    ("GET", "/desk/languages", "PCKV"),
    ("GET", "/desk/languages/{language}/words.txt", "PCKV"),
    ("POST", "/desk/languages/{language}/on", "P"),
    ("POST", "/desk/languages/{language}/off", "P"),
    ("GET", "/desk/surveys", "PCKV"),
    ("GET", "/desk/surveys/new", "P"),
    ("POST", "/desk/surveys/new", "P"),
    ("GET", "/desk/surveys/{survey}", "PCKV"),
    ("GET", "/desk/surveys/{survey}/survey.toml", "PCKV"),
    ("GET", "/desk/surveys/{survey}/preview", "PCKV"),
    ("GET", "/desk/surveys/{survey}/results", "P"),
    ("GET", "/desk/surveys/{survey}/results.csv", "P"),
    ("GET", "/desk/surveys/{survey}/edit", "P"),
    ("POST", "/desk/surveys/{survey}/edit", "P"),
    ("GET", "/desk/surveys/{survey}/words", "P"),
    ("POST", "/desk/surveys/{survey}/words", "P"),
    ("GET", "/desk/surveys/{survey}/publish", "P"),
    ("POST", "/desk/surveys/{survey}/publish", "P"),
    ("GET", "/desk/surveys/{survey}/close", "P"),
    ("POST", "/desk/surveys/{survey}/close", "P"),
    ("GET", "/desk/surveys/{survey}/kiosk", "P"),
    ("POST", "/desk/surveys/{survey}/kiosk", "P"),
    ("GET", "/desk/surveys/{survey}/paper", "PC"),
    ("POST", "/desk/surveys/{survey}/paper", "PC"),
    ("GET", "/desk/surveys/{survey}/paper/{batch}", "PC"),
    ("POST", "/desk/surveys/{survey}/paper/{batch}", "PC"),
    ("POST", "/desk/surveys/{survey}/paper/{batch}/close", "PC"),
    ("POST", "/desk/surveys/{survey}/paper/{batch}/open", "PC"),
    (
        "GET",
        "/desk/surveys/{survey}/paper/{batch}/sheets/{sheet}",
        "PC",
    ),
    (
        "POST",
        "/desk/surveys/{survey}/paper/{batch}/sheets/{sheet}",
        "PC",
    ),
    (
        "POST",
        "/desk/surveys/{survey}/paper/{batch}/sheets/{sheet}/take-out",
        "PC",
    ),
    (
        "POST",
        "/desk/surveys/{survey}/paper/{batch}/sheets/{sheet}/put-back",
        "PC",
    ),
    ("GET", "/desk/surveys/{survey}/late", "P"),
    ("POST", "/desk/surveys/{survey}/late", "P"),
    ("GET", "/desk/surveys/{survey}/languages/{language}", "PCKV"),
    (
        "GET",
        "/desk/surveys/{survey}/languages/{language}/sheet.csv",
        "PCKV",
    ),
    ("POST", "/desk/surveys/{survey}/languages/{language}", "P"),
    (
        "POST",
        "/desk/surveys/{survey}/languages/{language}/still-right",
        "P",
    ),
    (
        "POST",
        "/desk/surveys/{survey}/languages/{language}/read",
        "P",
    ),
    ("GET", "/desk/forums", "PFC"),
    ("POST", "/desk/forums", "P"),
    ("GET", "/desk/forums/new", "P"),
    ("GET", "/desk/forums/{forum}", "PFC"),
    ("GET", "/desk/forums/{forum}/edit", "P"),
    ("POST", "/desk/forums/{forum}/edit", "P"),
    ("GET", "/desk/forums/{forum}/notes", "PF"),
    ("POST", "/desk/forums/{forum}/notes", "PF"),
    ("GET", "/desk/forums/{forum}/notes/{note}", "PF"),
    ("POST", "/desk/forums/{forum}/notes/{note}", "PF"),
    ("POST", "/desk/forums/{forum}/notes/{note}/withdraw", "PF"),
    ("POST", "/desk/forums/{forum}/notes/{note}/restore", "PF"),
    ("POST", "/desk/forums/{forum}/tables", "PF"),
    ("POST", "/desk/forums/{forum}/tables/{table}", "PF"),
    ("GET", "/desk/rounds/{round}/comments", "PK"),
    (
        "POST",
        "/desk/rounds/{round}/comments/{comment}/release",
        "P",
    ),
    (
        "POST",
        "/desk/rounds/{round}/comments/{comment}/undo-release",
        "P",
    ),
    ("GET", "/desk/rounds/{round}/keywords", "PK"),
    ("GET", "/desk/rounds/{round}/themes", "PK"),
    ("GET", "/desk/rounds/{round}/themes/{theme}", "PK"),
    ("POST", "/desk/rounds/{round}/themes/{theme}", "PK"),
    ("GET", "/desk/rounds/{round}/codebook", "PK"),
    ("POST", "/desk/rounds/{round}/codebook", "PK"),
    ("GET", "/desk/rounds/{round}/codebook.toml", "PK"),
    ("GET", "/desk/rounds/{round}/codebook.qdc", "PK"),
    (
        "GET",
        "/desk/rounds/{round}/codebook/changes/{before}/{after}",
        "PK",
    ),
    ("GET", "/desk/rounds/{round}/schools", "PV"),
    ("GET", "/desk/rounds/{round}/schools/{survey}", "PV"),
    (
        "GET",
        "/desk/rounds/{round}/schools/{survey}/results.csv",
        "PV",
    ),
    ("GET", "/desk/rounds/{round}/schools/release", "P"),
    ("POST", "/desk/rounds/{round}/schools/release", "P"),
    ("GET", "/desk/rounds/{round}/schools/release/{survey}", "P"),
    (
        "POST",
        "/desk/rounds/{round}/schools/release/{edition}/take-back",
        "P",
    ),
    ("GET", "/desk/rounds/{round}/priorities", "P"),
    ("POST", "/desk/rounds/{round}/priorities", "P"),
    ("POST", "/desk/rounds/{round}/priorities/order", "P"),
    ("GET", "/desk/rounds/{round}/priorities/outcomes", "P"),
    ("POST", "/desk/rounds/{round}/priorities/outcomes", "P"),
    ("GET", "/desk/rounds/{round}/priorities/{priority}", "P"),
    ("POST", "/desk/rounds/{round}/priorities/{priority}", "P"),
    (
        "POST",
        "/desk/rounds/{round}/priorities/{priority}/decide",
        "P",
    ),
    (
        "POST",
        "/desk/rounds/{round}/priorities/{priority}/undo",
        "P",
    ),
    (
        "POST",
        "/desk/rounds/{round}/priorities/{priority}/delete",
        "P",
    ),
    ("GET", "/desk/rounds/{round}/plan", "P"),
    ("POST", "/desk/rounds/{round}/plan/stages", "P"),
    ("POST", "/desk/rounds/{round}/plan/statements", "P"),
    (
        "POST",
        "/desk/rounds/{round}/plan/statements/{id}/delete",
        "P",
    ),
    ("POST", "/desk/rounds/{round}/plan/goals", "P"),
    ("POST", "/desk/rounds/{round}/plan/goals/{id}/delete", "P"),
    ("GET", "/desk/rounds/{round}/plan/languages/{language}", "P"),
    (
        "POST",
        "/desk/rounds/{round}/plan/languages/{language}",
        "P",
    ),
    (
        "GET",
        "/desk/rounds/{round}/plan/languages/{language}/sheet.csv",
        "P",
    ),
    ("GET", "/desk/rounds/{round}/publish", "P"),
    ("POST", "/desk/rounds/{round}/publish", "P"),
    ("GET", "/desk/rounds/{round}/publish/preview/{page:.*}", "P"),
    (
        "POST",
        "/desk/rounds/{round}/publish/{snapshot}/unpublish",
        "P",
    ),
];

const ROLES: &[(Role, char)] = &[
    (Role::Admin, 'A'),
    (Role::Planner, 'P'),
    (Role::Facilitator, 'F'),
    (Role::Clerk, 'C'),
    (Role::Coder, 'K'),
    (Role::Viewer, 'V'),
];

/// The method and pattern of each desk route that the program sets up, read from its source code.
pub(super) fn set_up() -> BTreeSet<(String, String)> {
    let mut routes = BTreeSet::new();
    for (_, source) in files_below("src", "rs") {
        for body in source.split("fn routes(").skip(1) {
            let body = body.split("\n}\n").next().unwrap_or_default();
            routes.extend(routes_in(body));
        }
    }
    // An address that has moved only leads on to one that asks who is there.
    routes.retain(|(_, path)| path.starts_with("/desk") && !path.ends_with("/remarks"));
    routes
}

/// Reads these calls in source order: `scope("…")`, `resource("…")`, `.route("…", get()…)`, `.get(handler)`.
fn routes_in(body: &str) -> Vec<(String, String)> {
    let (mut routes, mut scope, mut resource) = (Vec::new(), String::new(), String::new());
    let mut pending = None;
    let calls: Vec<&str> = body.split('(').collect();
    for pair in calls.windows(2) {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let before = pair[0].trim_end_matches(is_name);
        let (name, argument) = (&pair[0][before.len()..], pair[1].trim_start());
        let text = argument
            .strip_prefix('"')
            .and_then(|rest| rest.split('"').next());
        match (name, text) {
            ("scope", Some(text)) => text.clone_into(&mut scope),
            ("resource", Some(text)) => resource = format!("{scope}{text}"),
            ("route", Some(text)) => pending = Some(format!("{scope}{text}")),
            ("get" | "post", None) => {
                let path = if argument.starts_with(')') {
                    pending.take()
                } else {
                    None
                };
                routes.push((
                    name.to_ascii_uppercase(),
                    path.unwrap_or_else(|| resource.clone()),
                ));
            }
            _ => {}
        }
    }
    routes
}

/// Riverside with a survey, a codebook, and a forum.
fn riverside() -> TestApp {
    let app = TestApp::asking();
    app.planner_with_codebook();
    app.import_forum(&fixture("riverside/forum-next.toml"));
    app
}

/// Fills a pattern with what exists in Riverside; `none` if Riverside has nothing of that kind.
fn address(pattern: &str, round: &str, forum: &str) -> String {
    let mut path = String::new();
    for (at, piece) in pattern.split(['{', '}']).enumerate() {
        path.push_str(match (at % 2, piece) {
            (0, text) => text,
            (_, "round") => round,
            (_, "forum") => forum,
            (_, "survey") => "voices",
            (_, "theme") => "buses",
            (_, "language") => "es",
            (_, "page:.*") => "heard",
            (_, "table") => "1",
            _ => "none",
        });
    }
    path
}

fn ask(browser: &Browser, method: &str, path: &str) -> (u16, String) {
    let form = (method == "POST").then_some("application/x-www-form-urlencoded");
    let reply = browser.send(method.parse::<Method>().unwrap(), path, b"", form);
    let to = reply.header("location").unwrap_or_default().to_owned();
    (reply.status, to)
}

#[track_caller]
fn assert_may(browser: &Browser, who: &str, method: &str, path: &str, may: bool) {
    let (status, to) = ask(browser, method, path);
    assert!(status < 500, "{who}: {method} {path} fails with {status}");
    assert!(!to.starts_with("/sign-in"), "{who} is not signed in");
    assert_eq!(
        status != 403,
        may,
        "{who}: {method} {path} answers {status}"
    );
}

#[test]
fn the_list_has_every_address_of_the_desk() {
    let listed: BTreeSet<_> = ROUTES
        .iter()
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    let set_up = set_up();
    let missing: Vec<_> = set_up.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "say in ROUTES of {} who may use {missing:?}",
        file!()
    );
    let gone: Vec<_> = listed.difference(&set_up).collect();
    assert!(gone.is_empty(), "no longer set up: {gone:?}");
}

#[test]
fn each_role_opens_what_it_may_and_nothing_else() {
    let app = riverside();
    for (role, letter) in ROLES {
        let browser = app.sign_in_as(*role);
        for (method, pattern, roles) in ROUTES {
            let path = address(pattern, "vision-2031", "did-we-hear-you");
            let may = *role == Role::Admin || roles.contains(*letter);
            assert_may(&browser, role.as_str(), method, &path, may);
        }
    }
}

#[test]
fn every_address_sends_visitors_without_an_account_to_sign_in() {
    let app = riverside();
    let stranger = app.browser();
    for (method, pattern, _) in ROUTES {
        let path = address(pattern, "vision-2031", "did-we-hear-you");
        let (status, to) = ask(&stranger, method, &path);
        assert!(
            status == 303 && to.starts_with("/sign-in?next="),
            "{method} {path}: {status}"
        );
    }
}

#[test]
fn a_form_from_another_site_does_nothing_at_any_address() {
    let app = riverside();
    let admin = app.sign_in_as(Role::Admin);
    let before = app.audit_lines().len();
    for site in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://elsewhere.example"),
    ] {
        let elsewhere = admin
            .clone()
            .without_header("sec-fetch-site")
            .with_header(site.0, site.1);
        for (method, pattern, _) in ROUTES.iter().filter(|route| route.0 == "POST") {
            let path = address(pattern, "vision-2031", "did-we-hear-you");
            assert_eq!(ask(&elsewhere, method, &path).0, 403, "{path}");
        }
    }
    // Without either header, it isn't a current browser, and it can't change anything at the desk.
    let silent = admin.clone().without_header("sec-fetch-site");
    for (method, pattern, _) in ROUTES.iter().filter(|route| route.0 == "POST") {
        let path = address(pattern, "vision-2031", "did-we-hear-you");
        assert_eq!(ask(&silent, method, &path).0, 403, "{path}");
    }
    assert_eq!(app.audit_lines().len(), before);
}

#[test]
fn a_grant_for_one_round_or_forum_opens_only_that_one() {
    let app = riverside();
    let here = app.read(|db| Ok(forums::by_slug(db, "did-we-hear-you")?));
    let (forum, round) = (here.id, here.round_id);
    let other = fixture("riverside/forum-next.toml").replace("did-we-hear-you", "another");
    let (actor, file) = (app.operator(), ForumFile::parse(&other).unwrap());
    let next = chorus::district::DistrictFile::parse(
        "[[rounds]]\nslug = \"next\"\ntitle = { en = \"Next\" }\nplace = { en = \"Here\" }\nstarts_on = \"2027-01-01\"",
    );
    app.write(move |db| {
        chorus::district::import(db, &actor, &next.unwrap())?;
        let round = chorus::district::round_by_slug(db, "next")?;
        forums::import(db, &actor, &round.id, &file)
    });
    for (role, letter, scope) in [
        (Role::Planner, 'P', Scope::Round(round)),
        (Role::Facilitator, 'F', Scope::Forum(forum)),
    ] {
        let browser = app.sign_in_within(role, scope);
        for (method, pattern, roles) in ROUTES {
            let in_forum = pattern.starts_with("/desk/forums/{forum}/") && roles.contains('F');
            let in_round = pattern.contains("{round}");
            if !(in_forum || in_round) {
                continue;
            }
            let may = roles.contains(letter);
            let mine = address(pattern, "vision-2031", "did-we-hear-you");
            let another = address(pattern, "next", "another");
            assert_may(&browser, role.as_str(), method, &mine, may);
            assert_may(&browser, role.as_str(), method, &another, false);
        }
    }
}
