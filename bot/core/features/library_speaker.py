"""/library speaker: put right who said a quotation that waits, by a name that is completed as it is typed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import admitting, shelf_cards
from bot.core.effects import Choice, Effect, Show
from bot.core.errors import UserMistake
from bot.core.features.library_edit import speaker_of_page
from bot.core.features.library_review import card_of
from bot.core.inline import CommandName
from bot.core.library import Quotation
from bot.core.limits import COMPLETION, COMPLETIONS
from bot.core.names import fold
from bot.core.ports import Proposal
from bot.core.queueing import is_whole, kinds
from bot.core.registry import Access, Command, Parameter
from bot.core.request import Request
from bot.core.wording import in_marks

_MOST, _FEW = 200, 20
"""Proposals that are looked through for words, and for the first quotation."""
_DIGITS = 18


def correct(request: Request) -> Sequence[Effect]:
    """Name the speaker of a quotation that waits, and show its card with that."""
    entry = _entry(request, request.values.get("entry", ""))
    found, item = entry.found, entry.found.item
    if not isinstance(item, Quotation):
        raise UserMistake("That is no quotation, so it has no speaker.")
    ports, community = request.ports, request.community
    name = request.values["name"]
    person = speaker_of_page(found, name) or admitting.speaker(ports, community, name)
    whole = is_whole(item.text, item.passage)
    asked = kinds(person, item.text, item.grade, found.article) if whole else ()
    finish = tuple(each for each in item.kinds if each == "finish")
    amended = replace(
        found,
        item=replace(item, speaker=person.id, kinds=(*asked, *finish)),
        people=(person, *(each for each in found.people if each.id != person.id)),
        rule="named by a moderator",
        confidence=1.0,
    )
    ports.queue.amend(community, entry.id, amended)
    return [Show(card=card_of(request, f"p{entry.id}"))]


def complete_name(request: Request, typed: str) -> Sequence[Choice]:
    """Offer the people of what waits, then those of the library."""
    waiting = [person for each in _quotations(request) for person in each.found.people]
    people = {each.name: each for each in (*waiting, *request.ports.library.people(request.community))}
    begin = [name for name in people if fold(name).startswith(fold(typed))]
    within = [name for name in people if fold(typed) in fold(name) and name not in begin]
    return [Choice(name[:COMPLETION], name[:COMPLETION]) for name in (*begin, *within)][:COMPLETIONS]


def complete_entry(request: Request, typed: str) -> Sequence[Choice]:
    """Offer the quotations that wait, by their words."""
    return [
        Choice(shelf_cards.beginning(each.found.item)[:COMPLETION], str(each.id))
        for each in _quotations(request)
        if fold(typed) in fold(_text(each)) or typed == str(each.id)
    ][:COMPLETIONS]


def _entry(request: Request, typed: str) -> Proposal:
    if typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS:
        named = request.ports.queue.proposal(request.community, int(typed))
        if named is not None and named.decision is None:
            return named
    waiting = _quotations(request, _MOST if typed else _FEW)
    if not typed and waiting:
        return waiting[0]
    found = [each for each in waiting if fold(typed) and fold(typed) in fold(_text(each))]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserMistake(
            f"{len(found)} quotations that wait have {in_marks(typed)}. Type more of its words."
        )
    words = (
        f"No quotation that waits has {in_marks(typed)}. " if typed else "No quotation waits in the queue. "
    )
    raise UserMistake(words, CommandName("library review"), " shows what waits.")


def _quotations(request: Request, most: int = _MOST) -> list[Proposal]:
    waiting = request.ports.queue.waiting(request.community, most)
    return [each for each in waiting if isinstance(each.found.item, Quotation)]


def _text(proposal: Proposal) -> str:
    item = proposal.found.item
    return item.text if isinstance(item, Quotation) else ""


ENTRIES: tuple[Command, ...] = (
    Command(
        name="library speaker",
        help="Put right who said a quotation that waits in the queue",
        example='/library speaker "Joe Todd"',
        parameters=(
            Parameter(
                name="name", help="Who said or wrote it", wants="a name", required=True, completer=complete_name
            ),
            Parameter(
                name="entry", help="Words of the quotation; the first that waits where it is left out",
                completer=complete_entry,
            ),
        ),
        handler=correct,
        access=Access.MODERATOR,
    ),
)  # fmt: skip
