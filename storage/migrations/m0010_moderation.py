"""Make the audit log, and the tables for challenges, sums that are worked out anew, and choices that are let go."""

# The audit log is never changed, but for the name of who is forgotten. A challenge has the id of its entry there. The
# choices of a closed round are kept for seven days, so that an upheld challenge can tell who took which option.
STATEMENTS = """
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  moderator TEXT NOT NULL,
  moderator_name TEXT NOT NULL,
  action TEXT NOT NULL,
  about TEXT NOT NULL,
  whom TEXT NOT NULL,
  detail TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_of_community ON audit (community, id);

CREATE INDEX audit_about ON audit (community, about) WHERE about <> '';

CREATE INDEX audit_of_whom ON audit (community, whom) WHERE whom <> '';

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
WHEN NOT (
  (new.id, new.community, new.action, new.about, new.at) = (old.id, old.community, old.action, old.about, old.at)
  AND ((new.moderator, new.moderator_name) = (old.moderator, old.moderator_name)
    OR ((new.moderator, new.moderator_name) = ('', '')
      AND EXISTS (SELECT 1 FROM forgetting WHERE community = old.community AND member = old.moderator)))
  AND ((new.whom, new.detail) = (old.whom, old.detail)
    OR ((new.whom, new.detail) = ('', '')
      AND EXISTS (SELECT 1 FROM forgetting WHERE community = old.community AND member = old.whom)))
)
BEGIN
  SELECT RAISE(ABORT, 'the audit log is never changed');
END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is never cut');
END;

CREATE TRIGGER audit_forgets AFTER INSERT ON forgetting
BEGIN
  UPDATE audit SET moderator = '', moderator_name = ''
    WHERE community = new.community AND moderator = new.member;
  UPDATE audit SET whom = '', detail = ''
    WHERE community = new.community AND whom = new.member AND whom <> '';
END;

CREATE TABLE setting_changes (
  entry INTEGER PRIMARY KEY REFERENCES audit (id),
  community TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL
) STRICT;

CREATE TABLE challenges (
  entry INTEGER PRIMARY KEY REFERENCES audit (id),
  community TEXT NOT NULL,
  round INTEGER NOT NULL REFERENCES rounds (id),
  option INTEGER,
  points INTEGER NOT NULL,
  reached TEXT NOT NULL DEFAULT '',
  under_way INTEGER NOT NULL DEFAULT 1 CHECK (under_way IN (0, 1))
) STRICT;

CREATE TRIGGER challenges_at_home BEFORE INSERT ON challenges
WHEN NOT EXISTS (SELECT 1 FROM rounds WHERE id = new.round AND community = new.community)
BEGIN
  SELECT RAISE(ABORT, 'this round is none of this community');
END;

CREATE INDEX challenges_of_round ON challenges (round);

CREATE INDEX challenges_under_way ON challenges (entry) WHERE under_way = 1;

CREATE TABLE rescorings (
  community TEXT PRIMARY KEY,
  reached TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE choices_kept (
  round INTEGER PRIMARY KEY REFERENCES rounds (id),
  community TEXT NOT NULL,
  until INTEGER NOT NULL,
  reached TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX choices_kept_until ON choices_kept (until);

CREATE TRIGGER rounds_keep_choices AFTER UPDATE OF state ON rounds WHEN new.state = 'closed' AND old.state <> 'closed'
BEGIN
  INSERT INTO choices_kept (round, community, until) VALUES (new.id, new.community, new.closes_at + 604800)
    ON CONFLICT DO NOTHING;
END;

CREATE INDEX rounds_to_challenge ON rounds (community, id) WHERE state = 'closed' AND mode <> 'private';

INSERT INTO choices_kept (round, community, until)
SELECT id, community, closes_at + 604800 FROM rounds WHERE state = 'closed';
"""
