# Publishing: what the desk says after a form.
flash-published = Published. Everyone can read it now.
flash-snapshot-taken-back = Taken back. Nobody sees it any more.
