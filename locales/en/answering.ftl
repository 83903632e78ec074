# Answering, and what a receipt opens.
about-title = Who asks, and who reads it
about-asks = { $district } asks.
about-minutes = It takes about { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
about-purpose = What many people say goes into the plan for our schools. On this site you can see what was heard and what came of it.
about-readers = People at the district read every answer. The public sees counts, and words only after someone has checked that they give nobody away.
about-records = Public-records law applies: anyone may ask the district for what was written. So please leave out names.
about-not-live = Nobody reads your answers while you write them.
about-support = If you need help now, talk to an adult you trust, or call or text 988 at any time.

question-count = { $number } of { $total }
question-needed = we need this one
hint-short = Up to { $shown } letters.
hint-length = Up to { $shown } letters. Your keyboard’s microphone works here too.
hint-up-to = { $most ->
    [one] Choose one.
   *[other] Choose up to { $most }.
}
hint-all-that-fit = Choose all that fit.
hint-places = { $most ->
    [one] Give 1 to what comes first.
   *[other] Give 1 to what comes first, then 2, up to { $most }. You may leave some out.
}
hint-points = Share out { $shown } points: more for what matters more to you. Together they make { $shown }.
other-words = Please say in your words
answer-yes = Yes
answer-no = No
answer-agree = I agree
level-elementary = Elementary
level-middle = Middle
level-high = High
step-next = Next
step-back = Back
rank-tap = Choose what comes first, then what comes next, up to { $most }. Choose it again to take it back.
rank-full = All places are taken. Choose one of them again to free it.
points-left = Left to share out: { $points }
points-over = Too many by { $points }
points-shared = All points are shared out.
only-if = Only if
if-and = and
if-or = or
if-in-question = question { $number }
if-in-row = question { $number }, “{ $row }”
if-chose = you chose “{ $choice }” in { $where }
if-not-chose = you did not choose “{ $choice }” in { $where }
if-answered = you answered { $where }
if-not-answered = you left { $where } open
if-at-least = your answer to { $where } was { $least } or more
if-not-at-least = your answer to { $where } was not { $least } or more
leave-empty = Leave this empty
may-skip-any = You may skip any question.
may-skip-others = You may skip every question that does not say “we need this one”.
leave-out-names = Public-records law applies to what you write, so please leave out names.
send-answer = Send my answer
send-correction = Send my corrected answer

faults-title = { $count ->
    [one] One thing needs another look
   *[other] { $count } things need another look
}
all-is-here = All that you wrote is still here.
fault-choose = Please choose one.
fault-choose-in-each = { $given ->
    [0] Please choose one in each row.
    [one] Please choose one in each row. One row is still open.
   *[other] Please choose one in each row. { $shown } rows are still open.
}
fault-agree = Please tick this box if you agree. Without it we cannot take your answer.
fault-other-besides = You chose one from the list and wrote something else as well. Please keep one of the two.
fault-no-number = Please write a whole number from { $from } to { $most }.
fault-no-day = Please choose a day, or write it like this: 2026-10-05.
fault-same-place = Two have the place { $shown }. Please give each place once.
fault-not-shared = Your points make { $shown }. Please share out { $most }.
fault-write = Please write a few words.
fault-only-one = Please choose only one.
fault-too-many = You chose { $shown }. Please keep up to { $most }.
fault-too-long = This has { $shown } letters. Please keep up to { $most }.
fault-not-offered = This choice is not on our list any more. Please choose one that is.
fault-out-of-scale = Please choose a number from { $from } to { $most }.
fault-unknown = The form had a field that we did not ask for: “{ $name }”. We left it out. Please look once more and send it again.
fault-unknown-revision = The questions have changed since you opened them. Please look once more and send it again.
fault-empty = Nothing is filled in yet. Please answer at least one question.
answer-busy = Many people are answering right now, so this was not stored yet. All that you wrote is still here. Please wait a moment, then send it again.
answer-correcting = This is what you sent. Change what you like, then send it again. It takes the place of what you sent before, and you are counted once.
answer-preview = This is how the survey will look. Nothing can be sent from here.
answer-slow = Many answers came from here in a short time, so this was not stored yet. All that you wrote is still here. Please wait a minute, then send it again.

kept-on-phone = Saved on this phone.
kept-in-tab = Saved in this tab until it is closed.
kept-clear = Remove it
kept-cleared = Removed. What you see is not saved.
kept-found = You began an answer here on { $day }.
kept-go-on = Go on with it
kept-anew = Start anew
queue-held = There is no network right now. Your answer is safe on this phone and goes out by itself once there is one. You may close this page. If you do, open it again later.
queue-waiting = Waiting to be sent: { $count }
queue-sent = What was waiting here has been sent.
queue-receipt = The receipt of what was sent:
queue-refused = An answer from this phone could not be stored yet and needs another look.
queue-look = Look at it
queue-remove = Remove it from this phone

kiosk-pause = Are you still there? Touch the page to go on. Otherwise it begins anew in a few seconds, and what was typed is gone.
kiosk-soon = This page makes room for the next person in a minute.
kiosk-next = The next person may answer

paper-print = Print this page with your browser, on A4 or Letter, in black and white. Both sides of the paper may be used.
paper-how = Please use a pen. Put a cross in the box beside your answer, or write on the lines. The small numbers are for the office.
paper-once = Please answer once: on this paper or at { $address }.
paper-hand-in-title = Where this paper goes
paper-hand-in = Please hand it in at a school’s office. Someone there types it in as you wrote it, and it is counted like every other answer.
paper-total = Together: { $total }
paper-year = year
paper-month = month
paper-day = day
paper-thanks = Thank you.
paper-foot = Code of this paper

thanks-title = Thank you. We have your answer.
thanks-counted = It is stored safely and counts from now on.
thanks-suspected = It is stored safely. Someone at the district looks at it before it counts.
thanks-late = It is stored. The district decides whether to count it, because it arrived after the survey had closed.
thanks-set-aside = It is stored. The district does not count it.
thanks-withdrawn = You took this answer back. It does not count.
thanks-replaced = A newer answer has taken its place.
thanks-next = What happens next
your-receipt = Your receipt
keep-receipt = Keep this code. With it you can see your answer or take it back. We cannot look it up for you.
keep-receipt-arrival = Keep this code. With it you can check that we have your answer, or take it back. It shows nothing of what you wrote.
see-received = See what we received
someone-else = Someone else wants to answer
thanks-heard = See what we heard so far

conflict-title = Is this a new answer?
conflict-text = This phone has already sent an answer. What you just wrote differs from it, and nothing is lost.
conflict-same = I am the same person
conflict-same-text = The new answer takes the place of the first one. You are counted once.
conflict-replace = Replace my first answer
conflict-other = I am someone else
conflict-other-text = Both answers are kept. Each of you is counted.
conflict-another = Someone else is answering

closed-title = This survey has closed
closed-on = It closed on { $day }.
closed-text = Thank you for coming by. You can see what people said under “What we heard”.
closed-typed = It closed before your answer reached us, so we could not store it. Here is what you wrote, so that you can copy it.

receipt-title = See what we received from you
receipt-text = Type the code from the end of the survey. It opens your answer and nobody else’s.
receipt-code = Your code
receipt-hint = 16 letters and numbers. Spaces and dashes do not matter.
receipt-show = Show my answer
receipt-lost = Lost the code? Then nobody can open this answer, and nobody can tell that it was yours.
receipt-unknown = We have no answer with this code. Please check each letter and number.
receipt-slow = Several codes did not match. Please wait a few seconds, then try again.

received-arrival = This code says that your answer arrived. It shows nothing of what you wrote.
received-title = What we received
received-on = We received it on { $day }.
received-counted = It is counted.
received-suspected = It is stored. Someone at the district looks at it before it counts.
received-late = It arrived after the survey had closed. The district decides whether it counts.
received-set-aside = It is stored. The district does not count it.
received-withdrawn = You took this answer back. It is in no count, and nobody reads it on these pages.
received-replaced = A newer answer has taken its place.
place-in-order = Place { $place }
point-of = { $point } of { $most }
correct-heading = Change your answer
correct-text = You can change what you said until the survey closes.
correct-button = Change my answer
went-title = Where your words went
went-not-yet = Nothing is published yet. Once the district publishes what it heard, you can see here which themes your words were counted in and what came of them.
went-after = What is published so far was counted before your words came in. Look again after the next time.
went-there = This is from what the district has published. Only who has your code can see it.
went-no-theme = No theme counts these words yet. They were read all the same.
withdraw-heading = Take it back
withdraw-text = If you take your answer back, it leaves every count, and your words leave these pages. This cannot be undone.
withdraw-button = Take my answer back
withdraw-title = Take your answer back?
withdraw-sure = Yes, take it back
withdraw-keep = No, keep it
flash-withdrawn = Your answer is taken back. It is in no count any more.
flash-withdraw-too-late = The survey has closed, so the answer stays as it is.
flash-receipt-unknown = We have no answer with this code. Please check each letter and number.
flash-correct-too-late = This answer can no longer be changed.

follow-title = Tell me what came of it
follow-lead = Would you like to hear what came of it? Leave an e-mail address.
follow-email = Your e-mail address
follow-apart = The address is kept apart from your answer, and nobody can tell which answer is yours by it. We write only about what came of this, after you have confirmed the address.
follow-send = Tell me
follow-wrong = Please write a whole e-mail address, such as ana@example.org.
follow-kept = We have noted this address. Before anything else is sent to it, we ask there whether it is right.
follow-confirm-text = Is this address right? Then we write to it once there is something to tell.
follow-confirm = Yes, write to me
follow-confirmed = This address is confirmed. We write once there is something to tell.
follow-erase = Erase this address
follow-none = No address is kept from this phone.
flash-follow-erased = The address is erased.
