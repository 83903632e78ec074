ALTER TABLE late_answers RENAME TO late_responses;
