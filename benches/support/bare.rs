//! The peer: a bare actix server that sends the same bytes, or reads the same form and answers 303, and does nothing
//! else.

use std::hint::black_box;
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;

use actix_web::http::header::{self, ContentEncoding};
use actix_web::{App, HttpResponse, HttpServer, web};

use super::Result;
use super::both::{ADDRESS, workers};

/// The argument that turns the bench's own program into the peer; the page's file follows.
const ASKED: &str = "--bare";

/// Starts the peer as a process: the bench's own program with that argument.
pub(crate) fn command(page: &Path) -> Result<std::process::Command> {
    let mut command = std::process::Command::new(std::env::current_exe()?);
    command.arg(ASKED).arg(page);
    Ok(command)
}

/// Serves as the peer until it is killed, if this process was started as one. Otherwise returns false.
pub(crate) fn serve_if_asked() -> Result<bool> {
    let mut arguments = std::env::args().skip(1);
    let page = match (arguments.next(), arguments.next()) {
        (Some(asked), Some(page)) if asked == ASKED => web::Bytes::from(std::fs::read(page)?),
        _ => return Ok(false),
    };
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut output = std::io::stdout();
    writeln!(output, "http://{}", listener.local_addr()?)?;
    output.flush()?;
    let server = move || {
        let page = page.clone();
        let show = move || {
            let page = page.clone();
            async move {
                HttpResponse::Ok()
                    .content_type("text/html; charset=utf-8")
                    .insert_header(ContentEncoding::Brotli)
                    .body(page)
            }
        };
        let resource = web::resource(ADDRESS)
            .route(web::get().to(show))
            .route(web::post().to(take));
        App::new().service(resource)
    };
    let server = HttpServer::new(server)
        .workers(workers())
        .listen(listener)?;
    actix_web::rt::System::new().block_on(server.run())?;
    Ok(true)
}

async fn take(body: web::Bytes) -> HttpResponse {
    black_box(body);
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, ADDRESS))
        .finish()
}
