//! Rate limits by IP address, by device, and by account.
//!
//! An IPv6 customer has 2⁶⁴ addresses, so those are counted by network (`/64`).

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::HttpRequest;
use governor::NotUntil;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::Config;
use crate::error::{Error, Result};

/// The rate limiters of one node.
pub struct Limits {
    sign_in: DefaultKeyedRateLimiter<String>,
    sign_in_account: DefaultKeyedRateLimiter<String>,
    sign_in_address: DefaultKeyedRateLimiter<IpAddr>,
    sign_in_overall: DefaultDirectRateLimiter,
    address: DefaultKeyedRateLimiter<IpAddr>,
    device: DefaultKeyedRateLimiter<String>,
    receipt: DefaultKeyedRateLimiter<IpAddr>,
}

/// Sign-in attempts for one account from one address before the limit drops to one every ten seconds.
const SIGN_IN_TRIES: u32 = 5;
/// Sign-in attempts for one account from all addresses before the limit drops to one every 30 seconds.
const ACCOUNT_TRIES: u32 = 20;
/// Sign-in attempts from one address, for all accounts, before the limit drops to one a second: a school's staff on the
/// morning that a survey opens.
const ADDRESS_TRIES: u32 = 60;
/// Sign-in attempts in all before the limit drops to five a second.
const OVERALL_TRIES: u32 = 300;
/// Wrong receipts from one address before the limit drops to one every five seconds.
const RECEIPT_TRIES: u32 = 20;
/// Each time this many keys accumulate, full buckets are dropped so that memory stays bounded.
const SWEEP: usize = 4096;
const TEN_MINUTES: u32 = 600;

impl Limits {
    /// Full buckets, sized by the configuration.
    pub fn new(config: &Config) -> Self {
        Self {
            sign_in: RateLimiter::keyed(refilled_every(Duration::from_secs(10), SIGN_IN_TRIES)),
            sign_in_account: RateLimiter::keyed(refilled_every(
                Duration::from_secs(30),
                ACCOUNT_TRIES,
            )),
            sign_in_address: RateLimiter::keyed(refilled_every(
                Duration::from_secs(1),
                ADDRESS_TRIES,
            )),
            sign_in_overall: RateLimiter::direct(refilled_every(
                Duration::from_millis(200),
                OVERALL_TRIES,
            )),
            address: RateLimiter::keyed(in_ten_minutes(config.address_limit)),
            device: RateLimiter::keyed(in_ten_minutes(config.device_limit)),
            receipt: RateLimiter::keyed(refilled_every(Duration::from_secs(5), RECEIPT_TRIES)),
        }
    }

    /// Counts a sign-in attempt: by account and address, and then by account, by address, and in all, so that neither many
    /// addresses nor many accounts let anybody guess faster. The narrowest limit is first, so somebody who guesses the
    /// password of one account soon costs the others nothing.
    ///
    /// `known` is whether this browser has signed in to the account before. It's only counted by account and address: those
    /// who guess from elsewhere, or from the same school, can't lock out the people who work here.
    pub fn sign_in(&self, email: &str, address: IpAddr, known: bool) -> Result<()> {
        let (account, address) = (crate::secret::digest(email), network(address));
        if known {
            return check(&self.sign_in, &format!("known {address} {account}"));
        }
        check(&self.sign_in, &format!("{address} {account}"))?;
        check(&self.sign_in_account, &account)?;
        check(&self.sign_in_address, &address)?;
        self.sign_in_overall.check().map_err(slow)
    }

    /// Counts an attempt to change the password of an account that is signed in.
    pub fn own_password(&self, email: &str, address: IpAddr) -> Result<()> {
        let (account, address) = (crate::secret::digest(email), network(address));
        check(&self.sign_in, &format!("own {address} {account}"))
    }

    /// Counts a submission that isn't tied to a device.
    pub fn address(&self, address: IpAddr) -> Result<()> {
        check(&self.address, &network(address))
    }

    /// Counts a submission from a device with our signed cookie.
    pub fn device(&self, device: &str) -> Result<()> {
        check(&self.device, &device.to_owned())
    }

    /// Counts a receipt that doesn't exist. Valid receipts are never limited: a school behind one address shares this
    /// bucket, and 80 bits can't be guessed at any rate.
    pub fn wrong_receipt(&self, address: IpAddr) -> Result<()> {
        check(&self.receipt, &network(address))
    }
}

fn refilled_every(period: Duration, burst: u32) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(period).map_or_else(
        || Quota::per_second(burst),
        |quota| quota.allow_burst(burst),
    )
}

fn in_ten_minutes(count: u32) -> Quota {
    refilled_every(
        Duration::from_secs(u64::from(TEN_MINUTES)) / count.max(1),
        count,
    )
}

fn check<K: std::hash::Hash + Eq + Clone>(
    limiter: &DefaultKeyedRateLimiter<K>,
    key: &K,
) -> Result<()> {
    if limiter.len() % SWEEP == SWEEP - 1 {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(slow)
}

#[expect(clippy::needless_pass_by_value, reason = "it is passed to `map_err`")]
fn slow(not_until: NotUntil<<DefaultClock as Clock>::Instant>) -> Error {
    Error::Slow {
        retry_after: not_until.wait_time_from(DefaultClock::default().now()),
    }
}

/// What an address is counted as: itself, or the `/64` network of an IPv6 address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address @ IpAddr::V4(_) => address,
    }
}

/// The client's address: the peer's, or the last entry of `X-Forwarded-For` if our own proxy is in front. A client can send
/// that header too, in several lines; what our proxy adds comes after all of them.
pub fn client_address(request: &HttpRequest, config: &Config) -> IpAddr {
    let forwarded = config
        .behind_proxy
        .then(|| request.headers().get_all("x-forwarded-for").last())
        .flatten();
    let forwarded = forwarded
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    forwarded
        .or_else(|| request.peer_addr().map(|peer| peer.ip()))
        .unwrap_or(IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        assert_eq!(
            network(address("2001:db8:1:2:3::4")),
            network(address("2001:db8:1:2:ffff::9"))
        );
        assert_ne!(
            network(address("2001:db8:1:2::1")),
            network(address("2001:db8:1:3::1"))
        );
        assert_eq!(network(address("::ffff:192.0.2.7")), address("192.0.2.7"));
    }

    #[test]
    fn only_the_last_hop_of_all_forwarded_lines_is_believed() {
        let request = TestRequest::default()
            .append_header(("x-forwarded-for", "198.51.100.1"))
            .append_header(("x-forwarded-for", "198.51.100.2, 192.0.2.7"))
            .to_http_request();
        let config = Config {
            behind_proxy: true,
            ..Config::default()
        };
        assert_eq!(client_address(&request, &config), address("192.0.2.7"));
    }

    #[test]
    fn many_addresses_do_not_let_anybody_guess_one_password_faster() {
        let limits = Limits::new(&Config::default());
        let tried = (0..200).filter(|host| {
            let from = address(&format!("192.0.2.{host}"));
            limits.sign_in("ana@riverside.example", from, false).is_ok()
        });
        assert_eq!(tried.count(), 20);
        let known = limits.sign_in("ana@riverside.example", address("192.0.2.1"), true);
        assert!(known.is_ok(), "her own browser still gets in");
    }

    #[test]
    fn guessing_one_password_leaves_the_school_s_address_open_for_others() {
        let limits = Limits::new(&Config::default());
        let school = address("192.0.2.1");
        for _ in 0..1_000 {
            let _ = limits.sign_in("ana@riverside.example", school, false);
        }
        for colleague in 0..30 {
            let email = format!("teacher{colleague}@riverside.example");
            assert!(limits.sign_in(&email, school, false).is_ok());
        }
    }

    #[test]
    fn many_accounts_do_not_let_one_address_guess_faster() {
        let limits = Limits::new(&Config::default());
        let tried = (0..1_000).filter(|account| {
            let email = format!("{account}@riverside.example");
            limits.sign_in(&email, address("192.0.2.1"), false).is_ok()
        });
        let tried = tried.count();
        assert!((60..70).contains(&tried), "{tried}");
    }
}
