DROP TABLE followers;
DROP TABLE late_answers;
