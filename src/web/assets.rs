//! Our stylesheets and scripts, embedded in the program. Their URLs change with their content.

use std::collections::BTreeMap;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;

use super::Compressed;
use crate::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// The service worker, which opens the survey again when there's no network. It's the only asset that controls other
/// addresses.
const WORKER: &str = "worker.";

/// Every asset, by its plain name and by the name it's served under.
pub struct Assets {
    served: BTreeMap<String, String>,
    files: BTreeMap<String, Asset>,
}

struct Asset {
    content_type: &'static str,
    bytes: Compressed,
}

impl Assets {
    /// Loads the embedded files. The parts of a script or stylesheet, such as those in `answer/` and `desk/`, are
    /// joined into one file named after the folder, so that a phone on a slow connection makes one request. A
    /// stylesheet refers to other assets by their plain names, `url("inter.woff2")`; they're replaced with the served
    /// addresses.
    pub fn load() -> Self {
        let mut whole: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut names: Vec<_> = Files::iter().collect();
        names.sort_unstable();
        for name in names {
            let Some(file) = Files::get(&name) else {
                continue;
            };
            let joined = name.split_once('/').map(|(folder, part)| {
                let ending = part.rsplit_once('.').map_or("", |(_, ending)| ending);
                format!("{folder}.{ending}")
            });
            let name = joined.unwrap_or_else(|| name.into_owned());
            whole.entry(name).or_default().extend_from_slice(&file.data);
        }
        let mut assets = Self {
            served: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        // Stylesheets come last because they need the addresses of the other assets.
        let (styles, others): (Vec<_>, Vec<_>) = whole
            .into_iter()
            .partition(|(name, _)| std::path::Path::new(name).extension() == Some("css".as_ref()));
        for (name, bytes) in others.into_iter().chain(styles) {
            let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
            let Some(content_type) = content_type(ending) else {
                continue;
            };
            let bytes = match ending {
                "js" => tight(&String::from_utf8_lossy(&bytes)).into_bytes(),
                "css" => addressed(String::from_utf8_lossy(&bytes).into_owned(), &assets.served),
                _ => bytes,
            };
            let digest = crate::secret::digest(&bytes);
            let served = format!("{stem}.{}.{ending}", digest.get(..12).unwrap_or(&digest));
            assets.files.insert(
                served.clone(),
                Asset {
                    content_type,
                    bytes: Compressed::new(bytes),
                },
            );
            assets.served.insert(name, served);
        }
        assets
    }

    /// The URL path of an asset.
    pub fn address(&self, name: &str) -> Option<String> {
        self.served
            .get(name)
            .map(|served| format!("/assets/{served}"))
    }

    /// The text of an asset, for inlining it in a page.
    pub fn text(&self, name: &str) -> Option<String> {
        let asset = self.files.get(self.served.get(name)?)?;
        Some(String::from_utf8_lossy(asset.bytes.plain()).into_owned())
    }
}

/// What a browser should take a file for. Other files, such as a font's license, aren't served.
fn content_type(ending: &str) -> Option<&'static str> {
    match ending {
        "css" => Some("text/css; charset=utf-8"),
        "js" | "mjs" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "woff2" => Some("font/woff2"),
        _ => None,
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

/// A stylesheet with asset names replaced by their addresses.
fn addressed(style: String, served: &BTreeMap<String, String>) -> Vec<u8> {
    let named = |style: String, (name, address): (&String, &String)| {
        style.replace(
            &format!("url(\"{name}\")"),
            &format!("url(\"/assets/{address}\")"),
        )
    };
    served.iter().fold(style, named).into_bytes()
}

/// Removes comments and indentation from a script to save bytes on slow connections. This relies on comments having
/// their own lines and on no multi-line string having a line that starts with `//`.
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
    fn a_script_is_served_without_comments_and_indentation() {
        let script = "// What it is for.\nconst a = 1; // stays\n\n  // Why.\n  go('//a');\n";
        assert_eq!(tight(script), "const a = 1; // stays\ngo('//a');\n");
    }

    #[test]
    fn a_stylesheet_links_to_the_address_where_the_font_is_served() {
        let assets = Assets::load();
        let font = assets.address("inter.woff2").unwrap();
        let style = assets.text("desk.css").unwrap();
        assert!(style.contains(&format!("url(\"{font}\")")), "{font}");
    }
}
