"""Make the tables for communities, the library, decks, rounds, scores and deliveries."""

_COMMUNITIES = """
CREATE TABLE communities (
  community TEXT PRIMARY KEY,
  zone TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  community TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (community, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE seasons (
  community TEXT NOT NULL,
  start TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (community, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  name TEXT NOT NULL,
  shown INTEGER NOT NULL DEFAULT 0 CHECK (shown IN (0, 1)),
  PRIMARY KEY (community, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
  community TEXT NOT NULL,
  event TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community, event)
) STRICT, WITHOUT ROWID;

CREATE INDEX seen_by_age ON seen (community, at);
"""

_LIBRARY = """
CREATE TABLE editions (
  community TEXT PRIMARY KEY,
  edition INTEGER NOT NULL,
  fingerprint TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
  community TEXT NOT NULL,
  article TEXT NOT NULL,
  place INTEGER NOT NULL,
  gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
  body TEXT NOT NULL,
  PRIMARY KEY (community, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
  community TEXT NOT NULL,
  person TEXT NOT NULL,
  gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
  body TEXT NOT NULL,
  PRIMARY KEY (community, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_people (
  community TEXT NOT NULL,
  article TEXT NOT NULL,
  place INTEGER NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (community, article, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
  community TEXT NOT NULL,
  item TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('quotation', 'excerpt', 'fact', 'prompt')),
  article TEXT NOT NULL,
  place INTEGER NOT NULL,
  speaker TEXT NOT NULL DEFAULT '',
  askable TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL,
  gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
  body TEXT NOT NULL,
  PRIMARY KEY (community, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX items_by_article ON items (community, article, place);

CREATE INDEX items_by_speaker ON items (community, speaker) WHERE speaker <> '';

CREATE TABLE item_topics (
  community TEXT NOT NULL,
  item TEXT NOT NULL,
  topic TEXT NOT NULL,
  PRIMARY KEY (community, item, topic),
  FOREIGN KEY (community, item) REFERENCES items (community, item) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX item_topics_by_topic ON item_topics (community, topic);

CREATE TABLE retired (
  community TEXT NOT NULL,
  item TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community, item)
) STRICT, WITHOUT ROWID;
"""

_DECKS = """
CREATE TABLE decks (
  community TEXT NOT NULL,
  deck TEXT NOT NULL,
  item TEXT NOT NULL,
  times INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  PRIMARY KEY (community, deck, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX decks_by_serial ON decks (community, deck, serial);
"""

_DELIVERIES = """
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  channel TEXT NOT NULL,
  ref_channel TEXT,
  ref_message TEXT,
  CHECK ((ref_channel IS NULL) = (ref_message IS NULL))
) STRICT;

CREATE TABLE showings (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  item TEXT NOT NULL,
  about TEXT NOT NULL,
  speaker TEXT NOT NULL,
  message INTEGER NOT NULL REFERENCES messages (id),
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE CHECK (length(key) <= 25),
  about TEXT NOT NULL,
  message INTEGER REFERENCES messages (id),
  state TEXT NOT NULL CHECK (state IN ('due', 'sending', 'sent', 'failed')),
  begun INTEGER NOT NULL,
  due INTEGER NOT NULL,
  ready INTEGER NOT NULL DEFAULT 0 CHECK (ready IN (0, 1) AND (ready = 0 OR state = 'due')),
  attempts INTEGER NOT NULL DEFAULT 0,
  settled_at INTEGER,
  reason TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  call TEXT NOT NULL
) STRICT;

CREATE TRIGGER showings_at_home BEFORE INSERT ON showings
WHEN NOT EXISTS (SELECT 1 FROM messages WHERE id = new.message AND community = new.community)
BEGIN
  SELECT RAISE(ABORT, 'this message is none of this community');
END;

CREATE TRIGGER deliveries_at_home BEFORE INSERT ON deliveries
WHEN new.message IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM messages WHERE id = new.message AND community = new.community)
BEGIN
  SELECT RAISE(ABORT, 'this message is none of this community');
END;

CREATE INDEX deliveries_ready ON deliveries (due) WHERE ready = 1;

CREATE INDEX deliveries_sending ON deliveries (id) WHERE state = 'sending';

CREATE INDEX deliveries_of_message ON deliveries (message, state) WHERE state = 'due' OR state = 'sending';
"""

_ROUNDS = """
CREATE TABLE rounds (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  channel TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('live', 'standing', 'private')),
  state TEXT NOT NULL CHECK (state IN ('asked', 'open', 'closed', 'void')),
  typed INTEGER NOT NULL CHECK (typed IN (0, 1)),
  item TEXT NOT NULL,
  asker TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  seconds INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,
  due_at INTEGER,
  message INTEGER REFERENCES messages (id),
  tally TEXT,
  question TEXT NOT NULL
) STRICT;

CREATE TRIGGER rounds_at_home BEFORE INSERT ON rounds
WHEN new.message IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM messages WHERE id = new.message AND community = new.community)
BEGIN
  SELECT RAISE(ABORT, 'this message is none of this community');
END;

CREATE INDEX rounds_due ON rounds (due_at) WHERE due_at IS NOT NULL;

CREATE INDEX rounds_running ON rounds (community, channel) WHERE mode = 'live' AND due_at IS NOT NULL;

CREATE INDEX rounds_of_item ON rounds (community, item);

CREATE TABLE answers (
  round INTEGER NOT NULL REFERENCES rounds (id),
  member TEXT NOT NULL,
  at INTEGER NOT NULL,
  is_right INTEGER NOT NULL CHECK (is_right IN (0, 1)),
  changes INTEGER NOT NULL,
  owed INTEGER CHECK (owed IN (0, 1)),
  option INTEGER,
  name TEXT NOT NULL,
  PRIMARY KEY (round, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX answers_of_member ON answers (member, at);

CREATE INDEX answers_owed ON answers (round, at) WHERE owed = 1;

CREATE TABLE sets (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  channel TEXT NOT NULL,
  asker TEXT NOT NULL,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  typed INTEGER NOT NULL CHECK (typed IN (0, 1)),
  mode TEXT NOT NULL CHECK (mode IN ('live', 'standing', 'private')),
  quiet INTEGER NOT NULL CHECK (quiet IN (0, 1)),
  total INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE set_rounds (
  set_id INTEGER NOT NULL REFERENCES sets (id),
  place INTEGER NOT NULL,
  round INTEGER NOT NULL UNIQUE REFERENCES rounds (id),
  PRIMARY KEY (set_id, place)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER set_rounds_at_home BEFORE INSERT ON set_rounds
WHEN (SELECT community FROM sets WHERE id = new.set_id) <> (SELECT community FROM rounds WHERE id = new.round)
BEGIN
  SELECT RAISE(ABORT, 'this round is none of this community');
END;

CREATE TABLE item_stats (
  community TEXT NOT NULL,
  item TEXT NOT NULL,
  answers INTEGER NOT NULL,
  right_answers INTEGER NOT NULL,
  rating REAL,
  PRIMARY KEY (community, item)
) STRICT, WITHOUT ROWID;
"""

# Points are summed by window: `w:2026-11-23` (the Monday), `m:2026-11`, `s:2026` or `s:` and a season's first day, and
# `all`. Triggers count the members who chose to be shown by their points, so that a rank is one short sum.
_SCORES = """
CREATE TABLE score_events (
  community TEXT NOT NULL,
  source TEXT NOT NULL,
  member TEXT NOT NULL,
  points INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community, source, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE forgetting (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (community, member)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER score_events_stay BEFORE UPDATE ON score_events
BEGIN
  SELECT RAISE(ABORT, 'a score event is never changed');
END;

CREATE TRIGGER score_events_are_forgotten_only BEFORE DELETE ON score_events
WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE community = old.community AND member = old.member)
BEGIN
  SELECT RAISE(ABORT, 'a score event is deleted only when its member is forgotten');
END;

CREATE TABLE score_sums (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  window TEXT NOT NULL,
  points INTEGER NOT NULL,
  shown INTEGER NOT NULL CHECK (shown IN (0, 1)),
  PRIMARY KEY (community, member, window)
) STRICT, WITHOUT ROWID;

CREATE INDEX score_sums_board ON score_sums (community, window, points DESC, member) WHERE shown = 1;

CREATE TABLE score_counts (
  community TEXT NOT NULL,
  window TEXT NOT NULL,
  points INTEGER NOT NULL,
  members INTEGER NOT NULL,
  PRIMARY KEY (community, window, points)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER score_sums_enter AFTER INSERT ON score_sums WHEN new.shown = 1
BEGIN
  INSERT INTO score_counts VALUES (new.community, new.window, new.points, 1)
    ON CONFLICT DO UPDATE SET members = members + 1;
END;

CREATE TRIGGER score_sums_leave AFTER DELETE ON score_sums WHEN old.shown = 1
BEGIN
  UPDATE score_counts SET members = members - 1
    WHERE community = old.community AND window = old.window AND points = old.points;
  DELETE FROM score_counts
    WHERE community = old.community AND window = old.window AND points = old.points AND members = 0;
END;

CREATE TRIGGER score_sums_move_from AFTER UPDATE ON score_sums WHEN old.shown = 1
BEGIN
  UPDATE score_counts SET members = members - 1
    WHERE community = old.community AND window = old.window AND points = old.points;
  DELETE FROM score_counts
    WHERE community = old.community AND window = old.window AND points = old.points AND members = 0;
END;

CREATE TRIGGER score_sums_move_to AFTER UPDATE ON score_sums WHEN new.shown = 1
BEGIN
  INSERT INTO score_counts VALUES (new.community, new.window, new.points, 1)
    ON CONFLICT DO UPDATE SET members = members + 1;
END;

CREATE TRIGGER members_appear AFTER INSERT ON members WHEN new.shown = 1
BEGIN
  UPDATE score_sums SET shown = 1 WHERE community = new.community AND member = new.member AND shown = 0;
END;

CREATE TRIGGER members_turn AFTER UPDATE OF shown ON members WHEN old.shown <> new.shown
BEGIN
  UPDATE score_sums SET shown = new.shown WHERE community = new.community AND member = new.member;
END;

CREATE TRIGGER members_vanish AFTER DELETE ON members WHEN old.shown = 1
BEGIN
  UPDATE score_sums SET shown = 0 WHERE community = old.community AND member = old.member;
END;
"""

STATEMENTS = "\n\n".join(map(str.strip, (_COMMUNITIES, _LIBRARY, _DECKS, _DELIVERIES, _ROUNDS, _SCORES)))
