//! The loading steps, in order. To add one, add a line to [`STEPS`].

use super::{EMAIL, Loading, PASSWORD};
use crate::accounts::{self, Role, Scope};
use crate::comments::{self, ReleasedFile};
use crate::db::Db;
use crate::district::{self, DistrictFile, RoundId};
use crate::error::{Error, Result};
use crate::files;
use crate::forums::{self, ForumFile};
use crate::plan::{self, PlanFile};
use crate::priorities::{self, DecisionsFile};
use crate::responses::{MapFile, ResponsesImport, VotesImport, import_responses, import_votes};
use crate::surveys;
use crate::themes::{self, Index};
use crate::voices;

/// A step's description and function.
type Step = (&'static str, fn(&mut Loading<'_>) -> Result<()>);

pub(super) const STEPS: &[Step] = &[
    ("the made-up district Riverside", |demo| {
        demo.district("riverside/district.toml")
    }),
    ("a planner who can sign in", |demo| demo.planner()),
    ("Riverside: the family survey", |demo| {
        demo.survey("riverside/survey.toml", RIVERSIDE, false)
    }),
    ("Riverside: the responses", |demo| {
        demo.responses("riverside/responses.csv", "riverside/map.toml", "family")
    }),
    ("Riverside: a past forum", |demo| {
        demo.forum("riverside/forum.toml", RIVERSIDE)
    }),
    ("Riverside: an upcoming forum", |demo| {
        demo.forum("riverside/forum-next.toml", RIVERSIDE)
    }),
    ("Bowling Green 2018: the round", |demo| {
        demo.district("bowling-green/round.toml")
    }),
    ("Bowling Green 2018: the question", |demo| {
        demo.survey("bowling-green/survey.toml", BOWLING_GREEN, true)
    }),
    ("Bowling Green 2018: the statements", |demo| {
        demo.responses(
            "bowling-green/comments.csv",
            "bowling-green/map.toml",
            "better-place",
        )
    }),
    ("Bowling Green 2018: the votes", |demo| {
        demo.votes("bowling-green/participants-votes.csv", "better-place")
    }),
    ("Riverside: the codebook", |demo| {
        demo.codebook("riverside/codebook.toml", RIVERSIDE)
    }),
    ("Bowling Green 2018: the codebook", |demo| {
        demo.codebook("bowling-green/codebook.toml", BOWLING_GREEN)
    }),
    ("Riverside: the released comments", |demo| {
        demo.released("riverside/released.toml")
    }),
    ("Bowling Green 2018: the released comments", |demo| {
        demo.released("bowling-green/released.toml")
    }),
    ("Riverside: the priorities", |demo| {
        demo.decisions("riverside/decisions.toml", RIVERSIDE)
    }),
    ("Bowling Green 2018: the priorities", |demo| {
        demo.decisions("bowling-green/decisions.toml", BOWLING_GREEN)
    }),
    ("Riverside: the plan", |demo| {
        demo.plan("riverside/plan.toml", RIVERSIDE)
    }),
    ("Bowling Green 2018: the plan", |demo| {
        demo.plan("bowling-green/plan.toml", BOWLING_GREEN)
    }),
    ("Riverside: the published results", |demo| {
        demo.publish(RIVERSIDE)
    }),
    ("Bowling Green 2018: the published results", |demo| {
        demo.publish(BOWLING_GREEN)
    }),
];

const RIVERSIDE: &str = "vision-2031";
const BOWLING_GREEN: &str = "bowling-green-2018";

impl Loading<'_> {
    /// Reads and parses one of the demo's files.
    fn file<T>(&self, name: &str, parse: impl FnOnce(&str) -> Result<T>) -> Result<T> {
        files::read_as(&self.files.join(name), parse)
    }

    /// Runs a transaction with the current actor.
    fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db, &crate::audit::Actor) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let actor = self.actor.clone();
        self.database.write(move |db| work(db, &actor))
    }

    fn round(&self, slug: &str) -> Result<RoundId> {
        Ok(self
            .database
            .read(|db| Ok(district::round_by_slug(db, slug)?))?
            .id)
    }

    fn district(&mut self, name: &str) -> Result<()> {
        let file = self.file(name, DistrictFile::parse)?;
        self.write(move |db, actor| district::import(db, actor, &file))
    }

    /// The account for signing in. The demo releases comments and publishes in its name.
    fn planner(&mut self) -> Result<()> {
        let hash = accounts::hash_password(PASSWORD)?;
        let account = self.write(move |db, actor| {
            let account = accounts::add(db, actor, EMAIL, "Ana Reyes", &hash)?;
            for role in [Role::Admin, Role::Planner] {
                accounts::grant(db, actor, &account, role, &Scope::District)?;
            }
            Ok(account)
        })?;
        self.actor.account = Some(account);
        Ok(())
    }

    fn survey(&mut self, name: &str, round: &str, is_over: bool) -> Result<()> {
        let document = self.file(name, |text| {
            surveys::parse_document(text).map_err(Error::Invalid)
        })?;
        let round = self.round(round)?;
        self.write(move |db, actor| {
            let survey = surveys::import_document(db, actor, &round, &document)?;
            surveys::publish(db, actor, &survey)?;
            if is_over {
                surveys::close(db, actor, &survey)?;
            }
            Ok(())
        })
    }

    fn responses(&mut self, name: &str, map: &str, survey: &str) -> Result<()> {
        let import = ResponsesImport {
            file: self.files.join(name),
            survey: survey.to_owned(),
            map: self.file(map, MapFile::parse)?,
            dry_run: false,
            skip_bad: false,
        };
        let report = import_responses(self.database, &self.actor, &import, &mut ())?;
        whole(report.bad)
    }

    fn votes(&mut self, name: &str, survey: &str) -> Result<()> {
        let import = VotesImport {
            file: self.files.join(name),
            survey: survey.to_owned(),
            item: None,
            dry_run: false,
            skip_bad: false,
        };
        let report = import_votes(self.database, &self.actor, &import, &mut ())?;
        whole(report.bad)
    }

    fn forum(&mut self, name: &str, round: &str) -> Result<()> {
        let file = self.file(name, ForumFile::parse)?;
        let round = self.round(round)?;
        self.write(move |db, actor| forums::import(db, actor, &round, &file))
    }

    fn codebook(&mut self, name: &str, round: &str) -> Result<()> {
        let codebook = self.file(name, themes::parse_codebook)?;
        let round = self.round(round)?;
        self.write(move |db, actor| Ok(themes::save_codebook(db, actor, &round, &codebook)?))?;
        Ok(())
    }

    fn released(&mut self, name: &str) -> Result<()> {
        let file = self.file(name, ReleasedFile::parse)?;
        self.write(move |db, actor| comments::import(db, actor, &file))?;
        Ok(())
    }

    fn decisions(&mut self, name: &str, round: &str) -> Result<()> {
        let file = self.file(name, DecisionsFile::parse)?;
        let round = self.round(round)?;
        let index = self.index()?;
        self.write(move |db, actor| priorities::import(&index, db, actor, &round, &file))
    }

    fn plan(&mut self, name: &str, round: &str) -> Result<()> {
        let file = self.file(name, PlanFile::parse)?;
        let round = self.round(round)?;
        self.write(move |db, actor| plan::import(db, actor, &round, &file).map(drop))
    }

    fn publish(&mut self, round: &str) -> Result<()> {
        let slug = round.to_owned();
        let index = self.index()?;
        self.write(move |db, actor| {
            let round = district::round_by_slug(db, &slug)?;
            voices::publish(&index, db, actor, &round).map(drop)
        })
    }

    /// The current index behind every count.
    fn index(&self) -> Result<Index> {
        let mut index = Index::default();
        self.database.read(|db| Ok(index.catch_up(db, |_| {})?))?;
        Ok(index)
    }
}

/// Fails if any rows are bad. The demo's own files have none, and a modified file shouldn't be loaded partially.
fn whole(bad: u64) -> Result<()> {
    match bad {
        0 => Ok(()),
        bad => Err(Error::bug(format!("{bad} rows of the demo are bad"))),
    }
}
