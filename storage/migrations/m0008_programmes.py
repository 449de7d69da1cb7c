"""Make the tables for programmes, the ledger of their posts, quiet mode and blackout dates."""

# A programme's post is one row for each of its slots. Skipped dates stand there ahead of time.
STATEMENTS = """
CREATE TABLE programmes (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('excerpt', 'quote', 'quiz', 'prompt', 'leaderboard')),
  channel TEXT NOT NULL,
  days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 127),
  time TEXT NOT NULL,
  zone TEXT NOT NULL,
  ends TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('today', 'article', 'topic', 'line-up')),
  about TEXT NOT NULL,
  text TEXT NOT NULL,
  question TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  ping TEXT NOT NULL,
  thread INTEGER NOT NULL CHECK (thread IN (0, 1)),
  pin INTEGER NOT NULL CHECK (pin IN (0, 1)),
  grace INTEGER NOT NULL,
  catch_up TEXT NOT NULL CHECK (catch_up IN ('latest', 'all', 'none')),
  owner TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('on', 'paused', 'stopped', 'ended', 'removed')),
  paused_until TEXT NOT NULL,
  removed_at INTEGER NOT NULL,
  series_from INTEGER NOT NULL,
  drawn TEXT NOT NULL,
  warned INTEGER NOT NULL CHECK (warned IN (0, 1)),
  next_slot TEXT NOT NULL,
  next_at INTEGER,
  CHECK (next_at IS NULL OR next_slot <> '')
) STRICT;

CREATE INDEX programmes_due ON programmes (next_at) WHERE next_at IS NOT NULL;

CREATE INDEX programmes_here ON programmes (community, id) WHERE removed_at = 0;

CREATE TABLE programme_posts (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  programme INTEGER NOT NULL REFERENCES programmes (id),
  slot TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('due', 'posted', 'skipped', 'failed', 'held')),
  reason TEXT NOT NULL,
  item TEXT NOT NULL,
  round INTEGER REFERENCES rounds (id),
  message INTEGER REFERENCES messages (id),
  delivery INTEGER REFERENCES deliveries (id),
  expires_at INTEGER NOT NULL,
  UNIQUE (programme, slot)
) STRICT;

CREATE TRIGGER programme_posts_at_home BEFORE INSERT ON programme_posts
WHEN NOT EXISTS (SELECT 1 FROM programmes WHERE id = new.programme AND community = new.community)
BEGIN
  SELECT RAISE(ABORT, 'this programme is none of this community');
END;

CREATE INDEX programme_posts_under_way ON programme_posts (expires_at) WHERE state = 'due';

CREATE INDEX programme_posts_held ON programme_posts (community, slot) WHERE state = 'held';

CREATE TABLE quiets (
  community TEXT PRIMARY KEY,
  since INTEGER NOT NULL,
  until INTEGER,
  set_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX quiets_over ON quiets (until) WHERE until IS NOT NULL;

CREATE TABLE blackouts (
  community TEXT NOT NULL,
  date TEXT NOT NULL,
  PRIMARY KEY (community, date)
) STRICT, WITHOUT ROWID;
"""
