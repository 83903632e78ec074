//! Form bodies: read completely, checked as UTF-8, and kept in order. Also the state of a form that's shown again.

use std::collections::BTreeMap;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_core::future::LocalBoxFuture;
use serde::Serialize;
use tokio::time::timeout;

use crate::error::{Error, Result};
use crate::localized::LocalizedText;
use crate::secret::{Secret, random_token};

/// What a form body may take, as passed to [`Fields`].
#[derive(Clone, Copy, Debug, Default)]
pub struct FormLimit {
    /// The most bytes.
    pub bytes: usize,
    /// The longest time until all of them are here. A client that sends a byte a minute would otherwise hold a connection
    /// for as long as it likes.
    pub deadline: Duration,
}

/// The field that identifies one rendering of a form. Templates write it with the component `submission`.
pub const SUBMISSION: &str = "_submission";

/// The fields of a URL-encoded body, in order. A name may occur more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// Parses a URL-encoded body. Invalid UTF-8 is an error; replacing it would change the text silently.
    pub fn parse(body: &[u8]) -> Result<Self> {
        let pairs = body
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| {
                let mut halves = pair.splitn(2, |byte| *byte == b'=');
                Ok((
                    decode(halves.next().unwrap_or_default())?,
                    decode(halves.next().unwrap_or_default())?,
                ))
            })
            .collect::<Result<_>>()
            .map(Self)
    }

    /// The first value of a field, trimmed. Empty if the field is missing.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).map_or("", str::trim)
    }

    /// The first value of a field, exactly as sent.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// A localized text from the fields `name.en`, `name.es`, and so on. Empty fields are left out.
    pub fn localized(&self, name: &str) -> LocalizedText {
        let tagged = self.0.iter().filter_map(|(key, value)| {
            let tag = key.strip_prefix(name)?.strip_prefix('.')?;
            (!value.trim().is_empty()).then(|| (tag.to_owned(), value.trim().to_owned()))
        });
        LocalizedText(tagged.collect())
    }

    /// The id of the row that this form adds: the same one if the form is submitted twice, so a double click or a retry adds
    /// nothing twice. If somebody goes back and submits the same form with other words, that's another row. A form without
    /// a key (from a page that was open during an update) gets a random id.
    pub fn row_id(&self, secret: &Secret, purpose: &str) -> Result<String> {
        let fresh = random_token()?;
        let key = Some(self.get(SUBMISSION)).filter(|key| !key.is_empty());
        let mut parts = vec![key.unwrap_or(&fresh)];
        for (name, value) in &self.0 {
            parts.extend([name.as_str(), value.as_str()]);
        }
        Ok(secret.id(purpose, &parts))
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

fn decode(bytes: &[u8]) -> Result<String> {
    let spaced: Vec<u8> = bytes
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    let decoded = percent_encoding::percent_decode(&spaced).decode_utf8();
    let text = decoded
        .map_err(|_| Error::BadRequest("The form has bytes that aren’t UTF-8 text.".to_owned()))?;
    if text.contains('\0') {
        return Err(Error::BadRequest(
            "The form has a character that we can’t store.".to_owned(),
        ));
    }
    // Browsers send line breaks as CR LF. Normalizing them keeps digests and lengths consistent.
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

impl FromRequest for Fields {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = request.app_data().copied().unwrap_or_default();
        let payload = web::Payload::from_request(request, payload);
        Box::pin(async move {
            let payload = payload.await.map_err(|_| {
                Error::BadRequest(
                    "We couldn’t read the form. Please go back and submit it again.".to_owned(),
                )
            })?;
            let FormLimit { bytes, deadline } = limit;
            let cut_off = || {
                Error::BadRequest(
                    "We didn’t get the whole form. Please go back and submit it again.".to_owned(),
                )
            };
            let body = timeout(deadline, payload.to_bytes_limited(bytes));
            let body = body.await.map_err(|_| cut_off())?;
            let body = body.map_err(|_| Error::TooLarge(bytes))?;
            Self::parse(&body.map_err(|_| cut_off())?)
        })
    }
}

/// A text in one language of the district, shown as the form field `name.en` or `name.es`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LanguageField {
    /// The language's tag.
    pub tag: String,
    /// The language's own name.
    pub language: String,
    /// The text; empty if there isn't one yet.
    pub text: String,
}

impl LanguageField {
    /// The fields of a localized text.
    pub fn all(text: &LocalizedText, languages: &[String]) -> Vec<Self> {
        let field = |tag: &String| Self {
            tag: tag.clone(),
            language: super::languages::own_name(tag).to_owned(),
            text: text.0.get(tag).cloned().unwrap_or_default(),
        };
        languages.iter().map(field).collect()
    }
}

/// What was entered and what's wrong with it, so that a form shown again loses nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FormState {
    /// The first value of each field, as entered.
    pub values: BTreeMap<String, String>,
    /// Every value of each field, for groups of checkboxes.
    pub many: BTreeMap<String, Vec<String>>,
    /// What is wrong with a field, in plain words.
    pub faults: BTreeMap<String, String>,
}

impl FormState {
    /// A form as entered, without errors so far.
    pub fn typed(fields: &Fields) -> Self {
        let mut state = Self::default();
        for (name, value) in &fields.0 {
            state
                .values
                .entry(name.clone())
                .or_insert_with(|| value.clone());
            state
                .many
                .entry(name.clone())
                .or_default()
                .push(value.clone());
        }
        state
    }

    /// Sets a field's value, for a form that shows stored data.
    #[must_use]
    pub fn with(mut self, name: &str, value: &(impl ToString + ?Sized)) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self.many.insert(name.to_owned(), vec![value.to_string()]);
        self
    }

    /// Records what's wrong with a field. The first reason is kept.
    pub fn fault(&mut self, name: &str, reason: impl Into<String>) {
        self.faults
            .entry(name.to_owned())
            .or_insert_with(|| reason.into());
    }

    /// Whether there are no errors.
    pub fn is_right(&self) -> bool {
        self.faults.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_repeated_field_keeps_every_value_in_order() {
        let fields = Fields::parse(b"topic=buses&topic=arts&name=+Ana%20+").unwrap();
        assert_eq!(fields.all("topic").collect::<Vec<_>>(), ["buses", "arts"]);
        assert_eq!(fields.get("name"), "Ana");
    }

    #[test]
    fn invalid_utf_8_is_refused_in_plain_words() {
        assert!(
            matches!(Fields::parse(b"a=%ff"), Err(Error::BadRequest(reason)) if reason.contains("UTF-8"))
        );
    }

    proptest! {
        #[test]
        fn any_encoded_form_reads_back_the_same(pairs in prop::collection::vec(("[^\r\0]{1,8}", "[^\r\0]{0,20}"), 0..6)) {
            let mut body = url::form_urlencoded::Serializer::new(String::new());
            for (name, value) in &pairs {
                body.append_pair(name, value);
            }
            prop_assert_eq!(Fields::parse(body.finish().as_bytes()).unwrap().0, pairs);
        }

        #[test]
        fn any_body_is_read_without_panicking(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Fields::parse(&body);
        }
    }
}
