//! The link in an email that leads to a person's seat: derived from our secret, so that it can be made again and is never
//! stored.

use subtle::ConstantTimeEq;

use super::model::SignUpId;
use crate::secret::Secret;

/// What the derived half is made for.
const PURPOSE: &str = "forum seat";
/// How many bytes of the HMAC stand in the link: 128 bits.
const LENGTH: usize = 16;

/// The token for a sign-up: its id, a full stop, and what only we can derive from it.
pub(super) fn token(secret: &Secret, sign_up: &SignUpId) -> String {
    format!(
        "{sign_up}.{}",
        data_encoding::BASE32_NOPAD
            .encode(&proof(secret, sign_up))
            .to_ascii_lowercase()
    )
}

/// The sign-up that a valid token identifies.
pub(super) fn read(secret: &Secret, token: &str) -> Option<SignUpId> {
    let (id, said) = token.split_once('.')?;
    let said = data_encoding::BASE32_NOPAD
        .decode(said.to_ascii_uppercase().as_bytes())
        .ok()?;
    let id = SignUpId::from(id.to_owned());
    bool::from(proof(secret, &id).ct_eq(&said)).then_some(id)
}

fn proof(secret: &Secret, sign_up: &SignUpId) -> Vec<u8> {
    let mac = secret.mac(PURPOSE, &[sign_up.as_str()]);
    mac.into_iter().take(LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(digit: &str) -> Secret {
        Secret::load(Some(&digit.repeat(64)), std::path::Path::new("")).unwrap()
    }

    #[test]
    fn only_our_own_token_names_a_sign_up() {
        let id = SignUpId::new();
        let ours = token(&secret("1"), &id);
        assert_eq!(read(&secret("1"), &ours), Some(id.clone()));
        assert_eq!(read(&secret("2"), &ours), None);
        let (_, proof) = ours.split_once('.').unwrap();
        assert_eq!(
            read(&secret("1"), &format!("{}.{proof}", SignUpId::new())),
            None
        );
        for other in ["", ".", id.as_str(), &format!("{id}."), &format!("{id}.aa")] {
            assert_eq!(read(&secret("1"), other), None);
        }
    }
}
