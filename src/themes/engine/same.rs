//! The same words sent by many people: not noise but a fact, "40 people sent these words", and a set to open. They count like all
//! others.

use hashbrown::HashMap;
use roaring::RoaringBitmap;
use serde::Serialize;

use crate::themes::text::Language;
use crate::themes::text::tokens::tokens;

/// Fewer words are the same by chance: "more buses".
const LEAST_WORDS: usize = 4;

/// So many different people make a message of it.
const LEAST_PEOPLE: u64 = 3;

/// Comments with the same words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SameWords {
    /// The words as the first of them wrote them.
    pub text: String,
    /// Comments.
    pub comments: u64,
    /// Different people who wrote them.
    pub people: u64,
    /// The ordinals of the comments.
    #[serde(skip)]
    pub set: RoaringBitmap,
}

/// Finds comments with the same words, whatever their case, punctuation and blanks. They are told one after another.
#[derive(Debug, Default)]
pub struct SameWordsFinder {
    messages: HashMap<String, Message>,
}

#[derive(Debug)]
struct Message {
    text: String,
    people: RoaringBitmap,
    set: RoaringBitmap,
}

impl SameWordsFinder {
    /// Takes in a comment, in the order of ordinals.
    pub fn add(&mut self, ordinal: u32, person: u32, text: &str) {
        let tokens = tokens(text, Language::UNDETERMINED).into_iter();
        let words: Vec<String> = tokens
            .filter(|token| !token.whole)
            .map(|token| token.word)
            .collect();
        if words.len() < LEAST_WORDS {
            return;
        }
        let message = self.messages.entry(words.join(" "));
        let message = message.or_insert_with(|| Message {
            text: text.trim().to_owned(),
            people: RoaringBitmap::new(),
            set: RoaringBitmap::new(),
        });
        message.people.insert(person);
        message.set.insert(ordinal);
    }

    /// The messages that three people or more sent, those of most people first.
    pub fn found(self) -> Vec<SameWords> {
        let mut found: Vec<(String, SameWords)> = self
            .messages
            .into_iter()
            .filter(|(_, message)| message.people.len() >= LEAST_PEOPLE)
            .map(|(words, message)| {
                let same = SameWords {
                    text: message.text,
                    comments: message.set.len(),
                    people: message.people.len(),
                    set: message.set,
                };
                (words, same)
            })
            .collect();
        found.sort_by(|(a, x), (b, y)| y.people.cmp(&x.people).then_with(|| a.cmp(b)));
        found.into_iter().map(|(_, same)| same).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_of_three_people_are_one_message_whatever_their_dress() {
        let mut finder = SameWordsFinder::default();
        for (ordinal, (person, text)) in (0..).zip([
            (1, " Keep the band at Oak!"),
            (2, "keep the BAND at oak"),
            (2, "Keep the band, at Oak."),
            (3, "Keep the band at Oak…"),
            (4, "Keep the band at Elm"),
            (5, "More buses"),
            (6, "More buses"),
            (7, "More buses"),
            (8, "Two people said this"),
            (8, "Two people said this"),
            (9, "Two people said this"),
        ]) {
            finder.add(ordinal, person, text);
        }
        let found = finder.found();
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.text.as_str(), it.comments, it.people))
            .collect();
        assert_eq!(told, [("Keep the band at Oak!", 4, 3)]);
        assert_eq!(found[0].set, (0..4).collect());
    }
}
