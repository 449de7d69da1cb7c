"""Make the index of the words of quotations, excerpts and articles' titles, of what is there already too."""

# `search_entries` gives each thing that is indexed its rowid in `search_words`. What is gone stays in the index, so that
# a library is written again without a word being indexed twice; to leave it out, and what is retired, is the asker's part.
STATEMENTS = """
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

INSERT INTO search_entries (community, kind, name, article, gone)
SELECT community, 'article', article, article, gone FROM articles;

INSERT INTO search_entries (community, kind, name, article, speaker, gone)
SELECT community, kind, item, article, speaker, gone FROM items WHERE kind IN ('quotation', 'excerpt')
ORDER BY community, article, place;
"""
