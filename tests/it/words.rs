//! Messages: every key that a template or a handler uses exists in every language, with the same variables.

use std::collections::{BTreeMap, BTreeSet};

use std::path::{Path, PathBuf};

use chorus::web::languages::{Covers, Languages};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::support::files_below;

/// Each key with its variables, named as in `{ $count }`.
type Words = BTreeMap<String, BTreeSet<String>>;

/// The keys of each language with their variables.
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

/// The languages that cover every public page.
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

/// The arguments of a call: the text up to its closing parenthesis, split at top-level commas.
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

/// The text after each call of a function.
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

/// The keys that a call can ask for: every key it quotes. If it builds a key, every known one with the same start and
/// end.
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

/// The files of a language, by their path below its folder. Only English has `desk/`, because the desk is in English.
fn files_of(tag: &str) -> BTreeMap<PathBuf, String> {
    let folder = format!("locales/{tag}");
    let files = files_below(&folder, "ftl").into_iter();
    files
        .map(|(path, text)| (path.strip_prefix(&folder).unwrap().to_owned(), text))
        .collect()
}

/// The keys that a language must have: all English keys of the files it has.
fn english_of(tag: &str) -> Words {
    let mut words = Words::new();
    let files = files_of(tag);
    for (path, text) in files_of("en") {
        if files.contains_key(&path) {
            add_words(&path, &text, &mut words);
        }
    }
    words
}

/// The messages that only the desk uses.
fn desk_words() -> Words {
    let mut words = Words::new();
    for (path, text) in files_of("en") {
        if path.starts_with("desk") {
            add_words(&path, &text, &mut words);
        }
    }
    words
}

#[test]
fn every_message_is_used_by_a_page_or_the_program() {
    let asked = Asked::read();
    assert!(asked.is_asked("error-not-found-title") && !asked.is_asked("paper-rank"));
    for (tag, words) in languages() {
        let unused: Vec<_> = words.keys().filter(|key| !asked.is_asked(key)).collect();
        assert!(unused.is_empty(), "nothing asks for {unused:?} in {tag}");
    }
}

/// What templates, scripts, and the program quote, and the first and last parts of the keys they build.
struct Asked {
    quoted: BTreeSet<String>,
    starts: BTreeSet<String>,
    ends: BTreeSet<String>,
}

impl Asked {
    fn read() -> Self {
        let mut asked = Self {
            quoted: BTreeSet::new(),
            starts: BTreeSet::from([String::new()]),
            ends: BTreeSet::from([String::new()]),
        };
        for (folder, ending) in [("src", "rs"), ("templates", "html"), ("templates", "txt")] {
            for (_, text) in files_below(folder, ending) {
                asked.add(&text);
            }
        }
        asked
    }

    fn add(&mut self, text: &str) {
        let is_key =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        let pieces: Vec<&str> = text.split(|letter: char| !is_key(letter)).collect();
        let mut at = 0;
        for piece in pieces {
            let (before, behind) = (&text[..at], &text[at + piece.len()..]);
            at += piece.len() + behind.chars().next().map_or(0, char::len_utf8);
            if piece.is_empty() {
                continue;
            }
            let opens = before.ends_with('"');
            let closes = behind.starts_with('"');
            if opens && closes {
                self.quoted.insert(piece.to_owned());
            }
            if opens && piece.ends_with('-') && (closes || behind.starts_with('{')) {
                self.starts.insert(piece.to_owned());
            }
            if closes && piece.starts_with('-') && (opens || before.ends_with('}')) {
                self.ends.insert(piece.to_owned());
            }
        }
    }

    /// Whether a key is quoted as a whole, or built from a quoted start, middle, and end.
    fn is_asked(&self, key: &str) -> bool {
        let middle = |start: &str, end: &str| key.strip_prefix(start)?.strip_suffix(end);
        self.starts.iter().any(|start| {
            let middles = self.ends.iter().filter_map(|end| middle(start, end));
            middles
                .into_iter()
                .any(|middle| self.quoted.contains(middle))
        })
    }
}

#[test]
fn messages_only_use_plural_forms_that_their_language_has() {
    for (tag, forms) in [
        ("en", &["one", "other"][..]),
        ("es", &["one", "other"]),
        ("ar", &["zero", "one", "two", "few", "many", "other"]),
    ] {
        for (path, text) in files_of(tag) {
            for line in text.lines().map(str::trim_start) {
                let Some((form, _)) = line
                    .trim_start_matches('*')
                    .strip_prefix('[')
                    .and_then(|line| line.split_once(']'))
                else {
                    continue;
                };
                let known = forms.contains(&form) || form.parse::<u32>().is_ok();
                assert!(known, "{tag}: {} has [{form}]", path.display());
            }
        }
    }
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    for (tag, words) in languages() {
        assert_eq!(words, english_of(&tag), "{tag} differs from English");
    }
}

#[test]
fn a_language_is_complete_on_every_page_it_covers() {
    let spoken = Languages::load().unwrap();
    let files = |tag: &str| -> BTreeSet<PathBuf> { files_of(tag).into_keys().collect() };
    for tag in spoken.tags() {
        let needed = match spoken.about(tag).unwrap().covers {
            Covers::Everything => {
                let all = files("en").into_iter();
                all.filter(|path| !path.starts_with("desk")).collect()
            }
            Covers::Answering => ["answering.ftl".into(), "site.ftl".into()].into(),
        };
        assert!(
            files(tag).is_superset(&needed),
            "{tag} is missing some of {needed:?}"
        );
    }
}

#[test]
fn every_message_in_a_template_exists_and_gets_all_its_variables() {
    let languages = complete_languages();
    let mut wrong = Vec::new();
    for call in calls() {
        for (tag, words) in &languages {
            let keys = keys_of(&call.key, words);
            // A key from the page's context is only known when the page is rendered.
            if keys.is_empty() && call.key.contains('"') {
                wrong.push(format!(
                    "{}: {tag} has no words for {}",
                    call.template, call.key
                ));
            }
            // The variables of a key that's built are checked when its page is rendered.
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
fn every_confirmation_after_a_form_exists_in_every_language() {
    let (languages, desk) = (complete_languages(), desk_words());
    let mut wrong = Vec::new();
    for (path, text) in files_below("src", "rs") {
        for call in calls_of(&text, "flash") {
            let arguments = arguments(call);
            let keys = arguments.get(1).map(|key| quoted(key)).unwrap_or_default();
            for key in keys {
                if desk.contains_key(&format!("flash-{key}")) {
                    continue;
                }
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
