"""Word to moderators that has to find one of them: the first run's card (8.1), and notices that could not be told.

Who brings the bot in is greeted directly. Where nobody could be, the first moderator's command in a community that
was never set up is answered with the card too. A notice that reached nobody is shown with the next such command.
"""

from collections.abc import Sequence

from bot.core import deliveries
from bot.core.auditing import MIRRORED
from bot.core.cards import Button, Card, Intent, say
from bot.core.effects import Effect, Notice, Show
from bot.core.events import Joined
from bot.core.ports import Ports, Waiting
from bot.core.ports.settings import GREETED
from bot.core.registry import Command
from bot.core.tokens import token

AT_ONCE = 3
"""Untold notices that are shown with one command at most."""
_OFFER_IT_THEMSELVES = frozenset({"setup", "settings"})


def card() -> Card:
    """Make the card that offers the first run."""
    words = "Hundred Regiments is here. Three questions plan the first excerpt; nothing is posted until you start it."
    buttons = (Button("Begin", token("setup:form")), Button("Not now", token("setup:later")))
    return Card(body=(say(words),), intent=Intent.MODERATION, buttons=buttons)


def joined(ports: Ports, event: Joined) -> list[Effect]:
    """Greet whoever has brought the bot in, once; nobody where it is not known who it was."""
    if not event.installer or not _first_time(ports, event.community):
        return []
    notice = Notice(card=card(), member=event.installer)
    return deliveries.tell(ports, event.community, notice, about="notice:0", at=event.at)


def untold(ports: Ports, row: Waiting) -> None:
    """Keep a notice that reached nobody. A copy of the audit log's entries is none: the log itself is there."""
    if isinstance(row.call, Notice) and row.about != MIRRORED:
        ports.notices.keep(row.community, row.call.card)


def to_moderator(ports: Ports, community: str, command: Command) -> Sequence[Effect]:
    """Show with the answer to a moderators' command what no moderator has been told yet."""
    shown = [Show(card=each) for each in ports.notices.take(community, AT_ONCE)]
    if _first_time(ports, community) and command.name not in _OFFER_IT_THEMSELVES:
        shown.append(Show(card=card()))
    return shown


def set_up(ports: Ports, community: str) -> None:
    """Note that a programme is planned, so that nobody needs the first run any more."""
    ports.settings.put(community, GREETED, 1)


def _first_time(ports: Ports, community: str) -> bool:
    """Note that the first run is offered; False where it was before, or is not needed: a programme is planned."""
    if GREETED in ports.settings.all(community):
        return False
    set_up(ports, community)
    return not ports.programmes.count(community)
