"""A member's own page, where a platform has one: today's excerpt, and their reading, score, review and privacy.

Its adapter asks for it with a press on `home:open`, which stands on no card. Everything on it is for one member alone.
"""

from collections.abc import Sequence

from bot.core import reading, reading_list
from bot.core.cards import Button, Card, Intent, Quoted, line, say
from bot.core.citing import link_of, noted
from bot.core.effects import Effect, Show
from bot.core.features import excerpt, excerpt_question, privacy, read, review, score
from bot.core.inline import CommandName
from bot.core.ports import Day
from bot.core.reading import Part
from bot.core.registry import Action
from bot.core.request import Request
from bot.core.tokens import token

OPEN = token("home:open")
"""What shows a member their page: the token of a press that no card has."""


def home(request: Request) -> Sequence[Effect]:
    """Show the page, a card each."""
    more = line(CommandName("help"), " lists everything that can be asked here.", intent=Intent.OWN)
    reading_ = (
        (reading_list.overview(request, read.whose(request)),)
        if request.ports.library.parts(request.community)
        else ()
    )
    cards = (
        _todays(request), *reading_, score.card_of(request), review.waiting(request), privacy.card_of(request), more,
    )  # fmt: skip
    return [Show(card=each) for each in cards]


def read_on(request: Request) -> Sequence[Effect]:
    """Show what the member reads after today's excerpt."""
    return [Show(card=excerpt.following(request, _part(request)))]


def ask(request: Request) -> Sequence[Effect]:
    """Ask the member the question on today's excerpt."""
    return [Show(card=excerpt_question.question_on(request, _part(request).excerpt.id))]


def _todays(request: Request) -> Card:
    ports, community = request.ports, request.community
    day = reading.todays(ports, community, request.at)
    part = reading.part(ports, community, day.item) if day else None
    return _card(request, day, part) if day and part else reading_list.nothing_yet()


def _card(request: Request, day: Day, part: Part) -> Card:
    mark, item = read.whose(request), part.excerpt.id
    asked = request.ports.library.fact_on(request.community, item) is not None
    return Card(
        title=excerpt.title_of(day.date, part),
        body=(*noted(part.content_note), say(part.byline), Quoted(part.words), *map(say, part.going_on)),
        footer=part.source,
        link=link_of(part.article),
        intent=Intent.READING,
        buttons=(
            Button("Read on", token("home:on", item, mark)),
            Button("I’ve read it", token("read:done", item, mark)),
            *((Button("Quiz me on it", token("home:ask", item, mark)),) if asked else ()),
        ),
    )


def _part(request: Request) -> Part:
    item = read.own_card_about(request, "excerpt")
    part = reading.part(request.ports, request.community, item)
    if part is None:
        raise read.gone(request, item, "read", "shows where you are")
    return part


ENTRIES = (
    Action(name="home:open", handler=home),
    Action(name="home:on", handler=read_on),
    Action(name="home:ask", handler=ask),
)
