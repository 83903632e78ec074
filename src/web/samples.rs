//! Renders pages with their samples, for tests.

use std::sync::Arc;

use super::Visit;
use super::assets::Assets;
use super::languages::Languages;
use super::page::{Page, Renderer};
use crate::accounts::{Account, AccountId};
use crate::db::Json;
use crate::district::{District, DistrictId, Round, RoundId};
use crate::localised::LocalisedText;

/// Renders every sample of a page in every language, for a district and before there is one, and returns the HTML.
/// A template that is missing, a variable that is not there or words that nobody wrote stop the test.
pub(crate) fn render<P: Page>() -> Vec<String> {
    let languages = Arc::new(Languages::load().unwrap());
    let visits = languages.tags().flat_map(|tag| {
        [Some(district(&languages)), None].map(|district| Visit::plain(tag, "/", district))
    });
    let visits: Vec<Visit> = visits.collect();
    render_for::<P>(&languages, &visits)
}

/// As [`render`], for a page of the desk: in English, for somebody who has signed in, in a round and before there is one.
pub(crate) fn render_at_desk<P: Page>() -> Vec<String> {
    let languages = Arc::new(Languages::load().unwrap());
    let signed_in = |district, rounds| {
        let mut visit = Visit::plain("en", "/desk", district);
        visit.rounds = rounds;
        visit.account = Some(Account {
            id: AccountId::new(),
            email: "ana@riverside.example".to_owned(),
            name: "Ana <Reyes>".to_owned(),
            disabled: false,
            grants: Vec::new(),
        });
        visit
    };
    let visits = [
        signed_in(Some(district(&languages)), vec![round(true), round(false)]),
        signed_in(None, Vec::new()),
    ];
    render_for::<P>(&languages, &visits)
}

fn render_for<P: Page>(languages: &Arc<Languages>, visits: &[Visit]) -> Vec<String> {
    let renderer = Renderer::load(languages, Arc::new(Assets::load())).unwrap();
    let mut pages = Vec::new();
    for sample in P::samples() {
        for visit in visits {
            let html = visit.render_with(&renderer, &sample).unwrap();
            for text in ["Riverside <Schools>", "Ana <Reyes>", "Vision <2031>"] {
                assert!(!html.contains(text), "text is not escaped: {html}");
            }
            pages.push(html);
        }
    }
    pages
}

fn district(languages: &Languages) -> District {
    District {
        id: DistrictId::new(),
        slug: "riverside".to_owned(),
        name: Json(LocalisedText::one("en", "Riverside <Schools>")),
        notice: Json(LocalisedText::one("en", "Riverside is made up.")),
        time_zone: "America/Chicago".to_owned(),
        languages: Json(languages.tags().map(str::to_owned).collect()),
    }
}

fn round(is_current: bool) -> Round {
    Round {
        id: RoundId::new(),
        slug: "vision-2031".to_owned(),
        title: Json(LocalisedText::one("en", "Vision <2031>")),
        place: Json(LocalisedText::one("en", "Riverside")),
        starts_on: chrono::NaiveDate::default(),
        origin: Json(LocalisedText::default()),
        is_current,
        position: 0,
    }
}
