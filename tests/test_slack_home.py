"""A member's page on Slack, and the menu of their messages, with the real core behind the real app."""

from collections.abc import AsyncIterator

import pytest

from tests.local_slack import Person, View, labels
from tests.slack_house import SlackHouse, slack_house, words


@pytest.fixture
async def house() -> AsyncIterator[SlackHouse]:
    """Open a house on Slack."""
    async with slack_house() as opened:
        yield opened


async def _page(house: SlackHouse, person: Person) -> View:
    return await house.server.bell.until(lambda: person.modal, "a page")


async def _pressed(house: SlackHouse, home: View, label: str) -> View:
    """Let the page's owner press a button on it; gives the modal that opens, once the page is shown anew."""
    await home.owner.press(home, label)
    await home.owner.homes.next()
    return await _page(house, home.owner)


async def test_home_shows_what_is_a_members_own(house: SlackHouse) -> None:
    """Today's excerpt, their reading, score, review and privacy, each with its buttons, and the way to everything else."""
    home = await house.server.person("Ana").open_home()
    lines = words(home).splitlines()
    assert lines[0].startswith("Excerpt for Tue 24 Nov, part ")
    for line in (
        "Your reading",
        "You have no points here yet. They come from /hr-quiz.",
        "Your review is empty. A question that you answer another way comes back here, for you alone.",
        "What is kept about you here",
        "/hr-help lists everything that can be asked here.",
    ):
        assert line in lines
    shown = labels(home.blocks)
    assert shown[:2] == ["Read on", "I’ve read it"]
    assert shown[-3:] == ["Export", "Show me", "Forget me"]


async def test_excerpt_of_the_home_is_the_days_and_its_question_is_asked(house: SlackHouse) -> None:
    """It is the one that /excerpt shows; reading on, the question and its answer stand in pages."""
    home = await house.server.person("Ana").open_home()
    await house.type("Ben", "/hr-excerpt")
    public = words(await house.server.general.next_message()).splitlines()
    assert words(home).splitlines()[: len(public) - 1] == public[:-1]
    page = await _pressed(house, home, "Quiz me on it")
    assert words(page).splitlines()[0] == "A question on this excerpt, for you alone; no points"
    await home.owner.press(page, labels(page.blocks)[0])
    await home.owner.homes.next()
    assert words(page).endswith("That was the one question on this excerpt.")


async def test_reading_on_home_goes_on_in_a_page_and_is_noted(house: SlackHouse) -> None:
    """“Read on” opens the part, which turns in its place; the page behind says how far the member is."""
    home = await house.server.person("Ana").open_home()
    begin = next(label for label in labels(home.blocks) if label.startswith("Begin Losing"))
    page = await _pressed(house, home, begin)
    assert words(page).splitlines()[0].startswith("Part 1 of ")
    await home.owner.press(page, "Read on")
    await home.owner.homes.next()
    assert words(page).splitlines()[0].startswith("Part 2 of ")
    await home.owner.press(page, "I’ve read it")
    await home.owner.homes.next()
    assert words(await _page(house, home.owner)) == "Noted, for you alone."
    assert "1 of 5 parts read, bookmark at part 2" in words(home)


async def test_review_on_home_is_taken_in_a_page(house: SlackHouse) -> None:
    """A question that was missed waits there the next day, is answered in a page, and waits no more."""
    ana = house.server.person("Ana")
    shown = await (await house.type("Ana", "/hr-quiz", "kind:who about:words where:private")).next_answer()
    await ana.press(shown, "Paddy Ashdown")
    await shown.next_edit()
    await house.house.clock.advance(24 * 60 * 60)
    home = await ana.open_home()
    assert "1 question is due today, for you alone." in words(home).splitlines()
    page = await _pressed(house, home, "Begin")
    await ana.press(page, "Vladimir Lenin")
    await ana.homes.next()
    assert words(page).startswith("Right: Vladimir Lenin, according to Neal Lawson.")
    assert "1 question is due" not in words(home)


async def test_privacy_on_home_is_changed_there(house: SlackHouse) -> None:
    """Being shown, the file and being forgotten work from the page, and the page says how it is now."""
    home = await house.server.person("Ana").open_home()
    ana = home.owner
    assert "Leaderboard: shown." in words(await _pressed(house, home, "Show me"))
    assert "Keep me private" in labels(home.blocks)
    await ana.press(home, "Export")
    assert [file.name for file in (await ana.dm.next_message()).files] == [
        "hundred-regiments-ana-2026-11-24.json"
    ]
    await ana.homes.next()
    form = await _pressed(house, home, "Forget me")
    await ana.submit(form, {"Type “forget me”": "forget"})
    assert words(form) == "Nothing was removed: the words typed were not “forget me”."
    await ana.homes.next()
    form = await _pressed(house, home, "Forget me")
    await ana.submit(form, {"Type “forget me”": "forget me"})
    assert words(form).startswith("Done. Nothing about you is kept here any more.")
    await ana.homes.next()
    assert "Nothing is kept about you here yet. Leaderboard: private." in words(home)


async def test_leaderboard_from_home_is_seen_by_the_member_alone(house: SlackHouse) -> None:
    """What is for everyone in a channel stands in a page here: nobody else sees the Home."""
    ana = house.server.person("Ana")
    shown = await (await house.type("Ana", "/hr-quiz", "kind:who about:words where:private")).next_answer()
    await ana.press(shown, "Vladimir Lenin")
    await shown.next_edit()
    home = await ana.open_home()
    assert words(await _pressed(house, home, "Leaderboard")).startswith(
        "No one is on this week’s leaderboard yet."
    )
    assert house.server.general.messages == []


async def test_own_message_is_suggested_from_its_menu(house: SlackHouse) -> None:
    """The form has the words in it; another's message is refused."""
    ana, ben = house.server.person("Ana"), house.server.person("Ben")
    said = ana.says("What would Ben call a <plural> politics & why?")
    form = await (await ana.shortcut("1:suggest:message", said)).next_view()
    typed = next(block for block in form.blocks if block["block_id"] == "words")["element"]["initial_value"]
    assert typed == said.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    await ana.submit(form, {})
    assert words(await ana.next_ephemeral()).startswith("Thank you. A moderator will read it")
    refused = await (await ben.shortcut("1:suggest:message", said)).next_answer()
    assert words(refused) == "Only your own messages can be suggested."
