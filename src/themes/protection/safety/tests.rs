use proptest::prelude::*;

use super::*;

fn concerns(text: &str) -> Vec<Concern> {
    let mut found: Vec<Concern> = signs(text).into_iter().map(|sign| sign.concern).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn every_list_has_every_concern_and_says_who_reviews_it() {
    for (language, text) in FILES {
        let list =
            List::parse(language, text).unwrap_or_else(|fault| panic!("{language}: {fault}"));
        let mut kinds: Vec<Concern> = list.concerns.iter().map(|it| it.concern).collect();
        kinds.sort_unstable();
        assert_eq!(
            kinds,
            [Concern::SelfHarm, Concern::Violence, Concern::Abuse]
        );
        let header = text.lines().take_while(|line| line.starts_with('#'));
        let header: String = header.collect();
        assert!(
            header.contains("Review:") && header.contains("reviewed by:"),
            "{language}"
        );
    }
    assert_eq!(LISTS.len(), FILES.len());
}

#[test]
fn self_harm_is_found() {
    for text in [
        "sometimes i want to kill myself",
        "I think about KILLING MYSELF at night",
        "My friend is suicidal and nobody listens",
        "i dont want to live anymore",
        "I don’t want to live any more",
        "She cuts herself in the bathroom",
        "everyone would be better off without me",
        "I would never kill myself",
        "me quiero morir",
        "Ya no quiero vivir así",
        "mi hija se corta los brazos",
        "Mi amigo habla de suicidarse",
        "أريد أن أموت",
        "افكر في الانتحار",
        "The food is to die for but I want to die",
    ] {
        assert_eq!(concerns(text), [Concern::SelfHarm], "{text}");
    }
}

#[test]
fn threats_to_other_people_are_found() {
    for text in [
        "a kid said he is going to shoot up the school",
        "He brought a gun on the bus",
        "There is a knife in his backpack, I saw it",
        "I'm not lying, he has a gun",
        "un niño trajo una pistola a la escuela",
        "dijo: te voy a matar",
        "tiene una navaja en la mochila",
        "سأقتلهم جميعا",
        "طالب يحمل سكينا في الصف",
    ] {
        assert_eq!(concerns(text), [Concern::Violence], "{text}");
    }
}

#[test]
fn abuse_is_found() {
    for text in [
        "my dad hits me when he drinks",
        "A coach touched me and I told no one",
        "Older kids are hitting me every day",
        "I am afraid to go home",
        "she was sexually abused",
        "mi padrastro me pega",
        "Los niños me acosan en el baño",
        "أبي يضربني كل يوم",
        "يتنمرون علي في المدرسة",
    ] {
        assert_eq!(concerns(text), [Concern::Abuse], "{text}");
    }
}

#[test]
fn idioms_topics_and_denials_are_not_found() {
    for text in [
        "The lunches are to die for",
        "Suicide prevention should be taught",
        "We want to live here for ever and I don't want to live in the city",
        "Kill them with kindness",
        "Kill two birds with one stone",
        "The school resource officer has a gun",
        "The homework is killing me",
        "shoot hoops at recess",
        "nobody has a gun at our school",
        "Students should not bring a gun to school",
        "It hit me that the bus was late",
        "Her speech touched me deeply",
        "He never hit me",
        "Stop bullying and violence",
        "La violencia y los violines",
        "Cut the violence short, cortar el pasto",
        "matar mosquitos",
        "More safety, less gun violence",
        "Teach about drug abuse",
        "The deadline is too short",
        "prevención del suicidio en la escuela",
        "los niños se molestan entre ellos",
        "para matar el tiempo",
        "quiero cortarme el pelo",
        "El policía tiene un arma",
        "nunca me pega",
        "me tocó esperar el autobús",
        "الوقاية من الانتحار",
        "المدرسة جميلة والمعلمون طيبون",
        "",
    ] {
        assert_eq!(signs(text), [], "{text}");
    }
}

#[test]
fn a_sign_points_at_the_words_that_matched() {
    let text = "Más ayuda: ella quiere ayuda, HE BEATS ME.";
    let found: Vec<&str> = signs(text)
        .into_iter()
        .map(|sign| &text[sign.span])
        .collect();
    assert_eq!(found, ["BEATS ME"]);
}

/// The lists that a text may match, based only on its words as one language tokenizes them.
fn may_hold(text: &str, language: Language) -> Lists {
    let words = tokens(text, language);
    let words: Vec<SignWord> = words
        .iter()
        .flat_map(|token| sign_words(&token.word))
        .collect();
    lists_with(&words)
}

#[test]
fn the_quick_check_passes_every_sign_and_rejects_harmless_text() {
    for (place, (_, text)) in FILES.iter().enumerate() {
        let file: File = toml::from_str(text).unwrap();
        for sign in file.concerns.iter().flat_map(|it| &it.signs) {
            let words = sign.replace(['"', '*'], "");
            let words: Vec<&str> = words.split(' ').filter(|it| !it.contains('/')).collect();
            for language in FILES.map(|(language, _)| language) {
                assert!(
                    may_hold(&words.join(" "), language) >> place & 1 == 1,
                    "{sign} cut as {language}"
                );
            }
        }
    }
    for text in [
        "school bus",
        "I want a better home for me",
        "escuela",
        "على",
        "he has a bus",
    ] {
        assert_eq!(may_hold(text, Language::UNDETERMINED), 0, "{text}");
    }
}

proptest! {
    #[test]
    fn signs_are_slices_of_any_text_and_pass_the_quick_check(
        text in "(kill|myself|no|he hits|me|quiero|morir|,|أقتل|نفسي| |\\PC){0,12}"
    ) {
        let found = signs(&text);
        for sign in &found {
            prop_assert!(text.get(sign.span.clone()).is_some_and(|words| !words.is_empty()));
        }
        if !found.is_empty() {
            let mut languages = FILES.iter().map(|(language, _)| *language);
            prop_assert!(languages.any(|language| may_hold(&text, language) > 0));
        }
    }
}
