//! Detects a comment's language: its function words vote for one of the survey's languages.
//!
//! The outcome can be explained word by word. A word that two languages share votes for both, so it decides nothing.
//! Without a winner, the form's language applies.

use hashbrown::HashMap;

use super::{
    fold::fold,
    language::Language,
    lexicon::{Lexicon, lexicon},
    tokens::Tokenizer,
};

/// The languages that a comment may be in, with the words that distinguish them.
#[derive(Debug)]
pub struct Candidates {
    languages: Vec<Language>,
    /// For each function word, the indexes in `languages` of the languages that use it.
    words: HashMap<&'static str, Vec<usize>>,
}

/// How the words of a comment voted.
#[derive(Debug, PartialEq, Eq)]
pub struct Vote {
    /// The winning language.
    pub language: Language,
    /// Each candidate with the words that voted for it, in order.
    pub ballots: Vec<(Language, Vec<String>)>,
}

impl Candidates {
    /// Creates candidates, in the survey's order.
    pub fn new(languages: &[Language]) -> Self {
        let mut words: HashMap<&'static str, Vec<usize>> = HashMap::new();
        for (place, language) in languages.iter().enumerate() {
            for word in lexicon(*language)
                .into_iter()
                .flat_map(Lexicon::function_words)
            {
                words.entry(word).or_default().push(place);
            }
        }
        Self {
            languages: languages.to_vec(),
            words,
        }
    }

    /// The language of a text. `form` is the language of the form, which applies if the words don't decide.
    pub fn language(&self, text: &str, form: Language) -> Language {
        let mut votes = vec![0_u32; self.languages.len()];
        self.count(text, |place, _| {
            if let Some(count) = votes.get_mut(place) {
                *count += 1;
            }
        });
        self.winner(&votes, form)
    }

    /// Like `language`, but with every word that voted.
    pub fn vote(&self, text: &str, form: Language) -> Vote {
        let mut ballots: Vec<(Language, Vec<String>)> = self
            .languages
            .iter()
            .map(|language| (*language, Vec::new()))
            .collect();
        self.count(text, |place, word| {
            if let Some((_, words)) = ballots.get_mut(place) {
                words.push(word.to_owned());
            }
        });
        let votes: Vec<u32> = ballots
            .iter()
            .map(|(_, words)| u32::try_from(words.len()).unwrap_or(u32::MAX))
            .collect();
        Vote {
            language: self.winner(&votes, form),
            ballots,
        }
    }

    fn count(&self, text: &str, mut each: impl FnMut(usize, &str)) {
        Tokenizer::default().each(text, Language::UNDETERMINED, |surface| {
            let word = fold(surface.word);
            for place in self.words.get(word.as_ref()).into_iter().flatten() {
                each(*place, &word);
            }
        });
    }

    fn winner(&self, votes: &[u32], form: Language) -> Language {
        let most = votes.iter().copied().max().unwrap_or_default();
        let mut winners = self
            .languages
            .iter()
            .zip(votes)
            .filter(|(_, count)| **count == most)
            .map(|(language, _)| *language);
        match (winners.next(), winners.next()) {
            (Some(winner), None) if most > 0 => winner,
            _ => form,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates() -> Candidates {
        Candidates::new(&[Language::ENGLISH, Language::SPANISH])
    }

    #[test]
    fn function_words_outvote_the_form() {
        assert_eq!(
            candidates().language("los autobuses de la escuela", Language::ENGLISH),
            Language::SPANISH
        );
        assert_eq!(
            candidates().language("the buses are late", Language::SPANISH),
            Language::ENGLISH
        );
    }

    #[test]
    fn without_a_winner_the_form_s_language_counts() {
        for form in [Language::ENGLISH, Language::SPANISH] {
            assert_eq!(candidates().language("Walmart", form), form);
            assert_eq!(candidates().language("no", form), form);
            assert_eq!(candidates().language("", form), form);
        }
    }

    #[test]
    fn a_vote_lists_the_words_for_each_language() {
        let vote = candidates().vote("Más tiempo para leer with kids", Language::ENGLISH);
        assert_eq!(vote.language, Language::SPANISH);
        assert_eq!(
            vote.ballots,
            [
                (Language::ENGLISH, vec!["with".to_owned()]),
                (Language::SPANISH, vec!["más".to_owned(), "para".to_owned()])
            ]
        );
    }
}
