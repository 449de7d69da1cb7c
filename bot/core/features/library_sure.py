"""/library approve: everything from a confidence on, asked once and then approved in parts.

A part is one event, so that nobody waits for it; what a part has approved is done, whatever becomes of the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core import admitting, auditing, mistakes
from bot.core.cards import Button, Card, Intent, line, say
from bot.core.effects import Effect, Show, Then, Update
from bot.core.errors import UserMistake
from bot.core.events import ButtonPressed
from bot.core.features.library_edit import as_it_stands
from bot.core.inline import CommandName
from bot.core.ports import Decision, Proposal, Standing
from bot.core.queueing import CERTAIN
from bot.core.registry import Access, Action, Answer, Command, Kind, Parameter
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import count, in_marks, listed

PART = 1
"""Proposals that one event goes through: each is as much work as an approval by hand."""
_LEAST, _MOST = 50, 100
_NOUNS = {"quotation": "quotation", "excerpt": "excerpt", "fact": "question of fact", "prompt": "prompt"}
_PLURALS = {"question of fact": "questions of fact"}


def ask(request: Request) -> Sequence[Effect]:
    """Say what would be approved, and ask once."""
    percent = request.number("confidence", int(CERTAIN * 100))
    counts = request.ports.queue.sure(request.community, percent / 100)
    if not counts:
        raise UserMistake(
            f"Nothing in the queue has a confidence of {percent / 100:.2f} or more. ", CommandName("library review"),
            " shows what waits.",
        )  # fmt: skip
    total = sum(counts.values())
    words = f"{_counted(counts)} in the queue {'has' if total == 1 else 'have'} a confidence of {percent / 100:.2f} or more."
    return [
        Show(
            card=Card(
                body=(
                    say(words),
                    say("Approved as they stand, they are in service at once. What the rights do not allow stays in the queue."),
                ),
                intent=Intent.MODERATION,
                buttons=(
                    Button(f"Approve {total:,}", token("library:sure", percent, 0, 0, 0)),
                    Button("Not now", token("library:unsure")),
                ),
            )
        )
    ]  # fmt: skip


def approve(request: Request) -> Sequence[Effect]:
    """Approve the next few, and go on; after the last, say how many were, and how many stay and why."""
    percent, number, done, kept = (request.row(at) for at in range(4))
    ports, community, least = request.ports, request.community, min(percent, _MOST) / 100
    noted = () if number else _note(request, least)
    for _ in range(PART):
        following = ports.queue.after_sure(community, number, least)
        entry = ports.queue.proposal(community, following) if following is not None else None
        if following is None or entry is None:
            return [Update(_done(request, least, done, kept)), *noted]
        number, refused = following, _approve(request, entry)
        done, kept = done + (not refused), kept + refused
    event = request.event
    if not isinstance(event, ButtonPressed):
        raise mistakes.foreign_button()
    on = token("library:sure", percent, number, done, kept)
    return [*noted, Then(replace(event, token=str(on), id=""))]


def not_now(_request: Request) -> Sequence[Effect]:
    """Leave the queue as it is."""
    words = ("Nothing was approved. ", CommandName("library review"), " shows what waits, one by one.")
    return [Update(line(*words, intent=Intent.MODERATION))]


def _approve(request: Request, entry: Proposal) -> bool:
    """Approve one as it stands, and note it; True where it stays in the queue instead."""
    ports, community = request.ports, request.community
    try:
        found = as_it_stands(request, entry)
        item = admitting.admit(request, found) if found else entry.found.item
    except UserMistake:
        return True
    ports.audit.note(community, request.actor, "approve", item.id, request.at)
    decision = Decision(
        standing=Standing.ACCEPTED,
        by=request.member,
        name=in_marks(request.actor.name)[1:-1],
        at=request.at,
    )
    ports.queue.decide(community, entry.id, decision)
    return False


def _done(request: Request, least: float, done: int, kept: int) -> Card:
    stay = (
        f" {count(kept, 'entry stays', 'entries stay')} in the queue: the rights do not allow more, the words are here "
        "already, or no speaker is known."
        if kept
        else ""
    )
    said = f"{count(done, 'entry', 'entries')} approved by {in_marks(request.actor.name)[1:-1]}, from {least:.2f} on."
    return Card(
        body=(say(f"{said}{stay}"),),
        intent=Intent.MODERATION,
        buttons=mistakes.runs("Open the queue", "library review") if kept else (),
    )


def _note(request: Request, least: float) -> Sequence[Effect]:
    """Note for the log channel that it was asked for: each approval is noted by itself, and would be a post there."""
    about = f"everything in the queue with a confidence of {least:.2f} or more"
    return auditing.note(request, "approve", about)[1]


def _counted(counts: Mapping[str, int]) -> str:
    return listed(
        [
            count(counts[kind], noun, _PLURALS.get(noun, ""))
            for kind, noun in _NOUNS.items()
            if counts.get(kind)
        ]
    )


ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="library approve",
        help="Approve everything in the queue from a confidence on, in per cent; you are asked once",
        example="/library approve 90",
        parameters=(
            Parameter(
                name="confidence", help="From 50 to 100 per cent; 80 where it is left out", kind=Kind.NUMBER,
                least=_LEAST, most=_MOST,
            ),
        ),
        handler=ask,
        access=Access.MODERATOR,
        reads=True,
    ),
    Action(name="library:sure", handler=approve, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:unsure", handler=not_now, access=Access.MODERATOR, answer=Answer.UPDATE),
)  # fmt: skip
