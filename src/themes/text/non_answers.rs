//! Answers without content: "n/a", "none", "nada". They're a class of their own: in no theme, but not uncovered either.

use std::sync::LazyLock;

use hashbrown::HashSet;

use super::{language::Language, lexicon::lexicons, tokens::tokens};

/// The words of every non-answer, in all languages: people answer "nada" on an English form too.
static NON_ANSWERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    lexicons()
        .flat_map(|(_, lexicon)| &lexicon.non_answers)
        .map(|answer| words(answer))
        .collect()
});

/// The longest listed non-answer has six words; a text with more bytes than this has content.
const LONGEST: usize = 60;

/// Whether a text has no content: it's a listed non-answer, or only spaces and punctuation.
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

/// Every word of every non-answer, as a language tokenizes them. A comment with any other word has content.
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
    fn replies_that_say_nothing_are_non_answers() {
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
    fn replies_that_say_something_are_answers() {
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
