UPDATE schools SET name = '{"und-Latn":' || json_quote(name) || '}';
-- postgres/0011_school_names says what this means.
