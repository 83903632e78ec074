//! Turns a response's answers into facets of its voice.

use super::facet::Facet;
use crate::responses::{Answer, Answers, Part, said};
use crate::surveys::{Document, Item, ItemKind, Walk};

/// Which items were asked, and the answers to the closed ones. Each number or date gets its own set like any choice,
/// but few voices share one, so pages count them in classes.
pub(super) fn facets(document: &Document, answers: &Answers) -> Vec<Facet> {
    let mut facets = Vec::new();
    let mut walk = Walk::start();
    for item in &document.items {
        let is_met = walk.meets(item, &|field| said(answers, field));
        if !item.is_question() {
            continue;
        }
        let answer = answers.get(&item.key);
        // Another tool may have asked an item that our rule would have hidden.
        if is_met || answer.is_some() {
            facets.push(Facet::Asked(item.key.clone()));
        }
        if let Some(answer) = answer.filter(|_| !item.is_open()) {
            facets.push(Facet::Answered(item.key.clone()));
            closed(item, answer, &mut facets);
        }
    }
    facets
}

fn closed(item: &Item, answer: &Answer, facets: &mut Vec<Facet>) {
    match (item.kind, answer) {
        (ItemKind::Ranking, Answer::Several(order)) => {
            for (place, key) in (1_usize..).zip(order) {
                let field = item.field(key);
                facets.push(Facet::Answered(field.clone()));
                facets.push(Facet::Chose(field, place.to_string()));
            }
        }
        (kind, Answer::Each(parts)) => {
            for (key, part) in parts {
                if kind == ItemKind::ConstantSum && *part != Part::Number(0) {
                    facets.push(chose(item, key.clone()));
                }
                let field = item.field(key);
                facets.push(Facet::Answered(field.clone()));
                facets.push(Facet::Chose(field, part.to_string()));
            }
        }
        (_, Answer::Number(number)) => facets.push(chose(item, number.to_string())),
        (kind, Answer::One(key)) => facets.extend(of_key(kind, item, key)),
        (kind, Answer::Several(keys)) => {
            facets.extend(keys.iter().flat_map(|key| of_key(kind, item, key)));
        }
    }
}

/// The facet for a chosen key, and what the key says about who the person is.
fn of_key(kind: ItemKind, item: &Item, key: &str) -> impl Iterator<Item = Facet> {
    let who = match kind {
        ItemKind::Grade => Some(Facet::Grade(key.to_owned())),
        ItemKind::Language => Some(Facet::Speaks(key.to_owned())),
        _ => None,
    };
    std::iter::once(chose(item, key.to_owned())).chain(who)
}

fn chose(item: &Item, key: String) -> Facet {
    Facet::Chose(item.key.clone(), key)
}
