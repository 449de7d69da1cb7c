"""/library retire and restore: taking an entry out of service here, and bringing back what was retired or rejected."""

import re
from collections.abc import Sequence

from bot.core import auditing, mistakes, shelf_cards
from bot.core.cards import Button, Card, Intent, line, say
from bot.core.effects import Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.library import ENTRY, PAGE, complete_retired, named, pressed
from bot.core.inline import CommandName
from bot.core.ports import Shelved
from bot.core.queueing import RESTORABLE
from bot.core.registry import Access, Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import in_marks, moment

_KEY = re.compile(r"[ps][0-9]{1,18}")
"""Names an entry of the queue, as library_review does."""


def retire(request: Request) -> Sequence[Effect]:
    """Take an entry out of service here."""
    card, noted = _retired(request, named(request, retired=False, command="library retire"))
    return [Show(card=card), *noted]


def retire_shown(request: Request) -> Sequence[Effect]:
    """Take the entry whose card was pressed out of service here."""
    card, noted = _retired(request, pressed(request))
    return [Update(card), *noted]


def restore(request: Request) -> Sequence[Effect]:
    """Bring back a retired entry, or one that was rejected; without a name, list what can come back."""
    if not request.values.get("entry", "").strip():
        return [Show(card=_restorable(request))]
    typed = request.values["entry"].strip().casefold()
    if _KEY.fullmatch(typed) and request.ports.shelves.entry(request.community, typed) is None:
        card, noted = _again(request, typed)
        return [Show(card=card), *noted]
    card, noted = _restored(request, named(request, retired=True, command="library restore"))
    return [Show(card=card), *noted]


def restore_shown(request: Request) -> Sequence[Effect]:
    """Bring back the entry whose card, or whose line in the list, was pressed."""
    card, noted = _restored(request, pressed(request))
    return [Update(card), *noted]


def reopen(request: Request) -> Sequence[Effect]:
    """Let what was rejected wait again."""
    card, noted = _again(request, request.args[0] if request.args else "")
    return [Update(card), *noted]


def _retired(request: Request, shelved: Shelved) -> tuple[Card, list[Effect]]:
    item = shelved.item
    if not request.ports.shelves.retire(request.community, item.id, request.at):
        raise UserMistake(f"{item.id} is retired already. Nothing was changed.")
    _, noted = auditing.note(request, "retire", item.id)
    card = Card(
        body=(say(f"{shelf_cards.named('Retired:', item)} It is no longer shown or asked here."),),
        intent=Intent.MODERATION,
        buttons=(Button("Undo", token("library:restore", item.id)),),
    )
    return card, noted


def _restored(request: Request, shelved: Shelved) -> tuple[Card, list[Effect]]:
    item = shelved.item
    if not request.ports.shelves.restore(request.community, item.id):
        raise UserMistake(f"{item.id} is in service already. Nothing was changed.")
    _, noted = auditing.note(request, "restore", item.id)
    return line(shelf_cards.named("Back in service:", item), intent=Intent.MODERATION), noted


def _again(request: Request, key: str) -> tuple[Card, list[Effect]]:
    """Let a rejected proposal (`p` and its id) or suggestion (`s` and its id) wait again, for 30 days."""
    ports, community = request.ports, request.community
    number = int(key[1:]) if _KEY.fullmatch(key) else 0
    queue = ports.queue
    found = queue.proposal(community, number) if key[:1] == "p" else ports.suggestions.get(community, number)
    if found is None or not _KEY.fullmatch(key):
        raise mistakes.foreign_button()
    if found.decision is not None and found.decision.at <= request.at - RESTORABLE:
        raise UserMistake(
            "That was rejected more than 30 days ago and cannot come back. Nothing was changed."
        )
    done = queue.reopen(community, number) if key[0] == "p" else queue.reopen_suggestion(community, number)
    if not done:
        raise UserMistake("That is not among what was rejected. Nothing was changed.")
    _, noted = auditing.note(request, "restore", shelf_cards.in_queue(found), "into the queue")
    words = ("Back in the queue. ", CommandName("library review"), " shows it.")
    return line(*words, intent=Intent.MODERATION), noted


def _restorable(request: Request) -> Card:
    """List what can come back: what is retired, then what was rejected within 30 days."""
    ports, community = request.ports, request.community
    zone, since = ports.communities.zone(community), request.at - RESTORABLE
    rows = [
        (f"Retired {moment(each.retired_at or 0, zone)}: {each.item.id}, “{shelf_cards.beginning(each.item)}”",
         token("library:restore", each.item.id))
        for each in ports.shelves.retired(community, PAGE)
    ]  # fmt: skip
    rows += [
        (f"{shelf_cards.decided(each.decision, zone)} “{shelf_cards.beginning(each.found.item)}”",
         token("library:reopen", f"p{each.id}"))
        for each in ports.queue.rejected(community, since, PAGE) if each.decision
    ]  # fmt: skip
    for number in ports.queue.rejected_suggestions(community, since, PAGE):
        suggestion = ports.suggestions.get(community, number)
        if suggestion and suggestion.decision:
            said = in_marks(suggestion.fields["words"])
            rows.append(
                (
                    f"{shelf_cards.decided(suggestion.decision, zone)} {said}",
                    token("library:reopen", f"s{number}"),
                )
            )
    if not rows:
        return line(
            "Nothing is retired, and nothing was rejected in the last 30 days.", intent=Intent.MODERATION
        )
    return Card(
        title="What can come back",
        body=tuple(say(f"{number} {words}") for number, (words, _) in enumerate(rows, 1)),
        intent=Intent.MODERATION,
        buttons=tuple(Button(f"Restore {number}", each) for number, (_, each) in enumerate(rows, 1)),
    )


ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="library retire",
        help="Take an entry out of service in this community",
        example="/library retire lenin-regiments",
        parameters=(ENTRY,),
        handler=retire,
        access=Access.MODERATOR,
    ),
    Command(
        name="library restore",
        help="Bring back what was retired, or rejected in the last 30 days",
        example="/library restore",
        parameters=(
            Parameter(
                name="entry",
                help="Its id; left out, a list of what can come back",
                completer=complete_retired,
            ),
        ),
        handler=restore,
        access=Access.MODERATOR,
    ),
    Action(name="library:retire", handler=retire_shown, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:restore", handler=restore_shown, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:reopen", handler=reopen, access=Access.MODERATOR, answer=Answer.UPDATE),
)
