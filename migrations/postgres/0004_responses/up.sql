CREATE TABLE responses (
    id TEXT PRIMARY KEY,
    survey_id TEXT NOT NULL REFERENCES surveys (id),
    revision INTEGER NOT NULL,
    identity TEXT NOT NULL,
    receipt TEXT UNIQUE,
    answers_digest TEXT NOT NULL,
    answers TEXT NOT NULL,
    person TEXT NOT NULL,
    group_key TEXT,
    schools TEXT NOT NULL,
    language TEXT NOT NULL,
    channel TEXT NOT NULL,
    day DATE NOT NULL,
    standing TEXT NOT NULL,
    batch_id TEXT REFERENCES batches (id),
    number BIGINT NOT NULL,
    UNIQUE (survey_id, identity)
);
CREATE INDEX responses_by_number ON responses (number);
CREATE INDEX responses_by_batch ON responses (batch_id);

CREATE TABLE forums (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    seats INTEGER NOT NULL,
    languages TEXT NOT NULL,
    prompts TEXT NOT NULL
);

CREATE TABLE sign_ups (
    id TEXT PRIMARY KEY,
    forum_id TEXT NOT NULL REFERENCES forums (id),
    submission TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    party INTEGER NOT NULL,
    language TEXT NOT NULL,
    needs TEXT NOT NULL,
    standing TEXT NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (forum_id, submission)
);

CREATE TABLE forum_tables (
    id TEXT PRIMARY KEY,
    forum_id TEXT NOT NULL REFERENCES forums (id),
    table_number INTEGER NOT NULL,
    present INTEGER NOT NULL,
    number BIGINT NOT NULL,
    UNIQUE (forum_id, table_number)
);
CREATE INDEX forum_tables_by_number ON forum_tables (number);

CREATE TABLE remarks (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    source TEXT NOT NULL,
    survey_id TEXT REFERENCES surveys (id),
    response_id TEXT REFERENCES responses (id),
    table_id TEXT REFERENCES forum_tables (id),
    label TEXT NOT NULL,
    item_key TEXT NOT NULL,
    asks TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    speaks_for INTEGER NOT NULL,
    standing TEXT NOT NULL,
    standing_reason TEXT NOT NULL,
    released_by TEXT REFERENCES accounts (id),
    released_at TIMESTAMP,
    batch_id TEXT REFERENCES batches (id),
    number BIGINT NOT NULL
);
CREATE INDEX remarks_by_number ON remarks (number);
CREATE INDEX remarks_by_response ON remarks (response_id);
CREATE INDEX remarks_by_table ON remarks (table_id);
CREATE INDEX remarks_by_batch ON remarks (batch_id);
CREATE INDEX remarks_by_label ON remarks (survey_id, label);
CREATE INDEX remarks_by_round ON remarks (round_id, id);

CREATE TABLE votes (
    id TEXT PRIMARY KEY,
    remark_id TEXT NOT NULL REFERENCES remarks (id),
    voter TEXT NOT NULL,
    value INTEGER NOT NULL,
    batch_id TEXT REFERENCES batches (id),
    UNIQUE (remark_id, voter)
);
CREATE INDEX votes_by_batch ON votes (batch_id);
