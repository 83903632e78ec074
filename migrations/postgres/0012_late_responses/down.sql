ALTER TABLE late_responses RENAME TO late_answers;
