"""Talking to the bot on the console: what is typed, what the core hears of it, and what is printed."""

from pathlib import Path

import pytest

from adapters.base import Undelivered
from bot.core.cards import Card, Option, Select, line, say
from bot.core.effects import (
    Answered,
    Audience,
    Deliver,
    Direct,
    Edit,
    Notice,
    OpenThread,
    Pin,
    Post,
    SendFile,
    Show,
    Update,
)
from bot.core.events import Actor, ButtonPressed, CommandUsed, DeliveryMade, FailureKind, MessageRef, Place
from bot.core.inline import Time, TimeStyle
from bot.core.tokens import token
from tests.console_desk import COMMUNITY, TUESDAY, Console, asker, card, everyone, pressing

NO_COMMAND = "(only Ana) Commands begin with /. /help lists them.\n"


def heard(console: Console) -> CommandUsed | ButtonPressed:
    """Give the last event that the core heard."""
    event = console.desk.asked[-1]
    assert isinstance(event, CommandUsed | ButtonPressed)
    return event


def names_in(folder: Path) -> list[str]:
    """List the names of what stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


async def test_a_command_is_handed_over_with_who_and_where() -> None:
    """A typed command becomes an event that says who used it, where, and when."""
    console = Console()
    await console.type("/quiz kind:who  rounds:5 ")
    expected = CommandUsed(
        place=Place(community=COMMUNITY, channel="general", alone=True),
        actor=Actor(id="ana", name="Ana"),
        at=TUESDAY,
        command="quiz",
        text="kind:who  rounds:5",
    )
    assert expected == heard(console)


@pytest.mark.parametrize(
    ("typed", "command", "text"),
    [
        ("/schedule add excerpt #reading", "schedule add", "excerpt #reading"),
        ("/Schedule  ADD x", "schedule add", "x"),
        ("/schedule bogus", "schedule", "bogus"),
        ("/schedule", "schedule", ""),
        ("/QUIZ", "quiz", ""),
        ("/Qoute by:Lenin", "Qoute", "by:Lenin"),
        ("/", "", "/"),
        ("hello", "", "hello"),
        ("  ", "", ""),
        ("7 dwarfs", "", "7 dwarfs"),
        ("-1", "", "-1"),
        ("٣", "", "٣"),
        ("#1", "", "#1"),
        ("1" * 5000, "", "1" * 5000),
    ],
)
async def test_a_line_is_split_into_command_and_text(typed: str, command: str, text: str) -> None:
    """Two words of a group are one name; what is unknown, and what is no command, goes on as typed."""
    console = Console()
    await console.type(typed)
    event = heard(console)
    assert isinstance(event, CommandUsed)
    assert (command, text) == (event.command, event.text)


async def test_what_only_the_asker_sees_says_so() -> None:
    """The core's answer to a line that is no command reads as one for the asker."""
    assert await Console().type("") == NO_COMMAND


async def test_a_number_presses_an_option_of_the_newest_card() -> None:
    """Cards without options get no number, so an earlier one stays the newest to press."""
    console = Console(
        {
            "quote": [everyone(card("Quotation", "Another", "Save"))],
            pressing("Save"): [asker("Saved.")],
        }
    )
    shown = await console.type("/quote")
    assert shown == "Quotation\n  Body\n[1] Another  [2] Save   #1\n"
    for _ in range(2):
        assert await console.type("2") == "(only Ana) Saved.\n"
    event = heard(console)
    assert isinstance(event, ButtonPressed)
    assert (pressing("Save"), "") == (event.token, event.value)
    assert event.message is not None
    assert event.message.channel == "general"


async def test_an_older_card_is_pressed_by_its_number() -> None:
    """`1.2` presses option 2 of card #1, whatever came after it."""
    console = Console({"quote": [everyone(card("Quotation", "Another", "Save"))]})
    await console.type("/quote")
    console.desk.answers["quote"] = [everyone(card("Quotation", "More"))]
    await console.type("/quote")
    for typed, label in (("1", "More"), ("1.2", "Save"), ("#1.1", "Another")):
        await console.type(typed)
        event = heard(console)
        assert isinstance(event, ButtonPressed)
        assert pressing(label) == event.token


@pytest.mark.parametrize(
    ("labels", "typed", "answer"),
    [
        ("ABCD", "7", "The newest card has options 1 to 4, so there is no 7."),
        ("ABCD", "0", "The newest card has options 1 to 4, so there is no 0."),
        ("AB", "1.7", "Card #1 has options 1 and 2, so there is no 7."),
        ("A", "2", "The newest card has one option, so there is no 2."),
        ("A", "9.1", "There is no card #9; the last is #1."),
        ("", "7", "No card here has options, so there is no 7. /help lists the commands."),
        ("", "9.1", "There is no card #9: no card has options yet. /help lists the commands."),
    ],
)
async def test_a_number_that_presses_nothing_is_told_so(labels: str, typed: str, answer: str) -> None:
    """A number outside is answered with the numbers there are, and the core hears nothing of it."""
    console = Console({"quote": [everyone(card("Quotation", *labels))]})
    await console.type("/quote")
    assert f"(only Ana) {answer}\n" == await console.type(typed)
    assert len(console.desk.asked) == 1


async def test_an_option_of_a_select_is_chosen_by_its_number() -> None:
    """Choosing presses the select's token with the option's value."""
    options = (Option("Pluralism", "t1"), Option("Parties", "t2"))
    select = Select("Choose", token("test:choose"), options)
    console = Console({"quote": [everyone(Card(title="Topics", select=select))]})
    await console.type("/quote")
    await console.type("2")
    event = heard(console)
    assert isinstance(event, ButtonPressed)
    assert (event.token, event.value) == ("1:test:choose", "t2")


async def test_an_update_takes_the_place_of_the_card_pressed() -> None:
    """The new card keeps number and audience of the old one, and its options replace the old ones."""
    console = Console(
        {
            "quote": [Show(card=card("Part 1", "On"))],
            pressing("On"): [Update(card("Part 2", "Back", "Done"))],
            pressing("Done"): [Update(card("End"))],
        }
    )
    await console.type("/quote")
    assert await console.type("1") == "(only Ana) Part 2\n  Body\n[1] Back  [2] Done   #1\n"
    assert await console.type("2") == "(only Ana) End\n  Body\n"
    assert await console.type("1.1") == "(only Ana) Card #1 has no options any more.\n"


async def test_an_edit_prints_the_card_again_under_its_number() -> None:
    """A round that closes is printed as it is now; its old options cannot be pressed any more."""
    console = Console({"quiz": [everyone(card("Who?", "Lenin", "Lawson"), delivery=7)]})
    await console.type("/quiz")
    (made,) = console.desk.told
    assert isinstance(made, DeliveryMade)
    assert (made.community, made.delivery, made.at) == (COMMUNITY, 7, TUESDAY)
    console.desk.answers["quote"] = [everyone(card("Quotation", "Save"))]
    await console.type("/quote")
    assert made.message == await console.post(
        Edit(card=card("It was Lenin", "My result")), message=made.message
    )
    assert console.printed[-1] == "It was Lenin\n  Body\n[1] My result   #1\n"
    await console.type("1")
    event = heard(console)
    assert isinstance(event, ButtonPressed)
    assert pressing("My result") == event.token


async def test_an_edit_that_only_takes_a_button_is_silent() -> None:
    """The options that stay keep the numbers that stand on the screen."""
    console = Console({"quote": [everyone(card("Quotation", "Another", "Context", "Save"))]})
    console.desk.answers["quote"] = [everyone(card("Quotation", "Another", "Context", "Save"), delivery=1)]
    await console.type("/quote")
    (made,) = console.desk.told
    assert isinstance(made, DeliveryMade)
    before = len(console.printed)
    await console.post(Edit(card=card("Quotation", "Context", "Save")), message=made.message)
    assert before == len(console.printed)
    await console.type("3")
    event = heard(console)
    assert isinstance(event, ButtonPressed)
    assert pressing("Save") == event.token
    answer = await console.type("1")
    assert answer == "(only Ana) The newest card has options 2 and 3, so there is no 1.\n"


async def test_an_edit_of_a_figure_alone_is_silent() -> None:
    """Nobody reads an excerpt again to learn that one more member has read it; a changed word is printed."""
    console = Console({"quote": [everyone(card("Excerpt", "Read", body=[say("Read by 14.")]), delivery=1)]})
    await console.type("/quote")
    (made,) = console.desk.told
    assert isinstance(made, DeliveryMade)
    before = len(console.printed)
    await console.post(Edit(card=card("Excerpt", "Read", body=[say("Read by 15.")])), message=made.message)
    assert before == len(console.printed)
    await console.post(Edit(card=card("Excerpt", "Read", body=[say("Read by many.")])), message=made.message)
    assert console.printed[-1] == "Excerpt\n  Read by many.\n[1] Read   #1\n"


async def test_an_edit_that_brings_a_button_is_printed() -> None:
    """A new option has to be seen to be pressed, so the card is printed again and counts from 1."""
    console = Console({"quote": [everyone(card("Quotation", "Save"), delivery=1)]})
    await console.type("/quote")
    (made,) = console.desk.told
    assert isinstance(made, DeliveryMade)
    await console.post(Edit(card=card("Quotation", "Discuss", "Save")), message=made.message)
    assert console.printed[-1] == "Quotation\n  Body\n[1] Discuss  [2] Save   #1\n"


async def test_what_follows_from_a_line_is_printed_with_its_answer() -> None:
    """A line is done when what the bot posts because of it is printed."""
    console = Console({"quote": [asker("The thread is open.")]})

    async def settle() -> None:
        await console.post(Notice(card=line("Settled.")))

    console.platform._settle = settle
    assert await console.type("/quote") == "(only Ana) The thread is open.\n(moderators) Settled.\n"


async def test_another_communitys_posts_are_not_printed() -> None:
    """What belongs to a community that is not at this console waits until it is."""
    console = Console()
    other = Deliver(
        id=1, community="console:Others", call=Post(channel="quiz", card=line("x")), key="k", due=0
    )
    with pytest.raises(Undelivered) as away:
        await console.platform.deliver(other)
    assert (away.value.kind, away.value.retry_after) == (FailureKind.PASSING, 3600)
    assert console.printed == []


async def test_posts_say_where_they_stand() -> None:
    """A post in another channel names it; threads, notices and direct messages say what they are."""
    console = Console()
    await console.type("/as Ben")
    await console.type("/as Ana")
    posted = await console.post(Post(channel="#quiz", card=card("Who said it?", "Lenin")))
    await console.post(Post(channel="general", card=line("Here"), ping="readers"))
    await console.post(OpenThread(name="On it", card=line("What fits?")), message=posted)
    assert posted == await console.post(Pin(), message=posted)
    await console.post(Notice(card=line("Not posted"), member="mia"))
    await console.post(Direct(member="ben", card=line("Accepted.")))
    await console.post(Direct(member="noor", card=line("Accepted.")))
    await console.type("/in #quiz")
    await console.post(OpenThread(name="On it", card=line("What else?")), message=posted)
    assert console.printed == [
        "(#quiz) Who said it?\n  Body\n[1] Lenin   #1\n",
        "@readers Here\n",
        "(thread in #quiz) What fits?\n",
        "(moderators) Not posted\n",
        "(only Ben) Accepted.\n",
        "(only noor) Accepted.\n",
        "(thread) What else?\n",
    ]


async def test_what_may_have_been_printed_is_not_printed_twice() -> None:
    """A post of an earlier session is given up; one of this session is found; an edit is printed."""
    console = Console()
    with pytest.raises(Undelivered) as lost:
        await console.post(Post(channel="quiz", card=line("Hello")), recover=True)
    assert lost.value.kind is FailureKind.LOST
    first = await console.post(Post(channel="quiz", card=line("Hello")), key="k")
    assert first == await console.post(Post(channel="quiz", card=line("Hello")), key="k", recover=True)
    earlier = MessageRef("quiz", "of-another-session.1")
    assert earlier == await console.post(Edit(card=card("Closed", "Mine")), message=earlier, recover=True)
    assert console.printed == ["(#quiz) Hello\n", "(#quiz) Closed\n  Body\n[1] Mine   #1\n"]


async def test_what_cannot_be_delivered_says_why() -> None:
    """An answer without its command, an edit of nothing and a console that nobody reads are told apart."""

    def nobody(text: str) -> None:
        raise BrokenPipeError(text)

    console = Console()
    with pytest.raises(Undelivered) as unanswered:
        await console.post(Answered())
    with pytest.raises(Undelivered) as unplaced:
        await console.post(Edit(card=line("x")))
    console.platform._board.screen._write = nobody
    with pytest.raises(Undelivered) as unread:
        await console.post(Post(channel="quiz", card=line("x")))
    kinds = [each.value.kind for each in (unanswered, unplaced, unread)]
    assert kinds == [FailureKind.LOST, FailureKind.GONE, FailureKind.GONE]


async def test_a_file_is_saved_over_nothing(tmp_path: Path) -> None:
    """A file goes into the given folder under its own name, or the next one free, and the answer says which."""
    file = SendFile(
        name="export-ana.json",
        media_type="application/json",
        content=b"{}",
        card=line("As a file: export-ana.json"),
    )
    console = Console({"quote": [file]}, folder=tmp_path)
    first = await console.type("/quote")
    assert (
        first
        == f"(only Ana) As a file: export-ana.json\n(only Ana) Saved as {tmp_path / 'export-ana.json'}\n"
    )
    second = await console.type("/quote")
    assert second.endswith(f"(only Ana) Saved as {tmp_path / 'export-ana-2.json'}\n")
    assert names_in(tmp_path) == ["export-ana-2.json", "export-ana.json"]
    assert (tmp_path / "export-ana.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("../../evil", "evil"),
        ("/etc/passwd", "etc-passwd"),
        (".bashrc", "bashrc"),
        ("\x1b\n", "file"),
        ("..", "file"),
    ],
)
async def test_no_file_leaves_its_folder(name: str, saved: str, tmp_path: Path) -> None:
    """Whatever a file is called, it is written into the folder itself."""
    folder = tmp_path / "inner"
    folder.mkdir()
    file = SendFile(name=name, media_type="text/plain", content=b"x", card=line("A file"))
    console = Console({"quote": [file]}, folder=folder)
    await console.type("/quote")
    assert [saved] == names_in(folder)
    assert names_in(tmp_path) == ["inner"]


async def test_a_file_that_cannot_be_saved_is_told_so() -> None:
    """Where the folder takes no file, a sentence says why, and the card that promises one is not shown."""
    file = SendFile(name="a.txt", media_type="text/plain", content=b"x", card=line("Here it is"))
    answer = await Console({"quote": [file]}).type("/quote")
    assert answer == "(only Ana) The file could not be saved in this folder: No such file or directory.\n"


async def test_a_late_press_can_be_made_by_its_token() -> None:
    """What no number presses any more can still be sent, as from a message that was not redrawn."""
    console = Console({"quote": [everyone(card("Q", "Old"))], pressing("Old"): [asker("This round closed.")]})
    await console.type("/quote")
    assert await console.platform.press(pressing("Old"), card=1) == "(only Ana) This round closed.\n"
    event = heard(console)
    assert isinstance(event, ButtonPressed)
    assert event.message is not None


async def test_a_countdown_is_shown_while_it_lasts() -> None:
    """The status line counts a live round down, and stops at its close."""
    closes = say("Closes at ", Time(TUESDAY + 65, "Europe/London", TimeStyle.COUNTDOWN))
    console = Console({"quiz": [everyone(card("Who?", "Lenin", body=[closes]))]})
    rest = "/help lists the commands, /quit leaves"
    assert console.platform.status() == f" #general: {rest}"
    await console.type("/quiz")
    assert console.platform.status() == f" #general: the round closes in 1:05, {rest}"
    await console.type("/clock +65s")
    assert console.platform.status() == f" #general: {rest}"


async def test_what_is_typed_moves_no_cursor_when_it_comes_back() -> None:
    """A name and a number with control characters beside them come back without any."""
    console = Console({"x": [Show(card=line("ok"), audience=Audience.EVERYONE)]})
    assert "\x1b" not in await console.type("/as \x1b[2JMallory")
    assert "\x1b" not in await console.type("/in \x1b[2J")
    assert "\x1b" not in await console.type("/clock \x1b[2J")


async def test_a_line_without_end_is_refused() -> None:
    """A line of more characters than anything takes is answered by the console, and the core is spared."""
    console = Console()
    assert (
        await console.type("x" * 65_537)
        == "(only Ana) A line has at most 65,536 characters. Nothing was changed.\n"
    )
    assert await console.type("x" * 65_536) == NO_COMMAND
