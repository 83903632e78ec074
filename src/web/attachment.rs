//! Files that a browser saves instead of showing.

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};

/// The content type of a CSV file.
pub const CSV: &str = "text/csv; charset=utf-8";

/// A file with this name and content type.
pub fn attachment(name: String, kind: &str, body: impl MessageBody + 'static) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename(name)],
        })
        .body(body)
}
