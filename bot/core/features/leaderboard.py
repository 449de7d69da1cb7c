"""/leaderboard: who chose to be shown, by points; and, for whoever asks, where they stand themselves.

The board belongs to nobody: whoever presses another window turns the same card for everyone. Names come from those who
chose to be shown, and are brought up to date when such a member uses /leaderboard or presses "Show me".
"""

import unicodedata
from collections.abc import Mapping, Sequence

from bot.core import limits, mistakes
from bot.core.cards import Button, Card, Intent, line, say
from bot.core.effects import Audience, Choice, Effect, Show, Update
from bot.core.errors import CardFault
from bot.core.features.quote import complete_topic
from bot.core.inline import CommandName, Inline, Mention, Text
from bot.core.names import fold
from bot.core.ports import Level, Points, Ports, Ranked, Span, Window
from bot.core.ports.settings import SHOWN
from bot.core.registry import Action, Answer, Command, Kind, Parameter
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import count, listed, local, long_date, short_date

TOP = 10
LONGEST_NAME = 40
_LABELS = {
    Window.WEEK: "This week",
    Window.MONTH: "This month",
    Window.SEASON: "This season",
    Window.EVER: "All time",
}


def leaderboard(request: Request) -> Sequence[Effect]:
    """Show the board of a window, and ask whoever has points and has not been asked whether to be on it.

    With a topic nothing is written, so that its longer sum can be made on a connection that only reads.
    """
    ports, community = request.ports, request.community
    window = Window(request.values.get("window", Window.WEEK.value))
    if _asks_for_topic(request.values):
        topic = _topic_named(request)
        return [Show(card=board(ports, community, window, request.at, topic), audience=Audience.EVERYONE)]
    ports.members.seen(community, request.member, shown_name(request.actor.name))
    card = board(ports, community, window, request.at)
    return [Show(card=card, audience=Audience.EVERYONE), *_question(request)]


def turn(request: Request) -> Sequence[Effect]:
    """Turn the board that everyone sees to another window, whoever presses."""
    windows = {each.value: each for each in Window}
    if not request.args or request.args[0] not in windows:
        raise mistakes.foreign_button()
    topic = _topic_of(request)
    card = board(request.ports, request.community, windows[request.args[0]], request.at, topic, turned=True)
    return [Update(card)]


def around(request: Request) -> Sequence[Effect]:
    """Tell one member, alone, where they stand on the board that was pressed."""
    ports, community = request.ports, request.community
    zone = ports.communities.zone(community)
    span = ports.boards.read_span(community, request.args[0], zone) if request.args else None
    if span is None:
        raise mistakes.foreign_button()
    topic = _topic_of(request)
    rank = ports.boards.standing(community, span, request.member, topic=topic)
    on = f" about {topic}" if topic else ""
    now = ports.boards.span(community, span.window, request.at, zone)
    when = _when(span, now, zone)
    if rank.points <= 0:
        yet = " yet" if span.key == now.key else ""
        return [_told(f"You have no points{on}{when}{yet}. Points come from ", CommandName("quiz"), ".")]
    points = f"{rank.points:,} {_points(rank.points)}{on}"
    if not rank.shown:
        when = when or " in all"
        more = f"{count(rank.above, 'person', 'people')} shown {'has' if rank.above == 1 else 'have'} more."
        return [
            _told(
                f"You have {points}{when} and are private. {more if rank.above else 'No one shown has more.'}"
            )
        ]
    shared = f", shared with {_names(rank.beside)}" if rank.beside.members else ""
    above = f" Above you: {_names(rank.following)}, {rank.following.points:,}." if rank.above else ""
    return [_told(f"Place {rank.above + 1} with {points}{shared}.{above}")]


def be_shown(request: Request) -> Sequence[Effect]:
    """Put whoever presses on the boards, by name."""
    name = shown_name(request.actor.name)
    request.ports.members.show(request.community, request.member, name)
    words = f"You are on the leaderboard from now on, as {name}. "
    return [Update(line(words, CommandName("privacy"), " changes it.", intent=Intent.OWN))]


def stay_private(request: Request) -> Sequence[Effect]:
    """Keep whoever presses off the boards."""
    request.ports.members.hide(request.community, request.member)
    words = "You are private: no one sees your name or points. "
    return [Update(line(words, CommandName("privacy"), " changes it.", intent=Intent.OWN))]


def board(
    ports: Ports, community: str, window: Window, at: int, topic: str = "", *, turned: bool = False
) -> Card:
    """Make the card of the window that holds a moment, on all points or on those of one topic.

    An empty one is a line without buttons, unless it takes the place of another (`turned`) and must lead back to it.
    """
    span = ports.boards.span(community, window, at, ports.communities.zone(community))
    rows = ports.boards.top(community, span, TOP, topic=topic)
    on = f" about {topic}" if topic else ""
    empty = say(
        f"No one is on {_whose(window)} leaderboard{on} yet. Points come from ", CommandName("quiz"), "."
    )
    if not rows and not turned:
        return Card(body=(empty,))
    title = f"Leaderboard, {_called(span, ports.communities.zone(community))}{f', about {topic}' if topic else ''}"
    return Card(
        title=title[: limits.TITLE],
        body=(say(*_rows(rows)), say("Those who chose to be shown.")) if rows else (empty,),
        intent=Intent.RESULT,
        buttons=_buttons(span, topic),
    )


def shown_name(name: str) -> str:
    """Give a display name as it stands on a board: one line of what can be seen, at most 40 characters."""
    seen = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in name)
    return " ".join(seen.split()).lstrip("@")[:LONGEST_NAME].strip() or "A member"


def _question(request: Request) -> list[Effect]:
    """Ask once whether to be shown; until they answer, members are what their community has set."""
    ports, community, member = request.ports, request.community, request.member
    if ports.members.shown(community, member) is not None:
        return []
    points = ports.scores.points(community, member, request.at, ports.communities.zone(community))
    if points.ever <= 0:
        return []
    if ports.settings.visibility(community) == SHOWN:
        ports.members.show(community, member, shown_name(request.actor.name))
    else:
        ports.members.hide(community, member)
    words = f"You have {_latest(points)}. If shown, this community sees your name and points; if private, no one does. "
    card = Card(
        title="Would you like to be on the leaderboard?",
        body=(say(words, CommandName("privacy"), " changes it."),),
        intent=Intent.OWN,
        buttons=(
            Button("Show me", token("leaderboard:show")),
            Button("Keep me private", token("leaderboard:hide")),
        ),
    )
    return [Show(card=card)]


def _latest(points: Points) -> str:
    """Say a member's points in the shortest window that has any."""
    windows = ((points.week, " this week"), (points.month, " this month"), (points.season, " this season"))
    number, when = next((each for each in windows if each[0] > 0), (points.ever, " in all"))
    return f"{number:,} {_points(number)}{when}"


def _rows(rows: Sequence[Ranked]) -> list[Inline]:
    """Set places, names and points under each other."""
    places = [f"{each.place}{'=' if each.shared else ''}" for each in rows]
    place_width = max(map(len, places)) + 2
    name_width = max(len(each.name) for each in rows) + 2
    point_width = max(len(f"{each.points:,}") for each in rows)
    parts: list[Inline] = []
    for place, each in zip(places, rows, strict=True):
        unit = f" {_points(each.points)}" if not parts else ""
        begun = "\n" if parts else ""
        points = f"{each.points:,}".rjust(point_width)
        parts.append(Text(f"{begun}{place.ljust(place_width)}"))
        parts.append(Mention(each.member, each.name))
        parts.append(Text(f"{' ' * (name_width - len(each.name))}{points}{unit}"))
    return parts


def _buttons(span: Span, topic: str) -> tuple[Button, ...]:
    others = ((_LABELS[each], "leaderboard:turn", each.value) for each in Window if each is not span.window)
    try:
        return tuple(
            Button(label, token(name, argument, *(topic.split(",") if topic else ())))
            for label, name, argument in (("Around me", "leaderboard:around", span.key), *others)
        )
    except CardFault:  # a topic that is longer than a token
        return ()


def _called(span: Span, zone: str) -> str:
    """Name a span in a title."""
    first = local(span.since, zone).date()
    match span.window:
        case Window.WEEK:
            return f"week of {short_date(first)}"
        case Window.MONTH:
            return f"{long_date(first).partition(' ')[2]} {first.year}"
        case Window.SEASON if span.name:
            return span.name[:LONGEST_NAME]
        case Window.SEASON:
            is_year = span.key == f"s:{first.year}"
            return f"season {first.year}" if is_year else f"season from {long_date(first)} {first.year}"
        case Window.EVER:
            return "all time"


def _when(span: Span, now: Span, zone: str) -> str:
    """Say within a sentence when a span was: `this week` of the one that is under way."""
    if span.window is Window.EVER:
        return ""
    if span.key == now.key:
        return f" this {span.window.value}"
    called = _called(span, zone)
    return f" in {'the ' if span.window is Window.WEEK else ''}{called}"


def _whose(window: Window) -> str:
    return "the" if window is Window.EVER else f"this {window.value}’s"


def _names(level: Level) -> str:
    rest = level.members - len(level.names)
    others = [f"{rest:,} {'other' if rest == 1 else 'others'}"] if rest > 0 else []
    return listed([*level.names, *others])


def _points(number: int) -> str:
    return "point" if number == 1 else "points"


def _told(*words: str | Inline) -> Show:
    return Show(card=line(*words, intent=Intent.OWN))


def _asks_for_topic(values: Mapping[str, str]) -> bool:
    """Whether a topic was typed; “all time”, as the button says it, is a window and no topic."""
    all_time = values.get("window") == Window.EVER.value and fold(values.get("about", "")) == "time"
    return bool(values.get("about")) and not all_time


def _topic_named(request: Request) -> str:
    """Give the topic that was typed as the library has it; UserMistake for what is none."""
    typed = request.values["about"]
    topics = request.ports.library.topics(request.community)
    found = next((each for each in topics if fold(each) == fold(typed)), "")
    if not found:
        raise mistakes.topic_named(request, typed, "leaderboard")
    return found


def _topic_of(request: Request) -> str:
    """Give the topic of the card that was pressed, whose commas part it in the token."""
    return ",".join(request.args[1:])


ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="leaderboard",
        help="Who has most points, of those who chose to be shown",
        example="/leaderboard month",
        parameters=(
            Parameter(
                name="window",
                help="Which time: this week, month or season, or all of it",
                kind=Kind.CHOICE,
                choices=tuple(
                    Choice("all time" if each is Window.EVER else each.value, each.value) for each in Window
                ),
            ),
            Parameter(name="about", help="A topic", completer=complete_topic),
        ),
        handler=leaderboard,
        audience=Audience.EVERYONE,
        reads_with=_asks_for_topic,
    ),
    Action(
        name="leaderboard:turn", handler=turn, audience=Audience.EVERYONE, answer=Answer.UPDATE, reads=True
    ),
    Action(name="leaderboard:around", handler=around, reads=True),
    Action(name="leaderboard:show", handler=be_shown, answer=Answer.UPDATE),
    Action(name="leaderboard:hide", handler=stay_private, answer=Answer.UPDATE),
)
