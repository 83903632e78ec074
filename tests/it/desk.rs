//! The desk: each page has its address and is open only to those with access.

mod audit;
mod routes;

use chorus::accounts::Role;

use crate::support::{TestApp, said};

const ROOMS: &[&str] = &[
    "comments",
    "keywords",
    "themes",
    "codebook",
    "priorities",
    "plan",
];

#[test]
fn every_room_of_a_round_opens_at_its_address() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    for room in ROOMS {
        planner
            .get(&format!("/desk/rounds/vision-2031/{room}"))
            .expect(200);
        planner
            .get(&format!("/desk/rounds/no-such-round/{room}"))
            .expect(404);
    }
}

#[test]
fn a_visitor_is_sent_to_sign_in_and_back_and_learns_nothing_about_the_desk() {
    let app = TestApp::riverside();
    for room in ROOMS {
        for round in ["vision-2031", "no-such-round"] {
            let answer = app
                .get(&format!("/desk/rounds/{round}/{room}?page=2"))
                .expect(303);
            assert_eq!(
                answer.location(),
                format!("/sign-in?next=%2Fdesk%2Frounds%2F{round}%2F{room}%3Fpage%3D2")
            );
        }
    }
}

#[test]
fn the_navigation_only_shows_what_the_viewer_may_open() {
    let app = TestApp::riverside();
    for role in [
        Role::Admin,
        Role::Planner,
        Role::Facilitator,
        Role::Clerk,
        Role::Coder,
        Role::Viewer,
    ] {
        let staff = app.sign_in_as(role);
        let rooms = staff
            .get("/desk")
            .expect(200)
            .attributes(".rooms a", "href");
        assert!(rooms.contains(&"/desk/account".to_owned()), "{role:?}");
        for room in rooms {
            let status = staff.get(&room).status;
            assert_eq!(status, 200, "{role:?} is led to {room}");
        }
    }
}

#[test]
fn the_home_page_lists_what_planners_need_to_do_and_shows_other_roles_no_counts() {
    let app = TestApp::riverside();
    let page = app.sign_in_as(Role::Planner).get("/desk").expect(200);
    let needs = page.texts("ol.needs li");
    assert_eq!(needs.len(), 2, "{needs:?}");
    assert!(needs[0].starts_with("Publish a survey"), "{needs:?}");
    assert!(needs[1].starts_with("Start a codebook"), "{needs:?}");
    assert_eq!(page.texts(".tile .big"), ["0", "–", "–", "0"]);
    for role in [Role::Facilitator, Role::Clerk, Role::Coder, Role::Viewer] {
        let page = app.sign_in_as(role).get("/desk").expect(200);
        for picture in [".tile", ".needs", ".by-group", ".days", ".line", ".spark"] {
            assert!(page.texts(picture).is_empty(), "{role:?} sees {picture}");
        }
    }
}

#[test]
fn the_home_page_counts_voices_in_total_by_group_and_by_survey() {
    let app = TestApp::asking();
    app.hear(&[
        said(6, "families", "The bus is late"),
        said(3, "staff", "Warm rooms"),
    ]);
    let page = app.sign_in_as(Role::Planner).get("/desk").expect(200);
    assert_eq!(page.texts(".tile .big")[0], "9");
    let groups = page.texts(".by-group tbody tr");
    assert!(groups[0].starts_with("Families 6 of 9"), "{groups:?}");
    assert!(
        groups.iter().any(|row| row.ends_with("3 of 9 33%")),
        "{groups:?}"
    );
    assert_eq!(page.texts(".running tbody td.number"), ["9"]);
    let viewer = app.sign_in_as(Role::Viewer).get("/desk").expect(200);
    assert_eq!(viewer.texts(".running tbody th").len(), 1);
    assert!(viewer.texts(".running td.number").is_empty());
}

#[test]
fn the_list_of_surveys_and_a_survey_count_voices_for_those_who_plan_the_round() {
    let app = TestApp::asking();
    app.hear(&[
        said(6, "families", "The bus is late"),
        said(3, "staff", "Warm rooms"),
    ]);
    let planner = app.sign_in_as(Role::Planner);
    let list = planner.get("/desk/surveys").expect(200);
    assert_eq!(list.texts("tbody td.number a"), ["9"]);
    assert_eq!(list.attributes("tbody .spark", "class"), ["spark"]);
    let survey = list.attributes("tbody th a", "href").remove(0);
    let page = planner.get(&survey).expect(200);
    assert_eq!(page.texts(".tile .big")[0], "9");
    let viewer = app.sign_in_as(Role::Viewer);
    for path in ["/desk/surveys", survey.as_str()] {
        let page = viewer.get(path).expect(200);
        assert!(page.attributes(".spark", "class").is_empty(), "{path}");
        assert!(page.texts("tbody td.number a").is_empty(), "{path}");
    }
}

#[test]
fn each_browser_remembers_its_row_height() {
    let app = TestApp::riverside();
    let staff = app.sign_in_as(Role::Coder);
    let rows = |path: &str| staff.get(path).expect(200).attributes("html", "class");
    assert!(rows("/desk").is_empty());
    let choice = [("rows", "comfortable"), ("back", "/desk/account")];
    let answer = staff.post("/preferences", &choice).expect(303);
    assert_eq!(answer.location(), "/desk/account");
    assert_eq!(rows("/desk"), ["comfortable"]);
    staff
        .post(
            "/preferences",
            &[("rows", "compact"), ("back", "//evil.example")],
        )
        .expect(303);
    assert!(rows("/desk").is_empty());
    assert!(
        app.sign_in_as(Role::Coder)
            .get("/desk")
            .attributes("html", "class")
            .is_empty()
    );
}
