DROP TABLE outbox;
DROP TABLE audit;
DROP TABLE sessions;
DROP TABLE grants;
DROP TABLE accounts;
