//! What came back: a status, headers, and a page to read and search.

use scraper::{ElementRef, Html, Selector};
use ureq::http::HeaderMap;

/// An answer.
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: u16,
    headers: HeaderMap,
    /// The body as received.
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    pub(super) fn of(response: ureq::http::Response<ureq::Body>) -> Self {
        let (parts, mut body) = response.into_parts();
        Self {
            status: parts.status.as_u16(),
            headers: parts.headers,
            bytes: body.with_config().limit(u64::MAX).read_to_vec().unwrap(),
        }
    }

    /// This reply, if it has this status. Otherwise the test fails and shows what the page said.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "the page says: {}", self.text());
        self
    }

    /// The first header with a name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Every header with a name.
    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        self.headers
            .get_all(name)
            .iter()
            .map(|value| value.to_str().unwrap())
            .collect()
    }

    /// Where the browser is sent.
    pub(crate) fn location(&self) -> &str {
        self.header("location")
            .expect("the answer should lead somewhere")
    }

    /// The body as text.
    pub(crate) fn body(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// What a person reads on the page: its words with single spaces, without tags, scripts and styles.
    pub(crate) fn text(&self) -> String {
        words_of(Html::parse_document(&String::from_utf8_lossy(&self.bytes)).root_element())
    }

    /// What a person reads inside each element that matches a CSS selector.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.find(selector, |element| Some(words_of(element)))
    }

    /// Like [`Reply::texts`], with all white space kept.
    pub(crate) fn raw_texts(&self, selector: &str) -> Vec<String> {
        self.find(selector, |element| Some(element.text().collect()))
    }

    /// An attribute of each element that matches a CSS selector, where it has it.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.find(selector, |element| element.attr(name).map(str::to_owned))
    }

    /// The fields of the first form that matches a CSS selector, as a browser would send them untouched: inputs,
    /// checked boxes, chosen options, texts.
    pub(crate) fn form(&self, selector: &str) -> Vec<(String, String)> {
        let fields = parse("input[name], textarea[name], select[name]");
        let of_form = self.find(selector, |form| {
            Some(form.select(&fields).filter_map(field).collect())
        });
        of_form
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("there is no form {selector}"))
    }

    /// Where the first form that matches a CSS selector is sent; none if it goes to the page's own address.
    pub(crate) fn action_of(&self, selector: &str) -> Option<String> {
        let actions = self.find(selector, |form| {
            Some(form.attr("action").map(str::to_owned))
        });
        actions.into_iter().next().flatten()
    }

    fn find<T>(&self, selector: &str, read: impl FnMut(ElementRef<'_>) -> Option<T>) -> Vec<T> {
        Html::parse_document(self.body())
            .select(&parse(selector))
            .filter_map(read)
            .collect()
    }
}

/// A field's name and its untouched value; none for an unchecked box and for buttons.
fn field(element: ElementRef<'_>) -> Option<(String, String)> {
    let attribute = |name| element.attr(name).map(str::to_owned);
    let name = attribute("name")?;
    let value = match (
        element.value().name(),
        element.attr("type").unwrap_or_default(),
    ) {
        ("textarea", _) => element.text().collect(),
        ("select", _) => {
            let option = |which| element.select(&parse(which)).next();
            let chosen = option("option[selected]").or_else(|| option("option"))?;
            chosen
                .attr("value")
                .map_or_else(|| words_of(chosen), str::to_owned)
        }
        (_, "submit" | "button" | "image" | "file") => return None,
        (_, "checkbox" | "radio") => {
            element.attr("checked")?;
            attribute("value").unwrap_or_else(|| "on".to_owned())
        }
        _ => attribute("value").unwrap_or_default(),
    };
    Some((name, value))
}

fn parse(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

/// Elements inside a sentence. Around any other element, words are kept apart.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u",
];

fn words_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    gather(element, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(element: ElementRef<'_>, text: &mut String) {
    let name = element.value().name();
    if matches!(name, "head" | "script" | "style" | "template") {
        return;
    }
    let apart = if INLINE.contains(&name) { "" } else { " " };
    text.push_str(apart);
    for child in element.children() {
        match (child.value().as_text(), ElementRef::wrap(child)) {
            (Some(words), _) => text.push_str(words),
            (None, Some(inner)) => gather(inner, text),
            (None, None) => {}
        }
    }
    text.push_str(apart);
}
