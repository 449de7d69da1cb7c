"""/library list, show, retire and restore: what can be served here, and what is in service."""

import re
from collections.abc import Sequence

from bot.core import mistakes, shelf_cards
from bot.core.admitting import article_named, note
from bot.core.cards import Button, Card, CommandName, Inline, Intent, Paragraph, line, say
from bot.core.effects import Choice, Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.library import Article, Rights
from bot.core.limits import COMPLETION, COMPLETIONS
from bot.core.names import fold
from bot.core.ports import Counts, Shelved
from bot.core.queueing import RESTORABLE
from bot.core.registry import Access, Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.rights import allowance, union, verbatim
from bot.core.tokens import token
from bot.core.wording import count, in_marks, moment

PAGE = 5
_KEY = re.compile(r"[ps][0-9]{1,18}")
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
        found = _found(request, typed, retired=None)
        if not found:
            raise UserMistake(
                *no_article.parts, " ", CommandName("library list"), " shows what there is."
            ) from None
        return [Show(card=_entry(request, _only(found, typed, "library show")))]
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
    """Show one entry of an article, whole."""
    return [Update(_entry(request, _pressed(request)))]


def retire(request: Request) -> Sequence[Effect]:
    """Take an entry out of service here."""
    return [Show(card=_retired(request, _named(request, retired=False, command="library retire")))]


def retire_shown(request: Request) -> Sequence[Effect]:
    """Take the entry whose card was pressed out of service here."""
    return [Update(_retired(request, _pressed(request)))]


def restore(request: Request) -> Sequence[Effect]:
    """Bring back a retired entry, or one that was rejected; without a name, list what can come back."""
    if not request.values.get("entry", "").strip():
        return [Show(card=_restorable(request))]
    typed = request.values["entry"].strip().casefold()
    if _KEY.fullmatch(typed) and request.ports.shelves.entry(request.community, typed) is None:
        return [Show(card=_again(request, typed))]
    return [Show(card=_restored(request, _named(request, retired=True, command="library restore")))]


def restore_shown(request: Request) -> Sequence[Effect]:
    """Bring back the entry whose card, or whose line in the list, was pressed."""
    return [Update(_restored(request, _pressed(request)))]


def reopen(request: Request) -> Sequence[Effect]:
    """Let what was rejected wait again."""
    return [Update(_again(request, request.args[0] if request.args else ""))]


def complete_in_service(request: Request, typed: str) -> Sequence[Choice]:
    """Offer entries in service in whose id or words this stands."""
    return _offered(request, typed, retired=False)


def complete_retired(request: Request, typed: str) -> Sequence[Choice]:
    """Offer retired entries in whose id or words this stands."""
    return _offered(request, typed, retired=True)


def complete_anything(request: Request, typed: str) -> Sequence[Choice]:
    """Offer articles by their titles, then entries."""
    articles = [
        Choice(each.title[:COMPLETION], each.id)
        for each in request.ports.shelves.articles(request.community)
        if fold(typed) in fold(each.title)
    ]
    return [*articles, *_offered(request, typed, retired=None)][:COMPLETIONS]


def _offered(request: Request, typed: str, *, retired: bool | None) -> Sequence[Choice]:
    found = request.ports.shelves.find(request.community, typed, retired=retired, most=COMPLETIONS)
    return [
        Choice(f"{each.item.id}: {shelf_cards.beginning(each.item)}"[:COMPLETION], each.item.id)
        for each in found
    ]


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
    queue = ports.queue.count(community) + ports.suggestions.count(community)
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


def _entry(request: Request, shelved: Shelved) -> Card:
    item = shelved.item
    card = shelf_cards.entry_card(request.ports, request.community, shelved)
    act = (
        Button("Retire", token("library:retire", item.id))
        if shelved.retired_at is None
        else Button("Restore", token("library:restore", item.id))
    )
    back = Button("Back", token("library:article", item.article, 0)) if item.article else None
    return shelf_cards.with_buttons(card, *(each for each in (act, back) if each))


def _retired(request: Request, shelved: Shelved) -> Card:
    item = shelved.item
    if not request.ports.shelves.retire(request.community, item.id, request.at):
        raise UserMistake(f"{item.id} is retired already. Nothing was changed.")
    note(request, "retire", item.id)
    return Card(
        body=(say(f"{shelf_cards.named('Retired:', item)} It is no longer shown or asked here."),),
        intent=Intent.MODERATION,
        buttons=(Button("Undo", token("library:restore", item.id)),),
    )


def _restored(request: Request, shelved: Shelved) -> Card:
    item = shelved.item
    if not request.ports.shelves.restore(request.community, item.id):
        raise UserMistake(f"{item.id} is in service already. Nothing was changed.")
    note(request, "restore", item.id)
    return line(shelf_cards.named("Back in service:", item), intent=Intent.MODERATION)


def _again(request: Request, key: str) -> Card:
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
    note(request, "restore", key)
    return line("Back in the queue. ", CommandName("library review"), " shows it.", intent=Intent.MODERATION)


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


def _named(request: Request, *, retired: bool, command: str) -> Shelved:
    """Find the entry whose id, or some of whose words, were typed."""
    typed = request.values["entry"].strip()
    exact = request.ports.shelves.entry(request.community, typed.casefold())
    return exact or _only(_found(request, typed, retired=retired), typed, command)


def _found(request: Request, typed: str, *, retired: bool | None) -> Sequence[Shelved]:
    return request.ports.shelves.find(request.community, typed, retired=retired, most=_ASKED_BACK + 1)


def _only(found: Sequence[Shelved], typed: str, command: str) -> Shelved:
    if len(found) == 1:
        return found[0]
    if not found:
        words: tuple[str | Inline, ...] = (
            f"There is no entry {in_marks(typed)} to find. ",
            CommandName("library list"),
        )
        raise UserMistake(*words, " shows what there is.")
    ways_out = tuple(
        way
        for each in found[:_ASKED_BACK]
        for way in mistakes.runs(each.item.id, f"{command} {each.item.id}")
    )
    raise UserMistake(f"Which entry is meant by {in_marks(typed)}?", ways_out=ways_out)


def _pressed(request: Request) -> Shelved:
    item = request.args[0] if request.args else ""
    found = request.ports.shelves.entry(request.community, item)
    if found is None:
        raise mistakes.foreign_button()
    return found


_ENTRY = Parameter(
    name="entry", help="Its id, or words that stand in it", wants="an entry", required=True,
    completer=complete_in_service,
)  # fmt: skip

ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="library list",
        help="The articles, with what is in service, waiting and retired of each",
        example="/library list",
        handler=list_articles,
        access=Access.MODERATOR,
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
    ),
    Command(
        name="library retire",
        help="Take an entry out of service in this community",
        example="/library retire lenin-regiments",
        parameters=(_ENTRY,),
        handler=retire,
        access=Access.MODERATOR,
    ),
    Command(
        name="library restore",
        help="Bring back what was retired, or rejected in the last 30 days",
        example="/library restore",
        parameters=(
            Parameter(name="entry", help="Its id; left out, a list of what can come back", completer=complete_retired),
        ),
        handler=restore,
        access=Access.MODERATOR,
    ),
    Action(name="library:page", handler=turn, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:article", handler=turn_article, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:entry", handler=open_entry, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:retire", handler=retire_shown, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:restore", handler=restore_shown, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:reopen", handler=reopen, access=Access.MODERATOR, answer=Answer.UPDATE),
)  # fmt: skip
