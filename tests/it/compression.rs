//! Pages and assets are sent in the smallest encoding that the browser accepts.

use std::io::Read;

use crate::support::TestApp;

#[test]
fn pages_and_assets_are_compressed_for_browsers_that_accept_it_and_are_otherwise_the_same() {
    let app = TestApp::start();
    let style = app
        .get("/sign-in")
        .attributes("link[rel=stylesheet]", "href")
        .remove(0);
    for path in ["/sign-in", "/no-such-page", style.as_str()] {
        let accepting = |list: &str| app.browser().with_header("accept-encoding", list).get(path);
        let (plain, gzip, brotli) = (
            accepting("identity"),
            accepting("gzip"),
            accepting("gzip, br"),
        );
        assert_eq!(plain.header("content-encoding"), None, "{path}");
        assert_eq!(gzip.header("content-encoding"), Some("gzip"), "{path}");
        assert_eq!(brotli.header("content-encoding"), Some("br"), "{path}");
        for short in [&gzip, &brotli] {
            assert!(short.bytes.len() < plain.bytes.len(), "{path}");
            assert!(
                short
                    .headers("vary")
                    .iter()
                    .any(|names| names.contains("Accept-Encoding")),
                "{path}"
            );
        }
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(&gzip.bytes[..])
            .read_to_end(&mut read)
            .unwrap();
        assert_eq!(read, plain.bytes, "{path}");
        read.clear();
        brotli::BrotliDecompress(&mut &brotli.bytes[..], &mut read).unwrap();
        assert_eq!(read, plain.bytes, "{path}");
    }
}

#[test]
fn what_fits_into_one_packet_is_not_compressed() {
    let app = TestApp::start();
    let reply = app
        .browser()
        .with_header("accept-encoding", "gzip, br")
        .get("/health");
    assert_eq!(reply.expect(200).header("content-encoding"), None);
}
