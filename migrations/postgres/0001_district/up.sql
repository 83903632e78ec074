CREATE TABLE change_counter (
    id INTEGER PRIMARY KEY,
    last BIGINT NOT NULL
);
INSERT INTO change_counter (id, last) VALUES (1, 0);

CREATE TABLE districts (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    notice TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    languages TEXT NOT NULL
);

CREATE TABLE schools (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE "groups" (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE rounds (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_on DATE NOT NULL,
    origin TEXT NOT NULL,
    is_current BOOLEAN NOT NULL,
    position INTEGER NOT NULL
);
