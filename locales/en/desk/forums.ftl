# Forums: what the desk says after a form.
flash-forum-added = The forum is added. Its public page takes sign-ups now.
flash-forum-changed = The forum is changed.
flash-table-added = The table is here.
flash-table-changed = The number of people is changed.
flash-note-saved = The note is saved.
flash-note-corrected = The note is corrected.
flash-note-withdrawn = The note is withdrawn and counts no more. You can put it back below.
flash-note-restored = The note is back and counts.
flash-note-speaks-for-too-many = The note speaks for more people than now sit at the table. Change their number first.
