//! What a phone sends: ten closed items and two comments in real people's words.

use std::cell::Cell;
use std::io::Write;

use chorus::sheet::Sheet;

use crate::support::Result;
use crate::support::both::ADDRESS;

/// The closed items, and the empty text fields that a browser sends as well.
const CLOSED: &str = "_revision=1&_more=&who=families&school=oak&school=riverside-high&grade=3-5&years=few&welcome=4&safe=5&adult=3&reading=4&more-of=arts&more-of=clubs&channel=text&hope=";

/// Requests with keys that never repeat, and comments taken in turn from the statements of Bowling Green.
pub(crate) fn requests() -> Result<impl Fn(u64, &mut Vec<u8>)> {
    let texts = statements()?;
    let sent = Cell::new(0_usize);
    let run = std::process::id();
    Ok(move |_, buffer: &mut Vec<u8>| {
        let number = sent.replace(sent.get() + 1);
        let text = |place: usize| texts.get(place % texts.len()).map_or("", String::as_str);
        let (best, change) = (text(2 * number), text(2 * number + 1));
        let key = format!("{run:020}{number:020}");
        let length = CLOSED.len()
            + "&_submission=&best=&change=".len()
            + key.len()
            + best.len()
            + change.len();
        let written = write!(
            buffer,
            "POST {ADDRESS}?lang=en HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-US,en;q=0.9\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: same-origin\r\nUpgrade-Insecure-Requests: 1\r\n\r\n{CLOSED}&_submission={key}&best={best}&change={change}"
        );
        // Writing to memory does not fail.
        drop(written);
    })
}

/// The statements, encoded as form values. Those too long for an answer are left out.
fn statements() -> Result<Vec<String>> {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/bowling-green/comments.csv"
    );
    let mut sheet = Sheet::open(std::path::Path::new(file), &["comment-body"])?;
    let column = sheet.column("comment-body")?;
    let mut texts = Vec::new();
    while let Some(row) = sheet.next_row()? {
        let text = sheet.cell(&row, column)?.trim();
        if !text.is_empty() && text.chars().count() < 2000 {
            texts.push(url::form_urlencoded::byte_serialize(text.as_bytes()).collect());
        }
    }
    Ok(texts)
}
