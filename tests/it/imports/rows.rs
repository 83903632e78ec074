//! Cells: keys and labels, people, dates, languages, groups, and schools.

use chorus::responses::Response;
use chorus::schema::responses;
use diesel::prelude::*;

use super::{MAP, import, place};
use crate::support::Place;

/// The stored responses, in the order of their ids in the file.
fn stored(place: &Place) -> Vec<Response> {
    let database = place.connect();
    let mut rows: Vec<Response> = database.read(|db| Ok(responses::table.load(db)?)).unwrap();
    rows.sort_by(|one, other| one.submission_id.cmp(&other.submission_id));
    rows
}

/// Their answers as JSON.
fn answers(place: &Place) -> Vec<serde_json::Value> {
    let answers = stored(place).into_iter();
    answers
        .map(|row| serde_json::to_value(&row.answers.0).unwrap())
        .collect()
}

#[test]
fn cells_are_keys_or_labels_in_any_language_of_the_survey_or_as_the_map_says() {
    let place = place();
    let map = MAP.to_owned()
        + "[choices]\n\"A lot\" = \"5\"\n[choices.pick]\n\"The bus\" = \"buses\"\n[choices.rate]\n\"1 - Not at all\" = 1\n[choices.some]\n\"Art\" = \"arts\"\n";
    let file = "ID,Pick,Some,Rate,Say\n\
        1,buses,trades,2,\n\
        2,school meals,\"Music, art, and sports;Trades\",A lot,\n\
        3,AUTOBUSES,Art; languages ,4.0,'=1+1\n\
        4,The bus,,1 - Not at all,\"  two\nlines  \"\n";
    import(&place, file, &map, &[]).expect_success();
    assert_eq!(
        answers(&place),
        [
            serde_json::json!({"pick": "buses", "some": ["trades"], "rate": 2}),
            serde_json::json!({"pick": "food", "some": ["arts", "trades"], "rate": 5}),
            serde_json::json!({"pick": "buses", "some": ["arts", "languages"], "rate": 4, "say": "=1+1"}),
            serde_json::json!({"pick": "buses", "rate": 1, "say": "two\nlines"}),
        ]
    );
}

#[test]
fn each_bad_cell_is_reported_in_plain_words() {
    let place = place();
    let before = place.contents();
    let file = format!(
        "ID,Pick,Some,Rate,Say\n1,buses,arts;trades;languages,,\n2,buses,dance,,\n3,buses;food,,,\n4,buses,,three,\n5,buses,,,{}\n,buses,,,\n{},buses,,,\n8,,;,,\n",
        "x".repeat(41),
        "y".repeat(201)
    );
    let outcome = import(&place, file, MAP, &[]);
    outcome.expect_failure();
    let listed: Vec<&str> = outcome
        .output
        .lines()
        .filter(|line| line.starts_with("line "))
        .collect();
    assert_eq!(
        listed,
        [
            "line 2: “some” has 3 choices; the limit is 2",
            "line 3: “dance” is not a choice of “some”",
            "line 4: “buses;food” is not a choice of “pick”",
            "line 5: the answer to “rate” is not a whole number from 1 to 5",
            "line 6: the answer to “say” has 41 characters; the limit is 40",
            "line 7: its id is empty",
            "line 8: its id has more than 200 characters",
            "line 9: it has no answers",
        ]
    );
    assert_eq!(place.contents(), before);
}

#[test]
fn rows_from_one_person_are_one_person_and_an_address_is_stored_as_a_digest() {
    let place = place();
    let map = "id = \"ID\"\nperson = \"Who\"\n[answers]\nsay = \"Say\"\n";
    let file = "ID,Who,Say\n1,7,buses\n2,7,food\n3,ana@home.example,art\n4,Ana@Home.example,music\n5,,trades\n6,,languages\n";
    let outcome = import(&place, file, map, &[]).expect_success();
    assert!(
        outcome
            .output
            .contains("6 good rows by 4 people, 6 comments"),
        "{}",
        outcome.output
    );
    let rows = stored(&place);
    let people: Vec<&str> = rows.iter().map(|row| row.person.as_str()).collect();
    assert_eq!((people[0], people[1]), ("7", "7"));
    assert_eq!(people[2], people[3]);
    assert!(people[4] == rows[4].id.as_str() && people[5] == rows[5].id.as_str());
    assert!(
        !place
            .contents()
            .join("")
            .to_lowercase()
            .contains("home.example")
    );
}

#[test]
fn a_day_is_in_the_district_s_time_zone_and_must_be_valid() {
    let place = place();
    let map = |format: &str| {
        format!(
            "id = \"ID\"\ndate = \"When\"\ndate_format = \"{format}\"\n[answers]\nsay = \"Say\"\n"
        )
    };
    // 05:58 UTC is still the evening before in Chicago, six hours behind. A time without a zone is local time.
    let file = "ID,When,Say\n1,2018-02-13T05:58:16Z,a\n2,2018-02-13 05:58,b\n3,2018-02-13,c\n";
    import(&place, file, &map("iso"), &[]).expect_success();
    import(
        &place,
        "ID,When,Say\n4,1518501496471,d\n",
        &map("epoch-milliseconds"),
        &[],
    )
    .expect_success();
    import(&place, "ID,When,Say\n5,2/13/18,e\n", &map("%m/%d/%y"), &[]).expect_success();
    let days: Vec<String> = stored(&place)
        .iter()
        .map(|row| row.day.to_string())
        .collect();
    assert_eq!(
        days,
        [
            "2018-02-12",
            "2018-02-13",
            "2018-02-13",
            "2018-02-12",
            "2018-02-13"
        ]
    );
    let before = place.contents();
    // This is the earliest representable instant; in the district's time zone it would be out of range.
    let file = "ID,When,Say\n6,,f\n7,13.02.2018,g\n8,-8334601228800,h\n";
    let outcome = import(&place, file, &map("epoch-seconds"), &[]);
    outcome.expect_failure();
    for line in [
        "line 2: its date is empty",
        "line 3: “13.02.2018” is not a date in the map's date_format",
        "line 4: “-8334601228800” is not a date in the map's date_format",
    ] {
        assert!(outcome.output.contains(line), "{}", outcome.output);
    }
    assert_eq!(place.contents(), before);
}

#[test]
fn constants_fill_in_missing_columns_and_cells_override_constants() {
    let place = place();
    let map = "id = \"ID\"\nlanguage = \"Language\"\ngroup = \"Group\"\nschool = \"Schools\"\ndate = \"When\"\nchannel = \"paper\"\n\
        [constants]\ngroup = \"staff\"\nlanguage = \"es\"\nschool = \"oak\"\ndate = \"2026-09-14\"\n[answers]\nsay = \"Say\"\n[choices]\n\"English\" = \"en\"\n";
    let file = "ID,Language,Group,Schools,When,Say\n1,,,,,a\n2,English,Families,Maple Hill Elementary;lakeview,2026-09-15,b\n";
    import(&place, file, map, &[]).expect_success();
    let said: Vec<_> = stored(&place)
        .into_iter()
        .map(|row| {
            (
                row.language,
                row.group_key.unwrap(),
                row.schools.0.join("+"),
                row.day.to_string(),
                row.channel.to_string(),
            )
        })
        .collect();
    let expected = [
        ("es", "staff", "oak", "2026-09-14", "paper"),
        (
            "en",
            "families",
            "maple-hill+lakeview",
            "2026-09-15",
            "paper",
        ),
    ];
    let expected = expected.map(|(language, group, schools, day, channel)| {
        (
            language.to_owned(),
            group.to_owned(),
            schools.to_owned(),
            day.to_owned(),
            channel.to_owned(),
        )
    });
    assert_eq!(said, expected);
}

#[test]
fn rows_already_set_aside_in_the_other_tool_are_stored_but_do_not_count() {
    let place = place();
    let map = "id = \"ID\"\n[answers]\nsay = \"Say\"\n[set_aside]\ncolumn = \"Moderated\"\nvalues = [\"-1\"]\nreason = \"Set aside by the moderators\"\n";
    let outcome = import(&place, "ID,Say,Moderated\n1,a,1\n2,b,-1\n", map, &[]).expect_success();
    assert!(
        outcome.output.contains("2 comments, 1 set aside"),
        "{}",
        outcome.output
    );
    let statuses: Vec<String> = stored(&place)
        .iter()
        .map(|row| row.status.to_string())
        .collect();
    assert_eq!(statuses, ["counted", "set-aside"]);
    assert!(
        place
            .contents()
            .join("")
            .contains("Set aside by the moderators")
    );
}

#[test]
fn a_map_that_does_not_fit_the_survey_is_refused_before_any_row_is_read() {
    let place = place();
    let before = place.contents();
    let file = "ID,Pick,Some,Rate,Say\n1,buses,,,\n";
    let fault = |map: &str| import(&place, file, map, &[]).expect_failure().to_owned();
    for (map, reason) in [
        (
            "[answers]\nsaid = \"Say\"\n",
            "[answers] has “said”, which the survey does not have; it has: pick, some, rate, say",
        ),
        (
            "[answers]\nsay = \"Say\"\n[choices.picks]\n\"a\" = \"buses\"\n",
            "[choices.picks] is for an item that the survey does not have",
        ),
        (
            "[answers]\npick = \"Pick\"\n[choices.pick]\n\"a\" = \"boats\"\n",
            "[choices.pick] maps “a” to “boats”, but “pick” offers: buses, food",
        ),
        (
            "[answers]\nsay = \"Say\"\n[constants]\ngroup = \"nobody\"\n",
            "[constants] group: “nobody” is not a choice of “group”",
        ),
        (
            "[answers]\nsay = \"Say\"\n[constants]\nlanguage = \"Spanish\"\n",
            "[constants] language: “Spanish” is not a language",
        ),
        (
            "[answers]\nsay = \"Say\"\n[constants]\ndate = \"soon\"\n",
            "[constants] date: “soon” is not a date",
        ),
        (
            "[answer]\nsay = \"Say\"\n",
            "line 1: “answer” is not known here",
        ),
        ("[answers]\nsay = 5\n", "line 2: use text in quotes, not 5"),
        (
            "[answers]\nsay = \"Say\"\n[choices]\n\"Yes\" = 0.5\n",
            "a label must map to a key",
        ),
        (
            "date_format = \"often\"\n[answers]\nsay = \"Say\"\n",
            "“often” is not a date format",
        ),
        ("= \"Say\"\n", "line 1: "),
    ] {
        let found = fault(map);
        assert!(found.contains(reason), "{found}");
    }
    assert_eq!(place.contents(), before);
}
