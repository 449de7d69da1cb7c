"""Searching the words of what is in service, with SQLite's full-text index.

The index is kept up to date by triggers (see the migration). It holds what every community has, so each entry that is
found is held against what is in service here before it is given.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from rapidfuzz import fuzz, process

from bot.core.names import fold
from bot.core.ports import Hit
from storage.driver import sqlite3

_Row = tuple[Any, ...]
"""Kind, id, article, whose it is, and the place in the index or the words."""

COMMON = 500
"""Entries from which on a word is in so many that, where not every word is found, it says nothing."""
_MOST_WORDS = 30
_NO_MARKS = str.maketrans('"\0', "  ")
_ALIKE = 60.0
_LOOKED_AT = 25
_SHORTEST = 4  # letters from which a word has a plural
_ORDER = {"quotation": 0, "excerpt": 1, "article": 2}

# What is the community's own takes the place of what is shared under the same id.
_IN_SERVICE = """
FROM search_words w JOIN search_entries e ON e.id = w.rowid
WHERE search_words MATCH ?1 AND e.community IN ('', ?2) AND e.gone = 0
  AND NOT EXISTS (SELECT 1 FROM retired WHERE community = ?2 AND item = e.name AND e.kind <> 'article')
  AND NOT (e.community <> ?2 AND CASE e.kind
    WHEN 'article' THEN EXISTS (SELECT 1 FROM articles WHERE community = ?2 AND article = e.name AND gone = 0)
    ELSE EXISTS (SELECT 1 FROM items WHERE community = ?2 AND item = e.name AND gone = 0) END)
  AND (e.kind <> 'article' OR EXISTS (
    SELECT 1 FROM items o INDEXED BY items_by_article
    WHERE o.community IN ('', ?2) AND o.article = e.name AND o.gone = 0
      AND NOT EXISTS (SELECT 1 FROM retired WHERE community = ?2 AND item = o.item)))
"""
_FIND = f"SELECT e.kind, e.name, e.article, e.community, e.id {_IN_SERVICE} LIMIT ?3"
_NEAR = f"""
SELECT e.kind, e.name, e.article, e.community, w.words || ' ' || w.speaker {_IN_SERVICE} ORDER BY w.rank LIMIT ?3
"""
_NEAR_UNRANKED = _NEAR.replace("ORDER BY w.rank", "")
_WORDS = "SELECT words FROM items WHERE community = ? AND item = ?"
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH ? LIMIT ?)"
_TERMS = "SELECT term FROM search_terms WHERE term >= ? AND term < ?"


class Search:
    """The search port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def find(self, community: str, typed: str, most: int) -> Sequence[Hit]:
        """List what holds every word that was typed, first what holds them as they stand."""
        words = list(_words(typed))
        if not words:
            return ()
        enough = most + most // 2  # some stand for nothing of their own
        rows = self._found(_phrase(typed), community, enough)
        if len(rows) < enough:
            rows = list(dict.fromkeys((*rows, *self._found(" AND ".join(words), community, enough))))
        return [Hit(row[0], row[1]) for row in self._without_doubles(rows)[:most]]

    def near(self, community: str, typed: str, most: int) -> Sequence[tuple[Hit, str]]:
        """List what holds any word that was typed, by the words that are not in everything where there are any."""
        words = list(_words(typed))
        if not words:
            return ()
        telling = [each for each in words if self._count(each) < COMMON]
        match, sql = " OR ".join(telling or words), _NEAR if telling else _NEAR_UNRANKED
        rows = self._without_doubles(self._execute(sql, (match, community, most)).fetchall())
        return [(Hit(row[0], row[1]), row[4]) for row in rows]

    def alike(self, community: str, word: str, most: int) -> Sequence[str]:
        """List words like this one, of those that begin with its first letter or, swapped in haste, its second."""
        word = fold(word)
        terms: list[str] = []
        for start in dict.fromkeys(word[:2]):
            rows = self._execute(_TERMS, (start, f"{start}\U0010ffff")).fetchall()
            terms.extend(row[0] for row in rows)
        near = process.extract(word, terms, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_LOOKED_AT)
        here = (term for term, _, _ in near if self._found(_phrase(term), community, 1))
        return list(islice(here, most))

    def _found(self, match: str, community: str, most: int) -> list[_Row]:
        rows: list[_Row] = self._execute(_FIND, (match, community, most)).fetchall()
        return sorted(rows, key=lambda row: (_ORDER[row[0]], row[4]))

    def _without_doubles(self, rows: Sequence[_Row]) -> Sequence[_Row]:
        """Leave out an excerpt where a quotation that was found stands in it: its words would be given twice."""
        articles = {row[2] for row in rows if row[0] == "excerpt"}
        quoted: dict[str, list[str]] = {}
        for row in rows:
            if row[0] == "quotation" and row[2] in articles:
                quoted.setdefault(row[2], []).append(self._text(row))
        return [row for row in rows if row[0] != "excerpt" or not self._holds(row, quoted.get(row[2], ()))]

    def _holds(self, excerpt: _Row, quoted: Sequence[str]) -> bool:
        text = self._text(excerpt) if quoted else ""
        return any(words in text for words in quoted)

    def _text(self, row: _Row) -> str:
        return f" {self._execute(_WORDS, (row[3], row[1])).fetchone()[0]} "

    def _count(self, match: str) -> int:
        """Count entries, of whatever community, up to COMMON: what is common is common everywhere."""
        return int(self._execute(_COUNT, (match, COMMON)).fetchone()[0])


def _words(typed: str) -> Iterator[str]:
    """Give each word that was typed as the index takes it, in the singular or the plural."""
    for piece in typed.split()[:_MOST_WORDS]:
        if fold(piece):
            yield f"({' OR '.join(map(_phrase, dict.fromkeys((piece, *_numbers(piece)))))})"


def _numbers(word: str) -> Iterator[str]:
    """Give what may be the singular or the plural of an English word."""
    if len(word) >= _SHORTEST and word[-1].isalpha():
        yield f"{word}s"
        if word.endswith("y"):
            yield f"{word[:-1]}ies"
        if word.endswith("ies"):
            yield f"{word[:-3]}y"
        elif word.endswith("s") and not word.endswith("ss"):
            yield word[:-1]


def _phrase(words: str) -> str:
    """Quote words, so that none is a word of the index's own language."""
    return f'"{words.encode(errors="ignore").decode().translate(_NO_MARKS)}"'
