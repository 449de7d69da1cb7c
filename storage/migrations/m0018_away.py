"""Note which communities are out of reach, since their platform is lost: what is due there waits until it connects again."""

STATEMENTS = """
ALTER TABLE presences ADD COLUMN away INTEGER NOT NULL DEFAULT 0 CHECK (away IN (0, 1));

CREATE INDEX presences_away ON presences (community) WHERE away = 1;
"""
