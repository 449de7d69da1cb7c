"""/excerpt: the excerpt of the day, which is the same for the whole community, and what its card leads to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.core import deliveries, limits, mistakes, reading, reading_list
from bot.core.cards import Button, Card, Intent, Quoted, line, say
from bot.core.channels import check_may_open_thread
from bot.core.citing import link_of, noted
from bot.core.effects import Audience, Edit, Effect, OpenThread, Show, Wake
from bot.core.errors import BotFault
from bot.core.features import excerpt_question, read
from bot.core.features.quote import OPENING
from bot.core.inline import Inline, Time, TimeStyle
from bot.core.ports import Ports, Posted
from bot.core.reading import Part
from bot.core.registry import Action, Command
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import local, short_date

EDITED_EVERY = 60
"""Seconds between two edits of the count on one card, at least."""
EDITED_AT_ONCE = 10
"""How many cards of a day one press edits at most; where there are more, the next press goes on with the others."""
PROMPTS = "prompt"
"""The deck of the prompts for discussion."""


def excerpt(request: Request) -> Sequence[Effect]:
    """Show today's excerpt to everyone, or with an article the asker's own place in it."""
    ports, community, at = request.ports, request.community, request.at
    if not ports.library.parts(community):
        return [Show(card=reading_list.nothing_yet())]
    if typed := request.values.get("article", ""):
        return [Show(card=read.own_place(request, read.article_named(request, typed, "excerpt")))]
    day = reading.todays(ports, community, at)
    if day is None:
        raise BotFault("there are excerpts in service, but none could be drawn")
    message = ports.deliveries.message(community, request.channel)
    number, card = posted(ports, community, item=day.item, date=day.date, message=message, anew=day.draw > 1)
    delivery = deliveries.answered(ports, community, message, about=f"excerpt:{number}", at=at)
    return [Show(card=card, audience=Audience.EVERYONE, delivery=delivery)]


def posted(
    ports: Ports, community: str, *, item: str, date: str, message: int, anew: bool = False
) -> tuple[int, Card]:
    """Write that a message shows an excerpt to everyone on a local date; gives the row's id and the card.

    `item` is in service; `anew` says that it stands in for one that was retired on its day.
    """
    post = ports.reading.post(community, item=item, date=date, anew=anew, message=message)
    return post.id, public_card(ports, community, post)


def public_card(ports: Ports, community: str, post: Posted) -> Card:
    """Make the card that shows an excerpt, which is in service, to everyone."""
    part = reading.part(ports, community, post.item)
    if part is None:
        raise BotFault(f"excerpt {post.item} is not in service")
    return _card(post, part, *_counted(ports, community, post.item))


def read_on(request: Request) -> Sequence[Effect]:
    """Show the part at the member's own bookmark; what follows the part that everyone sees, without one or with it there."""
    _, part, effects = _pressed(request)
    return [Show(card=following(request, part)), *effects]


def following(request: Request, part: Part) -> Card:
    """Make the card of what the member reads after a part: their own place where they have one elsewhere."""
    bookmark = request.ports.reading.bookmark(request.community, request.member, part.article.id)
    if bookmark is not None and bookmark.item != part.excerpt.id:
        return read.own_place(request, part.article)
    if len(part.pages) > 1:
        return read.part_card(read.turn_to(request, part.excerpt.id), read.whose(request), page=1)
    if part.after:
        return read.part_card(read.turn_to(request, part.after), read.whose(request))
    return read.end_card(read.turn_to(request, part.excerpt.id), read.whose(request))


def done(request: Request) -> Sequence[Effect]:
    """Note that the member has read the excerpt that everyone sees."""
    post, part, effects = _pressed(request)
    return [*_note(request, part, post.date, post), *effects]


def title_of(date_: str, part: Part) -> str:
    """Say which day's excerpt it is, and where it stands in its article."""
    return f"Excerpt for {short_date(date.fromisoformat(date_))}, part {part.number} of {part.of}"


def done_privately(request: Request) -> Sequence[Effect]:
    """Note that the member has read a part on a card of their own."""
    item = read.own_card_about(request, "read")
    part = reading.part(request.ports, request.community, item)
    if part is None:
        raise read.gone(request, item, "read", "shows where you are")
    return _note(request, part, local(request.at, _zone(request)).date().isoformat())


def ask(request: Request) -> Sequence[Effect]:
    """Ask the member alone the question on an excerpt."""
    post, _, effects = _pressed(request)
    return [Show(card=excerpt_question.question_on(request, post.item)), *effects]


def discuss(request: Request) -> Sequence[Effect]:
    """Open a thread on the card, with the prompt of its article that has waited longest."""
    check_may_open_thread(request)
    ports, community, at = request.ports, request.community, request.at
    post, part, effects = _pressed(request)
    name = title_of(post.date, part)
    call = OpenThread(name=name[: limits.THREAD_NAME], card=line(_prompt(request, part.article.id)))
    hurried = _hurry(request, post, part)
    opened = deliveries.change(ports, community, post.message, call, about=f"excerpt:{post.id}", at=at)
    released = deliveries.due(ports, at) if hurried else []
    return [Show(card=line(f"The thread is open: {name}")), *effects, *opened, *released]


def _pressed(request: Request) -> tuple[Posted, Part, list[Effect]]:
    """Get the card that was pressed; a press on it proves that it stands, and gives what that sets going."""
    ports, community = request.ports, request.community
    post = ports.reading.posted(community, request.row())
    if post is None:
        raise mistakes.foreign_button()
    part = reading.part(ports, community, post.item)
    if part is None:
        raise read.retired("excerpt", "brings another")
    if request.message is None:
        return post, part, []
    return post, part, deliveries.confirm(ports, community, post.message, request.message, request.at)


def _note(request: Request, part: Part, date: str, pressed: Posted | None = None) -> list[Effect]:
    """Note a part as read; everyone sees only that one more has read it, where a card of that date shows it."""
    ports, community, item = request.ports, request.community, part.excerpt.id
    if not ports.reading.note(community, request.member, item, part.article.id, request.at):
        since = ports.reading.noted(community, request.member, item) or request.at
        return [_told("This is noted already, on ", Time(since, _zone(request), TimeStyle.DAY), ".")]
    posts = {each.id: each for each in ports.reading.posts(community, item, date, EDITED_AT_ONCE)}
    if pressed is not None:
        posts[pressed.id] = pressed
    if not posts:
        return [_told("Noted, for you alone.")]
    readers, asked = _counted(ports, community, item)
    edits = [
        each
        for post in posts.values()
        for each in _edit(ports, community, post, _card(post, part, readers, asked), request.at)
    ]
    return [_told(f"Noted, for you alone. The excerpt now says “Read by {readers:,}”."), *edits]


def _counted(ports: Ports, community: str, item: str) -> tuple[int, bool]:
    """Say how many have read an excerpt, and whether there is a question on it."""
    return ports.reading.readers(community, item), ports.library.fact_on(community, item) is not None


def _card(post: Posted, part: Part, readers: int, asked: bool) -> Card:  # noqa: FBT001 - as `_counted` gives it
    again = "The excerpt first drawn for this day has been retired, so this one takes its place."
    return Card(
        title=title_of(post.date, part),
        body=(
            *noted(part.content_note),
            *((say(again),) if post.anew else ()),
            say(part.byline),
            Quoted(part.words),
            *map(say, part.going_on),
            *((say(f"Read by {readers:,}."),) if readers else ()),
        ),
        footer=part.source,
        link=link_of(part.article),
        intent=Intent.READING,
        buttons=(
            Button("Read on", token("excerpt:on", post.id)),
            Button("I’ve read it", token("excerpt:done", post.id)),
            *((Button("Quiz me on it", token("excerpt:ask", post.id)),) if asked else ()),
            Button("Discuss", token("excerpt:discuss", post.id)),
        ),
    )


def _edit(ports: Ports, community: str, post: Posted, card: Card, at: int) -> list[Effect]:
    """Let a card say how many have read it: now or, where it has been edited within the last minute, when that is over.

    An edit that waits is replaced by this one.
    """
    edit, about = Edit(card=card), f"excerpt:{post.id}"
    waits = post.edited_at > at
    due = post.edited_at if waits else post.edited_at + EDITED_EVERY
    if due <= at:
        ports.reading.edited(community, post.id, at)
        return deliveries.change(ports, community, post.message, edit, about=about, at=at)
    ports.reading.edited(community, post.id, due)
    if not ports.deliveries.replace(post.message, edit, due):
        ports.deliveries.add(community, edit, about=about, due=due, message=post.message, claimed=False)
    return [Wake(due)]


def _hurry(request: Request, post: Posted, part: Part) -> bool:
    """Let an edit that waits for its minute go now, since the calls on one message keep their order."""
    if post.edited_at <= request.at:
        return False
    edit = Edit(card=_card(post, part, *_counted(request.ports, request.community, post.item)))
    request.ports.reading.edited(request.community, post.id, request.at)
    return request.ports.deliveries.replace(post.message, edit, request.at)


def _prompt(request: Request, article: str) -> str:
    ports, community = request.ports, request.community
    last = ports.reading.last_uses(community, PROMPTS)
    prompts = ports.library.prompts(community, article=article)
    chosen = min(prompts, key=lambda each: last.get(each.id, 0), default=None)
    found = ports.library.prompt(community, chosen.id) if chosen else None
    if found is None:
        return OPENING
    ports.decks.serve(community, PROMPTS, found.id, request.at)
    return found.text


def _told(*words: str | Inline) -> Show:
    return Show(card=line(*words, intent=Intent.OWN))


def _zone(request: Request) -> str:
    return request.ports.communities.zone(request.community)


ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="excerpt",
        help="Today’s excerpt, the same for everyone; with an article, your own place in it",
        example="/excerpt",
        parameters=(
            replace(read.ARTICLE, help="For your own place in an article: its title, or a part of it"),
        ),
        handler=excerpt,
        audience=Audience.EVERYONE,
    ),
    Action(name="excerpt:on", handler=read_on),
    Action(name="excerpt:done", handler=done),
    Action(name="excerpt:ask", handler=ask, page=True),
    Action(name="excerpt:discuss", handler=discuss, threads=True),
    Action(name="read:done", handler=done_privately),
)
