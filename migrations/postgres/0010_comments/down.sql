UPDATE grants SET scope = 'session' WHERE scope = 'forum';

UPDATE audit SET action = 'remark.taken-back' WHERE action = 'comment.taken-back';
UPDATE audit SET action = 'remark.released' WHERE action = 'comment.released';
UPDATE audit SET subject = 'remark' WHERE subject = 'comment';

DROP INDEX comments_by_number;
DROP INDEX comments_by_response;
DROP INDEX comments_by_table;
DROP INDEX comments_by_batch;
DROP INDEX comments_by_label;
DROP INDEX comments_by_round;

ALTER TABLE sign_ups RENAME COLUMN status TO standing;
ALTER TABLE responses RENAME COLUMN status TO standing;
ALTER TABLE votes RENAME COLUMN comment_id TO remark_id;
ALTER TABLE comments RENAME COLUMN status_reason TO standing_reason;
ALTER TABLE comments RENAME COLUMN status TO standing;
ALTER TABLE comments RENAME COLUMN intent TO asks;
ALTER TABLE comments RENAME TO remarks;

CREATE INDEX remarks_by_number ON remarks (number);
CREATE INDEX remarks_by_response ON remarks (response_id);
CREATE INDEX remarks_by_table ON remarks (table_id);
CREATE INDEX remarks_by_batch ON remarks (batch_id);
CREATE INDEX remarks_by_label ON remarks (survey_id, label);
CREATE INDEX remarks_by_round ON remarks (round_id, id);
