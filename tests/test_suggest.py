"""/suggest in the console, what is kept of it, and how a decision reaches whoever suggested something."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.console.lines import plain
from adapters.console.render import render
from bot.core import suggesting
from bot.core.cards import Card, say
from bot.core.catalogue import catalogue
from bot.core.effects import Deliver, Direct, FieldErrors, OpenForm, Reply, Show
from bot.core.errors import BotFault, UserMistake
from bot.core.events import Actor, FormSubmitted, Place
from bot.core.forms import ChoiceField, TextField
from bot.core.ports import Ports, Suggestion
from storage.driver import sqlite3
from storage.store import MEMORY, Store
from tests.conversation import Talk, talking
from tests.houses import NOW
from tests.storage_samples import HERE, THERE, ZONE, ports_of

THANKS = "(only Ana) Thank you. A moderator will read it, and you will be told what they decide."
MIA = Actor(id="mia", name="Mia", administrator=True)
NOOR = Actor(id="noor", name="Noor", administrator=True)
QUARTER = 15 * 60


async def _fill(talk: Talk, command: str, *lines: str, who: str = "Ana") -> list[str]:
    """Open a form and fill it; gives what is printed at the command and after each line."""
    return [await talk(who, line) for line in (command, *lines)]


async def test_a_quotation_is_suggested() -> None:
    """The form asks for the words, whose they are, where they stand, and the credit; then it thanks (card 6.15)."""
    async with talking() as talk:
        prompts = []
        for line in ("/suggest kind:quotation", "Words.", "Somebody", "A book, p. 3"):
            printed = await talk("Ana", line)
            prompts.append((printed, talk.console.prompt))
        assert prompts == [
            ("(only Ana) Form: Suggestion", "  The words, exactly> "),
            ("", "  Who said or wrote them> "),
            ("", "  Where they can be found> "),
            ("", "  Credit me if accepted [yes]> "),
        ]
        assert await talk("Ana", "") == THANKS


async def test_without_a_kind_the_form_asks_for_it() -> None:
    """Called bare, a quotation is what an empty line means; what only that needs may stay empty for the others."""
    async with talking() as talk:
        await talk("Ana", "/suggest")
        assert talk.console.prompt == "  Kind (quotation, prompt, correction) [quotation]> "
        printed = [await talk("Ana", line) for line in ("prompt", "What would you change?", "", "", "no")]
        assert printed == ["", "", "", "", THANKS]


async def test_a_quotation_needs_speaker_and_source() -> None:
    """What a quotation cannot do without is asked again, and nothing is saved meanwhile."""
    async with talking() as talk:
        printed = await _fill(talk, "/suggest", "", "Words.", "", " \u200b ", "")
        assert printed[-1] == "(only Ana) “Who said or wrote them” is needed. Nothing was saved."
        assert await talk("Ana", "Somebody") == (
            "(only Ana) “Where they can be found” is needed. Nothing was saved."
        )
        assert await talk("Ana", "A book") == THANKS


async def test_a_correction_says_where() -> None:
    """A correction asks where and what, and offers no credit; its source may stay empty."""
    async with talking() as talk:
        printed = await _fill(talk, "/suggest correction", "The Lenin card", "He wrote it", "")
        assert printed[-1] == THANKS


async def test_a_kind_that_is_none() -> None:
    """An unknown kind is met with those there are."""
    async with talking() as talk:
        assert await talk("Ana", "/suggest kind:poem") == (
            "(only Ana) There is no kind “poem”. The kinds are quotation, prompt and correction."
        )


async def test_too_many_characters_are_counted() -> None:
    """A suggestion of more than 1,000 characters is refused at its field, and so is a long source (card 7.7)."""
    async with talking() as talk:
        printed = await _fill(talk, "/suggest quotation", "w" * 1_240, "Somebody", "s" * 201, "")
        assert printed[-1] == (
            "(only Ana) That is 1,240 characters, and a suggestion has at most 1,000. Nothing was saved."
        )
        assert await talk("Ana", "w" * 1_000) == (
            "(only Ana) That is 201 characters, and this field has at most 200. Nothing was saved."
        )
        assert await talk("Ana", "s" * 200) == THANKS


@pytest.mark.parametrize("nothing", ["", "   ", "\u202e\u200b", "\x00\x1b", "\u00a0\u3000"])
async def test_an_empty_form(nothing: str) -> None:
    """A form with nothing to see in it saves nothing and closes (card 7.13)."""
    async with talking() as talk:
        printed = await _fill(talk, "/suggest quotation", nothing, nothing, nothing, "")
        assert printed[-1] == "(only Ana) The form was empty, so nothing was saved."
        assert talk.console.prompt == "Ana> "


async def test_five_may_wait() -> None:
    """The sixth of one member waits until a moderator has read one; another member’s do not count."""
    refused = "Five of your suggestions wait already; a moderator reads them first."
    async with talking() as talk:
        for number in range(5):
            assert (await _fill(talk, "/suggest prompt", f"Question {number}?", ""))[-1] == THANKS
        assert await talk("Ana", "/suggest") == f"(only Ana) {refused}"
        await talk("Ben", "/suggest prompt")
        assert await talk("Ben", "Mine?") == ""


async def _submit(talk: Talk, token: str, who: str = "ana", **values: str) -> list[Reply]:
    """Submit a form as an adapter does; gives the replies."""
    place = Place(community="console:test", channel="general")
    event = FormSubmitted(place=place, actor=Actor(id=who, name="Ana"), at=NOW, token=token, values=values)
    return list(await talk.house.desk.ask(event))


def _said(replies: list[Reply]) -> str:
    """Give what the one card of the replies says."""
    (reply,) = replies
    assert isinstance(reply, Show)
    return _text(reply.card)


def _text(card: Card) -> str:
    return plain(render(card)).rstrip("\n")


async def test_a_message_of_one_s_own_begins_the_form() -> None:
    """The words of the message stand in the form, which takes them for a prompt unless told otherwise."""
    async with talking() as talk:
        (reply,) = await _submit(talk, "1:suggest:message", text="Why not?\nWell.", author="ana")
        assert isinstance(reply, OpenForm)
        kind, words = reply.form.fields[:2]
        assert isinstance(kind, ChoiceField)
        assert isinstance(words, TextField)
        assert (kind.default, words.default, str(reply.form.token)) == (
            "prompt", "Why not?\nWell.", "1:suggest:send",
        )  # fmt: skip
        sent = await _submit(talk, "1:suggest:send", kind="prompt", words=words.default, credit="yes")
        assert f"(only Ana) {_said(sent)}" == THANKS


async def test_other_messages_are_refused() -> None:
    """A message of somebody else’s, one without words and one that is too long do not open the form."""
    async with talking() as talk:
        for author in ("ben", "", "Ana"):
            refused = _said(await _submit(talk, "1:suggest:message", text="Why not?", author=author))
            assert refused == "Only your own messages can be suggested."
        empty = _said(await _submit(talk, "1:suggest:message", text=" \u200b", author="ana"))
        assert empty == "That message has no words to suggest. Nothing was saved."
        long = _said(await _submit(talk, "1:suggest:message", text="w" * 1_001, author="ana"))
        assert long == "That is 1,001 characters, and a suggestion has at most 1,000. Nothing was saved."


async def test_forged_forms() -> None:
    """A form of a kind that is none is refused, and fields that were left out count as empty."""
    foreign = "That button does not belong to this community. Nothing was changed."
    async with talking() as talk:
        assert _said(await _submit(talk, "1:suggest:send:poem", words="Words")) == foreign
        assert _said(await _submit(talk, "1:suggest:send", kind="poem", words="Words")) == foreign
        assert _said(await _submit(talk, "1:suggest:send")) == foreign
        assert _said(await _submit(talk, "1:suggest:send:prompt")) == (
            "The form was empty, so nothing was saved."
        )
        (reply,) = await _submit(talk, "1:suggest:send:quotation", words="Words")
        assert isinstance(reply, FieldErrors)
        assert list(reply.errors) == ["speaker", "source"]


def test_the_declarations_promise_what_is_answered() -> None:
    """What may open a form says so, and what saves does not."""
    registry = catalogue()
    assert registry.commands["suggest"].opens_form
    assert registry.submissions["suggest:message"].opens_form
    assert not registry.submissions["suggest:send"].opens_form


@pytest.fixture
def store() -> Iterator[Store]:
    """Open a store in memory."""
    made = Store(MEMORY)
    yield made
    made.close()


@pytest.fixture
def ports(store: Store) -> Ports:
    """Give the ports of that store."""
    return ports_of(store)


def _suggest(
    ports: Ports, *, kind: str = "quotation", credit: str = "Ana", words: str = "Words.", **more: str
) -> int:
    fields = {"words": words, **more}
    return ports.suggestions.add(HERE, "ana", kind=kind, fields=fields, credit=credit, at=NOW)


def _told(ports: Ports, number: int, *, accepted: bool, reason: str = "", word: str = "") -> str:
    """Decide on a suggestion; gives what Ana is told."""
    effects = suggesting.decide(
        ports, HERE, number, accepted=accepted, by=MIA, at=NOW + 86_400, reason=reason, word=word
    )
    (effect,) = effects
    assert isinstance(effect, Deliver)
    assert isinstance(effect.call, Direct)
    assert effect.call.member == "ana"
    return _text(effect.call.card)


def test_what_was_accepted_is_told(ports: Ports) -> None:
    """The day of the suggestion, and the name that its card will say where that is wanted (card 6.16)."""
    assert _told(ports, _suggest(ports), accepted=True) == (
        "Your suggestion of 24 November was accepted. Its card will say “suggested by Ana”."
    )
    assert _told(ports, _suggest(ports, credit=""), accepted=True) == (
        "Your suggestion of 24 November was accepted. Its card will not name you, as you asked."
    )
    assert _told(ports, _suggest(ports, kind="correction", credit=""), accepted=True) == (
        "Your suggestion of 24 November was accepted."
    )


def test_what_was_not_taken_is_told(ports: Ports) -> None:
    """The reason, and what would help where something would; a moderator’s word comes with it (card 6.16)."""
    assert _told(ports, _suggest(ports), accepted=False, reason="speaker not certain") == (
        "Your suggestion of 24 November was not taken: speaker not certain. With a source it can come again."
    )
    assert _told(ports, _suggest(ports), accepted=False, reason="not a whole thought") == (
        "Your suggestion of 24 November was not taken: not a whole thought. "
        "With the whole sentence it can come again."
    )
    assert _told(ports, _suggest(ports), accepted=False, reason="here already") == (
        "Your suggestion of 24 November was not taken: here already."
    )
    assert _told(ports, _suggest(ports), accepted=False, reason="other", word="Thanks all the same.") == (
        "Your suggestion of 24 November was not taken.\n  The moderator’s word: Thanks all the same."
    )


def test_what_waits_is_not_told(ports: Ports) -> None:
    """There is nothing to tell before somebody has decided."""
    suggestion = ports.suggestions.get(HERE, _suggest(ports))
    assert suggestion is not None
    with pytest.raises(BotFault):
        suggesting.told(suggestion, ZONE)


def _mistake(ports: Ports, number: int, *, community: str = HERE, at: int = NOW + QUARTER) -> str:
    with pytest.raises(UserMistake) as mistake:
        suggesting.decide(ports, community, number, accepted=True, by=NOOR, at=at)
    return _text(Card(body=(say(*mistake.value.parts),)))


def test_the_second_moderator_is_told_who_was_first(ports: Ports) -> None:
    """Of two who decide at once the first decides; the second hears who and when (card 8.14)."""
    number = _suggest(ports)
    _decide_at(ports, number, NOW + 12 * 60)
    assert _mistake(ports, number) == (
        "Mia rejected this at 20:12, so nothing was changed. /library review shows the next."
    )
    assert _mistake(ports, number, at=NOW + 86_400) == (
        "Mia rejected this on Tue 24 Nov, so nothing was changed. /library review shows the next."
    )


def _decide_at(ports: Ports, number: int, at: int) -> None:
    suggesting.decide(ports, HERE, number, accepted=False, by=MIA, at=at, reason="other")


def test_a_suggestion_of_another_community_cannot_be_decided(ports: Ports) -> None:
    """Another community’s, and one that was never made, are none of this one’s; it waits as before (card 7.11)."""
    number = _suggest(ports)
    foreign = "That button does not belong to this community. Nothing was changed."
    assert _mistake(ports, number, community=THERE) == foreign
    assert _mistake(ports, number + 1) == foreign
    assert [each.id for each in ports.suggestions.waiting(HERE, 0, 9)] == [number]


def test_what_could_not_be_told_directly_comes_with_the_next_command(ports: Ports) -> None:
    """A decision whose delivery failed is told once, later; one that arrived is not told again."""
    first, second = _suggest(ports), _suggest(ports)
    for number in (first, second):
        _decide_at(ports, number, NOW)
    suggesting.settled(ports, HERE, first, made=True)
    suggesting.settled(ports, HERE, second, made=False)
    assert suggesting.catch_up(ports, HERE, "ben") == []
    (show,) = suggesting.catch_up(ports, HERE, "ana")
    assert isinstance(show, Show)
    assert _text(show.card) == "Your suggestion of 24 November was not taken."
    assert suggesting.catch_up(ports, HERE, "ana") == []


def test_the_queue_is_in_the_order_in_which_it_came(ports: Ports) -> None:
    """Moderators see the oldest first, page by page, and only what waits."""
    numbers = [_suggest(ports, words=f"Words {each}") for each in range(4)]
    _decide_at(ports, numbers[1], NOW)
    waiting = ports.suggestions.waiting(HERE, 1, 5)
    assert [each.id for each in waiting] == [numbers[2], numbers[3]]
    assert (ports.suggestions.count(HERE), ports.suggestions.count(HERE, "ana")) == (3, 3)
    assert (ports.suggestions.count(THERE), ports.suggestions.count(HERE, "ben")) == (0, 0)


HOSTILE = "a\u202eb\x00c\x1b[31md\ud800 @everyone *e*\nf"


def test_what_was_typed_is_kept_as_it_was_and_shown_harmless(ports: Ports) -> None:
    """Controls and marks that turn a line round stay in what is kept, and reach nobody’s screen."""
    number = _suggest(ports, words=HOSTILE, source="x\u202ey", credit="A\u202en")
    suggestion = ports.suggestions.get(HERE, number)
    assert suggestion is not None
    assert dict(suggestion.fields) == {"words": HOSTILE, "source": "x\u202ey"}
    shown = plain(render(Card(body=suggesting.shown(suggestion))))
    assert shown == (
        "  | “ab\ufffdc\ufffd[31md\ufffd @everyone *e*\n  | f”\n  Source: xy\n  To be credited: An\n"
    )


def test_a_moderator_reads_what_was_filled_in(ports: Ports) -> None:
    """Every field that was filled in stands there by its name; a correction names nobody to be credited."""
    number = _suggest(ports, speaker="Somebody", source="A book", credit="")
    assert _shown(ports, number) == (
        "  | “Words.”\n  Said or written by: Somebody\n  Source: A book\n  To be credited: nobody\n"
    )
    number = _suggest(ports, kind="correction", place="Card 1", credit="")
    assert _shown(ports, number) == "  | “Words.”\n  About: Card 1\n"


def _shown(ports: Ports, number: int) -> str:
    suggestion = ports.suggestions.get(HERE, number)
    assert suggestion is not None
    return plain(render(Card(body=suggesting.shown(suggestion))))


async def test_a_name_is_kept_only_to_be_credited(tmp_path: Path) -> None:
    """With the credit declined nothing but the member’s id says whose a suggestion is; a name is kept harmless."""
    async with talking(database=tmp_path / "bot.db") as talk:
        await _fill(talk, "/suggest prompt", "One?", "")
        await _fill(talk, "/suggest prompt", "Two?", "no")
        await _fill(talk, "/suggest correction", "Card 1", "Three.", "")
        other = sqlite3.connect(tmp_path / "bot.db")
        rows = other.execute("SELECT kind, member, credit FROM suggestions ORDER BY id").fetchall()
        other.close()
    assert rows == [("prompt", "ana", "Ana"), ("prompt", "ana", ""), ("correction", "ana", "")]


def test_forgetting_leaves_what_was_accepted_without_the_name(store: Store, ports: Ports) -> None:
    """With a member's rows goes what waits and what was rejected; an accepted one stays, and names nobody."""
    waits, accepted, rejected = (_suggest(ports, words=f"Words {each}") for each in range(3))
    suggesting.decide(ports, HERE, accepted, accepted=True, by=MIA, at=NOW)
    _decide_at(ports, rejected, NOW)
    execute = store._db.conn.execute
    execute("DELETE FROM suggestions WHERE community = ? AND member = 'ana'", (HERE,))
    assert [ports.suggestions.get(HERE, number) for number in (waits, rejected)] == [None, None]
    kept = ports.suggestions.get(HERE, accepted)
    assert isinstance(kept, Suggestion)
    assert (kept.member, kept.credit, dict(kept.fields)) == ("", "", {"words": "Words 1"})
    assert kept.decision is not None
    assert kept.decision.name == "Mia"
    execute("INSERT INTO forgetting VALUES (?, 'mia')", (HERE,))
    kept = ports.suggestions.get(HERE, accepted)
    assert kept is not None
    assert kept.decision is not None
    assert (kept.decision.by, kept.decision.name) == ("", "")
    assert _mistake(ports, accepted).startswith("A former member accepted this at 20:00, so nothing")
