//! A forum's public page and its sign-up form.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::{LanguageName, seat};
use crate::accounts::Visit;
use crate::app::App;
use crate::error::Result;
use crate::forums::forms::{LARGEST_PARTY, SignUpDraft};
use crate::forums::model::{Forum, Moment, Need, When};
use crate::forums::store::{self, SignUpOutcome};
use crate::localized::{LocalizedText, Wording};
use crate::secret::{digest, random_token};
use crate::web::Page;
use crate::web::form::{Fields, FormState};
use crate::web::limits::client_address;

/// The public page of a forum.
#[derive(Debug, Serialize)]
pub(crate) struct ForumPage {
    slug: String,
    title: Wording,
    about: Wording,
    prompts: Vec<Wording>,
    place: String,
    when: When,
    spoken: Vec<LanguageName>,
    moment: Moment,
    seats: i32,
    left: i64,
    form: FormState,
    submission: String,
    parties: Vec<i32>,
    needs: &'static [Need],
}

impl Page for ForumPage {
    const TEMPLATE: &'static str = "forums/public.html";

    fn samples() -> Vec<Self> {
        let words = |text: &str| LocalizedText::one("en", text).wording("en");
        let page = |moment, left| Self {
            slug: "oak-evening".to_owned(),
            title: words("An evening at Oak"),
            about: words("You sit at a table with seven others."),
            prompts: vec![words("What do our schools do well?")],
            place: "Oak Elementary, gym, 120 Oak Street".to_owned(),
            when: When::sample(),
            spoken: vec![LanguageName::of("en"), LanguageName::of("es")],
            moment,
            seats: 60,
            left,
            form: FormState::default().with("language", "en"),
            submission: "k".to_owned(),
            parties: (1..=LARGEST_PARTY).collect(),
            needs: Need::ALL,
        };
        let mut wrong = page(Moment::Ahead, 18);
        wrong.form.fault("name", "forum-name-missing");
        wrong.form.fault("email", "forum-email-wrong");
        wrong.form.fault("party", "forum-party-wrong");
        wrong.form.fault("language", "forum-language-wrong");
        let mut again = page(Moment::Ahead, 1);
        again.form.fault("form", "forum-different-answers");
        again.spoken.truncate(1);
        again.prompts.clear();
        vec![
            page(Moment::Ahead, 18),
            page(Moment::Ahead, 0),
            page(Moment::On, 3),
            page(Moment::Over, 3),
            wrong,
            again,
        ]
    }
}

impl ForumPage {
    fn of(forum: &Forum, taken: i64, moment: Moment, language: &str, form: FormState) -> Self {
        let prompts = forum.prompts.iter();
        Self {
            slug: forum.slug.clone(),
            title: forum.title.wording(language),
            about: forum.about.wording(language),
            prompts: prompts
                .map(|prompt| prompt.label.wording(language))
                .collect(),
            place: forum.place.clone(),
            when: When::of(forum),
            spoken: LanguageName::all(&forum.languages),
            moment,
            seats: forum.seats,
            left: (i64::from(forum.seats) - taken).max(0),
            form,
            submission: String::new(),
            parties: (1..=LARGEST_PARTY).collect(),
            needs: Need::ALL,
        }
    }
}

/// The page with a form in some state. `submission` is the form's key: a new one, or the submitted one.
async fn page(
    app: &App,
    visit: &Visit,
    slug: &str,
    status: StatusCode,
    form: FormState,
    submission: String,
) -> Result<HttpResponse> {
    let slug = slug.to_owned();
    let (forum, taken) = app
        .read(move |db| {
            let forum = store::by_slug(db, &slug)?;
            let taken = store::seats_taken(db, &forum.id)?;
            Ok((forum, taken))
        })
        .await?;
    let moment = forum.moment(visit.local_time().now(&app.clock));
    let page = ForumPage {
        submission,
        ..ForumPage::of(&forum, taken, moment, &visit.language, form)
    };
    visit.page_as(app, status, &page)
}

pub(super) async fn show(
    app: web::Data<App>,
    visit: Visit,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let form = FormState::default().with("language", &visit.language);
    page(&app, &visit, &slug, StatusCode::OK, form, random_token()?).await
}

pub(super) async fn submit(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    app.limits.address(client_address(&request, &app.config))?;
    let key = match fields.get("_submission") {
        "" => random_token()?,
        key => key.to_owned(),
    };
    let wanted = slug.clone();
    let forum = app.read(move |db| Ok(store::by_slug(db, &wanted)?)).await?;
    let draft = match SignUpDraft::parse(&fields, &forum.languages)? {
        Ok(draft) => draft,
        Err(form) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return page(&app, &visit, &slug, status, form, key).await;
        }
    };
    let (now, local) = (app.clock.now(), visit.local_time().now(&app.clock));
    let submission = digest(&key);
    let outcome = app
        .write(move |db| {
            Ok(store::sign_up(
                db,
                &forum.id,
                &submission,
                &draft,
                now,
                local,
            )?)
        })
        .await?;
    match outcome {
        SignUpOutcome::New(sign_up) | SignUpOutcome::Before(sign_up) => {
            seat::keep(&app, &sign_up.id)
        }
        SignUpOutcome::SaysOtherwise => {
            ask_again(&app, &visit, &slug, &fields, "forum-different-answers").await
        }
        SignUpOutcome::Canceled => {
            ask_again(&app, &visit, &slug, &fields, "forum-canceled-before").await
        }
        SignUpOutcome::TooLate => {
            let form = FormState::typed(&fields);
            page(&app, &visit, &slug, StatusCode::GONE, form, key).await
        }
    }
}

/// 409: the form as it was filled in, with a key of its own, so that submitting it again is a new sign-up.
async fn ask_again(
    app: &App,
    visit: &Visit,
    slug: &str,
    fields: &Fields,
    why: &'static str,
) -> Result<HttpResponse> {
    let mut form = FormState::typed(fields);
    form.fault("form", why);
    let fresh = random_token()?;
    page(app, visit, slug, StatusCode::CONFLICT, form, fresh).await
}
