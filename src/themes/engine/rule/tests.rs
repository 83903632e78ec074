use proptest::prelude::*;

use super::*;

fn stem(word: &str) -> TermWord {
    TermWord::Stem(word.to_owned())
}

fn beginning(word: &str) -> TermWord {
    TermWord::Beginning(word.to_owned())
}

#[test]
fn a_term_is_a_word_a_prefix_or_a_phrase() {
    assert_eq!("Safe".parse(), Ok(Term::Word(stem("safe"))));
    assert_eq!(" bus* ".parse(), Ok(Term::Word(beginning("bus"))));
    assert_eq!(
        "“Drop  off*”".parse(),
        Ok(Term::Phrase(vec![stem("drop"), beginning("off")]))
    );
    assert_eq!("niñ*".parse(), Ok(Term::Word(beginning("niñ"))));
    assert_eq!("DROP-OFF".parse(), Ok(Term::Word(stem("drop-off"))));
    assert_eq!("don’t".parse(), Ok(Term::Word(stem("don't"))));
}

#[test]
fn near_joins_two_words_or_phrases() {
    let near = |one: &[TermWord], between, other: &[TermWord]| Term::Near {
        one: one.to_vec(),
        between,
        other: other.to_vec(),
    };
    assert_eq!(
        "Safe NEAR/5 crosswalk*".parse(),
        Ok(near(&[stem("safe")], 5, &[beginning("crosswalk")]))
    );
    assert_eq!(
        "\"drop off\" near/0 late".parse(),
        Ok(near(&[stem("drop"), stem("off")], 0, &[stem("late")]))
    );
    assert_eq!("near".parse(), Ok(Term::Word(stem("near"))));
}

#[test]
fn a_fault_says_where_and_what_to_do() {
    for (written, position, word) in [
        ("", 1, "empty"),
        ("drop off", 5, "quotation marks"),
        ("\"drop off", 10, "second quotation mark"),
        ("\"drop\" off", 7, "ends at its second"),
        ("\"\"", 2, "no word"),
        ("b*s", 2, "only at the end"),
        ("  *", 3, "letter"),
        ("safe?", 5, "only letters"),
        ("\"route 31\"", 8, "letter"),
        ("(bus", 1, "only letters"),
        ("-bus", 1, "single word"),
        ("a--b", 1, "single word"),
        ("safe NEAR/x walk", 11, "number"),
        ("safe NEAR/1000 walk", 11, "number"),
        ("safe NEAR/5", 12, "between two words"),
        ("NEAR/5 walk", 1, "between two words"),
        ("safe NEAR/5 walk! ", 17, "only letters"),
        ("a NEAR/2 b NEAR/2 c", 12, "one NEAR"),
        ("safe NEAR/5 \"walk", 18, "second quotation mark"),
    ] {
        let fault = written.parse::<Term>().unwrap_err();
        assert_eq!(fault.position, position, "{written}: {fault}");
        assert!(fault.reason.contains(word), "{written}: {fault}");
    }
}

/// Parts of terms in any order, and anything else that people type.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(
            &[
                "\"",
                "*",
                "NEAR/",
                "near/5",
                "NEAR/100000000000000000000",
                " ",
                "-",
                "'",
                "“",
                "»",
                "\u{ad}",
                "\u{301}",
                "ß",
                "ﬁ",
                "\n",
                "\0",
                "bus",
                "niño",
                "ع",
                "👍"
            ][..]
        )
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_term_reads_back_the_same(written in "[a-zA-Zñé*\" '’-]{0,16}|\"?[a-z]{1,4}[*]?( [a-z-]{1,5}[*]?)?\"?|\"?[a-z]{1,3}( [a-z*]{1,3}\")? (NEAR|near)/[0-9]{0,3} [a-z]{0,3}[*]?|.{0,12}") {
        if let Ok(term) = written.parse::<Term>() {
            prop_assert_eq!(term.to_string().parse(), Ok(term));
        }
    }

    #[test]
    fn any_invalid_term_is_reported_in_one_line_with_a_position(written in typed()) {
        if let Err(fault) = written.parse::<Term>() {
            let told = fault.to_string();
            prop_assert!(!told.chars().any(char::is_control) && fault.position >= 1, "{}", told);
            // Compatibility composition can turn one character into eighteen.
            prop_assert!(fault.position <= 18 * written.chars().count() + 1, "{}", told);
        }
    }
}
