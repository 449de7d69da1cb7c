"""The library, the decks, the showings and the communities in the database."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.library import Excerpt, Prompt
from bot.core.ports import Candidate, Showing
from storage.communities import REMEMBERED
from storage.stocking import renew
from storage.store import Store
from tests.storage_samples import HERE, NOW, THERE, opened, ports_of, shelf


@pytest.fixture(params=("file", "memory"))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open a store on a file and in memory."""
    yield from opened(request.param, tmp_path)


def _retire(store: Store, item: str) -> None:
    with store.transaction():
        store._db.execute("INSERT INTO retired VALUES (?, ?, ?)", (HERE, item, NOW))
        renew(store._db.conn, HERE)


def test_what_stands_on_the_shelves_comes_back_as_it_was(store: Store) -> None:
    """Articles, people, quotations and facts are read as the very values that were stocked."""
    stocked = replace(
        shelf(),
        excerpts=(Excerpt(id="x-1", article="engines", text="One. Two.", part=1),),
        prompts=(Prompt(id="p-1", article="engines", text="What do you think?"),),
    )
    assert store.stock([stocked])
    library = ports_of(store).library
    assert library.article(HERE, "engines") == stocked.article
    assert library.articles(HERE) == (stocked.article,)
    assert library.people(HERE) == stocked.people
    assert [library.person(HERE, each.id) for each in stocked.people] == list(stocked.people)
    assert [library.quotation(HERE, each.id) for each in stocked.quotations] == list(stocked.quotations)
    assert library.fact(HERE, "fact-1") == stocked.facts[0]


def test_what_is_not_there_is_none(store: Store) -> None:
    """An id that names nothing, or something of another kind, gives None."""
    store.stock([shelf()])
    library = ports_of(store).library
    assert library.quotation(HERE, "fact-1") is None
    assert library.quotation(HERE, "nothing") is None
    assert library.fact(HERE, "ada-1") is None
    assert library.article(HERE, "nothing") is None
    assert library.person(HERE, "nobody") is None


def test_an_empty_library_has_nothing(store: Store) -> None:
    """Before anything is stocked every list is empty."""
    library = ports_of(store).library
    assert library.quotations(HERE) == library.facts(HERE) == ()
    assert library.articles(HERE) == ()
    assert library.people(HERE) == ()
    assert library.topics(HERE) == ()
    assert library.roster(HERE).people == library.speakers(HERE).people == ()


@pytest.mark.parametrize(
    ("about", "by", "kind", "found"),
    [
        ("", "", "", ["ada-1", "ben-2", "ada-3"]),
        ("machines", "", "", ["ada-1", "ben-2", "ada-3"]),
        ("patience", "", "", ["ben-2", "ada-3"]),
        ("Patience!", "", "", ["ben-2", "ada-3"]),
        ("engines", "", "", ["ada-1"]),
        ("engine", "", "", []),
        ("are patient", "", "", ["ada-1"]),
        ("…", "", "", []),
        ("", "ada", "", ["ada-1", "ada-3"]),
        ("patience", "ada", "", ["ada-3"]),
        ("", "nobody", "", []),
        ("", "", "who", ["ada-1"]),
        ("", "", "article", ["ada-1", "ben-2"]),
        ("", "", "finish", []),
        ("patience", "", "article", ["ben-2"]),
    ],
)
def test_quotations_are_found_by_topic_word_speaker_and_kind(
    store: Store, about: str, by: str, kind: str, found: list[str]
) -> None:
    """A topic or a whole word finds; grade D keys no question, and nobody known by a first name keys "who"."""
    store.stock([shelf()])
    quotations = ports_of(store).library.quotations(HERE, about=about, by=by, kind=kind)
    assert [each.id for each in quotations] == found


def test_a_candidate_names_speaker_and_article(store: Store) -> None:
    """A candidate has what a draw balances by; a fact has no speaker."""
    store.stock([shelf()])
    library = ports_of(store).library
    assert library.quotations(HERE, about="engines") == (Candidate("ada-1", "ada", "engines"),)
    assert library.facts(HERE) == (Candidate("fact-1", "", "engines"),)


@pytest.mark.parametrize(
    ("about", "article", "found"),
    [
        ("never built", "", 1),
        ("analytical", "", 0),
        ("machines", "", 1),
        ("", "engines", 1),
        ("", "other", 0),
    ],
)
def test_facts_are_found_by_topic_word_of_the_question_and_article(
    store: Store, about: str, article: str, found: int
) -> None:
    """The words of a fact's question find it, those of its answer do not."""
    store.stock([shelf()])
    assert len(ports_of(store).library.facts(HERE, about=about, article=article)) == found


def test_topics_come_most_used_first(store: Store) -> None:
    """An item without topics of its own has its article's; the most used topic comes first, then by name."""
    store.stock([shelf()])
    assert ports_of(store).library.topics(HERE) == ("machines", "patience")
    store.stock([replace(shelf(), quotations=shelf().quotations[:1], facts=())])
    assert ports_of(store).library.topics(HERE) == ("machines",)


def test_rosters_know_everybody_or_the_speakers(store: Store) -> None:
    """One roster matches everybody's names, the other only those with a quotation in service."""
    store.stock([shelf(quotations=1)])
    library = ports_of(store).library
    assert {each.id for each in library.roster(HERE).people} == {"ada", "ben"}
    assert [(each.id, each.name, each.aliases) for each in library.speakers(HERE).people] == [
        ("ada", "Ada Lovelace", ("Countess of Lovelace",))
    ]
    assert library.speakers(HERE) is library.speakers(THERE)


def test_the_people_of_an_article_come_in_its_order(store: Store) -> None:
    """People are listed by id, those of one article as it lists them."""
    people = shelf().people
    store.stock([replace(shelf(), people=people[::-1])])
    library = ports_of(store).library
    assert [each.id for each in library.people(HERE, "engines")] == ["ben", "ada"]
    assert [each.id for each in library.people(HERE)] == ["ada", "ben"]
    assert library.people(HERE, "other") == ()


def test_an_unchanged_library_is_not_written_again(store: Store) -> None:
    """Stocking the same shelves twice writes once; any change is written."""
    assert store.stock([shelf()])
    written = store._db.conn.total_changes
    assert not store.stock([shelf()])
    assert store._db.conn.total_changes == written
    assert store.stock([shelf(), shelf("looms", quotations=0)])


def test_what_vanished_from_the_files_is_gone_and_keeps_its_id(store: Store) -> None:
    """An item that stands on no shelf any more is out of service; when it returns it is the same item."""
    library = ports_of(store).library
    store.stock([shelf()])
    store.stock([shelf("looms", quotations=1)])
    assert library.quotation(HERE, "ben-2") is None
    assert [each.id for each in library.articles(HERE)] == ["looms"]
    assert library.article(HERE, "engines") == shelf().article
    assert store._db.execute("SELECT gone FROM items WHERE item = 'ben-2'").fetchone() == (1,)
    store.stock([shelf()])
    assert library.quotation(HERE, "ben-2") == shelf().quotations[1]


def test_articles_keep_the_order_of_the_shelves(store: Store) -> None:
    """Articles come in the order in which they were stocked, without those of which nothing is in service."""
    looms = shelf("looms", quotations=0)
    looms = replace(looms, facts=(replace(looms.facts[0], id="fact-2"),))
    store.stock([looms, shelf(), replace(shelf("bare"), quotations=(), facts=())])
    assert [each.id for each in ports_of(store).library.articles(HERE)] == ["looms", "engines"]


def test_what_a_community_retired_is_served_elsewhere_only(store: Store) -> None:
    """A retired item is out of service in its community, at once, and nowhere else."""
    store.stock([shelf()])
    library = ports_of(store).library
    assert len(library.quotations(HERE)) == 3
    _retire(store, "ada-1")
    _retire(store, "fact-1")
    assert [each.id for each in library.quotations(HERE)] == ["ben-2", "ada-3"]
    assert library.quotation(HERE, "ada-1") is None
    assert library.fact(HERE, "fact-1") is None
    assert library.facts(HERE) == ()
    assert len(library.quotations(THERE)) == 3
    assert library.quotation(THERE, "ada-1") is not None


def test_many_quotations_are_listed_without_being_read_again(store: Store) -> None:
    """A large library is read once, and then listed as the same objects."""
    one = shelf(quotations=1)
    many = tuple(replace(one.quotations[0], id=f"q-{number}") for number in range(1_000))
    store.stock([replace(one, quotations=many)])
    library = ports_of(store).library
    first = library.quotations(HERE)
    assert len(first) == 1_000
    assert library.quotations(HERE) is first
    assert library.quotations(THERE) is first


def test_many_communities_with_libraries_of_their_own_are_not_all_kept(store: Store) -> None:
    """Only some communities' own libraries stay in memory, and each is still read as it is."""
    store.stock([shelf()])
    library = ports_of(store).library
    communities = [f"discord:{number}" for number in range(100)]
    with store.transaction():
        for community in communities:
            store._db.execute("INSERT INTO retired VALUES (?, 'ada-1', 0)", (community,))
            renew(store._db.conn, community)
    assert [len(library.quotations(each)) for each in communities] == [2] * 100
    assert [len(library.quotations(each)) for each in communities] == [2] * 100
    assert len(library.quotations(THERE)) == 3


def test_a_deck_counts_and_names_the_last(store: Store) -> None:
    """Servings are counted by item and deck, and the last is known even within one second."""
    decks = ports_of(store).decks
    assert decks.served(HERE, "quote") == {}
    assert not decks.last(HERE, "quote")
    with store.transaction():
        for item in ("b", "a", "b", "c", "a"):
            decks.serve(HERE, "quote", item, NOW)
        decks.serve(HERE, "quiz", "z", NOW)
    assert decks.served(HERE, "quote") == {"a": 2, "b": 2, "c": 1}
    assert decks.last(HERE, "quote") == "a"
    assert decks.last(HERE, "quiz") == "z"


def test_a_showing_remembers_what_was_shown(store: Store) -> None:
    """A showing has its item, its filters and its message."""
    ports = ports_of(store)
    with store.transaction():
        message = ports.deliveries.message(HERE, "general")
        number = ports.showings.add(HERE, item="ada-1", about="machines", by="ada", message=message, at=NOW)
    assert ports.showings.get(HERE, number) == Showing(
        id=number, item="ada-1", about="machines", by="ada", message=message
    )
    assert ports.showings.get(HERE, number + 1) is None


def test_a_community_has_its_zone_or_the_default(store: Store) -> None:
    """Until a community has set its zone, it is the host's default."""
    communities = ports_of(store).communities
    assert communities.zone(HERE) == "Europe/London"
    with store.transaction():
        store._db.execute("INSERT INTO communities VALUES (?, 'Asia/Kathmandu')", (HERE,))
    assert communities.zone(HERE) == "Asia/Kathmandu"
    assert communities.zone(THERE) == "Europe/London"
    elsewhere = Store(":memory:", zone="America/New_York")
    assert ports_of(elsewhere).communities.zone(HERE) == "America/New_York"
    elsewhere.close()


def test_a_community_names_its_moderators(store: Store) -> None:
    """The moderators are the ids that are set, and nobody before that."""
    communities = ports_of(store).communities
    assert communities.moderators(HERE) == frozenset()
    with store.transaction():
        store._db.execute("INSERT INTO settings VALUES (?, 'moderators', '[\"mia\", \"r1\"]')", (HERE,))
    assert communities.moderators(HERE) == {"mia", "r1"}


def test_an_event_is_new_once(store: Store) -> None:
    """The id of an event is new once in each community, until it is forgotten."""
    communities = ports_of(store).communities
    with store.transaction():
        assert communities.first_time(HERE, "e-1", NOW)
        assert not communities.first_time(HERE, "e-1", NOW + 300)
        assert communities.first_time(THERE, "e-1", NOW)


def test_the_ids_of_old_events_are_let_go_a_few_at_a_time(store: Store) -> None:
    """Each new event removes at most two that are older than a day, so the table shrinks and nobody waits."""
    communities = ports_of(store).communities
    with store.transaction():
        for number in range(5):
            communities.first_time(HERE, f"old {number}", NOW)
        later = NOW + REMEMBERED + 1
        communities.first_time(HERE, "new", later)
        assert store._db.execute("SELECT count(*) FROM seen").fetchone() == (4,)
        communities.first_time(HERE, "newer", later)
        communities.first_time(HERE, "newest", later)
    assert store._db.execute("SELECT event FROM seen ORDER BY event").fetchall() == [
        ("new",),
        ("newer",),
        ("newest",),
    ]


def test_what_is_shared_is_read_once_for_all(store: Store) -> None:
    """A community that has retired something goes on with the names that all share."""
    store.stock([shelf()])
    library = ports_of(store).library
    everything = library.quotations(THERE)
    _retire(store, everything[0].id)
    assert library.quotations(HERE) == everything[1:]
    assert library.quotations(THERE) == everything
    assert library.roster(HERE) is library.roster(THERE)
