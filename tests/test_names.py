"""Typed names: who is meant, who is asked about, and who is never taken for another."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.names import Identified, Match, Named, Nobody, Roster, WhichOne, closest, fold
from bot.core.names.fold import together

DATA = Path(__file__).parent / "data"
KINDS = {
    *("typo", "initials", "title", "order", "translit", "variant"),
    *("surname", "alias", "near-miss", "ambiguous", "nobody", "numbers"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """One labelled answer: what was typed to which roster, and whom it names."""

    roster: str
    typed: str
    person: str | None
    kind: str
    split: str


@cache
def pairs(split: str) -> tuple[Pair, ...]:
    """Read the labelled answers of one half."""
    lines = (DATA / "name_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(pair for pair in (Pair(**json.loads(line)) for line in lines) if pair.split == split)


@cache
def rosters() -> dict[str, Roster]:
    """Build the rosters that the labelled answers belong to."""
    tables = json.loads((DATA / "name_rosters.json").read_text(encoding="utf-8"))
    return {name: roster_of(*rows) for name, rows in tables.items()}


def roster_of(*people: str | dict[str, object]) -> Roster:
    """Build a roster of names, or of rows with a name and aliases."""
    rows = [{"name": row, "aliases": ()} if isinstance(row, str) else row for row in people]
    return Roster(
        Named(id=str(number), name=str(row["name"]), aliases=tuple(map(str, _listed(row["aliases"]))))
        for number, row in enumerate(rows)
    )


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def told(match: Match) -> str | list[str] | None:
    """Say a match in short: the person's name, the names asked about, or None."""
    match match:
        case Identified(person=person):
            return person.name
        case WhichOne(people=people):
            return [person.name for person in people]
        case Nobody():
            return None


def answer(roster: str, typed: str) -> str | list[str] | None:
    """Type a name to one of the rosters."""
    return told(rosters()[roster].identify(typed))


# The labelled answers.


@pytest.mark.parametrize("split", ["dev", "held"])
def test_precision_and_recall_hold_on_either_half(split: str) -> None:
    """Of the people named, 99 in 100 are right, and of those to be named, 95 in 100 are."""
    right = wrong = missed = 0
    for pair in pairs(split):
        said = answer(pair.roster, pair.typed)
        named = said if isinstance(said, str) else None
        right += named is not None and named == pair.person
        wrong += named is not None and named != pair.person
        missed += pair.person is not None and named != pair.person
    assert right / (right + wrong) >= 0.99
    assert right / (right + missed) >= 0.95


@pytest.mark.parametrize("split", ["dev", "held"])
def test_either_half_has_every_kind_of_answer(split: str) -> None:
    """The figures stand on 600 answers and more, with enough of each kind."""
    kinds = Counter(pair.kind for pair in pairs(split))
    assert kinds.keys() == KINDS
    assert min(kinds.values()) >= 20
    assert sum(kinds.values()) >= 600


@pytest.mark.parametrize("split", ["dev", "held"])
def test_an_ambiguous_answer_is_asked_back(split: str) -> None:
    """Nine in ten answers that fit several people are answered with "which one"."""
    ambiguous = [pair for pair in pairs(split) if pair.kind == "ambiguous" and pair.person is None]
    asked = [pair for pair in ambiguous if isinstance(answer(pair.roster, pair.typed), list)]
    assert len(asked) / len(ambiguous) >= 0.9


# What the design promises by name.


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("corbin", "Jeremy Corbyn"),
        ("J. Corbyn", "Jeremy Corbyn"),
        ("lenin", "Vladimir Lenin"),
        ("V.I. Lenin", "Vladimir Lenin"),
        ("VI Lenin", "Vladimir Lenin"),
        ("Lénine", "Vladimir Lenin"),
        ("Vladimir Ilyich Ulyanov", "Vladimir Lenin"),
        ("ashdwon", "Paddy Ashdown"),
        ("Lord Ashdown", "Paddy Ashdown"),
        ("burnstein", "Eduard Bernstein"),
        ("Bernstein, Eduard", "Eduard Bernstein"),
        ("grampsci", "Antonio Gramsci"),
        ("Gramschi", "Antonio Gramsci"),
        ("Comrade Gramsci", "Antonio Gramsci"),
        ("Rt Hon Tony Blair MP", "Tony Blair"),
        ("Anthony Blair", "Tony Blair"),
        ("its tony blair", "Tony Blair"),
        ("I think it was lenin", "Vladimir Lenin"),
        ("lenin?", "Vladimir Lenin"),
        ("le\u200bnin\x00", "Vladimir Lenin"),
        ("AWL", "Alliance for Workers' Liberty"),
        ("Tony Benn", "Tony Benn"),
    ],
)
def test_a_name_need_not_be_perfect(typed: str, person: str) -> None:
    """Slips, initials, titles, order and accents do not matter where nobody else can be meant."""
    assert person == answer("articles", typed)


@pytest.mark.parametrize(
    ("roster", "typed", "person"),
    [
        ("uk", "margaret tatcher", "Margaret Thatcher"),
        ("uk", "Mrs Thatcher", "Margaret Thatcher"),
        ("uk", "o neill", "Michelle O'Neill"),
        ("uk", "mcmillan", "Harold Macmillan"),
        ("uk", "mogg", "Jacob Rees-Mogg"),
        ("world", "Trotskii", "Leon Trotsky"),
        ("world", "gorbachov", "Mikhail Gorbachev"),
        ("world", "Zelensky", "Volodymyr Zelenskyy"),
        ("world", "Mao Tse-tung", "Mao Zedong"),
        ("world", "assad, bashar al", "Bashar al-Assad"),
        ("world", "Сталин", "Joseph Stalin"),
        ("thinkers", "de Beauvoir", "Simone de Beauvoir"),
        ("thinkers", "Beauvoir, Simone de", "Simone de Beauvoir"),
        ("thinkers", "JS Mill", "John Stuart Mill"),
        ("thinkers", "CLR James", "C. L. R. James"),
        ("ancient", "plato", "Plato"),
        ("thinkers", "voltare", "Voltaire"),
    ],
)
def test_names_of_every_make_are_read(roster: str, typed: str, person: str) -> None:
    """Particles, Mac, double barrels, transliterations, family names first and mononyms are read as people type them."""
    assert person == answer(roster, typed)


@pytest.mark.parametrize(
    ("names", "typed"),
    [
        (("David Miliband",), "ed miliband"),
        (("Margaret Thatcher",), "Denis Thatcher"),
        (("Bill Clinton",), "Hillary Clinton"),
        (("Tony Blair",), "Cherie Blair"),
        (("Vladimir Lenin",), "John Lennon"),
        (("Vladimir Lenin",), "lennon"),
        (("Karl Marx",), "Groucho Marx"),
        (("Karl Marx",), "Z. Marx"),
        (("Saddam Hussein",), "Barack Hussein Obama"),
        (("Lyndon B. Johnson",), "Boris Johnson"),
        (("Al Gore", "Gerald Ford"), "Al Ford"),
        (("Rosa Luxemburg",), "not luxemburg"),
        (("Benazir Bhutto",), "prime minister"),
    ],
)
def test_another_person_is_never_accepted(names: tuple[str, ...], typed: str) -> None:
    """The surname of one on the roster with another's given name is nobody here."""
    assert Nobody(typed=typed) == roster_of(*names).identify(typed)


def test_a_name_spelled_otherwise_in_both_parts_is_not_accepted() -> None:
    """Jon Smythe may be another than John Smith, so he is asked about."""
    assert told(roster_of("John Smith", "Adam Smith").identify("Jon Smythe")) == ["John Smith"]


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("Elizabeth I", "Elizabeth I"),
        ("Elizabeth 2", "Elizabeth II"),
        ("queen elizabeth the second", "Elizabeth II"),
        ("Elizabeth II of England", "Elizabeth II"),
        ("Elizabeth III", None),
        ("henry the 8th", "Henry VIII"),
        ("Henry VII", None),
        ("pliny the younger", "Pliny the Younger"),
        ("Cato the Elder", None),
    ],
)
def test_numbers_match_exactly(typed: str, person: str | None) -> None:
    """A regnal number in any spelling, and the elder and the younger, are never taken for one another."""
    assert person == answer("ancient", typed)


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("George H. W. Bush", "George H. W. Bush"),
        ("george hw bush", "George H. W. Bush"),
        ("George W Bush", "George W. Bush"),
        ("George Walker Bush", "George W. Bush"),
        ("George Bush", ["George H. W. Bush", "George W. Bush"]),
        ("Donald Trump", "Donald Trump"),
        ("Donald Trump, Jr.", "Donald Trump Jr."),
        ("Donald Trump senior", None),
        ("Martin Luther King", "Martin Luther King Jr."),
        ("Martin Luther King Sr", None),
    ],
)
def test_middle_initials_and_generations_tell_people_apart(
    typed: str, person: str | list[str] | None
) -> None:
    """The two Presidents Bush, and juniors and seniors, are different people."""
    assert person == answer("us", typed)


# Which one?


@pytest.mark.parametrize(
    ("roster", "typed", "people"),
    [
        ("articles", "benn", ["Hilary Benn", "Tony Benn"]),
        ("articles", "Mr Benn", ["Hilary Benn", "Tony Benn"]),
        ("uk", "miliband", ["David Miliband", "Ed Miliband"]),
        ("uk", "Milliband?", ["David Miliband", "Ed Miliband"]),
        ("articles", "tony", ["Tony Benn", "Tony Blair"]),
        ("articles", "jeremy", ["Jeremy Corbyn"]),
        ("world", "lenin or trotsky", ["Leon Trotsky", "Vladimir Lenin"]),
        ("world", "Lenin / Trotsky", ["Leon Trotsky", "Vladimir Lenin"]),
        ("ancient", "Elizabeth", ["Elizabeth I", "Elizabeth II"]),
    ],
)
def test_what_several_may_be_called_is_asked_back_by_given_name(
    roster: str, typed: str, people: list[str]
) -> None:
    """A shared surname, a given name alone, or two names are no answer yet."""
    assert people == answer(roster, typed)


def test_two_names_of_one_person_are_one_answer() -> None:
    """Whoever names Lenin twice has named Lenin."""
    assert answer("world", "lenin / ulyanov") == "Vladimir Lenin"


def test_people_of_one_name_are_asked_about() -> None:
    """Where two are called the same, even the exact name is asked back."""
    asked = roster_of("John Smith", "Adam Smith", "John Smith").identify("John Smith")
    assert isinstance(asked, WhichOne)
    assert [person.id for person in asked.people] == ["0", "2"]


def test_at_most_five_are_asked_about() -> None:
    """A surname that many share is answered with five of them."""
    asked = roster_of(*(f"{name} Miller" for name in ("Ann", "Bob", "Cy", "Dan", "Eve", "Flo", "Guy")))
    assert len(told(asked.identify("miller")) or ()) == 5


def test_a_surname_comes_before_an_alias_of_another() -> None:
    """Blair is Tony Blair, although George Orwell was born Eric Blair."""
    roster = roster_of({"name": "George Orwell", "aliases": ["Eric Arthur Blair"]}, "Tony Blair")
    assert told(roster.identify("blair")) == "Tony Blair"
    assert told(roster.identify("eric blair")) == "George Orwell"


def test_a_slip_between_two_surnames_is_asked_back() -> None:
    """Where two are equally near, neither is taken."""
    assert answer("uk", "bevon") == ["Aneurin Bevan", "Ernest Bevin"]


# Nobody.


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "???",
        "🙂🙂",
        "12345",
        "1917",
        "\x00\u200b",
        "\ud800",
        "mr",
        "the",
        "idk",
        "no idea",
        "JC",
        "orwell",
    ],
)
def test_no_name_is_nobody(typed: str) -> None:
    """Nothing, marks, figures, titles, shrugs, initials alone and strangers name nobody."""
    assert answer("articles", typed) is None


def test_a_very_long_answer_is_nobody_and_comes_back_short() -> None:
    """Ten thousand characters are no name; sixty of them are kept to show."""
    assert Nobody(typed=("lenin " * 10)) == rosters()["articles"].identify("lenin " * 10_000)
    assert Nobody(typed="a" * 60) == rosters()["articles"].identify("a" * 10_000)


def test_an_empty_roster_knows_nobody() -> None:
    """Without people there is nobody to name, to suggest or to be near."""
    roster = Roster([])
    assert Nobody(typed="lenin") == roster.identify("lenin")
    assert roster.suggest("lenin") == ()
    assert roster.nearest("lenin") is None


# Did you mean, and completion.


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("wattsen", "Tom Watson"),
        ("orwell", None),
        ("lansmen", "Jon Lansman"),
        ("corbynista", "Jeremy Corbyn"),
        ("Piers Corbyn", None),
        ("", None),
    ],
)
def test_the_nearest_is_offered_where_one_is_near(typed: str, person: str | None) -> None:
    """Did you mean is looser than an answer, and still no guess."""
    near = rosters()["articles"].nearest(typed)
    assert person == (near and near.name)


def test_what_is_only_near_is_no_answer() -> None:
    """Wattsen is offered Tom Watson, not taken for him."""
    assert answer("articles", "wattsen") is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("to", "Tony Benn"),
        ("ben", "Hilary Benn"),
        ("len", "Len McCluskey"),
        ("crob", "Jeremy Corbyn"),
        ("ashdw", "Paddy Ashdown"),
        ("tony bl", "Tony Blair"),
        ("lawson ne", "Neal Lawson"),
        ("awl", "Alliance for Workers' Liberty"),
        ("ülyanov", "Vladimir Lenin"),
    ],
)
def test_names_are_completed_as_they_are_typed(typed: str, first: str) -> None:
    """The start of any word of a name or alias comes first, then what is near to it."""
    assert first in [person.name for person in rosters()["articles"].suggest(typed)[:3]]


def test_a_name_that_begins_as_typed_comes_first() -> None:
    """Whole names that begin as typed stand before names in which a later word does."""
    names = [person.name for person in roster_of("Ada Marlow", "Mark Zed", "Karl Marx").suggest("mar")]
    assert names == ["Mark Zed", "Ada Marlow", "Karl Marx"]


def test_completion_is_limited_and_shows_all_before_anything_is_typed() -> None:
    """With nothing typed the roster stands in its own order, up to the limit."""
    roster = rosters()["articles"]
    assert roster.people[:25] == roster.suggest("")
    assert roster.people[:3] == roster.suggest("  ", limit=3)
    assert roster.suggest("xyzzyq") == ()


@pytest.mark.parametrize(
    ("typed", "words", "meant"),
    [
        ("qoute", ("quote", "quiz", "help"), "quote"),
        ("whom", ("who", "finish", "article", "fact"), "who"),
        ("fcat", ("who", "finish", "article", "fact"), "fact"),
        ("lead", ("library", "leaderboard"), "leaderboard"),
        ("Europe/Lundon", ("Europe/Lisbon", "Europe/London", "Europe/Paris"), "Europe/London"),
        ("lundon", ("Europe/Lisbon", "Europe/London", "Europe/Paris"), "Europe/London"),
        ("europe", ("Europe/Lisbon", "Europe/London", "Europe/Paris"), None),
        ("plurlism", ("pluralism", "parties"), "pluralism"),
        ("tariffs", ("pluralism", "parties"), None),
        ("hello", ("help", "quote"), None),
        ("", ("help", "quote"), None),
        ("help", (), None),
    ],
)
def test_the_closest_word_is_found(typed: str, words: tuple[str, ...], meant: str | None) -> None:
    """Commands, kinds, topics and zones with a slip find the word that was meant, or none."""
    assert meant == closest(typed, words)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Éamon   de VALERA ", "eamon de valera"),
        ("O’Neill, O'Neill", "oneill oneill"),
        ("Jean‑Luc–Marie", "jean luc marie"),
        ("a\u200bb\x00c", "abc"),
        ("Wałęsa Žižek Søren Straße", "walesa zizek soren strasse"),
        ("Ленин", "lenin"),
        ("🙂 !?", ""),
    ],
)
def test_folding_leaves_plain_words(text: str, folded: str) -> None:
    """Accents, case, marks and invisible characters go; words stay parted by one space."""
    assert folded == fold(text)


# Whatever is typed.


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_anything_may_be_typed(typed: str) -> None:
    """No text whatever makes the matcher, the completion or the folding fail."""
    roster = rosters()["us"]
    assert isinstance(roster.identify(typed), Identified | WhichOne | Nobody)
    assert len(roster.suggest(typed)) <= 25
    assert roster.nearest(typed) is None or roster.nearest(typed) in roster.people
    assert fold(typed) == fold(fold(typed))


WORD = st.text("abcdefghijklmnopqrstuvwxyzéçłØ'’-ДИ", min_size=1, max_size=9)
NAME = st.lists(
    st.one_of(WORD, st.sampled_from(["de", "Jr.", "II", "and", "the", "Lord", "not", "Tony", "X", "Party"])),
    min_size=1,
    max_size=4,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(NAME.filter(together), min_size=1, max_size=6))
def test_an_exact_name_is_always_known(names: list[str]) -> None:
    """Everyone is identified by the very name on the roster, unless another shares it."""
    roster = roster_of(*names)
    shared = Counter(map(together, names))
    for person in roster.people:
        match = roster.identify(person.name)
        if shared[together(person.name)] == 1:
            assert Identified(person=person) == match
        else:
            assert isinstance(match, WhichOne)


@pytest.mark.parametrize("roster", ["articles", "uk", "us", "world", "thinkers", "ancient"])
def test_everyone_is_known_by_every_name_they_have(roster: str) -> None:
    """Names and aliases in capitals, in small letters and with marks around them are all right."""
    people = rosters()[roster].people
    said = [(person, name) for person in people for name in (person.name, *person.aliases)]
    for person, name in said:
        for typed in (name, name.upper(), name.lower(), f"“{name}”?", f"I think it was {name}"):
            assert person.name == answer(roster, typed)


def test_ten_thousand_people_are_told_apart() -> None:
    """A roster of ten thousand takes a slip, completes a name and still asks where it must."""
    syllables = ("bar", "cor", "lin", "mad", "ton", "vel", "gor", "nes", "pol", "dru")
    surnames = [a + b + c + d for a in syllables for b in syllables for c in syllables for d in syllables]
    roster = roster_of(
        *(f"{name} {surname}" for name, surname in zip(("Ada", "Karl") * 5000, surnames, strict=True))
    )
    assert told(roster.identify("BARBARBARCOR, K.")) == "Karl barbarbarcor"
    assert told(roster.identify("Karl Drudrudrudrv")) == "Karl drudrudrudru"
    assert len(told(roster.identify("karl")) or ()) == 5
    assert roster.suggest("corlinm")[0].name == "Ada corlinmadbar"
