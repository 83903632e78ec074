# Answering, and what a receipt opens.
about-title = Who’s asking, and who reads it
about-asks = { $district } wants to hear from you.
about-minutes = This takes about { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
about-purpose = What people tell us shapes the plan for our schools. You can see on this site what we heard and what came of it.
about-readers = District staff read every response. The public sees totals, and comments only after staff check that they don’t identify anyone.
about-records = Public records law applies, so anyone can ask the district for what you write. Please leave out names.
about-not-live = Nobody reads your answers while you write them.
about-support = If you need help now, talk to an adult you trust, or call or text 988 at any time.

question-count = { $number } of { $total }
question-required = Required
hint-short = Up to { $shown } characters.
hint-length = Up to { $shown } characters. You can also use your keyboard’s microphone.
hint-up-to = { $most ->
    [one] Choose one.
   *[other] Choose up to { $most }.
}
hint-all-that-apply = Choose all that apply.
hint-ranks = { $most ->
    [one] Write 1 next to your top choice.
   *[other] Rank your top { $most }. Your first choice is 1. You can use fewer.
}
hint-points = Divide { $shown } points. Give more points to what matters more to you. They must add up to { $shown }.
other-words = Please tell us more
answer-yes = Yes
answer-no = No
answer-agree = I agree
level-elementary = Elementary
level-middle = Middle
level-high = High
step-next = Next
step-back = Back
rank-tap = Choose up to { $most }, starting with your first choice. Choose one again to remove it.
rank-full = You’ve used every rank. To make a change, choose one again to remove it.
points-left = Points left: { $points }
points-over = Points over the total: { $points }
points-used = You’ve used all your points.
only-if = Answer this only if
# Before the next condition. The space belongs to the word, because some languages have none there.
if-and = and{ " " }
if-or = or{ " " }
if-in-question = question { $number }
if-in-row = question { $number }, “{ $row }”
if-chose = you chose “{ $choice }” in { $where }
if-not-chose = you didn’t choose “{ $choice }” in { $where }
if-answered = you answered { $where }
if-not-answered = you didn’t answer { $where }
if-at-least = your answer to { $where } was { $least } or higher
if-not-at-least = your answer to { $where } wasn’t { $least } or higher
leave-empty = Leave this blank
may-skip-any = You can skip any question.
may-skip-others = You can skip any question that isn’t marked “Required.”
leave-out-names = Public records law applies to what you write, so please leave out names.
send-answer = Submit my response
send-correction = Submit my changes

faults-title = { $count ->
    [one] Please check one answer
   *[other] Please check { $count } answers
}
answers-still-here = Everything you wrote is still here.
fault-choose = Please choose one.
fault-choose-in-each = { $given ->
    [0] Please choose one in each row.
    [one] Please choose one in each row. One row still needs an answer.
   *[other] Please choose one in each row. { $shown } rows still need an answer.
}
fault-agree = Check this box if you agree. We can’t accept your response without it.
fault-choice-and-other = You chose one from the list and also wrote something else. Please keep only one of them.
fault-no-number = Please enter a whole number from { $from } to { $most }.
fault-no-day = Please choose a date, or enter it like this: 2026-10-05.
fault-same-rank = You gave two choices rank { $shown }. Use each rank once.
fault-points-total = Your points add up to { $shown }. They must add up to { $most }.
fault-write = Please write a few words.
fault-only-one = Please choose only one.
fault-too-many = You chose { $shown }. Please choose up to { $most }.
fault-too-long = You used { $shown } characters. Please use up to { $most }.
fault-not-offered = This choice is no longer on our list. Please choose another one.
fault-out-of-scale = Please choose a number from { $from } to { $most }.
fault-unknown = This form sent something we didn’t ask for: “{ $name }”. We left it out. Please check your answers, then submit again.
fault-unknown-revision = The questions changed after you opened them. Please check your answers, then submit again.
fault-empty = You haven’t answered anything yet. Please answer at least one question.
answer-busy = A lot of people are answering right now, so we couldn’t save your response yet. Everything you wrote is still here. Wait a moment, then submit again.
answer-correcting = This is the response you sent. Change anything you like, then submit it again. It replaces your first one, and you’re counted once.
answer-preview = This is a preview of the survey. You can’t submit it from here.
answer-slow = We got a lot of responses from your location in a short time, so we couldn’t save yours yet. Everything you wrote is still here. Wait a minute, then submit again.

draft-on-phone = Saved on this device.
draft-in-tab = Saved in this tab until you close it.
draft-delete = Delete it
draft-deleted = Deleted. What you see isn’t saved.
draft-found = You last worked on this survey here on { $day }.
draft-continue = Continue
draft-start-over = Start over
queue-held = You’re offline. Your response is safe on this device, and we’ll send it when you’re back online. You can close this page. If you do, open it again later.
queue-waiting = Waiting to be sent: { $count }
queue-sent = We sent the response that was waiting here.
queue-receipt = Your receipt for it:
queue-refused = We couldn’t save a response from this device yet. Please check it.
queue-look = Check it
queue-remove = Delete it from this device

kiosk-pause = Are you still there? Touch the screen to continue. If you don’t, the survey starts over in a few seconds and clears your answers.
kiosk-soon = In one minute, this page resets for the next person.
kiosk-next = Start for the next person

paper-print = Print this page from your browser, on Letter or A4, in black and white. You can print on both sides.
paper-how = Please use a pen. Put an X in the box next to your answer, or write on the lines. The small numbers are for office use.
paper-once = Please answer only once: on this paper or at { $address }.
paper-hand-in-title = Where to turn this in
paper-hand-in = Please turn it in at any school office. Staff type it in just as you wrote it, and it counts like every other response.
paper-total = Total: { $total }
paper-year = year
paper-month = month
paper-day = day
paper-thanks = Thank you.
paper-foot = Form code

thanks-title = Thank you. We got your response.
thanks-counted = It’s saved, and it counts.
thanks-suspected = It’s saved. District staff will review it before it counts.
thanks-late = It’s saved. It arrived after the survey closed, so the district decides whether to count it.
thanks-set-aside = It’s saved. The district isn’t counting it.
thanks-withdrawn = You withdrew this response. It doesn’t count.
thanks-replaced = A newer response replaced it.
thanks-next = What happens next
your-receipt = Your receipt
keep-receipt = Keep this code. You can use it to see your response or withdraw it. We can’t look it up for you.
keep-receipt-arrival = Keep this code. You can use it to check that we got your response, or to withdraw it. It doesn’t show what you wrote.
see-received = See what we received
someone-else = Let someone else answer
thanks-heard = See what we’ve heard so far

conflict-title = Is this a new response?
conflict-text = This device already sent a response, and what you just wrote is different. We haven’t lost either one.
conflict-same = I’m the same person
conflict-same-text = Your new response replaces the first one. You’re counted once.
conflict-replace = Replace my first response
conflict-other = I’m someone else
conflict-other-text = We keep both responses and count each of you.
conflict-another = Keep both responses
again-title = Submit this as a new response?
again-text = You withdrew the response that this device sent before. What you just wrote isn’t stored yet.
again-submit = Submit as a new response

closed-title = This survey is closed
closed-on = It closed on { $day }.
closed-text = Thank you for your interest. See what people told us under “What we heard.”
closed-typed = It closed before we got your response, so we couldn’t save it. Here’s what you wrote, so you can copy it.

receipt-title = See what we received from you
receipt-text = Enter the code from the end of the survey. It opens your response and nobody else’s.
receipt-code = Your code
receipt-hint = The code has 16 characters. You can leave out spaces and dashes.
receipt-show = Show my response
receipt-lost = Lost the code? We can’t look it up, because nothing connects it to you. Without it, you can’t see, change, or withdraw your response.
receipt-unknown = We can’t find a response with this code. Please check each character.
receipt-slow = Several codes didn’t match. Please wait a few seconds, then try again.

received-arrival = This code confirms that we got your response. It doesn’t show what you wrote.
received-title = What we received
received-on = We got it on { $day }.
received-counted = It counts.
received-suspected = District staff will review it before it counts.
received-late = It arrived after the survey closed, so the district decides whether to count it.
received-set-aside = It’s saved. The district isn’t counting it.
received-withdrawn = You withdrew this response. We no longer count it, and your comments aren’t on these pages. Numbers we already published can still include it.
received-replaced = A newer response replaced it.
rank-number = Rank { $place }
point-of = { $point } out of { $most }
correct-heading = Change your response
correct-text = You can change your response until the survey closes.
correct-button = Change my response
went-title = Where your comments went
went-not-yet = Nothing is published yet. After the district publishes what it heard, you can see here which themes your comments count in and what came of them.
went-after = The published results don’t include your comments yet. Check back after the next update.
went-there = This is from the published results. Only someone with your code can see this page.
went-no-theme = This comment isn’t in a theme yet. We still read it.
withdraw-heading = Withdraw your response
withdraw-text = If you withdraw your response, we stop counting it and remove your comments from these pages. Numbers we already published can still include it. You can’t undo this.
withdraw-button = Withdraw my response
withdraw-title = Withdraw your response?
withdraw-sure = Yes, withdraw it
withdraw-keep = No, keep it
flash-withdrawn = You withdrew your response. We no longer count it. Numbers we already published can still include it.
flash-withdraw-too-late = The survey is closed, so we can’t withdraw your response.
flash-receipt-unknown = We can’t find a response with this code. Please check each character.
flash-correct-too-late = You can’t change this response anymore.

follow-title = Email me the results
follow-lead = Would you like to know what comes of this? Leave your email address.
follow-email = Your email address
follow-separate = We keep your address separate from your response, so nobody can use it to tell which response is yours. After you confirm it, we only email you about the results.
follow-send = Email me the results
follow-wrong = Please enter a full email address, like ana@example.org.
follow-saved = We saved this address. When email about results starts, we’ll ask you to confirm it first.
follow-confirm-text = Is this address right? If it is, we’ll email you when there are results.
follow-confirm = Yes, email me
follow-confirmed = This address is confirmed. We’ll email you when there are results.
follow-erase = Delete this address
follow-none = We don’t have an address from this device.
flash-follow-erased = We deleted your address.
