//! The engine: which comments contain which words, what a rule matches, and tables of words. It's pure: texts go in,
//! sets and tables come out.
//!
//! Read in this order: `vocabulary` numbers words, `postings` stores the comments of each word, `rule` parses a term,
//! `matcher` compiles terms, and `codebook` holds the rules of all themes. `keywords`, `keyness`, `phrases`, `negated`,
//! and `same` are tables of words. `corpus` and `suppressed` are inputs for suggestions and learning.

pub mod codebook;
pub mod corpus;
pub mod keyness;
pub mod keywords;
pub mod matcher;
pub mod negated;
pub mod phrases;
pub mod postings;
pub mod rule;
pub mod same;
pub mod suppressed;
pub mod vocabulary;
