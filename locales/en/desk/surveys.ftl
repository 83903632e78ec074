# What the desk says after a survey was written, published or closed.
flash-survey-drafted = Draft saved. Only staff can see the survey until you publish it.
flash-survey-saved = Changes saved. People see them after you publish.
flash-survey-opened = The survey is open. People can answer it now.
flash-survey-corrected = Corrections published. People see them now.
flash-survey-closed = The survey is closed. We keep every response.
flash-language-on = Language turned on. Families see it wherever its translation is complete.
flash-language-off = Language turned off. Families no longer see it.
flash-translation-applied-district = Translation applied. The district’s own text is the same on every page, so people see it now. They see the rest after you publish.
flash-translation-applied = Translation applied. People see it after you publish.
flash-translation-reviewed = Review recorded. People see the translation after you publish.
flash-late-included = Late responses included. They count now.
flash-late-excluded = Late responses excluded. They don’t count.
flash-paper-batch-closed = Nothing changed, because the batch is closed or the sheet was removed.
flash-paper-closed = Batch closed. Its sheets still count.
flash-paper-opened = Batch open. You can add sheets again.
flash-paper-removed = Sheet removed. It no longer counts. You can restore it.
flash-paper-restored = Sheet restored. It counts again.
