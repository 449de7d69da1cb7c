"""Transactions and the savepoints in them.

SQLite may answer a full disk by rolling the whole transaction back, savepoints included. Whoever handles several
events in one transaction must then take all of them for not done: that is TransactionLost. A failure that SQLite can
undo within its savepoint stays what it is.
"""

from types import TracebackType

from storage.driver import sqlite3
from storage.memory import Memory


class TransactionLost(Exception):  # noqa: N818 - what happened, not whose fault it is
    """Nothing of this transaction is in the database; the connection can be used again."""


class Transaction:
    """One transaction as a context: committed at its end, rolled back by an exception.

    The write lock is taken at once, so that what is read stays true until it is written; with `reading` there is
    none, and all that is read belongs to one moment. Raises TransactionLost when it cannot begin, cannot be committed,
    or is gone.
    """

    def __init__(self, connection: sqlite3.Connection, memory: Memory, *, reading: bool = False) -> None:
        self._connection = connection
        self._memory = memory
        self._begin = "BEGIN" if reading else "BEGIN IMMEDIATE"

    def __enter__(self) -> None:
        try:
            self._connection.execute(self._begin)
        except sqlite3.Error as error:
            self._roll_back()  # of what somebody wrote outside any transaction: it must not stand in the way for ever
            raise TransactionLost(f"the transaction could not begin: {error}") from error
        self._memory.begun()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._connection.in_transaction:
            self._roll_back()
            raise TransactionLost("the transaction was rolled back by a failure in it") from error
        if error is not None:
            self._roll_back()
            return
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error as cause:
            self._roll_back()
            raise TransactionLost(f"the transaction could not be committed: {cause}") from cause
        self._memory.done()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._memory.undone()
        self._memory.done()


class Savepoint:
    """A part of a transaction as a context: an exception undoes this part alone.

    Its name is always the same, which SQLite allows when they nest, so that its statements stay prepared. Raises
    TransactionLost when the transaction around it is gone.
    """

    def __init__(self, connection: sqlite3.Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory

    def __enter__(self) -> None:
        if not self._connection.in_transaction:
            raise TransactionLost("there is no transaction for a savepoint")
        self._connection.execute("SAVEPOINT part")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is not None:
                self._memory.undone()
                self._connection.execute("ROLLBACK TO part")
            self._connection.execute("RELEASE part")
        except sqlite3.Error as cause:
            self._memory.undone()
            raise TransactionLost("the transaction was rolled back by a failure in it") from (error or cause)
