//! The items of the desk's navigation for an account.

use super::model::{Account, Scope};
use super::permission::{self, Permission, Within};
use crate::keys::RoundId;

/// The areas of the desk that an account may open, by their names in the navigation. `round` is the round that the
/// navigation links to.
pub(super) fn rooms(account: &Account, round: Option<&RoundId>) -> Vec<&'static str> {
    let rooms = [
        ("surveys", may::<permission::SeeSurveys>(account, round)),
        ("forums", may::<permission::SeeForums>(account, round)),
        ("comments", may::<permission::Code>(account, round)),
        (
            "schools",
            round.is_some_and(|round| may_read_schools(account, round)),
        ),
        ("plan", may::<permission::Plan>(account, round)),
        ("team", may::<permission::Team>(account, round)),
    ];
    let open = rooms.into_iter().filter(|(_, may)| *may);
    open.map(|(room, _)| room).collect()
}

/// Whether an account may read what was released for schools, of a round or of one school.
fn may_read_schools(account: &Account, round: &RoundId) -> bool {
    let reach = account.reach(permission::SchoolResults::ROLES);
    let of_school = reach.only_schools();
    of_school.is_some_and(|schools| !schools.is_empty())
        || reach.covers(&Scope::Round(round.clone()))
}

/// Whether the navigation's list of rounds has a round for an account.
pub(super) fn may_enter(account: &Account, round: &RoundId) -> bool {
    may::<permission::Code>(account, Some(round)) || may_read_schools(account, round)
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
