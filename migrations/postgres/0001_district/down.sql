DROP TABLE rounds;
DROP TABLE "groups";
DROP TABLE schools;
DROP TABLE districts;
DROP TABLE change_counter;
