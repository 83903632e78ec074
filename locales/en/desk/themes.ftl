# Sentences that the pages for themes leave behind.
flash-codebook-saved = Saved. We recounted every theme.
flash-comment-released = Released under your name. The public sees it after you publish the next snapshot.
flash-comment-taken-back = Taken back. It’s no longer on the public pages.
flash-codebook-same = Nothing changed, so there’s no new version.
