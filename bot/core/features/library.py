"""/library list and show: what can be served here, and how much of it is in service."""

from collections.abc import Sequence

from bot.core import mistakes, queue_order, shelf_cards
from bot.core.admitting import article_named
from bot.core.cards import Button, Card, Intent, Paragraph, line, say
from bot.core.effects import Choice, Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.inline import CommandName, Inline
from bot.core.library import Article, Rights
from bot.core.limits import COMPLETION, COMPLETIONS
from bot.core.names import fold
from bot.core.ports import Counts, Shelved
from bot.core.registry import Access, Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.rights import allowance, union, verbatim
from bot.core.tokens import token
from bot.core.wording import count, in_marks

PAGE = 5
_ASKED_BACK = 5


def list_articles(request: Request) -> Sequence[Effect]:
    """List the articles with how much there is of each."""
    return [Show(card=_articles(request, 0))]


def turn(request: Request) -> Sequence[Effect]:
    """Turn to another page of the articles."""
    return [Update(_articles(request, request.row()))]


def show(request: Request) -> Sequence[Effect]:
    """Show an article with its entries, or one entry whole."""
    typed = request.values["what"].strip()
    shelved = request.ports.shelves.entry(request.community, typed.casefold())
    if shelved is not None:
        return [Show(card=_entry(request, shelved))]
    try:
        article = article_named(request.ports, request.community, typed)
    except UserMistake as no_article:
        found = find(request, typed, retired=None)
        if not found:
            raise UserMistake(
                *no_article.parts, " ", CommandName("library list"), " shows what there is."
            ) from None
        return [Show(card=_entry(request, only(found, typed, "library show")))]
    return [Show(card=_article(request, article, 0))]


def turn_article(request: Request) -> Sequence[Effect]:
    """Turn to another page of an article's entries."""
    name = request.args[0] if request.args else ""
    found = next(
        (each for each in request.ports.shelves.articles(request.community) if each.id == name), None
    )
    if found is None:
        raise mistakes.foreign_button()
    return [Update(_article(request, found, request.row(1)))]


def open_entry(request: Request) -> Sequence[Effect]:
    """Show one entry of an article, whole, or another page of it."""
    return [Update(_entry(request, pressed(request), request.row(1)))]


def complete_anything(request: Request, typed: str) -> Sequence[Choice]:
    """Offer articles by their titles, then entries."""
    articles = [
        Choice(each.title[:COMPLETION], each.id)
        for each in request.ports.shelves.articles(request.community)
        if fold(typed) in fold(each.title)
    ]
    return [*articles, *offered(request, typed, retired=None)][:COMPLETIONS]


def offered(request: Request, typed: str, *, retired: bool | None) -> Sequence[Choice]:
    """Offer entries in whose id or words this stands: in service, retired, or (None) both."""
    found = request.ports.shelves.find(request.community, typed, retired=retired, most=COMPLETIONS)
    return [
        Choice(f"{each.item.id}: {shelf_cards.beginning(each.item)}"[:COMPLETION], each.item.id)
        for each in found
    ]


def find(request: Request, typed: str, *, retired: bool | None) -> Sequence[Shelved]:
    """Find entries in whose id or words this stands: one more than is asked back, at most."""
    return request.ports.shelves.find(request.community, typed, retired=retired, most=_ASKED_BACK + 1)


def only(found: Sequence[Shelved], typed: str, command: str) -> Shelved:
    """Give the one that was found. Raises UserMistake with the ways on where there are none or several."""
    if len(found) == 1:
        return found[0]
    if not found:
        words: tuple[str | Inline, ...] = (
            f"No entry here is called {in_marks(typed)}. ",
            CommandName("library list"),
        )
        raise UserMistake(*words, " shows what there is.")
    ways_out = tuple(
        way
        for each in found[:_ASKED_BACK]
        for way in mistakes.runs(each.item.id, f"{command} {each.item.id}")
    )
    raise UserMistake(f"Which entry is meant by {in_marks(typed)}?", ways_out=ways_out)


def pressed(request: Request) -> Shelved:
    """Give the entry that a button names. Raises UserMistake for a forged one."""
    item = request.args[0] if request.args else ""
    found = request.ports.shelves.entry(request.community, item)
    if found is None:
        raise mistakes.foreign_button()
    return found


def complete_in_service(request: Request, typed: str) -> Sequence[Choice]:
    """Offer entries in service in whose id or words this stands."""
    return offered(request, typed, retired=False)


def complete_retired(request: Request, typed: str) -> Sequence[Choice]:
    """Offer retired entries in whose id or words this stands."""
    return offered(request, typed, retired=True)


def named(request: Request, *, retired: bool, command: str) -> Shelved:
    """Find the entry whose id, or some of whose words, were typed."""
    return entry(request, request.values["entry"].strip(), retired=retired, command=command)


def entry(request: Request, typed: str, *, retired: bool, command: str) -> Shelved:
    """Find the entry that has this id, or these words."""
    exact = request.ports.shelves.entry(request.community, typed.casefold())
    return exact or only(find(request, typed, retired=retired), typed, command)


def _articles(request: Request, first: int) -> Card:
    ports, community = request.ports, request.community
    counts, waiting = ports.shelves.counts(community), ports.queue.waiting_by_article(community)
    articles = ports.shelves.articles(community)
    if not articles and not counts:
        return line(
            "The library is empty. ",
            CommandName("library add-quote"),
            " adds to it.",
            intent=Intent.MODERATION,
        )
    first = max(0, min(first, (len(articles) - 1) // PAGE * PAGE))
    shown = articles[first : first + PAGE]
    lines = [
        f"{number} {each.title}: {shelf_cards.counted(counts.get(each.id, Counts()), waiting.get(each.id, 0))}"
        for number, each in enumerate(shown, first + 1)
    ]
    if "" in counts and first + PAGE >= len(articles):
        lines.append(f"On no article: {shelf_cards.counted(counts[''], waiting.get('', 0))}")
    queue = queue_order.total(ports, community)
    if queue:
        lines.append(f"{count(queue, 'entry waits', 'entries wait')} in the queue.")
    return Card(
        title=f"Library: {count(len(articles), 'article')}",
        body=tuple(map(say, lines)),
        intent=Intent.MODERATION,
        buttons=(
            *(
                Button(f"Show {number}", token("library:article", each.id, 0))
                for number, each in enumerate(shown, first + 1)
            ),
            *_turning("library:page", first, len(articles)),
            *(mistakes.runs("Open the queue", "library review") if queue else ()),
        ),
    )


def _article(request: Request, article: Article, first: int) -> Card:
    ports, community = request.ports, request.community
    entries = ports.shelves.entries(community, article.id)
    first = max(0, min(first, (len(entries) - 1) // PAGE * PAGE))
    shown = list(enumerate(entries[first : first + PAGE], first + 1))
    counts = ports.shelves.counts(community).get(article.id, Counts())
    waiting = ports.queue.waiting_by_article(community).get(article.id, 0)
    return Card(
        title=article.title[:150],
        body=(
            say(f"{shelf_cards.counted(counts, waiting)}."),
            *_share(request, article, entries),
            *(say(f"{number} {shelf_cards.entry_line(ports, community, each)}") for number, each in shown),
        ),
        footer=f"Id: {article.id}. Rights: {article.rights.value}.",
        intent=Intent.MODERATION,
        buttons=(
            *(Button(f"Open {number}", token("library:entry", each.item.id)) for number, each in shown),
            *_turning("library:article", first, len(entries), article.id),
        ),
    )


def _share(request: Request, article: Article, entries: Sequence[Shelved]) -> Sequence[Paragraph]:
    """Say how much of an article in copyright is held here, and how much may be."""
    if article.rights is not Rights.IN_COPYRIGHT:
        return ()
    rules = request.ports.rules
    words = union([*(text for each in entries for _, text in verbatim(each.item)), article.standfirst])
    return (
        say(
            shelf_cards.held(
                article, words, allowance(article, rules.library_share, rules.library_card_words)
            )
        ),
    )


def _turning(action: str, first: int, total: int, *before: str) -> tuple[Button, ...]:
    back = (Button("Back", token(action, *before, first - PAGE)),) if first >= PAGE else ()
    on = (Button("More", token(action, *before, first + PAGE)),) if first + PAGE < total else ()
    return (*back, *on)


def _entry(request: Request, shelved: Shelved, page: int = 0) -> Card:
    item = shelved.item
    card = shelf_cards.entry_card(request.ports, request.community, shelved, page)
    act = (
        Button("Retire", token("library:retire", item.id))
        if shelved.retired_at is None
        else Button("Restore", token("library:restore", item.id))
    )
    back = Button("Back", token("library:article", item.article, 0)) if item.article else None
    pages = shelf_cards.pages_of(item)
    turning = Button("Next page", token("library:entry", item.id, (page + 1) % pages)) if pages > 1 else None
    return shelf_cards.with_buttons(card, *(each for each in (act, back, turning) if each))


ENTRY = Parameter(
    name="entry", help="Its id, or words that stand in it", wants="an entry", required=True,
    completer=complete_in_service,
)  # fmt: skip
"""An entry in service, as `named` finds it."""

ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="library list",
        help="The articles, with what is in service, waiting and retired of each",
        example="/library list",
        handler=list_articles,
        access=Access.MODERATOR,
        reads=True,
    ),
    Command(
        name="library show",
        help="An article with its entries, or one entry whole",
        example="/library show lenin-regiments",
        parameters=(
            Parameter(
                name="what", help="An article’s title, an entry’s id, or words of it", wants="an article or an entry",
                required=True, completer=complete_anything,
            ),
        ),
        handler=show,
        access=Access.MODERATOR,
        reads=True,
    ),
    Action(name="library:page", handler=turn, access=Access.MODERATOR, answer=Answer.UPDATE, reads=True),
    Action(name="library:article", handler=turn_article, access=Access.MODERATOR, answer=Answer.UPDATE, reads=True),
    Action(name="library:entry", handler=open_entry, access=Access.MODERATOR, answer=Answer.UPDATE, reads=True),
)  # fmt: skip
