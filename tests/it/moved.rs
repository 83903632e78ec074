//! Addresses and words in files that have changed keep working.

use chorus::comments::ReleasedFile;
use chorus::surveys::{Intent, parse_document};

use crate::support::TestApp;

#[test]
fn an_old_address_of_comments_redirects_to_their_page_today() {
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
fn surveys_and_files_that_use_earlier_words_can_still_be_read() {
    let survey = parse_document(
        "slug = \"family\"\nlanguages = [\"en\"]\nunit = \"person\"\ntitle = { en = \"Family\" }\n\
         [[items]]\nkey = \"best\"\nkind = \"text\"\nasks = \"strength\"\nlabel = { en = \"What goes well?\" }\n",
    )
    .unwrap();
    assert_eq!(survey.items[0].intent, Some(Intent::Strength));
    let released = "survey = \"family\"\nitem = \"best\"\nremarks = [\"1-best\"]\n";
    assert!(ReleasedFile::parse(released).is_ok());
}
