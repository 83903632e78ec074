CREATE TABLE codebooks (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    saved_by TEXT,
    saved_at TIMESTAMP NOT NULL,
    UNIQUE (round_id, version)
);

CREATE TABLE priorities (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    themes TEXT NOT NULL,
    why TEXT NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (round_id, key)
);

CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    priority_id TEXT NOT NULL REFERENCES priorities (id),
    evidence TEXT NOT NULL,
    digest TEXT NOT NULL,
    decided_by TEXT,
    decided_at TIMESTAMP NOT NULL,
    taken_back_at TIMESTAMP
);
CREATE INDEX decisions_by_priority ON decisions (priority_id, decided_at);

CREATE TABLE outcomes (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    theme TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (round_id, theme)
);

CREATE TABLE stages (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    stage INTEGER NOT NULL,
    title TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    UNIQUE (round_id, stage)
);

CREATE TABLE statements (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    evidence TEXT NOT NULL
);
CREATE INDEX statements_by_round ON statements (round_id, kind, position);

CREATE TABLE goals (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    priority_id TEXT NOT NULL REFERENCES priorities (id),
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    measure TEXT NOT NULL,
    baseline TEXT NOT NULL,
    target TEXT NOT NULL,
    target_year INTEGER NOT NULL,
    UNIQUE (round_id, key)
);

CREATE TABLE snapshots (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    published_by TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    taken_back_at TIMESTAMP,
    UNIQUE (round_id, number)
);
