//! A client that loads a server over HTTP/1.1: one thread, connections kept alive, the same for both sides of a ratio.

use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::task::LocalSet;

use super::Result;

/// Appends the request with a number to the buffer.
pub(crate) type Requests = Rc<dyn Fn(u64, &mut Vec<u8>)>;

/// The load.
#[derive(Clone)]
pub(crate) struct Load {
    /// How many connections are open at once.
    pub(crate) connections: u32,
    /// How long it lasts.
    pub(crate) duration: Duration,
    /// How many requests are sent per second, whether or not earlier ones are answered. Without it, each connection
    /// sends the next request as soon as it has its answer.
    pub(crate) rate: Option<f64>,
    /// The expected status. Any other ends the bench.
    pub(crate) status: u16,
    /// The request.
    pub(crate) requests: Requests,
}

/// The result.
pub(crate) struct Answered {
    /// How many requests got a complete, correct answer.
    pub(crate) count: i64,
    seconds: f64,
    /// In microseconds, sorted.
    latencies: Vec<u32>,
}

impl Load {
    /// Loads the server on a port of this machine. Waits for requests sent before the time ran out, and counts them.
    pub(crate) fn run(&self, port: u16) -> Result<Answered> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        LocalSet::new().block_on(&runtime, self.run_there(port))
    }

    async fn run_there(&self, port: u16) -> Result<Answered> {
        let mut streams = Vec::new();
        for _ in 0..self.connections {
            let stream = TcpStream::connect(("127.0.0.1", port)).await?;
            stream.set_nodelay(true)?;
            streams.push(stream);
        }
        let start = Instant::now();
        let phones: Vec<_> = (0..)
            .zip(streams)
            .map(|(place, stream)| {
                let phone = Phone {
                    load: self.clone(),
                    start,
                    place,
                    stream,
                    buffer: Vec::with_capacity(64 * 1024),
                };
                tokio::task::spawn_local(phone.ask())
            })
            .collect();
        let mut latencies = Vec::new();
        for phone in phones {
            latencies.extend(phone.await??);
        }
        let seconds = start.elapsed().as_secs_f64();
        latencies.sort_unstable();
        Ok(Answered {
            count: i64::try_from(latencies.len())?,
            seconds,
            latencies,
        })
    }
}

impl Answered {
    /// Answers per second.
    pub(crate) fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.seconds
    }

    /// Milliseconds within which this share of the requests was answered, counted from when each was due.
    pub(crate) fn within(&self, share: f64) -> f64 {
        let place = (self.latencies.len() as f64 * share).ceil() as usize;
        let latency = self.latencies.get(place.saturating_sub(1));
        f64::from(latency.copied().unwrap_or(u32::MAX)) / 1e3
    }
}

/// One connection.
struct Phone {
    load: Load,
    start: Instant,
    /// Its number among the connections.
    place: u32,
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Phone {
    async fn ask(mut self) -> io::Result<Vec<u32>> {
        let (mut latencies, mut request) = (Vec::new(), Vec::new());
        for turn in 0.. {
            let number = turn * u64::from(self.load.connections) + u64::from(self.place);
            let due = match self.load.rate {
                // A request that waits for the one before it was still due on time: its wait counts.
                Some(rate) => {
                    let due = self.start + Duration::from_secs_f64(number as f64 / rate);
                    tokio::time::sleep_until(due.into()).await;
                    due
                }
                None => Instant::now(),
            };
            if due >= self.start + self.load.duration {
                break;
            }
            request.clear();
            (self.load.requests)(number, &mut request);
            self.stream.write_all(&request).await?;
            let status = self.answer().await?;
            if status != self.load.status {
                return Err(io::Error::other(format!(
                    "answered {status} instead of {}",
                    self.load.status
                )));
            }
            latencies.push(u32::try_from(due.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
        Ok(latencies)
    }

    /// Reads one answer to its end.
    async fn answer(&mut self) -> io::Result<u16> {
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(head) = Head::read(&self.buffer)
                && self.buffer.len() >= head.length
            {
                return Ok(head.status);
            }
        }
    }
}

/// What an answer's head says.
struct Head {
    status: u16,
    /// The answer's length in bytes, head and body.
    length: usize,
}

impl Head {
    /// Reads the head once all of it has arrived.
    fn read(bytes: &[u8]) -> Option<Self> {
        let body = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let text = std::str::from_utf8(bytes.get(..body)?).ok()?;
        let status = text.get(9..12)?.parse().ok()?;
        let length = text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse::<usize>().ok())?
        })?;
        Some(Self {
            status,
            length: body + length,
        })
    }
}
