//! The kinds of question, and what an open question asks about.

use crate::db::text_enum;

text_enum! {
    /// What an open question asks about. Themes are always split by intent, because praise isn't a demand.
    Intent {
        /// What is good and should stay.
        Strength = "strength",
        /// What is missing or should change.
        Need = "need",
        /// What people wish for in the years to come.
        Hope = "hope",
        /// What could be put to use.
        Opportunity = "opportunity",
        /// What could do harm.
        Threat = "threat",
        /// Anything else.
        Other = "other",
    }
}

impl Intent {
    /// The desk's heading for comments on such questions.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Strength => "Strengths",
            Self::Need => "Needs",
            Self::Hope => "Hopes",
            Self::Opportunity => "Opportunities",
            Self::Threat => "Threats",
            Self::Other => "Other",
        }
    }
}

text_enum! {
    /// The kinds of question.
    ItemKind {
        /// One of several choices.
        Single = "single",
        /// Any of several choices, optionally up to a maximum.
        Multiple = "multiple",
        /// A whole number between two labeled ends, or points that each have a label.
        Scale = "scale",
        /// Several rows, all with the same choices or on the same scale.
        Matrix = "matrix",
        /// Choices ranked in order, or only the top few.
        Ranking = "ranking",
        /// A constant sum: points divided among choices.
        ConstantSum = "points",
        /// Yes or no.
        YesNo = "yes-no",
        /// A whole number.
        Number = "number",
        /// A date.
        Date = "date",
        /// One line of text.
        ShortText = "short-text",
        /// Free text.
        Text = "text",
        /// A checkbox to agree to something.
        Consent = "consent",
        /// A heading with text below it, for the questions that follow.
        Section = "section",
        /// Which group the person belongs to.
        Group = "group",
        /// Which school or schools.
        School = "school",
        /// Which grade band or bands.
        Grade = "grade",
        /// Which language or languages the person speaks at home.
        Language = "language",
    }
}
