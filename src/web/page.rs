//! Pages: a typed context for each template, and the renderer.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use fluent_bundle::FluentValue;
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult};

use super::assets::Assets;
use super::formats::Formats;
use super::languages::{FALLBACK, Languages};
use crate::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

/// The context of a template. `src/surveys/pages/show.rs` renders `templates/surveys/show.html`.
pub trait Page: Serialize {
    /// The template's path under `templates/`.
    const TEMPLATE: &'static str;

    /// Sample contexts: empty, typical, and full. A test renders every page with each of them.
    fn samples() -> Vec<Self>
    where
        Self: Sized;
}

/// A page with its samples. Startup checks that the template exists; a test renders the samples.
#[derive(Clone, Copy)]
pub struct Samples {
    /// The page's type, for error messages.
    pub page: &'static str,
    /// The template's path under `templates/`.
    pub template: &'static str,
    /// Renders each sample in a frame.
    pub render: fn(&Renderer, &Frame) -> Result<Vec<String>>,
}

impl Samples {
    /// The samples of a page.
    pub fn of<P: Page>() -> Self {
        Self {
            page: std::any::type_name::<P>(),
            template: P::TEMPLATE,
            render: |pages, frame| {
                P::samples()
                    .iter()
                    .map(|page| pages.render(frame, page))
                    .collect()
            },
        }
    }
}

/// What the layout shows around a page, such as the language and the signed-in account.
#[derive(Clone, Debug)]
pub struct Frame(Vec<(String, tera::Value)>);

impl Frame {
    /// A frame with the fields of `layout`.
    pub fn of(layout: &impl Serialize) -> Result<Self> {
        let layout = tera::Value::try_from_serializable(layout).map_err(Error::internal)?;
        let parts = layout.into_map().unwrap_or_default().into_iter();
        let named = parts.filter_map(|(key, value)| Some((key.as_str()?.to_owned(), value)));
        Ok(Self(named.collect()))
    }
}

/// Renders templates with text, numbers, and dates in the reader's language.
#[derive(Clone)]
pub struct Renderer(Arc<Tera>);

impl Renderer {
    /// Loads the embedded templates and registers our functions and filters:
    ///
    /// - `t(key="…", part=value)`: the text of a key; a number among the parts selects the plural form,
    /// - `asset(name="chorus.css")`: the URL of an asset,
    /// - `| urlencode`: encodes a value for a URL's query,
    /// - `| number`, `| day`, `| short_day`, `| moment`, `| time`: in the reader's language,
    /// - `| list`: a list as one text, such as "inglés y español"; `| joints`: the separator after each item, for lists
    ///   of links,
    /// - `| said(prefix="…")`: the text of each key in a list; `| language_name`, `| language_names`: the same for languages,
    /// - `| count(of="voice")`: a number with its noun, on English pages,
    /// - `| start_time(to=end)`: a start time printed next to its end, so "PM" appears only once,
    /// - `| zone(of=zone)`: the common name of the district's time zone at a given time.
    ///
    /// They all read `lang` from the context; a component receives it as `@lang`.
    pub fn load(languages: &Arc<Languages>, assets: Arc<Assets>) -> Result<Self> {
        let mut formats = BTreeMap::new();
        for tag in languages.tags() {
            formats.insert(tag.to_owned(), Formats::load(tag)?);
        }
        let formats = Arc::new(formats);
        let mut tera = Tera::default();
        let words = Arc::clone(languages);
        tera.register_function("t", move |parts: Kwargs, state: &State| {
            translate(&words, &parts, state)
        });
        tera.register_function("asset", move |parts: Kwargs, _: &State| {
            let name = parts.must_get::<String>("name")?;
            assets
                .address(&name)
                .ok_or_else(|| tera::Error::message(format!("no asset {name}")))
        });
        tera.register_function(
            "direction",
            |parts: Kwargs, _: &State| -> TeraResult<String> {
                Ok(super::languages::direction(&parts.must_get::<String>("of")?).to_owned())
            },
        );
        tera.register_filter("urlencode", |text: &str, _: Kwargs, _: &State| -> String {
            url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
        });
        let numbers = Arc::clone(&formats);
        tera.register_filter("number", move |number: i64, _: Kwargs, state: &State| {
            in_language(&numbers, state, |formats| Ok(formats.number(number)))
        });
        register_count(&mut tera, &formats);
        register_day(&mut tera, "day", &formats, Formats::day);
        register_day(&mut tera, "short_day", &formats, Formats::short_day);
        register_moment(&mut tera, "moment", &formats, Formats::moment);
        register_moment(&mut tera, "time", &formats, Formats::time);
        register_zone(&mut tera, &formats);
        register_start_time(&mut tera, &formats);
        register_lists(&mut tera, languages, &formats);
        let mut files = Vec::new();
        for name in Templates::iter() {
            let Some(file) = Templates::get(&name) else {
                continue;
            };
            files.push((
                name.into_owned(),
                String::from_utf8_lossy(&file.data).into_owned(),
            ));
        }
        tera.add_raw_templates(files)
            .map_err(|error| Error::bug(format!("templates: {error}")))?;
        Ok(Self(Arc::new(tera)))
    }

    /// Checks that every page has its template, so a missing one is found at startup and not by a visitor.
    pub fn check(&self, pages: &[Samples]) -> Result<()> {
        let missing = pages
            .iter()
            .find(|page| !self.0.contains_template(page.template));
        missing.map_or(Ok(()), |page| {
            Err(Error::bug(format!(
                "there is no template {} for {}",
                page.template, page.page
            )))
        })
    }

    /// Renders plain text, such as an email. `context` gives the language as `lang`.
    pub fn text(&self, template: &str, context: &impl Serialize) -> Result<String> {
        let context = Context::from_serialize(context).map_err(Error::internal)?;
        self.0
            .render(template, &context)
            .map_err(|error| Error::bug(format!("{template}: {error}")))
    }

    /// Renders a page in its frame.
    pub fn render<P: Page>(&self, frame: &Frame, page: &P) -> Result<String> {
        let mut context = Context::from_serialize(page)
            .map_err(|error| Error::bug(format!("{}: {error}", P::TEMPLATE)))?;
        for (name, value) in &frame.0 {
            // If a page used a name from the frame, the frame's value would silently replace it.
            if context.contains_key(name) {
                return Err(Error::bug(format!(
                    "{}: `{name}` is a part of every page's frame",
                    P::TEMPLATE
                )));
            }
            context.insert_value(name.clone(), value.clone());
        }
        self.0
            .render(P::TEMPLATE, &context)
            .map_err(|error| Error::bug(format!("{}: {error}", P::TEMPLATE)))
    }
}

fn language(state: &State) -> TeraResult<String> {
    Ok(state
        .get::<String>("lang")?
        .unwrap_or_else(|| FALLBACK.to_owned()))
}

fn translate(languages: &Languages, parts: &Kwargs, state: &State) -> TeraResult<String> {
    let key = parts.must_get::<String>("key")?;
    let named = parts
        .iter()
        .filter_map(|(name, value)| Some((name.as_str()?, fluent_value(value))));
    let values: Vec<(&str, FluentValue<'_>)> = named.collect();
    languages
        .say(&language(state)?, &key, &values)
        .map_err(|error| tera::Error::message(error.to_string()))
}

/// Numbers stay numbers so that Fluent can select the plural form. Everything else becomes text.
fn fluent_value(value: &tera::Value) -> FluentValue<'static> {
    match value
        .as_i128()
        .and_then(|number| i64::try_from(number).ok())
    {
        Some(number) => FluentValue::from(number),
        None => FluentValue::from(value.to_string()),
    }
}

fn in_language<T>(
    formats: &BTreeMap<String, Formats>,
    state: &State,
    write: impl Fn(&Formats) -> Result<T>,
) -> TeraResult<T> {
    let language = language(state)?;
    let formats = formats.get(&language).or_else(|| formats.get(FALLBACK));
    let formats =
        formats.ok_or_else(|| tera::Error::message(format!("no formats for {language}")))?;
    write(formats).map_err(|error| tera::Error::message(error.to_string()))
}

type Shared = Arc<BTreeMap<String, Formats>>;

/// `{{ n | count(of="voice") }}` writes “1 voice” or “1,204 voices”, on pages that are always English. `many` is for nouns whose
/// plural isn't made with an s.
fn register_count(tera: &mut Tera, formats: &Shared) {
    let formats = Arc::clone(formats);
    tera.register_filter("count", move |count: i64, parts: Kwargs, state: &State| {
        let one = parts.must_get::<String>("of")?;
        let noun = match parts.get::<String>("many")? {
            _ if count == 1 => one,
            Some(many) => many,
            None => one + "s",
        };
        in_language(&formats, state, |formats| {
            Ok(format!("{} {noun}", formats.number(count)))
        })
    });
}

fn register_day(
    tera: &mut Tera,
    name: &'static str,
    formats: &Shared,
    write: fn(&Formats, NaiveDate) -> Result<String>,
) {
    let formats = Arc::clone(formats);
    tera.register_filter(name, move |text: &str, _: Kwargs, state: &State| {
        let day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
        let day = day.ok_or_else(|| tera::Error::message(format!("{text} is not a date")))?;
        in_language(&formats, state, |formats| write(formats, day))
    });
}

fn register_moment(
    tera: &mut Tera,
    name: &'static str,
    formats: &Shared,
    write: fn(&Formats, NaiveDateTime) -> Result<String>,
) {
    let formats = Arc::clone(formats);
    tera.register_filter(name, move |text: &str, _: Kwargs, state: &State| {
        let at = text
            .parse::<NaiveDateTime>()
            .map_err(|_| tera::Error::message(format!("{text} is not a time")))?;
        in_language(&formats, state, |formats| write(formats, at))
    });
}

fn register_zone(tera: &mut Tera, formats: &Shared) {
    let formats = Arc::clone(formats);
    tera.register_filter("zone", move |text: &str, parts: Kwargs, state: &State| {
        let at = text
            .parse::<NaiveDateTime>()
            .map_err(|_| tera::Error::message(format!("{text} is not a time")))?;
        let name = parts.must_get::<String>("of")?;
        in_language(&formats, state, |formats| formats.zone(at, &name))
    });
}

fn register_start_time(tera: &mut Tera, formats: &Shared) {
    let formats = Arc::clone(formats);
    tera.register_filter(
        "start_time",
        move |text: &str, parts: Kwargs, state: &State| {
            let read = |text: &str| {
                text.parse::<NaiveDateTime>()
                    .map_err(|_| tera::Error::message(format!("{text} is not a time")))
            };
            let (starts, ends) = (read(text)?, read(&parts.must_get::<String>("to")?)?);
            in_language(&formats, state, |formats| formats.start_time(starts, ends))
        },
    );
}

fn register_lists(tera: &mut Tera, languages: &Arc<Languages>, formats: &Shared) {
    let (words, of_list) = (Arc::clone(languages), Arc::clone(formats));
    tera.register_filter(
        "list",
        move |items: Vec<tera::Value>, _: Kwargs, state: &State| {
            let items = read_items(&words, &items, state)?;
            in_language(&of_list, state, |formats| Ok(formats.list(&items)))
        },
    );
    let (words, of_joints) = (Arc::clone(languages), Arc::clone(formats));
    tera.register_filter(
        "joints",
        move |items: Vec<tera::Value>, _: Kwargs, state: &State| {
            let items = read_items(&words, &items, state)?;
            in_language(&of_joints, state, |formats| Ok(formats.joints(&items)))
        },
    );
    let words = Arc::clone(languages);
    tera.register_filter(
        "said",
        move |keys: Vec<String>, parts: Kwargs, state: &State| -> TeraResult<Vec<String>> {
            let prefix = parts.must_get::<String>("prefix")?;
            let said = keys
                .iter()
                .map(|key| say(&words, state, &format!("{prefix}{key}")));
            said.collect()
        },
    );
    let words = Arc::clone(languages);
    tera.register_filter(
        "language_name",
        move |tag: &str, _: Kwargs, state: &State| {
            Ok::<_, tera::Error>(words.name_of(&language(state)?, tag))
        },
    );
    let words = Arc::clone(languages);
    tera.register_filter(
        "language_names",
        move |offered: Vec<tera::Value>, _: Kwargs, state: &State| -> TeraResult<Vec<String>> {
            let language = language(state)?;
            let tag = |one: &tera::Value| one.get_from_path("tag")?.as_str().map(str::to_owned);
            let tags = offered.iter().filter_map(tag);
            Ok(tags.map(|tag| words.name_of(&language, &tag)).collect())
        },
    );
}

fn say(languages: &Languages, state: &State, key: &str) -> TeraResult<String> {
    languages
        .say(&language(state)?, key, &[])
        .map_err(|error| tera::Error::message(error.to_string()))
}

/// The displayed text of each item of a list.
fn read_items(
    languages: &Languages,
    items: &[tera::Value],
    state: &State,
) -> TeraResult<Vec<String>> {
    let items = items.iter();
    items
        .map(|item| read_item(languages, item, state))
        .collect()
}

/// The displayed text of an item: the text itself, a wording's text, the text of one of our keys, or the name or title
/// of a linked item.
fn read_item(languages: &Languages, item: &tera::Value, state: &State) -> TeraResult<String> {
    if let Some(text) = item.as_str() {
        return Ok(text.to_owned());
    }
    let part = |name: &'static str| item.get_from_path(name).filter(|part| !part.is_none());
    if let Some(key) = part("ours").and_then(tera::Value::as_str) {
        return say(languages, state, key);
    }
    let parts = ["text", "words", "name", "title"];
    let part = parts.iter().find_map(|name| part(name));
    let part = part.ok_or_else(|| tera::Error::message(format!("{item} has no words")))?;
    read_item(languages, part, state)
}
