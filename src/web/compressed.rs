//! Bytes that are served again and again: compressed once, each reader gets the shortest form that its browser takes.

use std::io::Write;
use std::sync::OnceLock;

use actix_web::http::header::{self, ContentEncoding, Encoding, Header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use crate::error::{Error, Result};

/// Bytes with their compressed forms.
#[derive(Debug)]
pub struct Compressed {
    plain: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

impl Compressed {
    /// Bytes that are compressed when somebody first asks for them.
    pub fn new(plain: impl Into<Bytes>) -> Self {
        Self {
            plain: plain.into(),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// The same with both forms made at once.
    pub fn ready(plain: impl Into<Bytes>) -> Result<Self> {
        let compressed = Self::new(plain);
        compressed.gzip()?;
        compressed.brotli()?;
        Ok(compressed)
    }

    /// As they are.
    pub fn plain(&self) -> &Bytes {
        &self.plain
    }

    /// Ends a response with the form that the browser takes.
    pub fn answer(
        &self,
        request: &HttpRequest,
        response: &mut HttpResponseBuilder,
    ) -> Result<HttpResponse> {
        let (encoding, bytes) = match encoding(request) {
            ContentEncoding::Brotli => (ContentEncoding::Brotli, self.brotli()?),
            ContentEncoding::Gzip => (ContentEncoding::Gzip, self.gzip()?),
            _ => return Ok(response.body(self.plain.clone())),
        };
        Ok(response.insert_header(encoding).body(bytes.clone()))
    }

    fn gzip(&self) -> Result<&Bytes> {
        made(&self.gzip, || gzip(&self.plain))
    }

    fn brotli(&self) -> Result<&Bytes> {
        made(&self.brotli, || brotli(&self.plain))
    }
}

/// What is in a cell, made if nothing is; two who come at once make it twice, and one of them is kept.
fn made(cell: &OnceLock<Bytes>, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<&Bytes> {
    if cell.get().is_none() {
        let _ = cell.set(make()?.into());
    }
    cell.get()
        .ok_or_else(|| Error::bug("nothing was compressed"))
}

fn encoding(request: &HttpRequest) -> ContentEncoding {
    let ours = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    let accepted = header::AcceptEncoding::parse(request).ok();
    match accepted.and_then(|accepted| accepted.negotiate(ours.iter())) {
        Some(Encoding::Known(encoding)) => encoding,
        _ => ContentEncoding::Identity,
    }
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).map_err(Error::internal)?;
    encoder.finish().map_err(Error::internal)
}

fn brotli(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    // The slowest and smallest setting: it is done once.
    let best = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut bytes, &mut compressed, &best).map_err(Error::internal)?;
    Ok(compressed)
}
