//! Receipts: a code that opens one response and reveals nothing by itself.

use crate::secret::{Secret, digest};
use crate::surveys::SurveyId;

/// Crockford's Base32: no letters that look like digits, and no U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 80 bits, five per symbol.
const LENGTH: usize = 16;
const GROUP: usize = 4;

/// The first 80 bits of HMAC(secret, submission key) as 16 symbols. It can be derived again from the key, so a repeated
/// submission gets the same receipt. It's never stored: the response keeps only its digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt(String);

impl std::fmt::Debug for Receipt {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Receipt(…)")
    }
}

impl Receipt {
    /// The receipt of a submission, from the digest of its key.
    pub fn of(secret: &Secret, survey: &SurveyId, submission_id: &str) -> Self {
        let bytes = secret.mac("receipt", &[survey.as_str(), submission_id]);
        let symbols = (0..LENGTH).filter_map(|place| symbol(&bytes, place * 5));
        Self(symbols.map(char::from).collect())
    }

    /// Parses a typed code. Ignores case, spaces and dashes, and reads O, I and L as the digits they look like.
    pub fn parse(typed: &str) -> Option<Self> {
        let symbols = typed
            .chars()
            .filter(|letter| !letter.is_whitespace() && !is_dash(*letter));
        let code: Option<String> = symbols
            .map(|letter| {
                let plain = match letter.to_ascii_uppercase() {
                    'O' => '0',
                    'I' | 'L' => '1',
                    other => other,
                };
                u8::try_from(plain)
                    .ok()
                    .filter(|byte| SYMBOLS.contains(byte))
                    .map(char::from)
            })
            .collect();
        code.filter(|code| code.len() == LENGTH).map(Self)
    }

    /// The digest stored with the response.
    pub fn digest(&self) -> String {
        digest(&self.0)
    }

    /// The code without dashes, as a form submits it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Receipt {
    /// The code as people read it: four groups of four.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, letter) in self.0.chars().enumerate() {
            if place > 0 && place % GROUP == 0 {
                formatter.write_str("-")?;
            }
            write!(formatter, "{letter}")?;
        }
        Ok(())
    }
}

/// The symbol for the five bits from `start`, counted from the most significant bit.
fn symbol(bytes: &[u8], start: usize) -> Option<u8> {
    let pair = [*bytes.get(start / 8)?, *bytes.get(start / 8 + 1)?];
    let value = usize::from(u16::from_be_bytes(pair) >> (11 - start % 8)) & 31;
    SYMBOLS.get(value).copied()
}

/// Whether people or their keyboards use this character as a dash.
fn is_dash(letter: char) -> bool {
    matches!(
        letter,
        '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn secret() -> Secret {
        Secret::load(Some(&"07".repeat(32)), std::path::Path::new("unused")).unwrap()
    }

    #[test]
    fn each_symbol_encodes_five_bits_from_the_front() {
        // 00000 00001 00010 00011 00100 00101 00110 00111, read from the figure for Base32 in RFC 4648.
        let bytes = [0x00, 0x44, 0x32, 0x14, 0xc7, 0x00];
        let symbols: Vec<u8> = (0..8)
            .filter_map(|place| symbol(&bytes, place * 5))
            .collect();
        assert_eq!(symbols, b"01234567");
    }

    #[test]
    fn a_receipt_depends_only_on_the_survey_and_the_key() {
        let (one, other) = (
            SurveyId::from("a".to_owned()),
            SurveyId::from("b".to_owned()),
        );
        assert_eq!(
            Receipt::of(&secret(), &one, "k"),
            Receipt::of(&secret(), &one, "k")
        );
        assert_ne!(
            Receipt::of(&secret(), &one, "k"),
            Receipt::of(&secret(), &other, "k")
        );
        assert_ne!(
            Receipt::of(&secret(), &one, "k"),
            Receipt::of(&secret(), &one, "l")
        );
    }

    #[test]
    fn a_code_is_accepted_however_people_type_it() {
        let code = Receipt::parse("7KQ4-M2XP-9RTD-HW10").unwrap();
        for typed in [
            "7kq4m2xp9rtdhw10",
            " 7KQ4 M2XP 9RTD HW1O ",
            "7kq4–m2xp–9rtd–hwlo",
            "7KQ4_M2XP.9RTD-HWIo",
        ] {
            assert_eq!(Receipt::parse(typed).as_ref(), Some(&code), "{typed}");
        }
        for typed in [
            "",
            "7KQ4",
            "7KQ4-M2XP-9RTD-HW1",
            "7KQ4-M2XP-9RTD-HW1U",
            "7KQ4-M2XP-9RTD-HW1É",
            "７KQ4-M2XP-9RTD-HW10",
        ] {
            assert_eq!(Receipt::parse(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_printed_code_can_be_typed_back(key in ".*") {
            let receipt = Receipt::of(&secret(), &SurveyId::from("s".to_owned()), &key);
            prop_assert_eq!(receipt.to_string().len(), 19);
            prop_assert_eq!(Receipt::parse(&receipt.to_string()), Some(receipt));
        }

        #[test]
        fn any_typed_code_is_read_without_panicking(typed in any::<String>()) {
            let _ = Receipt::parse(&typed);
        }
    }
}
