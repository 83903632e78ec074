//! Permission checks in the handler's signature: `viewer: Viewer<permission::Surveys>`.

use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_core::future::LocalBoxFuture;

use super::model::{Account, Reach, Role, Scope};
use super::permission::{Permission, Within};
use super::visit::Visit;
use crate::app::App;
use crate::audit::Actor;
use crate::error::{Error, Result};
use crate::web::languages::FALLBACK;

/// A signed-in person who has permission `P` for what the request's URL names.
#[derive(Clone, Debug)]
pub struct Viewer<P> {
    /// The account.
    pub account: Account,
    /// The rest of the visit.
    pub visit: Visit,
    actor: Actor,
    /// The round that the URL names.
    round: Option<Scope>,
    permission: PhantomData<fn() -> P>,
}

impl<P: Permission> Viewer<P> {
    /// The actor, for the audit entry of a change.
    pub fn actor(&self) -> Actor {
        self.actor.clone()
    }

    /// Whether the viewer also has permission `Q` for the whole district.
    pub fn may<Q: Permission>(&self) -> bool {
        self.account.reach(Q::ROLES).covers(&Scope::District)
    }

    /// Whether the viewer also has permission `Q` for the round in the URL.
    pub fn may_here<Q: Permission>(&self) -> bool {
        let reach = self.account.reach(Q::ROLES);
        reach.covers(&Scope::District)
            || self.round.as_ref().is_some_and(|round| reach.covers(round))
    }

    /// Whether the viewer also has permission `Q` for any scope.
    pub fn may_anywhere<Q: Permission>(&self) -> bool {
        self.account.reach(Q::ROLES).reaches_anything()
    }

    /// The scopes for which the viewer has this permission.
    pub fn reach(&self) -> Reach {
        self.account.reach(P::ROLES)
    }
}

impl<P: Permission> FromRequest for Viewer<P> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = request
                .app_data::<web::Data<App>>()
                .ok_or_else(|| Error::bug("no app"))?
                .clone();
            let mut visit = Visit::of(&request).await?;
            // The desk is in English, whatever the browser prefers.
            FALLBACK.clone_into(&mut visit.language);
            let Some(account) = visit.account.clone() else {
                return Err(Error::SignIn(way_back(&request)));
            };
            let round = round_of(&request, &visit);
            if !allowed(
                &app,
                &account,
                P::ROLES,
                P::WITHIN,
                &request,
                round.as_ref(),
            )
            .await?
            {
                return Err(Error::Forbidden);
            }
            let actor = Actor {
                account: Some(account.id.clone()),
                at: app.clock.now(),
            };
            Ok(Self {
                account,
                visit,
                actor,
                round,
                permission: PhantomData,
            })
        })
    }
}

/// The page to return to after signing in. Never a form submission.
fn way_back(request: &HttpRequest) -> String {
    if request.method() == actix_web::http::Method::GET {
        request
            .uri()
            .path_and_query()
            .map_or_else(|| "/desk".to_owned(), ToString::to_string)
    } else {
        "/desk".to_owned()
    }
}

/// The round whose slug is in the URL, if there is one.
fn round_of(request: &HttpRequest, visit: &Visit) -> Option<Scope> {
    let slug = request.match_info().get("round")?;
    let round = visit.rounds.iter().find(|round| round.slug == slug)?;
    Some(Scope::Round(round.id.clone()))
}

async fn allowed(
    app: &App,
    account: &Account,
    roles: &'static [Role],
    within: Within,
    request: &HttpRequest,
    round: Option<&Scope>,
) -> Result<bool> {
    let reach = account.reach(roles);
    Ok(match within {
        Within::Anything => reach.reaches_anything(),
        Within::District => reach.covers(&Scope::District),
        _ if reach.covers(&Scope::District) => true,
        Within::Round => round.is_some_and(|round| reach.covers(round)),
        Within::Named { segment, scopes } => {
            let named = request.match_info().get(segment);
            let named = named.ok_or_else(|| Error::bug(format!("no segment {segment}")))?;
            let named = named.to_owned();
            let enough = app.read(move |db| Ok(scopes(db, &named)?)).await?;
            enough.iter().any(|scope| reach.covers(scope))
        }
    })
}
