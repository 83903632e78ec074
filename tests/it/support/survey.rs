//! The surveys that tests ask: each takes the questions it needs from one fixture.

use chorus::district;
use chorus::surveys::{self, SurveyId};
use chorus::tally::Facet;
use chrono::TimeDelta;

use super::{Browser, TestApp};

/// A document that asks these questions of `survey.toml`, in this order. Unless it asks `who` people are, it's for
/// families. A test adds tables and questions of its own at the end.
pub(crate) fn survey(slug: &str, questions: &[&str]) -> String {
    let mut parts = include_str!("survey.toml").split("[[items]]\n");
    let settings = parts.next().unwrap();
    let group = if questions.contains(&"who") {
        ""
    } else {
        "group = \"families\"\n"
    };
    let mut document = format!("slug = \"{slug}\"\n{group}{settings}");
    let items: Vec<&str> = parts.collect();
    for question in questions {
        let key = format!("key = \"{question}\"\n");
        let item = items.iter().find(|item| item.starts_with(&key));
        let item = item.unwrap_or_else(|| panic!("survey.toml doesn't ask {question}"));
        document.push_str("[[items]]\n");
        document.push_str(item);
    }
    document
}

impl TestApp {
    /// Saves a survey in Riverside's round without publishing it.
    pub(crate) fn draft_survey(&self, document: &str) -> SurveyId {
        let document = surveys::parse_document(document).unwrap();
        let actor = self.operator();
        self.write(move |db| {
            let round = district::round_by_slug(db, "vision-2031")?;
            surveys::import_document(db, &actor, &round.id, &document)
        })
    }

    /// Saves a survey in Riverside's round and publishes it.
    pub(crate) fn publish_survey(&self, document: &str) {
        let (actor, survey) = (self.operator(), self.draft_survey(document));
        self.write(move |db| surveys::publish(db, &actor, &survey));
    }

    /// Closes a survey.
    pub(crate) fn close_survey(&self, slug: &str) {
        let (actor, slug) = (self.operator(), slug.to_owned());
        self.write(move |db| {
            let survey = surveys::by_slug(db, &slug)?;
            surveys::close(db, &actor, &survey.id)
        });
    }

    /// A phone that has had a survey open for a minute.
    pub(crate) fn phone(&self, survey: &str) -> Browser {
        let phone = self.browser();
        phone.get(&format!("/s/{survey}")).expect(200);
        self.advance(TimeDelta::minutes(1));
        phone
    }

    /// How many voices are in a set, according to the desk's own index.
    pub(crate) fn voices(&self, facet: &Facet) -> u64 {
        self.read(|db| {
            self.live()
                .view(db, |index, _| Ok(index.tally.voices(facet).len()))
        })
    }

    /// How many voices of a survey count.
    pub(crate) fn counted(&self, survey: &str) -> u64 {
        let survey = self.read(|db| Ok(surveys::by_slug(db, survey)?.id));
        self.voices(&Facet::Survey(survey))
    }
}
