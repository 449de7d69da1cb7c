"""Note of a programme's posts whether anybody touched them, and of its owner whether they are still here."""

# Nobody knows of the posts before this whether they were touched.
STATEMENTS = """
ALTER TABLE programmes ADD COLUMN watched_from INTEGER NOT NULL DEFAULT 0;

ALTER TABLE programmes ADD COLUMN asked_after INTEGER NOT NULL DEFAULT 0;

ALTER TABLE programmes ADD COLUMN owner_gone INTEGER NOT NULL DEFAULT 0 CHECK (owner_gone IN (0, 1));

ALTER TABLE programme_posts ADD COLUMN touched INTEGER NOT NULL DEFAULT 1 CHECK (touched IN (0, 1));

CREATE INDEX messages_placed ON messages (ref_message) WHERE ref_message IS NOT NULL;
"""
