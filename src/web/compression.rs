//! Compression: responses that are sent often are compressed once and cached; other pages are compressed as they're
//! sent.

use std::io::Write;
use std::sync::OnceLock;

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::header::{
    self, AcceptEncoding, ContentEncoding, Encoding, Header, HeaderMap, HeaderValue,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

/// The smallest page worth compressing, in bytes. A smaller one fits in one packet anyway.
const WORTH_IT: u64 = 1_000;

/// The trade-off between time and size.
#[derive(Clone, Copy)]
enum Effort {
    /// For content that's compressed once and sent often.
    Best,
    /// For content that's sent once.
    Quick,
}

/// Content that's sent often, with each compressed form cached on first use.
pub struct Compressed {
    plain: Bytes,
    gzip: OnceLock<Option<Bytes>>,
    brotli: OnceLock<Option<Bytes>>,
}

impl Compressed {
    /// Stores the content without compressing it yet.
    pub fn new(plain: impl Into<Bytes>) -> Self {
        Self {
            plain: plain.into(),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// Stores the content and compresses it now, for callers that may block.
    pub fn in_every_form(plain: impl Into<Bytes>) -> Self {
        let kept = Self::new(plain);
        kept.as_form(Form::Gzip);
        kept.as_form(Form::Brotli);
        kept
    }

    /// The uncompressed bytes.
    pub fn plain(&self) -> &[u8] {
        &self.plain
    }

    /// Finishes a response with the content in the smallest form that the browser accepts.
    pub fn send(&self, request: &HttpRequest, answer: &mut HttpResponseBuilder) -> HttpResponse {
        let form = Form::accepted(request);
        match form.and_then(|form| Some((form, self.as_form(form)?))) {
            Some((form, bytes)) => answer
                .insert_header((header::CONTENT_ENCODING, form.name()))
                .body(bytes.clone()),
            None => answer.body(self.plain.clone()),
        }
    }

    fn as_form(&self, form: Form) -> Option<&Bytes> {
        let kept = match form {
            Form::Gzip => &self.gzip,
            Form::Brotli => &self.brotli,
        };
        kept.get_or_init(|| form.shrunk(&self.plain, Effort::Best))
            .as_ref()
    }
}

/// Compresses a text response unless it's already compressed. Streams aren't compressed.
pub fn shrink(response: ServiceResponse) -> ServiceResponse {
    let worth_it =
        matches!(response.response().body().size(), BodySize::Sized(size) if size >= WORTH_IT);
    if !worth_it || !is_plain_text(response.headers()) {
        return response;
    }
    let Some(form) = Form::accepted(response.request()) else {
        return response;
    };
    response.map_body(|head, body| match body.try_into_bytes() {
        Ok(bytes) => match form.shrunk(&bytes, Effort::Quick) {
            Some(shrunk) => {
                let headers = head.headers_mut();
                headers.insert(header::CONTENT_ENCODING, form.name());
                headers.append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
                shrunk.boxed()
            }
            None => bytes.boxed(),
        },
        Err(stream) => stream,
    })
}

fn is_plain_text(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    !headers.contains_key(header::CONTENT_ENCODING)
        && content_type.is_some_and(|name| {
            name.starts_with("text/")
                || name.starts_with("application/json")
                || name.starts_with("image/svg")
        })
}

/// A compressed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Gzip,
    Brotli,
}

impl Form {
    /// The smallest form that the browser accepts, or `None` if it accepts only uncompressed content.
    fn accepted(request: &HttpRequest) -> Option<Self> {
        let accepted = AcceptEncoding::parse(request).ok()?;
        let offered = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
        match accepted.negotiate(offered.iter())? {
            Encoding::Known(ContentEncoding::Brotli) => Some(Self::Brotli),
            Encoding::Known(ContentEncoding::Gzip) => Some(Self::Gzip),
            _ => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }

    fn name(self) -> HeaderValue {
        HeaderValue::from_static(self.as_str())
    }

    /// Compresses bytes. `None` on failure, which doesn't happen when writing to memory.
    fn shrunk(self, bytes: &[u8], effort: Effort) -> Option<Bytes> {
        match self {
            Self::Gzip => gzip(bytes, effort),
            Self::Brotli => brotli(bytes, effort),
        }
        .ok()
        .map(Bytes::from)
    }
}

fn gzip(bytes: &[u8], effort: Effort) -> std::io::Result<Vec<u8>> {
    let level = match effort {
        Effort::Best => flate2::Compression::best(),
        Effort::Quick => flate2::Compression::fast(),
    };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(mut bytes: &[u8], effort: Effort) -> std::io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: match effort {
            Effort::Best => 11,
            Effort::Quick => 4,
        },
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut shrunk = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut shrunk, &parameters)?;
    Ok(shrunk)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn accepted(list: &'static str) -> Option<Form> {
        let request = TestRequest::default().insert_header((header::ACCEPT_ENCODING, list));
        Form::accepted(&request.to_http_request())
    }

    #[test]
    fn the_best_compression_that_the_browser_accepts_is_used() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Some(Form::Brotli));
        assert_eq!(accepted("gzip;q=1.0, identity; q=0.5"), Some(Form::Gzip));
        assert_eq!(accepted("GZIP"), Some(Form::Gzip));
        assert_eq!(accepted("br;q=0, gzip"), Some(Form::Gzip));
        assert_eq!(accepted("br; q=0.000"), None);
        assert_eq!(accepted("identity"), None);
        assert_eq!(accepted(""), None);
        assert_eq!(
            Form::accepted(&TestRequest::default().to_http_request()),
            None
        );
    }

    #[test]
    fn compressed_bodies_can_be_decompressed_by_another_library() {
        let text = "Buses that come on time. ".repeat(200).into_bytes();
        for effort in [Effort::Best, Effort::Quick] {
            let mut read = Vec::new();
            let shrunk = gzip(&text, effort).unwrap();
            std::io::copy(&mut flate2::read::GzDecoder::new(&shrunk[..]), &mut read).unwrap();
            assert_eq!(read, text);
            read.clear();
            let shrunk = brotli(&text, effort).unwrap();
            brotli::BrotliDecompress(&mut &shrunk[..], &mut read).unwrap();
            assert_eq!(read, text);
        }
    }
}
