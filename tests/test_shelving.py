"""A community's own shelves: what is added, retired and restored, and how much of an article may be held."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core import rights
from bot.core.library import Article, Excerpt, Fact, Grade, Person, Prompt, Quotation, Rights
from bot.core.ports import Counts, Ports
from bot.core.rounds import Given, State
from storage.store import Store
from tests.storage_samples import HERE, NOW, THERE, ask, opened, ports_of, shelf

OWN_ARTICLE = Article(id="own-speech", title="Speech at Oxford", rights=Rights.IN_COPYRIGHT, words=0)
CLARA = Person(id="clara-brook", name="Clara Brook")
BRIDGE = Quotation(
    id="own-bridge", article="own-speech", text="We build bridges.", speaker="clara-brook", grade=Grade.B,
    topics=("rivers",),
)  # fmt: skip


@pytest.fixture(params=("file", "memory"))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open a store with a small shared library, on a file and in memory."""
    for each in opened(request.param, tmp_path):
        each.stock([shelf()])
        yield each


@pytest.fixture
def ports(store: Store) -> Iterator[Ports]:
    """Give the store's ports, within a transaction."""
    with store.transaction():
        yield ports_of(store)


def _ids(ports: Ports, community: str) -> list[str]:
    return [each.id for each in ports.library.quotations(community)]


def test_an_own_item_is_served_here_and_nowhere_else(ports: Ports) -> None:
    """What a community adds is in service at once, with its article, its speaker and its topic; no other sees it."""
    assert _ids(ports, HERE) == ["ada-1", "ben-2", "ada-3"]  # the list is in memory from here on
    ports.shelves.put(HERE, OWN_ARTICLE, [CLARA], BRIDGE)
    assert _ids(ports, HERE) == ["ada-1", "ben-2", "ada-3", "own-bridge"]
    assert ports.library.quotation(HERE, "own-bridge") == BRIDGE
    assert ports.library.article(HERE, "own-speech") == OWN_ARTICLE
    assert ports.library.person(HERE, "clara-brook") == CLARA
    assert [each.id for each in ports.library.quotations(HERE, about="rivers", kind="who")] == ["own-bridge"]
    assert _ids(ports, THERE) == ["ada-1", "ben-2", "ada-3"]
    assert ports.library.quotation(THERE, "own-bridge") is None
    assert ports.library.person(THERE, "clara-brook") is None


def test_what_is_known_stays_as_it_is(ports: Ports) -> None:
    """An own item of a shared article leaves the article and its people alone, and takes the article's topics."""
    other = replace(BRIDGE, article="engines", speaker="ada", topics=())
    ada = ports.library.person(HERE, "ada")
    article = ports.library.article(HERE, "engines")
    assert ada is not None
    assert article is not None
    ports.shelves.put(HERE, replace(article, title="Another"), [replace(ada, name="Another")], other)
    assert ports.library.person(HERE, "ada") == ada
    assert ports.library.article(HERE, "engines") == article
    assert "own-bridge" in [each.id for each in ports.library.quotations(HERE, about="machines")]


def test_somebody_private_never_keys_a_question(ports: Ports) -> None:
    """An own quotation of a person who is not public is shown, and not asked as who said it."""
    ports.shelves.put(HERE, None, [], replace(BRIDGE, article="engines", speaker="ben"))
    assert "own-bridge" in _ids(ports, HERE)
    assert "own-bridge" not in [each.id for each in ports.library.quotations(HERE, kind="who")]


def test_a_prompt_may_belong_to_no_article(ports: Ports) -> None:
    """A community's own prompt needs no article, and is counted apart."""
    ports.shelves.put(HERE, None, [], Prompt(id="own-p", article="", text="What now?"))
    assert [each.id for each in ports.library.prompts(HERE)] == ["own-p"]
    assert ports.shelves.counts(HERE)[""] == Counts(in_service={"prompt": 1})


def test_retiring_is_for_one_community(ports: Ports) -> None:
    """A retired item is out of service here, stays known, and goes on elsewhere; restoring brings it back."""
    _ids(ports, HERE)
    assert ports.shelves.retire(HERE, "ada-1", NOW)
    assert _ids(ports, HERE) == ["ben-2", "ada-3"]
    assert _ids(ports, THERE) == ["ada-1", "ben-2", "ada-3"]
    entry = ports.shelves.entry(HERE, "ada-1")
    assert entry is not None
    assert (entry.item.id, entry.retired_at) == ("ada-1", NOW)
    assert ports.shelves.counts(HERE)["engines"] == Counts(in_service={"quotation": 2, "fact": 1}, retired=1)
    assert ports.shelves.counts(THERE)["engines"] == Counts(in_service={"quotation": 3, "fact": 1})
    assert ports.shelves.restore(HERE, "ada-1")
    assert _ids(ports, HERE) == ["ada-1", "ben-2", "ada-3"]


def test_what_is_done_already_changes_nothing(ports: Ports) -> None:
    """Retiring twice and restoring what is in service say so, and keep the first moment."""
    assert not ports.shelves.restore(HERE, "ada-1")
    ports.shelves.retire(HERE, "ada-1", NOW)
    assert not ports.shelves.retire(HERE, "ada-1", NOW + 9)
    assert [each.retired_at for each in ports.shelves.retired(HERE, 9)] == [NOW]


def test_a_credit_is_shown_and_goes_with_its_member(ports: Ports) -> None:
    """Who suggested a quotation stands on it here alone, until they are forgotten."""
    ports.shelves.put(HERE, OWN_ARTICLE, [CLARA], BRIDGE)
    ports.shelves.credit(HERE, "own-bridge", "ana", "Ana")
    found = ports.library.quotation(HERE, "own-bridge")
    assert found == replace(BRIDGE, credit="Ana")
    ports.members.forget(HERE, "ana", NOW)
    assert ports.library.quotation(HERE, "own-bridge") == BRIDGE


@pytest.mark.parametrize(
    ("typed", "retired", "found"),
    [
        ("ada", None, ["ada-1", "ada-3"]),
        ("ada", False, ["ada-3"]),
        ("ada", True, ["ada-1"]),
        ("Patience", None, ["ben-2"]),
        ("ENGINE", None, ["ada-1", "fact-1"]),
        ("nothing of the kind", None, []),
        ("%", None, []),
    ],
)
def test_entries_are_found_by_id_and_words(
    ports: Ports, typed: str, *, retired: bool | None, found: list[str]
) -> None:
    """A part of an id or of the words finds an entry, whatever its capitals; no sign has a meaning of its own."""
    ports.shelves.retire(HERE, "ada-1", NOW)
    entries = ports.shelves.find(HERE, typed, retired=retired, most=9)
    assert [each.item.id for each in entries] == found


def test_what_has_many_answers_is_listed(ports: Ports) -> None:
    """Only questions with enough answers here are listed, with how many were right."""
    number = ask(ports)
    assert ports.shelves.answered(HERE, 0) == {}
    for member in range(3):
        ports.rounds.give(number, f"m{member}", Given(0, right=member == 0), NOW)
    ports.rounds.move(number, State.CLOSED, closes_at=NOW)
    assert ports.shelves.answered(HERE, 3) == {"ada-1": (3, 1)}
    assert ports.shelves.answered(HERE, 4) == {}
    assert ports.shelves.answered(THERE, 0) == {}


def test_what_was_shown_is_counted_from_a_moment_on(ports: Ports) -> None:
    """Cards of quotations, excerpts and rounds count from that moment on, private and void rounds not at all."""
    message = ports.deliveries.message(HERE, "general")
    for at in (NOW - 100, NOW):
        ports.showings.add(HERE, item="ben-2", about="", by="", message=message, at=at)
    ports.reading.post(HERE, item="x", date="2026-11-24", anew=False, message=message)
    ports.reading.post(HERE, item="x", date="2026-11-23", anew=False, message=message)
    ask(ports)
    ask(ports, state=State.VOID)
    assert ports.shelves.shown(HERE, NOW, "2026-11-24") == {"ada-1": 1, "ben-2": 1, "x": 1}
    assert ports.shelves.shown(THERE, 0, "") == {}


WORDS = "one two three four five six seven eight nine ten"
LONG = Article(id="long", title="The Ferry", rights=Rights.IN_COPYRIGHT, words=80)


def _excerpt(text: str, number: int = 1) -> Excerpt:
    return Excerpt(id=f"x-{number}", article="long", text=text, part=number)


@pytest.mark.parametrize(
    ("article", "words", "refusal"),
    [
        (LONG, WORDS, ""),
        (LONG, f"{WORDS} and then ten more words that nobody has held here before",
         "21 words of “The Ferry” would be held, and 25% of its 80 are 20. Take out 1 or more."),
        (LONG, " ".join(f"w{each}" for each in range(31)),
         "One card would show 31 words of an article in copyright, and at most 30 are allowed."),
        (replace(LONG, words=0), " ".join(f"w{each}" for each in range(21)),
         "31 words of “The Ferry” would be held; its length is not known, so at most 30 may be. Take out 1 or more."),
        (replace(LONG, rights=Rights.LICENSED), " ".join(f"w{each}" for each in range(99)), ""),
    ],
)  # fmt: skip
def test_no_more_is_taken_in_than_quoting_allows(article: Article, words: str, refusal: str) -> None:
    """A card's words, a quarter of an article, and for a source of unknown length one card: the union counts."""
    held = [_excerpt(WORDS)]
    assert rights.refusal(article, held, _excerpt(words, 2), share=0.25, card_words=30) == refusal


def test_every_passage_of_an_item_counts() -> None:
    """A quotation's context and a fact's proof are words of the article too; a prompt's are none."""
    quotation = replace(BRIDGE, before="a b", passage="c We build bridges. d", after="e")
    fact = Fact(id="f", article="x", question="Why?", answer="y", options=("y",), passage="because of it")
    assert rights.union(text for _, text in rights.verbatim(quotation)) == 8
    assert rights.union(text for _, text in rights.verbatim(fact)) == 3
    assert list(rights.verbatim(Prompt(id="p", article="x", text="So?"))) == []
