//! Answers that say nothing: "n/a", "none", "nada". They are a class of their own, neither a theme nor uncovered.

use std::sync::LazyLock;

use hashbrown::HashSet;

use super::{language::Language, lexicon::lexicons, tokens::tokens};

/// Every non-answer of every language as the words it is made of. People answer "nada" on an English form, so the form does not matter.
static NON_ANSWERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    lexicons()
        .flat_map(|(_, lexicon)| &lexicon.non_answers)
        .map(|answer| words(answer))
        .collect()
});

/// The longest listed non-answer has six words; whatever is longer than this many bytes says something.
const LONGEST: usize = 60;

/// Whether a text as a whole says nothing: a listed non-answer, or nothing but blanks and punctuation.
pub fn is_non_answer(text: &str) -> bool {
    let text = text.trim();
    if text.len() > LONGEST {
        return false;
    }
    let says_nothing = |letter: char| {
        letter.is_whitespace() || letter.is_ascii_punctuation() || "…–—¿¡«»“”‘’".contains(letter)
    };
    text.chars().all(says_nothing)
        || (!text.chars().any(char::is_numeric) && NON_ANSWERS.contains(&words(text)))
}

/// Every word of every non-answer, as a language splits them. A comment with any other word says something.
pub(crate) fn vocabulary(language: Language) -> HashSet<String> {
    let answers = lexicons().flat_map(|(_, lexicon)| &lexicon.non_answers);
    answers
        .flat_map(|answer| tokens(answer, language))
        .map(|token| token.word)
        .collect()
}

fn words(text: &str) -> String {
    let words: Vec<String> = tokens(text, Language::UNDETERMINED)
        .into_iter()
        .map(|token| token.word)
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_is_a_non_answer() {
        for text in [
            "n/a",
            "N/A.",
            "None!",
            "nada",
            "Nada por el momento.",
            "I don’t know",
            "  ",
            "-",
            "...",
            "No.",
            "no sé",
        ] {
            assert!(is_non_answer(text), "{text}");
        }
    }

    #[test]
    fn what_says_something_is_an_answer() {
        for text in [
            "none of the buses come on time",
            "No homework",
            "nada más que la seguridad",
            "5",
            "👍",
            "safety",
            "No 5",
        ] {
            assert!(!is_non_answer(text), "{text}");
        }
    }
}
