# The public pages: what was heard, and what came of it.

# --- counts
of-number = of { $shown }
of-person = of { $shown } people
of-household = of { $shown } households
of-child-and-school = of { $shown } children
of-table = of { $shown } tables
of-voice = of { $shown } voices
answered-person = { $shown } people answered
answered-household = { $shown } households answered
answered-child-and-school = { $shown } children represented
answered-table = { $shown } tables answered
figure-person = { $n ->
    [one] person
   *[other] people
} answered
figure-household = { $n ->
    [one] household
   *[other] households
} answered
figure-child-and-school = { $n ->
    [one] child
   *[other] children
} represented
figure-table = { $n ->
    [one] table
   *[other] tables
} answered
figure-tables = { $tables ->
    [one] forum table
   *[other] forum tables
}, speaking for at least { $people ->
    [one] 1 person
   *[other] { $least } people
}
figure-voices = { $n ->
    [one] comment
   *[other] comments
} you can read here
share = { $n }%
fewer-than = less than { $percent }%
more-than = more than { $percent }%
hidden-count = hidden to protect people
count-few = 5 or fewer
also-tables = { $tables ->
    [one] Also { $tables } forum table, speaking for at least { $people ->
        [one] 1 person
       *[other] { $least } people
    }
   *[other] Also { $tables } forum tables, speaking for at least { $people ->
        [one] 1 person
       *[other] { $least } people
    }
}
also-tables-short = { $tables ->
    [one] Also { $tables } table, at least { $people ->
        [one] 1 person
       *[other] { $least } people
    }
   *[other] Also { $tables } tables, at least { $people ->
        [one] 1 person
       *[other] { $least } people
    }
}
everyone = Everyone
other-groups = Other groups
no-group = no group given

# --- what people were asked about
intent-strength = What works well
intent-need = What needs to get better
intent-hope = What people hope for
intent-opportunity = What could help
intent-threat = What worries people
intent-other = What else people said
intent-strength-note = We never count praise as a need.
we-asked = We asked:
wrote-person = People who mentioned this, out of { $asked } we asked
wrote-household = Households that mentioned this, out of { $asked } we asked
wrote-child-and-school = Children whose families mentioned this, out of { $asked } represented
wrote-table = Tables that mentioned this, out of { $asked } we asked
wrote-voice = Voices that mentioned this, out of { $asked } we asked
wrote-hidden = The numbers are hidden to protect people
wrote-nobody = We asked this only at forum tables
who-mentioned-it = Who mentioned it
few-mentions = Mentioned by 5 or fewer:
mentions-below = Mentioned by less than 5%:
hidden-mentions = Hidden to protect people:

# --- voices
said-survey = In the survey
said-table = A forum table, speaking for at least { $n ->
    [one] 1 person
   *[other] { $n } people
}
said-to-us = Told to us
where-it-went = See where this comment went
voice-title = One comment
voice-lead-survey = Someone wrote this in the survey:
voice-lead-table = A table wrote this at the forum:
voice-lead-told = Someone told us this.
voice-asked = We asked:
voice-counted = Where this comment went
voice-counted-text = { $n ->
    [one] It counts in one theme.
   *[other] It counts in { $n } themes.
} The words that count are highlighted.
voice-not-counted = It isn’t in a theme yet. We still read it.
voice-released = Staff reviewed and approved this comment. We don’t share who said it.

# --- what we heard
heard-title = What we heard
heard-most = Most mentioned
heard-came = See what came of it
heard-words = In their own words
heard-words-text = These are a few of the comments. Each theme has all of its approved comments.
heard-who = Who took part
heard-who-text = We combine groups of fewer than { $base } so that nobody can be identified.
heard-group = Group
heard-rounds = All rounds
heard-to-plan = See the plan it led to
heard-people = People
heard-from-to = { $first } to { $last }
heard-as-of = These numbers are from an earlier edition. Since { $day }, so few responses have come in or changed that new numbers could reveal someone’s answer.
heard-nothing = There’s nothing to count yet.
round-since = Since { $day }
round-here = You’re here

# --- a theme
theme-parent = Part of
theme-subthemes = Includes
theme-in-group = Group
theme-voices = What people said
theme-voices-text = { $n ->
    [0] No comments are approved for this page yet. We still count what people said.
    [one] Staff reviewed and approved the comment below. The words that count for this theme are highlighted.
   *[other] Staff reviewed and approved the { $shown } comments here. The words that count for this theme are highlighted.
}
theme-outcome = What came of it
theme-led-to = It led to
theme-rule = How we count it
theme-rule-text = A comment is in this theme when it has one of these words, with any ending. Three dots (…) stand for the rest of a word.
theme-rule-none = but not with:
theme-rule-version = Version { $version } of our word list
theme-rule-saved = , saved on { $day }

# --- the plan
plan-title = The plan
plan-vision = Our vision
plan-mission = Our mission
plan-principles = What guides us
plan-theory-of-action = How we think change happens
plan-based-on = Based on:
plan-stages = Where we are
plan-stage-of = Stage { $stage } of { $of }
plan-done = Done
plan-now = We’re here
plan-days = { $first } to { $last }
plan-priorities = Our priorities, in order
plan-priorities-none = We haven’t chosen any priorities yet.
plan-goal-link = Goal:
plan-voices = { $n ->
    [one] Read the comment behind it
   *[other] Read the { $shown } comments behind it
}
plan-to-heard = See what we heard

# --- a priority
priority-rank = Priority { $place }
priority-decided = Decided on { $day }
priority-weighed = How we weighed it
priority-weighed-text = These numbers are from the day of the decision. They don’t change.
priority-by-size = Every voice counts the same
priority-equally = Every group counts the same
priority-equally-text = average of the groups’ percentages
priority-groups = Who mentioned it
priority-sources = By source, not added together
priority-other-evidence = Other evidence, not added in
priority-votes = Votes on what people said
priority-votes-of = of { $shown } { $n ->
    [one] vote agrees
   *[other] votes agree
}
priority-votes-lower = 95% confidence interval: at least { $lower }% agree.
priority-themes = The themes it’s based on
priority-themes-text = They’re split by what we asked about. Above, we count each voice only once.
priority-goals = The goals it led to
priority-goals-none = It doesn’t have a goal yet.
priority-voices = The comments behind it
priority-digest = Evidence fingerprint
priority-codebook = counted with version { $version } of our word list

# --- a goal
goal-prefix = Goal: { $title }
goal-baseline = Baseline
goal-target = Target
goal-target-year = Target year
goal-comments = The comments behind this goal
goal-step-goal = The goal
goal-step-priority = comes from priority { $place },
goal-step-themes = { $n ->
    [one] which is based on one theme
   *[other] which is based on { $n } themes
}
goal-step-comments = from comments like these
goal-step-no-comments = from what people said
goal-no-comments = No comments are approved for this page yet. We counted all of them.

# --- base, date, and method
basis = Base, date, and method
basis-base = Base.
basis-hidden = Number hidden to protect people
basis-open = Anyone could take part, so there’s no response rate. Instead, we say who took part.
basis-tables = { $tables ->
    [one] At forums, one table took notes, speaking for at least { $people ->
        [one] 1 person
       *[other] { $least } people
    }. We show tables separately and never add them in.
   *[other] At forums, { $tables } tables took notes, speaking for at least { $people ->
        [one] 1 person
       *[other] { $least } people
    }. We show tables separately and never add them in.
}
late-counted = { $shown } of these responses arrived after the survey closed, and the district counted them.
late-counted-few = A few of these responses arrived after the survey closed, and the district counted them.
late-not-counted = { $shown } more responses arrived after the survey closed. We don’t count them.
late-not-counted-few = A few more responses arrived after the survey closed. We don’t count them.
basis-date = Date.
basis-published = Published by { $name } on { $day }, at { $time }.
basis-method = Method.
basis-method-text = A theme is a list of words that anyone can read. A comment with one of those words counts once for the person who wrote it. We combine groups of fewer than { $base }. We write “5 or fewer” for small numbers, and hide numbers that would reveal them. If a number has changed by fewer than 5 since an earlier edition, we keep the one we already published.
basis-codebook = Counted with version { $version } of our list of words.
basis-origin = Source.

# --- before publishing
preview-title = Preview: not published yet
preview-text = The public sees this page after you publish it.
preview-back = Back to publishing
not-yet-title-heard = What we heard will be here
not-yet-title-plan = The plan will be here
not-yet-text-heard = First we ask, and we read every response. Then you can see here what people said, in their own words and in numbers, and what came of it.
not-yet-text-plan = First we listen. Then you can see here what our priorities are, why we chose them, and the goals they led to, with the comments behind each one.
not-yet-since = We started on { $day }. You can read the results here after the district publishes them.
not-yet-home = See what you can do today

# --- the first page
home-title = What should our schools become?
home-lead = We’re writing the plan for our schools. Here you can see what people told us and where it went.
home-answer = Take the survey
home-see = See what we heard
home-surveys = Open surveys
home-surveys-text = You don’t need an account, and we don’t ask your name.
home-questions = { $n ->
    [one] One question
   *[other] { $n } questions
}
home-forums = Upcoming forums
home-heard = What we’ve heard so far
home-published = Published by { $name } on { $day }.
home-all-heard = See everything we heard
home-plan = Our top priorities
home-all-plan = See the whole plan
home-empty-title = Nothing is open yet
home-empty-text = Soon you can take surveys, sign up for forums, and see what we heard. Please check back.
