CREATE TABLE late_answers (
    response_id TEXT PRIMARY KEY REFERENCES responses (id)
);
