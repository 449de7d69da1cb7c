"""What the tests of /review share: questions to answer, cards to read, and rows to look at."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.driver import sqlite3
from storage.stocking import renew
from tests.conversation import Talk
from tests.houses import NOW

DAY = 86_400
LENIN, COPELAND = "Vladimir Lenin", "Copeland"
FACT, WHO = "fact about:1982", "who about:words"
FINISH, ARTICLE = "finish about:weapon", "article about:quest"
RIGHT = {
    FACT: COPELAND,
    WHO: LENIN,
    FINISH: "socialism will be realised",
    ARTICLE: "Out of one party, many cultures",
}

QUESTION = (
    "  Which by-election was, by March 2017, the first since 1982 in which a governing party took a seat from the "
    "opposition?"
)
PASSAGE = """
  In the article, section “The Fallout”:
  | “Now comes the result of the by-election in Copeland in the north-west of England, and the first time since 1982 that a ruling government has taken a seat from the opposition in a by-election.”
Source: “Losing Momentum: how Jeremy Corbyn’s support group ran out of steam”, author not named, New Statesman, 23 March 2017"""
EMPTY = "Your review is empty. A question that you answer another way comes back here, for you alone."


def options(card: str) -> dict[str, str]:
    """Give the options of a card, by their words, with the number to type for each."""
    labels = re.findall(r"\[(\d)\](?: ([^\[#]+?))?(?=  \[| {3}#)", card.rsplit("\n", 1)[-1])
    return {words or re.findall(rf"(?m)^  {number} (.+)$", card)[0]: number for number, words in labels}


def other_than(card: str, right: str) -> str:
    """Give the number of an option that is not the right one."""
    return next(number for words, number in options(card).items() if words != right)


async def miss(talk: Talk, who: str, *quizzes: str) -> None:
    """Let somebody answer private questions another way."""
    for quiz in quizzes:
        card = await talk(who, f"/quiz {quiz} where:private")
        assert (await talk(who, other_than(card, RIGHT[quiz]))).splitlines()[0].endswith("in your /review.")


async def reviewed(talk: Talk, card: str, right: str, *, known: bool) -> str:
    """Let Ana answer the card of a question, as one who knows it or not."""
    return await talk("Ana", options(card)[right] if known else other_than(card, right))


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """Write beside the bot, as another process could."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    """Read a table."""
    with connected(path) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def retire(path: Path, item: str) -> None:
    """Take an item out of service in the console's community."""
    with connected(path) as connection:
        connection.execute("INSERT INTO retired VALUES ('console:test', ?, ?)", (item, NOW))
        renew(connection, "console:test")


def item_of(path: Path, kind: str) -> str:
    """Name the item of the one question of a kind in review."""
    with connected(path) as connection:
        return str(connection.execute("SELECT item FROM reviews WHERE kind = ?", (kind,)).fetchone()[0])
