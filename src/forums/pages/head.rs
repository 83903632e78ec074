//! What the pages about a forum's notes share.

use serde::Serialize;

use crate::forums::model::{Forum, When};

/// The header of every page about a forum's notes.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ForumHead {
    slug: String,
    title: String,
    place: String,
    when: When,
}

impl ForumHead {
    pub(super) fn of(forum: &Forum) -> Self {
        Self {
            slug: forum.slug.clone(),
            title: forum.title.wording("en").text,
            place: forum.place.clone(),
            when: When::of(forum),
        }
    }

    pub(super) fn sample() -> Self {
        Self {
            slug: "oak-evening".to_owned(),
            title: "An evening at Oak".to_owned(),
            place: "Oak Elementary, gym".to_owned(),
            when: When::sample(),
        }
    }
}
