//! Ids and keys that several features need, so that none of them has to know another for a name alone.

use crate::db::text_id;

text_id! {
    /// Names an account.
    AccountId,
    /// Names a round.
    RoundId,
    /// Names a response.
    ResponseId,
    /// Names an import.
    BatchId,
    /// Names a forum.
    ForumId,
    /// Names a table at a forum.
    TableId,
}

/// Whether a text can be a key: lower-case letters, digits and hyphens, 64 at the most, not starting with a hyphen.
pub fn is_key(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-')
}

/// Whether a text is a language tag (RFC 5646) as browsers write it.
pub fn is_language(text: &str) -> bool {
    text.parse::<unic_langid::LanguageIdentifier>()
        .is_ok_and(|tag| tag == text)
}
