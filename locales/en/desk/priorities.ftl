# Sentences that the pages for priorities and the plan leave behind.
flash-priority-added = Priority added. Say why it matters, then decide on it.
flash-priority-saved = Saved.
flash-priority-decided = Decided. We froze the numbers, the codebook version, and the comments as they are now.
flash-decision-undone = Decision undone. Its record stays.
flash-priority-deleted = Draft deleted.
flash-outcome-saved = Saved.
flash-plan-translated = Translation applied. The public sees it after you publish the next edition.
flash-plan-saved = Saved. The public sees it after you publish the next edition.
flash-plan-deleted = Deleted from the draft. What you published stays until the next edition.
