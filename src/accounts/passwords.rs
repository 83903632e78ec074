//! Password storage: Argon2id (RFC 9106) with a random salt and the library's default cost parameters.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};
use crate::secret::random;

/// The minimum length of a password, in characters. NIST SP 800-63B-4 requires 15 for single-factor passwords and 8 at
/// the least.
pub const PASSWORD_MINIMUM: usize = 12;

/// How many passwords are hashed at once. Each takes 19 MiB (the library's default of 19,456 KiB) and a core.
static TURNS: Semaphore = Semaphore::const_new(2);
/// How many may wait for their turn or have it. Beyond that the site is busy.
static PLACES: Semaphore = Semaphore::const_new(64);

/// Hashes or checks a password on a thread of its own, at most two at a time, so that a flood of sign-ins takes neither the
/// memory nor the database's readers from the families who are answering. [`Error::Busy`] if too many are waiting.
pub async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let place = PLACES.try_acquire().map_err(|_| Error::Busy)?;
    let turn = TURNS.acquire().await.map_err(|_| Error::Busy)?;
    let done = tokio::task::spawn_blocking(move || {
        // Even if the client has gone, the work goes on, and so must its turn.
        let _held = (place, turn);
        work()
    });
    done.await.map_err(Error::internal)
}

/// The hash to store, as a PHC string.
pub fn hash_password(password: &str) -> Result<String> {
    if password.chars().count() < PASSWORD_MINIMUM {
        return Err(Error::Invalid(format!(
            "the password is too short: use at least {PASSWORD_MINIMUM} characters"
        )));
    }
    let hash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| Error::bug(format!("hashing: {error}")))?;
    Ok(hash.to_string())
}

/// A new password with 80 random bits, in groups that are easy to read aloud: `xk3f-…`.
pub fn generate_password() -> Result<String> {
    let letters = data_encoding::BASE32_NOPAD
        .encode(&random::<10>()?)
        .to_ascii_lowercase();
    let mut password = String::new();
    for (position, letter) in letters.chars().enumerate() {
        if position > 0 && position % 4 == 0 {
            password.push('-');
        }
        password.push(letter);
    }
    Ok(password)
}

/// Whether a password matches a stored hash. Takes the same time when the account doesn't exist (no hash).
pub fn is_password(password: &str, hash: Option<&str>) -> bool {
    /// The hash of a password that nobody uses.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$dHP0zFyEHHLCxZPpTpMOHhLsbT3oYpmJrNDhrZJ6FbY";
    let stored = PasswordHash::new(hash.unwrap_or(NOBODY));
    let fits = stored.is_ok_and(|stored| {
        Argon2::default()
            .verify_password(password.as_bytes(), &stored)
            .is_ok()
    });
    fits && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_is_accepted() {
        let hash = hash_password("correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(is_password("correct horse battery", Some(&hash)));
        assert!(!is_password("correct horse batterz", Some(&hash)));
        assert!(!is_password("correct horse battery", None));
    }

    #[test]
    fn generated_passwords_come_in_groups_of_four_and_differ() {
        let password = generate_password().unwrap();
        let groups: Vec<&str> = password.split('-').collect();
        assert_eq!(groups.len(), 4);
        assert!(groups.iter().all(|group| group.len() == 4));
        assert!(hash_password(&password).is_ok());
        assert_ne!(password, generate_password().unwrap());
    }

    #[test]
    fn a_short_password_is_refused() {
        assert!(hash_password("short").is_err());
    }
}
