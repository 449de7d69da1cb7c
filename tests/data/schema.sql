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

CREATE TABLE saved (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  item TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community, member, item)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE forgotten (
  community TEXT NOT NULL,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  cleaned INTEGER NOT NULL DEFAULT 0 CHECK (cleaned IN (0, 1)),
  PRIMARY KEY (community, salt, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX rounds_of_asker ON rounds (community, asker);

CREATE INDEX sets_of_asker ON sets (community, asker);

CREATE TABLE search_entries (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('quotation', 'excerpt', 'article')),
  name TEXT NOT NULL,
  article TEXT NOT NULL,
  speaker TEXT NOT NULL DEFAULT '',
  gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
  UNIQUE (community, kind, name)
) STRICT;

CREATE INDEX search_entries_by_speaker ON search_entries (speaker);

CREATE VIRTUAL TABLE search_words USING fts5 (words, speaker, tokenize = 'unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE search_terms USING fts5vocab (search_words, row);

CREATE VIEW search_texts AS
SELECT e.id, json_extract(i.body, '$.text') AS words, coalesce((
    SELECT json_extract(p.body, '$.name') || ' ' || json_extract(p.body, '$.aliases') FROM people p
    WHERE p.person = e.speaker AND p.community IN ('', e.community) ORDER BY p.community DESC LIMIT 1
  ), '') AS speaker
FROM search_entries e JOIN items i ON i.community = e.community AND i.item = e.name WHERE e.kind <> 'article'
UNION ALL
SELECT e.id, json_extract(a.body, '$.title'), ''
FROM search_entries e JOIN articles a ON a.community = e.community AND a.article = e.name WHERE e.kind = 'article';

CREATE TRIGGER search_entries_enter AFTER INSERT ON search_entries
BEGIN
  INSERT INTO search_words (rowid, words, speaker) SELECT id, words, speaker FROM search_texts WHERE id = new.id;
END;

CREATE TRIGGER search_entries_change AFTER UPDATE OF speaker ON search_entries
BEGIN
  DELETE FROM search_words WHERE rowid = old.id;
  INSERT INTO search_words (rowid, words, speaker) SELECT id, words, speaker FROM search_texts WHERE id = new.id;
END;

CREATE TRIGGER search_entries_leave AFTER DELETE ON search_entries
BEGIN
  DELETE FROM search_words WHERE rowid = old.id;
END;

CREATE TRIGGER items_enter_search AFTER INSERT ON items WHEN new.kind IN ('quotation', 'excerpt')
BEGIN
  INSERT INTO search_entries (community, kind, name, article, speaker, gone)
    VALUES (new.community, new.kind, new.item, new.article, new.speaker, new.gone);
END;

CREATE TRIGGER items_change_in_search AFTER UPDATE OF community, item, kind, article, speaker, body ON items
WHEN (old.community, old.item, old.kind, old.article, old.speaker, json_extract(old.body, '$.text'))
  IS NOT (new.community, new.item, new.kind, new.article, new.speaker, json_extract(new.body, '$.text'))
BEGIN
  DELETE FROM search_entries WHERE community = old.community AND kind = old.kind AND name = old.item;
  INSERT INTO search_entries (community, kind, name, article, speaker, gone)
    SELECT new.community, new.kind, new.item, new.article, new.speaker, new.gone
    WHERE new.kind IN ('quotation', 'excerpt');
END;

CREATE TRIGGER items_go_in_search AFTER UPDATE OF gone ON items WHEN old.gone <> new.gone
BEGIN
  UPDATE search_entries SET gone = new.gone
    WHERE community = new.community AND kind = new.kind AND name = new.item;
END;

CREATE TRIGGER items_leave_search AFTER DELETE ON items
BEGIN
  DELETE FROM search_entries WHERE community = old.community AND kind = old.kind AND name = old.item;
END;

CREATE TRIGGER articles_enter_search AFTER INSERT ON articles
BEGIN
  INSERT INTO search_entries (community, kind, name, article, gone)
    VALUES (new.community, 'article', new.article, new.article, new.gone);
END;

CREATE TRIGGER articles_change_in_search AFTER UPDATE OF community, article, body ON articles
WHEN (old.community, old.article, json_extract(old.body, '$.title'))
  IS NOT (new.community, new.article, json_extract(new.body, '$.title'))
BEGIN
  DELETE FROM search_entries WHERE community = old.community AND kind = 'article' AND name = old.article;
  INSERT INTO search_entries (community, kind, name, article, gone)
    VALUES (new.community, 'article', new.article, new.article, new.gone);
END;

CREATE TRIGGER articles_go_in_search AFTER UPDATE OF gone ON articles WHEN old.gone <> new.gone
BEGIN
  UPDATE search_entries SET gone = new.gone
    WHERE community = new.community AND kind = 'article' AND name = new.article;
END;

CREATE TRIGGER articles_leave_search AFTER DELETE ON articles
BEGIN
  DELETE FROM search_entries WHERE community = old.community AND kind = 'article' AND name = old.article;
END;

CREATE TRIGGER people_enter_search AFTER INSERT ON people
BEGIN
  UPDATE search_entries SET speaker = speaker WHERE speaker = new.person AND new.community IN ('', community);
END;

CREATE TRIGGER people_change_in_search AFTER UPDATE OF body ON people WHEN old.body <> new.body
BEGIN
  UPDATE search_entries SET speaker = speaker WHERE speaker = new.person AND new.community IN ('', community);
END;

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

CREATE TRIGGER suggestions_forget_who_decided AFTER INSERT ON forgetting
BEGIN
  UPDATE suggestions SET decided_by = '', decided_name = ''
    WHERE community = new.community AND decided_by = new.member;
END;

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
  next_at INTEGER, watched_from INTEGER NOT NULL DEFAULT 0, asked_after INTEGER NOT NULL DEFAULT 0, owner_gone INTEGER NOT NULL DEFAULT 0 CHECK (owner_gone IN (0, 1)),
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
  expires_at INTEGER NOT NULL, touched INTEGER NOT NULL DEFAULT 1 CHECK (touched IN (0, 1)),
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
  word TEXT NOT NULL DEFAULT '', print TEXT NOT NULL DEFAULT '',
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

CREATE TABLE topic_points (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  topic TEXT NOT NULL,
  at INTEGER NOT NULL,
  points INTEGER NOT NULL,
  PRIMARY KEY (community, member, topic, at)
) STRICT, WITHOUT ROWID;

CREATE INDEX topic_points_board ON topic_points (community, topic, member, at, points);

CREATE VIEW topic_events AS
SELECT e.community, e.source, e.member, t.topic, e.at / 900 * 900 AS at, e.points
FROM score_events AS e
CROSS JOIN rounds AS r ON r.community = e.community AND r.id = CASE
  WHEN e.source GLOB 'round:*' THEN CAST(substr(e.source, 7) AS INTEGER)
  WHEN e.source GLOB 'rescore:*' THEN (SELECT round FROM challenges WHERE entry = CAST(substr(e.source, 9) AS INTEGER))
END
CROSS JOIN item_topics AS t ON t.item = r.item AND t.community = (
  SELECT max(i.community) FROM items AS i WHERE i.item = r.item AND i.community IN ('', r.community));

CREATE VIEW topic_sources AS
SELECT member, 'round:' || round AS source FROM answers
UNION ALL
SELECT a.member, 'rescore:' || c.entry FROM answers AS a CROSS JOIN challenges AS c ON c.round = a.round;

CREATE TRIGGER score_events_on_topics AFTER INSERT ON score_events
WHEN EXISTS (SELECT 1 FROM members WHERE community = new.community AND member = new.member AND shown = 1)
BEGIN
  INSERT INTO topic_points SELECT e.community, e.member, e.topic, e.at, e.points FROM topic_events AS e
    WHERE e.community = new.community AND e.source = new.source AND e.member = new.member
    ON CONFLICT DO UPDATE SET points = points + excluded.points;
END;

CREATE TRIGGER members_appear_on_topics AFTER INSERT ON members WHEN new.shown = 1
BEGIN
  INSERT INTO topic_points SELECT e.community, e.member, e.topic, e.at, sum(e.points) FROM topic_events AS e
    WHERE e.community = new.community AND e.member = new.member
      AND e.source IN (SELECT source FROM topic_sources WHERE member = new.member)
    GROUP BY e.topic, e.at;
END;

CREATE TRIGGER members_turn_on_topics AFTER UPDATE OF shown ON members WHEN old.shown <> new.shown
BEGIN
  DELETE FROM topic_points WHERE community = new.community AND member = new.member;
  INSERT INTO topic_points SELECT e.community, e.member, e.topic, e.at, sum(e.points) FROM topic_events AS e
    WHERE new.shown = 1 AND e.community = new.community AND e.member = new.member
      AND e.source IN (SELECT source FROM topic_sources WHERE member = new.member)
    GROUP BY e.topic, e.at;
END;

CREATE TRIGGER members_vanish_on_topics AFTER DELETE ON members WHEN old.shown = 1
BEGIN
  DELETE FROM topic_points WHERE community = old.community AND member = old.member;
END;

CREATE TABLE untold (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  card TEXT NOT NULL
) STRICT;

CREATE INDEX untold_here ON untold (community, id);

CREATE TABLE presences (
  community TEXT PRIMARY KEY,
  left_at INTEGER,
  removing INTEGER NOT NULL DEFAULT 0 CHECK (removing IN (0, 1)),
  removed_at INTEGER,
  cleaned INTEGER NOT NULL DEFAULT 1 CHECK (cleaned IN (0, 1))
, away INTEGER NOT NULL DEFAULT 0 CHECK (away IN (0, 1))) STRICT, WITHOUT ROWID;

CREATE INDEX presences_left ON presences (left_at) WHERE left_at IS NOT NULL;

CREATE INDEX presences_removing ON presences (community) WHERE removing = 1;

CREATE INDEX presences_unclean ON presences (community) WHERE cleaned = 0;

CREATE TRIGGER score_events_are_forgotten_only BEFORE DELETE ON score_events
WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE community = old.community AND member = old.member)
  AND NOT EXISTS (SELECT 1 FROM presences WHERE community = old.community AND removing = 1)
BEGIN
  SELECT RAISE(ABORT, 'a score event is deleted only when its member is forgotten');
END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM presences WHERE community = old.community AND removing = 1)
BEGIN
  SELECT RAISE(ABORT, 'the audit log is never cut');
END;

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

CREATE INDEX messages_placed ON messages (ref_message) WHERE ref_message IS NOT NULL;

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

CREATE TABLE kept_items (
  community TEXT NOT NULL,
  item TEXT NOT NULL,
  answers INTEGER NOT NULL,
  PRIMARY KEY (community, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX presences_away ON presences (community) WHERE away = 1;
