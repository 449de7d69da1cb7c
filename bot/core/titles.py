"""Articles as people name them: by id, by title, by words of one, with a slip in it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.core.library import Article
from bot.core.names import fold

_NEAR = 70.0
_NEAR_PART = 80.0
_SHORTEST = 4  # letters from which a slip in a part of a title is looked for


def short(article: Article) -> str:
    """Give the title that is for lists."""
    return article.short_title or article.title


def meant(articles: Iterable[Article], typed: str) -> Sequence[Article]:
    """Find the articles of this very id or title; where there are none, those in whose titles the words stand."""
    known, wanted = list(articles), fold(typed)
    same = [each for each in known if typed.strip() == each.id or wanted in map(_folded, _titles(each))]
    return same or [each for each in known if wanted and has_words(each, wanted)]


def has_words(article: Article, wanted: str) -> bool:
    """Whether folded words stand in a title one after the other, the last of them perhaps only begun."""
    return any(f" {wanted}" in f" {_folded(title)}" for title in _titles(article))


def nearest(articles: Iterable[Article], typed: str) -> Article | None:
    """Find the article whose title, or a part of it, is nearest to what was typed; None when none is near."""
    wanted = fold(typed)
    titles = {_folded(title): each for each in articles for title in _titles(each)}
    part = ((fuzz.partial_ratio, _NEAR_PART),) if len(wanted) >= _SHORTEST else ()
    for scorer, cutoff in ((fuzz.ratio, _NEAR), *part):
        found = process.extractOne(wanted, titles.keys(), scorer=scorer, score_cutoff=cutoff)
        if found:
            return titles[found[0]]
    return None


def _titles(article: Article) -> tuple[str, ...]:
    return (article.title, article.short_title) if article.short_title else (article.title,)


@lru_cache(maxsize=8_192)
def _folded(title: str) -> str:
    return fold(title)
