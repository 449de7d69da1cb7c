"""Make the table that boards by topic are summed from, and what keeps it true."""

# What shown members scored on each topic, in quarters of an hour, in which no local date changes but at their
# beginning. An item of a community's own has its own topics, in place of those of the shared item with its id.
STATEMENTS = """
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

INSERT INTO topic_points
SELECT e.community, e.member, e.topic, e.at, sum(e.points) FROM topic_events AS e
JOIN members AS m ON m.community = e.community AND m.member = e.member AND m.shown = 1
GROUP BY e.community, e.member, e.topic, e.at;
"""
