CREATE TABLE surveys (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    slug TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    document TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    opened_at TIMESTAMP,
    closed_at TIMESTAMP
);

CREATE TABLE revisions (
    id TEXT PRIMARY KEY,
    survey_id TEXT NOT NULL REFERENCES surveys (id),
    number INTEGER NOT NULL,
    document TEXT NOT NULL,
    corrections TEXT NOT NULL,
    published_by TEXT,
    published_at TIMESTAMP NOT NULL,
    UNIQUE (survey_id, number)
);

CREATE TABLE batches (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    survey_id TEXT REFERENCES surveys (id),
    file_name TEXT NOT NULL,
    file_digest TEXT NOT NULL,
    state TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    started_by TEXT,
    number BIGINT NOT NULL
);
CREATE INDEX batches_by_number ON batches (number);
