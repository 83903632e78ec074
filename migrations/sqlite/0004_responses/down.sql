DROP TABLE votes;
DROP TABLE remarks;
DROP TABLE forum_tables;
DROP TABLE sign_ups;
DROP TABLE forums;
DROP TABLE responses;
