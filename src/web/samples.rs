//! Renders pages with their samples, for tests.

use std::sync::Arc;

use super::Visit;
use super::assets::Assets;
use super::languages::Languages;
use super::page::{Page, Renderer};
use crate::db::Json;
use crate::district::{District, DistrictId};
use crate::localised::LocalisedText;

/// Renders every sample of a page in every language, for a district and before there is one, and returns the HTML.
/// A template that is missing, a variable that is not there or words that nobody wrote stop the test.
pub(crate) fn render<P: Page>() -> Vec<String> {
    let languages = Arc::new(Languages::load().unwrap());
    let renderer = Renderer::load(&languages, Arc::new(Assets::load())).unwrap();
    let district = District {
        id: DistrictId::new(),
        slug: "riverside".to_owned(),
        name: Json(LocalisedText::one("en", "Riverside <Schools>")),
        notice: Json(LocalisedText::one("en", "Riverside is made up.")),
        time_zone: "America/Chicago".to_owned(),
        languages: Json(languages.tags().map(str::to_owned).collect()),
    };
    let mut pages = Vec::new();
    for sample in P::samples() {
        for language in languages.tags() {
            for district in [Some(district.clone()), None] {
                let visit = Visit::plain(language, "/", district);
                let html = visit.render_with(&renderer, &sample).unwrap();
                assert!(
                    !html.contains("Riverside <Schools>"),
                    "text is not escaped: {html}"
                );
                pages.push(html);
            }
        }
    }
    pages
}
