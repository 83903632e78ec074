//! The link in an email that opens a person's seat. It's derived from our secret, so it can be created again and is
//! never stored.

use super::model::SignUpId;
use crate::secret::{Secret, TokenKind};

const SEAT: TokenKind<'static> = TokenKind::new("forum seat", &[]);

/// The token for a sign-up.
pub(super) fn token(secret: &Secret, sign_up: &SignUpId) -> String {
    SEAT.sign(secret, sign_up.as_str())
}

/// The sign-up that a valid token identifies.
pub(super) fn read(secret: &Secret, token: &str) -> Option<SignUpId> {
    let id = SEAT.open(secret, token)?;
    Some(SignUpId::from(id.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(digit: &str) -> Secret {
        Secret::load(Some(&digit.repeat(64)), std::path::Path::new("")).unwrap()
    }

    #[test]
    fn only_a_token_we_signed_identifies_a_sign_up() {
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
