"""Note which questions a moderator keeps although nearly everyone, or hardly anyone, gets them right."""

STATEMENTS = """
CREATE TABLE kept_items (
  community TEXT NOT NULL,
  item TEXT NOT NULL,
  answers INTEGER NOT NULL,
  PRIMARY KEY (community, item)
) STRICT, WITHOUT ROWID;
"""
