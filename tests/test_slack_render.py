"""What Slack is sent for each card and form.

Each case is held against a file in tests/snapshots/slack/, which a person reads. After a wanted change,
`python -m tests.test_slack_render` writes them anew, and the difference is read before it is kept.
"""

import json
from dataclasses import replace
from typing import Any

import pytest

from adapters.slack import marks, views
from adapters.slack.render import ALL_TEXT, SECTION, render
from bot.core.cards import Card, Quoted, line, say
from bot.core.inline import Emphasis, Inline, Strong
from tests.local_slack.blocks import block_text, message_faults, view_faults
from tests.local_slack.specs import SpecChecks
from tests.sample_cards import CARDS, FORM, FORMS, LENIN, PAGE
from tests.snapshots_of import keep, kept, names

PREFIX = "hr-"


def _rendered() -> dict[str, Any]:
    origin = views.Origin(channel="C0READING", message="1800000000.000001")
    made = {name: render(card, PREFIX).as_body() for name, card in CARDS.items()}
    return made | {
        **{name: views.modal(form, origin, PREFIX) for name, form in FORMS.items()},
        "home": views.home([CARDS["line"], CARDS["quotation"]], PREFIX),
        "page": views.page(render(CARDS["line"], PREFIX).blocks, replace(origin, message="", home=True)),
    }


@pytest.mark.parametrize("name", sorted(_rendered()))
def test_rendering_is_as_a_person_has_read_it(name: str) -> None:
    """Every card and form is sent to Slack exactly as its file says."""
    assert kept("slack", name) == _rendered()[name]


def test_every_snapshot_belongs_to_a_case() -> None:
    """No file is left over from a case that is gone."""
    assert set(_rendered()) == names("slack")


@pytest.mark.parametrize("name", sorted(CARDS))
def test_slack_would_take_it(name: str) -> None:
    """Every card keeps Block Kit's limits, Slack's own schema where it is at hand, and the budget of all text."""
    body = render(CARDS[name], PREFIX).as_body()
    assert message_faults(body["blocks"]) == []
    assert SpecChecks(wanted=True).blocks(body["blocks"]) == []
    assert block_text(body["blocks"]) <= ALL_TEXT
    assert body["text"]


@pytest.mark.parametrize("name", ["form", "form_with_a_file", "home"])
def test_slack_would_take_the_view(name: str) -> None:
    """Forms and App Home keep the limits of views."""
    view = _rendered()[name]
    assert view_faults(view) == []
    assert SpecChecks(wanted=True).view(view) == []


def test_hostile_text_is_never_markup() -> None:
    """What could ping, link or format stands escaped in text objects; rich_text alone holds it as it was typed."""
    body = render(CARDS["hostile_text"], PREFIX).as_body()
    marked = [block for block in body["blocks"] if block["type"] not in {"rich_text", "image"}]
    for text in (json.dumps(marked, ensure_ascii=False), body["text"]):
        for reference in ("<!channel", "<!here", "<@", "<#", "<!subteam", "<http"):
            assert reference not in text
    assert not [each for each in _texts(marked) if each["type"] == "mrkdwn"]
    kinds = {
        part["type"] for block in body["blocks"] if block["type"] == "rich_text" for part in _parts(block)
    }
    assert kinds == {"text", "date", "link"}
    links = {
        part["url"]
        for block in body["blocks"]
        if block["type"] == "rich_text"
        for part in _parts(block)
        if part["type"] == "link"
    }
    assert links == {PAGE.url}


def test_text_of_an_open_question_holds_no_option() -> None:
    """A notification tells the question, and nothing of what can be answered."""
    assert render(CARDS["numbered_options"], PREFIX).text == (
        "Finish the quotation: How does it end, as Neal Lawson quotes Eduard Bernstein?"
    )
    assert (
        render(CARDS["round_open"], PREFIX).text
        == f"Who said it? According to Neal Lawson, who said “{LENIN}”?"
    )
    assert "Article" not in render(CARDS["select"], PREFIX).text.removeprefix("Which article?")


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("One. Two.", "One."),
        ("J. Corbyn spoke. Then left.", "J. Corbyn spoke."),
        ("Dr. King was there. He spoke.", "Dr. King was there."),
        ("It was 3.5 of 10. More.", "It was 3.5 of 10."),
        ("He said “No!” and left. Then", "He said “No!” and left."),
        ("“Is he a pluralist?” She did not say.", "“Is he a pluralist?”"),
        ("no end at all", "no end at all"),
    ],
)
def test_first_sentence_ends_where_a_sentence_ends(said: str, first: str) -> None:
    """Initials, titles and figures end no sentence; closing marks belong to it. A card of one line is said whole."""
    assert render(Card(body=(say(said), say("More."))), PREFIX).text == first
    assert render(line(said), PREFIX).text == said


def test_long_first_sentence_is_shortened_in_the_text_alone() -> None:
    """The line for notifications stays within what Slack takes in an edit; the blocks hold everything."""
    rendered = render(line("& " * 1_000), PREFIX)
    assert rendered.text.endswith("&amp; …")
    assert len(rendered.text) <= 4_000
    assert len(rendered.blocks[0]["elements"][0]["elements"][0]["text"]) == 2_000


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((Strong("a"), " b"), True),
        (("(", Strong("a"), ")"), True),
        (("un", Strong("a"), "ble"), False),
        ((Strong("a"), Emphasis("b")), False),
        ((Strong(" a"), " b"), False),
        ((Strong("a\nb"),), False),
        (("5 * 3 ", Strong("a")), False),
        (("at 20:00:45 ", Strong("a")), True),
        (("with :tada: ", Strong("a")), False),
        (("\n> a ", Strong("a")), False),
        (("a > b ", Strong("a")), True),
    ],
)
def test_mrkdwn_is_used_where_slack_shows_it_as_meant(
    parts: tuple[str | Inline, ...], *, expected: bool
) -> None:
    """A mark works only at the edge of a word, and a stray one must not work at all."""
    assert marks.fits_mrkdwn(say(*parts).parts, PREFIX) is expected


def test_neighbouring_paragraphs_share_a_section_while_it_holds_them() -> None:
    """Paragraphs are joined; together too long for one section, each has its own."""
    short = render(Card(body=(say("One."), say("Two."))), PREFIX).blocks
    long = render(Card(body=(say("a" * 1_900), say("b" * 1_900))), PREFIX).blocks
    assert [block["text"]["text"] for block in short] == ["One.\nTwo."]
    assert [len(block["text"]["text"]) for block in long] == [1_900, 1_900]
    assert sum(len(block["text"]["text"]) for block in long) > SECTION


def test_many_small_paragraphs_and_quotations_stay_below_fifty_blocks() -> None:
    """A body of more parts than a message has blocks becomes one block of rich_text."""
    body = tuple(part for _ in range(40) for part in (say("p"), Quoted("q")))
    blocks = render(Card(title="Many", body=body), PREFIX).blocks
    assert [block["type"] for block in blocks] == ["rich_text"]
    assert len(blocks[0]["elements"]) == 81


def test_origin_and_values_of_a_form_come_back() -> None:
    """What a modal carries is read back; a modal of another make tells of no place."""
    origin = views.Origin(channel="C0READING", message="1.000001", thread="1.000000")
    view = views.modal(FORM, origin, PREFIX)
    assert views.origin_of(view) == origin
    assert views.origin_of({"private_metadata": "what?"}) == views.Origin()
    assert views.origin_of({"private_metadata": '{"other": 1}'}) == views.Origin()
    state = {
        "words": {"words": {"type": "plain_text_input", "value": "Yes"}},
        "who": {"who": {"type": "plain_text_input", "value": None}},
        "channel": {"channel": {"type": "conversations_select", "selected_conversation": "C0READING"}},
        "kind": {"kind": {"type": "static_select", "selected_option": {"value": "prompt"}}},
    }
    assert views.values({"state": {"values": state}}) == {
        "words": "Yes", "who": "", "channel": "C0READING", "kind": "prompt",
    }  # fmt: skip
    assert views.field_keys(view) == {"words", "who", "kind", "channel"}


def _parts(block: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for element in block["elements"] for part in element["elements"]]


def _texts(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for each in value for found in _texts(each)]
    if not isinstance(value, dict):
        return []
    own = [value] if value.get("type") in {"mrkdwn", "plain_text"} else []
    return own + [found for each in value.values() for found in _texts(each)]


if __name__ == "__main__":
    keep("slack", _rendered())
