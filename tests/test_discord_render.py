"""What Discord is sent for each card, form and command.

Each case is held against a file in tests/snapshots/discord/, which a person reads. After a wanted change,
`python -m tests.test_discord_render` writes them anew, and the difference is read before it is kept.
"""

import re
from typing import Any

import pytest

from adapters.discord import direct, markdown
from adapters.discord.forms import modal
from adapters.discord.render import EMBED_TEXT, render
from bot.core.cards import Card, Intent, line, say
from bot.core.errors import CardFault
from bot.core.tokens import token
from tests.sample_cards import CARDS, FORM, FORMS, HOSTILE, UNSEEN
from tests.snapshots_of import keep, kept, names


def _wires() -> dict[str, Any]:
    quotation = render(CARDS["quotation"])
    return {
        **{name: render(card).wire() for name, card in CARDS.items()},
        "ping_with_a_card": render(CARDS["quotation"], ping="77").wire(),
        "ping_with_a_line": render(CARDS["line"], ping="77").wire(),
        "in_a_direct_message": direct.marked(quotation, 417719834231439370).wire(),
        **{name: modal(form) for name, form in FORMS.items()},
        "form_in_a_direct_message": modal(FORM, lambda _: "reading"),
    }


@pytest.mark.parametrize("name", sorted(_wires()))
def test_a_rendering_is_what_its_snapshot_says(name: str) -> None:
    """A card, form or command tree is sent exactly as its snapshot shows it."""
    assert kept("discord", name) == _wires()[name]


def test_every_snapshot_belongs_to_a_rendering() -> None:
    """No snapshot is left over from a rendering that is gone."""
    assert set(_wires()) == names("discord") - {"commands"}


@pytest.mark.parametrize("intent", list(Intent))
def test_every_intent_has_a_colour_or_none(intent: Intent) -> None:
    """A card of any intent can be shown; the plain one has no colour."""
    wire = render(Card(title="A title", intent=intent)).wire()
    assert (intent is not Intent.PLAIN) == ("color" in wire["embeds"][0])


def _shown(text: str) -> str:
    """Read Markdown as Discord's client shows it where nothing is marked up: a backslash frees the next mark."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


def test_what_somebody_typed_shows_as_it_was_typed() -> None:
    """Escaping changes nothing that a reader sees; only what hides text or turns it around is gone."""
    wanted = HOSTILE.replace("\r\n", "\n")
    for unseen in UNSEEN:
        wanted = wanted.replace(unseen, "")
    assert wanted == _shown(markdown.escape(HOSTILE))


def test_nothing_that_somebody_typed_is_markup() -> None:
    """After escaping no mention, link, emphasis, code, spoiler, heading, list or quotation is left."""
    left = re.sub(r"\\[^0-9A-Za-z\s]", "free", markdown.escape(HOSTILE))
    markup = re.search(r"[*_~`|\[\]<]|://|:tada:|@everyone|@here|^\s*[-#>+]|^\s*\d+[.)]", left, re.MULTILINE)
    assert markup is None


def test_joiners_that_scripts_are_written_with_stay() -> None:
    """Persian half-spaces and joined emoji keep their joiners."""
    expected = "می\u200cخواهم 👩\u200d🏫"
    assert expected == markdown.escape(expected)


def test_a_text_that_escaping_makes_too_long_goes_on_in_a_second_embed() -> None:
    """No word is dropped when escaping doubles a text: the description goes on in another embed."""
    embeds = render(CARDS["too_long_once_escaped"]).wire()["embeds"]
    said = "\n".join(each["description"] for each in embeds)
    assert len(embeds) == 2
    for run in (r"\*" * 150, "&" * 700, r"\_" * 700, r"\<\*" * 450, "Plain words.", r"\|" * 600, "&" * 30):
        assert run in said


def test_a_card_that_can_never_be_sent_is_refused() -> None:
    """What escaping makes larger than any message is refused here, not by Discord."""
    with pytest.raises(CardFault, match=f"{EMBED_TEXT} characters"):
        render(Card(title="Marks", body=(say("*" * 2_900),)))


def test_a_line_that_is_too_long_for_a_content_becomes_an_embed() -> None:
    """A line of more than 2,000 characters is shown in an embed, which has room for it."""
    rendered = render(line("a" * 2_500))
    expected = ("", "a" * 2_500)
    assert expected == (rendered.content, rendered.embeds[0]["description"])


def test_a_mark_of_a_direct_message_comes_back_as_token_and_server() -> None:
    """A custom_id of a direct message is read back as the token that was sent and its server."""
    sent = str(token("demo:press", "a@12", 5))
    assert (sent, 77) == direct.read(direct.marked_id(sent, 77))


def test_a_token_without_room_for_its_server_is_refused() -> None:
    """A custom_id that would exceed 100 characters in a direct message is refused before Discord does."""
    with pytest.raises(CardFault, match="100 characters"):
        direct.marked_id("t" * 90, 417719834231439370)


if __name__ == "__main__":
    keep("discord", _wires())
