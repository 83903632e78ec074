//! Words that don't make a theme, because the prompt used them or because they name where everyone is: the district,
//! its schools, and places. They stay in the text and the counts; only suggestions leave them out, and list them.

use hashbrown::HashSet;
use roaring::RoaringBitmap;

use super::postings::Postings;
use super::rule::Term;
use crate::themes::text::Language;
use crate::themes::text::lexicon::lexicon;
use crate::themes::text::stems::{Snowball, Stem};
use crate::themes::text::tokens::tokens;

/// The words and names that suggestions leave out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppressed {
    prompts: Vec<String>,
    names: Vec<String>,
}

/// How many comments contain something that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The term as a rule writes it: `school`, or `"bowling green"`.
    pub term: String,
    /// The language of the comments.
    pub language: Language,
    /// How many comments contain it.
    pub comments: u64,
}

impl Suppressed {
    /// Leaves out each word of a prompt separately, except stop words, and each name only where all its words appear in
    /// a row, so that the "green" in other contexts than Bowling Green stays.
    pub fn new(prompts: Vec<String>, names: Vec<String>) -> Self {
        Self { prompts, names }
    }

    /// The stems of the prompts' words, in a language.
    pub(super) fn stems(&self, language: Language) -> HashSet<String> {
        let stemmer = Snowball::new(language);
        let words = self.words(language).into_iter();
        words.map(|word| stemmer.stem(&word).into_owned()).collect()
    }

    /// The stems of each name's words in a language, in order.
    pub(super) fn sequences(&self, language: Language) -> Vec<Vec<String>> {
        let stemmer = Snowball::new(language);
        let stems = |name: &String| -> Vec<String> {
            let words = single_words(name, language).into_iter();
            words.map(|word| stemmer.stem(&word).into_owned()).collect()
        };
        let sequences = self.names.iter().map(stems);
        sequences.filter(|stems| !stems.is_empty()).collect()
    }

    /// What's left out of these comments, most frequent first. Skips terms that none of them contains.
    pub fn left_out(&self, postings: &Postings, ordinals: &RoaringBitmap) -> Vec<LeftOut> {
        let mut told = Vec::new();
        for (language, _) in postings.vocabularies() {
            let mut known = HashSet::new();
            let words = self.words(language);
            let names = self.names.iter().map(|name| single_words(name, language));
            let terms = words.into_iter().map(|word| vec![word]).chain(names);
            for words in terms {
                let written = match words.as_slice() {
                    [] => continue,
                    [word] => word.clone(),
                    words => format!("\"{}\"", words.join(" ")),
                };
                let Ok(term) = written.parse::<Term>() else {
                    continue;
                };
                let comments = postings.holding_term(language, &term) & ordinals;
                if !comments.is_empty() && known.insert(written.clone()) {
                    told.push(LeftOut {
                        term: written,
                        language,
                        comments: comments.len(),
                    });
                }
            }
        }
        told.sort_by(|a, b| {
            let commoner = b.comments.cmp(&a.comments);
            commoner.then_with(|| (a.language, &a.term).cmp(&(b.language, &b.term)))
        });
        told
    }

    /// The prompts' words that aren't stop words.
    fn words(&self, language: Language) -> Vec<String> {
        let lexicon = lexicon(language);
        let is_small = |word: &String| {
            lexicon.is_some_and(|lexicon| lexicon.function_words().any(|small| small == word))
        };
        let words = self
            .prompts
            .iter()
            .flat_map(|prompt| single_words(prompt, language));
        words.filter(|word| !is_small(word)).collect()
    }
}

fn single_words(text: &str, language: Language) -> Vec<String> {
    let tokens = tokens(text, language).into_iter();
    let words = tokens.filter(|token| !token.whole);
    words.map(|token| token.word).collect()
}
