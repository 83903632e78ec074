//! Our stylesheet and modules, inside the program, under names that change with their content.

use std::collections::BTreeMap;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use rust_embed::RustEmbed;

use crate::app::App;
use crate::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "assets/"]
#[exclude = "*.md"]
struct Files;

/// Every asset by its plain name and by the name under which it is served.
pub struct Assets {
    served: BTreeMap<String, String>,
    files: BTreeMap<String, Asset>,
}

struct Asset {
    content_type: &'static str,
    bytes: Vec<u8>,
}

impl Assets {
    /// Reads the files inside the program.
    pub fn load() -> Self {
        let mut assets = Self {
            served: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        for name in Files::iter() {
            let Some(file) = Files::get(&name) else {
                continue;
            };
            let digest = crate::secret::digest(&file.data);
            let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
            let served = format!("{stem}.{}.{ending}", digest.get(..12).unwrap_or(&digest));
            assets.files.insert(
                served.clone(),
                Asset {
                    content_type: content_type(ending),
                    bytes: file.data.into_owned(),
                },
            );
            assets.served.insert(name.into_owned(), served);
        }
        assets
    }

    /// The address of an asset.
    pub fn address(&self, name: &str) -> Option<String> {
        self.served
            .get(name)
            .map(|served| format!("/assets/{served}"))
    }

    /// The text of an asset, for what is written into a page.
    pub fn text(&self, name: &str) -> Option<String> {
        let asset = self.files.get(self.served.get(name)?)?;
        Some(String::from_utf8_lossy(&asset.bytes).into_owned())
    }
}

fn content_type(ending: &str) -> &'static str {
    match ending {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

/// `/assets/{name}`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/assets/{name:.+}", web::get().to(show));
}

async fn show(app: web::Data<App>, name: web::Path<String>) -> Result<HttpResponse> {
    let asset = app.assets.files.get(name.as_str()).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type(asset.content_type)
        .body(asset.bytes.clone()))
}
