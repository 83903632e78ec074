CREATE TABLE language_reviews (
    language TEXT PRIMARY KEY,
    reviewer TEXT NOT NULL,
    turned_on_by TEXT,
    turned_on_at TIMESTAMP NOT NULL
);
