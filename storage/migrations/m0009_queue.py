"""Make the tables for what importers propose, and for who is credited with what."""

STATEMENTS = """
CREATE TABLE proposals (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  article TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('quotation', 'excerpt', 'fact', 'prompt')),
  body TEXT NOT NULL,
  people TEXT NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'rejected')),
  decided_by TEXT NOT NULL DEFAULT '',
  decided_name TEXT NOT NULL DEFAULT '',
  decided_at INTEGER,
  reason TEXT NOT NULL DEFAULT '',
  word TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'waiting') = (decided_at IS NULL))
) STRICT;

CREATE INDEX proposals_waiting ON proposals (community, id) WHERE state = 'waiting';

CREATE INDEX proposals_rejected ON proposals (community, decided_at) WHERE state = 'rejected';

CREATE TRIGGER proposals_forget_who_decided AFTER INSERT ON forgetting
BEGIN
  UPDATE proposals SET decided_by = '', decided_name = ''
    WHERE community = new.community AND decided_by = new.member;
END;

CREATE TABLE credits (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  item TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (community, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX credits_of_member ON credits (community, member);
"""
