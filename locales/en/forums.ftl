# Forums: the public page, somebody’s own seat, and the emails.
forum-when = { $day }, { $from }–{ $to }, { $zone }
forum-when-long = { $from } to { $to }, { $zone }
forum-seats-left = { $left ->
    [one] 1 of { $seats } seats left
   *[other] { $left } of { $seats } seats left
}
forum-full = All seats are taken
forum-full-text = You can still sign up. We’ll put you on the waiting list and email you if a seat opens up.
forum-started = This forum has started
forum-started-text = Sign-up is closed. If you’re nearby, come in and ask at the door.
forum-over = This forum is over
forum-over-text = Thank you to everyone who came. What people said at the tables becomes part of what we heard.
forum-about = What to expect
forum-topics = What we’ll talk about
forum-languages = Languages:
forum-join = Save a seat
forum-join-button = Save my seat
forum-wait-button = Join the waiting list
forum-name = Your name
forum-email-hint = We only use it to email you about this forum.
forum-party = How many people are coming?
forum-language = Which language do you prefer?
forum-needs = Do you need any of these?
forum-need-child-care = Child care
forum-need-interpreter = An interpreter
forum-need-access = A step-free entrance
forum-check = Please check your answers
forum-submit-again = Please submit this again
forum-canceled-before = You canceled this sign-up. To sign up again, submit the form again.
forum-different-answers = You already sent this form with different answers, and we saved that seat. If this one is for someone else, submit it again.
forum-name-missing = Please enter your name.
forum-name-too-long = Please use up to 100 characters, on one line.
forum-email-wrong = Please enter a full email address, like name@example.org.
forum-party-wrong = Please choose how many people are coming.
forum-language-wrong = Please choose a language.

seat-title = Your seat
seat-unknown = We can’t tell which seat is yours
seat-unknown-text = Please open the link in the email we sent you.
seat-canceled = Your sign-up is canceled
seat-canceled-text = Thank you for telling us. We deleted your name and your email address. If you change your mind, you can sign up again.
seat-past = This forum has started or is over
seat-past-text = You can’t change anything here anymore.
seat-saved = { $party ->
    [one] Your seat is saved
   *[other] Your { $party } seats are saved
}
seat-saved-text = Our email to you has the place, the time, and a link to this page.
seat-waiting = You’re on the waiting list
seat-waiting-text = There aren’t enough seats right now. We’ll email you if seats open up. Until then, please don’t plan on coming.
seat-what = What
seat-when = When
seat-where = Where
seat-party = How many
seat-people = { $party ->
    [one] 1 person
   *[other] { $party } people
}
seat-needs = You asked for
seat-cancel = Can’t make it?
seat-cancel-hint = We’ll give your seat to someone else and delete your name and your email address.
seat-cancel-button = Cancel my seat
seat-cancel-sure = Yes, cancel it
seat-leave = Don’t want to wait?
seat-leave-hint = We’ll take you off the waiting list and delete your name and your email address.
seat-leave-button = Leave the waiting list
seat-leave-sure = Yes, leave it

forum-mail-hello = Hello { $name },
forum-mail-seated = We saved { $party ->
    [one] a seat
   *[other] { $party } seats
} for you at “{ $title }.” We look forward to seeing you.
forum-mail-seated-subject = Your seat: { $title }
forum-mail-waiting = All seats at “{ $title }” are taken right now, so you’re on the waiting list. We’ll email you if seats open up. Until then, please don’t plan on coming.
forum-mail-waiting-subject = Waiting list: { $title }
forum-mail-free = Good news: there’s room for you at “{ $title }.” We saved { $party ->
    [one] a seat
   *[other] { $party } seats
} for you.
forum-mail-free-subject = We have a seat for you: { $title }
forum-mail-cancel = Can’t make it? Please tell us here, so we can give your seat to someone else:
forum-mail-leave = Don’t want to wait anymore? You can leave the waiting list here:
