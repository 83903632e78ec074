//! Logs at the most detailed level: they say what happened, never who it happened to.

use std::process::Stdio;

use crate::support::{PASSWORD, Place, Program, fixture, fixture_path};

fn place() -> Place {
    let place = Place::riverside();
    place.publish_survey(&fixture_path("riverside/survey.toml"));
    // This test uses the real clock, so the forum is set far in the future.
    let forum = place.folder().join("forum.toml");
    let text = fixture("riverside/forum-next.toml");
    std::fs::write(&forum, text.replace("2026-12-08", "2126-12-10")).unwrap();
    place
        .run(&[
            "import",
            "forum",
            forum.to_str().unwrap(),
            "--round",
            "vision-2031",
        ])
        .expect_success();
    place.add_admin("ana@riverside.example");
    place
}

#[test]
fn nothing_that_identifies_a_person_and_no_token_is_logged() {
    let place = place();
    let (log, settings) = (place.folder().join("log"), place.folder().join("talk.toml"));
    std::fs::write(&settings, "log = 'info,chorus=trace'\n").unwrap();
    let written = Stdio::from(std::fs::File::create(&log).unwrap());
    let arguments = ["--config", settings.to_str().unwrap()];
    let mut program = Program::serve_with(&place, &arguments, written);

    let family = program.browser();
    let said = "Mr. Petrosyan shouts at my daughter Anahit";
    let form = family.get("/s/family").expect(200).form("form");
    let mut answers: Vec<(&str, &str)> = Vec::new();
    for (name, value) in &form {
        let value = if name == "be-better" { said } else { value };
        answers.push((name, value));
    }
    answers.retain(|(name, _)| *name != "who");
    answers.push(("who", "families"));
    family.post("/s/family", &answers).expect(303);
    let receipt = family.cookie("chorus_receipt").unwrap();
    family.post("/r", &[("code", &receipt)]);
    family
        .post("/s/family", &[("nobody-asked", said)])
        .expect(422);

    let neighbor = program.browser();
    let seat = [
        ("name", "Anahit Petrosyan"),
        ("email", "anahit@example.org"),
        ("party", "2"),
        ("language", "en"),
    ];
    neighbor.post("/f/did-we-hear-you", &seat).expect(303);
    program.browser().get("/seat/made-up-token-51f3");

    let staff = program.browser();
    let sign_in = |password| staff.sign_in("ana@riverside.example", password);
    sign_in("the wrong river stones").expect(422);
    sign_in(PASSWORD).expect(303);
    let comments = "/desk/rounds/vision-2031/comments?words=Petrosyan";
    staff.get(comments).expect(200);
    let session = staff.cookie("chorus_session").unwrap();
    program.kill();

    let log = std::fs::read_to_string(log).unwrap();
    assert!(
        log.lines().filter(|line| line.contains("answered")).count() >= 9,
        "every request is logged: {log}"
    );
    let device = family.cookie("chorus_device").unwrap();
    let cookie = neighbor.cookie("chorus_seat");
    for private in [
        "Petrosyan",
        "Anahit",
        "anahit@",
        "ana@riverside",
        "river stones",
        "made-up-token",
        "127.0.0.1:5",
        &receipt,
        &session,
        &device,
        cookie.as_deref().unwrap_or("Petrosyan"),
    ] {
        assert!(!log.contains(private), "“{private}” is in the log: {log}");
    }
}
