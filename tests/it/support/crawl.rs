//! Everything that a visitor can reach by following links.

use std::collections::BTreeMap;

use super::{Browser, Reply, TestApp};

impl TestApp {
    /// Every page that a visitor reaches from the first one by following links, in a language. Each answers 200.
    pub(crate) fn public_pages(&self, language: &str) -> BTreeMap<String, Reply> {
        self.browser().in_language(language).crawl("/", &["/"])
    }
}

impl Browser {
    /// Every page below a path that is reached from the given pages by following links. Each answers 200.
    pub(crate) fn crawl(&self, below: &str, from: &[&str]) -> BTreeMap<String, Reply> {
        let mut pages = BTreeMap::new();
        let mut waiting: Vec<String> = from.iter().map(|path| (*path).to_owned()).collect();
        while let Some(path) = waiting.pop() {
            if pages.contains_key(&path) {
                continue;
            }
            let page = self.get(&path);
            assert_eq!(page.status, 200, "{path}");
            for link in page.attributes("a[href]", "href") {
                let link = link.split('#').next().unwrap_or_default();
                // A page in another language is the same page.
                if link.starts_with(below) && !link.contains("lang=") {
                    waiting.push(link.to_owned());
                }
            }
            pages.insert(path, page);
        }
        pages
    }
}
