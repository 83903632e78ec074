//! How large the first view of a survey is, and how fast its page is sent, against a limit: a bare actix server that
//! sends the same compressed bytes.
//!
//! `cargo bench --bench pages [-- --strict]`. The client runs on the same machine, and both servers have as many
//! threads as the machine has cores. They are loaded in turn; the ratio is the median over the rounds.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what a bench measures is far below 2^52 and never negative"
)]

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use scraper::{Html, Selector};
use support::Result;
use support::both::{ADDRESS, workers};
use support::client::Load;
use support::program::{Place, Program};
use support::report::{Report, median, say};

const ROUNDS: usize = 9;
const TURN: Duration = Duration::from_millis(1500);
const CONNECTIONS: u32 = 64;
/// Share of the bare server's speed.
const GOAL: f64 = 0.80;
/// Kilobytes of a first view: what a fresh connection carries before the first acknowledgment comes back.
const WEIGHT: f64 = 14.0;
const REQUESTS: f64 = 3.0;

fn main() -> Result<ExitCode> {
    if support::bare::serve_if_asked()? {
        return Ok(ExitCode::SUCCESS);
    }
    let mut report = Report::default();
    let place = Place::with_survey(None)?;
    let chorus = Program::chorus(&place)?;
    let mut page = Vec::new();
    for language in ["en", "es"] {
        page = first_view(&mut report, &chorus, language)?;
    }
    let file = place.file("page");
    std::fs::write(&file, &page)?;
    let bare = Program::bare(&file)?;
    speed(&mut report, &chorus, &bare, page.len())?;
    Ok(report.end())
}

/// What a phone requests on its first visit.
fn request(address: &str, language: &str, connection: &str) -> String {
    format!(
        "GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: {connection}\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: {language}-US,{language};q=0.9\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: none\r\nUpgrade-Insecure-Requests: 1\r\n\r\n"
    )
}

/// One response: its head in lower case, and its body as received.
fn ask(server: &Program, address: &str, language: &str) -> Result<(String, Vec<u8>)> {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port))?;
    stream.write_all(request(address, language, "close").as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let body = answer.split_off(end.ok_or("the answer has no head")? + 4);
    let head = String::from_utf8_lossy(&answer).to_lowercase();
    if !head.starts_with("http/1.1 200") {
        return Err(format!("{address}: {head}").into());
    }
    Ok((head, body))
}

/// Adds up the page and everything it makes a phone request. Returns the page's compressed bytes.
fn first_view(report: &mut Report, chorus: &Program, language: &str) -> Result<Vec<u8>> {
    let (head, page) = ask(chorus, ADDRESS, language)?;
    if !head.contains("content-encoding: br") {
        return Err("the page did not come as brotli".into());
    }
    let mut html = Vec::new();
    brotli::BrotliDecompress(&mut page.as_slice(), &mut html)?;
    let html = Html::parse_document(&String::from_utf8(html)?);
    let mut parts = vec![format!("page {}", page.len())];
    let mut weight = page.len();
    let asked = Selector::parse(
        "link[rel~=stylesheet], link[rel~=icon], link[rel~=manifest], link[rel~=modulepreload], link[rel~=preload], script[src], img[src]",
    )?;
    for element in html.select(&asked) {
        let address = element
            .attr("src")
            .or(element.attr("href"))
            .unwrap_or_default();
        let (_, body) = ask(chorus, address, language)?;
        parts.push(format!("{address} {}", body.len()));
        weight += body.len();
    }
    let questions = html
        .select(&Selector::parse("form fieldset, form textarea")?)
        .count();
    say(&format!(
        "first view of a survey of thirty questions ({language}, {questions} questions found): {} bytes",
        parts.join(" + ")
    ))?;
    report.at_most("compressed", weight as f64 / 1e3, WEIGHT, " KB")?;
    report.at_most("requests", parts.len() as f64, REQUESTS, "")?;
    Ok(page)
}

fn speed(report: &mut Report, chorus: &Program, bare: &Program, bytes: usize) -> Result<()> {
    let asked = request(ADDRESS, "es", "keep-alive");
    let load = Load {
        connections: CONNECTIONS,
        duration: TURN,
        rate: None,
        status: 200,
        requests: Rc::new(move |_, buffer| buffer.extend_from_slice(asked.as_bytes())),
    };
    let (mut ours, mut limits, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let (mut pages, mut waits) = (0, Vec::new());
    for _ in 0..ROUNDS {
        let limit = load.run(bare.port)?.rate();
        let answered = load.run(chorus.port)?;
        limits.push(limit);
        ours.push(answered.rate());
        ratios.push(answered.rate() / limit);
        pages += answered.count;
        waits.push(answered.within(0.99));
    }
    say(&format!(
        "survey page of {bytes} compressed bytes, {CONNECTIONS} connections, {} threads on each side, {ROUNDS} rounds",
        workers()
    ))?;
    say(&format!(
        "  a bare actix server sending the same bytes  {:>7.0} GET/s",
        median(limits)
    ))?;
    say(&format!(
        "  Chorus, a first visit without cookies       {:>7.0} GET/s",
        median(ours)
    ))?;
    report.at_least("ratio", median(ratios), GOAL)?;
    say(&format!(
        "  {pages} pages, 99 of 100 within {:.1} ms; memory of Chorus {:.0} MB",
        median(waits),
        chorus.memory()?
    ))
}
