"""Make the tables for each day's excerpt, its cards, what members have read, and their bookmarks."""

# What is drawn again, because the first was retired on its own day, is a further row of that date. The last index
# finds the question that is asked on an excerpt.
STATEMENTS = """
CREATE TABLE excerpt_days (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  date TEXT NOT NULL,
  draw INTEGER NOT NULL,
  item TEXT NOT NULL,
  turn INTEGER NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (community, date, draw)
) STRICT;

CREATE TABLE excerpts_served (
  community TEXT NOT NULL,
  item TEXT NOT NULL,
  article TEXT NOT NULL,
  last INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  PRIMARY KEY (community, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE excerpt_posts (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  item TEXT NOT NULL,
  date TEXT NOT NULL,
  anew INTEGER NOT NULL CHECK (anew IN (0, 1)),
  message INTEGER NOT NULL REFERENCES messages (id),
  edited_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TRIGGER excerpt_posts_at_home BEFORE INSERT ON excerpt_posts
WHEN NOT EXISTS (SELECT 1 FROM messages WHERE id = new.message AND community = new.community)
BEGIN
  SELECT RAISE(ABORT, 'this message is none of this community');
END;

CREATE INDEX excerpt_posts_of_day ON excerpt_posts (community, item, date);

CREATE TABLE parts_read (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  item TEXT NOT NULL,
  article TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community, member, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX parts_read_of_item ON parts_read (community, item);

CREATE TABLE bookmarks (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  article TEXT NOT NULL,
  item TEXT NOT NULL,
  part INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community, member, article)
) STRICT, WITHOUT ROWID;

CREATE INDEX items_on_excerpt ON items (community, json_extract(body, '$.excerpt')) WHERE kind = 'fact';
"""
