"""App Home, the pages that answer what is pressed on it, and the menu of a message: the real app, and a scripted desk."""

from collections.abc import AsyncIterator

import pytest

from bot.core.cards import line
from bot.core.effects import FieldErrors, SendFile, Show, Update
from bot.core.events import FormSubmitted
from tests.local_slack import LocalSlack, View, shown_text
from tests.slack_desk import Script, asker, card, connected, form, workspace


@pytest.fixture
def desk() -> Script:
    """Give a desk whose script is empty."""
    return Script()


@pytest.fixture
async def slack(desk: Script) -> AsyncIterator[LocalSlack]:
    """Start a Slack with the platform connected to it."""
    async with workspace() as server, connected(server, desk):
        yield server


async def test_app_home_shows_the_members_own_page(slack: LocalSlack, desk: Script) -> None:
    """Opening the app's Home shows a card after the other, for this member, asked with the event's own id."""
    desk.answers["home:open"] = [Show(card=card(text="Today.")), Show(card=card(text="Yours."))]
    ana = slack.person("Ana")
    home = await ana.open_home()
    assert shown_text(home.blocks) == "Card\nToday.\nCard\nYours."
    (event,) = desk.asked
    assert (event.id.startswith("Ev"), event.place.alone, event.actor.name) == (True, True, "Ana")


@pytest.fixture
async def home(slack: LocalSlack, desk: Script) -> View:
    """Give Ana's page, with a button on it."""
    desk.answers["home:open"] = [Show(card=card("Go", text="At first."))]
    return await slack.person("Ana").open_home()


async def test_press_on_app_home_opens_a_page_and_shows_the_home_anew(
    slack: LocalSlack, desk: Script, home: View
) -> None:
    """What answers stands in a modal over the page, which then says how things are now."""
    desk.answers["home:open"] = [Show(card=card("Go", text="And now."))]
    desk.answers["test:press"] = [Update(card("On", text="One.")), asker("Two.")]
    ana = slack.person("Ana")
    await ana.press(home, "Go")
    await ana.homes.next()
    assert shown_text(home.blocks) == "Card\nAnd now."
    assert ana.modal is not None
    assert shown_text(ana.modal.blocks) == "Card\nOne.\nTwo."
    pressed = desk.asked[1]
    assert (pressed.place.channel, pressed.place.alone) == (ana.dm.id, True)


async def test_press_in_a_page_turns_it_or_opens_another(slack: LocalSlack, desk: Script, home: View) -> None:
    """An update takes the modal's place, another answer stands above it; the fourth has no room and takes the place too."""
    desk.answers["test:press"] = [asker("Opened."), Show(card=card("On"))]
    ana = slack.person("Ana")
    await ana.press(home, "Go")
    first = await slack.bell.until(lambda: ana.modal, "a page")
    desk.answers["test:press"] = [Update(card("On", text="Turned."))]
    await ana.press(first, "On")
    await slack.bell.until(lambda: "Turned" in shown_text(first.blocks) or None, "the page to turn")
    assert ana.modals == [first]
    desk.answers["test:press"] = [Show(card=card("On", text="Above."))]
    for below in (first, None):
        await ana.press(below or ana.modals[-1], "On")
        await slack.bell.until(lambda: "Above" in shown_text(ana.modals[-1].blocks) or None, "a page above")
    await slack.bell.until(lambda: len(ana.modals) == 3 or None, "a third page")
    desk.answers["test:press"] = [Show(card=card(text="In place."))]
    last = ana.modals[-1]
    await ana.press(last, "On")
    await slack.bell.until(lambda: "In place" in shown_text(last.blocks) or None, "the last page to change")
    assert len(ana.modals) == 3


async def test_form_opened_from_app_home_is_answered_in_its_place(
    slack: LocalSlack, desk: Script, home: View
) -> None:
    """There is no channel to answer in, so the card stands where the form stood; errors stay at their fields."""
    desk.answers["test:press"] = [form("name")]
    desk.answers["test:sent"] = [FieldErrors({"name": "Not that."})]
    ana = slack.person("Ana")
    await ana.press(home, "Go")
    view = await slack.bell.until(lambda: ana.modal, "the form")
    assert (await ana.submit(view, {"Name": "a"})).errors == {"name": "Not that."}
    desk.answers["test:sent"] = [asker("Done.")]
    await ana.submit(view, {"Name": "b"})
    assert (ana.modal, shown_text(view.blocks)) == (view, "Done.")


async def test_page_that_opens_too_late_is_a_direct_message(
    slack: LocalSlack, desk: Script, home: View
) -> None:
    """Slack opens nothing after three seconds; what answers the press then comes directly."""
    desk.answers["test:press"] = [asker("Told.")]
    slack.fail_next("views.open", "expired_trigger_id")
    ana = slack.person("Ana")
    await ana.press(home, "Go")
    assert (await ana.dm.next_message()).text == "Told."


async def test_file_asked_for_on_app_home_comes_directly_and_the_page_says_so(
    slack: LocalSlack, desk: Script, home: View
) -> None:
    """The direct messages have the file, and the modal says where it is."""
    sent = SendFile(name="a.json", media_type="application/json", content=b"{}", card=line("Yours: a.json"))
    desk.answers["test:press"] = [sent]
    ana = slack.person("Ana")
    await ana.press(home, "Go")
    assert [file.name for file in (await ana.dm.next_message()).files] == ["a.json"]
    view = await slack.bell.until(lambda: ana.modal, "a page")
    assert shown_text(view.blocks) == "Yours: a.json\nThe file is in your direct messages with this app."


async def test_repeated_press_on_app_home_has_one_effect(slack: LocalSlack, desk: Script, home: View) -> None:
    """A press that Slack delivers twice opens one page, and shows the Home anew once."""
    desk.answers["test:press"] = [asker("Told.")]
    ana = slack.person("Ana")
    pressed = await ana.press(home, "Go")
    await ana.homes.next()
    await slack.redeliver(pressed)
    await slack.person("Ben").slash("/hr-quote")
    assert [call.method for call in slack.calls].count("views.open") == 1
    assert [call.method for call in slack.calls].count("views.publish") == 2


# Commands with a page of their own ------------------------------------------------------------------------


async def test_card_that_goes_on_has_a_page_of_its_own(slack: LocalSlack, desk: Script) -> None:
    """A command that says so is answered in a modal, whose buttons turn it; nobody's Home has to do with it."""
    desk.answers["turn"] = [Show(card=card("On", text="One."))]
    desk.answers["test:press"] = [Update(card("On", text="Two."))]
    ana = slack.person("Ana")
    page = await (await ana.slash("/hr-turn")).next_view()
    assert (shown_text(page.blocks), len(ana.ephemerals)) == ("Card\nOne.", 0)
    turned = await ana.press(page, "On")
    await turned.next_view()
    assert (shown_text(page.blocks), ana.modals) == ("Card\nTwo.", [page])
    assert desk.asked[-1].place.channel == slack.general.id
    assert {call.method for call in slack.calls}.isdisjoint({"views.publish", "chat.postEphemeral"})


async def test_line_needs_no_page(slack: LocalSlack, desk: Script) -> None:
    """One sentence without a button is told like any other answer."""
    desk.answers["turn"] = [asker("Nothing is due today.")]
    reply = await slack.person("Ana").slash("/hr-turn")
    assert (await reply.next_answer()).text == "Nothing is due today."


async def test_page_that_does_not_open_is_told_in_the_channel(slack: LocalSlack, desk: Script) -> None:
    """Where Slack opens none in time, the card is shown to whoever asked as an ephemeral message."""
    desk.answers["turn"] = [Show(card=card("On", text="One."))]
    slack.fail_next("views.open", "expired_trigger_id")
    reply = await slack.person("Ana").slash("/hr-turn")
    assert shown_text((await reply.next_answer()).blocks) == "Card\nOne."


# The menu of a message ------------------------------------------------------------------------------------


async def test_shortcut_on_a_message_is_a_form_that_was_sent(slack: LocalSlack, desk: Script) -> None:
    """The core hears the message's words as people read them, and whose they are; a form may follow."""
    desk.answers["test:sent"] = [form("words")]
    ana, ben = slack.person("Ana"), slack.person("Ben")
    said = ben.says("@Ana wrote in #general: <b> & https://example.org")
    used = await ana.shortcut("1:test:sent", said)
    assert (await used.next_view()).title == "A form"
    event = desk.asked[-1]
    assert isinstance(event, FormSubmitted)
    assert (event.token, event.place.channel, event.actor.name) == ("1:test:sent", slack.general.id, "Ana")
    words = "@Ana wrote in #general: <b> & https://example.org"
    assert event.values == {"text": words, "author": ben.id}


async def test_shortcut_that_is_refused_is_answered_beside_the_message(
    slack: LocalSlack, desk: Script
) -> None:
    """What the core says instead of a form is shown to whoever used the menu."""
    desk.answers["test:sent"] = [asker("Only your own messages can be suggested.")]
    ana = slack.person("Ana")
    used = await ana.shortcut("1:test:sent", ana.says("A thought."))
    assert (await used.next_answer()).ephemeral_to is ana
