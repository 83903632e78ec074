//! A survey's file: reads and writes documents as TOML.

use serde::Serialize;
use toml::ser::ValueSerializer;

use super::about::{About, Audience};
use super::document::Document;
use super::item::{Choice, Item};
use crate::files::parse_toml;
use crate::localized::LocalizedText;

/// Parses a document. If it can't be parsed, returns the reason in plain words, with its line.
pub fn parse_document(text: &str) -> Result<Document, String> {
    parse_toml(text.trim_start_matches('\u{feff}')).map_err(|error| error.to_string())
}

/// Writes a document in the order and layout of the documented example. Reading it back gives the same document.
pub fn write_document(document: &Document) -> Result<String, String> {
    let mut writer = Writer(String::new());
    writer
        .document(document)
        .map_err(|error| error.to_string())?;
    Ok(writer.0)
}

type WriteResult = Result<(), toml::ser::Error>;

/// Writes each setting on its own line, and texts as inline tables so that a person finds a question's text next to its
/// key. The serializer alone would give each text its own heading.
struct Writer(String);

impl Writer {
    fn document(&mut self, document: &Document) -> WriteResult {
        self.line("slug", &document.slug)?;
        self.line("languages", &document.languages)?;
        self.line("unit", &document.unit)?;
        self.optional("group", document.group.as_ref())?;
        self.line("title", &document.title)?;
        self.words("intro", &document.intro)?;
        self.words("thanks", &document.thanks)?;
        let drafts = &document.machine_drafts;
        self.optional("machine_drafts", (!drafts.is_empty()).then_some(drafts))?;
        self.about(&document.about)?;
        document.items.iter().try_for_each(|item| self.item(item))?;
        // Goes after the questions, because people who read the file don't need it.
        for (tag, marks) in &document.translated_from {
            self.0.push_str("\n[translated_from.");
            self.0.push_str(tag);
            self.0.push_str("]\n");
            for (name, mark) in marks {
                toml::Value::from(name.as_str()).serialize(ValueSerializer::new(&mut self.0))?;
                self.0.push_str(" = ");
                mark.serialize(ValueSerializer::new(&mut self.0))?;
                self.0.push('\n');
            }
        }
        Ok(())
    }

    fn about(&mut self, about: &About) -> WriteResult {
        if about.is_empty() {
            return Ok(());
        }
        self.0.push_str("\n[about]\n");
        let students = about.audience == Audience::Students;
        self.optional("audience", students.then_some(&about.audience))?;
        self.optional("receipts", about.receipts.then_some(&true))?;
        self.optional("minutes", about.minutes.as_ref())?;
        about
            .wordings()
            .into_iter()
            .try_for_each(|(name, text)| self.words(name, text))
    }

    fn item(&mut self, item: &Item) -> WriteResult {
        self.0.push_str("\n[[items]]\n");
        self.line("key", &item.key)?;
        self.line("kind", &item.kind)?;
        self.optional("intent", item.intent.as_ref())?;
        self.optional("required", item.required.then_some(&true))?;
        self.optional("at_most", item.at_most.as_ref())?;
        self.optional("several", item.several.then_some(&true))?;
        self.optional("only", (!item.only.is_empty()).then_some(&item.only))?;
        self.optional("max_length", item.max_length.as_ref())?;
        self.optional("from", item.from.as_ref())?;
        self.optional("to", item.to.as_ref())?;
        self.optional("total", item.total.as_ref())?;
        self.optional("show_if", item.show_if.as_ref())?;
        self.words("when", &item.when)?;
        self.words("low", &item.low)?;
        self.words("high", &item.high)?;
        self.words("not_applicable", &item.not_applicable)?;
        self.line("label", &item.label)?;
        self.words("help", &item.help)?;
        self.words("other", &item.other)?;
        self.list("rows", &item.rows)?;
        self.list("choices", &item.choices)
    }

    fn list(&mut self, name: &str, list: &[Choice]) -> WriteResult {
        list.iter().try_for_each(|one| {
            self.0.push_str("\n[[items.");
            self.0.push_str(name);
            self.0.push_str("]]\n");
            self.line("key", &one.key)?;
            self.line("label", &one.label)
        })
    }

    fn words(&mut self, name: &str, text: &LocalizedText) -> WriteResult {
        self.optional(name, (!text.0.is_empty()).then_some(text))
    }

    fn optional<T: Serialize>(&mut self, name: &str, value: Option<&T>) -> WriteResult {
        value.map_or(Ok(()), |value| self.line(name, value))
    }

    fn line<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> WriteResult {
        self.0.push_str(name);
        self.0.push_str(" = ");
        value.serialize(ValueSerializer::new(&mut self.0))?;
        self.0.push('\n');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::surveys::kind::ItemKind;
    use crate::surveys::samples;

    const EXAMPLE: &str = include_str!("../../fixtures/riverside/survey.toml");
    const KINDS: &str = include_str!("../../fixtures/kinds/survey.toml");

    #[test]
    fn the_documented_example_is_valid() {
        let document = parse_document(EXAMPLE).unwrap();
        assert_eq!(document.slug, "family");
        // Counted by hand in the file: `grep -c '^\[\[items\]\]'` and `grep -c '^\[\[items.choices\]\]'`.
        assert_eq!(document.items.len(), 10);
        assert_eq!(
            document
                .items
                .iter()
                .map(|item| item.choices.len())
                .sum::<usize>(),
            18
        );
        assert_eq!(document.faults(), []);
        assert_eq!(document.missing_words(), []);
    }

    #[test]
    fn the_examples_cover_every_kind_and_every_setting() {
        let document = parse_document(KINDS).unwrap();
        assert_eq!(
            (document.faults(), document.missing_words()),
            (Vec::new(), Vec::new())
        );
        let examples = [document, parse_document(EXAMPLE).unwrap()];
        let written = examples
            .each_ref()
            .map(|example| write_document(example).unwrap())
            .concat();
        for kind in ItemKind::ALL {
            assert!(written.contains(&format!("kind = \"{kind}\"")), "{kind}");
        }
        // An item's fields, as the document schema names them.
        let item = Item::new("a", ItemKind::Text, LocalizedText::default());
        for setting in format!("{item:?}")
            .split(", ")
            .filter_map(|field| field.split_once(": "))
        {
            let name = setting.0.trim_start_matches("Item { ");
            let listed = written.contains(&format!("[[items.{name}]]"));
            assert!(
                listed || written.contains(&format!("\n{name} = ")),
                "{name}"
            );
        }
    }

    #[test]
    fn written_documents_look_like_the_documented_examples() {
        for example in [EXAMPLE, KINDS] {
            looks_as(example);
        }
    }

    fn looks_as(example: &str) {
        let document = parse_document(example).unwrap();
        let settings = |text: &str| -> Vec<String> {
            let lines = text.lines().map(str::trim);
            let kept = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
            let mut kept: Vec<_> = kept.map(str::to_owned).collect();
            kept.sort_unstable();
            kept
        };
        let written = write_document(&document).unwrap();
        assert_eq!(settings(&written), settings(example));
    }

    #[test]
    fn an_invalid_value_or_syntax_is_reported_with_its_line() {
        let reason =
            parse_document("slug = \"a\"\nlanguages = [\"en\"]\nunit = \"people\"\n").unwrap_err();
        assert!(reason.starts_with("line 3: "), "{reason}");
        let reason = parse_document("slug = \"a\"\nlanguages = [\"en\n").unwrap_err();
        assert!(reason.starts_with("line 2: "), "{reason}");
    }

    #[test]
    fn an_unknown_setting_is_reported_rather_than_ignored() {
        let text = EXAMPLE.replacen("required = true", "requierd = true", 1);
        let reason = parse_document(&text).unwrap_err();
        assert!(reason.contains("requierd"), "{reason}");
    }

    #[test]
    fn a_file_from_windows_reads_the_same() {
        let text = format!("\u{feff}{}", EXAMPLE.replace('\n', "\r\n"));
        assert_eq!(parse_document(&text), parse_document(EXAMPLE));
    }

    #[test]
    fn endless_brackets_are_refused_without_a_stack_overflow() {
        assert!(parse_document(&format!("languages = {}", "[".repeat(100_000))).is_err());
        assert!(parse_document(&format!("title = {}", "{ a = ".repeat(100_000))).is_err());
    }

    proptest! {
        #[test]
        fn a_document_is_unchanged_after_writing_and_reading(document in samples::documents()) {
            let written = write_document(&document).unwrap();
            prop_assert_eq!(parse_document(&written), Ok(document), "{}", written);
        }

        #[test]
        fn any_text_is_read_without_panicking(text in any::<String>()) {
            let _ = parse_document(&text);
        }

        /// Typos: part of the example is cut out and replaced with other text.
        #[test]
        fn a_malformed_document_is_read_without_panicking(
            from in 0..EXAMPLE.len(),
            length in 0..200_usize,
            typed in r#"([a-z0-9"'=\[\]{}#\\\n.,-]|[^\r]){0,40}"#,
        ) {
            let letters: Vec<char> = EXAMPLE.chars().collect();
            let from = from.min(letters.len());
            let upto = (from + length).min(letters.len());
            let text: String = letters[..from].iter().copied().chain(typed.chars()).chain(letters[upto..].iter().copied()).collect();
            if let Ok(document) = parse_document(&text) {
                let _ = (document.faults(), document.missing_words());
                let written = write_document(&document).unwrap();
                prop_assert_eq!(parse_document(&written), Ok(document));
            }
        }
    }
}
