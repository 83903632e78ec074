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
INSERT INTO snapshots (id, round_id, number, content, digest, published_by, published_at, taken_back_at)
SELECT id, round_id, number, content, digest, published_by, published_at, taken_back_at FROM editions
WHERE audience = 'public';
DROP TABLE editions;
UPDATE audit SET subject = 'snapshot' WHERE subject = 'edition';
