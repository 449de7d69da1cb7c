"""Commands as people type them on Slack, with the real core behind the real app."""

from collections.abc import AsyncIterator

import pytest

from bot.core.library import Prompt
from tests.houses import shelves
from tests.local_slack import Message, View, labels
from tests.slack_house import SlackHouse, slack_house, words

USAGE = "/hr-quiz [kind] [about] [answer] [where] [rounds] [open]"


@pytest.fixture
async def house() -> AsyncIterator[SlackHouse]:
    """Open a house on Slack."""
    async with slack_house() as opened:
        yield opened


async def _form(house: SlackHouse, who: str, command: str, text: str = "") -> View:
    return await (await house.type(who, command, text)).next_view()


async def test_what_is_missing_is_asked_for_in_a_form(house: SlackHouse) -> None:
    """A command without what it needs opens a form; sent, it is answered as if it had been typed."""
    ana = house.server.person("Ana")
    view = await _form(house, "Ana", "/hr-search")
    assert view.title == "Search"
    await ana.submit(view, {"Text": "regiments"})
    found = await ana.next_ephemeral()
    assert words(found).startswith("1 result for “regiments”\n1 Quotation: “the right words")


async def test_what_was_typed_stands_in_the_form_and_a_mistake_is_said_at_its_field(
    house: SlackHouse,
) -> None:
    """Nobody types anything twice: the form holds what was there, and is open until it is right."""
    mia, ben = house.server.person("Mia"), house.server.person("Ben")
    view = await _form(house, "Mia", "/hr-moderate", "adjust @Ben")
    assert view.blocks[0]["element"]["initial_user"] == ben.id
    sent = await mia.submit(view, {"points": "many", "reason": "as agreed"})
    assert sent.errors == {"points": "points is a number, and “many” is not one."}
    sent = await mia.submit(view, {"points": "3"})
    assert (sent.errors, sent.closed) == ({}, True)
    assert (
        words(await mia.next_ephemeral())
        == f"<@{ben.id}> has not answered a round here. Nothing was changed."
    )


async def test_member_is_picked_in_a_form(house: SlackHouse) -> None:
    """Who is meant is picked from the workspace, since a name typed into a form says nothing to Slack."""
    mia, ana = house.server.person("Mia"), house.server.person("Ana")
    shown = await (await house.type("Ana", "/hr-quiz", "kind:who about:words where:private")).next_answer()
    await ana.press(shown, "Vladimir Lenin")
    await shown.next_edit()
    view = await _form(house, "Mia", "/hr-moderate", "adjust")
    await mia.submit(view, {"member": ana, "points": "3", "reason": "as agreed"})
    assert words(await mia.next_ephemeral()) == f"<@{ana.id}>: 3 points more, 4 in all. Reason: as agreed."


async def test_form_is_not_opened_for_whoever_may_not_send_it(house: SlackHouse) -> None:
    """A member is told whose command it is, and no form asks for what would be refused."""
    told = await house.told("Ana", "/hr-moderate", "adjust")
    assert told == "/hr-moderate is for this community’s moderators. /hr-suggest brings an idea to them."


@pytest.mark.parametrize(
    ("command", "text", "said", "ways_out"),
    [
        ("/hr-help", "qoute", "There is no /hr-qoute. Did you mean /hr-quote?", ["/hr-quote", "/hr-help"]),
        (
            "/hr-quiet",
            "onn until:2026-11-30T18:00",
            "There is no /hr-quiet onn. Did you mean /hr-quiet on?",
            ["/hr-quiet on", "/hr-help quiet"],
        ),
        (
            "/hr-quiet",
            "zzzz",
            "/hr-quiet goes on with on, off or add. /hr-help quiet explains them.",
            ["/hr-help quiet"],
        ),
        ("/hr-help", "zzzz", "There is no /hr-zzzz. /hr-help lists what there is.", []),
        (
            "/hr-quiz",
            "kind:whom",
            "There is no kind “whom”. Did you mean who? The kinds are who, finish, article and fact.",
            ["who"],
        ),
        ("/hr-quiz", "rounds:500", "rounds goes from 1 to 10, and “500” is outside that.", []),
        (
            "/hr-quiz",
            "ruonds:5",
            f"/hr-quiz takes no “ruonds”. Did you mean rounds? Usage: {USAGE}",
            ["rounds:"],
        ),
        (
            "/hr-quote",
            "by:wattsen",
            "No speaker here is called “wattsen”. Did you mean Tom Watson?",
            ["Tom Watson"],
        ),
        (
            "/hr-score",
            "of <@U1>",
            "/hr-score takes nothing more, and “of U1” stands behind it. Nothing was done.",
            [],
        ),
    ],
)
async def test_mistake_is_answered_with_what_was_meant(
    house: SlackHouse, command: str, text: str, said: str, ways_out: list[str]
) -> None:
    """Whoever slips is told what there is, by the names as they are on Slack, with buttons for what was meant."""
    reply = await house.server.person("Ana").slash(command, text, escaped=False)
    answer = await reply.next_answer()
    assert (words(answer), labels(answer.blocks)) == (said, ways_out)


@pytest.mark.parametrize("text", ["help", "?", "pluralism help", "kind:who ?"])
async def test_help_anywhere_gives_the_usage(house: SlackHouse, text: str) -> None:
    """`help` and `?` explain the command, with its name as it is on Slack."""
    told = await house.told("Ana", "/hr-quiz", text)
    assert told.startswith("Quiz\n")
    assert f"Usage: {USAGE}" in told
    assert "Example: /hr-quiz " in told


async def _asked(house: SlackHouse, text: str) -> Message:
    await house.type("Ana", "/hr-quiz", text)
    return await house.server.general.next_message()


@pytest.mark.parametrize(
    "text", ["who words", "kind:who about:words", "kind:who about:“words”", 'about: "words" who', "WHO words"]
)
async def test_arguments_are_taken_as_people_type_them(house: SlackHouse, text: str) -> None:
    """By name or by form, in any order, in straight quotes and smart ones."""
    assert words(await _asked(house, text)).startswith(
        "Who said it?\nAccording to Neal Lawson, who said “the right words"
    )


@pytest.mark.parametrize(
    "text", ["pluralism 2", "rounds:2 about:pluralism", "2 “pluralism”", "about: pluralism 2"]
)
async def test_topic_and_number_of_rounds_are_told_apart(house: SlackHouse, text: str) -> None:
    """A bare number is how many rounds, wherever it stands; what is left is what they are about."""
    await _asked(house, text)
    await house.server.person("Ana").press(
        await (await house.type("Ana", "/hr-quiz")).next_answer(), "Reveal now"
    )
    await house.server.general.next_message()
    await house.server.person("Ana").press(
        await (await house.type("Ana", "/hr-quiz")).next_answer(), "Reveal now"
    )
    assert words(await house.server.general.next_message()).startswith("Two rounds\n")


async def test_button_with_a_commands_name_runs_it(house: SlackHouse) -> None:
    """“/hr-quote” on a mistake is /quote."""
    reply = await house.type("Ana", "/hr-help", "qoute")
    await house.server.person("Ana").press(await reply.next_answer(), "/hr-quote")
    assert words(await house.server.general.next_message()).startswith("Quotation\n")


async def test_mistake_that_names_a_command_is_said_beside_the_form(house: SlackHouse) -> None:
    """At a field there is room for bare words alone; elsewhere a command has its name as it is on Slack."""
    mia = house.server.person("Mia")
    view = await _form(house, "Mia", "/hr-schedule", "add")
    prompts = [item.id for shelf in shelves() for item in shelf.items if isinstance(item, Prompt)]
    for prompt in prompts:
        await house.told("Mia", "/hr-library", f"retire {prompt}")
    mia.ephemeral_feed.skip()
    sent = await mia.submit(
        view, {"kind": "prompt", "channel": house.server.general.id, "source": "the line-up"}
    )
    assert (sent.errors, sent.closed) == ({}, True)
    assert "/hr-suggest brings one to the queue." in words(await mia.next_ephemeral())


async def test_a_channel_that_is_not_there_is_told_and_nothing_is_planned(house: SlackHouse) -> None:
    """A name is no channel on Slack; what is not there is named, and the form or the line changes nothing."""
    told = await house.told("Mia", "/hr-schedule", "add quote #nowhere mon 09:00")
    assert told == "There is no channel “#nowhere” here. Nothing was added."
