//! The top level: the only module that knows every feature. It lists their routes, pages, and jobs, and runs the
//! server.

mod around;
mod errors;
mod health;
mod moved;

use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::{App as Application, HttpServer, dev, web};

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Result;
use crate::responses::SurveyPages;
use crate::school_results::SchoolShelf;
use crate::surveys::ProgressSource;
use crate::themes::Live;
use crate::voices::Shelf;
use crate::web::form::FormLimit;
use crate::web::{Samples, assets};
use crate::worker::Job;
use crate::{
    accounts, desk, followers, forums, plan, priorities, responses, results, school_results,
    surveys, team, themes, voices,
};

/// Registers every route.
pub fn routes(cfg: &mut web::ServiceConfig) {
    assets::routes(cfg);
    health::routes(cfg);
    moved::routes(cfg);
    accounts::routes(cfg);
    surveys::routes(cfg);
    responses::routes(cfg);
    followers::routes(cfg);
    forums::routes(cfg);
    team::routes(cfg);
    themes::routes(cfg);
    results::routes(cfg);
    priorities::routes(cfg);
    plan::routes(cfg);
    voices::routes(cfg);
    school_results::routes(cfg);
    desk::routes(cfg);
}

/// The samples of every page.
pub fn all_samples() -> Vec<Samples> {
    [
        errors::samples(),
        accounts::samples(),
        surveys::samples(),
        responses::samples(),
        followers::samples(),
        forums::samples(),
        team::samples(),
        themes::samples(),
        results::samples(),
        priorities::samples(),
        plan::samples(),
        voices::samples(),
        school_results::samples(),
        desk::samples(),
    ]
    .concat()
}

/// Every job of the worker.
pub fn jobs() -> Vec<Job> {
    forums::jobs()
}

/// A running program: the shared state plus what features cache between requests.
#[derive(Clone)]
pub struct Program {
    /// The shared state.
    pub app: web::Data<App>,
    /// The index behind every count.
    pub live: web::Data<Live>,
    /// The cache of rendered survey pages.
    survey_pages: web::Data<SurveyPages>,
    /// The cache of what the public sees.
    shelf: web::Data<Shelf>,
    /// The cache of what school staff read.
    school_shelf: web::Data<SchoolShelf>,
}

impl Program {
    /// Starts everything except the worker and the server. Fails if a page's template is missing.
    pub fn start(config: Config, clock: Clock) -> Result<Self> {
        Self::of(App::start(config, clock)?)
    }

    /// Like [`Program::start`], with an existing app.
    pub fn of(app: App) -> Result<Self> {
        app.pages.check(&all_samples())?;
        Ok(Self {
            live: Live::start(&app.database)?.into(),
            app: web::Data::new(app),
            survey_pages: web::Data::default(),
            shelf: web::Data::default(),
            school_shelf: web::Data::default(),
        })
    }

    /// Starts serving on a bound socket and returns the running server.
    pub fn serve(
        &self,
        listener: std::net::TcpListener,
        workers: usize,
    ) -> std::io::Result<dev::Server> {
        let program = self.clone();
        let progress: Arc<dyn ProgressSource> = program.live.clone().into_inner();
        let server = HttpServer::new(move || {
            let app = &program.app;
            Application::new()
                .app_data(app.clone())
                .app_data(web::Data::from(Arc::clone(&app.assets)))
                .app_data(FormLimit {
                    bytes: app.config.form_limit,
                    deadline: app.config.request_deadline(),
                })
                .app_data(program.live.clone())
                .app_data(web::Data::from(Arc::clone(&progress)))
                .app_data(program.survey_pages.clone())
                .app_data(program.shelf.clone())
                .app_data(program.school_shelf.clone())
                .wrap(from_fn(around::around))
                .configure(routes)
        });
        let server = server
            .workers(workers)
            .client_request_timeout(self.app.config.request_deadline());
        Ok(server.listen(listener)?.run())
    }
}
