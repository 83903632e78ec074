//! The installation's secret. Receipts, links and signed cookies are derived from it and never stored; it is not in the
//! database.

mod token;

use std::cell::RefCell;
use std::fs;
use std::io::Write;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::files;

pub use token::TokenKind;

const FILE_NAME: &str = "secret.key";

/// 32 bytes, the same on all nodes of an installation.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl Secret {
    /// The secret from the configuration, else from the file in `folder`. The first run makes that file, with mode 0600.
    pub fn load(configured: Option<&str>, folder: &Path) -> Result<Self> {
        if let Some(text) = configured {
            return Self::from_hex(text);
        }
        let path = folder.join(FILE_NAME);
        match fs::read_to_string(&path) {
            Ok(text) => files::named(&path, Self::from_hex(text.trim())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let secret = Self(random()?);
                write_private(&path, &data_encoding::HEXLOWER.encode(&secret.0))?;
                Ok(secret)
            }
            Err(error) => Err(Error::Invalid(format!("{}: {error}", path.display()))),
        }
    }

    fn from_hex(text: &str) -> Result<Self> {
        let bytes = data_encoding::HEXLOWER_PERMISSIVE
            .decode(text.as_bytes())
            .ok();
        let bytes = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        bytes
            .map(Self)
            .ok_or_else(|| Error::Invalid("the secret is 64 hexadecimal digits".to_owned()))
    }

    /// HMAC-SHA-256 (RFC 2104) over a purpose and parts. A code made for one purpose proves nothing for another.
    pub fn mac(&self, purpose: &str, parts: &[&str]) -> [u8; 32] {
        // RFC 2104 pads a key shorter than the hash's block with zeros.
        let mut block = [0; 64];
        block
            .iter_mut()
            .zip(self.0)
            .for_each(|(place, byte)| *place = byte);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        for part in std::iter::once(&purpose).chain(parts) {
            // With its length in front of each part, ("ab", "c") differs from ("a", "bc").
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }

    /// An id (UUID) derived from a purpose and parts. The same parts give the same id, and nobody without the secret can
    /// choose one.
    pub fn id(&self, purpose: &str, parts: &[&str]) -> String {
        let mut bytes = [0; 16];
        for (byte, from) in bytes.iter_mut().zip(self.mac(purpose, parts)) {
            *byte = from;
        }
        let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
        id.to_string()
    }
}

/// Random bytes from the operating system, fetched many at a time: one call for each token would cost more than rendering
/// the page that carries it. Each byte is used once.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    const AT_A_TIME: usize = 1024;
    thread_local! {
        static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    BYTES.with_borrow_mut(|bytes| {
        if bytes.len() < N {
            bytes.resize(AT_A_TIME.max(N), 0);
            getrandom::fill(bytes)
                .map_err(|error| Error::bug(format!("no randomness: {error}")))?;
        }
        let rest = bytes.len() - N;
        let given = bytes.get(rest..).and_then(|last| last.try_into().ok());
        bytes.truncate(rest);
        given.ok_or_else(|| Error::bug("no randomness"))
    })
}

/// A random token of 256 bits, as 52 characters that are safe in cookies and forms.
pub fn random_token() -> Result<String> {
    Ok(data_encoding::BASE32_NOPAD
        .encode(&random::<32>()?)
        .to_ascii_lowercase())
}

/// SHA-256 in hexadecimal digits: of a file, of answers, of evidence, of a token that must not be stored itself.
pub fn digest(bytes: impl AsRef<[u8]>) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes.as_ref()))
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(path)
        .map_err(|error| Error::Invalid(format!("{}: {error}", path.display())))?;
    writeln!(file, "{text}").map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_created_once_and_only_its_owner_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = Secret::load(None, folder.path()).unwrap();
        let second = Secret::load(None, folder.path()).unwrap();
        assert_eq!(first.0, second.0);
        #[cfg(unix)]
        {
            let metadata = fs::metadata(folder.path().join(FILE_NAME)).unwrap();
            assert_eq!(
                std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777,
                0o600
            );
        }
    }

    #[test]
    fn the_mac_depends_on_the_purpose_and_on_where_each_part_ends() {
        let secret = Secret([7; 32]);
        assert_ne!(secret.mac("p", &["ab", "c"]), secret.mac("p", &["a", "bc"]));
        assert_ne!(secret.mac("p", &["ab"]), secret.mac("q", &["ab"]));
    }

    /// RFC 4231, test case 1, for the primitive that `mac` uses.
    #[test]
    fn the_primitive_is_hmac_sha_256() {
        let mut mac = Hmac::<Sha256>::new_from_slice(&[0x0b; 20]).unwrap();
        mac.update(b"Hi There");
        let expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        assert_eq!(
            data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes()),
            expected
        );
    }
}
