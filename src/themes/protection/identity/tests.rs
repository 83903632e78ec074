use proptest::prelude::*;

use super::*;

fn known() -> Known {
    Known::new(
        ["Ana Reyes", "Will Grace", "Bo Li"],
        ["Oak Elementary", "Riverside", "Cedar Creek High School"],
    )
}

/// What's flagged, with the text.
fn flagged(text: &str) -> Vec<(Kind, &str)> {
    let flags = flags(text, &known()).into_iter();
    flags.map(|flag| (flag.kind, &text[flag.span])).collect()
}

#[test]
fn details_that_identify_someone_are_flagged() {
    use Kind::{Address, Email, Name, Number};
    for (text, kind, words) in [
        (
            "write to ana.b+kids@mail.example.org.",
            Email,
            "ana.b+kids@mail.example.org",
        ),
        ("Correo: josé@escuela.mx, gracias", Email, "josé@escuela.mx"),
        ("call me at 270-555-0143 please", Number, "270-555-0143"),
        ("(270) 555 0143", Number, "(270) 555 0143"),
        ("my cell is 2705550143", Number, "2705550143"),
        ("+52 55 1234 5678", Number, "+52 55 1234 5678"),
        ("اتصل بي ٠٥٥١٢٣٤٥٦٧", Number, "٠٥٥١٢٣٤٥٦٧"),
        (
            "we live at 1204 Oak Hill Road, come by",
            Address,
            "1204 Oak Hill Road",
        ),
        ("the bus skips 14 W 5th St", Address, "14 W 5th St"),
        (
            "stop at 1420 chestnut street",
            Address,
            "1420 chestnut street",
        ),
        ("12 kids wait at 45 Elm Street", Address, "45 Elm Street"),
        ("22 Birch Lane Apt 4", Address, "22 Birch Lane Apt 4"),
        (
            "Vivo en la calle Benito Juárez 123",
            Address,
            "calle Benito Juárez 123",
        ),
        (
            "en avenida de las flores no. 45",
            Address,
            "avenida de las flores no. 45",
        ),
        ("the teacher said Mateo must wait", Name, "Mateo"),
        ("thanks to Mrs. Lopez for all", Name, "Lopez"),
        ("Maria Delgado yells at kids", Name, "Maria Delgado"),
        (
            "my son and José de la Cruz were late",
            Name,
            "José de la Cruz",
        ),
        ("mi hijo Ángel no come", Name, "Ángel"),
        ("La maestra Rosa es buena", Name, "Rosa"),
        ("شكرا يا السيدة فاطمة", Name, "فاطمة"),
        ("i spoke with ana reyes about it", Name, "ana reyes"),
        ("MS REYES IS GREAT", Name, "REYES"),
        ("a friend of Smith-Jones told me", Name, "Smith-Jones"),
    ] {
        assert_eq!(flagged(text), [(kind, words)], "{text}");
    }
}

#[test]
fn harmless_details_are_not_flagged() {
    for text in [
        "The bus is late on Monday and in March.",
        "We need $1,000,000 and 250 buses",
        "in 2024-2025 and on 2024-08-21",
        "grades 1 2 3 4 5 6 7 8",
        "it costs $ 1234567 a year",
        "PI is 3.14159265",
        "a 25 minute drive",
        "the 4 way street",
        "3 kids cross the street",
        "we have 2 lanes on the road",
        "300 of the kids use that road",
        "en la calle durante 20 minutos",
        "Oak Elementary is far from Riverside",
        "My daughter goes to Cedar Creek High School",
        "Spanish classes. Better food! More Art and Music",
        "I think I'm fine, and I'd say so",
        "More Buses And Better Food For Everyone",
        "MORE BUSES AND BETTER FOOD",
        "will there be grades",
        "@ school: 7:45 - 3:15",
        "1. Safety\n2. Lunch\n- Recess",
        "Los maestros de Matemáticas",
        "المدرسة جميلة جدا",
        "",
    ] {
        assert_eq!(flagged(text), [], "{text}");
    }
}

#[test]
fn several_passages_are_flagged_one_by_one() {
    use Kind::{Email, Name, Number};
    assert_eq!(
        flagged("Ask our coach Dan Miller, dan.miller@x.org or 555-0143 555"),
        [
            (Name, "Dan Miller"),
            (Email, "dan.miller@x.org"),
            (Number, "555-0143 555")
        ]
    );
}

proptest! {
    #[test]
    fn flags_start_and_end_between_characters_and_never_overlap(
        text in "(Mr\\. |Ana Reyes|José|calle|Oak St|no\\.|[0-9]{1,9}|[-. ()+@#,]|x@y\\.org|فاطمة|السيدة |\\PC){0,14}|\\PC{0,80}"
    ) {
        let mut end = 0;
        for flag in flags(&text, &known()) {
            prop_assert!(flag.span.start >= end && flag.span.start < flag.span.end, "{:?}", flag);
            prop_assert!(text.get(flag.span.clone()).is_some());
            end = flag.span.end;
        }
    }
}
