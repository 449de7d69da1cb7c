"""The schema, in numbered migrations that each run once, in a transaction: one file each, in the order of their names.

A migration that has shipped is never edited: a change is a new file with the next number. Each has `STATEMENTS`, parted
by blank lines. Tables are strict; times are UTC seconds; the community `''` is the library that all share; JSON columns
hold what `bot.core.codec` or `storage.bodies` wrote.
"""

import importlib
import pkgutil

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("hundred_regiments")


def names() -> frozenset[str]:
    """List the migrations that this version of the program knows."""
    return frozenset(each.name for each in pkgutil.iter_modules(__path__))


def _add(name: str) -> None:
    module = importlib.import_module(f"{__name__}.{name}")

    @MIGRATIONS(name=name)
    def migrate(db: Database) -> None:
        # `executescript` looks for the ends of statements letter by letter.
        for statement in module.STATEMENTS.strip().split("\n\n"):
            db.execute(statement)


for _name in sorted(names()):
    _add(_name)
