"""Make the table of where the bot is, and let a community be removed whole once it was left long ago."""

# What is never cut otherwise (score events, the audit log, accepted suggestions) goes with its community. A row that is
# deleted is looked for in every table that may hang on it, so each of those columns leads an index.
STATEMENTS = """
CREATE TABLE presences (
  community TEXT PRIMARY KEY,
  left_at INTEGER,
  removing INTEGER NOT NULL DEFAULT 0 CHECK (removing IN (0, 1)),
  removed_at INTEGER,
  cleaned INTEGER NOT NULL DEFAULT 1 CHECK (cleaned IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX presences_left ON presences (left_at) WHERE left_at IS NOT NULL;

CREATE INDEX presences_removing ON presences (community) WHERE removing = 1;

CREATE INDEX presences_unclean ON presences (community) WHERE cleaned = 0;

INSERT INTO presences (community)
SELECT community FROM (
  SELECT community FROM settings UNION SELECT community FROM messages UNION SELECT community FROM rounds
  UNION SELECT community FROM decks UNION SELECT community FROM members UNION SELECT community FROM programmes
  UNION SELECT community FROM suggestions UNION SELECT community FROM saved UNION SELECT community FROM seen
  UNION SELECT community FROM score_sums UNION SELECT community FROM parts_read UNION SELECT community FROM reviews
) WHERE community GLOB '?*:?*';

DROP TRIGGER score_events_are_forgotten_only;

CREATE TRIGGER score_events_are_forgotten_only BEFORE DELETE ON score_events
WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE community = old.community AND member = old.member)
  AND NOT EXISTS (SELECT 1 FROM presences WHERE community = old.community AND removing = 1)
BEGIN
  SELECT RAISE(ABORT, 'a score event is deleted only when its member is forgotten');
END;

DROP TRIGGER audit_is_kept;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM presences WHERE community = old.community AND removing = 1)
BEGIN
  SELECT RAISE(ABORT, 'the audit log is never cut');
END;

DROP TRIGGER suggestions_accepted_stay;

CREATE TRIGGER suggestions_accepted_stay AFTER DELETE ON suggestions
WHEN old.state = 'accepted' AND old.member <> ''
  AND NOT EXISTS (SELECT 1 FROM presences WHERE community = old.community AND removing = 1)
BEGIN
  INSERT INTO suggestions VALUES (
    old.id, old.community, '', old.kind, old.fields, '', old.at, old.state, old.decided_by, old.decided_name,
    old.decided_at, old.reason, old.word, 1);
END;

CREATE INDEX messages_of_community ON messages (community);

CREATE INDEX showings_of_community ON showings (community);

CREATE INDEX showings_of_message ON showings (message);

CREATE INDEX deliveries_of_community ON deliveries (community);

CREATE INDEX deliveries_on_message ON deliveries (message);

CREATE INDEX rounds_of_message ON rounds (message);

CREATE INDEX excerpt_posts_of_message ON excerpt_posts (message);

CREATE INDEX programmes_of_community ON programmes (community);

CREATE INDEX programme_posts_of_community ON programme_posts (community);

CREATE INDEX programme_posts_of_round ON programme_posts (round);

CREATE INDEX programme_posts_of_message ON programme_posts (message);

CREATE INDEX programme_posts_of_delivery ON programme_posts (delivery);

CREATE INDEX proposals_of_community ON proposals (community);

CREATE INDEX setting_changes_of_community ON setting_changes (community);

CREATE INDEX challenges_of_community ON challenges (community);

CREATE INDEX choices_kept_of_community ON choices_kept (community);
"""
