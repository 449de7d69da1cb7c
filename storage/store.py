"""The store: the one writing connection, and the ports on it."""

import random
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from bot.core.library import Shelf
from bot.core.ports import NextDay, Ports, Rules, Spacing
from storage.audit import Audit
from storage.boards import Boards
from storage.cleaning import clean, is_clean
from storage.communities import DEFAULT_ZONE, Communities
from storage.community_settings import CommunitySettings
from storage.database import MEMORY, DatabaseFault, open_reader, open_writer, sentence
from storage.decks import Decks, Showings
from storage.deliveries import Deliveries
from storage.drafts import Drafts
from storage.driver import sqlite3
from storage.library import Library
from storage.members import Members
from storage.memory import Memory
from storage.moderation import Moderation
from storage.notices import Notices
from storage.pins import Pins
from storage.presences import Presences
from storage.programmes import Programmes
from storage.queue import Queue
from storage.reading import Reading
from storage.reviews import Reviews
from storage.rounds import Rounds
from storage.saved import Saved
from storage.scores import Scores
from storage.search import Search
from storage.sets import Sets
from storage.shelving import Shelves
from storage.stocking import stock
from storage.suggestions import Suggestions
from storage.transactions import Savepoint, Transaction, TransactionLost

__all__ = ["MEMORY", "DatabaseFault", "Store", "TransactionLost", "open_reader"]


class Store:
    """A database that is open for writing, or with `reading` for reading alone, by the thread that opened it.

    `zone` is the IANA zone of communities that have not set theirs. Raises DatabaseFault with a sentence for the
    host when the database cannot be used.
    """

    def __init__(self, path: str | Path, *, zone: str = DEFAULT_ZONE, reading: bool = False) -> None:
        self._db = open_reader(path) if reading else open_writer(path)
        self._reading = reading
        self._path = path
        connection = self._db.conn
        self._memory = memory = Memory()
        self._library = Library(connection, memory)
        self._decks = Decks(connection)
        self._showings = Showings(connection)
        self._rounds = Rounds(connection, memory)
        self._sets = Sets(connection)
        self._scores = Scores(connection, memory)
        self._boards = Boards(connection)
        self._members = Members(connection, memory)
        self._saved = Saved(connection)
        self._search = Search(connection)
        self._suggestions = Suggestions(connection)
        self._queue = Queue(connection)
        self._drafts = Drafts(connection)
        self._shelves = Shelves(connection)
        self._readings = Reading(connection)
        self._reviews = Reviews(connection)
        self._programmes = Programmes(connection)
        self._pins = Pins(connection)
        self._deliveries = Deliveries(connection)
        self._notices = Notices(connection)
        self._communities = Communities(connection, memory, zone)
        self._presences = Presences(connection, memory)
        self._settings = CommunitySettings(connection, memory)
        self._audit = Audit(connection)
        self._moderation = Moderation(connection)

    def ports(self, chance: random.Random, rules: Rules, spacing: Spacing | None = None) -> Ports:
        """Give the core's ports onto this database; without `spacing`, every question comes back the next day."""
        return Ports(
            library=self._library,
            decks=self._decks,
            showings=self._showings,
            rounds=self._rounds,
            sets=self._sets,
            scores=self._scores,
            boards=self._boards,
            members=self._members,
            saved=self._saved,
            search=self._search,
            suggestions=self._suggestions,
            queue=self._queue,
            drafts=self._drafts,
            shelves=self._shelves,
            reading=self._readings,
            reviews=self._reviews,
            programmes=self._programmes,
            pins=self._pins,
            deliveries=self._deliveries,
            notices=self._notices,
            communities=self._communities,
            presences=self._presences,
            settings=self._settings,
            audit=self._audit,
            moderation=self._moderation,
            chance=chance,
            spacing=spacing or NextDay(),
            rules=rules,
        )

    @property
    def changes(self) -> int:
        """How many rows were written since the database was opened, those that were undone again too."""
        return int(self._db.conn.total_changes)

    def transaction(self) -> AbstractContextManager[None]:
        """Begin a transaction: durable when its context ends, undone by an exception. Raises TransactionLost."""
        return Transaction(self._db.conn, self._memory, reading=self._reading)

    def savepoint(self) -> AbstractContextManager[None]:
        """Begin a part of the transaction that an exception undoes alone. Raises TransactionLost."""
        return Savepoint(self._db.conn, self._memory)

    def stock(self, shelves: Iterable[Shelf]) -> bool:
        """Make the shared library what these shelves hold, in a transaction; False when it was that already."""
        with self.transaction():
            return stock(self._db.conn, shelves)

    def make_ready(self, shelves: Iterable[Shelf]) -> None:
        """Stock the library, and leave no copy of whoever was forgotten.

        Raises DatabaseFault with a sentence for the host.
        """
        try:
            self.stock(shelves)
            self.tidy()
        except (TransactionLost, sqlite3.Error) as error:
            raise DatabaseFault(sentence(self._path, error.__cause__ or error)) from error

    def tidy(self) -> None:
        """Write the file anew if anybody, or a community, was forgotten since that was done last: no copy is left in it."""
        if not is_clean(self._db.conn):
            clean(self._db.conn)

    def close(self) -> None:
        """Close the connection; a transaction that is open is undone."""
        self._db.close()
