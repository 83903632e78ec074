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
answered-child-and-school = answers for { $shown } children
answered-table = { $shown } tables answered
figure-person = people answered
figure-household = households answered
figure-child-and-school = children were answered for
figure-table = tables answered
figure-tables = forum tables, speaking for at least { $least } people
figure-voices = voices that you can read here
share = { $n } %
fewer-than = fewer than { $percent } %
more-than = more than { $percent } %
too-few = too few to show
also-tables = { $tables ->
    [one] Also { $tables } forum table, speaking for at least { $least } people
   *[other] Also { $tables } forum tables, speaking for at least { $least } people
}
everyone = All together
other-groups = Others
no-group = no group named

# --- what was asked for
intent-strength = What works well
intent-need = What should get better
intent-hope = What people hope for
intent-opportunity = What could help
intent-threat = What worries people
intent-other = What else was said
intent-strength-note = Praise is never counted as a need.
we-asked = We asked:
wrote-person = People who wrote about it, of the { $asked } who were asked
wrote-household = Households that wrote about it, of the { $asked } that were asked
wrote-child-and-school = Children for whom it was written, of the { $asked } that were asked about
wrote-table = Tables that wrote about it, of the { $asked } that were asked
wrote-voice = Voices that spoke of it, of the { $asked } that were asked
wrote-too-few = Too few were asked to show numbers
wrote-nobody = Only tables at forums were asked
who-named-it = Who named it
fewer-named = Named by fewer than 5 %:
hidden-named = Named by too few to show:

# --- voices
said-survey = In the survey
said-table = A table at a forum, speaking for at least { $n }
said-elsewhere = Said to us
where-it-went = Where this voice went
voice-title = One voice
voice-lead-survey = Somebody wrote this in the survey:
voice-lead-table = A table wrote this at the forum:
voice-lead-elsewhere = Somebody told us this.
voice-asked = It was the answer to:
voice-counted = Where this voice went
voice-counted-text = { $n ->
    [one] It is counted in one theme.
   *[other] It is counted in { $n } themes.
} The words that count are marked.
voice-not-counted = No theme counts it yet. It was read all the same.
voice-released = A named person read this and released it. Who said it stays private.

# --- what we heard
heard-title = What we heard
heard-first = Named most:
heard-lead = Here is everything we heard, and what came of it.
heard-words = In their words
heard-words-text = A few of the voices. Each theme has all that were released.
heard-who = Who took part
heard-who-text = Groups of fewer than { $base } stand together, so that nobody can be picked out.
heard-group = Group
heard-rounds = All rounds
heard-to-plan = See the plan it led to
heard-people = People
heard-from-to = from { $first } to { $last }
heard-nothing = Nothing that can be counted has been said yet.
round-since = Since { $day }
round-now = You are here

# --- a theme
theme-part-of = Part of
theme-parts = Its parts
theme-in-group = Group
theme-voices = What people said
theme-voices-text = { $n ->
    [0] No comment has been released yet. What people said is counted all the same.
    [one] One comment is shown here: a named person read and released it. The words that count for this theme are marked.
   *[other] { $shown } comments are shown here: a named person read and released each. The words that count for this theme are marked.
}
theme-outcome = What came of it
theme-led-to = It led to
theme-rule = How it is counted
theme-rule-text = A comment is in this theme when it has one of these words, whatever their ending. Three dots (…) stand for the rest of a word.
theme-rule-none = but not with:
theme-rule-version = Version { $version } of our list of words
theme-rule-saved = , saved on { $day }

# --- the plan
plan-title = The plan
plan-vision = Our vision
plan-mission = Our mission
plan-principles = What guides us
plan-theory-of-action = How we think it works
plan-stands-on = It stands on:
plan-stages = Where we are
plan-stage-of = Stage { $stage } of { $of }
plan-done = Done
plan-now = We are here
plan-days = { $first } to { $last }
plan-priorities = Our priorities, in order
plan-priorities-none = No priority has been chosen yet.
plan-goal-link = Goal:
plan-voices = { $n ->
    [one] One voice behind it
   *[other] { $shown } voices behind it
}
plan-to-heard = See what we heard

# --- a priority
priority-place = Priority { $place }
priority-decided = Decided on { $day }
priority-weighed = How it was weighed
priority-weighed-text = These are the numbers of the day it was decided. They do not change any more.
priority-by-size = Every voice weighs the same
priority-equally = Every group weighs the same
priority-equally-text = the mean of the groups’ shares
priority-groups = Who named it
priority-sources = By source, never added
priority-beside = Beside, never added
priority-votes = Votes on what was said
priority-votes-of = of { $shown } { $n ->
    [one] vote agrees
   *[other] votes agree
}
priority-votes-lower = With chance taken into account, at least { $lower } % would agree.
priority-themes = The themes it stands on
priority-themes-text = Split by what we asked for. Those who named several are counted once above.
priority-goals = The goals it led to
priority-goals-none = No goal has been written from it yet.
priority-voices = The voices behind it
priority-digest = Fingerprint of the evidence
priority-codebook = counted with version { $version } of our list of words

# --- a goal
goal-prefix = Goal: { $title }
goal-now = Now
goal-target = Target
goal-by = By
goal-way = The voices behind this goal
goal-step-goal = The goal
goal-step-priority = comes from priority { $place }
goal-step-themes = { $n ->
    [one] which stands on one theme
   *[other] which stands on { $n } themes
}
goal-step-voices = which are made of voices like these
goal-step-no-voices = which are made of voices
goal-no-voices = No voice has been released yet. All of them were counted.

# --- base, date and method
basis = Base, date and method
basis-base = Base.
basis-too-few = Too few answered to say how many:
basis-open = Whoever wanted to could take part. So there is no response rate: we say who took part.
basis-tables = { $tables ->
    [one] At forums one table wrote notes, speaking for at least { $least } people. They stand beside and are never added.
   *[other] At forums { $tables } tables wrote notes, speaking for at least { $least } people. They stand beside and are never added.
}
late-counted = { $shown } of these answers arrived after the survey had closed, and the district took them in.
late-counted-few = A few of these answers arrived after the survey had closed, and the district took them in.
late-apart = { $shown } more answers arrived after the survey had closed and are not counted.
late-apart-few = A few more answers arrived after the survey had closed and are not counted.
basis-date = Date.
basis-published = Published by { $name } on { $day }, { $time }.
basis-method = Method.
basis-method-text = A theme is a list of words that anyone may read. A comment with one of them is counted once for its person. Groups of fewer than { $base } stand together. Below 5 % and above 95 % we give no number, and we hide small numbers that could point to somebody.
basis-codebook = Counted with version { $version } of the list, up to change { $change }.
basis-origin = Where it comes from.

# --- before and beside
preview-title = Preview: nobody else sees this yet
preview-text = This is how the public will see it once you publish.
preview-back = Back to publishing
not-yet-title-heard = What we heard will stand here
not-yet-title-plan = The plan will stand here
not-yet-text-heard = First we ask, then we read every answer. Then you will see here what people said, in their own words and in numbers, and what came of it.
not-yet-text-plan = First we listen. Then you will see here what comes first, why, and the goals it leads to, with the voices behind each one.
not-yet-since = We began on { $day }. This page fills as soon as the district publishes.
not-yet-home = What you can do today

# --- the first page
home-title = What should our schools become?
home-lead = We are writing the plan for our schools. Every voice is heard, and you can see where it went.
home-answer = Answer now
home-see = See what we heard
home-surveys = Open surveys
home-surveys-text = No account and no name needed.
home-questions = { $n ->
    [one] One question
   *[other] { $n } questions
}
home-forums = Come and talk
home-heard = What we heard so far
home-published = Published by { $name } on { $day }.
home-all-heard = All that we heard
home-plan = What comes first
home-all-plan = The whole plan
home-empty-title = This is where it will begin
home-empty-text = Here you will find surveys to answer, evenings to come and talk, and what was heard. Nothing is open at the moment.
