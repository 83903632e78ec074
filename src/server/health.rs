//! `/health`: whether this node works, for monitoring.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::app::App;
use crate::db::last_change;

/// `/health`
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/health", web::get().to(show));
}

/// 200 if the database responds to a query, or 503 if it doesn't.
async fn show(app: web::Data<App>) -> HttpResponse {
    match app.read(|db| Ok(last_change(db)?)).await {
        Ok(_) => HttpResponse::Ok().json(json!({"status": "ok"})),
        Err(error) => {
            tracing::warn!(error = %error, "the health check could not read the database");
            HttpResponse::ServiceUnavailable().json(json!({"status": "no database"}))
        }
    }
}
