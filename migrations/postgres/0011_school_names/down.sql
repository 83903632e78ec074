-- PostgreSQL reads JSON from a value of that type, SQLite from text.
UPDATE schools SET name = COALESCE(name::JSON ->> 'und-Latn', name::JSON ->> 'en', key);
