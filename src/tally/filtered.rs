//! The voices and comments of an index that match a filter.

use std::borrow::Cow;
use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use super::facet::{CommentFacet, Facet};
use super::filter::Filter;
use super::index::Index;
use crate::comments::Source;
use crate::district::RoundId;
use crate::surveys::Class;

impl Index {
    /// The voices of a round that match a filter.
    pub fn filtered(&self, round: &RoundId, filter: &Filter) -> RoaringBitmap {
        let mut set = self.voices(&Facet::Round(round.clone())).clone();
        for part in filter.facets() {
            let who: Vec<_> = part.iter().map(|facet| self.who(facet)).collect();
            set &= union(who.iter().map(AsRef::as_ref));
        }
        for item in &filter.empty {
            set &= self.left_empty(item);
        }
        if !filter.sources.is_empty() {
            set &= self.voices_of(&self.of_sources(filter));
        }
        set
    }

    /// The voices that a facet is true of. For a class of numbers or dates, those who gave any answer in it.
    pub fn who(&self, facet: &Facet) -> Cow<'_, RoaringBitmap> {
        let class = match facet {
            Facet::Chose(_, choice) => Class::parse(choice),
            _ => None,
        };
        match (class, facet) {
            (Some(class), Facet::Chose(item, _)) => {
                let held = self.chosen(item).filter(|(choice, _)| class.holds(choice));
                Cow::Owned(union(held.map(|(_, voices)| voices)))
            }
            _ => Cow::Borrowed(self.voices(facet)),
        }
    }

    /// Splits voices by group, with each in one part: the first of these groups that it belongs to. The last part has the
    /// empty key, for voices without a group. Leaves out empty parts.
    pub fn by_group<'a>(
        &self,
        voices: &RoaringBitmap,
        groups: impl Iterator<Item = &'a str>,
    ) -> Vec<(String, RoaringBitmap)> {
        let mut rest = voices.clone();
        let mut parts: Vec<(String, RoaringBitmap)> = groups
            .map(|group| {
                let here = &rest & self.voices(&Facet::Group(group.to_owned()));
                rest -= &here;
                (group.to_owned(), here)
            })
            .collect();
        parts.push((String::new(), rest));
        parts.retain(|(_, voices)| !voices.is_empty());
        parts
    }

    /// Splits voices by school, where a voice can be in several parts. The last part has the empty key, for voices without
    /// a school. Leaves out empty parts.
    pub fn by_school<'a>(
        &self,
        voices: &RoaringBitmap,
        schools: impl Iterator<Item = &'a str>,
    ) -> Vec<(String, RoaringBitmap)> {
        let mut rest = voices.clone();
        let mut parts: Vec<(String, RoaringBitmap)> = schools
            .map(|school| {
                let here = voices & self.voices(&Facet::School(school.to_owned()));
                rest -= &here;
                (school.to_owned(), here)
            })
            .collect();
        parts.push((String::new(), rest));
        parts.retain(|(_, voices)| !voices.is_empty());
        parts
    }

    /// The voices that were asked a closed item but didn't answer it; for a matrix row, by its field name.
    pub fn left_empty(&self, field: &str) -> RoaringBitmap {
        self.asked(field) - self.voices(&Facet::Answered(field.to_owned()))
    }

    /// The voices that were asked an item, given the item's key or the name of one of its fields.
    pub fn asked(&self, field: &str) -> &RoaringBitmap {
        let item = field.split_once('.').map_or(field, |(item, _)| item);
        self.voices(&Facet::Asked(item.to_owned()))
    }

    /// The comments of a round that match a filter: the comments of matching voices and, if the filter uses nothing
    /// that only voices have, table notes too. A note's language is the one it was written in.
    pub fn filtered_comments(&self, round: &RoundId, filter: &Filter) -> RoaringBitmap {
        let mut set = self.comments(&CommentFacet::Round(round.clone())).clone();
        let of_voices = Filter {
            sources: BTreeSet::new(),
            ..filter.clone()
        };
        if !of_voices.is_empty() {
            let mut left = self.said_by(&self.filtered(round, &of_voices));
            let in_languages = Filter {
                languages: filter.languages.clone(),
                ..Filter::default()
            };
            if of_voices == in_languages {
                left |= self.notes_in(&filter.languages);
            }
            set &= left;
        }
        if !filter.sources.is_empty() {
            set &= self.of_sources(filter);
        }
        set
    }

    fn notes_in(&self, languages: &BTreeSet<String>) -> RoaringBitmap {
        let written = languages.iter().cloned().map(CommentFacet::Language);
        let written: Vec<CommentFacet> = written.collect();
        union(written.iter().map(|facet| self.comments(facet)))
            & self.comments(&CommentFacet::Source(Source::Note))
    }

    fn of_sources(&self, filter: &Filter) -> RoaringBitmap {
        let sources = filter.sources.iter().copied().map(CommentFacet::Source);
        let sources: Vec<CommentFacet> = sources.collect();
        union(sources.iter().map(|facet| self.comments(facet)))
    }
}

fn union<'a>(sets: impl Iterator<Item = &'a RoaringBitmap>) -> RoaringBitmap {
    sets.fold(RoaringBitmap::new(), |union, set| union | set)
}
