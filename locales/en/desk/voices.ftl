# Publishing: what the desk says after a form.
flash-published = Published. Everyone can read it now.
flash-school-results-released = Released. School staff can read these results now.
flash-school-results-taken-back = Taken back. School staff no longer read this edition.
flash-snapshot-unpublished = Unpublished. The public no longer sees it.
