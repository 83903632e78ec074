//! Rate limits by IP address and by device.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::HttpRequest;
use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::Config;
use crate::error::{Error, Result};

/// The rate limiters of one node.
pub struct Limits {
    sign_in: DefaultKeyedRateLimiter<String>,
    address: DefaultKeyedRateLimiter<IpAddr>,
    device: DefaultKeyedRateLimiter<String>,
    receipt: DefaultKeyedRateLimiter<IpAddr>,
}

/// Sign-in attempts for one account from one address before the limit drops to one every ten seconds.
const SIGN_IN_TRIES: u32 = 5;
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
            address: RateLimiter::keyed(in_ten_minutes(config.address_limit)),
            device: RateLimiter::keyed(in_ten_minutes(config.device_limit)),
            receipt: RateLimiter::keyed(refilled_every(Duration::from_secs(5), RECEIPT_TRIES)),
        }
    }

    /// Counts a sign-in attempt by account and address, so that nobody can lock out a colleague from elsewhere.
    pub fn sign_in(&self, email: &str, address: IpAddr) -> Result<()> {
        check(
            &self.sign_in,
            &format!("{address} {}", crate::secret::digest(email)),
        )
    }

    /// Counts a submission that isn't tied to a device.
    pub fn address(&self, address: IpAddr) -> Result<()> {
        check(&self.address, &address)
    }

    /// Counts a submission from a device with our signed cookie.
    pub fn device(&self, device: &str) -> Result<()> {
        check(&self.device, &device.to_owned())
    }

    /// Counts a receipt that doesn't exist. Valid receipts are never limited: a school behind one address shares this
    /// bucket, and 80 bits can't be guessed at any rate.
    pub fn wrong_receipt(&self, address: IpAddr) -> Result<()> {
        check(&self.receipt, &address)
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
    limiter.check_key(key).map_err(|not_until| Error::Slow {
        retry_after: not_until.wait_time_from(governor::clock::DefaultClock::default().now()),
    })
}

/// The client's address: the peer's, or the last entry of `X-Forwarded-For` if our own proxy is in front.
pub fn client_address(request: &HttpRequest, config: &Config) -> IpAddr {
    let forwarded = config
        .behind_proxy
        .then(|| request.headers().get("x-forwarded-for"))
        .flatten();
    let forwarded = forwarded
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    forwarded
        .or_else(|| request.peer_addr().map(|peer| peer.ip()))
        .unwrap_or(IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED))
}
