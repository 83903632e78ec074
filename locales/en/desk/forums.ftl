# Forums: what the desk says after a form.
flash-forum-added = Forum added. People can sign up on its public page now.
flash-forum-changed = Forum saved.
flash-table-added = Table added.
flash-table-changed = Number of people saved.
flash-note-saved = Note saved.
flash-note-corrected = Note corrected.
flash-note-withdrawn = Note withdrawn. It no longer counts. You can restore it below.
flash-note-restored = Note restored. It counts again.
flash-note-speaks-for-too-many = The note speaks for more people than are at the table now. Change the number of people first.
