//! Every figure compared with what scipy, statsmodels, and numpy compute from the same counts.

use serde_json::Value;

use super::agreement::Judged;
use super::correction::Checked;
use super::interval::{Part, newcombe, wilson};
use super::keyness::{log_ratio, probability, signed_log_likelihood};
use super::multiple::benjamini_hochberg;

fn expected(name: &str) -> Vec<Value> {
    let all: Value =
        serde_json::from_str(include_str!("../../fixtures/statistics/expected.json")).unwrap();
    let cases = all[name].as_array().unwrap().clone();
    assert_eq!(cases.len(), 60);
    cases
}

/// Equal within 1e-9; relative to the figure if it is larger than 1.
fn close(case: &Value, name: &str, found: f64) {
    let wanted = case[name].as_f64().unwrap();
    let off = (found - wanted).abs() / wanted.abs().max(1.0);
    assert!(off < 1e-9, "{name}: {found}, not {wanted}, in {case}");
}

fn part(case: &Value) -> Part {
    Part {
        part: case[0].as_u64().unwrap(),
        whole: case[1].as_u64().unwrap(),
    }
}

#[test]
fn the_wilson_interval_agrees_with_statsmodels() {
    for case in expected("wilson") {
        let of = part(&serde_json::json!([case["part"], case["whole"]]));
        let interval = wilson(of).unwrap();
        close(&case, "low", interval.low);
        close(&case, "high", interval.high);
    }
    assert_eq!(wilson(Part { part: 0, whole: 0 }), None);
}

#[test]
fn differences_between_groups_agree_with_scipy_and_statsmodels() {
    for case in expected("two_groups") {
        let (one, other) = (part(&case["one"]), part(&case["other"]));
        let interval = newcombe(one, other).unwrap();
        close(&case, "low", interval.low);
        close(&case, "high", interval.high);
        close(&case, "log_ratio", log_ratio(one, other).unwrap());
        close(&case, "signed", signed_log_likelihood(one, other));
        close(&case, "p", probability(case["signed"].as_f64().unwrap()));
    }
}

#[test]
fn adjusted_p_values_agree_with_statsmodels() {
    for case in expected("several_p") {
        let list = |name: &str| -> Vec<f64> {
            let values = case[name].as_array().unwrap().iter();
            values.map(|value| value.as_f64().unwrap()).collect()
        };
        let found = benjamini_hochberg(&list("p"));
        assert_eq!(found.len(), list("q").len());
        for (found, wanted) in found.iter().zip(list("q")) {
            assert!((found - wanted).abs() < 1e-9, "{found}, not {wanted}");
        }
    }
}

#[test]
fn kappa_and_its_interval_agree_with_statsmodels() {
    for case in expected("kappa") {
        let cell = |at: usize| case["cells"][at].as_u64().unwrap();
        let judged = Judged {
            both: cell(0),
            first: cell(1),
            second: cell(2),
            neither: cell(3),
        };
        let found = judged.kappa().unwrap();
        close(&case, "kappa", found.kappa);
        close(&case, "low", found.interval.low);
        close(&case, "high", found.interval.high);
    }
}

#[test]
fn corrected_shares_agree_with_numpy() {
    for case in expected("corrected") {
        let of = |name: &str| case[name].as_u64().unwrap();
        let cell = |at: usize| case["sample"][at].as_u64().unwrap();
        let checked = Checked {
            all: of("all"),
            counted: of("counted"),
            both: cell(0),
            false_finds: cell(1),
            missed: cell(2),
            neither: cell(3),
        };
        let found = checked.corrected().unwrap();
        close(&case, "share", found.share);
        close(&case, "low", found.interval.low);
        close(&case, "high", found.interval.high);
    }
}

#[test]
fn kappa_is_undefined_if_both_coders_always_give_the_same_code() {
    let judged = Judged {
        neither: 40,
        ..Judged::default()
    };
    assert_eq!(judged.kappa(), None);
    assert_eq!(Judged::default().kappa(), None);
}

#[test]
fn precision_is_out_of_what_was_found_and_recall_out_of_what_is_there() {
    let checked = Checked {
        both: 30,
        false_finds: 10,
        missed: 20,
        ..Checked::default()
    };
    assert_eq!(
        (checked.precision(), checked.recall()),
        (Some(0.75), Some(0.6))
    );
    assert_eq!(Checked::default().precision(), None);
}
