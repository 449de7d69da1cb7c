"""What Discord is sent for each card, form and command.

Each case is held against a file in tests/snapshots/discord/, which a person reads. After a wanted change,
`python -m tests.test_discord_render` writes them anew, and the difference is read before it is kept.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from adapters.discord import direct, markdown
from adapters.discord.components import modal
from adapters.discord.render import EMBED_TEXT, render
from bot.core.cards import (
    Button,
    Card,
    Channel,
    CommandName,
    Emphasis,
    Field,
    Image,
    Intent,
    Link,
    Mention,
    Option,
    Quoted,
    Select,
    Strong,
    Time,
    TimeStyle,
    line,
    say,
)
from bot.core.errors import CardFault
from bot.core.forms import ChoiceField, Form, TextField
from bot.core.tokens import token

SNAPSHOTS = Path(__file__).parent / "snapshots" / "discord"

LAWSON = "Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)"
LENIN = "the right words are worth a hundred regiments"
GRADE_C = "Grade C: reported, according to Neal Lawson, 2010 (inferred)."
PAGE = Link("Read the article", "https://example.org/articles/cultures?part=(2)")
CLOSES = 1_795_550_445
HOSTILE = (
    "@everyone @here <@1> <@!1> <@&2> <#3> </quote:4> <:party:5> <a:party:5> <t:0:R> <id:customize> "
    "*a* **b** __c__ _d_ ~~e~~ `f` ||g|| [h](https://evil.example) https://evil.example\r\n"
    "# heading\n-# small\n- item\n* item\n+ item\n1. item\n2) item\n> quote\n>>> quotes\n```\ncode\n"
    "\\*backslash\u200b\u202egnitide\ufeff"
)


def _buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label, token("demo:press", number)) for number, label in enumerate(labels, 1))


CARDS: dict[str, Card] = {
    "quotation": Card(
        title="Quotation",
        body=(
            Quoted(LENIN),
            say("Attributed to Vladimir Lenin, Russian revolutionary (1870 to 1924)"),
        ),
        grade=f"{GRADE_C} Not found so far outside this article.",
        footer=LAWSON,
        link=PAGE,
        intent=Intent.READING,
        buttons=_buttons("Another", "In context", "Save", "Discuss"),
    ),
    "round_open": Card(
        title="Who said it?",
        body=(
            say(f"According to Neal Lawson, who said “{LENIN}”?"),
            say(
                "Closes at ",
                Time(CLOSES, "Europe/London", TimeStyle.COUNTDOWN),
                ". You can change your answer once. About 6 in 10 get this.",
            ),
        ),
        grade=GRADE_C,
        intent=Intent.QUESTION,
        buttons=_buttons("Antonio Gramsci", "Vladimir Lenin", "Paddy Ashdown", "Eduard Bernstein"),
    ),
    "round_closed": Card(
        title="Who said it? Vladimir Lenin, according to Neal Lawson",
        body=(
            say("12 answers, 7 right, 1 point each."),
            say("Vladimir Lenin 58% (7) · Eduard Bernstein 25% (3) · Antonio Gramsci 17% (2)"),
            say("In the article:"),
            Quoted(f'Ironically, it was Lenin who said that "{LENIN}".'),
        ),
        grade=GRADE_C,
        footer=LAWSON,
        intent=Intent.RESULT,
        buttons=_buttons("My result", "In context", "Next question", "Discuss"),
    ),
    "numbered_options": Card(
        title="Finish the quotation",
        body=(
            say("How does it end, as Neal Lawson quotes Eduard Bernstein?"),
            Quoted("democracy is both means and ends. It is the weapon in the struggle for socialism …"),
            say("1 socialism will be realised"),
            say("2 means are readily used to justify ends"),
        ),
        grade="Grade B: in a reliable secondary source.",
        intent=Intent.QUESTION,
        buttons=_buttons("1", "2"),
    ),
    "line": line("Saved. ", CommandName("saved"), " lists what you keep."),
    "line_with_a_button": Card(
        body=(say("There is no /qoute. Did you mean ", CommandName("quote"), "?"),),
        intent=Intent.MISTAKE,
        buttons=_buttons("/quote", "/help"),
    ),
    "every_inline_node": Card(
        title="Every node",
        body=(
            say("words ", Strong("strong "), Emphasis("set apart"), Strong("!"), " and ", PAGE),
            say(
                Time(CLOSES, "Europe/London", TimeStyle.CLOCK),
                ", ",
                Time(CLOSES, "Europe/London", TimeStyle.MOMENT),
                ", ",
                Time(CLOSES, "Europe/London", TimeStyle.DAY),
            ),
            say("in ", Channel("417719834231439370", "reading"), " and ", Channel("reading", "reading")),
            say(Mention("1", "Ana_"), ", ", Mention("1", "Ana", notify=True), ", "),
            say(Mention("2", "readers", notify=True, role=True), ", ", Mention("x", "Ben", notify=True)),
            say("To correct something: ", CommandName("suggest", "kind:correction")),
        ),
        intent=Intent.OWN,
    ),
    "quotations_of_many_lines": Card(
        title="In context",
        body=(
            Quoted("The first line.\n- and a second, like an item\n\nThe last."),
            Quoted("Another quotation."),
        ),
        footer=LAWSON,
        intent=Intent.READING,
    ),
    "select": Card(
        title="Which article?",
        body=(say("6 articles speak of this."),),
        select=Select(
            "Choose an article",
            token("demo:choose", 7),
            tuple(Option(f"Article {number}", str(number)) for number in range(1, 7)),
        ),
        link=PAGE,
    ),
    "fields_and_an_image": Card(
        title="Balance",
        body=(say("Posted in the last 30 days, and planned for the next 30."),),
        fields=(
            Field("Articles", "Out of one party, many cultures 11 and 12"),
            Field("Topics", "[sic] 4 and 4"),
        ),
        image=Image("https://example.org/balance.png", "Bars: 11 posts of one article, 9 of the other"),
        footer="Counts, no verdict.",
        intent=Intent.MODERATION,
    ),
    "twelve_buttons_and_a_link": Card(
        title="Twelve", link=PAGE, buttons=_buttons(*(f"Option {number}" for number in range(1, 13)))
    ),
    "hostile_text": Card(
        title=HOSTILE[:90],
        body=(
            say(HOSTILE, Strong(HOSTILE), Emphasis("*"), Link("](https://evil.example)", PAGE.url)),
            Quoted(HOSTILE),
        ),
        fields=(Field("# name", HOSTILE),),
        grade="# grade",
        footer=HOSTILE,
        link=Link("[label](x)", PAGE.url),
        buttons=_buttons("@everyone\u202e"),
    ),
    "hostile_line": line(HOSTILE),
    "too_long_for_one_description": Card(
        title="*" * 150,
        body=(say("_" * 1_000), Quoted("*" * 1_000), say("Plain words.")),
        fields=(Field("Long", "|" * 600),),
        footer="The last line.",
    ),
}

FORM = Form(
    title="Suggestion",
    token=token("demo:send", 5),
    intro=say("In your own words, or from ", Strong("your own"), " message."),
    fields=(
        TextField(key="words", label="The words, exactly", hint="With their marks", most=1_000, long=True),
        TextField(key="who", label="Who said or wrote them", default="Tony Benn", required=False),
        ChoiceField(
            key="credit",
            label="Credit me if accepted",
            options=(Option("Yes", "yes"), Option("No", "no")),
            default="yes",
        ),
    ),
)


def _wires() -> dict[str, Any]:
    quotation = render(CARDS["quotation"])
    return {
        **{name: render(card).wire() for name, card in CARDS.items()},
        "ping_with_a_card": render(CARDS["quotation"], ping="77").wire(),
        "ping_with_a_line": render(CARDS["line"], ping="77").wire(),
        "in_a_direct_message": direct.marked(quotation, 417719834231439370).wire(),
        "form": modal(FORM),
    }


def _file(name: str) -> Path:
    return SNAPSHOTS / f"{name}.json"


@pytest.mark.parametrize("name", sorted(_wires()))
def test_a_rendering_is_what_its_snapshot_says(name: str) -> None:
    """A card, form or command tree is sent exactly as its snapshot shows it."""
    assert json.loads(_file(name).read_text("utf-8")) == _wires()[name]


def test_every_snapshot_belongs_to_a_rendering() -> None:
    """No snapshot is left over from a rendering that is gone."""
    kept = {path.stem for path in SNAPSHOTS.glob("*.json")} - {"commands"}
    assert set(_wires()) == kept


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
    for unseen in "\u200b\u202e\ufeff":
        wanted = wanted.replace(unseen, "")
    assert wanted == _shown(markdown.escape(HOSTILE))


def test_nothing_that_somebody_typed_is_markup() -> None:
    """After escaping no mention, link, emphasis, code, spoiler, heading, list or quotation is left."""
    left = re.sub(r"\\[^0-9A-Za-z\s]", "free", markdown.escape(HOSTILE))
    markup = re.search(r"[*_~`|\[\]<]|://|@everyone|@here|^\s*[-#>+]|^\s*\d+[.)]", left, re.MULTILINE)
    assert markup is None


def test_joiners_that_scripts_are_written_with_stay() -> None:
    """Persian half-spaces and joined emoji keep their joiners."""
    expected = "می\u200cخواهم 👩\u200d🏫"
    assert expected == markdown.escape(expected)


def test_a_text_that_escaping_makes_too_long_goes_on_in_a_second_embed() -> None:
    """No word is dropped when escaping doubles a text: the description goes on in another embed."""
    embeds = render(CARDS["too_long_for_one_description"]).wire()["embeds"]
    said = "\n".join(each["description"] for each in embeds)
    expected = "\n".join(
        (
            "**" + r"\*" * 150 + "**",
            r"\_" * 1_000,
            "> “" + r"\*" * 1_000 + "”",
            "Plain words.",
            "**Long**",
            r"\|" * 600,
        )
    )
    assert (expected, 2) == (said, len(embeds))


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


def write_snapshots() -> None:
    """Write every snapshot anew, for a person to read the difference."""
    SNAPSHOTS.mkdir(parents=True, exist_ok=True)
    for name, wire in _wires().items():
        _file(name).write_text(json.dumps(wire, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    write_snapshots()
