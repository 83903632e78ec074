//! The desk's list of forums.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use crate::accounts::{Permission, Scope, Viewer, permission};
use crate::app::App;
use crate::db::Paging;
use crate::error::Result;
use crate::forums::model::{Forum, Moment, SignUpStatus, When};
use crate::forums::permission::Facilitate;
use crate::forums::store;
use crate::web::Page;

/// The forums that the viewer can see, latest first.
#[derive(Debug, Serialize)]
pub(crate) struct ForumsPage {
    forums: Vec<ForumRow>,
    paging: Paging,
    may_add: bool,
}

#[derive(Clone, Debug, Serialize)]
struct ForumRow {
    slug: String,
    title: String,
    place: String,
    when: When,
    moment: Moment,
    seats: i32,
    taken: i64,
    waiting: i64,
    /// Whether the viewer can write notes for its tables.
    may_run: bool,
}

impl Page for ForumsPage {
    const TEMPLATE: &'static str = "forums/list.html";

    fn samples() -> Vec<Self> {
        let row = |moment, waiting| ForumRow {
            slug: "oak-evening".to_owned(),
            title: "An evening at Oak".to_owned(),
            place: "Oak Elementary, gym".to_owned(),
            when: When::sample(),
            moment,
            seats: 60,
            taken: 42,
            waiting,
            may_run: waiting == 0,
        };
        vec![
            Self {
                forums: vec![],
                paging: Paging::new(None, 0),
                may_add: true,
            },
            Self {
                forums: vec![
                    row(Moment::Ahead, 3),
                    row(Moment::On, 0),
                    row(Moment::Over, 0),
                ],
                paging: Paging::new(None, 3),
                may_add: false,
            },
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
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let (forums, taken) = app
        .read(|db| Ok((store::list(db)?, store::taken_by_forum(db)?)))
        .await?;
    let reach = viewer.reach();
    let runs = viewer.account.reach(Facilitate::ROLES);
    let now = viewer.visit.local_time().now(&app.clock);
    let rows = forums.iter().filter(|forum| {
        reach.covers(&Scope::Forum(forum.id.clone()))
            || reach.covers(&Scope::Round(forum.round_id.clone()))
    });
    let people = |forum: &Forum, status| {
        let key = (forum.id.clone(), status);
        taken.get(&key).copied().unwrap_or(0)
    };
    let rows = rows.map(|forum| ForumRow {
        slug: forum.slug.clone(),
        title: forum.title.wording("en").text,
        place: forum.place.clone(),
        when: When::of(forum),
        moment: forum.moment(now),
        seats: forum.seats,
        taken: people(forum, SignUpStatus::Seated),
        waiting: people(forum, SignUpStatus::Waiting),
        may_run: runs.covers(&Scope::Forum(forum.id.clone()))
            || runs.covers(&Scope::Round(forum.round_id.clone())),
    });
    let rows: Vec<ForumRow> = rows.collect();
    let (paging, forums) = Paging::slice(query.page, rows);
    let page = ForumsPage {
        forums,
        paging,
        may_add: viewer
            .account
            .reach(permission::Surveys::ROLES)
            .covers(&Scope::District),
    };
    viewer.visit.page(&app, &page)
}
