//! Our stylesheet and modules, inside the program, under names that change with their content.

use std::collections::BTreeMap;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;

use super::Kept;
use crate::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "assets/"]
#[exclude = "*.md"]
struct Files;

/// The script that opens the questions again without a network: the one asset that watches over other addresses.
const WORKER: &str = "worker.";

/// Every asset by its plain name and by the name under which it is served.
pub struct Assets {
    served: BTreeMap<String, String>,
    files: BTreeMap<String, Asset>,
}

struct Asset {
    content_type: &'static str,
    bytes: Kept,
}

impl Assets {
    /// Reads the files inside the program. The parts of a module, such as those in `answer/`, become one file of the
    /// folder's name: a phone on a slow line asks once.
    pub fn load() -> Self {
        let mut whole: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut names: Vec<_> = Files::iter().collect();
        names.sort_unstable();
        for name in names {
            let Some(file) = Files::get(&name) else {
                continue;
            };
            let module = name
                .split_once('/')
                .map(|(folder, _)| format!("{folder}.js"));
            let name = module.unwrap_or_else(|| name.into_owned());
            whole.entry(name).or_default().extend_from_slice(&file.data);
        }
        let mut assets = Self {
            served: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        for (name, bytes) in whole {
            let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
            let bytes = match ending {
                "js" => tight(&String::from_utf8_lossy(&bytes)).into_bytes(),
                _ => bytes,
            };
            let digest = crate::secret::digest(&bytes);
            let served = format!("{stem}.{}.{ending}", digest.get(..12).unwrap_or(&digest));
            let content_type = content_type(ending);
            assets.files.insert(
                served.clone(),
                Asset {
                    content_type,
                    bytes: Kept::new(bytes),
                },
            );
            assets.served.insert(name, served);
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
        Some(String::from_utf8_lossy(asset.bytes.plain()).into_owned())
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

async fn show(
    assets: web::Data<Assets>,
    name: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let asset = assets.files.get(name.as_str()).ok_or(Error::NotFound)?;
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"))
        .content_type(asset.content_type);
    if name.starts_with(WORKER) {
        response.insert_header(("service-worker-allowed", "/s/"));
    }
    Ok(asset.bytes.send(&request, &mut response))
}

/// A script without its comments and indentation, which a phone on a slow line has no use for. A comment stands on a line
/// of its own, and no text of several lines holds one.
fn tight(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut tight: String = kept.collect::<Vec<_>>().join("\n");
    tight.push('\n');
    tight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_served_without_what_only_its_readers_need() {
        let script = "// What it is for.\nconst a = 1; // stays\n\n  // Why.\n  go('//a');\n";
        assert_eq!(tight(script), "const a = 1; // stays\ngo('//a');\n");
    }
}
