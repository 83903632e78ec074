//! The language of a visit: once it's chosen, it stays, on the public pages and in a preview of them.

use chorus::accounts::Role;

use crate::support::TestApp;

#[test]
fn a_chosen_language_stays_from_page_to_page() {
    let app = TestApp::riverside();
    let reader = app.browser().in_language("en-US");
    assert_eq!(reader.get("/").attributes("html", "lang"), ["en"]);
    reader.get("/?lang=es").expect(200);
    for path in ["/", "/heard", "/plan", "/r", "/sign-in"] {
        assert_eq!(
            reader.get(path).attributes("html", "lang"),
            ["es"],
            "{path}"
        );
    }
    assert_eq!(
        reader.get("/plan?lang=en").attributes("html", "lang"),
        ["en"]
    );
    assert_eq!(reader.get("/plan").attributes("html", "lang"), ["en"]);
}

#[test]
fn the_language_cookie_is_a_known_tag_that_identifies_nobody() {
    let app = TestApp::riverside();
    let reader = app.browser().in_language("en-US");
    let chosen = reader.get("/?lang=es");
    let cookies = chosen.headers("set-cookie");
    let kept = cookies
        .iter()
        .find(|cookie| cookie.starts_with("chorus_language="))
        .unwrap();
    assert!(kept.starts_with("chorus_language=es;"), "{kept}");
    assert!(
        kept.contains("HttpOnly") && kept.contains("SameSite=Lax"),
        "{kept}"
    );
    assert!(
        reader.get("/?lang=es").headers("set-cookie").is_empty(),
        "the browser already has it"
    );
    let other = app.browser();
    other.get("/?lang=zz").expect(200);
    assert_eq!(other.cookie("chorus_language"), None);
}

#[test]
fn a_forged_language_cookie_is_ignored() {
    let app = TestApp::riverside();
    let reader = app.browser().in_language("es-MX");
    reader.set_cookie("chorus_language", "%22%3E%3Cscript%3E");
    let page = reader.get("/").expect(200);
    assert_eq!(page.attributes("html", "lang"), ["es"]);
    assert!(!page.body().contains("script%3E"));
}

#[test]
fn the_desk_stays_in_english_and_a_preview_uses_the_requested_language() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner).in_language("es-MX");
    assert_eq!(planner.get("/desk").attributes("html", "lang"), ["en"]);
    let base = "/desk/rounds/vision-2031/publish/preview";
    for page in ["heard", "plan"] {
        for language in ["en", "es"] {
            let preview = planner
                .get(&format!("{base}/{page}?lang={language}"))
                .expect(200);
            assert_eq!(preview.attributes("html", "lang"), [language]);
        }
    }
    assert_eq!(planner.get("/desk").attributes("html", "lang"), ["en"]);
}
