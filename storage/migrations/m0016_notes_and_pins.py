"""Let moderators say something before sensitive material, and pin material to dates."""

STATEMENTS = """
CREATE TABLE content_notes (
  community TEXT NOT NULL,
  item TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (community, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE pinned_items (
  community TEXT NOT NULL,
  date TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('quotation', 'excerpt', 'fact', 'prompt')),
  item TEXT NOT NULL,
  drawn_for INTEGER,
  PRIMARY KEY (community, date, kind)
) STRICT, WITHOUT ROWID;
"""
