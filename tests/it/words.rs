//! The words: what a template or a handler asks for is there in every language, with the same parts.

use std::collections::{BTreeMap, BTreeSet};

use std::path::Path;

use chorus::web::languages::{Covers, Languages};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::support::files_below;

/// A key's parts, as `{ $count }` names them.
type Words = BTreeMap<String, BTreeSet<String>>;

/// The keys of each language with their parts.
fn languages() -> BTreeMap<String, Words> {
    let mut languages: BTreeMap<String, Words> = BTreeMap::new();
    for (path, text) in files_below("locales", "ftl") {
        let tag = path
            .components()
            .nth(1)
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        add_words(&path, &text, languages.entry(tag.to_owned()).or_default());
    }
    assert!(languages.contains_key("en") && languages.contains_key("es"));
    languages
}

/// The languages of every public page.
fn complete_languages() -> BTreeMap<String, Words> {
    let spoken = Languages::load().unwrap();
    let complete: Vec<&str> = spoken.complete().collect();
    let mut languages = languages();
    languages.retain(|tag, _| complete.contains(&tag.as_str()));
    languages
}

fn add_words(path: &Path, text: &str, words: &mut Words) {
    let resource = fluent_syntax::parser::parse(text)
        .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut parts = BTreeSet::new();
            if let Some(value) = &message.value {
                parts_of(value, &mut parts);
            }
            let again = words.insert(message.id.name.to_owned(), parts);
            assert!(
                again.is_none(),
                "{} says {} twice",
                path.display(),
                message.id.name
            );
        }
    }
}

fn parts_of(pattern: &Pattern<&str>, parts: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => parts_of_inline(inline, parts),
                Expression::Select { selector, variants } => {
                    parts_of_inline(selector, parts);
                    for variant in variants {
                        parts_of(&variant.value, parts);
                    }
                }
            }
        }
    }
}

fn parts_of_inline(expression: &InlineExpression<&str>, parts: &mut BTreeSet<String>) {
    match expression {
        InlineExpression::VariableReference { id } => {
            parts.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                parts_of_inline(argument, parts);
            }
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inline) = &**expression {
                parts_of_inline(inline, parts);
            }
        }
        _ => {}
    }
}

/// A call of `t` in a template.
#[derive(Debug)]
struct Call {
    template: String,
    /// The expression after `key=`.
    key: String,
    /// The names of the other arguments.
    parts: BTreeSet<String>,
}

/// The text up to the parenthesis that closes the one before it, cut at commas of its own level.
fn arguments(text: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut arguments) = (0, false, vec![String::new()]);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => break,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        arguments.last_mut().unwrap().push(letter);
    }
    arguments
        .iter()
        .map(|argument| argument.trim().to_owned())
        .collect()
}

/// What follows each call of a function in a text.
fn calls_of<'a>(text: &'a str, function: &str) -> Vec<&'a str> {
    let opening = format!("{function}(");
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    let found = text.match_indices(&opening);
    let called = found.filter(|(at, _)| !text[..*at].ends_with(is_name));
    called.map(|(at, _)| &text[at + opening.len()..]).collect()
}

fn calls() -> Vec<Call> {
    let mut calls = Vec::new();
    for (path, text) in files_below("templates", "html") {
        for call in calls_of(&text, "t") {
            let named = arguments(call).into_iter().filter_map(|argument| {
                let (name, value) = argument.split_once('=')?;
                Some((name.trim().to_owned(), value.trim().to_owned()))
            });
            let mut named: BTreeMap<String, String> = named.collect();
            let key = named
                .remove("key")
                .unwrap_or_else(|| panic!("{}: t without a key", path.display()));
            calls.push(Call {
                template: path.display().to_string(),
                key,
                parts: named.into_keys().collect(),
            });
        }
    }
    assert!(!calls.is_empty());
    calls
}

fn quoted(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// The keys that a call may ask for: all that it quotes, or, where it puts a key together, every known one that begins
/// and ends as it does.
fn keys_of<'a>(expression: &'a str, known: &'a Words) -> Vec<&'a str> {
    let pieces: Vec<&str> = expression.split('~').map(str::trim).collect();
    let [first, .., last] = pieces[..] else {
        return quoted(expression);
    };
    let literal = |piece: &'a str| {
        piece
            .strip_prefix('"')
            .map_or("", |piece| piece.trim_end_matches('"'))
    };
    let (start, end) = (literal(first), literal(last));
    let fits = |key: &&str| {
        key.starts_with(start) && key.ends_with(end) && key.len() > start.len() + end.len()
    };
    known.keys().map(String::as_str).filter(fits).collect()
}

/// The keys that a language must have: those of the files that it has, each of them whole.
fn english_of(tag: &str) -> Words {
    let mut words = Words::new();
    let files: BTreeSet<_> = files_below(&format!("locales/{tag}"), "ftl")
        .into_iter()
        .map(|(path, _)| path.file_name().unwrap().to_owned())
        .collect();
    for (path, text) in files_below("locales/en", "ftl") {
        if files.contains(path.file_name().unwrap()) {
            add_words(&path, &text, &mut words);
        }
    }
    words
}

#[test]
fn every_language_has_the_same_keys_with_the_same_parts() {
    for (tag, words) in languages() {
        assert_eq!(words, english_of(&tag), "{tag} differs from English");
    }
}

#[test]
fn a_language_is_complete_on_every_page_that_it_says_it_covers() {
    let spoken = Languages::load().unwrap();
    let files = |tag: &str| -> BTreeSet<String> {
        files_below(&format!("locales/{tag}"), "ftl")
            .into_iter()
            .map(|(path, _)| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect()
    };
    for tag in spoken.tags() {
        let needed = match spoken.about(tag).unwrap().covers {
            Covers::Everything => files("en"),
            Covers::Answering => ["answering.ftl".to_owned(), "site.ftl".to_owned()].into(),
        };
        assert!(
            files(tag).is_superset(&needed),
            "{tag} lacks some of {needed:?}"
        );
    }
}

#[test]
fn every_key_that_a_template_asks_for_is_there_and_gets_every_part_it_names() {
    let languages = complete_languages();
    let mut wrong = Vec::new();
    for call in calls() {
        for (tag, words) in &languages {
            let keys = keys_of(&call.key, words);
            // A key that comes from the page's context is known once the page is rendered.
            if keys.is_empty() && call.key.contains('"') {
                wrong.push(format!(
                    "{}: {tag} has no words for {}",
                    call.template, call.key
                ));
            }
            // What a key put together gets is seen when its page is rendered.
            let is_plain = !call.key.contains('~');
            for key in keys {
                match words.get(key) {
                    None => wrong.push(format!("{}: {tag} has no words for {key}", call.template)),
                    Some(parts) if is_plain && !parts.is_subset(&call.parts) => {
                        wrong.push(format!(
                            "{}: {key} in {tag} names {parts:?} and gets {:?}",
                            call.template, call.parts
                        ));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_sentence_that_a_form_leaves_is_there_in_every_language() {
    let languages = complete_languages();
    let mut wrong = Vec::new();
    for (path, text) in files_below("src", "rs") {
        for call in calls_of(&text, "flash") {
            let arguments = arguments(call);
            for key in arguments.get(1).map(|key| quoted(key)).unwrap_or_default() {
                for (tag, words) in &languages {
                    if !words.contains_key(&format!("flash-{key}")) {
                        wrong.push(format!("{}: {tag} has no flash-{key}", path.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_error_has_a_title_and_a_text_in_every_language() {
    use chorus::error::Error;
    let errors = [
        Error::NotFound,
        Error::Forbidden,
        Error::ForeignOrigin,
        Error::BadRequest(String::new()),
        Error::Invalid(String::new()),
        Error::Conflict(String::new()),
        Error::Gone(String::new()),
        Error::TooLarge(1),
        Error::Slow {
            retry_after: std::time::Duration::from_secs(1),
        },
        Error::Busy,
        Error::bug("a bug"),
    ];
    for (tag, words) in complete_languages() {
        for error in &errors {
            for part in ["title", "text"] {
                let key = format!("error-{}-{part}", error.name());
                assert!(words.contains_key(&key), "{tag} has no {key}");
            }
        }
    }
}
