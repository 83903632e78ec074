//! A results page needs the same number of database queries for a large survey as for a small one.

use super::world::{RESULTS, World};
use crate::support::{fixture, listen, queries};

#[test]
fn results_take_the_same_number_of_queries_for_many_questions_as_for_few() {
    listen();
    let world = World::new();
    world.app.publish_survey(&fixture("riverside/survey.toml"));
    world.app.import_responses(
        "family",
        &fixture("riverside/responses.csv"),
        &fixture("riverside/map.toml"),
    );
    let asked = || queries(&world.app).len();
    let browser = world.planner();
    {
        let of_page = |page: &str| {
            // The first view reads what was just imported into the index.
            browser.get(page).expect(200);
            let before = asked();
            browser.get(page).expect(200);
            asked() - before
        };
        let (few, many) = (of_page(RESULTS), of_page("/desk/surveys/family/results"));
        assert!(few > 0, "no query was seen");
        assert_eq!(few, many);
        assert_eq!(of_page("/desk/surveys/family/results?group=families"), many);
    }
}
