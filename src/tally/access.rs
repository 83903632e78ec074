//! Whose counts an account may see, and how exactly.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use super::disclosure::AccessLevel;
use super::facet::Facet;
use super::index::Index;
use crate::accounts::{Account, Reach};
use crate::district::RoundId;
use crate::surveys::may_see;

/// What an account may see of a round's counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The access level for counts.
    pub level: AccessLevel,
    /// The schools that it's limited to; `None` if it sees everyone.
    pub schools: Option<BTreeSet<String>>,
}

impl Access {
    /// What an account with these grants may see of a round; `None` if they cover neither the round nor a school.
    pub fn of(account: &Account, reach: &Reach, round: &RoundId) -> Option<Self> {
        may_see(reach, round).then(|| Self {
            level: AccessLevel::of(account, round),
            schools: reach
                .only_schools()
                .map(|schools| schools.into_iter().map(str::to_owned).collect()),
        })
    }

    /// What an account may see by who people are. Nothing if it codes the round's comments without planning the round.
    pub fn by_people(account: &Account, reach: &Reach, round: &RoundId) -> Option<Self> {
        Self::of(account, reach, round).filter(|access| access.level != AccessLevel::Comments)
    }

    /// Whether a school's people are visible.
    pub fn sees_school(&self, key: &str) -> bool {
        self.schools
            .as_ref()
            .is_none_or(|schools| schools.contains(key))
    }

    /// Keeps only the visible voices.
    pub fn narrow(&self, index: &Index, voices: &RoaringBitmap) -> RoaringBitmap {
        let Some(schools) = &self.schools else {
            return voices.clone();
        };
        let at = |key: &String| voices & index.voices(&Facet::School(key.clone()));
        schools
            .iter()
            .map(at)
            .fold(RoaringBitmap::new(), |all, at| all | at)
    }
}
