"""/search: quotations, excerpts and articles by their words. Nothing about it is kept: a page's button holds the words."""

from collections.abc import Sequence

from bot.core import limits, mistakes, reading, searching
from bot.core.cards import Button, Card, Intent, Paragraph, Quoted, line, say
from bot.core.citing import author_of, cite, link_of, noted, source_line
from bot.core.effects import Choice, Effect, Show, Update
from bot.core.errors import BotFault, UserMistake
from bot.core.features import read
from bot.core.inline import CommandName
from bot.core.names import fold
from bot.core.ports import Hit
from bot.core.reading import Part
from bot.core.registry import Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import beginning, count, in_marks

PAGE = 5
LONGEST = 60
"""Characters of the words to look for: as many as a button holds beside what it does."""
_LINE = 90
_TOPICS = 12
_ARTICLES = 8
"""Articles among the completions, at most; the others are speakers."""


def search(request: Request) -> Sequence[Effect]:
    """Show what is found, to the asker alone."""
    return [Show(card=_page(request, _tidy(request.values["text"]), 0))]


def search_again(request: Request) -> Sequence[Effect]:
    """Show what is found for the words that were probably meant."""
    return [Show(card=_page(request, _tidy(",".join(request.args)), 0))]


def turn(request: Request) -> Sequence[Effect]:
    """Turn to another page of what is found."""
    return [Update(_page(request, _tidy(",".join(request.args[1:])), request.row()))]


def open_result(request: Request) -> Sequence[Effect]:
    """Show one result, whole, to whoever pressed."""
    kind, _, name = ",".join(request.args).partition(",")
    match kind:
        case "quotation":
            return [Show(card=_quotation_card(request, name))]
        case "excerpt":
            return [Show(card=_excerpt_card(request, name))]
        case "article":
            return [Show(card=_article_card(request, name))]
        case _:
            raise mistakes.foreign_button()


def complete(request: Request, typed: str) -> Sequence[Choice]:
    """Offer the speakers, and the articles in whose titles a word begins so, as words to look for."""
    ports, community = request.ports, request.community
    wanted = fold(typed)
    articles = [
        Choice(beginning(each.title, limits.COMPLETION), _words_of(each.title))
        for each in ports.library.articles(community)
        if f" {wanted}" in f" {fold(each.title)}"
    ][:_ARTICLES]
    room = limits.COMPLETIONS - len(articles)
    speakers = ports.library.speakers(community).suggest(typed, room)
    return [
        *(Choice(beginning(each.name, limits.COMPLETION), _words_of(each.name)) for each in speakers),
        *articles,
    ]


def _words_of(name: str) -> str:
    """Give as many words of a name or a title as can be looked for."""
    return beginning(name, LONGEST).removesuffix("…").rstrip()


def _tidy(typed: str) -> str:
    """Put what was typed on one line, without what a button cannot carry; UserMistake where no word is left."""
    shown = "".join(each if each.isprintable() else " " for each in typed)
    text = ",".join(filter(str.strip, " ".join(shown.split()).split(",")))
    if not fold(text):
        words = (" needs words to look for, as in: ", CommandName("search", "pluralism"))
        raise UserMistake(CommandName("search"), *words)
    if len(text) > LONGEST:
        raise mistakes.foreign_button()
    return text


def _page(request: Request, typed: str, first: int) -> Card:
    found = searching.search(request.ports, request.community, typed)
    total = len(found.hits)
    if not total:
        return _nothing(request, typed)
    first = min(first - first % PAGE, (total - 1) // PAGE * PAGE)
    shown = list(enumerate(found.hits[first : first + PAGE], first + 1))
    return Card(
        title=_title(typed, found, first),
        body=tuple(say(f"{number} {_line(request, hit)}") for number, hit in shown),
        intent=Intent.READING,
        buttons=(
            *(Button(f"Open {number}", token("search:open", hit.kind, hit.id)) for number, hit in shown),
            *((_to("Back", first - PAGE, typed),) if first else ()),
            *((_to("More", first + PAGE, typed),) if first + PAGE < total else ()),
        ),
    )


def _title(typed: str, found: searching.Found, first: int) -> str:
    total = len(found.hits)
    results = count(total, "result")
    many = f"More than {results}" if found.more else results
    place = f", {first + 1} to {min(first + PAGE, total)}" if first else ""
    return f"{many} {'near' if found.near else 'for'} {in_marks(typed)}{place}"


def _to(label: str, first: int, typed: str) -> Button:
    return Button(label, token("search:turn", first, *typed.split(",")))


def _line(request: Request, hit: Hit) -> str:
    ports, community = request.ports, request.community
    match hit.kind:
        case "quotation":
            quotation = ports.library.quotation(community, hit.id)
            if quotation is not None:
                cited = cite(ports, community, quotation)
                words = beginning(quotation.text, _LINE)
                return f"Quotation: “{words}”, {cited.by}. Grade {quotation.grade.value}"
        case "excerpt":
            excerpt = ports.library.excerpt(community, hit.id)
            article = ports.library.article(community, excerpt.article) if excerpt else None
            if excerpt is not None and article is not None:
                return f"Excerpt: “{beginning(excerpt.text, _LINE)}”, {article.title}"
        case _:
            article = ports.library.article(community, hit.id)
            if article is not None:
                return f"Article: {article.title}"
    raise BotFault(f"{hit.kind} {hit.id} was found, and is not in service")


def _nothing(request: Request, typed: str) -> Card:
    ports, community = request.ports, request.community
    nothing = f"Nothing found for {in_marks(typed)}"
    meant = searching.meant(ports, community, typed)
    if meant and len(meant) <= LONGEST:
        label = beginning(meant[0].upper() + meant[1:], limits.BUTTON_LABEL)
        return Card(
            body=(say(f"{nothing}. Did you mean {meant}?"),),
            intent=Intent.MISTAKE,
            buttons=(Button(label, token("search:find", *meant.split(","))),),
        )
    articles = ports.library.articles(community)
    if not articles:
        return line(f"{nothing}, since the library is empty here.", intent=Intent.MISTAKE)
    topics = ", ".join(ports.library.topics(community)[:_TOPICS])
    here = f" Topics here: {topics}." if topics else ""
    return line(f"{nothing} in {count(len(articles), 'article')}.{here}", intent=Intent.MISTAKE)


def _quotation_card(request: Request, item: str) -> Card:
    ports, community = request.ports, request.community
    quotation = ports.library.quotation(community, item)
    if quotation is None:
        known = ports.library.known(community, item)
        raise mistakes.retired_quotation() if known else mistakes.foreign_button()
    cited = cite(ports, community, quotation)
    return Card(
        title="Quotation",
        body=(*noted(cited.content_note), Quoted(quotation.text), say(cited.speaker_line)),
        grade=cited.grade_and_note,
        footer=cited.source,
        link=link_of(cited.article),
        intent=Intent.READING,
    )


def _excerpt_card(request: Request, item: str) -> Card:
    part = reading.part(request.ports, request.community, item)
    if part is None:
        raise read.gone(request, item, "excerpt", "shows today’s")
    return Card(
        title=f"Excerpt, part {part.number} of {part.of}",
        body=(*noted(part.content_note), say(part.byline), Quoted(part.words), *_going_on(part)),
        footer=part.source,
        link=link_of(part.article),
        intent=Intent.READING,
    )


def _going_on(part: Part) -> tuple[Paragraph, ...]:
    """Say where the further pages of a long part are read."""
    more = len(part.pages)
    return (
        () if more == 1 else (say(f"Page 1 of {more:,}. ", CommandName("read"), " goes through them all."),)
    )


def _article_card(request: Request, name: str) -> Card:
    articles = request.ports.library.articles(request.community)
    article = next((each for each in articles if each.id == name), None)
    if article is None:
        raise mistakes.foreign_button()
    author = author_of(request.ports, request.community, article)
    return Card(
        title=beginning(article.title, limits.TITLE),
        body=(
            say(f"By {author.name}" if author else "Author not named"),
            *((say(article.summary),) if article.summary else ()),
            *((say(f"Topics: {', '.join(article.topics)}"),) if article.topics else ()),
        ),
        footer=source_line(article, author),
        link=link_of(article),
        intent=Intent.READING,
    )


TEXT = Parameter(
    name="text",
    help="Words to look for, or the name of a speaker",
    wants="words to look for",
    required=True,
    most=LONGEST,
    completer=complete,
)

ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="search",
        help="Quotations, excerpts and articles by their words, seen by you alone",
        example="/search pluralism",
        parameters=(TEXT,),
        handler=search,
        reads=True,
    ),
    Action(name="search:find", handler=search_again, reads=True),
    Action(name="search:turn", handler=turn, answer=Answer.UPDATE, reads=True),
    Action(name="search:open", handler=open_result, reads=True),
)
