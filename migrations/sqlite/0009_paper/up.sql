CREATE TABLE paper_batches (
    id TEXT PRIMARY KEY,
    survey_id TEXT NOT NULL REFERENCES surveys (id),
    name TEXT NOT NULL,
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    revision INTEGER NOT NULL,
    day DATE NOT NULL,
    started_by TEXT REFERENCES accounts (id),
    started_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    last_sheet INTEGER NOT NULL
);
CREATE INDEX paper_batches_by_survey ON paper_batches (survey_id, started_at);

CREATE TABLE paper_sheets (
    response_id TEXT PRIMARY KEY REFERENCES responses (id),
    batch_id TEXT NOT NULL REFERENCES paper_batches (id),
    sheet INTEGER NOT NULL,
    marks TEXT NOT NULL
);
CREATE INDEX paper_sheets_by_batch ON paper_sheets (batch_id, sheet);
