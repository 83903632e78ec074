//! Addresses and words of files that have changed go on working.

use chorus::comments::ReleasedFile;
use chorus::surveys::{Intent, parse_document};

use crate::support::TestApp;

#[test]
fn an_old_address_with_remarks_redirects_to_the_same_page_of_comments() {
    let app = TestApp::start();
    for (before, now) in [
        (
            "/desk/rounds/vision-2031/remarks?theme=buses&page=2",
            "/desk/rounds/vision-2031/comments?theme=buses&page=2",
        ),
        (
            "/heard/vision-2031/remarks/abc?lang=es",
            "/heard/vision-2031/comments/abc?lang=es",
        ),
        (
            "/heard/remarks-2031/remarks/abc",
            "/heard/remarks-2031/comments/abc",
        ),
        (
            "/heard/remarks/%72emarks/abc",
            "/heard/remarks/comments/abc",
        ),
    ] {
        assert_eq!(app.get(before).expect(308).location(), now);
    }
}

#[test]
fn a_survey_that_says_asks_and_a_file_that_says_remarks_are_still_read() {
    let survey = parse_document(
        "slug = \"family\"\nlanguages = [\"en\"]\nunit = \"person\"\ntitle = { en = \"Family\" }\n\
         [[items]]\nkey = \"best\"\nkind = \"text\"\nasks = \"strength\"\nlabel = { en = \"What goes well?\" }\n",
    )
    .unwrap();
    assert_eq!(survey.items[0].intent, Some(Intent::Strength));
    let released = "survey = \"family\"\nitem = \"best\"\nremarks = [\"1-best\"]\n";
    assert!(ReleasedFile::parse(released).is_ok());
}
