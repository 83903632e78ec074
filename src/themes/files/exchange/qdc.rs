//! Writes codebooks for qualitative analysis software, as REFI-QDA 1.0 `.qdc` files.
//!
//! Each theme is a code, and a subtheme is a code within a code. The format doesn't support rules, so a code's
//! description has them as text, after the definition, include, exclude, and example. GUIDs are derived from the
//! themes' keys (UUID version 5), so the next version of a codebook maps to the same codes.
//!
//! The Rotterdam Exchange Format Initiative (2019), *REFI-QDA standard 1.5*, codebook exchange: `CodeBook` has `Codes`
//! with at least one `Code`; a `Code` has `guid`, `name`, and `isCodable`, then optionally a `Description`, then its
//! own codes.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::themes::engine::codebook::{Codebook, Theme};

/// The XML namespace of the format.
const NAMESPACE: &str = "urn:QDA-XML:codebook:1.0";

/// The namespace of our GUIDs, generated once. Never change it.
const CODES: Uuid = Uuid::from_u128(0x6d1c_3f7e_58a0_4b0e_9a54_27c1_d0a8_b3f2);

/// The GUID of a theme's code.
pub fn guid(key: &str) -> Uuid {
    Uuid::new_v5(&CODES, key.as_bytes())
}

/// Writes a codebook that compiles. Fails if there are no themes, because the format requires one.
pub fn write(codebook: &Codebook) -> Result<String> {
    if codebook.themes.is_empty() {
        return Err(Error::Invalid(
            "the codebook has no themes, and a .qdc file needs at least one".to_owned(),
        ));
    }
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    written(&mut xml, codebook).map_err(Error::internal)?;
    let mut text = String::from_utf8(xml.into_inner()).map_err(Error::internal)?;
    text.push('\n');
    Ok(text)
}

fn written(xml: &mut Writer<Vec<u8>>, codebook: &Codebook) -> std::io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let origin = concat!("Chorus ", env!("CARGO_PKG_VERSION"));
    let mut root = BytesStart::new("CodeBook");
    root.push_attribute(("xmlns", NAMESPACE));
    root.push_attribute(("origin", origin));
    xml.write_event(Event::Start(root))?;
    xml.write_event(Event::Start(BytesStart::new("Codes")))?;
    parts(xml, codebook, None)?;
    xml.write_event(Event::End(BytesEnd::new("Codes")))?;
    xml.write_event(Event::End(BytesEnd::new("CodeBook")))
}

/// Writes the codes of a theme's subthemes; with no theme, the top-level codes.
fn parts(
    xml: &mut Writer<Vec<u8>>,
    codebook: &Codebook,
    parent: Option<&str>,
) -> std::io::Result<()> {
    let themes = codebook.themes.iter();
    for theme in themes.filter(|theme| theme.parent.as_deref() == parent) {
        let guid = guid(&theme.key).hyphenated().to_string();
        let name = plain(theme.name.get("en").0);
        let mut code = BytesStart::new("Code");
        code.push_attribute(("guid", guid.as_str()));
        code.push_attribute(("name", name.as_str()));
        code.push_attribute(("isCodable", "true"));
        xml.write_event(Event::Start(code))?;
        let description = description(theme);
        if !description.is_empty() {
            xml.write_event(Event::Start(BytesStart::new("Description")))?;
            xml.write_event(Event::Text(BytesText::new(&description)))?;
            xml.write_event(Event::End(BytesEnd::new("Description")))?;
        }
        parts(xml, codebook, Some(&theme.key))?;
        xml.write_event(Event::End(BytesEnd::new("Code")))?;
    }
    Ok(())
}

/// Everything about a theme besides its name, one line each.
fn description(theme: &Theme) -> String {
    let mut lines: Vec<String> = Vec::new();
    let (definition, _) = theme.definition.get("en");
    lines.push(definition.to_owned());
    for (what, text) in [
        ("Include", &theme.include),
        ("Exclude", &theme.exclude),
        ("Example", &theme.example),
    ] {
        lines.extend(text.iter().map(|text| format!("{what}: {text}")));
    }
    for (tag, rule) in &theme.rules {
        for (what, terms) in [("any of", &rule.any), ("none of", &rule.none)] {
            if !terms.is_empty() {
                lines.push(format!("Rule ({tag}), {what}: {}", terms.join(", ")));
            }
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    plain(&lines.join("\n"))
}

/// The text without characters that XML 1.0 doesn't allow.
fn plain(text: &str) -> String {
    let may_stand = |letter: &char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(may_stand).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use roxmltree::{Document, Node};

    use super::*;
    use crate::localized::LocalizedText;

    const CODEBOOK: &str = r#"
        [[themes]]
        key = "getting-around"
        name = { en = 'Getting <around> & "back"' }
        definition = { en = "Roads, buses, walking" }
        include = "sidewalks"
        exclude = "trips of classes"
        example = "The bus is late."
        [themes.rules.en]
        any = ["bus*", '"drop off"']
        none = ["business"]
        [[themes]]
        key = "parking"
        name = { en = "Parking" }
        parent = "getting-around"
        rules.en.any = ["parking"]
        [[themes]]
        key = "food"
        name = { es = "Comida" }
        rules.es.any = ["comida"]
    "#;

    /// Checks an element against the published codebook schema, read by another library: no attributes or children that
    /// the schema doesn't define, and children in the schema's order.
    fn check(node: Node<'_, '_>, guids: &mut BTreeSet<String>) {
        assert_eq!(
            node.tag_name().namespace(),
            Some("urn:QDA-XML:codebook:1.0")
        );
        let attributes: BTreeSet<&str> = node.attributes().map(|it| it.name()).collect();
        let children: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
        let names: Vec<&str> = children.iter().map(|it| it.tag_name().name()).collect();
        let is_a_guid = |text: &str| {
            let parts: Vec<usize> = text.split('-').map(str::len).collect();
            parts == [8, 4, 4, 4, 12] && text.chars().all(|it| it == '-' || it.is_ascii_hexdigit())
        };
        match node.tag_name().name() {
            "CodeBook" => {
                assert_eq!(attributes, BTreeSet::from(["origin"]));
                assert!(
                    names == ["Codes"] || names == ["Codes", "Sets"],
                    "{names:?}"
                );
            }
            "Codes" => {
                assert!(attributes.is_empty());
                assert!(!names.is_empty() && names.iter().all(|name| *name == "Code"));
            }
            "Code" => {
                let required = BTreeSet::from(["guid", "name", "isCodable"]);
                let allowed = BTreeSet::from(["guid", "name", "isCodable", "color"]);
                assert!(required.is_subset(&attributes) && attributes.is_subset(&allowed));
                assert!(
                    ["true", "false", "1", "0"].contains(&node.attribute("isCodable").unwrap())
                );
                let guid = node.attribute("guid").unwrap();
                assert!(is_a_guid(guid), "{guid}");
                assert!(guids.insert(guid.to_owned()), "{guid} is there twice");
                let codes = names.strip_prefix(&["Description"]).unwrap_or(&names);
                assert!(codes.iter().all(|name| *name == "Code"), "{names:?}");
            }
            "Description" => assert!(attributes.is_empty() && names.is_empty()),
            other => panic!("the schema knows no {other}"),
        }
        for child in children {
            check(child, guids);
        }
    }

    fn named<'a>(document: &'a Document<'_>, name: &str) -> Node<'a, 'a> {
        let mut nodes = document.descendants();
        nodes
            .find(|node| node.attribute("name") == Some(name))
            .unwrap()
    }

    #[test]
    fn a_codebook_is_written_according_to_the_schema() {
        let (codebook, _) = Codebook::parse(CODEBOOK).unwrap();
        let xml = write(&codebook).unwrap();
        assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
        let document = Document::parse(&xml).unwrap();
        let mut guids = BTreeSet::new();
        check(document.root_element(), &mut guids);
        assert_eq!(guids.len(), 3);
        let whole = named(&document, "Getting <around> & \"back\"");
        let description = whole.first_element_child().unwrap();
        assert_eq!(
            description.text().unwrap(),
            "Roads, buses, walking\nInclude: sidewalks\nExclude: trips of classes\nExample: The bus is late.\n\
             Rule (en), any of: bus*, \"drop off\"\nRule (en), none of: business"
        );
        assert_eq!(named(&document, "Parking").parent(), Some(whole));
        assert_eq!(
            named(&document, "Comida")
                .parent()
                .unwrap()
                .tag_name()
                .name(),
            "Codes"
        );
    }

    /// Python 3: `uuid.uuid5(uuid.UUID("6d1c3f7e-58a0-4b0e-9a54-27c1d0a8b3f2"), "parking")`.
    #[test]
    fn a_theme_keeps_its_guid_across_versions() {
        assert_eq!(
            guid("parking").to_string(),
            "d82cddbe-da54-5c4d-acc6-cde1ba703f94"
        );
        assert_ne!(guid("parking"), guid("food"));
    }

    #[test]
    fn a_codebook_without_themes_is_refused() {
        let fault = write(&Codebook::default()).unwrap_err().to_string();
        assert!(fault.contains("no theme"), "{fault}");
    }

    proptest! {
        #[test]
        fn any_name_and_text_give_a_valid_file(name in ".{1,20}", text in any::<String>()) {
            let theme = Theme {
                key: "a".to_owned(),
                name: LocalizedText::one("en", &name),
                definition: LocalizedText::one("en", &text),
                example: Some(text),
                ..Theme::default()
            };
            let codebook = Codebook { themes: vec![theme], ..Codebook::default() };
            let xml = write(&codebook).unwrap();
            check(Document::parse(&xml).unwrap().root_element(), &mut BTreeSet::new());
        }
    }
}
