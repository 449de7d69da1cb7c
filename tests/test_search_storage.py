"""The index of words: what it finds, for whom, and that it stays true to the library."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.library import Article, Excerpt, Fact, Grade, Person, Prompt, Quotation, Rights, Shelf
from bot.core.ports import Hit, SearchPort
from storage import bodies
from storage.migrations import MIGRATIONS
from storage.search import COMMON, Search
from storage.stocking import KINDS, stock
from storage.store import Store
from tests.storage_samples import HERE, NOW, THERE, opened, ports_of

ZETKIN = Person(id="zetkin", name="Clara Zetkin", aliases=("Clara Eißner",))
OZDEMIR = Person(id="ozdemir", name="Cem Özdemir")
ARTICLE = Article(id="bread", title="Bread’s price", rights=Rights.LICENSED, words=100, topics=("bread",))
FIRST = Quotation(
    id="q-1", article="bread", text="Bread and peace for the people.", speaker="zetkin", grade=Grade.A
)
SECOND = Quotation(
    id="q-2", article="bread", text="Peace is dear; so is bread.", speaker="ozdemir", grade=Grade.B
)
EXCERPT = Excerpt(id="x-1", article="bread", text="The price of peace rose. Café prices did not.", part=1)
FACT = Fact(
    id="f-1", article="bread", question="What rose?", answer="Butter", options=("Butter", "Salt"), passage="Butter rose."
)  # fmt: skip
PROMPT = Prompt(id="p-1", article="bread", text="What would you bake?")
SHELF = Shelf(
    article=ARTICLE,
    people=(ZETKIN, OZDEMIR),
    quotations=(FIRST, SECOND),
    excerpts=(EXCERPT,),
    facts=(FACT,),
    prompts=(PROMPT,),
)
Q1, Q2, X1, A = (
    Hit("quotation", "q-1"),
    Hit("quotation", "q-2"),
    Hit("excerpt", "x-1"),
    Hit("article", "bread"),
)


@pytest.fixture(params=("file", "memory"))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open a store with one article, on a file and in memory."""
    for made in opened(request.param, tmp_path):
        made.stock([SHELF])
        yield made


@pytest.fixture
def search(store: Store) -> SearchPort:
    """Give the search port of that store."""
    return ports_of(store).search


def _add(store: Store, community: str, item: Quotation | Excerpt, *, gone: int = 0) -> None:
    row = (
        community,
        item.id,
        KINDS[type(item)],
        item.article,
        getattr(item, "speaker", ""),
        gone,
        bodies.write(item),
    )
    store._db.conn.execute("INSERT INTO items VALUES (?1, ?2, ?3, ?4, 0, ?5, '', 'its words', ?6, ?7)", row)


def _find(store: Store, typed: str, community: str = HERE, most: int = 99) -> list[Hit]:
    return list(ports_of(store).search.find(community, typed, most))


def test_quotations_excerpts_and_titles_are_found_in_this_order(store: Store) -> None:
    """Every word must stand there, in whatever order, case and accents."""
    assert _find(store, "PEACE") == [Q1, Q2, X1]
    assert _find(store, "bread peace") == [Q1, Q2]
    assert _find(store, "price") == [X1, A]
    assert _find(store, "cafe") == [X1]
    assert _find(store, "café bread") == []


def test_what_stands_together_as_typed_comes_first(store: Store) -> None:
    """A text that holds the very phrase goes before one that holds its words apart."""
    assert _find(store, "is bread") == [Q2]
    assert _find(store, "so is bread peace") == [Q2]
    assert _find(store, "peace is") == [Q2]
    _add(store, "", replace(FIRST, id="q-3", text="Is peace bread? Peace is dear."))
    assert _find(store, "peace is dear") == [Q2, Hit("quotation", "q-3")]
    assert _find(store, "dear peace") == [Q2, Hit("quotation", "q-3")]
    assert _find(store, "is peace") == [Hit("quotation", "q-3"), Q2]


def test_speakers_are_found_by_their_names_and_aliases(store: Store) -> None:
    """A quotation is found by whose it is, alone and beside its words."""
    assert _find(store, "zetkin") == [Q1]
    assert _find(store, "Eißner") == [Q1]
    assert _find(store, "ozdemir dear") == [Q2]
    assert _find(store, "zetkin dear") == []


def test_apostrophes_and_hyphens_of_either_kind_are_met(store: Store) -> None:
    """A possessive is found by its noun, and by itself however it is typed."""
    for typed in ("bread's price", "bread’s", "Bread", "bread-s"):
        assert A in _find(store, typed)


def test_singular_and_plural(store: Store) -> None:
    """A word is found in the number it was not typed in; short words are left as they are."""
    assert _find(store, "prices") == [X1, A]
    assert _find(store, "peaces") == [Q1, Q2, X1]
    _add(store, "", replace(FIRST, id="q-3", text="No city without a glass of gas."))
    three = [Hit("quotation", "q-3")]
    assert (_find(store, "cities"), _find(store, "glass"), _find(store, "ga")) == (three, three, [])


def test_what_gives_an_answer_away_is_not_indexed(store: Store) -> None:
    """Questions of fact with their proofs, and prompts, are not found."""
    assert (_find(store, "butter"), _find(store, "bake")) == ([], [])


def test_no_more_than_asked_for(store: Store) -> None:
    """The number of hits is limited, from the first on."""
    assert _find(store, "peace", most=2) == [Q1, Q2]
    assert ports_of(store).search.near(HERE, "peace nothing", 1)[0][0] in {Q1, Q2, X1}


def test_an_excerpt_gives_way_to_the_quotation_in_it(store: Store) -> None:
    """Where a quotation is found that stands in an excerpt, the excerpt would say the same again."""
    _add(store, "", replace(EXCERPT, id="x-2", text=f"She said: “{FIRST.text}” Then she left."))
    store._db.conn.execute("UPDATE items SET words = 'bread and peace for the people' WHERE item = 'q-1'")
    store._db.conn.execute(
        "UPDATE items SET words = 'she said bread and peace for the people then she left' WHERE item = 'x-2'"
    )
    assert _find(store, "people") == [Q1]
    assert _find(store, "left") == [Hit("excerpt", "x-2")]
    assert [hit for hit, _ in ports_of(store).search.near(HERE, "people nothing", 9)] == [Q1]


def test_what_changes_in_the_library_changes_in_the_index(store: Store) -> None:
    """After the library is written again, the new words are found and the old ones are not."""
    changed = replace(
        SHELF,
        article=replace(ARTICLE, title="Salt"),
        people=(replace(ZETKIN, name="Clara Josephine"), OZDEMIR),
        quotations=(FIRST, replace(SECOND, text="Tulips cost nothing.")),
    )
    store.stock([changed])
    found = {
        typed: _find(store, typed) for typed in ("dear", "tulips", "salt", "price", "josephine", "zetkin")
    }
    assert found == {"dear": [], "tulips": [Q2], "salt": [A], "price": [X1], "josephine": [Q1], "zetkin": []}


def test_what_is_gone_is_not_found_until_it_is_back(store: Store) -> None:
    """What stands on no shelf any more is out of the results, and in them again with the shelf."""
    store.stock([replace(SHELF, quotations=(FIRST,))])
    assert _find(store, "peace") == [Q1, X1]
    store.stock([])
    assert [_find(store, each) for each in ("peace", "price")] == [[], []]
    store.stock([SHELF])
    assert _find(store, "peace") == [Q1, Q2, X1]


def test_what_is_deleted_leaves_the_index(store: Store) -> None:
    """Deleting an item or an article deletes its words."""
    for sql in ("DELETE FROM items WHERE item = 'q-2'", "DELETE FROM articles"):
        store._db.conn.execute(sql)
    assert (_find(store, "dear"), _find(store, "price")) == ([], [X1])
    rows = "SELECT count(*) FROM search_words UNION ALL SELECT count(*) FROM search_entries"
    assert store._db.conn.execute(rows).fetchall() == [(2,), (2,)]


def test_an_item_that_turns_into_another_kind_is_found_as_that(store: Store) -> None:
    """A quotation that becomes a prompt is found no more, and is found once it is an excerpt."""
    execute = store._db.conn.execute
    execute("UPDATE items SET kind = 'prompt' WHERE item = 'q-2'")
    assert _find(store, "dear") == []
    execute("UPDATE items SET kind = 'excerpt' WHERE item = 'q-2'")
    assert _find(store, "dear") == [Hit("excerpt", "q-2")]


def test_a_speaker_who_comes_after_the_words_is_found(store: Store) -> None:
    """Words that are written before their speaker are found by the name once that is there."""
    _add(store, "", replace(FIRST, id="q-3", speaker="late"))
    late = Person(id="late", name="Rosa Later")
    store._db.conn.execute("INSERT INTO people VALUES ('', 'late', 0, ?)", (bodies.write(late),))
    assert _find(store, "later") == [Hit("quotation", "q-3")]


def test_what_is_retired_here_is_found_there(store: Store) -> None:
    """Retiring takes an item out of one community's results, and the article with the last of its items."""
    retire = "INSERT INTO retired SELECT ?, item, ? FROM items WHERE item IN ('q-1', 'x-1')"
    store._db.conn.execute(retire, (HERE, NOW))
    assert (_find(store, "peace"), _find(store, "price")) == ([Q2], [A])
    assert (_find(store, "peace", THERE), _find(store, "price", THERE)) == ([Q1, Q2, X1], [X1, A])
    store._db.conn.execute("INSERT OR IGNORE INTO retired SELECT ?, item, ? FROM items", (HERE, NOW))
    assert _find(store, "price") == []


def test_a_community_finds_its_own_beside_what_is_shared(store: Store) -> None:
    """What a community adds is found there and nowhere else; under a shared id it takes the shared one's place."""
    _add(store, HERE, replace(FIRST, id="own", text="Our own peace."))
    _add(store, HERE, replace(SECOND, text="Herrings are dear."))
    article = replace(ARTICLE, title="Our price")
    store._db.conn.execute("INSERT INTO articles VALUES (?, 'bread', 0, 0, ?)", (HERE, bodies.write(article)))
    assert _find(store, "peace") == [Q1, Hit("quotation", "own"), X1]
    assert (_find(store, "herrings"), _find(store, "dear bread"), _find(store, "our price")) == (
        [Q2],
        [],
        [A],
    )
    assert _find(store, "bread's price") == []
    assert (_find(store, "peace", THERE), _find(store, "herrings", THERE)) == ([Q1, Q2, X1], [])
    assert _find(store, "bread's price", THERE) == [A]


@pytest.mark.parametrize(
    "typed",
    ["AND", "OR peace", '"', '"peace', "peace*", "words:peace", "(", "NEAR(peace bread)", "^peace", "-peace", "a\0b",
     "\ud800", "٣", "’", "x" * 5_000, "peace " * 500, "{", "speaker : zetkin OR", "+", "é" * 60],
)  # fmt: skip
def test_nothing_that_is_typed_is_syntax(search: SearchPort, typed: str) -> None:
    """Marks and words of the index's language are nothing of the kind, in all three questions."""
    assert isinstance(search.find(HERE, typed, 9), list | tuple)
    assert isinstance(search.near(HERE, typed, 9), list | tuple)
    assert isinstance(search.alike(HERE, typed[:60], 9), list | tuple)


def test_marks_beside_a_word_are_nothing(search: SearchPort) -> None:
    """A word is found whatever stands around it."""
    for typed in ('"dear"', "dear*", "dear.", "(dear)", "- dear", "^dear", "dear;"):
        assert list(search.find(HERE, typed, 9)) == [Q2]


def test_near_lists_what_holds_any_word_with_its_words(search: SearchPort) -> None:
    """What holds more of the words comes first, and each comes with its text and speaker."""
    found = search.near(HERE, "dear peace nothing", 9)
    assert found[0] == (Q2, "Peace is dear; so is bread. Cem Özdemir []")
    assert {hit for hit, _ in found} == {Q1, Q2, X1}
    assert list(search.near(HERE, "???", 9)) == []


def test_near_goes_by_the_words_that_tell_something(store: Store) -> None:
    """Where one word is everywhere and another is not, what holds the rare one is listed."""
    for number in range(COMMON):
        _add(store, "", replace(FIRST, id=f"many-{number}", text="and so on"))
    search = ports_of(store).search
    assert [hit for hit, _ in search.near(HERE, "and dear", 9)] == [Q2]
    assert len(search.near(HERE, "and", 9)) == 9


def test_words_that_look_alike(store: Store) -> None:
    """A mistyped word finds what stands in the texts and names, the most alike first, also with its start swapped."""
    search = ports_of(store).search
    assert list(search.alike(HERE, "peacd", 3)) == ["peace"]
    assert list(search.alike(HERE, "rbead", 3)) == ["bread"]
    assert list(search.alike(HERE, "zettkin", 3)) == ["zetkin"]
    assert list(search.alike(HERE, "", 3)) == []
    _add(store, "", replace(FIRST, id="q-3", text="peaced peach"))
    assert list(search.alike(HERE, "peaced", 2)) == ["peaced", "peace"]


def test_no_word_of_another_community_is_offered(store: Store) -> None:
    """Words that stand only in another's library, or in what is retired, look like nothing."""
    _add(store, THERE, replace(FIRST, id="own", text="Lighthouses"))
    search = ports_of(store).search
    assert list(search.alike(THERE, "lighthouse", 3)) == ["lighthouses"]
    assert list(search.alike(HERE, "lighthouse", 3)) == []


def test_a_library_from_before_the_index_is_indexed() -> None:
    """A database that was stocked before there was a search finds what it holds."""
    db = Database(memory=True, execute_plugins=False)
    MIGRATIONS.apply(db, stop_before="m0006_search")
    stock(db.conn, [SHELF])
    db.conn.execute("UPDATE items SET gone = 1 WHERE item = 'q-1'")
    db.conn.commit()
    MIGRATIONS.apply(db)
    search = Search(db.conn)
    assert (list(search.find(HERE, "peace", 9)), list(search.find(HERE, "price", 9))) == ([Q2, X1], [X1, A])
    assert list(search.find(HERE, "zetkin", 9)) == []
    db.close()
