"""Quotation marks: which open, which close, and which are no marks at all."""

import pytest

from content.importer.folding import fold
from content.importer.lines import lines
from content.importer.marks import pair


def inside(text: str) -> list[str]:
    """Return what stands inside the outermost marks of a text."""
    plain = fold(text)
    return [
        text[marked.start : marked.end]
        for marked in pair(plain, [(each.start, each.end) for each in lines(plain)])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” she said.", ["Yes,"]),
        ('"Yes," she said. "Now."', ["Yes,", "Now."]),
        ("«Oui», she said, „Nein“, he said.", ["Oui", "Nein"]),
        ("``Yes,'' she said.", ["Yes,"]),
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
        ("“I like ‘it’,” she said – “I do.”", ["I like ‘it’,", "I do."]),
        ('She gave "no comment” and left “early".', ["no comment", "early"]),
        ("“‘Tis mine,” he said of the workers’ hall.", ["‘Tis mine,"]),
    ],
)
def test_double_marks_of_every_kind_are_paired(text: str, expected: list[str]) -> None:
    """Curly, straight, low, angle and mixed doubles pair up; singles inside them are part of what is said."""
    assert inside(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘We’ll go,’ he said. ‘It’s the workers’ choice.’", ["We’ll go,", "It’s the workers’ choice."]),
        ("'I didn't,' said Ann, 'and that's that.'", ["I didn't,", "and that's that."]),
        ("‘He told me “no” twice,’ she said.", ["He told me “no” twice,"]),
        ("In the ’90s and ’80s, rock ’n’ roll was the girls’ music.", []),
    ],
)
def test_single_marks_lead_where_the_page_has_no_doubles_of_its_own(text: str, expected: list[str]) -> None:
    """British singles are quotations, and apostrophes are not marks."""
    assert inside(text) == expected


def test_a_quotation_left_open_runs_on_into_the_next_paragraph() -> None:
    """Each paragraph of a long quotation is a span of its own, ended by the paragraph where it is left open."""
    assert inside("“One. Two.\n\n“Three,” she said.") == ["One. Two.", "Three,"]


def test_a_missing_closing_mark_ends_at_the_tag() -> None:
    """A source that forgot a closing mark does not swallow the page."""
    assert inside("“I never said that,” said Ann. “It was Tom, said Ben. “It was not.”")[-1] == "It was not."


def test_a_line_of_unclosed_marks_is_read_in_one_pass() -> None:
    """A hundred thousand opening marks are a page like any other."""
    assert len(inside("“a " * 20_000)) <= 20_000
