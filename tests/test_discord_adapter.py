"""What people do on Discord and what they are shown: commands, presses, forms, and answers that take long."""

from collections.abc import AsyncIterator
from dataclasses import replace
from http import HTTPStatus

import pytest

from bot.core.cards import Card, Option, Select, line, say
from bot.core.effects import (
    Audience,
    Choice,
    Completions,
    Direct,
    FieldErrors,
    OpenForm,
    Show,
    Update,
)
from bot.core.events import (
    Actor,
    ButtonPressed,
    CommandUsed,
    CompletionAsked,
    FormSubmitted,
    MessageRef,
    Place,
)
from bot.core.forms import ChannelField, Form, MemberField
from bot.core.tokens import token
from tests.discord_house import ASKED, CLOSED, FORM, NOW, House, discord_house
from tests.local_discord import (
    OPEN_MODAL,
    SHOW,
    UPDATE,
    Message,
    Permission,
    Upload,
)

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


async def test_a_command_reaches_the_desk_and_its_answer_the_asker(house: House) -> None:
    """A command comes with its values by name, its place and who used it; the reply is its answer."""
    readers = house.server.role("readers")
    house.ana.give(readers)
    house.desk.answer("quiz", ONLY_YOU)
    asked = await (await house.ana.slash("quiz", about="words", rounds=5)).answered()
    expected = CommandUsed(
        place=place_of(house),
        actor=Actor(id=house.ana.id, name="Ana", roles=frozenset({readers.id})),
        at=NOW,
        command="quiz",
        arguments={"about": "words", "rounds": "5"},
    )
    assert [expected] == house.desk.heard
    assert asked.message is not None
    assert (asked.answer, asked.message.text, asked.message.ephemeral) == (SHOW, "For you alone.", True)


async def test_people_places_and_files_come_as_ids_and_addresses(house: House) -> None:
    """A channel, a role and a member come as Discord's ids, a file as the address it stands at."""
    mia = house.server.person("Mia", permissions=Permission.MANAGE_GUILD)
    role = house.server.role("readers")
    house.desk.answer("schedule add", ONLY_YOU)
    await (
        await mia.slash(
            "schedule add",
            channel=house.server.general,
            ping=role,
            member=house.ana.user,
            file=Upload(filename="article.txt", content=b"Words."),
        )
    ).answered()
    event = house.desk.heard[0]
    assert isinstance(event, CommandUsed)
    assert (event.command, event.actor.administrator) == ("schedule add", True)
    expected = {
        "channel": house.server.general.id,
        "ping": role.id,
        "member": house.ana.id,
    }
    assert expected == event.arguments
    file = event.files["file"]
    assert (file.name, file.size, file.typed) == ("article.txt", 6, False)
    assert file.address.endswith("/article.txt")


async def test_completions_are_offered_while_somebody_types(house: House) -> None:
    """What is typed goes to the desk with the other values; its choices come back in their order."""
    house.desk.answer("quiz", Completions((Choice("Pluralism", "pluralism"), Choice("Parties", "parties"))))
    offered = await house.ana.complete("quiz", "about", "pl", rounds=2)
    expected = [{"name": "Pluralism", "value": "pluralism"}, {"name": "Parties", "value": "parties"}]
    assert expected == offered
    event = house.desk.heard[0]
    assert isinstance(event, CompletionAsked)
    assert (event.parameter, event.typed, event.arguments) == ("about", "pl", {"rounds": "2"})


async def test_completions_that_come_too_late_are_no_fault(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever types on has Discord forget what was asked for before; nobody is to look into that."""
    house.desk.answer("quiz", Completions((Choice("Pluralism", "pluralism"),)))
    offer = house.server.hold_next("POST", "/interactions/*/callback")
    await house.ana.types("quiz", "about", "pl")
    await offer.reached()
    house.server.clock.advance(4)
    offer.release()
    await house.platform.stop()
    assert house.server.requests[-1].status == HTTPStatus.NOT_FOUND
    assert [each.getMessage() for each in caplog.records if each.name.startswith("adapters.")] == []


async def test_a_fault_while_completing_offers_nothing(house: House) -> None:
    """When completing breaks, nothing is offered, and nobody is interrupted by an apology."""
    house.desk.fail("quiz")
    offered = await house.ana.complete("quiz", "about", "pl")
    assert (offered, house.ana.ephemerals) == ([], [])


async def test_a_press_carries_its_token_and_its_message(house: House) -> None:
    """A press comes with the token as it stands on the button, and where its message stands."""
    message = await house.shown(ASKED)
    house.desk.answer("demo:press", ONLY_YOU)
    pressed = await (await house.ana.press(message, "press")).answered()
    event = house.desk.heard[-1]
    assert isinstance(event, ButtonPressed)
    expected = ("1:demo:press:7", MessageRef(message.channel.id, message.id), SHOW)
    assert expected == (event.token, event.message, pressed.answer)


async def test_a_press_changes_its_card_in_place(house: House) -> None:
    """An update takes the place of the pressed card, its old content and buttons gone."""
    message = await house.shown(ASKED)
    house.desk.answer("demo:change", Update(line("Closed.")))
    pressed = await (await house.ana.press(message, "change")).answered()
    assert (pressed.answer, message.text, message.embeds + message.components) == (UPDATE, "Closed.", [])


async def test_a_chosen_option_comes_as_a_value(house: House) -> None:
    """Choosing in a select is a press with the option's value."""
    select = Select("An article", token("demo:press", 1), (Option("One", "1"), Option("Two", "2")))
    message = await house.shown(Card(title="Which?", select=select))
    house.desk.answer("demo:press", ONLY_YOU)
    await (await house.ana.select(message, "Two")).answered()
    event = house.desk.heard[-1]
    assert isinstance(event, ButtonPressed)
    assert (event.token, event.value) == ("1:demo:press:1", "2")


async def test_a_form_is_never_put_off(house: House) -> None:
    """What opens a form waits for the desk, since Discord takes no form after a deferral."""
    house.desk.gate.clear()
    house.desk.answer("suggest", OpenForm(FORM))
    asked = await house.ana.slash("suggest")
    await house.desk.hearing()
    assert asked.answer is None
    house.desk.gate.set()
    assert (await asked.answered()).answer == OPEN_MODAL


async def test_a_form_comes_back_with_what_stands_in_it(house: House) -> None:
    """A submitted form carries its token, and each field's value by its key."""
    house.desk.answer("suggest", OpenForm(FORM))
    house.desk.answer("demo:sent", Show(card=line("Thank you.")))
    asked = await (await house.ana.slash("suggest")).answered()
    assert asked.modal is not None
    sent = await (
        await house.ana.submit(asked.modal, {"The words": "Words.\nMore.", "Credit": "No"})
    ).finished()
    event = house.desk.heard[-1]
    assert isinstance(event, FormSubmitted)
    expected = ("1:demo:sent:7", {"words": "Words.\nMore.", "credit": "no"})
    assert expected == (event.token, event.values)
    assert (sent.text, sent.ephemeral) == ("Thank you.", True)


WHERE = Form(
    title="Where",
    token=token("demo:sent", 7),
    fields=(
        ChannelField(key="channel", label="Channel"),
        ChannelField(key="log", label="Log", required=False),
        MemberField(key="member", label="Member"),
    ),
)


async def test_channels_and_members_are_picked_in_a_form(house: House) -> None:
    """In a server a form offers its channels and people, and who is picked comes as an id; none at all comes empty."""
    reading = house.server.channel("reading")
    house.desk.answer("suggest", OpenForm(WHERE))
    house.desk.answer("demo:sent", Show(card=line("Thank you.")))
    asked = await (await house.ana.slash("suggest")).answered()
    assert asked.modal is not None
    await (await house.ana.submit(asked.modal, {"Channel": reading.id, "Member": house.ana.id})).finished()
    event = house.desk.heard[-1]
    assert isinstance(event, FormSubmitted)
    assert event.values == {"channel": reading.id, "log": "", "member": house.ana.id}


@pytest.mark.parametrize(
    ("typed", "known"), [("#reading", True), (" Reading ", True), ("#elsewhere", False), ("1234", False)]
)
async def test_a_channel_is_typed_in_a_direct_message(house: House, typed: str, *, known: bool) -> None:
    """Where there are no channels to pick from, a name that the server has comes as its id, another as it was typed."""
    reading, mods = house.server.channel("reading"), house.server.channel("mods")
    fields = (ChannelField(key="channel", label="Channel", default=mods.id),)
    form = Form(title="Where", token=token("demo:sent", 7), fields=fields)
    house.desk.answer("demo:form", OpenForm(form))
    house.desk.answer("demo:sent", Show(card=line("Thank you.")))
    await house.deliver(Direct(member=house.ana.id, card=ASKED))
    ana = house.ana.at(house.ana.direct)
    opened = await (await ana.press(house.ana.direct.messages[0], "form")).answered()
    assert opened.modal is not None
    assert [each.wire["value"] for each in opened.modal.fields] == ["#mods"]
    await (await ana.submit(opened.modal, {"Channel": typed})).finished()
    event = house.desk.heard[-1]
    assert isinstance(event, FormSubmitted)
    assert event.values == {"channel": reading.id if known else typed}


async def test_a_message_s_own_words_are_sent_from_its_menu(house: House) -> None:
    """What stands in a message's menu sends the message's words and who wrote them; a form answers it."""
    ben = house.server.person("Ben")
    message = house.ana.says(f"{ben.mention} asks: *why* not?")
    house.desk.gate.clear()
    house.desk.answer("demo:take", OpenForm(FORM))
    asked = await ben.menu("Take my message", message)
    event = await house.desk.hearing()
    house.desk.gate.set()
    assert (await asked.answered()).answer == OPEN_MODAL
    expected = FormSubmitted(
        place=place_of(house),
        actor=Actor(id=ben.id, name="Ben"),
        at=NOW,
        token="1:demo:take",
        values={"text": "@Ben asks: *why* not?", "author": house.ana.id},
    )
    assert expected == event


async def test_a_menu_of_an_older_version_reaches_the_desk_as_a_foreign_button(house: House) -> None:
    """Words that stand in no message's menu any more are answered, not left to run out of time."""
    for command in house.server.world.commands[None]:
        if command["name"] == "Take my message":
            command["name"] = "Keep my message"
    await (await house.ana.menu("Keep my message", house.ana.says("Words."))).answered()
    event = house.desk.heard[0]
    assert isinstance(event, FormSubmitted)
    assert event.token == ""


async def test_field_errors_are_told_to_the_asker(house: House) -> None:
    """A modal closes on sending, so what is wrong in its fields is said to the asker alone."""
    message = await house.shown(ASKED)
    house.desk.answer("demo:form", OpenForm(FORM))
    house.desk.answer("demo:sent", FieldErrors({"words": "That is too long.", "credit": "Say yes or no."}))
    pressed = await (await house.ana.press(message, "form")).answered()
    assert pressed.modal is not None
    told = await (await house.ana.submit(pressed.modal, {"words": "x", "credit": "yes"})).finished()
    assert (told.text, told.ephemeral) == ("That is too long.\nSay yes or no.", True)


async def test_a_form_cannot_answer_a_form(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """A form in answer to a form is a fault of the bot's: logged, and the person is told."""
    house.desk.answer("suggest", OpenForm(FORM))
    house.desk.answer("demo:sent", OpenForm(FORM))
    asked = await (await house.ana.slash("suggest")).answered()
    assert asked.modal is not None
    told = await (await house.ana.submit(asked.modal, {"words": "x", "credit": "yes"})).finished()
    assert told.text.startswith("Sorry, that did not work")
    assert "an interaction could not be answered" in caplog.messages


async def test_every_button_works_after_a_restart(house: House) -> None:
    """A process that has never seen a message answers the presses on it."""
    message = await house.shown(ASKED)
    await house.restart()
    house.desk.answer("demo:change", Update(CLOSED))
    await (await house.ana.press(message, "change")).answered()
    assert message.labels == ["press"]


async def test_a_forged_token_reaches_the_desk_as_it_is(house: House) -> None:
    """What a press carries is not judged here: the desk gets it, and its refusal is shown."""
    message = await house.shown(ASKED)
    forged = replace(message.buttons[0], custom_id="drop table")
    await house.ana._touch(message, forged, {}, message.wire).answered()
    event = house.desk.heard[-1]
    assert isinstance(event, ButtonPressed)
    assert event.token == "drop table"


async def test_an_unknown_kind_of_interaction_is_logged_and_passed_over(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """A kind of interaction that the bot does not offer harms nothing."""
    asked = await (await house.ana.slash("score")).answered()
    menu = {**asked.payload, "id": "1", "data": {**asked.payload["data"], "type": 2}}
    house.server.world.publish("INTERACTION_CREATE", menu, guild=house.server.home, intent=0)
    house.desk.answer("quiz", FOR_ALL)
    await (await house.ana.slash("quiz")).finished()
    assert "an interaction of an unknown kind" in caplog.messages


async def test_a_button_in_a_direct_message_is_about_its_server(house: House) -> None:
    """Discord does not say which server a direct message is about, so its buttons do; rights are that server's."""
    mia = house.server.person("Mia", permissions=Permission.MANAGE_GUILD)
    message = await told_directly(house, mia.id, ASKED)
    house.desk.answer("demo:press", Show(card=CLOSED))
    answer = await (await mia.at(mia.direct).press(message, "press")).finished()
    event = house.desk.heard[-1]
    assert isinstance(event, ButtonPressed)
    there = Place(community=place_of(house).community, channel=mia.direct.id, alone=True)
    assert ("1:demo:press:7", there, True) == (event.token, event.place, event.actor.administrator)
    assert f"1:demo:press:7@{house.server.home.id}" == answer.buttons[0].custom_id


async def test_a_form_from_a_direct_message_is_about_its_server(house: House) -> None:
    """A form opened from a direct message comes back with its own token and that server."""
    message = await told_directly(house, house.ana.id, ASKED)
    house.desk.answer("demo:form", OpenForm(FORM))
    house.desk.answer("demo:sent", ONLY_YOU)
    ana = house.ana.at(house.ana.direct)
    pressed = await (await ana.press(message, "form")).answered()
    assert pressed.modal is not None
    await (await ana.submit(pressed.modal, {"words": "x", "credit": "yes"})).finished()
    event = house.desk.heard[-1]
    assert isinstance(event, FormSubmitted)
    assert ("1:demo:sent:7", place_of(house).community) == (event.token, event.place.community)


async def test_who_has_left_a_server_cannot_act_in_it_from_afar(house: House) -> None:
    """A button in a direct message does nothing for somebody who is no longer a member."""
    message = await told_directly(house, house.ana.id, ASKED)
    house.ana.leave()
    told = await (await house.ana.at(house.ana.direct).press(message, "press")).finished()
    assert told.text == "That button does not belong to this community. Nothing was changed."
    assert house.desk.heard == []


async def test_a_button_of_another_server_in_a_direct_message_is_refused(house: House) -> None:
    """A forged server in a direct message's button is none that the bot is in, and does nothing."""
    message = await told_directly(house, house.ana.id, ASKED)
    forged = replace(message.buttons[0], custom_id="1:demo:press:7@123")
    ana = house.ana.at(house.ana.direct)
    told = await ana._touch(message, forged, {}, message.wire).finished()
    assert told.text == "That button does not belong to this community. Nothing was changed."
    assert house.desk.heard == []


async def test_what_somebody_typed_pings_nobody_and_shows_as_text(house: House) -> None:
    """Mentions, Markdown and links in a text come out as text, in contents and in cards."""
    ben = house.server.person("Ben")
    role = house.server.role("readers")
    role.mentionable = True
    typed = f"@everyone {ben.mention} {role.mention} **bold** https://example.org"
    content = await house.shown(line(typed))
    card = await house.shown(Card(title=typed, body=(say(typed),), buttons=ASKED.buttons))
    assert (frozenset(), frozenset()) == (content.pings, card.pings)
    shown = rf"\@everyone \<@{ben.id}> \<@&{role.id}> \*\*bold\*\* https:\//example.org"
    assert (shown, shown) == (content.text, card.embeds[0]["description"])


async def told_directly(house: House, member: str, card: Card) -> Message:
    """Send a card to somebody directly, and give its message."""
    ref = await house.deliver(Direct(member=member, card=card))
    assert ref is not None
    channel = house.server.world.channels[ref.channel]
    return channel.history[ref.message]
