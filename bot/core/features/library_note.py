"""/library note: what is said before sensitive material, on each of its cards here."""

from collections.abc import Sequence

from bot.core import auditing, mistakes, shelf_cards
from bot.core.cards import Button, Card, Intent, Paragraph, line, say
from bot.core.citing import noted
from bot.core.effects import Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.library import ENTRY, named
from bot.core.inline import CommandName
from bot.core.ports import Shelved
from bot.core.queueing import tidy
from bot.core.registry import Access, Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.tokens import token

LONGEST = 150
"""Characters of a content note at most: it is read before anything else."""


def note(request: Request) -> Sequence[Effect]:
    """Have an entry's cards begin with a note; without words, show the one there is."""
    shelved = named(request, retired=False, command="library note")
    item, words = shelved.item.id, tidy(request.values.get("note", ""))
    before = request.ports.library.content_note(request.community, item)
    if not words:
        return [Show(card=_shown(shelved, before))]
    if len(words) > LONGEST:
        most = f"and a content note has at most {LONGEST}"
        raise UserMistake(f"That is {len(words):,} characters, {most}. Nothing was changed.", field="note")
    if words == before:
        raise UserMistake(f"{item} has this content note already. Nothing was changed.")
    request.ports.shelves.note(request.community, item, words)
    _, effects = auditing.note(request, "set a content note on", item, words)
    head = say(f"{shelf_cards.named('Set for', shelved.item)} Every card of it here begins with:")
    return [Show(card=_card(head, item, words)), *effects]


def remove(request: Request) -> Sequence[Effect]:
    """Let the cards of an entry begin without a note again."""
    item = request.args[0] if request.args else ""
    if request.ports.shelves.entry(request.community, item) is None:
        raise mistakes.foreign_button()
    if not request.ports.library.content_note(request.community, item):
        raise UserMistake(f"{item} has no content note. Nothing was changed.")
    request.ports.shelves.note(request.community, item, "")
    _, effects = auditing.note(request, "removed the content note on", item)
    return [Update(line(f"{item} has no content note any more.", intent=Intent.MODERATION)), *effects]


def _shown(shelved: Shelved, words: str) -> Card:
    item = shelved.item.id
    if words:
        return _card(say(f"{item} has this content note:"), item, words)
    how = CommandName("library note", f'{item} note:"…"')
    return line(f"{item} has no content note. ", how, " sets one.", intent=Intent.MODERATION)


def _card(head: Paragraph, item: str, words: str) -> Card:
    return Card(
        title="Content note",
        body=(head, *noted(words)),
        intent=Intent.MODERATION,
        buttons=(Button("Remove", token("library:unnote", item)),),
    )


ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="library note",
        help="A content note before sensitive material, on every card of it here",
        example='/library note lenin-regiments note:"Speaks of war."',
        parameters=(
            ENTRY,
            Parameter(name="note", help="The words; left out, the note that there is is shown"),
        ),
        handler=note,
        access=Access.MODERATOR,
    ),
    Action(name="library:unnote", handler=remove, access=Access.MODERATOR, answer=Answer.UPDATE),
)
