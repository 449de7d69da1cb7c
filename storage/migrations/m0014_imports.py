"""Know what was proposed before by its words; keep what a page was found to hold until a moderator has confirmed it."""

# The print of a proposal is a hash of its kind and its folded words. A draft holds nothing of its page beyond what it proposes.
STATEMENTS = """
ALTER TABLE proposals ADD COLUMN print TEXT NOT NULL DEFAULT '';

CREATE INDEX proposals_print ON proposals (community, print);

CREATE TABLE drafts (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  at INTEGER NOT NULL,
  file TEXT NOT NULL
) STRICT;

CREATE INDEX drafts_of_community ON drafts (community, id);

CREATE INDEX drafts_by_age ON drafts (at);

CREATE TABLE draft_items (
  draft INTEGER NOT NULL REFERENCES drafts ON DELETE CASCADE,
  place INTEGER NOT NULL,
  article TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('quotation', 'excerpt', 'fact', 'prompt')),
  body TEXT NOT NULL,
  people TEXT NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  print TEXT NOT NULL,
  PRIMARY KEY (draft, place)
) STRICT, WITHOUT ROWID;
"""
