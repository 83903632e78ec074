//! The desk: each room is at its address, for those who may be in it.

mod audit;
mod routes;

use chorus::accounts::Role;

use crate::support::TestApp;

const ROOMS: &[&str] = &[
    "comments",
    "keywords",
    "themes",
    "codebook",
    "priorities",
    "plan",
];

#[test]
fn every_room_of_a_round_is_at_its_address() {
    let app = TestApp::start();
    app.import_district_riverside();
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
fn a_stranger_is_sent_to_sign_in_and_back_and_learns_nothing_of_what_is_there() {
    let app = TestApp::start();
    app.import_district_riverside();
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
fn the_navigation_leads_only_where_the_viewer_may_go() {
    let app = TestApp::start();
    app.import_district_riverside();
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
fn the_first_page_says_what_waits_for_planners_and_to_nobody_else() {
    let app = TestApp::start();
    app.import_district_riverside();
    let waits = app.sign_in_as(Role::Planner).get("/desk").expect(200);
    let steps = waits.texts("section[aria-labelledby=waits] li");
    assert_eq!(steps.len(), 4);
    assert!(steps[0].contains("Nobody has answered yet."), "{steps:?}");
    assert!(steps[1].contains("There is no codebook yet."), "{steps:?}");
    assert!(steps[3].contains("Nothing is public yet."), "{steps:?}");
    for role in [Role::Facilitator, Role::Clerk, Role::Coder, Role::Viewer] {
        let page = app.sign_in_as(role).get("/desk").expect(200);
        assert!(
            page.texts("section[aria-labelledby=waits]").is_empty(),
            "{role:?}"
        );
    }
}
