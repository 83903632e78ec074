//! The token that a phone gets when someone leaves an email address, and the token in the link of an email to that
//! address. Both are derived from our secret and never stored. Only the second proves that the person owns the address.

use super::model::FollowerId;
use crate::secret::{Secret, TokenKind};

/// What a token proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// That the person left the address.
    Left,
    /// That the person reads email sent to it.
    Owns,
}

impl Proof {
    const fn kind(self) -> TokenKind<'static> {
        match self {
            Self::Left => TokenKind::new("follower left", &[]),
            Self::Owns => TokenKind::new("follower owns", &[]),
        }
    }
}

/// The token for the person who left an address.
pub(super) fn leaving_token(secret: &Secret, follower: &FollowerId) -> String {
    Proof::Left.kind().sign(secret, follower.as_str())
}

/// The token that is emailed to the address. Its owner uses it to confirm or delete the address.
pub fn confirming_token(secret: &Secret, follower: &FollowerId) -> String {
    Proof::Owns.kind().sign(secret, follower.as_str())
}

/// The address that a signed token identifies, and what the token proves.
pub(super) fn read(secret: &Secret, token: &str) -> Option<(FollowerId, Proof)> {
    [Proof::Left, Proof::Owns].into_iter().find_map(|proof| {
        let id = proof.kind().open(secret, token)?;
        Some((FollowerId::from(id.to_owned()), proof))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(digit: &str) -> Secret {
        Secret::load(Some(&digit.repeat(64)), std::path::Path::new("")).unwrap()
    }

    #[test]
    fn a_token_only_proves_what_it_was_made_for() {
        let (ours, id) = (secret("1"), FollowerId::new());
        let (left, owns) = (leaving_token(&ours, &id), confirming_token(&ours, &id));
        assert_ne!(left, owns);
        assert_eq!(read(&ours, &left), Some((id.clone(), Proof::Left)));
        assert_eq!(read(&ours, &owns), Some((id.clone(), Proof::Owns)));
        assert_eq!(read(&secret("2"), &owns), None);
        for other in ["", ".", id.as_str(), &format!("{id}."), &format!("{id}.aa")] {
            assert_eq!(read(&ours, other), None);
        }
    }
}
