# Forums: the public page, somebody’s own seat and the emails.
forum-when = { $day }, { $from } to { $to }, { $zone }
forum-when-long = { $from } to { $to }, { $zone }
forum-seats-left = { $left ->
    [one] 1 of { $seats } seats left
   *[other] { $left } of { $seats } seats left
}
forum-full = All seats are taken
forum-full-text = You can still sign up. We put you on the waiting list and write to you as soon as there is a seat for you.
forum-on = It has begun
forum-on-text = You cannot sign up any more. If you are close by, come in and ask at the door.
forum-over = It is over
forum-over-text = Thank you to everyone who came. What was said at the tables goes into what we heard.
forum-about = What to expect
forum-talk = What we will talk about
forum-spoken = Spoken there:
forum-join = Keep a seat for me
forum-join-button = Keep my seat
forum-wait-button = Put me on the waiting list
forum-name = What should we call you?
forum-email-hint = We only use it to write to you about this meeting.
forum-party = How many of you come?
forum-language = Which language do you like best?
forum-needs = Do you need any of these?
forum-need-child-care = Child care
forum-need-interpreter = An interpreter
forum-need-access = A way in without steps
forum-check = Please look at this again
forum-once-more = One more time, please
forum-says-otherwise = This form was sent before with something else in it, and that seat is kept. Is this one for somebody else? Then please send it again.
forum-name-missing = Please tell us what to call you.
forum-name-too-long = Please use at most 100 letters, on one line.
forum-email-wrong = Please check the e-mail address. It looks like name@example.org.
forum-party-wrong = Please choose how many of you come.
forum-language-wrong = Please choose a language.

seat-title = Your seat
seat-unknown = We do not see which seat is yours
seat-unknown-text = Please open the link in the mail that we sent you.
seat-cancelled = Your seat is given back
seat-cancelled-text = Thank you for telling us. We have erased your name and your e-mail address. If you change your mind, you can sign up again.
seat-past = This meeting has begun or is over
seat-past-text = Nothing can be changed here any more.
seat-kept = { $party ->
    [one] Your seat is kept
   *[other] Your { $party } seats are kept
}
seat-kept-text = We are writing you a mail with the place, the time and a link to this page.
seat-waiting = You are on the waiting list
seat-waiting-text = There are not enough free seats right now. We write to you as soon as there is a seat for you. Until then, please do not plan on it.
seat-what = What
seat-when = When
seat-where = Where
seat-party = How many
seat-people = { $party ->
    [one] 1 person
   *[other] { $party } people
}
seat-needs = You asked for
seat-cancel = You cannot come?
seat-cancel-hint = Then somebody else gets your seat, and we erase your name and your e-mail address.
seat-cancel-button = Give my seat back
seat-cancel-sure = Yes, give it back

forum-mail-hello = Hello { $name },
forum-mail-seated = we keep { $party ->
    [one] a seat
   *[other] { $party } seats
} for you at “{ $title }”. We look forward to seeing you.
forum-mail-seated-subject = Your seat: { $title }
forum-mail-waiting = all seats at “{ $title }” are taken right now, so you are on the waiting list. We write to you again as soon as there is a seat for you. Until then, please do not plan on it.
forum-mail-waiting-subject = Waiting list: { $title }
forum-mail-free = good news: there is room for you at “{ $title }”. We now keep { $party ->
    [one] a seat
   *[other] { $party } seats
} for you.
forum-mail-free-subject = There is a seat for you: { $title }
forum-mail-cancel = You cannot come? Please tell us here, so that somebody else gets your seat:
