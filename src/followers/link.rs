//! What a phone carries after somebody left an address, and what the link in a mail to that address holds: derived from
//! our secret, never stored. Only the second shows that the address is one's own.

use subtle::ConstantTimeEq;

use super::model::FollowerId;
use crate::secret::Secret;

/// How many bytes of the HMAC stand in a token: 128 bits.
const LENGTH: usize = 16;

/// What a token proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// That somebody left the address.
    Left,
    /// That somebody reads what is sent to it.
    Owns,
}

impl Proof {
    fn purpose(self) -> &'static str {
        match self {
            Self::Left => "follower left",
            Self::Owns => "follower owns",
        }
    }
}

/// The token for whoever left an address.
pub(super) fn leaving_token(secret: &Secret, follower: &FollowerId) -> String {
    token(secret, follower, Proof::Left)
}

/// The token that goes to the address itself: with it its owner confirms or erases it.
pub fn confirming_token(secret: &Secret, follower: &FollowerId) -> String {
    token(secret, follower, Proof::Owns)
}

/// The address that a token of ours names, and what it proves.
pub(super) fn read(secret: &Secret, token: &str) -> Option<(FollowerId, Proof)> {
    let (id, said) = token.split_once('.')?;
    let said = data_encoding::BASE32_NOPAD
        .decode(said.to_ascii_uppercase().as_bytes())
        .ok()?;
    let id = FollowerId::from(id.to_owned());
    let proves = |proof: &Proof| bool::from(mac(secret, &id, *proof).ct_eq(&said));
    let proof = [Proof::Left, Proof::Owns].into_iter().find(proves)?;
    Some((id, proof))
}

fn token(secret: &Secret, follower: &FollowerId, proof: Proof) -> String {
    let mac = data_encoding::BASE32_NOPAD.encode(&mac(secret, follower, proof));
    format!("{follower}.{}", mac.to_ascii_lowercase())
}

fn mac(secret: &Secret, follower: &FollowerId, proof: Proof) -> Vec<u8> {
    let mac = secret.mac(proof.purpose(), &[follower.as_str()]);
    mac.into_iter().take(LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(digit: &str) -> Secret {
        Secret::load(Some(&digit.repeat(64)), std::path::Path::new("")).unwrap()
    }

    #[test]
    fn a_token_proves_what_it_was_made_for_and_nothing_more() {
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
