# What the desk says after a survey was written, published or closed.
flash-survey-drafted = The survey is saved as a draft. Nobody sees it until you publish it.
flash-survey-saved = What you wrote is saved. People see it once you publish it.
flash-survey-opened = The survey is open. People can answer now.
flash-survey-corrected = The corrections are published. People see them from now on.
flash-survey-closed = The survey is closed. Every answer that was given stays.
flash-language-on = The language is on. Families see it wherever its words are complete.
flash-language-off = The language is off. Families do not see it any more.
flash-translation-taken = The words are taken over. People see them once you publish.
flash-translation-read = It is noted who has read the words. People see them once you publish.
flash-late-taken-in = The late answers are taken in. They count from now on.
flash-late-left-out = The late answers are left out. They count nowhere.
flash-paper-batch-closed = The batch is closed, or the sheet is taken out, so nothing was changed.
flash-paper-closed = The batch is closed. Its sheets count as before.
flash-paper-opened = The batch is open. It takes sheets again.
flash-paper-taken-out = The sheet is taken out. It is in no count; you can put it back.
flash-paper-put-back = The sheet is put back. It counts again.
