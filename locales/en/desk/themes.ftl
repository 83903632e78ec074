# Sentences that the pages for themes leave behind.
flash-codebook-saved = Saved. Every theme is counted anew.
flash-comment-released = Released, by your name. It appears in public with the next snapshot that you publish.
flash-comment-taken-back = Taken back. It has left the public pages.
flash-codebook-same = Nothing was changed, so there is no new version.
