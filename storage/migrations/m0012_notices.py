"""Make the table for word to moderators that could not be told, until one of them uses a command."""

STATEMENTS = """
CREATE TABLE untold (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  card TEXT NOT NULL
) STRICT;

CREATE INDEX untold_here ON untold (community, id);
"""
