UPDATE schools SET name = COALESCE(name ->> 'und-Latn', name ->> 'en', key);
