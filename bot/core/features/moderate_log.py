"""/moderate log: what moderators have done here, page by page."""

from collections.abc import Sequence

from bot.core import auditing
from bot.core.cards import Button, Card, Intent, Paragraph, line, say
from bot.core.effects import Effect, Show, Update
from bot.core.inline import Time, TimeStyle
from bot.core.registry import Access, Action, Answer, Command
from bot.core.request import Request
from bot.core.tokens import token

PAGE = 10


def log(request: Request) -> Sequence[Effect]:
    """Show the audit log, the newest entries first."""
    return [Show(card=_page(request, 0))]


def turn(request: Request) -> Sequence[Effect]:
    """Turn to another page of the audit log."""
    return [Update(_page(request, request.row()))]


def _page(request: Request, first: int) -> Card:
    ports, community = request.ports, request.community
    total = ports.audit.count(community)
    if total == 0:
        return line("No moderator has done anything here yet that is noted.", intent=Intent.MODERATION)
    first = min(first, (total - 1) // PAGE * PAGE)
    zone = ports.communities.zone(community)
    entries = ports.audit.page(community, first, PAGE)
    body: tuple[Paragraph, ...] = tuple(
        say(Time(each.at, zone, TimeStyle.MOMENT), ": ", *auditing.said(each, by_name=True)) for each in entries
    )  # fmt: skip
    newer = (Button("Newer", token("moderate:turn", max(first - PAGE, 0))),) if first else ()
    older = (Button("Older", token("moderate:turn", first + PAGE)),) if first + PAGE < total else ()
    title = f"Audit log, {first + 1} to {first + len(entries)} of {total:,}"
    return Card(title=title, body=body, intent=Intent.MODERATION, buttons=(*newer, *older))


_MODERATOR = Access.MODERATOR

ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="moderate log",
        help="What moderators have done here",
        example="/moderate log",
        handler=log,
        access=_MODERATOR,
    ),
    Action(name="moderate:log", handler=log, access=_MODERATOR),
    Action(name="moderate:turn", handler=turn, access=_MODERATOR, answer=Answer.UPDATE),
)
