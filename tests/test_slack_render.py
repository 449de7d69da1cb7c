"""What Slack is sent for each card and form.

Each case is held against a file in tests/snapshots/slack/, which a person reads. After a wanted change,
`python -m tests.test_slack_render` writes them anew, and the difference is read before it is kept.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import marks, views
from adapters.slack.render import ALL_TEXT, SECTION, render
from bot.core.cards import (
    Button,
    Card,
    Channel,
    CommandName,
    Emphasis,
    Field,
    Image,
    Inline,
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
from bot.core.forms import ChoiceField, Form, TextField
from bot.core.tokens import token
from tests.local_slack.blocks import block_text, message_faults, view_faults
from tests.local_slack.specs import SpecChecks

SNAPSHOTS = Path(__file__).parent / "snapshots" / "slack"
PREFIX = "hr-"

LAWSON = "Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)"
LENIN = "the right words are worth a hundred regiments"
GRADE_C = "Grade C: reported, according to Neal Lawson, 2010 (inferred)."
PAGE = Link("Read the article", "https://example.org/cultures?part=2&of=5|x")
CLOSES = Time(1_795_550_445, "Europe/London", TimeStyle.COUNTDOWN)
HOSTILE = (
    "<!channel> <!here> <@U1ANA> <#C1READ> <!subteam^S1MODS> <http://evil.example|Slack> &amp; &lt; "
    "*a* _b_ ~c~ `d` :tada: https://evil.example\n> quote\n```code```\u200b\u202egnitide\ufeff"
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
            say(f"According to Neal Lawson, who said “{LENIN}”? It is short."),
            say("Closes at ", CLOSES, ". You can change your answer once. About 6 in 10 get this."),
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
            say("words, ", Strong("weight"), ", ", Emphasis("a title"), " and ", PAGE),
            say(
                CLOSES,
                ", ",
                Time(1_795_550_445, "Europe/London", TimeStyle.CLOCK),
                ", ",
                Time(1_795_550_445, "Europe/London", TimeStyle.MOMENT),
                ", ",
                Time(1_795_550_445, "Europe/London", TimeStyle.DAY),
            ),
            say("in ", Channel("C0READING", "reading"), " and ", Channel("reading", "reading")),
            say(Mention("U1ANA", "Ana"), ", ", Mention("U1ANA", "Ana", notify=True), ", "),
            say(Mention("S1MODS", "mods", notify=True, role=True), ", ", Mention("x", "Ben", notify=True)),
            say("To correct something: ", CommandName("suggest", "kind:correction")),
        ),
        intent=Intent.OWN,
    ),
    "every_inline_node_beside_stray_marks": Card(
        title="Every node, literally",
        body=(
            say("f*** and ", Strong("weight"), "ed ", Emphasis("_title_"), " and ", PAGE),
            say(CLOSES, ", ", Time(1_795_550_445, "Europe/London")),
            say("in ", Channel("C0READING", "reading"), " and ", Channel("reading", "reading")),
            say(Mention("U1ANA", "A_n_a"), ", ", Mention("U1ANA", "Ana", notify=True), ", "),
            say(Mention("S1MODS", "mods", notify=True, role=True), ", ", CommandName("quote")),
        ),
        intent=Intent.OWN,
    ),
    "quotation_with_stray_marks": Card(
        title="In context",
        body=(
            say("Section “Hello to Berlin”"),
            Quoted("What the f*** do _they_ want?\nThey never said."),
            Quoted("One line.\nAnother line."),
        ),
    ),
    "fields_and_an_image": Card(
        title="Balance",
        fields=(Field("Articles", "11 and 12"), Field("Speakers & topics", "6_ and 7_")),
        image=Image("https://example.org/balance.png", "Eleven of twelve articles were posted."),
        footer="The last 30 days.",
    ),
    "select": Card(
        title="Which article?",
        body=(Quoted("Change is done to people, not with people."),),
        intent=Intent.QUESTION,
        select=Select(
            "Your answer",
            token("quiz:choose", 7),
            tuple(Option(f"Article {number} & more", str(number)) for number in range(1, 7)),
        ),
    ),
    "twelve_buttons_and_a_link": Card(
        body=(say("Twelve."),),
        link=Link("The *whole* article", "https://example.org/"),
        buttons=_buttons(*(f"Button {number}" for number in range(1, 13))),
    ),
    "hostile_text": Card(
        title="<!channel> & *co*",
        body=(say(HOSTILE), Quoted(HOSTILE), say(HOSTILE, CLOSES)),
        fields=(Field("<@U1ANA>", "*a* & <!here>"),),
        grade=HOSTILE,
        footer=HOSTILE,
        image=Image("https://example.org/a.png", "<!here>"),
        buttons=_buttons("<!channel> & *b*"),
    ),
    "too_long_once_escaped": Card(
        title="&" * 40,
        body=(say("&" * 700), Quoted("<" * 900), say(CLOSES, " & ", PAGE)),
        fields=(Field("&&", "<>"),),
        grade="&" * 30,
        footer="&" * 300,
        link=PAGE,
        buttons=_buttons("&" * 34, "Two"),
    ),
}

FORM = Form(
    title="Suggestion",
    token=token("suggest:send", "quotation"),
    intro=say("In your own words. ", CommandName("privacy"), " says what is kept."),
    fields=(
        TextField(key="words", label="The words, exactly", hint="As they stand there", long=True, most=1_000),
        TextField(key="where", label="Where they can be found", default="A book", required=False),
        ChoiceField(
            key="kind",
            label="Kind",
            options=(Option("A quotation", "quotation"), Option("A prompt & more", "prompt")),
            default="prompt",
        ),
    ),
    submit="Send it",
)


def _rendered() -> dict[str, Any]:
    origin = views.Origin(channel="C0READING", message="1800000000.000001")
    made = {name: render(card, PREFIX).as_body() for name, card in CARDS.items()}
    return made | {
        "form": views.modal(FORM, origin, PREFIX),
        "home": views.home([CARDS["line"], CARDS["quotation"]], PREFIX),
        "page": views.page(render(CARDS["line"], PREFIX).blocks, replace(origin, message="", home=True)),
    }


@pytest.mark.parametrize("name", sorted(_rendered()))
def test_rendering_is_as_a_person_has_read_it(name: str) -> None:
    """Every card and form is sent to Slack exactly as its file says."""
    expected = json.loads((SNAPSHOTS / f"{name}.json").read_text(encoding="utf-8"))
    assert expected == _rendered()[name]


def test_every_snapshot_belongs_to_a_case() -> None:
    """No file is left over from a case that is gone."""
    assert sorted(_rendered()) == sorted(path.stem for path in SNAPSHOTS.glob("*.json"))


@pytest.mark.parametrize("name", sorted(CARDS))
def test_slack_would_take_it(name: str) -> None:
    """Every card keeps Block Kit's limits, Slack's own schema where it is at hand, and the budget of all text."""
    body = render(CARDS[name], PREFIX).as_body()
    assert message_faults(body["blocks"]) == []
    assert SpecChecks(wanted=True).blocks(body["blocks"]) == []
    assert block_text(body["blocks"]) <= ALL_TEXT
    assert body["text"]


@pytest.mark.parametrize("name", ["form", "home"])
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
    assert kinds == {"text", "date"}


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
        "where": {"where": {"type": "plain_text_input", "value": None}},
        "kind": {"kind": {"type": "static_select", "selected_option": {"value": "prompt"}}},
    }
    assert views.values({"state": {"values": state}}) == {"words": "Yes", "where": "", "kind": "prompt"}
    assert views.field_keys(view) == {"words", "where", "kind"}


def _parts(block: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for element in block["elements"] for part in element["elements"]]


def _texts(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for each in value for found in _texts(each)]
    if not isinstance(value, dict):
        return []
    own = [value] if value.get("type") in {"mrkdwn", "plain_text"} else []
    return own + [found for each in value.values() for found in _texts(each)]


def _write() -> None:
    for name, body in _rendered().items():
        text = json.dumps(body, ensure_ascii=False, indent=2)
        (SNAPSHOTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
