"""The whole schema as text. `python -m tests.schema > tests/data/schema.sql` writes down what a reviewer then reads."""

import sys
from pathlib import Path

from sqlite_utils import Database

from storage.database import open_writer
from storage.store import MEMORY

GOLDEN = Path(__file__).parent / "data" / "schema.sql"
"""The schema after the last migration, in the order in which it is made."""

_STATEMENTS = """
SELECT sql FROM sqlite_master
WHERE sql IS NOT NULL AND substr(tbl_name, 1, 1) <> '_'
  AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
ORDER BY rowid
"""


def schema_of(db: Database) -> str:
    """Write a database's schema, without the table in which migrations are recorded and the insides of the search."""
    return "\n\n".join(f"{row[0]};" for row in db.execute(_STATEMENTS).fetchall()) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_of(open_writer(MEMORY)))
