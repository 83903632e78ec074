-- A piece of free text is called a comment, what a question asks about its intent, and whether something counts its status.
DROP INDEX remarks_by_number;
DROP INDEX remarks_by_response;
DROP INDEX remarks_by_table;
DROP INDEX remarks_by_batch;
DROP INDEX remarks_by_label;
DROP INDEX remarks_by_round;

ALTER TABLE remarks RENAME TO comments;
ALTER TABLE comments RENAME COLUMN asks TO intent;
ALTER TABLE comments RENAME COLUMN standing TO status;
ALTER TABLE comments RENAME COLUMN standing_reason TO status_reason;
ALTER TABLE votes RENAME COLUMN remark_id TO comment_id;
ALTER TABLE responses RENAME COLUMN standing TO status;
ALTER TABLE sign_ups RENAME COLUMN standing TO status;

CREATE INDEX comments_by_number ON comments (number);
CREATE INDEX comments_by_response ON comments (response_id);
CREATE INDEX comments_by_table ON comments (table_id);
CREATE INDEX comments_by_batch ON comments (batch_id);
CREATE INDEX comments_by_label ON comments (survey_id, label);
CREATE INDEX comments_by_round ON comments (round_id, id);

UPDATE audit SET subject = 'comment' WHERE subject = 'remark';
UPDATE audit SET action = 'comment.released' WHERE action = 'remark.released';
UPDATE audit SET action = 'comment.taken-back' WHERE action = 'remark.taken-back';

-- A grant for one forum says so.
UPDATE grants SET scope = 'forum' WHERE scope = 'session';
