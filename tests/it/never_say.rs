//! Phrases that Chorus never uses: they sound translated, or they're a second word for something that already has one.
//! Texts should be short, active, and plain, as in a school office. So should the names of tests.

use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::support::files_below;

/// English phrases. Whole words, in any case, with any white space between them. `…%` is any word that ends in `%`;
/// `!there` is any word except "there", or none.
const ENGLISH: &[&str] = &[
    // "is not an X" is how people say it; "there is no" and "is no longer" are fine.
    "!there is no !longer",
    "!there was no !longer",
    // Words that are old-fashioned or come from a dictionary.
    "anew",
    "beside",
    "besides",
    "stands",
    "told apart",
    "of ours",
    "of yours",
    "what lacks",
    "lacks",
    "a slip",
    "whoever",
    "somebody else’s",
    // Literal translations. People apply, send, divide, start, and stop counting.
    "take over",
    "taken over",
    "takes over",
    "leaves every count",
    "in no count",
    "counts nowhere",
    "goes out",
    "share out",
    "shared out",
    "begin",
    "begins",
    "began",
    "begun",
    "a mail",
    "the mail",
    "e-mail",
    "go on with it",
    // US conventions: "less than 5%", American spelling.
    "fewer than …%",
    "cancelled",
    // One word for one thing: comment, Required, characters, Divide 100 points, Late, access, and hidden to protect
    // people.
    "remark",
    "remarks",
    "we need this one",
    "letters",
    "standing",
    "asked for need",
    "gate",
    "give away",
    "gives away",
    "too few to show",
    "edges",
    "one’s own",
    "where it stands and shall stand",
    "a named person",
    "a way in without steps",
    "someone who interprets",
    "you cannot come",
    "left open",
    "have the place",
    "your points make",
    "does not fit what is there",
    "name this number",
    "how many of you come",
    "hand in",
];

/// Spanish phrases: `cuentas` are bank accounts, a count is a `total` or a `recuento`; `letras` means `caracteres`; a
/// forum is always a `reunión`.
const SPANISH: &[&str] = &[
    "las cuentas",
    "letras como máximo",
    "encuentro",
    "encuentros",
    "se habla",
    "esta la necesitamos",
];

/// Where a phrase is allowed anyway, with the reason. Keep this list short.
const ALLOWED: &[(&str, &str)] = &[];

/// A sentence and its source.
struct Said {
    at: PathBuf,
    text: String,
}

/// The words of a text in lowercase. `%` and hyphens inside a word stay, so "E-mail" and "5%" are single words.
fn words(text: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_alphanumeric() || "-’'%".contains(letter);
    text.split(|letter| !is_part(letter))
        .map(|word| {
            word.trim_matches(['-', '\'', '’'])
                .to_lowercase()
                .replace('\'', "’")
        })
        .filter(|word| !word.is_empty())
        .collect()
}

fn says(text: &str, phrase: &str) -> bool {
    let edge = || std::iter::once(String::new());
    let text: Vec<String> = edge().chain(words(text)).chain(edge()).collect();
    let phrase: Vec<&str> = phrase.split(' ').collect();
    let fits = |said: &str, wanted: &str| {
        if let Some(end) = wanted.strip_prefix('…') {
            said.ends_with(end)
        } else if let Some(not) = wanted.strip_prefix('!') {
            said != not
        } else {
            said == wanted
        }
    };
    text.windows(phrase.len()).any(|part| {
        part.iter()
            .zip(&phrase)
            .all(|(said, wanted)| fits(said, wanted))
    })
}

/// The text of a language's messages, without message ids and variable names.
fn messages(tag: &str) -> Vec<Said> {
    let mut said = Vec::new();
    for (path, text) in files_below(&format!("locales/{tag}"), "ftl") {
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in resource.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let value = message.value.iter();
            let attributes = message.attributes.iter().map(|attribute| &attribute.value);
            for pattern in value.chain(attributes) {
                let at = path.join(message.id.name);
                said.extend(spoken(pattern).into_iter().map(|text| Said {
                    at: at.clone(),
                    text,
                }));
            }
        }
    }
    assert!(!said.is_empty(), "no words in {tag}");
    said
}

/// Everything a pattern can say: its text with `X` for each value, once for each variant of a selector.
fn spoken(pattern: &Pattern<&str>) -> Vec<String> {
    let mut whole = vec![String::new()];
    for element in &pattern.elements {
        let next = match element {
            PatternElement::TextElement { value }
            | PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => vec![(*value).to_owned()],
            PatternElement::Placeable {
                expression: Expression::Select { variants, .. },
            } => {
                let variants = variants.iter();
                variants
                    .flat_map(|variant| spoken(&variant.value))
                    .collect()
            }
            PatternElement::Placeable { .. } => vec!["X".to_owned()],
        };
        whole = whole
            .iter()
            .flat_map(|start| next.iter().map(move |end| format!("{start}{end}")))
            .collect();
    }
    whole
}

/// Attributes that people read or hear.
const READ_ATTRIBUTES: &[&str] = &[
    "alt=\"",
    "aria-label=\"",
    "placeholder=\"",
    "title=\"",
    "label=\"",
    "hint=\"",
    "does=\"",
    "yes=\"",
    "caption=\"",
    "text=\"",
];

/// The prose of a template: text between tags and in readable attributes, without comments, statements, or tags.
fn prose(template: &str) -> String {
    let mut prose = String::new();
    let mut rest = template;
    while let Some(start) = rest.find(['{', '<']) {
        prose.push_str(&rest[..start]);
        rest = &rest[start..];
        let (end, length) = match rest.as_bytes().get(1) {
            Some(b'%') => ("%}", 2),
            Some(b'{') => ("}}", 2),
            Some(b'#') if rest.starts_with('{') => ("#}", 2),
            _ if rest.starts_with('<') => ("", 0),
            _ => {
                prose.push('{');
                rest = &rest[1..];
                continue;
            }
        };
        let tag = if end.is_empty() {
            &rest[..end_of_tag(rest)]
        } else {
            &rest[..rest.find(end).map_or(rest.len(), |at| at + length)]
        };
        if end != "#}" {
            prose.push(' ');
            prose.push_str(&read_in(tag));
        }
        // Styles and scripts aren't prose.
        rest = &rest[tag.len()..];
        for element in ["style", "script"] {
            if tag.starts_with(&format!("<{element}")) {
                rest = rest
                    .find(&format!("</{element}"))
                    .map_or("", |at| &rest[at..]);
            }
        }
        // Values and tags separate words.
        prose.push(' ');
    }
    prose.push_str(rest);
    prose
}

/// The end of a tag: after the first `>` that isn't inside quotes or braces.
fn end_of_tag(text: &str) -> usize {
    let (mut quoted, mut depth) = (false, 0_i32);
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            '"' if depth == 0 => quoted = !quoted,
            '>' if depth == 0 && !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn read_in(tag: &str) -> String {
    let mut read = String::new();
    for name in READ_ATTRIBUTES {
        for (at, _) in tag.match_indices(name) {
            if !tag[..at].ends_with([' ', '(', '\n']) {
                continue;
            }
            let value = &tag[at + name.len()..];
            let value = value.split('"').next().unwrap_or_default();
            read.push_str(value);
            read.push(' ');
        }
    }
    read
}

fn templates() -> Vec<Said> {
    let files = files_below("templates", "html").into_iter();
    let files = files.chain(files_below("templates", "txt"));
    files
        .map(|(at, text)| Said {
            text: prose(&text),
            at,
        })
        .collect()
}

/// The names of all tests, in Rust and in the browser.
fn test_names() -> Vec<Said> {
    let rust = ["src", "tests/it", "tests/attacks"].map(|folder| files_below(folder, "rs"));
    // The folder also holds the packages that the tests use, so only its own files are read.
    let browser = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser")).unwrap();
    let browser = browser
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()));
    let files = rust.into_iter().flatten().chain(browser);
    files
        .flat_map(|(at, text)| {
            let names = tested(&text).into_iter();
            names.map(move |text| Said {
                at: at.join(&text),
                text,
            })
        })
        .collect()
}

/// The functions after a test attribute, with spaces for underscores, and the titles of browser tests.
fn tested(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        is_test |= line == "#[test]" || line == "#[actix_web::test]";
        let function = line.trim_start_matches("async ").strip_prefix("fn ");
        if let Some(name) = function.filter(|_| is_test) {
            let name = name.split(['(', '<']).next().unwrap_or_default();
            names.push(name.replace('_', " "));
            is_test = false;
        }
        let title = line.strip_prefix("test(");
        if let Some((quote, rest)) = title.and_then(|title| title.split_at_checked(1)) {
            names.push(rest.split(quote).next().unwrap_or_default().to_owned());
        }
    }
    names
}

fn wrong(said: &[Said], never: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for said in said {
        for phrase in never {
            if says(&said.text, phrase) && !is_allowed(&said.at, phrase) {
                found.push(format!("{}: “{phrase}”", said.at.display()));
            }
        }
    }
    found
}

fn is_allowed(at: &Path, phrase: &str) -> bool {
    ALLOWED
        .iter()
        .any(|(file, allowed)| at.ends_with(file) && *allowed == phrase)
}

#[test]
fn no_page_uses_a_phrase_that_nobody_would_say() {
    let mut found = wrong(&messages("en"), ENGLISH);
    found.extend(wrong(&templates(), ENGLISH));
    found.extend(wrong(&messages("es"), SPANISH));
    assert!(
        found.is_empty(),
        "{} phrases:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn no_test_name_uses_such_a_phrase() {
    let names = test_names();
    assert!(names.len() > 800, "only {} tests", names.len());
    let found = wrong(&names, ENGLISH);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn names_of_rust_and_browser_tests_are_read() {
    let rust = "    #[test]\n    fn it_is_kept(text in \".*\") {\n    fn helper() {\n#[actix_web::test]\nasync fn b_c() {";
    assert_eq!(tested(rust), ["it is kept", "b c"]);
    let browser = "  test(`the plan, in full`, async () => {\ntest('it works', { skip }, () => {\n";
    assert_eq!(tested(browser), ["the plan, in full", "it works"]);
}

#[test]
fn a_phrase_is_found_in_prose_and_only_there() {
    let template = "{# begin anew #}<p class=\"gate\">{{ t(key=\"begin\") }} It <b>is</b>\nno page.</p>\
        {% if remarks %}<input name=\"remarks\" aria-label=\"Take over\">{% endif %}<style>.gate { }</style>";
    let said = prose(template);
    assert!(says(&said, "take over"), "{said}");
    assert!(!says(&said, "anew") && !says(&said, "begin") && !says(&said, "gate"));
    assert!(!says(&said, "remarks"));
    assert!(says(&said, "!there is no !longer"), "{said}");
    assert!(says("It is\nno", "!there is no !longer"));
    assert!(!says("There is no room.", "!there is no !longer"));
    assert!(!says("It is no longer here.", "!there is no !longer"));
    assert!(!says(
        "This is not it. Nobody knows.",
        "!there is no !longer"
    ));
    assert!(says("Named by fewer than 5%:", "fewer than …%"));
    assert!(!says("Fewer than 5 people", "fewer than …%"));
    assert!(says("Your E-mail", "e-mail"));
}

#[test]
fn a_message_is_read_as_each_of_its_variants() {
    let text = "a = This { $n ->\n    [one] is\n   *[other] are\n } no { $begin } left.\n";
    let resource = fluent_syntax::parser::parse(text).unwrap();
    let Some(Entry::Message(message)) = resource.body.first() else {
        panic!("no message");
    };
    let said = spoken(message.value.as_ref().unwrap());
    assert_eq!(said, ["This is no X left.", "This are no X left."]);
    assert!(says(&said[0], "!there is no !longer"));
}
