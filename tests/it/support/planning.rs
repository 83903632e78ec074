//! What a planner does at the desk, step by step, and a whole round done that way.

use chorus::comments::Comment;

use super::town::{DESK, Said, said};
use super::{Browser, TestApp};

impl Browser {
    /// Adds a priority of some themes with an English and a Spanish title. Returns the path of its page.
    pub(crate) fn add_priority(&self, title: &str, themes: &[&str]) -> String {
        let spanish = format!("{title} (es)");
        let mut fields = vec![("title.en", title), ("title.es", spanish.as_str())];
        fields.extend(themes.iter().map(|theme| ("theme", *theme)));
        let added = self
            .post(&format!("{DESK}/priorities"), &fields)
            .expect(303);
        added.location().to_owned()
    }

    /// Explains a priority's rank and decides it.
    pub(crate) fn decide(&self, priority: &str) {
        let why = [("why.en", "Many named it."), ("why.es", "Muchas personas.")];
        self.fill(priority, "form.panel", &why).expect(303);
        self.post(&format!("{priority}/decide"), &[]).expect(303);
    }

    /// Sets a theme's outcome.
    pub(crate) fn say_outcome(&self, theme: &str, outcome: &str) {
        let fields = [
            ("theme", theme),
            ("outcome", outcome),
            ("reason.en", "The board said so."),
            ("reason.es", "Así lo dijo la mesa."),
        ];
        self.post(&format!("{DESK}/priorities/outcomes"), &fields)
            .expect(303);
    }

    /// Releases a comment.
    pub(crate) fn release(&self, comment: &Comment) {
        self.post(&format!("{DESK}/comments/{}/release", comment.id), &[])
            .expect(303);
    }

    /// Publishes the round as it is.
    pub(crate) fn publish(&self) {
        let ticked = [("sure", "yes"), ("languages", "yes")];
        self.post(&format!("{DESK}/publish"), &ticked).expect(303);
    }
}

impl TestApp {
    /// Sets up everything that publishing needs: themes with outcomes, and a decided priority. Returns the planner's
    /// browser and the path of the priority's page.
    pub(crate) fn ready_to_publish(&self) -> (Browser, String) {
        let planner = self.planner_with_codebook();
        let priority = planner.add_priority("On time", &["buses"]);
        planner.decide(&priority);
        planner.say_outcome("buses", "priority");
        planner.say_outcome("teaching", "not-now");
        planner.say_outcome("arts", "not-now");
        (planner, priority)
    }
}

/// A round from the first response to the plan, ready to publish: forty people and a table, three themes, two decided
/// priorities, a goal, a vision, a stage, and three released comments.
pub(crate) fn whole_round() -> (TestApp, Browser) {
    let app = TestApp::asking();
    app.hear(&[
        said(7, "families", "The bus is late & crowded"),
        Said {
            people: 8,
            group: "families",
            better: "Warm rooms",
            best: "Our music teacher",
        },
        said(9, "students", "More buses"),
        said(7, "students", "Better food"),
        said(3, "staff", "Teachers need time"),
        said(5, "staff", "Quiet"),
    ]);
    app.hear_rows(&[["", "families", "es", "El autobús llega tarde", "", ""]]);
    app.hear_tables(
        "[[tables]]\nnumber = 1\npresent = 6\n[[tables.notes]]\nprompt = \"missing\"\ntext = \"A bus at night\"\nspeaks_for = 4\nlanguage = \"en\"\n",
    );
    let planner = app.planner_with_codebook();
    let buses = planner.add_priority("On time", &["buses"]);
    let teaching = planner.add_priority("Teachers who stay", &["teaching", "arts"]);
    for (priority, themes) in [
        (buses, &["buses"][..]),
        (teaching, &["teaching", "arts"][..]),
    ] {
        planner.decide(&priority);
        for theme in themes {
            planner.say_outcome(theme, "priority");
        }
    }
    let goal = [
        ("priority", "on-time"),
        ("title.en", "Buses arrive on time"),
        ("title.es", "Autobuses puntuales"),
        ("measure.en", "Share of buses within five minutes"),
        (
            "measure.es",
            "Parte de los autobuses a menos de cinco minutos",
        ),
        ("baseline", "81%"),
        ("target", "95%"),
        ("year", "2029"),
    ];
    planner
        .post(&format!("{DESK}/plan/goals"), &goal)
        .expect(303);
    let vision = [
        ("kind", "vision"),
        ("text.en", "Every child arrives."),
        ("text.es", "Cada niño llega."),
        ("evidence", "on-time"),
    ];
    planner
        .post(&format!("{DESK}/plan/statements"), &vision)
        .expect(303);
    let stage = [
        ("title.2.en", "Vision and priorities"),
        ("title.2.es", "Visión y prioridades"),
        ("starts_on.2", "2026-09-15"),
        ("ends_on.2", "2026-11-15"),
    ];
    planner
        .post(&format!("{DESK}/plan/stages"), &stage)
        .expect(303);
    for words in ["The bus is late", "El autobús", "Our music teacher"] {
        planner.release(&app.comments_with(words)[0]);
    }
    (app, planner)
}
