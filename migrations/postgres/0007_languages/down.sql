DROP TABLE language_reviews;
