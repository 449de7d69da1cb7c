"""/saved: the quotations that a member keeps, shown to that member alone."""

from collections.abc import Sequence

from bot.core import mistakes
from bot.core.cards import Button, Card, Intent, Quoted, line, say
from bot.core.citing import Cited, cite, link_of, noted
from bot.core.effects import Effect, Show, Update
from bot.core.features.quote import shown_quotation
from bot.core.inline import CommandName
from bot.core.registry import Action, Answer, Command
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import beginning

PAGE = 5
_LONGEST_LINE = 90


def save(request: Request) -> Sequence[Effect]:
    """Keep the quotation under whose card the button stands."""
    item = shown_quotation(request)
    new = request.ports.saved.add(request.community, request.member, item, request.at)
    words = "Saved. " if new else "This is saved already. "
    return [Show(card=line(words, CommandName("saved"), " lists what you keep.", intent=Intent.OWN))]


def saved(request: Request) -> Sequence[Effect]:
    """List what the member keeps, the newest first."""
    return [Show(card=_page(request, 0))]


def turn(request: Request) -> Sequence[Effect]:
    """Turn to another page of the list."""
    return [Update(_page(request, request.row()))]


def open_saved(request: Request) -> Sequence[Effect]:
    """Show one of the quotations kept, whole."""
    cited = _cited(request, _item(request))
    if cited is None:
        raise mistakes.retired_quotation()
    card = Card(
        title="Saved quotation",
        body=(*noted(cited.content_note), Quoted(cited.quotation.text), say(cited.speaker_line)),
        grade=cited.grade_and_note,
        footer=cited.source,
        link=link_of(cited.article),
        intent=Intent.OWN,
        buttons=(
            Button("Back", token("saved:turn", 0)),
            Button("Remove", token("saved:remove", cited.quotation.id)),
        ),
    )
    return [Update(card)]


def remove(request: Request) -> Sequence[Effect]:
    """Keep a quotation no longer."""
    request.ports.saved.remove(request.community, request.member, _item(request))
    return [Update(_page(request, 0))]


def _page(request: Request, first: int) -> Card:
    ports, community, member = request.ports, request.community, request.member
    total = ports.saved.count(community, member)
    if total == 0:
        return line("Nothing is saved yet. “Save” on a quotation keeps it here.", intent=Intent.OWN)
    first = min(first, (total - 1) // PAGE * PAGE)
    items = ports.saved.page(community, member, first, PAGE)
    numbered = list(enumerate(items, first + 1))
    before = (Button("Newer", token("saved:turn", first - PAGE)),) if first >= PAGE else ()
    after = (Button("Older", token("saved:turn", first + PAGE)),) if first + PAGE < total else ()
    return Card(
        title="Saved by you"
        if total <= PAGE
        else f"Saved by you, {first + 1} to {first + len(items)} of {total}",
        body=tuple(say(f"{number} {_line(request, item)}") for number, item in numbered),
        intent=Intent.OWN,
        buttons=(
            *(Button(f"Open {number}", token("saved:open", item)) for number, item in numbered),
            *before,
            *after,
        ),
    )


def _line(request: Request, item: str) -> str:
    cited = _cited(request, item)
    if cited is None:
        return "A quotation that has been retired"
    return f"“{beginning(cited.quotation.text, _LONGEST_LINE)}”, {cited.by}"


def _cited(request: Request, item: str) -> Cited | None:
    quotation = request.ports.library.quotation(request.community, item)
    return cite(request.ports, request.community, quotation) if quotation else None


def _item(request: Request) -> str:
    return request.args[0] if request.args else ""


ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="saved",
        help="The quotations that you keep, seen by you alone",
        example="/saved",
        handler=saved,
    ),
    Action(name="quote:save", handler=save),
    Action(name="saved:turn", handler=turn, answer=Answer.UPDATE),
    Action(name="saved:open", handler=open_saved, answer=Answer.UPDATE),
    Action(name="saved:remove", handler=remove, answer=Answer.UPDATE),
)
