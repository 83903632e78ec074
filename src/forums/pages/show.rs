//! One forum at the desk: how many people are coming, what they need and, for people who run it, who they are.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::LanguageName;
use crate::accounts::{Permission, Scope, Viewer, permission};
use crate::app::App;
use crate::db::Paging;
use crate::district::District;
use crate::error::{Error, Result};
use crate::forums::model::{Forum, Moment, Need, SignUp, SignUpStatus, When};
use crate::forums::permission::Facilitate;
use crate::forums::store;
use crate::web::Page;

/// A forum with its sign-ups.
#[derive(Debug, Serialize)]
pub(crate) struct ForumDeskPage {
    slug: String,
    title: String,
    place: String,
    when: When,
    moment: Moment,
    /// Missing translations, as `title: español`.
    missing: Vec<String>,
    seats: i32,
    taken: i64,
    waiting: i64,
    /// How many sign-ups ask for each kind of help.
    needs: Vec<(Need, usize)>,
    /// How many people prefer each language.
    by_language: Vec<(LanguageName, i64)>,
    tables: usize,
    notes: i64,
    may_edit: bool,
    may_run: bool,
    /// Who is coming. `None` for viewers who don't run the forum.
    people: Option<People>,
}

#[derive(Debug, Serialize)]
struct People {
    rows: Vec<Person>,
    paging: Paging,
}

#[derive(Clone, Debug, Serialize)]
struct Person {
    name: String,
    email: String,
    party: i32,
    language: LanguageName,
    needs: Vec<Need>,
    status: SignUpStatus,
}

impl Page for ForumDeskPage {
    const TEMPLATE: &'static str = "forums/show.html";

    fn samples() -> Vec<Self> {
        let person = |status, needs: &[Need]| Person {
            name: "Ana Reyes".to_owned(),
            email: "ana@example.org".to_owned(),
            party: 2,
            language: LanguageName::of("es"),
            needs: needs.to_vec(),
            status,
        };
        let page = |people: Option<Vec<Person>>| Self {
            slug: "oak-evening".to_owned(),
            title: "An evening at Oak".to_owned(),
            place: "Oak Elementary, gym".to_owned(),
            when: When::sample(),
            moment: Moment::Ahead,
            missing: vec!["about: español".to_owned()],
            seats: 60,
            taken: 42,
            waiting: 2,
            needs: vec![(Need::ChildCare, 4), (Need::Interpreter, 0)],
            by_language: vec![(LanguageName::of("en"), 40), (LanguageName::of("es"), 4)],
            tables: 0,
            notes: 0,
            may_edit: people.is_some(),
            may_run: people.is_some(),
            people: people.map(|rows| People {
                paging: Paging::new(None, 0),
                rows,
            }),
        };
        vec![
            page(None),
            page(Some(vec![])),
            page(Some(vec![
                person(SignUpStatus::Seated, &[Need::Interpreter]),
                person(SignUpStatus::Waiting, &[]),
            ])),
        ]
    }
}

#[derive(Deserialize)]
pub(super) struct Query {
    page: Option<i64>,
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::SeeForums>,
    slug: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let slug = slug.into_inner();
    let (forum, sign_ups, tables, notes) = app
        .read(move |db| {
            let forum = store::by_slug(db, &slug)?;
            let sign_ups = store::sign_ups(db, &forum.id)?;
            let tables = store::tables(db, &forum.id)?.len();
            let notes = store::note_counts(db, &forum.id)?.values().sum();
            Ok((forum, sign_ups, tables, notes))
        })
        .await?;
    let within = |roles| {
        let reach = viewer.account.reach(roles);
        reach.covers(&Scope::Forum(forum.id.clone()))
            || reach.covers(&Scope::Round(forum.round_id.clone()))
    };
    if !within(permission::SeeForums::ROLES) {
        return Err(Error::Forbidden);
    }
    let may_run = within(Facilitate::ROLES);
    let page = ForumDeskPage {
        slug: forum.slug.clone(),
        title: forum.title.wording("en").text,
        place: forum.place.clone(),
        when: When::of(&forum),
        moment: forum.moment(viewer.visit.local_time().now(&app.clock)),
        missing: missing(&forum, viewer.visit.district.as_ref()),
        seats: forum.seats,
        taken: people_who(&sign_ups, SignUpStatus::Seated),
        waiting: people_who(&sign_ups, SignUpStatus::Waiting),
        needs: needs(&sign_ups),
        by_language: by_language(&forum, &sign_ups),
        tables,
        notes,
        may_edit: viewer
            .account
            .reach(permission::Surveys::ROLES)
            .covers(&Scope::District),
        may_run,
        people: may_run.then(|| people(query.page, sign_ups)),
    };
    viewer.visit.page(&app, &page)
}

fn people(page: Option<i64>, sign_ups: Vec<SignUp>) -> People {
    let rows = sign_ups.into_iter().map(|sign_up| Person {
        name: sign_up.name,
        email: sign_up.email,
        party: sign_up.party,
        language: LanguageName::of(&sign_up.language),
        needs: sign_up.needs.0,
        status: sign_up.status,
    });
    let (paging, rows) = Paging::slice(page, rows.collect());
    People { rows, paging }
}

fn people_who(sign_ups: &[SignUp], status: SignUpStatus) -> i64 {
    let those = sign_ups.iter().filter(|sign_up| sign_up.status == status);
    those.map(|sign_up| i64::from(sign_up.party)).sum()
}

fn needs(sign_ups: &[SignUp]) -> Vec<(Need, usize)> {
    let asking = |need| {
        sign_ups
            .iter()
            .filter(|sign_up| sign_up.needs.contains(&need))
            .count()
    };
    Need::ALL
        .iter()
        .map(|need| (*need, asking(*need)))
        .collect()
}

fn by_language(forum: &Forum, sign_ups: &[SignUp]) -> Vec<(LanguageName, i64)> {
    let people = |tag: &str| {
        let those = sign_ups.iter().filter(|sign_up| sign_up.language == tag);
        those.map(|sign_up| i64::from(sign_up.party)).sum()
    };
    forum
        .languages
        .iter()
        .map(|tag| (LanguageName::of(tag), people(tag)))
        .collect()
}

/// The texts that aren't translated into every language of the district.
fn missing(forum: &Forum, district: Option<&District>) -> Vec<String> {
    let wanted = district.map_or(&[][..], |district| &district.languages.0);
    let prompts = forum
        .prompts
        .iter()
        .map(|prompt| (format!("prompt {}", prompt.key), &prompt.label));
    let texts = [
        ("title".to_owned(), &forum.title.0),
        ("about".to_owned(), &forum.about.0),
    ];
    let lacking = texts.into_iter().chain(prompts).flat_map(|(part, text)| {
        let tags = text.missing(wanted).into_iter();
        tags.map(move |tag| format!("{part}: {}", crate::web::languages::own_name(tag)))
    });
    lacking.collect()
}
