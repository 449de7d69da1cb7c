"""The draw of the day, and the rows of /excerpt and /read."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.core import reading
from bot.core.cards import Paragraph
from bot.core.features.read import part_card
from bot.core.library import Article, Excerpt, Fact, Prompt, Rights
from bot.core.ports import Bookmark, Candidate, Day, Ports
from bot.core.ports.settings import ZONE
from bot.core.reading import where
from storage.stocking import renew
from storage.store import MEMORY, Store
from tests.houses import shelves
from tests.storage_samples import DAY, HERE, NOW, THERE, ports_of, shelf

ENGINES = tuple(
    Excerpt(id=f"x-{number}", article="engines", text=f"Part {number}. And more.", part=number)
    for number in (3, 1, 2)
)


@pytest.fixture
def store() -> Iterator[Store]:
    """Open a store with one article of three excerpts, a question on the second of them, and a prompt."""
    opened = Store(MEMORY)
    fact = Fact(
        id="on-2", article="engines", question="Which?", answer="This", options=("That", "This"), passage="This.",
        excerpt="x-2",
    )  # fmt: skip
    prompt = Prompt(id="p-1", article="engines", text="What do you think?")
    opened.stock([replace(shelf(), excerpts=ENGINES, facts=(*shelf().facts, fact), prompts=(prompt,))])
    with opened.transaction():
        yield opened
    opened.close()


@pytest.fixture
def bundled() -> Iterator[Store]:
    """Open a store with the two articles that ship."""
    opened = Store(MEMORY)
    opened.stock(shelves())
    with opened.transaction():
        yield opened
    opened.close()


def _retire(store: Store, item: str) -> None:
    store._db.execute("INSERT INTO retired VALUES (?, ?, ?)", (HERE, item, NOW))
    renew(store._db.conn, HERE)


def _live_in(store: Store, community: str, zone: str) -> None:
    ports_of(store).settings.put(community, ZONE, zone)


def _today(ports: Ports, at: int, community: str = HERE) -> Day:
    day = reading.todays(ports, community, at)
    assert day is not None
    return day


class _Library:
    """A library in memory with what was drawn from it, for draws over many days."""

    def __init__(self, sizes: dict[str, int], authors: dict[str, str]) -> None:
        self.parts = {
            article: [f"{article}-{place}" for place in range(size)] for article, size in sizes.items()
        }
        self.authors = authors
        self.served: dict[str, dict[str, tuple[int, int]]] = {}
        self.drawn: list[str] = []

    def draw(self) -> str:
        """Draw the next day's."""
        item, article, turn = reading.choose(self.parts, self.authors, self.served, f"seed {len(self.drawn)}")
        self.drawn.append(item)
        self.served.setdefault(article, {})[item] = (len(self.drawn), turn)
        return item


def _named(names: Sequence[str], text: str) -> str:
    """Name one of several as anybody can recompute it."""
    return sorted(names)[int(sha256(text.encode()).hexdigest(), 16) % len(names)]


def test_the_draw_can_be_recomputed_by_anybody(bundled: Store) -> None:
    """Salt, community, date and the count of draws name the author, then the article, then the excerpt."""
    seed = f"hundred-regiments/excerpt/1|{HERE}|2026-11-24|1"
    author = _named(["neal-lawson", "article:losing-momentum"], f"{seed}|author")
    article = {"neal-lawson": "out-of-one-party", "article:losing-momentum": "losing-momentum"}[author]
    excerpts = next(each.excerpts for each in shelves() if each.article.id == article)
    expected = _named([each.id for each in excerpts], f"{seed}|excerpt")
    assert expected == _today(ports_of(bundled), NOW).item


def test_a_draw_depends_on_no_chance(bundled: Store) -> None:
    """Another generator draws the same; another community draws in an order of its own."""
    orders = {}
    for community, seed in ((HERE, 1), (THERE, 2), ("third", 3)):
        ports = replace(ports_of(bundled), chance=random.Random(seed))
        orders[community] = [_today(ports, NOW + day * DAY, community).item for day in range(10)]
    bundled._db.execute("DELETE FROM excerpt_days")
    bundled._db.execute("DELETE FROM excerpts_served")
    again = replace(ports_of(bundled), chance=random.Random(99))
    assert orders[HERE] == [_today(again, NOW + day * DAY).item for day in range(10)]
    assert len(set(map(tuple, orders.values()))) == 3


@pytest.mark.parametrize(
    ("sizes", "authors"),
    [
        ({"a": 1}, {}),
        ({"a": 5, "b": 5}, {"a": "ada"}),
        ({"a": 2, "b": 7, "c": 1}, {"a": "ada", "b": "ben", "c": "ada"}),
        ({"a": 3, "b": 3, "c": 3, "d": 3}, {"a": "ada", "b": "ada"}),
    ],
)
def test_nothing_comes_again_before_everything_was_served(
    sizes: dict[str, int], authors: dict[str, str]
) -> None:
    """Every turn serves each excerpt once, and the next begins with another than the last ended with."""
    library = _Library(sizes, authors)
    total = sum(sizes.values())
    days = [library.draw() for _ in range(5 * total)]
    turns = [days[first : first + total] for first in range(0, len(days), total)]
    assert [sorted(turn) for turn in turns] == [sorted(turns[0])] * 5
    assert total == 1 or all(before != after for before, after in pairwise(days))


def test_speakers_and_articles_take_turns() -> None:
    """However much there is of one author, the other is heard every second day until there is no more."""
    library = _Library({"a": 4, "b": 2, "c": 6}, {"a": "ada", "b": "ben", "c": "ada"})
    articles = [library.draw()[0] for _ in range(12)]
    assert articles[:4].count("b") == 2
    assert "bb" not in "".join(articles)
    assert [each for each in articles if each != "b"][:8] in (list("acacacac"), list("cacacaca"))


def test_authors_who_are_not_named_are_not_one_author() -> None:
    """Each article without a named author is heard as often as a named one."""
    library = _Library({"a": 2, "b": 2, "c": 2}, {"a": "ada"})
    articles = [library.draw()[0] for _ in range(6)]
    assert [sorted(articles[:3]), sorted(articles[3:])] == [["a", "b", "c"]] * 2


def test_what_is_added_is_served_once_and_not_day_after_day() -> None:
    """An excerpt that comes in the middle of a turn has its place in it, and then waits for the next like all."""
    library = _Library({"a": 4}, {})
    for _ in range(6):
        library.draw()
    library.parts["a"].append("new")
    rest = [library.draw() for _ in range(3)]
    assert rest.count("new") == 1
    assert sorted(library.drawn[4:9]) == ["a-0", "a-1", "a-2", "a-3", "new"]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/London", "2026-11-24"), ("Europe/London", "2026-10-25"), ("Europe/London", "2027-03-28"),
        ("Pacific/Auckland", "2026-09-27"), ("Australia/Lord_Howe", "2027-04-04"), ("Africa/Cairo", "2027-04-30"),
        ("America/Havana", "2026-11-01"),
    ],
)  # fmt: skip
def test_the_day_is_the_community_s_own(bundled: Store, zone: str, day: str) -> None:
    """From its local midnight to the next, clock changes or not, there is one excerpt, and another before and after."""
    _live_in(bundled, HERE, zone)
    ports, today = ports_of(bundled), date.fromisoformat(day)
    begins, ends = (
        int(datetime(each.year, each.month, each.day, tzinfo=ZoneInfo(zone)).timestamp())
        for each in (today, today + timedelta(days=1))
    )
    before, first, last, after = (_today(ports, at) for at in (begins - 1, begins, ends - 1, ends))
    assert [each.date for each in (before, first, after)] == [
        (today + timedelta(days=away)).isoformat() for away in (-1, 0, 1)
    ]
    assert first == last
    assert len({before.item, first.item, after.item}) == 3


def test_a_change_of_zone_changes_the_date_and_no_day(bundled: Store) -> None:
    """Where it is tomorrow, tomorrow's excerpt is shown; back where it is today, today's stands as it was."""
    ports = ports_of(bundled)
    today = _today(ports, NOW)
    _live_in(bundled, HERE, "Pacific/Auckland")
    tomorrow = _today(ports, NOW)
    _live_in(bundled, HERE, "Pacific/Honolulu")
    assert _today(ports, NOW) == today
    assert (tomorrow.date, _today(ports, NOW + DAY)) == ("2026-11-25", tomorrow)


def test_communities_share_neither_days_nor_counts(bundled: Store) -> None:
    """What one community draws and reads changes nothing of another's."""
    ports = ports_of(bundled)
    here = [_today(ports, NOW + day * DAY).item for day in range(5)]
    ports.reading.note(HERE, "ana", here[0], "engines", NOW)
    assert ports.reading.day(THERE, "2026-11-24") is None
    assert (ports.reading.readers(HERE, here[0]), ports.reading.readers(THERE, here[0])) == (1, 0)
    assert len({_today(ports, NOW + day * DAY, THERE).item for day in range(10)}) == 10


def test_a_day_that_is_over_stays_what_it_was(bundled: Store) -> None:
    """Retired on a later day, an excerpt stays the one of its day; retired on its own, it is drawn anew, and counted."""
    ports = ports_of(bundled)
    monday, tuesday = _today(ports, NOW), _today(ports, NOW + DAY)
    _retire(bundled, monday.item)
    _retire(bundled, tuesday.item)
    anew = _today(ports, NOW + DAY)
    assert (anew.date, anew.draw, anew == _today(ports, NOW + DAY + 60)) == (tuesday.date, 2, True)
    assert anew.item not in {monday.item, tuesday.item}
    assert ports.reading.day(HERE, monday.date) == monday
    rest = {_today(ports, NOW + day * DAY).item for day in range(2, 9)}
    assert len(rest | {anew.item}) == 8


def test_no_excerpt_means_no_day(store: Store) -> None:
    """Where everything is retired nothing is drawn, until something is back."""
    ports = ports_of(store)
    before = _today(ports, NOW)
    for item in ("x-1", "x-2", "x-3"):
        _retire(store, item)
    assert reading.todays(ports, HERE, NOW) is None
    assert ports.library.parts(HERE) == {}
    store._db.execute("DELETE FROM retired")
    renew(store._db.conn, HERE)
    assert _today(ports, NOW) == before


def test_the_library_gives_excerpts_by_their_parts(store: Store) -> None:
    """Parts come in the order of their numbers, not of the file; what is retired is left out."""
    library = ports_of(store).library
    assert library.parts(HERE) == {"engines": ["x-1", "x-2", "x-3"]}
    assert library.excerpt(HERE, "x-3") == ENGINES[0]
    assert library.excerpt(HERE, "on-2") is None
    _retire(store, "x-2")
    assert library.parts(HERE) == {"engines": ["x-1", "x-3"]}
    assert library.parts(THERE) == {"engines": ["x-1", "x-2", "x-3"]}
    assert (library.excerpt(HERE, "x-2"), library.known(HERE, "x-2")) == (None, True)
    assert library.known(HERE, "nothing") is False


def test_the_library_gives_questions_on_excerpts_and_prompts(store: Store) -> None:
    """A question is found by its excerpt while it is in service; a prompt by its article."""
    library = ports_of(store).library
    fact, prompt = library.fact_on(HERE, "x-2"), library.prompt(HERE, "p-1")
    assert (fact and fact.id, prompt and prompt.text) == ("on-2", "What do you think?")
    assert library.fact_on(HERE, "x-1") is None
    assert library.prompts(HERE, article="engines") == (Candidate("p-1", "", "engines"),)
    assert library.prompts(HERE, article="other") == ()
    _retire(store, "on-2")
    _retire(store, "p-1")
    assert (library.fact_on(HERE, "x-2"), library.prompt(HERE, "p-1"), library.prompts(HERE)) == (
        None,
        None,
        (),
    )


def test_no_query_of_a_card_reads_through_a_table(store: Store) -> None:
    """The question on an excerpt, its readers, its cards and the day are found by an index."""
    on_excerpt = (
        "SELECT item FROM items INDEXED BY items_on_excerpt WHERE community IN ('', ?) AND kind = 'fact' "
        "AND json_extract(body, '$.excerpt') = ?"
    )
    queries = [
        on_excerpt,
        "SELECT count(*) FROM parts_read WHERE community = ? AND item = ?",
        "SELECT id FROM excerpt_posts WHERE community = ? AND item = ? AND date = 'x'",
        "SELECT item FROM excerpt_days WHERE community = ? AND date = ? ORDER BY draw DESC LIMIT 1",
    ]
    for query in queries:
        plan = store._db.execute(f"EXPLAIN QUERY PLAN {query}", (HERE, "x")).fetchall()
        assert [row[3].split(" ")[0] for row in plan] == ["SEARCH"]
        assert "community=?" in plan[0][3]
        assert plan[0][3].count("=?") > 1


def test_reading_is_kept_by_member(store: Store) -> None:
    """A part is noted once, with when; a bookmark is one an article; the latest come first; counts follow deletions."""
    port = ports_of(store).reading
    assert [
        port.note(HERE, "ana", item, "engines", NOW + at) for at, item in enumerate(("x-1", "x-1", "x-2"))
    ] == [
        True,
        False,
        True,
    ]
    assert (port.noted(HERE, "ana", "x-1"), port.noted(HERE, "ben", "x-1")) == (NOW, None)
    assert list(port.read(HERE, "ana").items()) == [("x-2", "engines"), ("x-1", "engines")]
    marks = [Bookmark(article=article, item="x-1", part=1) for article in ("engines", "other")]
    for at, mark in enumerate(marks):
        port.place(HERE, "ana", mark, NOW + at)
    moved = replace(marks[0], item="x-2", part=2)
    port.place(HERE, "ana", moved, NOW + 2)
    assert port.bookmarks(HERE, "ana") == [moved, marks[1]]
    assert (port.bookmark(HERE, "ana", "engines"), port.bookmark(HERE, "ben", "engines")) == (moved, None)
    store._db.execute("DELETE FROM parts_read WHERE community = ? AND member = 'ana'", (HERE,))
    assert port.readers(HERE, "x-1") == 0


@pytest.mark.parametrize(
    ("bookmark", "read", "place"),
    [
        (None, (), 0),
        (None, ("a", "b"), 2),
        (None, ("a", "b", "c"), 0),
        (("b", 2), ("a", "b", "c"), 1),
        (("retired", 2), (), 1),
        (("retired", 9), (), 2),
    ],
)
def test_where_to_go_on(bookmark: tuple[str, int] | None, read: tuple[str, ...], place: int) -> None:
    """At the bookmark, or in the place of what was retired; without one at the first part that is not read."""
    mark = Bookmark(article="x", item=bookmark[0], part=bookmark[1]) if bookmark else None
    assert where(["a", "b", "c"], mark, read) == place


def _part(rights: Rights = Rights.IN_COPYRIGHT, *, of: int = 5, text: str = "One. Two.") -> reading.Part:
    article = Article(id="a", title="A title", rights=rights, words=100, date="1899")
    excerpt = Excerpt(id="x", article="a", text=text, part=2)
    return reading.Part(
        excerpt=excerpt, article=article, author=None, number=2, of=of, before="before", after="after"
    )


@pytest.mark.parametrize(
    ("rights", "of", "ends"),
    [
        (Rights.IN_COPYRIGHT, 1, "1899. In copyright: one short excerpt, not the whole article."),
        (Rights.IN_COPYRIGHT, 12, "1899. In copyright: twelve short excerpts, not the whole article."),
        (Rights.IN_COPYRIGHT, 13, "1899. In copyright: 13 short excerpts, not the whole article."),
        (Rights.PUBLIC_DOMAIN, 5, "author not named, 1899"),
        (Rights.LICENSED, 5, "author not named, 1899"),
    ],
)
def test_the_source_line_says_what_the_rights_allow(rights: Rights, of: int, ends: str) -> None:
    """Only what is in copyright is said to be, with how many excerpts there are."""
    assert _part(rights, of=of).source.endswith(ends)


def test_a_long_excerpt_ends_with_a_whole_sentence() -> None:
    """What one card cannot hold stands on the next page, which begins with a sentence."""
    sentence = "It says “no.” And more of it follows here."
    shown = _part(text=" ".join([sentence] * 100)).words
    assert shown.endswith("follows here.")
    assert 2_700 < len(shown) <= 2_800
    assert _part().words == "One. Two."


def test_a_part_says_when_it_is_posted_where_that_is_known() -> None:
    """The bookmark's line names the day on which a programme will post the part (card 5.2)."""
    lines = [
        "".join(getattr(each, "text", "") for each in block.parts)
        for posted_on in (date(2026, 11, 25), None)
        for block in part_card(_part(), "mark", posted_on=posted_on).body
        if isinstance(block, Paragraph)
    ]
    assert lines == [
        "Your bookmark is at part 2, which is posted here on Wed 25 Nov.",
        "Your bookmark is at part 2.",
    ]
