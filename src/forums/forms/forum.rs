//! The form for a forum: parsing and validation.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};

use crate::db::Json;
use crate::district::RoundId;
use crate::forums::model::{Forum, Prompt};
use crate::keys::ForumId;
use crate::keys::is_key;
use crate::localized::LocalizedText;
use crate::surveys::Intent;
use crate::web::form::{Fields, FormState};

/// The most prompts on a forum's form.
pub(in crate::forums) const MOST_PROMPTS: usize = 12;
/// The most seats at a forum.
const MOST_SEATS: i32 = 10_000;
/// The slug that the desk uses for the page of a new forum.
pub(in crate::forums) const RESERVED: &str = "new";
/// The longest key generated from text.
const LONGEST_KEY: usize = 40;

/// The content of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::forums) struct ForumDraft {
    pub(in crate::forums) slug: String,
    title: LocalizedText,
    about: LocalizedText,
    place: String,
    day: NaiveDate,
    starts: NaiveTime,
    ends: NaiveTime,
    seats: i32,
    languages: Vec<String>,
    prompts: Vec<Prompt>,
}

impl ForumDraft {
    /// Parses the form. `languages` are the district's, main language first. The title in the main language is
    /// required.
    pub(in crate::forums) fn parse(
        fields: &Fields,
        languages: &[String],
    ) -> Result<Self, FormState> {
        let mut form = FormState::typed(fields);
        let title = localized(fields, "title", languages);
        if let Some(main) = languages.first().filter(|tag| !title.0.contains_key(*tag)) {
            form.fault(&format!("title-{main}"), "Enter a title.");
        }
        let slug = match fields.get("slug") {
            "" => key_of(title.get("en").0),
            typed => typed.to_owned(),
        };
        if !is_key(&slug) || slug == RESERVED {
            form.fault(
                "slug",
                "Use lowercase letters, digits, and hyphens, such as oak-evening.",
            );
        }
        let place = fields.get("place").to_owned();
        if place.is_empty() {
            form.fault("place", "Enter a place.");
        }
        let day = fields.get("day").parse().ok();
        if day.is_none() {
            form.fault("day", "Enter the day.");
        }
        let (starts, ends) = (
            clock_time(fields.get("starts")),
            clock_time(fields.get("ends")),
        );
        match (starts, ends) {
            (None, _) => form.fault("starts", "Enter a start time."),
            (_, None) => form.fault("ends", "Enter an end time."),
            (Some(starts), Some(ends)) if ends <= starts => {
                form.fault("ends", "The end time must be after the start time.");
            }
            _ => {}
        }
        let seats = fields.get("seats").parse().ok();
        let seats = seats.filter(|seats| (0..=MOST_SEATS).contains(seats));
        if seats.is_none() {
            form.fault("seats", "Enter the number of seats, such as 60.");
        }
        let spoken: Vec<String> = languages
            .iter()
            .filter(|tag| fields.all("languages").any(|ticked| ticked == *tag))
            .cloned()
            .collect();
        if spoken.is_empty() {
            form.fault("languages", "Choose at least one language.");
        }
        let prompts = prompts(fields, languages, &mut form);
        match (day, starts, ends, seats) {
            (Some(day), Some(starts), Some(ends), Some(seats)) if form.is_right() => Ok(Self {
                slug,
                title,
                about: localized(fields, "about", languages),
                place,
                day,
                starts,
                ends,
                seats,
                languages: spoken,
                prompts,
            }),
            _ => Err(form),
        }
    }

    /// The forum that the form describes.
    pub(in crate::forums) fn forum(self, id: ForumId, round: RoundId) -> Forum {
        Forum {
            id,
            round_id: round,
            slug: self.slug,
            title: Json(self.title),
            about: Json(self.about),
            place: self.place,
            starts_at: self.day.and_time(self.starts),
            ends_at: self.day.and_time(self.ends),
            seats: self.seats,
            languages: Json(self.languages),
            prompts: Json(self.prompts),
        }
    }
}

/// The form for an existing forum.
pub(in crate::forums) fn form_of(forum: &Forum) -> FormState {
    let mut form = FormState::default()
        .with("slug", &forum.slug)
        .with("place", &forum.place)
        .with("day", &forum.starts_at.date())
        .with("starts", &forum.starts_at.format("%H:%M"))
        .with("ends", &forum.ends_at.format("%H:%M"))
        .with("seats", &forum.seats);
    form.many
        .insert("languages".to_owned(), forum.languages.0.clone());
    let prompts = forum.prompts.iter().enumerate();
    let labels = prompts
        .clone()
        .map(|(at, prompt)| (format!("prompt-{at}-label"), &prompt.label));
    let texts = [
        ("title".to_owned(), &forum.title.0),
        ("about".to_owned(), &forum.about.0),
    ];
    for (name, text) in texts.into_iter().chain(labels) {
        for (tag, words) in &text.0 {
            form = form.with(&format!("{name}-{tag}"), words);
        }
    }
    for (at, prompt) in prompts {
        form = form
            .with(&format!("prompt-{at}-key"), &prompt.key)
            .with(&format!("prompt-{at}-intent"), &prompt.intent);
    }
    form
}

fn localized(fields: &Fields, name: &str, languages: &[String]) -> LocalizedText {
    let words = |tag: &String| {
        let text = fields.get(&format!("{name}-{tag}"));
        (!text.is_empty()).then(|| (tag.clone(), text.to_owned()))
    };
    let texts: BTreeMap<String, String> = languages.iter().filter_map(words).collect();
    LocalizedText(texts)
}

/// The prompts that have a question, in the order of the form.
fn prompts(fields: &Fields, languages: &[String], form: &mut FormState) -> Vec<Prompt> {
    let mut keys = BTreeSet::new();
    let mut prompts = Vec::new();
    for at in 0..MOST_PROMPTS {
        let label = localized(fields, &format!("prompt-{at}-label"), languages);
        if label.is_empty() {
            continue;
        }
        let Some(intent) = Intent::parse(fields.get(&format!("prompt-{at}-intent"))) else {
            form.fault(
                &format!("prompt-{at}-intent"),
                "Choose what this question asks about.",
            );
            continue;
        };
        let name = format!("prompt-{at}-key");
        let key = match fields.get(&name) {
            "" => key_of(label.get("en").0),
            typed => typed.to_owned(),
        };
        if !is_key(&key) {
            form.fault(
                &name,
                "Use lowercase letters, digits, and hyphens, such as strengths.",
            );
        } else if !keys.insert(key.clone()) {
            form.fault(
                &name,
                "Another question has this key. Choose a different one.",
            );
        }
        prompts.push(Prompt { key, intent, label });
    }
    prompts
}

/// A time as browsers submit it, with or without seconds.
fn clock_time(text: &str) -> Option<NaiveTime> {
    ["%H:%M", "%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}

/// A key generated from text: `Una noche en Ñuñoa` becomes `una-noche-en-nunoa`.
fn key_of(words: &str) -> String {
    let plain = slug::slugify(words);
    let mut key = String::new();
    for word in plain.split('-') {
        if key.len() + word.len() >= LONGEST_KEY {
            break;
        }
        if !key.is_empty() {
            key.push('-');
        }
        key.push_str(word);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(changes: &[(&str, &str)]) -> Result<ForumDraft, FormState> {
        let mut fields = vec![
            ("title-en", "An evening at Oak"),
            ("place", "Gym"),
            ("day", "2026-10-06"),
            ("starts", "18:00"),
            ("ends", "19:30:00"),
            ("seats", "60"),
            ("languages", "es"),
            ("prompt-1-intent", "hope"),
            ("prompt-1-label-en", "What do you hope for?"),
        ];
        fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        fields.extend(changes);
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        ForumDraft::parse(
            &Fields(fields.iter().map(own).collect()),
            &["en".into(), "es".into()],
        )
    }

    fn faulty(changes: &[(&str, &str)]) -> Vec<String> {
        parse(changes).unwrap_err().faults.into_keys().collect()
    }

    #[test]
    fn an_address_and_keys_are_derived_from_the_text_if_none_are_typed() {
        let forum = parse(&[]).unwrap().forum(ForumId::new(), RoundId::new());
        assert_eq!(forum.slug, "an-evening-at-oak");
        assert_eq!(forum.prompts[0].key, "what-do-you-hope-for");
        assert_eq!(forum.starts_at.to_string(), "2026-10-06 18:00:00");
        assert_eq!(
            key_of("¿Qué hace difícil la escuela?"),
            "que-hace-dificil-la-escuela"
        );
    }

    #[test]
    fn each_fault_is_reported_at_its_field() {
        assert_eq!(faulty(&[("title-en", " ")]), ["slug", "title-en"]);
        assert_eq!(faulty(&[("ends", "17:00")]), ["ends"]);
        assert_eq!(faulty(&[("seats", "many"), ("day", "")]), ["day", "seats"]);
        assert_eq!(faulty(&[("languages", "fr")]), ["languages"]);
        assert_eq!(faulty(&[("slug", "new")]), ["slug"]);
        assert_eq!(faulty(&[("prompt-1-intent", "")]), ["prompt-1-intent"]);
    }

    #[test]
    fn a_forum_s_form_reads_back_as_the_same_forum() {
        let forum = parse(&[("about-es", "Habrá sopa")])
            .unwrap()
            .forum(ForumId::new(), RoundId::new());
        let form = form_of(&forum);
        let fields = form
            .many
            .iter()
            .flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.clone())));
        let read = ForumDraft::parse(&Fields(fields.collect()), &["en".into(), "es".into()]);
        let again = read
            .unwrap()
            .forum(forum.id.clone(), forum.round_id.clone());
        assert_eq!(again, forum);
    }
}
