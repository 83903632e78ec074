//! Ids and keys that several features use, kept here so that features don't depend on each other only for a type.

use crate::db::text_id;

text_id! {
    /// The id of an account.
    AccountId,
    /// The id of a round.
    RoundId,
    /// The id of a response.
    ResponseId,
    /// The id of an import batch.
    BatchId,
    /// The id of a forum.
    ForumId,
    /// The id of a table at a forum.
    TableId,
}

/// Whether text is a valid key: 1 to 64 lowercase letters, digits, and hyphens, not starting with a hyphen.
pub fn is_key(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-')
}

/// Whether text is a language tag (RFC 5646) in canonical form.
pub fn is_language(text: &str) -> bool {
    text.parse::<unic_langid::LanguageIdentifier>()
        .is_ok_and(|tag| tag == text)
}
