# Sentences that the pages for priorities and the plan leave behind.
flash-priority-added = Added. Say why it matters, then decide it.
flash-priority-saved = Saved.
flash-priority-decided = Decided. The numbers, the codebook version and the comments are frozen as they are now.
flash-priority-taken-back = The decision is taken back. Its record stays.
flash-priority-deleted = The draft is deleted.
flash-outcome-saved = Saved.
flash-plan-saved = Saved. It is public with the next snapshot that you publish.
flash-plan-deleted = Deleted from the draft. What is published stays until the next snapshot.
