DROP TABLE snapshots;
DROP TABLE goals;
DROP TABLE statements;
DROP TABLE stages;
DROP TABLE outcomes;
DROP TABLE decisions;
DROP TABLE priorities;
DROP TABLE codebooks;
