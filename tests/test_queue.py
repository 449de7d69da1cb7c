"""The queue: what waits and what was decided, and the rules that review goes by."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core import queueing
from bot.core.library import Article, Excerpt, Grade, Item, Person, Prompt, Quotation, Rights
from bot.core.names import fold
from bot.core.ports import Decision, Found, Ports, Standing, Worded
from storage.store import Store
from tests.houses import shelves
from tests.storage_samples import HERE, NOW, THERE, opened, ports_of, shelf

FOUND = Found(
    article=shelf().article,
    item=shelf().quotations[0],
    people=shelf().people,
    rule="the tag after it",
    confidence=0.75,
    before="Before.",
    after="“After.",
)
NO = Decision(standing=Standing.REJECTED, by="mia", name="Mia", at=NOW, reason="other", word="Sorry")
YES = Decision(standing=Standing.ACCEPTED, by="noor", name="Noor", at=NOW + 5)


@pytest.fixture(params=("file", "memory"))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open a store on a file and in memory."""
    yield from opened(request.param, tmp_path)


@pytest.fixture
def ports(store: Store) -> Iterator[Ports]:
    """Give the store's ports, within a transaction."""
    with store.transaction():
        yield ports_of(store)


@pytest.mark.parametrize(
    "item",
    [
        *shelf().items,
        Excerpt(id="x", article="engines", text="One. Two.", part=1),
        Prompt(id="p", article="engines", text="What do you think?"),
    ],
)
def test_a_proposal_comes_back_as_it_was(ports: Ports, item: Item) -> None:
    """Everything that was found is read as the very values that were written, whatever its kind."""
    number = ports.queue.propose(HERE, replace(FOUND, item=item), NOW)
    proposal = ports.queue.proposal(HERE, number)
    assert proposal is not None
    assert proposal.found == replace(FOUND, item=item)
    assert (proposal.at, proposal.decision) == (NOW, None)


def test_a_proposal_waits_in_its_own_community(ports: Ports) -> None:
    """Another community neither finds a proposal, nor counts it, nor decides it."""
    number = ports.queue.propose(HERE, FOUND, NOW)
    assert ports.queue.proposal(THERE, number) is None
    assert (ports.queue.count(HERE), ports.queue.count(THERE)) == (1, 0)
    assert ports.queue.decide(THERE, number, NO) is None
    assert ports.queue.count(HERE) == 1


def test_places_count_what_waits_before(ports: Ports) -> None:
    """A place is counted over what waits; the one after the last is none."""
    first, second, third = (ports.queue.propose(HERE, FOUND, NOW) for _ in range(3))
    ports.queue.decide(HERE, second, NO)
    assert [ports.queue.place(HERE, each) for each in (first, third)] == [1, 2]
    assert [ports.queue.after(HERE, each) for each in (0, first, third)] == [first, third, None]
    assert ports.queue.waiting_by_article(HERE) == {"engines": 2}


def test_the_first_decision_stays(ports: Ports) -> None:
    """Of two decisions the first is written; the second is told so, and changes nothing."""
    number = ports.queue.propose(HERE, FOUND, NOW)
    decided = ports.queue.decide(HERE, number, NO)
    assert decided is not None
    assert decided.decision == NO
    assert ports.queue.decide(HERE, number, YES) is None
    proposal = ports.queue.proposal(HERE, number)
    assert proposal is not None
    assert proposal.decision == NO


def test_what_was_rejected_can_wait_again(ports: Ports) -> None:
    """A rejected proposal is listed with its decision and can be reopened; one that was approved cannot."""
    no, yes, other = (ports.queue.propose(HERE, FOUND, NOW) for _ in range(3))
    ports.queue.decide(HERE, no, NO)
    ports.queue.decide(HERE, yes, YES)
    assert [each.id for each in ports.queue.rejected(HERE, NOW - 1, 9)] == [no]
    assert list(ports.queue.rejected(HERE, NOW, 9)) == []
    assert [ports.queue.reopen(HERE, each) for each in (no, yes, other, 999)] == [True, False, False, False]
    assert ports.queue.count(HERE) == 2
    assert list(ports.queue.rejected(HERE, 0, 9)) == []


def test_a_rejected_suggestion_can_wait_again(ports: Ports) -> None:
    """A suggestion that was rejected comes back to the queue as it was, of its own community alone."""
    number = ports.suggestions.add(HERE, "ana", kind="prompt", fields={"words": "Why?"}, credit="Ana", at=NOW)
    before = ports.suggestions.get(HERE, number)
    ports.suggestions.decide(HERE, number, NO)
    assert list(ports.queue.rejected_suggestions(HERE, NOW - 1, 9)) == [number]
    assert not ports.queue.reopen_suggestion(THERE, number)
    assert ports.queue.reopen_suggestion(HERE, number)
    assert ports.suggestions.get(HERE, number) == before


def test_a_forgotten_moderator_leaves_no_name(store: Store, ports: Ports) -> None:
    """When whoever decided is forgotten, the decision stays without their id and name."""
    number = ports.queue.propose(HERE, FOUND, NOW)
    ports.queue.decide(HERE, number, NO)
    store._db.execute("INSERT INTO forgetting VALUES (?, 'mia')", (HERE,))
    proposal = ports.queue.proposal(HERE, number)
    assert proposal is not None
    assert proposal.decision == replace(NO, by="", name="")


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("“The left has been timid and negative.", "“The left has been timid and negative. …”"),
        ("“It’s obvious,” he says.", "“It’s obvious,” he says."),
        ("A plain sentence.", "A plain sentence."),
    ],
)
def test_a_quotation_that_is_left_open_is_closed(sentence: str, shown: str) -> None:
    """A sentence that opens a quotation and does not close it says that it goes on."""
    assert queueing.balanced(sentence) == shown


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  “We build\n bridges.” ", "We build bridges."),
        ('"We build."', "We build."),
        ("“We,” he said, “build.”", "“We,” he said, “build.”"),
        ("a\u202eb\x1b[31m c\u00a0d", "a b [31m c d"),
        ("“”", "“”"),
        ("", ""),
    ],
)
def test_typed_words_are_tidied_and_left_as_they_are(typed: str, tidied: str) -> None:
    """Marks around the whole, line ends and control characters go; marks within stay."""
    assert queueing.tidy(typed) == tidied


def test_ids_are_made_of_words_and_never_twice() -> None:
    """An id is small letters, digits and hyphens; what is taken gets a number; what has no letters has an id too."""
    assert (
        queueing.id_of("Özdemir", "We build 3 bridges, and then some more")
        == "ozdemir-we-build-3-bridges-and"
    )
    assert queueing.id_of("…") == "entry"
    taken = {"a", "a-2"}
    assert [queueing.fresh_id(each, taken.__contains__) for each in ("a", "b")] == ["a-3", "b"]


LENIN = Person(id="vladimir-lenin", name="Vladimir Lenin")
ARTICLE = Article(id="engines", title="Engines", rights=Rights.LICENSED, words=100)


@pytest.mark.parametrize(
    ("person", "words", "grade", "own_source", "kinds"),
    [
        (LENIN, "words are regiments", Grade.C, False, ("who", "article")),
        (LENIN, "words are regiments", Grade.C, True, ("who",)),
        (LENIN, "I, Lenin, say so", Grade.A, False, ("article",)),
        (replace(LENIN, public=False), "words", Grade.A, False, ("article",)),
        (LENIN, "words", Grade.D, False, ()),
    ],
)
def test_only_fair_questions_are_asked(
    person: Person, words: str, grade: Grade, *, own_source: bool, kinds: tuple[str, ...]
) -> None:
    """Nobody is asked who said what names them, nor about a private person, nor anything that is disputed."""
    assert queueing.kinds(person, words, grade, ARTICLE, own_source=own_source) == kinds


def _quotation(number: int, text: str) -> Quotation:
    return Quotation(id=f"q-{number}", article="engines", text=text, speaker="ada", grade=Grade.A)


def _worded(item: Item) -> Worded:
    return Worded(item.id, queueing.kind_of(item), fold(queueing.words_of(item)), in_service=True)


def test_what_is_much_alike_is_found() -> None:
    """The same words in another dress, and a part of another, are much alike; a shared turn of phrase is not."""
    whole = _quotation(1, "We have to win the votes of skilled workers and plenty of others, too.")
    part = _quotation(2, "we have to win the votes of SKILLED workers")
    turn = _quotation(3, "We have to win the hearts of people who have never thought of voting for anybody.")
    short, same = _quotation(4, "Words are engines."), _quotation(5, "Words are engines!")
    excerpt = Excerpt(id="x", article="engines", text=whole.text, part=1)
    again = _quotation(6, "We have to win the votes of skilled workers!")
    found = queueing.alike(_worded(each) for each in (whole, part, turn, short, same, excerpt, again))
    assert [(one.item, other.item) for one, other in found] == [
        ("q-1", "q-2"),
        ("q-4", "q-5"),
        ("q-1", "q-6"),
        ("q-2", "q-6"),
    ]


def test_the_bundled_library_has_nothing_twice() -> None:
    """No two entries of one kind that ship are much alike."""
    assert queueing.alike(_worded(item) for each in shelves() for item in each.items) == []


def test_what_everyone_or_no_one_gets_right_is_found() -> None:
    """From 20 answers on, fewer than 5 or more than 95 in 100 are too few and too many."""
    answered = {
        "none": (20, 0), "one": (20, 1), "few": (21, 1), "most": (20, 19), "all": (40, 39), "early": (19, 0),
    }  # fmt: skip
    assert queueing.lopsided(answered) == (["few", "none"], ["all"])
