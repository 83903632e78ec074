//! Renders every page with every sample in every language: the HTML is valid and contains nothing forbidden.

use std::collections::BTreeSet;
use std::path::Path;

use chorus::accounts::{Account, AccountId, Grant, GrantId, Role, Scope, Visit};
use chorus::server::all_samples;
use chorus::web::Samples;
use scraper::{Html, Selector};

use crate::support::{TestApp, files_below};

/// The visits that a page may be part of: without a district, by a family, and by staff.
fn visits(app: &TestApp) -> Vec<Visit> {
    let district = app.read(|db| Ok(chorus::district::current(db)?));
    let account = Account {
        id: AccountId::new(),
        email: "ana@riverside.example".to_owned(),
        name: "Ana Reyes".to_owned(),
        disabled: false,
        grants: vec![Grant {
            id: GrantId::new(),
            role: Role::Planner,
            scope: Scope::District,
        }],
    };
    let languages: Vec<String> = app.program().languages.tags().map(str::to_owned).collect();
    assert!(languages.len() >= 2 && district.is_some());
    let in_language = |tag: &String| {
        let mut staff = Visit::plain(tag, "/desk", district.clone());
        staff.account = Some(account.clone());
        [
            Visit::plain(tag, "/", None),
            Visit::plain(tag, "/", district.clone()),
            staff,
        ]
    };
    languages.iter().flat_map(in_language).collect()
}

/// Whether a page belongs to the desk, which is in English and only for signed-in staff.
fn is_at_desk(samples: &Samples) -> bool {
    let template = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("templates")
        .join(samples.template);
    let text = std::fs::read_to_string(template).unwrap();
    text.contains("{% extends \"desk/")
}

fn rendered(app: &TestApp, samples: &Samples, visit: &Visit) -> Vec<String> {
    let frame = visit.frame().unwrap();
    let pages = (samples.render)(&app.program().pages, &frame);
    let pages = pages
        .unwrap_or_else(|error| panic!("{} in {}: {error:#?}", samples.template, visit.language));
    assert!(!pages.is_empty(), "{} has no sample", samples.template);
    pages
}

/// What's wrong with a page's HTML.
fn faults(page: &str, language: &str) -> Vec<String> {
    let document = Html::parse_document(page);
    let mut faults: Vec<String> = document.errors.iter().map(ToString::to_string).collect();
    if page.contains("{$") {
        faults.push("a sentence did not get a part that it names".to_owned());
    }
    let mut ids = BTreeSet::new();
    for element in document.select(&Selector::parse("*").unwrap()) {
        let name = element.value().name();
        for (attribute, value) in element.value().attrs() {
            if attribute == "style" || attribute.starts_with("on") {
                faults.push(format!(
                    "<{name}> has {attribute}, which the policy forbids"
                ));
            }
            if attribute == "id" && !ids.insert(value) {
                faults.push(format!("two elements have the id {value}"));
            }
            if matches!(attribute, "href" | "src" | "action") && !is_own_address(value) {
                faults.push(format!("<{name}> leads to {value}"));
            }
        }
        if name == "script"
            && element.attr("src").is_none()
            && element.attr("type") != Some("application/json")
        {
            faults.push("the page has an inline script, which the policy forbids".to_owned());
        }
        if name == "img" && element.attr("alt").is_none() {
            faults.push("an image says nothing to somebody who cannot see it".to_owned());
        }
    }
    let count = |selector: &str| document.select(&Selector::parse(selector).unwrap()).count();
    for (selector, meaning) in [
        ("h1", "a heading"),
        ("main", "a main part"),
        ("title", "a title"),
        (&format!("html[lang='{language}']"), "its language"),
    ] {
        if count(selector) != 1 {
            faults.push(format!("{} times {meaning}", count(selector)));
        }
    }
    faults
}

/// Whether an address is our own or opens email or phone: no page loads from or links to another site.
fn is_own_address(address: &str) -> bool {
    let ours = address.starts_with('/') && !address.starts_with("//");
    ours || address.starts_with(['#', '?'])
        || address.starts_with("mailto:")
        || address.starts_with("tel:")
}

#[test]
fn every_sample_of_every_page_renders_as_valid_html_in_every_language() {
    let app = TestApp::riverside();
    let mut wrong = BTreeSet::new();
    for visit in visits(&app) {
        for samples in &all_samples() {
            let at_desk = is_at_desk(samples);
            if at_desk && visit.account.is_none() {
                continue;
            }
            let language = if at_desk { "en" } else { &visit.language };
            let pages = rendered(&app, samples, &visit);
            // An email is plain text, so only check that it renders and gives the same text each time.
            let is_page = Path::new(samples.template)
                .extension()
                .is_some_and(|ending| ending == "html");
            for page in pages.iter().filter(|_| is_page) {
                wrong.extend(
                    faults(page, language)
                        .into_iter()
                        .map(|fault| format!("{}: {fault}", samples.template)),
                );
            }
            assert!(
                pages == rendered(&app, samples, &visit),
                "{} differs when rendered again",
                samples.template
            );
        }
    }
    assert!(
        wrong.is_empty(),
        "{}",
        wrong.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn every_page_is_listed_with_its_samples() {
    let listed: BTreeSet<&str> = all_samples()
        .iter()
        .filter_map(|samples| samples.page.rsplit("::").next())
        .collect();
    let mut written = BTreeSet::new();
    for (_, text) in files_below("src", "rs") {
        for (before, after) in text
            .match_indices(" Page for ")
            .map(|(at, found)| text.split_at(at + found.len()))
        {
            if before
                .lines()
                .next_back()
                .is_some_and(|line| line.starts_with("impl"))
            {
                let name = after
                    .split(|letter: char| !letter.is_alphanumeric())
                    .next()
                    .unwrap();
                written.insert(name.to_owned());
            }
        }
    }
    let listed = listed
        .into_iter()
        .map(|name| name.split('<').next().unwrap().to_owned())
        .collect::<BTreeSet<_>>();
    assert_eq!(
        written, listed,
        "list a page in the `samples()` of its feature, and the feature in `server::all_samples()`"
    );
}
