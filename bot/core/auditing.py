"""Noting what moderators do: in the audit log, and for all of them to see in their log channel, if one is set."""

from bot.core.cards import Intent, line
from bot.core.effects import Effect, Notice, Wake
from bot.core.inline import Inline, Mention
from bot.core.ports import Noted
from bot.core.request import Request

MIRRORED = "audit:0"
"""What a mirrored entry's delivery belongs to: nothing follows from how it goes."""
UNDO, ROUND = "undo:", "round:"
"""What `about` begins with where it is the bot's own name for something, which nobody is shown."""
_DONE = {
    "add": "added",
    "approve": "approved",
    "import": "imported",
    "pause": "paused",
    "reject": "rejected",
    "remove": "removed",
    "restore": "restored",
    "resume": "resumed",
    "retire": "retired",
    "skip": "skipped",
}


def note(
    request: Request, action: str, about: str = "", detail: str = "", *, whom: str = ""
) -> tuple[int, list[Effect]]:
    """Write what a moderator has done to the audit log; gives the entry's id and what shows it in the log channel.

    `action` is said after the moderator's name, `about` names what it was done to, `whom` is the id of the member it
    was done to: neither `about` nor `detail` may name that member. The mirrored entry is a delivery that is due, so that
    it leaves with the clock's next tick even where the effects go no further.
    """
    ports, community = request.ports, request.community
    number = ports.audit.note(community, request.actor, action, about, request.at, detail, whom=whom)
    channel = ports.programmes.log_channel(community)
    entry = ports.audit.get(community, number)
    if not channel or entry is None:
        return number, []
    call = Notice(card=line(*said(entry), intent=Intent.MODERATION), channel=channel)
    ports.deliveries.add(community, call, about=MIRRORED, due=request.at, message=None, claimed=False)
    return number, [Wake(request.at)]


def said(entry: Noted, *, by_name: bool = False) -> tuple[str | Inline, ...]:
    """Say an entry in a sentence; the member it was done to is “a member”, unless `by_name`, for moderators alone."""
    about = "" if entry.about.startswith((UNDO, ROUND)) else entry.about
    done = _DONE.get(entry.action, entry.action)
    words = " ".join(filter(None, (entry.name or "A former member", done, about)))
    detail = entry.detail.rstrip(".")
    ending = f"{f': {detail}' if detail else ''}."
    if not entry.whom:
        forgotten = " a former member" if done.endswith((" of", " for")) else ""
        return (f"{words}{forgotten}{ending}",)
    return (f"{words} ", Mention(entry.whom, entry.whom, notify=True) if by_name else "a member", ending)
