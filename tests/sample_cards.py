"""The same cards and form for every renderer: each node there is, each part of a card, and text that means harm.

Ids of Discord (figures) and of Slack (capitals) stand side by side: a platform fills in its own, and shows the others by
name.
"""

from bot.core.cards import Button, Card, Field, Image, Intent, Option, Quoted, Select, line, say
from bot.core.forms import ChannelField, ChoiceField, FileField, Form, MemberField, TextField
from bot.core.inline import Channel, CommandName, Emphasis, Link, Mention, Strong, Time, TimeStyle
from bot.core.tokens import token

LAWSON = "Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)"
LENIN = "the right words are worth a hundred regiments"
GRADE_C = "Grade C: reported, according to Neal Lawson, 2010 (inferred)."
PAGE = Link("Read the article", "https://example.org/cultures?part=(2)&of=5|x")
ZONE = "Europe/London"
AT = 1_795_550_445
CLOSES = Time(AT, ZONE, TimeStyle.COUNTDOWN)
UNSEEN = "\u200b\u202e\ufeff"
HOSTILE = (
    "@everyone @here <@1> <@!1> <@&2> <#3> </quote:4> <:party:5> <a:party:5> <t:0:R> <id:customize> "
    "<!channel> <!here> <@U1ANA> <#C1READ> <!subteam^S1MODS> <http://evil.example|Slack> &amp; &lt; :tada: "
    "*a* **b** __c__ _d_ ~e~ ~~e~~ `f` ||g|| [h](https://evil.example) https://evil.example\r\n"
    "# heading\n-# small\n- item\n* item\n+ item\n1. item\n2) item\n> quote\n>>> quotes\n```\ncode\n"
    "\\*backslash\u200b\u202egnitide\ufeff"
)


def buttons(*labels: str) -> tuple[Button, ...]:
    """Make buttons with these labels."""
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
        buttons=buttons("Another", "In context", "Save", "Discuss"),
    ),
    "round_open": Card(
        title="Who said it?",
        body=(
            say(f"According to Neal Lawson, who said “{LENIN}”? It is short."),
            say("Closes at ", CLOSES, ". You can change your answer once. About 6 in 10 get this."),
        ),
        grade=GRADE_C,
        intent=Intent.QUESTION,
        buttons=buttons("Antonio Gramsci", "Vladimir Lenin", "Paddy Ashdown", "Eduard Bernstein"),
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
        buttons=buttons("My result", "In context", "Next question", "Discuss"),
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
        buttons=buttons("1", "2"),
    ),
    "line": line("Saved. ", CommandName("saved"), " lists what you keep."),
    "line_with_a_button": Card(
        body=(say("There is no /qoute. Did you mean ", CommandName("quote"), "?"),),
        intent=Intent.MISTAKE,
        buttons=(Button(CommandName("quote"), token("command:run", "quote")), *buttons("/help")),
    ),
    "every_inline_node": Card(
        title="Every node",
        body=(
            say("words, ", Strong("weight"), ", ", Emphasis("a title"), " and ", PAGE),
            say(*(part for style in TimeStyle for part in (Time(AT, ZONE, style), ", "))),
            say("in ", Channel("417719834231439370", "reading"), ", ", Channel("C0READING", "reading"), " and ",
                Channel("reading", "reading")),
            say(Mention("1", "Ana"), ", ", Mention("1", "Ana", notify=True), ", ", Mention("U1ANA", "Ana", notify=True)),
            say(Mention("2", "readers", notify=True, role=True), ", ", Mention("S1MODS", "mods", notify=True, role=True),
                ", ", Mention("x", "Ben", notify=True)),
            say("To correct something: ", CommandName("suggest", "kind:correction")),
        ),
        intent=Intent.OWN,
    ),
    "every_inline_node_beside_stray_marks": Card(
        title="Every node, literally",
        body=(
            say("words ", Strong("strong "), Emphasis("set apart"), Strong("!"), " and ", PAGE),
            say("f*** and ", Strong("weight"), "ed ", Emphasis("_title_"), " and ", PAGE),
            say(CLOSES, ", ", Time(AT, ZONE)),
            say("in ", Channel("C0READING", "reading"), " and ", Channel("reading", "reading")),
            say(Mention("U1ANA", "A_n_a"), ", ", Mention("U1ANA", "Ana", notify=True), ", "),
            say(Mention("S1MODS", "mods", notify=True, role=True), ", ", CommandName("quote")),
        ),
        intent=Intent.OWN,
    ),
    "quotations_of_many_lines": Card(
        title="In context",
        body=(
            say("Section “Hello to Berlin”"),
            Quoted("What the f*** do _they_ want?\n- and a second line, like an item\n\nThey never said."),
            Quoted("Another quotation."),
        ),
        footer=LAWSON,
        intent=Intent.READING,
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
        link=PAGE,
    ),
    "fields_and_an_image": Card(
        title="Balance",
        body=(say("Posted in the last 30 days, and planned for the next 30."),),
        fields=(Field("Articles", "11 and 12"), Field("Speakers & topics", "[sic] 6_ and 7_")),
        image=Image("https://example.org/balance.png", "Bars: 11 posts of one article, 9 of the other"),
        footer="Counts, no verdict.",
        intent=Intent.MODERATION,
    ),
    "twelve_buttons_and_a_link": Card(
        title="Twelve",
        link=Link("The *whole* [article](x)", "https://example.org/"),
        buttons=buttons(*(f"Button {number}" for number in range(1, 13))),
    ),
    "hostile_text": Card(
        title=HOSTILE[:90],
        body=(
            say(HOSTILE, Strong("*"), Emphasis("_*"), Link("](https://evil.example)|<x>", PAGE.url), CLOSES),
            Quoted(HOSTILE),
        ),
        fields=(Field("# <@U1ANA> *name*", HOSTILE),),
        grade="# <!here> grade",
        footer=HOSTILE,
        image=Image("https://example.org/a.png", "<!here> @everyone"),
        buttons=(*buttons("@everyone\u202e"), Button("<!channel> & *b*", token("demo:other"))),
    ),
    "hostile_line": line(HOSTILE),
    "too_long_once_escaped": Card(
        title="*" * 150,
        body=(say("&" * 700), say("_" * 700), Quoted("<*" * 450), say(CLOSES, " & ", PAGE), say("Plain words.")),
        fields=(Field("Long", "|" * 600),),
        grade="&" * 30,
        footer="&" * 300,
        link=PAGE,
        buttons=buttons("&" * 34, "Two"),
    ),
}  # fmt: skip
"""By a name, which is that of the snapshot too."""

FORM = Form(
    title="Suggestion",
    token=token("demo:send", 5),
    intro=say("In your own words, or from ", Strong("your own"), " message. ", CommandName("privacy"), " says more."),
    fields=(
        TextField(key="words", label="The words, exactly", hint="With their marks", most=1_000, long=True),
        TextField(key="who", label="Who said or wrote them", default="Tony Benn", required=False),
        ChoiceField(
            key="kind",
            label="Kind",
            options=(Option("A quotation", "quotation"), Option("A prompt & more", "prompt")),
            default="prompt",
        ),
        ChannelField(key="channel", label="Channel", default="417719834231439370"),
    ),
    submit="Send it",
)  # fmt: skip
FILE_FORM = Form(
    title="Import",
    token=token("demo:send"),
    fields=(
        FileField(key="file", label="The article", hint="a text or a page"),
        ChannelField(key="channel", label="Channel", required=False),
        MemberField(key="member", label="Member", hint="whoever wrote it", required=False),
    ),
)
FORMS = {"form": FORM, "form_with_a_file": FILE_FORM}
"""Between them a field of each kind."""
