"""Questions that nearly everyone or hardly anyone gets right: in the queue by themselves, to be kept or retired."""

from collections.abc import Sequence

from bot.core import auditing, mistakes, queue_order, shelf_cards
from bot.core.cards import Button, Card, Intent, line, say
from bot.core.effects import Effect, Update
from bot.core.errors import UserMistake
from bot.core.inline import CommandName
from bot.core.queueing import is_too_easy
from bot.core.registry import Access, Action, Answer
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import hour


def card_of(request: Request, key: str) -> Card:
    """Show an entry of the library with how its answers fell. Raises UserMistake where it no longer waits."""
    ports, community, item = request.ports, request.community, _waiting(request, key)
    shelved = ports.shelves.entry(community, item)
    if shelved is None:
        raise mistakes.foreign_button()
    answers, right = ports.rounds.times_asked(community, item)
    who = "nearly everyone" if is_too_easy(answers, right) else "hardly anyone"
    where = f"Queue, {queue_order.place(ports, community, key):,} of {queue_order.total(ports, community):,}"
    card = shelf_cards.entry_card(ports, community, shelved)
    return Card(
        title=f"{where}: a question that {who} gets right",
        body=(*card.body, say(f"{item} has had {answers:,} answers here, {right:,} of them right.")),
        grade=card.grade,
        footer=card.footer,
        link=card.link,
        intent=Intent.MODERATION,
        buttons=(
            Button("Keep", token("library:keep", key)),
            Button("Retire", token("library:drop", key)),
            Button("Later", token("library:later", key)),
        ),
    )


def keep(request: Request) -> Sequence[Effect]:
    """Keep the question in service; it waits again when it has had twice as many answers."""
    item = _waiting(request, _key(request))
    request.ports.queue.keep(request.community, item)
    _, effects = auditing.note(request, "kept", item)
    words = f"{item} is kept. It comes back here if it is as lopsided after twice as many answers."
    return [Update(line(words, intent=Intent.MODERATION)), *effects]


def drop(request: Request) -> Sequence[Effect]:
    """Take the question's entry out of service here."""
    item = _waiting(request, _key(request))
    request.ports.shelves.retire(request.community, item, request.at)
    _, effects = auditing.note(request, "retire", item)
    words = (f"{item} is retired: no longer shown or asked here. ", CommandName("library restore"))
    return [Update(line(*words, " brings it back.", intent=Intent.MODERATION)), *effects]


def _key(request: Request) -> str:
    return request.args[0] if request.args else ""


def _waiting(request: Request, key: str) -> str:
    """Give the item that a key names. Raises UserMistake where somebody has decided, or it waits no longer."""
    ports, community, item = request.ports, request.community, key[1:]
    if key[:1] != "l" or ports.shelves.entry(community, item) is None:
        raise mistakes.foreign_button()
    if ports.queue.is_lopsided(community, item):
        return item
    done = ports.audit.latest(community, item)
    by = (
        f"{done.name or 'A former member'} decided this at {hour(done.at, ports.communities.zone(community))}"
        if done
        else "This waits no longer"
    )
    raise UserMistake(f"{by}, so nothing was changed. ", CommandName("library review"), " shows the next.")


ENTRIES: tuple[Action, ...] = (
    Action(name="library:keep", handler=keep, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:drop", handler=drop, access=Access.MODERATOR, answer=Answer.UPDATE),
)
