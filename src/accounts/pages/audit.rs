//! The audit log page.

use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::audit::{self, AuditEntry};
use crate::db::Paging;
use crate::error::Result;
use crate::web::Page;

/// Audit entries, newest first.
#[derive(Debug, Serialize)]
pub(crate) struct AuditPage {
    lines: Vec<AuditRow>,
    paging: Paging,
    subjects: Vec<String>,
    subject: Option<String>,
    /// The link to another page, without the page number at its end.
    href: String,
}

#[derive(Clone, Debug, Serialize)]
struct AuditRow {
    /// In the district's time zone.
    at: NaiveDateTime,
    /// The account's name, or `None` for the command line.
    who: Option<String>,
    did: String,
    subject: String,
    subject_id: String,
    /// Empty if there's nothing to add.
    detail: String,
}

impl Page for AuditPage {
    const TEMPLATE: &'static str = "accounts/audit.html";

    fn samples() -> Vec<Self> {
        let row = |who: Option<&str>, detail: &str| AuditRow {
            at: NaiveDateTime::default(),
            who: who.map(str::to_owned),
            did: "survey closed".to_owned(),
            subject: "survey".to_owned(),
            subject_id: "s".to_owned(),
            detail: detail.to_owned(),
        };
        let page = |lines: Vec<AuditRow>, subject: Option<&str>, total| Self {
            lines,
            paging: Paging::new(None, total),
            subjects: vec!["account".to_owned(), "survey".to_owned()],
            subject: subject.map(str::to_owned),
            href: "/desk/audit?page=".to_owned(),
        };
        vec![
            page(vec![], Some("survey"), 0),
            page(
                vec![row(Some("Ana Reyes"), ""), row(None, "1, 2")],
                None,
                120,
            ),
        ]
    }
}

#[derive(Deserialize)]
pub(super) struct Query {
    page: Option<i64>,
    subject: Option<String>,
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let Query { page, subject } = query.into_inner();
    let subject = subject.filter(|subject| !subject.is_empty());
    let wanted = subject.clone();
    let (paging, lines, subjects) = app
        .read(move |db| {
            let total = audit::count(db, wanted.as_deref())?;
            let paging = Paging::new(page, total);
            let lines = audit::entries(db, wanted.as_deref(), paging)?;
            Ok((paging, lines, audit::subjects(db)?))
        })
        .await?;
    let local_time = viewer.visit.local_time();
    let row = |line: AuditEntry| AuditRow {
        at: local_time.at(line.at),
        who: line.name,
        did: action_in_words(&line.action),
        subject: line.subject,
        subject_id: line.subject_id,
        detail: in_words(&line.detail),
    };
    let mut href = url::form_urlencoded::Serializer::new("/desk/audit?".to_owned());
    if let Some(subject) = &subject {
        href.append_pair("subject", subject);
    }
    href.append_pair("page", "");
    let page = AuditPage {
        lines: lines.into_iter().map(row).collect(),
        paging,
        subjects,
        subject,
        href: href.finish(),
    };
    viewer.visit.page(&app, &page)
}

/// Actions that staff call by another name than the stored one.
const SAID_OTHERWISE: &[(&str, &str)] = &[
    ("account.password", "password reset"),
    ("account.enabled", "sign-in turned on"),
    ("account.disabled", "sign-in turned off"),
    ("grant.given", "access given"),
    ("grant.taken", "access removed"),
    ("survey.drafted", "survey created"),
    ("survey.kiosk-link", "kiosk link made"),
    ("survey.late-taken-in", "late responses included"),
    ("survey.late-left-out", "late responses excluded"),
    ("paper.batch-begun", "paper batch started"),
    ("paper.batch-opened", "paper batch reopened"),
    ("paper.sheet-typed", "paper sheet added"),
    ("paper.sheet-taken-out", "paper sheet removed"),
    ("paper.sheet-put-back", "paper sheet restored"),
    ("snapshot.published", "results published"),
    ("snapshot.taken-back", "results unpublished"),
    ("school-results.released", "results released for schools"),
    (
        "school-results.taken-back",
        "results for schools taken back",
    ),
    ("comment.taken-back", "comment release undone"),
    ("priority.taken-back", "decision undone"),
    ("theme.outcome", "outcome of a theme saved"),
    ("rows.opened", "comment details opened"),
];

/// An action in words that staff use.
fn action_in_words(action: &str) -> String {
    let said = SAID_OTHERWISE.iter().find(|(stored, _)| *stored == action);
    said.map_or_else(
        || action.replace(['.', '-', '_'], " "),
        |(_, words)| (*words).to_owned(),
    )
}

/// An entry's detail without JSON punctuation. Digests are shortened; the start is enough to compare them.
fn in_words(detail: &Value) -> String {
    const ENOUGH: usize = 12;
    let digest = |text: &str| text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match detail {
        Value::Null => String::new(),
        Value::String(text) if digest(text) => {
            format!("{}…", text.chars().take(ENOUGH).collect::<String>())
        }
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let parts: Vec<String> = parts.iter().map(in_words).collect();
            parts.join(", ")
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, value)| format!("{name} {}", in_words(value)));
            let fields: Vec<String> = fields.collect();
            fields.join(", ").replace('_', " ")
        }
        Value::Bool(_) | Value::Number(_) => detail.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn actions_are_described_in_the_words_that_staff_use() {
        assert_eq!(
            action_in_words("survey.late-left-out"),
            "late responses excluded"
        );
        assert_eq!(action_in_words("forum.added"), "forum added");
    }

    #[test]
    fn details_are_shown_without_json_syntax_and_with_short_digests() {
        let digest = "ef799b6b3d0a34adb818b9afc7512c06cddc83f5ddeb9aae0bb88eb3487898b5";
        assert_eq!(in_words(&json!([1, digest])), "1, ef799b6b3d0a…");
        assert_eq!(
            in_words(&json!({"rows_in": 3, "of": ["a", "b"]})),
            "of a, b, rows in 3"
        );
        assert_eq!(in_words(&json!(null)), "");
    }
}
