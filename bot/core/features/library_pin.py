"""/library pin: material that is to be shown on a date, and what is pinned to which date."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.core import auditing, planning, shelf_cards, slots
from bot.core.cards import Button, Card, Intent, line, say
from bot.core.effects import Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.library import ENTRY, entry
from bot.core.inline import CommandName, Inline
from bot.core.library import Excerpt, Fact, Grade, Item, Prompt, Quotation
from bot.core.ports import Pinned, Programme
from bot.core.registry import Access, Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import short_date

NOTHING = "Nothing was changed."
PAGE = 10
_KINDS: Mapping[type[Item], str] = {
    Quotation: "quotation",
    Excerpt: "excerpt",
    Fact: "fact",
    Prompt: "prompt",
}
_MOST = 200


def pin(request: Request) -> Sequence[Effect]:
    """Pin an entry to a date; with nothing said, list what is pinned."""
    if not request.values.get("entry", "").strip():
        return [Show(card=_list(request))]
    typed, when = _typed(request)
    item = entry(request, typed, retired=False, command="library pin").item
    _check(item)
    day = _date(request, item, when)
    kind, when = _KINDS[type(item)], day.isoformat()
    before = request.ports.pins.pinned(request.community, when, kind)
    if before is not None and before.item == item.id:
        raise UserMistake(f"{item.id} is pinned to {short_date(day)} already. {NOTHING}")
    request.ports.pins.pin(request.community, Pinned(date=when, kind=kind, item=item.id))
    _, effects = auditing.note(request, "pinned", item.id, f"to {when}")
    instead = f" It takes the place of {before.item}." if before else ""
    card = Card(
        body=(
            say(f"{shelf_cards.named(f'Pinned to {short_date(day)}:', item)}{instead}"),
            say(*_by_whom(request, item, day)),
        ),
        intent=Intent.MODERATION,
        buttons=(Button("Unpin", token("library:unpin", when, kind)),),
    )
    return [Show(card=card), *effects]


def unpin(request: Request) -> Sequence[Effect]:
    """Pin an entry no longer."""
    when, kind = (*request.args, "", "")[:2]
    pinned = request.ports.pins.pinned(request.community, when, kind)
    if pinned is None:
        raise UserMistake(f"Nothing is pinned there any more. {NOTHING}")
    request.ports.pins.unpin(request.community, when, kind)
    _, effects = auditing.note(request, "unpinned", pinned.item, f"from {when}")
    words = f"{pinned.item} is no longer pinned to {short_date(date.fromisoformat(when))}."
    return [Update(line(words, intent=Intent.MODERATION)), *effects]


def _typed(request: Request) -> tuple[str, str]:
    """Give the entry and the date as they were typed, the date by its name or behind the entry."""
    typed, when = request.values["entry"].strip(), request.values.get("date", "").strip()
    name, last = planning.date_behind(typed)
    return (typed, when) if when or not last else (name, last)


def _check(item: Item) -> None:
    """Refuse what is never posted by itself. Raises UserMistake."""
    if isinstance(item, Quotation) and item.grade is Grade.D:
        raise UserMistake(f"{item.id} has grade D, which is never scheduled. {NOTHING}")
    if isinstance(item, Fact) and not item.alone:
        raise UserMistake(f"{item.id} is asked on its excerpt alone, so it cannot be pinned. {NOTHING}")


def _date(request: Request, item: Item, typed: str) -> date:
    if not typed:
        raise UserMistake(
            CommandName("library pin"), " needs a date, as in: ", CommandName("library pin", f"{item.id} 2026-11-30"),
            field="date",
        )  # fmt: skip
    today = slots.local_date(request.at, request.ports.communities.zone(request.community))
    day = planning.read_date(typed, today, NOTHING, field="date")
    drawn = request.ports.reading.day(request.community, day.isoformat())
    if isinstance(item, Excerpt) and drawn is not None:
        raise UserMistake(f"The excerpt of {short_date(day)} is drawn already. {NOTHING}", field="date")
    return day


def _by_whom(request: Request, item: Item, day: date) -> tuple[str | Inline, ...]:
    """Say where it will be shown: that is for whoever draws first of its kind on that date."""
    programmes = request.ports.programmes.page(request.community, 0, _MOST)
    posts = [each.name for each in programmes if _shows(each, item) and each.rule.falls_on(day)]
    first = f"The first of these to post on that date shows it: {', '.join(posts)}." if posts else ""
    if isinstance(item, Excerpt):
        return (CommandName("excerpt"), f" shows it on that date. {first}".rstrip())
    if first:
        return (first,)
    kind = {"quotation": "quote", "fact": "quiz", "prompt": "prompt"}[_KINDS[type(item)]]
    more = " question:fact" if kind == "quiz" else ""
    how = CommandName("schedule add", f"{kind}{more}")
    return ("No programme posts anything of its kind on that date. ", how, " plans one.")


def _shows(programme: Programme, item: Item) -> bool:
    match item:
        case Quotation():
            return programme.kind == "quote"
        case Fact():
            return programme.kind == "quiz" and programme.question == "fact"
        case Prompt():
            return programme.kind == "prompt" and not programme.text
        case Excerpt():
            return programme.kind == "excerpt" and programme.source != "article"


def _list(request: Request) -> Card:
    ports, community = request.ports, request.community
    today = slots.local_date(request.at, ports.communities.zone(community)).isoformat()
    found = ports.pins.pins(community, today, PAGE)
    if not found:
        how = CommandName("library pin", "lenin-regiments 2026-11-30")
        return line("Nothing is pinned to a date. ", how, " pins an entry.", intent=Intent.MODERATION)
    lines = []
    for number, each in enumerate(found, 1):
        shelved = ports.shelves.entry(community, each.item)
        words = f", “{shelf_cards.beginning(shelved.item)}”" if shelved else ""
        out = " Retired, so not shown." if shelved is None or shelved.retired_at is not None else ""
        drawn = " Drawn." if each.drawn_for is not None else ""
        lines.append(
            say(f"{number} {short_date(date.fromisoformat(each.date))}: {each.item}{words}.{drawn}{out}")
        )
    return Card(
        title="Pinned to dates",
        body=tuple(lines),
        intent=Intent.MODERATION,
        buttons=tuple(
            Button(f"Unpin {number}", token("library:unpin", each.date, each.kind))
            for number, each in enumerate(found, 1)
        ),
    )


ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="library pin",
        help="Have an entry shown on a date; left bare, what is pinned",
        example="/library pin lenin-regiments 2026-11-30",
        parameters=(
            Parameter(
                name="entry",
                help="Its id, or words that stand in it; left out, a list of what is pinned",
                completer=ENTRY.completer,
            ),
            Parameter(name="date", help="The date, as in 2026-11-30"),
        ),
        handler=pin,
        access=Access.MODERATOR,
    ),
    Action(name="library:unpin", handler=unpin, access=Access.MODERATOR, answer=Answer.UPDATE),
)
