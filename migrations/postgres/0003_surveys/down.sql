DROP TABLE batches;
DROP TABLE revisions;
DROP TABLE surveys;
