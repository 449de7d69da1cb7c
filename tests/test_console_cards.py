"""How cards read on the console, to the letter: each snapshot holds one as it is written down for people."""

from pathlib import Path

import pytest

from adapters.console.lines import plain
from adapters.console.render import render
from bot.core.cards import Button, Card, Field, Intent, Quoted, line, say
from bot.core.inline import CommandName, Emphasis, Mention, Strong, Time, TimeStyle
from bot.core.tokens import token

SNAPSHOTS = Path(__file__).parent / "snapshots" / "console"
ZONE = "Europe/London"
CLOSES = 1795550445  # Tue 24 Nov 2026, 20:00:45
FRIDAY = 1795809600  # Fri 27 Nov 2026, 20:00
LAWSON = "Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)"
GRADE_C = "Grade C: reported, according to Neal Lawson, 2010 (inferred)."
GRADE_LENIN = f"{GRADE_C} Not found so far outside this article."
ASKS_LENIN = say(
    "According to Neal Lawson, who said “the right words are worth a hundred regiments”?",
)


def buttons(*labels: str) -> tuple[Button, ...]:
    """Make buttons with these labels."""
    return tuple(Button(label, token("test:press", place)) for place, label in enumerate(labels, 1))


NAMES = buttons("Antonio Gramsci", "Vladimir Lenin", "Paddy Ashdown", "Eduard Bernstein")
AFTER_CLOSE = buttons("My result", "In context", "Next question", "Discuss")

CARDS = {
    "1.1": (
        Card(
            title="Quotation",
            body=(
                Quoted("the right words are worth a hundred regiments"),
                say("Attributed to Vladimir Lenin, Russian revolutionary (1870 to 1924)"),
            ),
            grade=GRADE_LENIN,
            footer=LAWSON,
            intent=Intent.READING,
            buttons=buttons("Another", "In context", "Save", "Discuss"),
        ),
        "",
        1,
    ),
    "1.2": (
        Card(
            title="In context, section “Hello to Berlin”",
            body=(
                Quoted(
                    "To make such a fundamental shift happen will require sustained effort to win the larger argument "
                    "about how we can best transform Britain into a more equal, sustainable and democratic nation. "
                    'Ironically, it was Lenin who said that "the right words are worth a hundred regiments".'
                ),
                say("To correct something: ", CommandName("suggest", "kind:correction")),
            ),
            footer=LAWSON,
        ),
        "(only Ana) ",
        None,
    ),
    "1.7": (
        Card(
            body=(say("This is the one quotation attributed to Vladimir Lenin here."),),
            buttons=buttons("Any speaker"),
        ),
        "(only Ana) ",
        3,
    ),
    "2.1": (
        Card(
            title="Who said it?",
            body=(
                ASKS_LENIN,
                say(
                    "Closes at ",
                    Time(CLOSES, ZONE, TimeStyle.COUNTDOWN),
                    ". You can change your answer once. About 6 in 10 get this.",
                ),
            ),
            grade=GRADE_C,
            buttons=NAMES,
        ),
        "",
        1,
    ),
    "2.4": (
        Card(
            title="Who said it? Vladimir Lenin, according to Neal Lawson",
            body=(
                say("12 answers, 7 right, 1 point each."),
                say(
                    Strong("Vladimir Lenin"),
                    " 58% (7) · Eduard Bernstein 25% (3) · Antonio Gramsci 17% (2) · Paddy Ashdown 0% (0)",
                ),
                say("In the article:"),
                Quoted(
                    'Ironically, it was Lenin who said that "the right words are worth a hundred regiments".'
                ),
            ),
            grade=GRADE_LENIN,
            footer=LAWSON,
            buttons=AFTER_CLOSE,
        ),
        "",
        1,
    ),
    "2.5": (
        line("Right: Vladimir Lenin, according to Neal Lawson. 1 point; 12 this week."),
        "(only Ana) ",
        None,
    ),
    "2.9": (
        Card(
            title="Who said it?",
            body=(
                ASKS_LENIN,
                say(
                    "Open until ",
                    Time(FRIDAY, ZONE),
                    ". The first answer counts: you learn yours at once, everyone sees it at the close.",
                ),
            ),
            grade=GRADE_C,
            buttons=NAMES,
        ),
        "(#quiz) ",
        2,
    ),
    "3.6": (
        Card(
            body=(
                say(
                    "Right: Tony Benn. 1 point. The others see it on ",
                    Time(FRIDAY, ZONE, TimeStyle.DAY),
                    " at 20:00; please keep it until then.",
                ),
                Quoted(
                    "I meet Jon Lansman, Tony Benn’s former fixer and the founder of Momentum, in a basement room in "
                    "October."
                ),
            ),
            footer="Source: “Losing Momentum: how Jeremy Corbyn’s support group ran out of steam”, author not named, "
            "New Statesman, 23 March 2017",
        ),
        "(only Ben) ",
        None,
    ),
    "3.8": (
        line(
            "No one in this library is called “Sam Taylor”, so nothing is counted. “Answer” lets you try again.",
            intent=Intent.MISTAKE,
        ),
        "(only Dee) ",
        None,
    ),
    "4.1": (
        Card(
            title="Finish the quotation",
            body=(
                say("How does it end, as Neal Lawson quotes Eduard Bernstein?"),
                Quoted(
                    "democracy is both means and ends. It is the weapon in the struggle for socialism and it is the "
                    "form in which …"
                ),
                say("1 socialism will be realised"),
                say("2 people can determine their future collectively"),
                say("3 the values of equality, solidarity and citizenship resonate"),
                say("4 means are readily used to justify ends"),
                say("Closes at ", Time(CLOSES, ZONE, TimeStyle.CLOCK), ". You can change your answer once."),
            ),
            grade="Grade B: in a reliable secondary source.",
            buttons=buttons("1", "2", "3", "4"),
        ),
        "",
        1,
    ),
    "5.1": (
        Card(
            title="Excerpt for Tue 24 Nov, part 2 of 5",
            body=(
                say("Neal Lawson, “", Emphasis("Out of one party, many cultures"), "”"),
                Quoted(
                    "The abiding quest of pluralists is to create spaces in which people can determine their future "
                    "collectively. These are spaces such as trade unions, mutuals and co-operatives. Pluralism is "
                    "about letting new things happen on a journey of trial, experiment and failure. Democratic "
                    "engagement may take longer to reach a conclusion than a central diktat, but results in more "
                    "effective outcomes, precisely because these are negotiated by people who use and produce services."
                ),
                say("Read by 14."),
            ),
            footer=f"{LAWSON}. In copyright: five short excerpts, not the whole article.",
            intent=Intent.READING,
            buttons=buttons("Read on", "I’ve read it", "Quiz me on it", "Discuss"),
        ),
        "",
        1,
    ),
    "6.12": (
        Card(
            title="Leaderboard, week of Mon 23 Nov",
            body=(
                say(
                    "1   ",
                    Mention("ana", "Ana"),
                    "  12 points\n2=  ",
                    Mention("ben", "Ben"),
                    "   9\n2=  ",
                    Mention("dee", "Dee"),
                    "   9",
                ),
                say("Those who chose to be shown."),
            ),
            buttons=buttons("Around me", "This month", "This season", "All time"),
        ),
        "",
        7,
    ),
    "6.14": (
        Card(
            title="Your score",
            body=(
                say("12 points this week, 31 this month, 118 in all"),
                say("Right by topic: pluralism 9 of 11, Momentum 4 of 7"),
                say("Days this month: 9. Streak: 4 days; rest days left: 2."),
            ),
            intent=Intent.OWN,
            buttons=buttons("Leaderboard", "Review"),
        ),
        "(only Ana) ",
        8,
    ),
    "7.1": (
        Card(
            body=(say("There is no /qoute. Did you mean ", CommandName("quote"), "?"),),
            intent=Intent.MISTAKE,
            buttons=buttons("/quote", "/help"),
        ),
        "(only Ana) ",
        1,
    ),
    "8.18": (
        Card(
            title="Balance: posted in the last 30 days, and planned for the next 30",
            fields=(
                Field(
                    "Articles",
                    "Out of one party, many cultures 11 and 12; Losing Momentum 9 and 10",
                ),
                Field(
                    "Speakers",
                    "Neal Lawson 6 and 7; Jon Lansman 5 and 5; Emma Rees 3 and 4; 8 others 6 and 6",
                ),
                Field("Topics", "pluralism 9 and 10; Momentum 7 and 8; by-elections 4 and 4"),
                Field("Approved and in neither", "Luke Akehurst, Tom Watson."),
            ),
            intent=Intent.MODERATION,
        ),
        "(only Mia) ",
        None,
    ),
}


@pytest.mark.parametrize("name", CARDS)
def test_cards_read_as_they_are_written_down(name: str) -> None:
    """Each card is printed exactly as its snapshot has it."""
    card, aside, number = CARDS[name]
    expected = (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")
    assert expected == plain(render(card, aside=aside, number=number))


def test_no_snapshot_is_left_over() -> None:
    """Every snapshot belongs to a card, so a card taken out of the tests takes its snapshot with it."""
    assert sorted(CARDS) == sorted(path.stem for path in SNAPSHOTS.iterdir())
