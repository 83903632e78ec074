//! Case folding, to compare words regardless of case.

use std::borrow::Cow;

/// Folds a word for comparison.
///
/// Each letter becomes lowercase, `ß` becomes `ss`, and final `ς` becomes `σ`, as in Unicode's full case folding.
/// Returns a word that's already folded without copying it.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let mut folded = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            'ς' => folded.push('σ'),
            other => folded.push(other),
        }
    }
    Cow::Owned(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_never_matters() {
        assert_eq!(fold("SCHOOL"), "school");
        assert_eq!(fold("NIÑOS"), "niños");
        assert_eq!(fold("STRASSE"), fold("Straße"));
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
    }

    #[test]
    fn an_already_folded_word_is_not_copied() {
        assert!(matches!(fold("school"), Cow::Borrowed(_)));
    }
}
