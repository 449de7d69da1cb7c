"""Answers on Discord: in time or late, to whom they are for, and what becomes of those that cannot be given."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.core.cards import line
from bot.core.effects import (
    Audience,
    SendFile,
    Show,
    Update,
)
from bot.core.events import (
    DeliveryFailed,
    DeliveryMade,
    FailureKind,
    MessageRef,
    Place,
)
from tests.discord_house import ASKED, CLOSED, LATE, NOW, House, discord_house
from tests.local_discord import (
    DEFER,
    DEFER_UPDATE,
)
from tests.local_discord.faults import When

ONLY_YOU = Show(card=line("For you alone."))
FOR_ALL = Show(card=line("For everyone."), audience=Audience.EVERYONE)


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Give a bot that has started on a local Discord."""
    async with discord_house(monkeypatch) as made:
        yield made


def place_of(house: House) -> Place:
    """Say where Ana is."""
    return Place(community=f"discord:{house.server.home.id}", channel=house.server.general.id)


async def test_several_replies_come_in_their_order(house: House) -> None:
    """The first reply is the response, and the others follow, each to those that it is for."""
    house.desk.answer("quiz", FOR_ALL, ONLY_YOU, Show(card=ASKED, audience=Audience.EVERYONE))
    asked = await (await house.ana.slash("quiz")).answered()
    private, last = await asked.next_followup(), await asked.next_followup()
    assert asked.message is not None
    shown = [(each.text.split("\n")[0], each.ephemeral) for each in (asked.message, private, last)]
    expected = [("For everyone.", False), ("For you alone.", True), ("Who said it?", False)]
    assert expected == shown


@pytest.mark.parametrize(("command", "reply"), [("score", ONLY_YOU), ("quiz", FOR_ALL)])
async def test_a_late_answer_takes_the_place_of_its_deferral(house: House, command: str, reply: Show) -> None:
    """A command that takes long is deferred for those who will see its answer, which then takes that place."""
    house.desk.gate.clear()
    house.desk.answer(command, reply)
    asked = await (await house.ana.slash(command)).answered()
    private = reply.audience is Audience.ASKER
    assert (DEFER, private) == (asked.answer, asked.ephemeral)
    house.desk.gate.set()
    answer = await asked.finished()
    assert answer is asked.message
    assert (1, private, []) == (len(answer.text.splitlines()), answer.ephemeral, asked.followups)


@pytest.mark.parametrize(("command", "reply"), [("quiz", ONLY_YOU), ("score", FOR_ALL)])
async def test_a_late_answer_for_others_than_expected_reaches_only_those(
    house: House, command: str, reply: Show
) -> None:
    """Where the answer is for others than the deferral, the placeholder goes and the answer follows it."""
    house.desk.gate.clear()
    house.desk.answer(command, reply)
    asked = await (await house.ana.slash(command)).answered()
    house.desk.gate.set()
    answer = await asked.next_followup()
    assert asked.message is not None
    assert (True, reply.audience is Audience.ASKER) == (asked.message.deleted, answer.ephemeral)


async def test_a_late_change_is_deferred_without_a_trace(house: House) -> None:
    """A press whose answer is an update is deferred so that nobody sees a placeholder."""
    message = await house.shown(ASKED)
    house.desk.gate.clear()
    house.desk.answer("demo:change", ONLY_YOU, Update(CLOSED))
    pressed = await (await house.ana.press(message, "change")).answered()
    assert pressed.answer == DEFER_UPDATE
    house.desk.gate.set()
    private = await pressed.next_followup()
    expected = (["press"], "For you alone.", True)
    assert expected == (message.labels, private.text, private.ephemeral)


@pytest.mark.parametrize("late", [False, True])
async def test_a_new_card_and_a_change_go_together(house: House, *, late: bool) -> None:
    """A press may bring a new card and change the pressed one, at once or late."""
    message = await house.shown(ASKED)
    house.desk.answer("demo:share", FOR_ALL, Update(CLOSED))
    if late:
        house.desk.gate.clear()
    pressed = await (await house.ana.press(message, "share")).answered()
    house.desk.gate.set()
    new = await pressed.finished() if late else await pressed.next_followup()
    assert (message.labels, new.text, new.ephemeral) == (["press"], "For everyone.", False)


async def test_a_late_change_alone_leaves_no_placeholder(house: House) -> None:
    """Where a new card was expected and an update comes, the card changes and the placeholder goes."""
    message = await house.shown(ASKED)
    house.desk.gate.clear()
    house.desk.answer("demo:share", Update(CLOSED))
    pressed = await (await house.ana.press(message, "share")).answered()
    assert pressed.message is not None
    house.desk.gate.set()
    await pressed.message.gone()
    assert (message.labels, pressed.followups) == (["press"], [])


async def test_a_file_is_handed_to_the_asker_alone(house: House) -> None:
    """A file comes with the card that introduces it, and nobody else sees it."""
    file = SendFile(name="ana.json", media_type="application/json", content=b"{}", card=line("What is kept."))
    house.desk.answer("score", file)
    answer = await (await house.ana.slash("score")).finished()
    names = [each["filename"] for each in answer.attachments]
    assert (answer.text, names, answer.ephemeral) == ("What is kept.", ["ana.json"], True)


async def test_a_late_file_takes_the_place_of_its_deferral(house: House) -> None:
    """A file that took long to make comes in place of the placeholder."""
    house.desk.gate.clear()
    file = SendFile(name="ana.json", media_type="application/json", content=b"{}", card=line("What is kept."))
    house.desk.answer("score", file)
    asked = await (await house.ana.slash("score")).answered()
    house.desk.gate.set()
    answer = await asked.finished()
    assert (answer is asked.message, len(answer.attachments)) == (True, 1)


@pytest.mark.parametrize("late", [False, True])
async def test_the_desk_learns_where_an_answer_stands(house: House, *, late: bool) -> None:
    """A card that the desk will change later is reported with its place, answered at once or late."""
    house.desk.answer("quiz", Show(card=ASKED, audience=Audience.EVERYONE, delivery=5))
    if late:
        house.desk.gate.clear()
    asked = await (await house.ana.slash("quiz")).answered()
    house.desk.gate.set()
    message = await asked.finished()
    expected = DeliveryMade(
        community=place_of(house).community,
        delivery=5,
        at=NOW,
        message=MessageRef(message.channel.id, message.id),
    )
    assert expected == await house.desk.report()
    fetched = [each for each in house.server.requests if each.method == "GET" and "@original" in each.path]
    assert fetched == []


async def test_an_answer_after_fifteen_minutes_is_posted_by_the_bot_itself(house: House) -> None:
    """When the token is spent, what everyone may see comes as the bot's own message, and its place is reported."""
    house.desk.gate.clear()
    house.desk.answer("quiz", Show(card=ASKED, audience=Audience.EVERYONE, delivery=5))
    asked = await (await house.ana.slash("quiz")).answered()
    house.server.clock.advance(LATE)
    house.desk.gate.set()
    message = await house.server.general.next_message(lambda each: each is not asked.message)
    report = await house.desk.report()
    assert isinstance(report, DeliveryMade)
    assert ("Who said it?", MessageRef(message.channel.id, message.id)) == (
        message.embeds[0]["title"],
        report.message,
    )


async def test_a_private_answer_after_fifteen_minutes_is_lost_and_said_so(house: House) -> None:
    """What is for the asker alone is never posted for everyone: it is reported as lost."""
    house.desk.gate.clear()
    house.desk.answer("score", replace(ONLY_YOU, delivery=5))
    await (await house.ana.slash("score")).answered()
    house.server.clock.advance(LATE)
    house.desk.gate.set()
    report = await house.desk.report()
    assert isinstance(report, DeliveryFailed)
    assert (report.delivery, report.kind, house.server.general.messages) == (5, FailureKind.LOST, [])


async def test_a_change_after_fifteen_minutes_is_made_by_the_bot_itself(house: House) -> None:
    """When the token is spent, the bot edits its own message as a bot."""
    message = await house.shown(ASKED)
    house.desk.gate.clear()
    house.desk.answer("demo:change", Update(CLOSED))
    await (await house.ana.press(message, "change")).answered()
    house.server.clock.advance(LATE)
    house.desk.gate.set()
    await message.next_edit()
    assert message.labels == ["press"]


@pytest.mark.parametrize("deferred", [False, True])
async def test_an_answer_that_missed_its_three_seconds_is_posted_by_the_bot_itself(
    house: House, *, deferred: bool
) -> None:
    """When an answer, or even its deferral, comes too late, what everyone may see is still shown."""
    if deferred:
        house.desk.gate.clear()
    house.desk.answer("quiz", Show(card=ASKED, audience=Audience.EVERYONE, delivery=5))
    callback = house.server.hold_next("POST", "/interactions/*/callback")
    await house.ana.slash("quiz")
    await callback.reached()
    house.server.clock.advance(4)
    callback.release()
    house.desk.gate.set()
    message = await house.server.general.next_message()
    report = await house.desk.report()
    assert isinstance(report, DeliveryMade)
    assert MessageRef(message.channel.id, message.id) == report.message


@pytest.mark.parametrize("when", ["before", "after"])
async def test_an_answer_after_a_deferral_in_doubt_is_shown_once(
    house: House, monkeypatch: pytest.MonkeyPatch, when: When
) -> None:
    """When the connection breaks over a deferral, the answer takes its place if it arrived, and is posted if not."""
    house.desk.gate.clear()
    house.desk.answer("quiz", Show(card=ASKED, audience=Audience.EVERYONE, delivery=5))
    house.server.fail_next("POST", "/interactions/*/callback", status=0, when=when)
    # The log of the broken deferral is the moment from which the answer may come.
    monkeypatch.setattr("adapters.discord.answers._log.warning", lambda *_, **__: house.desk.gate.set())
    await house.ana.slash("quiz")
    report = await house.desk.report()
    message = house.server.general.messages[0]
    assert isinstance(report, DeliveryMade)
    assert [message] == house.server.general.messages
    assert MessageRef(message.channel.id, message.id) == report.message


@pytest.mark.parametrize("when", ["before", "after"])
async def test_an_answer_whose_arrival_is_in_doubt_is_shown_once(house: House, when: When) -> None:
    """When the connection breaks over an answer, Discord is asked for it; only what did not arrive is posted."""
    house.desk.answer("quiz", Show(card=ASKED, audience=Audience.EVERYONE, delivery=5))
    house.server.fail_next("POST", "/interactions/*/callback", status=0, when=when)
    await house.ana.slash("quiz")
    report = await house.desk.report()
    message = house.server.general.messages[0]
    assert isinstance(report, DeliveryMade)
    assert (MessageRef(message.channel.id, message.id), [message]) == (
        report.message,
        house.server.general.messages,
    )


async def test_a_card_that_discord_refuses_is_reported_and_the_asker_told(house: House) -> None:
    """A refused card is reported as such with every card after it; the person gets an apology with a reference."""
    house.server.fail_next("POST", "/interactions/*/callback", status=400, code=50035, message="Invalid")
    house.desk.answer(
        "quiz",
        Show(card=ASKED, audience=Audience.EVERYONE, delivery=5),
        Show(card=CLOSED, audience=Audience.EVERYONE, delivery=6),
    )
    told = await (await house.ana.slash("quiz")).finished()
    kinds = [(each.delivery, each.kind) for each in house.desk.told if isinstance(each, DeliveryFailed)]
    assert kinds == [(5, FailureKind.REFUSED), (6, FailureKind.REFUSED)]
    assert told.text.startswith("Sorry, that did not work, and the fault is the bot’s. The host can look up ")
    house.server.violations.clear()


async def test_a_fault_is_logged_under_the_reference_that_the_person_is_told(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """When something breaks before anything was done, the person gets the reference of the log, and the bot lives on."""
    house.desk.fail("score")
    told = await (await house.ana.slash("score")).finished()
    record = next(each for each in caplog.records if each.levelno == logging.ERROR)
    reference = getattr(record, "reference", "")
    expected = (
        "Sorry, that did not work, and the fault is the bot’s. Nothing was changed; "
        f"the host can look up {reference}."
    )
    assert (expected, True, 6) == (told.text, told.ephemeral, len(reference))
    house.desk.answer("quiz", FOR_ALL)
    assert (await (await house.ana.slash("quiz")).finished()).text == "For everyone."


async def test_what_gets_no_reply_is_acknowledged_all_the_same(house: House) -> None:
    """A press without a reply changes nothing and fails for nobody; a command leaves nothing behind."""
    message = await house.shown(ASKED)
    house.desk.answer("demo:press")
    pressed = await (await house.ana.press(message, "press")).answered()
    asked = await (await house.ana.slash("score")).answered()
    assert asked.message is not None
    await asked.message.gone()
    assert (pressed.answer, house.ana.ephemerals) == (DEFER_UPDATE, [])
