# Sentences that the pages for themes leave behind.
flash-codebook-saved = Saved. We recounted every theme.
flash-comment-released = Released. We recorded your name with it. The public sees it after you publish the next edition.
flash-release-undone = Release undone. The comment is no longer on the public pages.
flash-codebook-same = Nothing changed, so there’s no new version.
