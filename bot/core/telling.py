"""Telling the moderators what the bot finds by itself: in their channel, else whoever answers for a programme."""

from bot.core import deliveries
from bot.core.cards import Card
from bot.core.effects import Effect, Notice
from bot.core.ports import Ports, Programme

_LOOKED_THROUGH = 30
"""Entries of the audit log that are looked through for another moderator."""


def tell(ports: Ports, programme: Programme, card: Card, at: int) -> list[Effect]:
    """Tell what is about one programme."""
    member = programme.owner if not programme.owner_gone else ""
    return tell_of_all(ports, programme.community, card, member, at, but=programme.owner)


def tell_of_all(
    ports: Ports, community: str, card: Card, member: str, at: int, *, but: str = ""
) -> list[Effect]:
    """Tell what is about no single programme; with no channel set `member`, else whoever moderated last but `but`.

    Where that is nobody either, it waits for the next moderators' command.
    """
    channel = ports.programmes.log_channel(community)
    whom = "" if channel else member or _moderator(ports, community, but)
    if not channel and not whom:
        ports.notices.keep(community, card)
        return []
    notice = Notice(card=card, channel=channel, member=whom)
    return deliveries.tell(ports, community, notice, about="notice:0", at=at)


def _moderator(ports: Ports, community: str, but: str) -> str:
    entries = ports.audit.page(community, 0, _LOOKED_THROUGH)
    return next((each.moderator for each in entries if each.moderator not in {"", but}), "")
