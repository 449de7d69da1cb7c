"""docs/privacy.md against the database: every table that holds something of members is told of in its own words."""

import sqlite3
from pathlib import Path

from storage.traces import BY_TRIGGER, ELSEWHERE

ROOT = Path(__file__).parent.parent
DOCUMENT = " ".join((ROOT / "docs" / "privacy.md").read_text(encoding="utf-8").split())
SCHEMA = (ROOT / "tests" / "data" / "schema.sql").read_text(encoding="utf-8")

TOLD = {
    "answers": "your answers: which round, when, right or not, whether you changed it",
    "audit": "what you did as a moderator, with your display name",
    "bookmarks": "your bookmarks",
    "challenges": "a question that is challenged in that time can be counted again",
    "choices_kept": "which option you took, for seven days after the close of a round",
    "credits": "with your name if you asked to be credited",
    "decks": "which questions you have had in private rounds",
    "deliveries": "what is still to be told to you",
    "members": "whether you are shown, and your display name if you are",
    "parts_read": "the excerpts you noted as read",
    "programmes": "the programmes you planned",
    "proposals": "what you did as a moderator, with your display name",
    "quiets": "what you did as a moderator, with your display name",
    "rescorings": "corrections of your score by a moderator",
    "review_sittings": "the one in front of you, and your display name with it",
    "reviews": "the questions in your review, with when each comes back",
    "rounds": "which rounds you asked for",
    "saved": "the quotations you saved",
    "score_events": "your points, and what each was given for",
    "score_sums": "your points by week, month, season and topic",
    "sets": "which rounds you asked for",
    "setting_changes": "that `/settings` names you as a moderator",
    "settings": "that `/settings` names you as a moderator",
    "suggestions": "what you sent with `/suggest`, word for word",
    "topic_points": "your points by week, month, season and topic",
}
"""What the document says of each table that holds members' ids."""
IN_PASSING = {"forgetting"}
"""Tables that hold an id for as long as its forgetting takes."""


def _tables_of_members() -> set[str]:
    """Find the tables with a column for a member, and those whose traces of members the storage knows."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(SCHEMA)
        named = connection.execute(
            "SELECT DISTINCT t.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c "
            "WHERE t.type = 'table' AND c.name = 'member'"
        ).fetchall()
    finally:
        connection.close()
    return (
        {table for (table,) in named}
        | {trace.table for trace in ELSEWHERE}
        | {table for table, _ in BY_TRIGGER}
    )


def test_every_table_that_holds_something_of_members_is_told_of() -> None:
    """A new table of that kind is told of in the document before it ships."""
    assert _tables_of_members() - IN_PASSING == set(TOLD)


def test_the_document_says_so_of_each() -> None:
    """The words stand there."""
    assert {table: words for table, words in TOLD.items() if words not in DOCUMENT} == {}
