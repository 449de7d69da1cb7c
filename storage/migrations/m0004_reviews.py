"""Make the tables for the questions that come back to members, and for what each has in front of them."""

STATEMENTS = """
CREATE TABLE reviews (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  kind TEXT NOT NULL,
  item TEXT NOT NULL,
  due TEXT NOT NULL,
  state TEXT NOT NULL,
  turn INTEGER NOT NULL,
  PRIMARY KEY (community, member, kind, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_sittings (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  name TEXT NOT NULL,
  serial INTEGER NOT NULL,
  began TEXT NOT NULL,
  place INTEGER NOT NULL,
  kind TEXT NOT NULL,
  item TEXT NOT NULL,
  turn INTEGER NOT NULL,
  question TEXT NOT NULL,
  given INTEGER,
  UNIQUE (community, member)
) STRICT;
"""
