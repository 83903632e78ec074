-- School staff read editions too, numbered on their own.
CREATE TABLE editions (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    audience TEXT NOT NULL,
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    published_by TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    taken_back_at TIMESTAMP,
    UNIQUE (round_id, audience, number)
);
INSERT INTO editions (id, round_id, audience, number, content, digest, published_by, published_at, taken_back_at)
SELECT id, round_id, 'public', number, content, digest, published_by, published_at, taken_back_at FROM snapshots;
DROP TABLE snapshots;
UPDATE audit SET subject = 'edition' WHERE subject = 'snapshot';
