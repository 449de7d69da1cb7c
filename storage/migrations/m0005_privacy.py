"""Make the table of who was forgotten, and the indexes by which forgetting finds who asked."""

STATEMENTS = """
CREATE TABLE forgotten (
  community TEXT NOT NULL,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  cleaned INTEGER NOT NULL DEFAULT 0 CHECK (cleaned IN (0, 1)),
  PRIMARY KEY (community, salt, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX rounds_of_asker ON rounds (community, asker);

CREATE INDEX sets_of_asker ON sets (community, asker);
"""
