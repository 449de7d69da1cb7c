"""Whose a row is: which tables have rows of communities, found in the schema itself, so that none has to be listed."""

from collections.abc import Mapping
from graphlib import TopologicalSorter

from storage.driver import sqlite3

_TABLES = r"""
SELECT name FROM pragma_table_list
WHERE schema = 'main' AND type = 'table' AND name NOT LIKE '\_%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
ORDER BY name
"""
_PARENTS = 'SELECT DISTINCT "table" FROM pragma_foreign_key_list(?1) WHERE "table" <> ?1'
_NAMES_ITS_COMMUNITY = "SELECT 1 FROM pragma_table_info(?) WHERE name = 'community'"
_HANGS_ON = """
SELECT f."from", f."table" FROM pragma_foreign_key_list(?1) AS f JOIN pragma_table_info(?1) AS c ON c.name = f."from"
WHERE f."table" <> ?1 AND coalesce(f."to", 'id') = 'id' AND (c."notnull" OR c.pk) ORDER BY f."from"
"""


def owned(connection: sqlite3.Connection) -> Mapping[str, str]:
    """Give the condition that finds a community's rows (?1) in each table that has any, parents before their children.

    A row is of the community that its column `community` names, or else of the one that the row is of which its first
    required reference names. A table where neither says whose its rows are is left out.
    """
    names = [name for (name,) in connection.execute(_TABLES).fetchall()]
    parents = {
        name: [parent for (parent,) in connection.execute(_PARENTS, (name,)).fetchall()] for name in names
    }
    whose: dict[str, str] = {}
    for name in TopologicalSorter(parents).static_order():
        if connection.execute(_NAMES_ITS_COMMUNITY, (name,)).fetchone():
            whose[name] = "community = ?1"
            continue
        for column, parent in connection.execute(_HANGS_ON, (name,)).fetchall():
            if parent in whose:
                whose[name] = f"{column} IN (SELECT id FROM {parent} WHERE {whose[parent]})"
                break
    return whose
