DROP TABLE late_answers;
