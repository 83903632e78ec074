//! Identical comments from many people. That isn't noise but a fact ("40 people sent these words"), with a set to open.
//! They count like all other comments.

use hashbrown::HashMap;
use roaring::RoaringBitmap;
use serde::Serialize;

use crate::themes::text::Language;
use crate::themes::text::tokens::tokens;

/// Shorter comments match by chance: "more buses".
const LEAST_WORDS: usize = 4;

/// How many distinct people it takes to make a group message.
const LEAST_PEOPLE: u64 = 3;

/// Comments with the same words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SameWords {
    /// The text of the first of them.
    pub text: String,
    /// The number of comments.
    pub comments: u64,
    /// Distinct people who wrote them.
    pub people: u64,
    /// The ordinals of the comments.
    #[serde(skip)]
    pub set: RoaringBitmap,
}

/// Finds comments with the same words, ignoring case, punctuation, and spaces. Add comments one at a time.
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
    /// Adds a comment. Call in ordinal order.
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

    /// The messages sent by at least three people, those from the most people first.
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
    fn the_same_text_from_three_people_is_one_message_in_any_case_and_punctuation() {
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
