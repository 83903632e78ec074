//! Limits: how often one address or one device may try.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::HttpRequest;
use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::Config;
use crate::error::{Error, Result};

/// The buckets of one node.
pub struct Limits {
    sign_in: DefaultKeyedRateLimiter<String>,
    address: DefaultKeyedRateLimiter<IpAddr>,
    device: DefaultKeyedRateLimiter<String>,
    receipt: DefaultKeyedRateLimiter<IpAddr>,
}

/// Wrong passwords for one account from one address before it becomes slow: then one try in ten seconds.
const SIGN_IN_TRIES: u32 = 5;
/// Wrong receipts from one address before it becomes slow: then one in five seconds.
const RECEIPT_TRIES: u32 = 20;
/// After so many new keys those whose buckets are full again are forgotten, so that memory stays flat.
const SWEEP: usize = 4096;
const TEN_MINUTES: u32 = 600;

impl Limits {
    /// Fresh buckets, sized by the configuration.
    pub fn new(config: &Config) -> Self {
        Self {
            sign_in: RateLimiter::keyed(refilled_every(Duration::from_secs(10), SIGN_IN_TRIES)),
            address: RateLimiter::keyed(in_ten_minutes(config.address_limit)),
            device: RateLimiter::keyed(in_ten_minutes(config.device_limit)),
            receipt: RateLimiter::keyed(refilled_every(Duration::from_secs(5), RECEIPT_TRIES)),
        }
    }

    /// One try to sign in: by account and address, so that nobody can lock a colleague out from elsewhere.
    pub fn sign_in(&self, email: &str, address: IpAddr) -> Result<()> {
        check(
            &self.sign_in,
            &format!("{address} {}", crate::secret::digest(email)),
        )
    }

    /// One answer without a cookie of ours.
    pub fn address(&self, address: IpAddr) -> Result<()> {
        check(&self.address, &address)
    }

    /// One answer from a device that carries a cookie we signed.
    pub fn device(&self, device: &str) -> Result<()> {
        check(&self.device, &device.to_owned())
    }

    /// One receipt that opens nothing. Right ones are never held back: a school behind one address shares this bucket,
    /// and 80 bits cannot be guessed at any speed.
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

/// The client's address: the peer's, or what our own proxy wrote last into `X-Forwarded-For`.
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
