-- A school's name becomes a wording. So far every name was the same in every language, which the tag `und-Latn` says: no
-- language in particular, in Latin letters. A language in another script can now have its own name next to it.
-- PostgreSQL writes a text as JSON with to_json, SQLite with json_quote.
UPDATE schools SET name = '{"und-Latn":' || to_json(name)::TEXT || '}';
