//! The items of the desk's navigation for an account.

use super::model::{Account, Scope};
use super::permission::{self, Permission, Within};
use crate::keys::RoundId;

/// The areas of the desk that an account may open, by their names in the navigation. `round` is the round that the
/// navigation links to.
pub(super) fn rooms(account: &Account, round: Option<&RoundId>) -> Vec<&'static str> {
    let counts = account.reach(permission::Counts::ROLES);
    let of_round = round.is_some_and(|round| counts.covers(&Scope::Round(round.clone())));
    let rooms = [
        ("surveys", may::<permission::SeeSurveys>(account, round)),
        ("forums", may::<permission::SeeForums>(account, round)),
        ("comments", may::<permission::Code>(account, round)),
        (
            "themes",
            round.is_some_and(|round| may_hear(account, round)),
        ),
        ("priorities", of_round),
        ("plan", may::<permission::Plan>(account, round)),
        ("team", may::<permission::Team>(account, round)),
    ];
    let open = rooms.into_iter().filter(|(_, may)| *may);
    open.map(|(room, _)| room).collect()
}

/// Whether an account may see how often themes of a round are mentioned. Also used for the navigation's list of rounds.
pub(super) fn may_hear(account: &Account, round: &RoundId) -> bool {
    let mentions = account.reach(permission::Mentions::ROLES);
    let of_school = mentions.only_schools();
    of_school.is_some_and(|schools| !schools.is_empty())
        || mentions.covers(&Scope::Round(round.clone()))
}

fn may<P: Permission>(account: &Account, round: Option<&RoundId>) -> bool {
    let reach = account.reach(P::ROLES);
    match P::WITHIN {
        Within::Anything => reach.reaches_anything(),
        Within::Round => {
            reach.covers(&Scope::District)
                || round.is_some_and(|round| reach.covers(&Scope::Round(round.clone())))
        }
        Within::District | Within::Named { .. } => reach.covers(&Scope::District),
    }
}
