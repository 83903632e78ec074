//! Says in plain words why a document can't be read. The parser names the types of its own language, which nobody who
//! writes a document knows.

/// A reason as people would say it, on one line. One that isn't known stays as it is.
pub(super) fn plain(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    let message = words.join(" ");
    missing(&message)
        .or_else(|| unknown(&message))
        .or_else(|| wrong_type(&message))
        .unwrap_or(message)
}

/// “missing field `slug`”
fn missing(message: &str) -> Option<String> {
    let name = message.strip_prefix("missing field `")?.strip_suffix('`')?;
    Some(format!("“{name}” is missing"))
}

/// “unknown field `nam`, expected one of `key`, `name`”
fn unknown(message: &str) -> Option<String> {
    let rest = message
        .strip_prefix("unknown field `")
        .or_else(|| message.strip_prefix("unknown variant `"))?;
    let (name, expected) = rest.split_once('`')?;
    // Every other part between backticks is a name.
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    Some(match known.as_slice() {
        [] => format!("“{name}” is not known here"),
        [only] => format!("“{name}” is not known here; use {only}"),
        _ => format!(
            "“{name}” is not known here; use one of: {}",
            known.join(", ")
        ),
    })
}

/// “invalid type: string "many", expected u32”
fn wrong_type(message: &str) -> Option<String> {
    let rest = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))?;
    let (given, wanted) = rest.rsplit_once(", expected ")?;
    let wanted = match wanted {
        "a string" | "string" => "text in quotes",
        "a boolean" => "true or false",
        "a sequence" => "a list in square brackets",
        "f32" | "f64" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" => "a whole number",
        structure if structure == "a map" || structure.starts_with("struct ") => "a table",
        other => other,
    };
    let given = if let Some(text) = given.strip_prefix("string ") {
        format!("“{}”", text.trim_matches('"'))
    } else if let Some((_, value)) = given.split_once('`') {
        value.trim_end_matches('`').to_owned()
    } else {
        match given {
            "sequence" => "a list".to_owned(),
            "map" => "a table".to_owned(),
            other => other.to_owned(),
        }
    };
    Some(format!("use {wanted}, not {given}"))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_reason_names_no_type_of_a_programming_language() {
        for (message, reason) in [
            ("missing field `slug`", "“slug” is missing"),
            (
                "unknown field `nam`, expected one of `key`, `name`",
                "“nam” is not known here; use one of: key, name",
            ),
            (
                "unknown field `b`, expected `a` or `c`",
                "“b” is not known here; use one of: a, c",
            ),
            (
                "invalid type: string \"many\", expected u32",
                "use a whole number, not “many”",
            ),
            (
                "invalid type: integer `5`, expected a string",
                "use text in quotes, not 5",
            ),
            (
                "invalid value: integer `-1`, expected u32",
                "use a whole number, not -1",
            ),
            (
                "invalid type: sequence, expected a map",
                "use a table, not a list",
            ),
            ("unclosed string\n", "unclosed string"),
        ] {
            assert_eq!(plain(message), reason);
        }
    }
}
