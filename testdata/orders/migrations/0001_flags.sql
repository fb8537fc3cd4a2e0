CREATE TABLE feature_flags (name TEXT PRIMARY KEY, enabled BOOLEAN NOT NULL);
INSERT INTO feature_flags VALUES ('bulk-discount', TRUE), ('round-up', FALSE);
