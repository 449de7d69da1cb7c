"""Phrases and people: what in a sentence can be somebody, and who is who on a page."""

import pytest

from content.importer.folding import fold
from content.importer.sentences import sentences
from content.importer.speaking.enlisting import enlist
from content.importer.speaking.people import Roster
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import stretches
from content.importer.speaking.subjects import subjects


def phrases(text: str) -> list[Phrase]:
    """Return the phrases of one paragraph."""
    return list(stretches(sentences(fold(text), [(0, len(text))], []))[0].phrases)


def roster(text: str) -> Roster:
    """Make the roster of one paragraph."""
    return enlist(stretches(sentences(fold(text), [(0, len(text))], [])))


@pytest.mark.parametrize(
    ("text", "sort", "name", "role"),
    [
        ("He met the Labour MP Jess Phillips.", Sort.PERSON, ("Jess", "Phillips"), "Labour MP"),
        (
            "He met former prime minister Sir John Major.",
            Sort.PERSON,
            ("John", "Major"),
            "former prime minister Sir",
        ),
        (
            "He met Secretary of State Antony Blinken.",
            Sort.PERSON,
            ("Antony", "Blinken"),
            "Secretary of State",
        ),
        ("He met Ursula von der Leyen.", Sort.PERSON, ("Ursula", "von", "der", "Leyen"), ""),
        ("He met the Home Secretary.", Sort.ROLE, (), "the Home Secretary"),
        ("He met a Whitehall official.", Sort.ROLE, (), "a Whitehall official"),
        (
            "He met the Department for Work and Pensions.",
            Sort.GROUP,
            ("Department", "for", "Work", "and", "Pensions"),
            "",
        ),
        ("He met The Daily Courier.", Sort.GROUP, ("Daily", "Courier"), ""),
        ("He met the charity.", Sort.BODY, (), "the charity"),
        ("He met two young women.", Sort.PEOPLE, (), "two young women"),
    ],
)
def test_names_roles_and_bodies_are_told_apart(
    text: str, sort: Sort, name: tuple[str, ...], role: str
) -> None:
    """An office stands before a name, a capital role is no name, and a body keeps the whole of its own."""
    found = phrases(text)[-1]
    assert (found.sort, found.name) == (sort, name)
    assert found.role == role or not role


def test_people_are_known_by_full_name_surname_gender_and_role() -> None:
    """What the page says of people in one place is known in every other."""
    known = roster(
        "Ada Marsh, the mayor of Hale, met Tom Reed, 54. She was late. Desmond and Frances Garvey came with Mrs Vance."
    )
    assert [person.called for person in known.named(("Marsh",))] == ["Ada Marsh"]
    assert [person.gender for person in known.named(("Marsh",))] == ["f"]
    assert [person.called for person in known.with_role("the mayor", "mayor")] == ["Ada Marsh"]
    assert [person.called for person in known.with_role("the 54-year-old", "54-year-old")] == ["Tom Reed"]
    assert {person.called for person in known.named(("Garvey",))} == {"Desmond Garvey", "Frances Garvey"}


def test_a_title_tells_namesakes_apart() -> None:
    """Mr and Mrs of one surname are two people."""
    known = roster("Kevin Crotty and Norma Crotty came. He sat down. Mr Crotty spoke, and Mrs Crotty left.")
    assert [person.called for person in known.named(("Crotty",), "m")] == ["Kevin Crotty"]
    assert [person.called for person in known.named(("Crotty",), "f")] == ["Norma Crotty"]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Ada Marsh, who is 61, left.", "Ada Marsh"),
        ("After the vote, Ada Marsh left.", "Ada Marsh"),
        ("Two miles away, at the top of a hill, Ada Marsh left.", "Ada Marsh"),
        ("Every Friday Ada Marsh left.", "Ada Marsh"),
        ("When I ask her she laughs.", "she"),
        ("A geologist by training, he left.", "he"),
        ("It was Ada Marsh who left.", "Ada Marsh"),
        ("That one was Ada Marsh.", "Ada Marsh"),
        ("HALE, May 3 (Northwire) - Ada Marsh left.", "Ada Marsh"),
    ],
)
def test_a_sentence_is_about_its_subject(text: str, about: str) -> None:
    """Openings, asides and datelines are stepped over."""
    stretch = stretches(sentences(fold(text), [(0, len(text))], []))[0]
    assert next(subjects(stretch, 0, len(stretch.tokens))).text == about
