"""Make the table for what members suggest."""

# An accepted suggestion outlives its member, without the name: what deletes a member's rows leaves it so. Who decides
# is forgotten here when `forgetting` says so.
STATEMENTS = """
CREATE TABLE suggestions (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('quotation', 'prompt', 'correction')),
  fields TEXT NOT NULL,
  credit TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'rejected')),
  decided_by TEXT NOT NULL DEFAULT '',
  decided_name TEXT NOT NULL DEFAULT '',
  decided_at INTEGER,
  reason TEXT NOT NULL DEFAULT '',
  word TEXT NOT NULL DEFAULT '',
  told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
  CHECK ((state = 'waiting') = (decided_at IS NULL))
) STRICT;

CREATE INDEX suggestions_waiting ON suggestions (community, id) WHERE state = 'waiting';

CREATE INDEX suggestions_of_member ON suggestions (community, member, state);

CREATE TRIGGER suggestions_accepted_stay AFTER DELETE ON suggestions WHEN old.state = 'accepted' AND old.member <> ''
BEGIN
  INSERT INTO suggestions VALUES (
    old.id, old.community, '', old.kind, old.fields, '', old.at, old.state, old.decided_by, old.decided_name,
    old.decided_at, old.reason, old.word, 1);
END;

CREATE TRIGGER suggestions_forget_who_decided AFTER INSERT ON forgetting
BEGIN
  UPDATE suggestions SET decided_by = '', decided_name = ''
    WHERE community = new.community AND decided_by = new.member;
END;
"""
