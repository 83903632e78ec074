# Publishing: what the desk says after a form.
flash-published = Published. Everyone can read it now.
flash-snapshot-unpublished = Unpublished. The public no longer sees it.
