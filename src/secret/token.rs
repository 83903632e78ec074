//! Signed tokens: a value and our proof of it, for links in emails and for cookies. They are derived from the secret, so they
//! are never stored and can be made again.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use subtle::ConstantTimeEq;

use super::Secret;

/// How many bytes of the HMAC a token carries: 128 bits.
const PROOF_LENGTH: usize = 16;
/// How long a proof is in hexadecimal digits, as cookies of version 0.1 carry it.
const HEX_LENGTH: usize = 2 * PROOF_LENGTH;

/// A kind of token. A token of one kind proves nothing for another.
#[derive(Clone, Copy, Debug)]
pub struct TokenKind<'a> {
    purpose: &'a str,
    context: &'a [&'a str],
}

impl<'a> TokenKind<'a> {
    /// The kind for one purpose, such as a seat's link. `context` narrows it, such as to one survey.
    pub const fn new(purpose: &'a str, context: &'a [&'a str]) -> Self {
        Self { purpose, context }
    }

    /// The token for a value: the value, a full stop, and the proof.
    pub fn sign(&self, secret: &Secret, value: &str) -> String {
        let proof = BASE32_NOPAD
            .encode(&self.proof(secret, value))
            .to_ascii_lowercase();
        format!("{value}.{proof}")
    }

    /// The value of a token that we signed for this kind; nothing for any other text. Takes as long for a wrong proof as
    /// for a right one.
    pub fn open<'t>(&self, secret: &Secret, token: &'t str) -> Option<&'t str> {
        let (value, proof) = token.rsplit_once('.')?;
        let proof = if proof.len() == HEX_LENGTH {
            HEXLOWER.decode(proof.as_bytes())
        } else {
            BASE32_NOPAD.decode(proof.to_ascii_uppercase().as_bytes())
        };
        let is_ours = self.proof(secret, value).ct_eq(&proof.ok()?);
        bool::from(is_ours).then_some(value)
    }

    fn proof(&self, secret: &Secret, value: &str) -> Vec<u8> {
        let parts: Vec<&str> = self.context.iter().copied().chain([value]).collect();
        let mac = secret.mac(self.purpose, &parts);
        mac.into_iter().take(PROOF_LENGTH).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SEAT: TokenKind<'_> = TokenKind::new("forum seat", &[]);

    fn secret(digit: &str) -> Secret {
        Secret::load(Some(&digit.repeat(64)), std::path::Path::new("")).unwrap()
    }

    #[test]
    fn a_token_only_opens_with_our_secret_and_for_its_purpose() {
        let family = TokenKind::new("cookie", &["answer", "family"]);
        let token = family.sign(&secret("1"), "abc.17");
        assert_eq!(family.open(&secret("1"), &token), Some("abc.17"));
        assert_eq!(family.open(&secret("2"), &token), None);
        let staff = TokenKind::new("cookie", &["answer", "staff"]);
        assert_eq!(staff.open(&secret("1"), &token), None);
        let device = TokenKind::new("cookie", &["device"]);
        assert_eq!(device.open(&secret("1"), &token), None);
        let changed = token.replace("17", "18");
        assert_eq!(family.open(&secret("1"), &changed), None);
    }

    #[test]
    fn text_without_a_valid_proof_does_not_open() {
        for text in ["", ".", "abc", "abc.", "abc.aa", "abc.é"] {
            assert_eq!(SEAT.open(&secret("1"), text), None, "{text}");
        }
    }

    /// HMAC-SHA-256 over the purpose and the value, each after its length in eight bytes, computed with Python's `hmac`.
    #[test]
    fn links_and_cookies_from_the_first_version_still_open() {
        let id = "9f2c0000-0000-4000-8000-000000000001";
        let token = format!("{id}.t5dckiy53h7ubybhdymbhniljy");
        assert_eq!(SEAT.open(&secret("1"), &token), Some(id));
        assert_eq!(SEAT.sign(&secret("1"), id), token);
        assert_eq!(
            SEAT.open(&secret("1"), &token.to_uppercase().replace("9F2C", "9f2c")),
            Some(id)
        );
        let cookie = TokenKind::new("cookie", &["device"]);
        assert_eq!(
            cookie.open(&secret("1"), "abc.9e59377731dfccbb560192431bb0d74f"),
            Some("abc")
        );
    }

    proptest! {
        #[test]
        fn made_up_and_altered_tokens_do_not_open(purpose in "[a-z]{0,8}", text in any::<String>()) {
            let (secret, context) = (secret("7"), [purpose.as_str()]);
            let kind = TokenKind::new("cookie", &context);
            prop_assert_eq!(kind.open(&secret, &text), None);
            // Our own proof, cut off or with one character changed, proves nothing.
            let whole = kind.sign(&secret, &text);
            prop_assert_eq!(kind.open(&secret, &whole), Some(text.as_str()));
            prop_assert_eq!(kind.open(&secret, &whole[..whole.len() - 1]), None);
            let (value, proof) = whole.rsplit_once('.').unwrap();
            let other = if proof.starts_with('a') { "b" } else { "a" };
            let changed = format!("{value}.{other}{}", &proof[1..]);
            prop_assert_eq!(kind.open(&secret, &changed), None);
        }
    }
}
