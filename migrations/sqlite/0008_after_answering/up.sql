CREATE TABLE late_answers (
    response_id TEXT PRIMARY KEY REFERENCES responses (id)
);

-- Without a row number: it would tell the order in which people asked, and so who asked right after which answer.
CREATE TABLE followers (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    asked_on DATE NOT NULL,
    confirmed_on DATE,
    UNIQUE (round_id, email)
) WITHOUT ROWID;
