"""Writing a shelf as a file that people read, and reading it back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.library import Article, Ending, Grade, Person, Prompt, Quotation, Rights, Shelf
from content.loader import dump
from content.parse import folded, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", "one two"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("one \n \t\n\n two ", "one\n\ntwo"),
        ("a\u00a0b\u202fc", "a b c"),
        ("\n\n", ""),
    ],
)
def test_white_space_is_folded(text: str, expected: str) -> None:
    """Line ends are spaces, blank lines end paragraphs, no-break spaces are spaces."""
    assert folded(text) == expected


@settings(max_examples=60, deadline=None, database=None)
@given(text=st.text(max_size=300), words=st.lists(st.text(max_size=60), max_size=3))
def test_any_text_comes_back_from_its_file(text: str, words: list[str]) -> None:
    """Whatever stands in a text, marks, backslashes and control characters too, the written file reads back."""
    text, listed = folded(text) or "An empty text is a fault.", tuple(map(folded, words))
    person = Person(id="a", name=text, aliases=listed, public=False)
    article = Article(id="b", title=text, rights=Rights.LICENSED, words=7, inferred={"date": text})
    endings = (Ending(text=text, speaker="a"),)
    quotation = Quotation(
        id="c", article="b", text=text, speaker="a", grade=Grade.D, endings=endings, kinds=()
    )
    shelf = Shelf(
        article=article,
        people=(person,),
        quotations=(quotation,),
        prompts=(Prompt(id="d", article="b", text=f'{text}"""\\', topics=listed),),
    )
    draft, found = parse(dump(shelf), "b.toml")
    assert found == []
    assert draft is not None
    assert draft.shelf == shelf


def test_long_texts_are_written_to_be_read() -> None:
    """A long text, or one with straight marks, is wrapped between three marks; a short one stays on its line."""
    article = Article(
        id="a", title="Short", rights=Rights.PUBLIC_DOMAIN, words=3, summary=f"{'word ' * 30}end"
    )
    person = Person(id="b", name='The "Bee"', aliases=("One", "Two"))
    assert dump(Shelf(article=article, people=(person,))) == (
        "# An article of the library. docs/library.md says what each field means.\n\n"
        '[article]\nid = "a"\ntitle = "Short"\nrights = "public-domain"\nwords = 3\n'
        f'summary = """\n{" ".join(["word"] * 22)}\n{" ".join(["word"] * 8)} end\n"""\n\n'
        '[[people]]\nid = "b"\nname = """\nThe "Bee"\n"""\naliases = ["One", "Two"]\n'
    )
