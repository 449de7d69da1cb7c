"""The sample cards hold every node and part there is, and read on the console as a person has read them.

`python -m tests.test_sample_cards` writes the console's snapshots anew.
"""

from collections.abc import Iterator
from dataclasses import fields
from typing import get_args

import pytest

from adapters.console.lines import plain
from adapters.console.render import field_prompt, form_head, render
from bot.core.cards import Block, Card, Intent, Paragraph
from bot.core.forms import Form, FormField
from bot.core.inline import Inline, Time, TimeStyle
from tests.sample_cards import CARDS, FORMS
from tests.snapshots_of import ROOT, names

FOLDER = "samples"


def _texts() -> dict[str, str]:
    cards = {name: plain(render(card, number=1)) for name, card in CARDS.items()}
    return cards | {name: _prompts(form) for name, form in FORMS.items()}


def _prompts(form: Form) -> str:
    prompts = "".join(f"{field_prompt(each)}\n" for each in form.fields)
    return plain(form_head(form, aside="")) + prompts


@pytest.mark.parametrize("name", sorted(_texts()))
def test_the_console_shows_it_as_a_person_has_read_it(name: str) -> None:
    """Every sample card and form is printed exactly as its file says."""
    assert (ROOT / FOLDER / f"{name}.txt").read_text("utf-8") == _texts()[name]


def test_every_snapshot_belongs_to_a_sample() -> None:
    """No file is left over from a sample that is gone."""
    assert set(_texts()) == names(FOLDER)


def _inline() -> Iterator[Inline]:
    for card in CARDS.values():
        for block in card.body:
            if isinstance(block, Paragraph):
                yield from block.parts


def test_the_samples_leave_nothing_out() -> None:
    """Every node, style, intent, part of a card and kind of field stands in a sample: so each renderer's is read."""
    assert {type(each) for each in _inline()} == set(get_args(Inline))
    assert {each.style for each in _inline() if isinstance(each, Time)} == set(TimeStyle)
    assert {type(block) for card in CARDS.values() for block in card.body} == set(get_args(Block))
    assert {card.intent for card in CARDS.values()} == set(Intent)
    parts = {each.name for each in fields(Card)}
    assert {each for each in parts for card in CARDS.values() if getattr(card, each)} == parts
    assert {type(each) for form in FORMS.values() for each in form.fields} == set(get_args(FormField))


if __name__ == "__main__":
    (ROOT / FOLDER).mkdir(exist_ok=True)
    for _name, _text in _texts().items():
        (ROOT / FOLDER / f"{_name}.txt").write_text(_text, "utf-8")
