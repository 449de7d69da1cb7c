"""/quote: a quotation with its speaker, its grade and its source."""

from collections.abc import Sequence

from bot.core import decks, deliveries, mistakes
from bot.core.cards import Button, Card, Intent, Quoted, line, say
from bot.core.channels import check_may_open_thread
from bot.core.citing import Cited, cite, link_of, noted
from bot.core.effects import Audience, Choice, Edit, Effect, OpenThread, Show
from bot.core.errors import UserMistake
from bot.core.inline import CommandName
from bot.core.library import Quotation
from bot.core.names import Identified
from bot.core.ports import Candidate, Showing
from bot.core.registry import Action, Command, Parameter
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import in_marks, local, long_date

DECK = "quote"
OPENING = (
    "What in your own experience fits this, and what does not? Say where you saw it, so that others can look."
)


def quote(request: Request) -> Sequence[Effect]:
    """Show a quotation, about something or by somebody where asked."""
    about = request.values.get("about", "")
    typed = request.values.get("by", "")
    by = mistakes.speaker_named(request, typed, "quote").id if typed else ""
    return _show_next(request, about, by)


def another(request: Request) -> Sequence[Effect]:
    """Show the next quotation under the same filters; the pressed card loses its first button.

    Where nothing else is about what was asked for, the next one is about anything.
    """
    showing = _showing(request)
    cited = _cited(request, showing.item)
    confirmed = _confirm(request, showing)
    if showing.by and len(_candidates(request, "", showing.by)) == 1:
        return [Show(card=_only_one(cited)), *confirmed]
    others = [each for each in _candidates(request, showing.about, showing.by) if each.id != showing.item]
    effects = _show_next(request, showing.about if others else "", showing.by)
    without = _card(cited, showing.id, note="", another=False)
    edit = Edit(card=without)
    about = f"quote:{showing.id}"
    return [
        *confirmed,
        *effects,
        *deliveries.change(
            request.ports, request.community, showing.message, edit, about=about, at=request.at
        ),
    ]


def context(request: Request) -> Sequence[Effect]:
    """Show one sentence each side of a quotation, to the asker alone."""
    return [Show(card=context_card(_cited(request, _showing(request).item)))]


def discuss(request: Request) -> Sequence[Effect]:
    """Open a thread on a quotation."""
    showing = _showing(request)
    cited = _cited(request, showing.item)
    name = f"Quotation {cited.by}, {_today(request)}"
    return [*_confirm(request, showing), *open_thread(request, showing.message, name, f"quote:{showing.id}")]


def open_thread(request: Request, message: int, name: str, about: str) -> Sequence[Effect]:
    """Open a thread on a message of the bot's and tell the asker. Raises UserMistake where the bot may not."""
    check_may_open_thread(request)
    call = OpenThread(name=name[:100], card=line(OPENING))
    return [
        Show(card=line(f"The thread is open: {name}")),
        *deliveries.change(request.ports, request.community, message, call, about=about, at=request.at),
    ]


def context_card(cited: Cited) -> Card:
    """Make the card that shows a quotation within its article: one sentence each side of it."""
    quotation = cited.quotation
    words = " ".join(filter(None, (quotation.before, cited.passage, quotation.after)))
    where = f", section “{quotation.section}”" if quotation.section else ""
    return Card(
        title=f"In context{where}",
        body=(
            *noted(cited.content_note),
            Quoted(words),
            say("To correct something: ", CommandName("suggest", "kind:correction")),
        ),
        footer=cited.source,
        link=link_of(cited.article),
        intent=Intent.READING,
    )


def shown_quotation(request: Request) -> str:
    """Give the id of the quotation under whose card a button stands; UserMistake when it is out of service."""
    return _cited(request, _showing(request).item).quotation.id


def complete_speaker(request: Request, typed: str) -> Sequence[Choice]:
    """Offer the speakers whose names begin or sound like what is typed."""
    found = request.ports.library.speakers(request.community).suggest(typed)
    return [Choice(each.name[:100], each.id) for each in found]


def complete_topic(request: Request, typed: str) -> Sequence[Choice]:
    """Offer the topics that hold what is typed."""
    folded = typed.casefold().strip()
    return [
        Choice(each, each)
        for each in request.ports.library.topics(request.community)
        if folded in each.casefold()
    ]


def _show_next(request: Request, about: str, by: str) -> list[Effect]:
    ports, community, at = request.ports, request.community, request.at
    candidates = _candidates(request, about, by)
    drawn = decks.draw(ports, community, DECK, candidates, at)
    if drawn is None:
        raise _nothing(request, about, by)
    cited = _cited(request, drawn.item)
    message = ports.deliveries.message(community, request.channel)
    showing = ports.showings.add(community, item=drawn.item, about=about, by=by, message=message, at=at)
    delivery = deliveries.answered(ports, community, message, about=f"quote:{showing}", at=at)
    note = _again(drawn.of) if drawn.begins_again and not about and not by else ""
    return [Show(card=_card(cited, showing, note=note), audience=Audience.EVERYONE, delivery=delivery)]


def _candidates(request: Request, about: str, by: str) -> Sequence[Candidate]:
    return request.ports.library.quotations(request.community, about=about, by=by)


def _card(cited: Cited, showing: int, *, note: str, another: bool = True) -> Card:
    buttons = (
        Button("Another", token("quote:another", showing)),
        Button("In context", token("quote:context", showing)),
        Button("Save", token("quote:save", showing)),
        Button("Discuss", token("quote:discuss", showing)),
    )
    return Card(
        title="Quotation",
        body=(
            *noted(cited.content_note),
            *((say(note),) if note else ()),
            Quoted(cited.quotation.text),
            say(cited.speaker_line),
        ),
        grade=cited.grade_and_note,
        footer=cited.source_and_credit,
        link=link_of(cited.article),
        intent=Intent.READING,
        buttons=buttons if another else buttons[1:],
    )


def _only_one(cited: Cited) -> Card:
    return Card(
        body=(say(f"This is the one quotation {cited.by} here."),),
        buttons=mistakes.runs("Any speaker", "quote"),
    )


def _again(of: int) -> str:
    return f"All {of} quotations have been shown here, so the deck begins again in a new order."


def _nothing(request: Request, about: str, by: str) -> UserMistake:
    if not _candidates(request, "", ""):
        return _none_yet()
    speaker = request.ports.library.person(request.community, by) if by else None
    if speaker is None or not _candidates(request, about, ""):
        return _a_speaker(request, about) or mistakes.topic_named(request, about, "quote")
    topic = about.replace('"', " ")
    ways_out = (
        *mistakes.runs(speaker.name, f"quote by:{by}"),
        *mistakes.runs("Any speaker", f'quote about:"{topic}"'),
    )
    words = f"No quotation by {speaker.name} here is about {in_marks(about)}."
    return UserMistake(words, ways_out=ways_out)


def _a_speaker(request: Request, about: str) -> UserMistake | None:
    """Offer the speaker whose name was typed where a topic stands; None where it is nobody's."""
    found = request.ports.library.speakers(request.community).identify(about)
    if not isinstance(found, Identified):
        return None
    name = found.person.name
    words = f"Nothing here is about {in_marks(about)}. Did you mean the words of {name}?"
    return UserMistake(words, ways_out=mistakes.runs(name, f"quote by:{found.person.id}"))


def _none_yet() -> UserMistake:
    return UserMistake(
        "No quotation is approved here yet. ", CommandName("excerpt"), " and ", CommandName("quiz"), " are ready."
    )  # fmt: skip


def _showing(request: Request) -> Showing:
    showing = request.ports.showings.get(request.community, request.row())
    if showing is None:
        raise mistakes.foreign_button()
    return showing


def _confirm(request: Request, showing: Showing) -> list[Effect]:
    if request.message is None:
        return []
    return deliveries.confirm(request.ports, request.community, showing.message, request.message, request.at)


def _cited(request: Request, item: str) -> Cited:
    quotation: Quotation | None = request.ports.library.quotation(request.community, item)
    if quotation is None:
        raise mistakes.retired_quotation()
    return cite(request.ports, request.community, quotation)


def _today(request: Request) -> str:
    return long_date(local(request.at, request.ports.communities.zone(request.community)).date())


ABOUT = Parameter(name="about", help="A topic, or a word that stands in it", completer=complete_topic)
BY = Parameter(name="by", help="Whose words", completer=complete_speaker, goes_on=True)

ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="quote",
        help="A quotation with its speaker, its grade and its source",
        example="/quote about:pluralism",
        parameters=(ABOUT, BY),
        handler=quote,
        audience=Audience.EVERYONE,
    ),
    Action(name="quote:another", handler=another, audience=Audience.EVERYONE),
    Action(name="quote:context", handler=context),
    Action(name="quote:discuss", handler=discuss, threads=True),
)
