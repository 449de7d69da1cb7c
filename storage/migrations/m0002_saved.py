"""Make the table for what members keep."""

STATEMENTS = """
CREATE TABLE saved (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  item TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community, member, item)
) STRICT, WITHOUT ROWID;
"""
