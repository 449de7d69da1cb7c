"""The cards about programmes: what moderators are shown of one, and what they are told of by the bot itself."""

from collections.abc import Sequence
from datetime import date

from bot.core import composing, contents, slots
from bot.core.cards import Block, Button, Card, Intent, line, say
from bot.core.channels import is_id
from bot.core.durations import say_duration
from bot.core.events import FailureKind
from bot.core.inline import Channel, CommandName, Inline
from bot.core.planning import say_days, say_source
from bot.core.ports import PlannedPost, Ports, Programme
from bot.core.tokens import token
from bot.core.wording import count, hour, listed, mended_by, sentence, short_date

_ELSEWHERE = "“/schedule edit” names another."


def channel(programme: Programme) -> Channel:
    """Name a programme's channel."""
    return Channel(programme.channel, programme.channel)


def on_date(slot: str) -> str:
    """Say the date of a slot."""
    return short_date(slots.date_of(slot))


def terms(programme: Programme) -> tuple[str | Inline, ...]:
    """Say when and where a programme posts, and what goes with its posts."""
    days = say_days(programme.days)
    role = "A role is pinged" if programme.ping else "No role pinged"
    with_it = f"{'a' if programme.thread else 'no'} thread, {'pinned' if programme.pin else 'no pin'}"
    ends = f" Last date: {short_date(date.fromisoformat(programme.ends))}." if programme.ends else ""
    stays = f" Each stays open for {say_duration(programme.seconds)}." if programme.kind == "quiz" else ""
    when = f"{days[0].upper()}{days[1:]} at {programme.time} ({programme.zone}) in "
    return (when, channel(programme), f". {role}, {with_it}.{stays}{ends}")


def next_five(coming: Sequence[str]) -> str:
    """Say the next dates of a programme, with the time once."""
    if not coming:
        return "No date is to come."
    numbers = ("", "one", "two", "three", "four", "five")
    each = ", ".join(map(on_date, coming))
    ending = f"{coming[0][11:]} each." if len(coming) > 1 else f"{coming[0][11:]}."
    return f"Next {numbers[len(coming)]}: {each}, {ending}"


def previewed(head: Sequence[Block], title: str, shown: Card | None, buttons: Sequence[Button]) -> Card:
    """Make one card of what is said of a programme and of the very post that comes next."""
    if shown is None:
        return Card(title=title, body=tuple(head), intent=Intent.MODERATION, buttons=tuple(buttons))
    return Card(
        title=title,
        body=(*head, say(shown.title), *shown.body, *composing.options_of(shown)),
        grade=shown.grade,
        footer=shown.footer,
        link=shown.link,
        intent=Intent.MODERATION,
        buttons=tuple(buttons),
    )


def state_line(
    ports: Ports, programme: Programme, coming: Sequence[str], zone: str
) -> tuple[str | Inline, ...]:
    """Say a programme in one line: its days and time, its channel, and what comes next or why nothing does."""
    own_zone = f" ({programme.zone})" if programme.zone != zone else ""
    days = say_days(programme.days)
    head = f"{programme.name}: {days[0].upper()}{days[1:]} {programme.time}{own_zone}, "
    return (head, channel(programme), f". {_next(ports, programme, coming)}")


def compared(ports: Ports, before: Programme, after: Programme) -> list[Block]:
    """Say what a change has changed: the programme before, and as it is now."""
    return [
        say("Before: ", *terms(before), f" From {say_source(ports, before)}."),
        say("Now: ", *terms(after), f" From {say_source(ports, after)}."),
    ]


def past_card(programme: Programme, past: Sequence[PlannedPost]) -> Card:
    """List what became of the slots of a programme, with the reasons."""
    words = [f"{on_date(each.slot)}, {each.slot[11:]}: {_became(each)}" for each in past]
    body = tuple(map(say, words)) or (say("Nothing has been posted yet."),)
    return Card(title=f"Past posts: {programme.name}", body=body, intent=Intent.MODERATION)


def not_posted_card(
    programme: Programme, post: PlannedPost, kind: FailureKind, *, what: str, until: int, after: str | None
) -> Card:
    """Tell that a post could not be made: why, what mends it, and what can be done now (`until` in UTC seconds)."""
    where = f", #{programme.channel}" if not is_id(programme.channel) else ""
    in_channel = () if where else (say("In ", channel(programme), "."),)
    title = f"Not posted: {programme.name}, {on_date(post.slot)}, {post.slot[11:]}{where}"
    if kind is FailureKind.PASSING:
        words = f"{sentence(post.reason)} The programme goes on{f' on {on_date(after)}' if after else ''}."
        return Card(title=title, body=(*in_channel, say(words)), intent=Intent.MODERATION)
    sends = f"“Post now” sends {short(what)} as today’s" if what else "“Post now” sends it as today’s"
    then = f"after that it moves to {on_date(after)}" if after else "after that it is left out"
    waits = f"The programme waits. {sends} until {hour(until, programme.zone)}; {then}."
    return Card(
        title=title,
        body=(*in_channel, say(mended_by(kind, post.reason, _ELSEWHERE)), say(waits)),
        intent=Intent.MODERATION,
        buttons=(
            Button("Post now", token("schedule:again", post_key(programme, post))),
            Button("Skip today", token("schedule:leave", post_key(programme, post))),
            Button("Pause the programme", token("schedule:pause", programme.id)),
        ),
    )


def post_key(programme: Programme, post: PlannedPost) -> str:
    """Name a slot in a token."""
    return f"{programme.id}@{post.slot}"


def unfollowed_card(programme: Programme, detail: str, *, thread: bool) -> Card:
    """Tell that a post stands, but without its thread or its pin."""
    what, key = ("a thread", "thread") if thread else ("a pin", "pin")
    words = f"{mended_by(FailureKind.FORBIDDEN, detail)} The next posts come without {what}; "
    turn_on = CommandName("schedule edit", f'"{programme.name}" {key}:yes')
    return Card(
        title=f"Posted without {what}: {programme.name}",
        body=(say(words, turn_on, " asks for it again."),),
        intent=Intent.MODERATION,
    )


def untouched_card(programme: Programme, posts: int) -> Card:
    """Tell that a programme has paused itself, since nobody touched its latest posts."""
    words = f"Its last {posts} posts stand as they were posted: no button pressed, no answer, no thread, none noted as read."
    return Card(
        title=f"Paused: {programme.name}",
        body=(say(f"{words} The programme rests until somebody resumes it."),),
        intent=Intent.MODERATION,
        buttons=(
            Button("Resume", token("schedule:resume", programme.id)),
            Button("Change", token("schedule:change", programme.id)),
            Button("Remove", token("schedule:remove", programme.id)),
        ),
    )


def owner_gone_card(found: Sequence[Programme]) -> Card:
    """Tell that somebody who planned programmes has left."""
    named = listed([each.name for each in found[:20]])
    goes, them = ("It goes", "it") if len(found) == 1 else ("They go", "one")
    words = f"Whoever planned {named} has left. {goes} on posting; whoever changes {them} answers for it from then on."
    return Card(
        title=f"Left: whoever planned {found[0].name}",
        body=(say(words),),
        intent=Intent.MODERATION,
        buttons=tuple(Button("Change", token("schedule:change", each.id)) for each in found[:1]),
    )


def ended_card(programme: Programme, parts: int) -> Card:
    """Tell that a series has come to its end."""
    words = f"All {count(parts, 'part')} have been posted, so nothing follows."
    return Card(
        title=f"The series has ended: {programme.name}",
        body=(say(words),),
        intent=Intent.MODERATION,
        buttons=(
            Button("Set what follows", token("schedule:change", programme.id)),
            Button("Remove", token("schedule:remove", programme.id)),
        ),
    )


def runway_card(programme: Programme, left: int, last: date, waiting: int) -> Card:
    """Tell how long the approved material lasts."""
    what = {"excerpt": "excerpts", "quote": "quotations", "prompt": "prompts"}.get(
        programme.kind, "questions"
    )
    queue = (
        f" {waiting:,} {'entry waits' if waiting == 1 else 'entries wait'} in the queue." if waiting else ""
    )
    return Card(
        title=f"{count(left, 'day')} left: {programme.name}",
        body=(say(f"The approved {what} last until {short_date(last)}.{queue}"),),
        intent=Intent.MODERATION,
        buttons=(
            Button("Open the queue", token("command:run", "library review")),
            Button("Set what follows", token("schedule:change", programme.id)),
        ),
    )


def quiet_over_card(returning: Sequence[tuple[Programme, str, str]]) -> Card:
    """Say that quiet mode is off, and what comes back when."""
    if not returning:
        return line("Quiet mode is off. No post was held.", intent=Intent.MODERATION)
    each = "; ".join(
        f"{programme.name} goes on{f' with {short(what)}' if what.startswith('part') else ''} on {on_date(slot)}, {slot[11:]}"
        for programme, slot, what in returning[:20]
    )
    return line(
        f"Quiet mode is off. Held posts return one at a time, on each programme’s own days: {each}.",
        intent=Intent.MODERATION,
    )


def short(what: str) -> str:
    """Say `part 2` for `part 2 of 5`."""
    return what.partition(" of ")[0]


def _next(ports: Ports, programme: Programme, coming: Sequence[str]) -> str:
    match programme.state:
        case "stopped":
            return "Waits: its last post could not be made"
        case "ended":
            return "Ended"
        case "paused" if not programme.paused_until:
            return "Paused"
        case _ if not coming:
            return "Held by quiet mode"
        case state:
            content = contents.following(ports, programme)
            paused = (
                f"Paused until {short_date(date.fromisoformat(programme.paused_until))}. "
                if state == "paused"
                else ""
            )
            return f"{paused}Next: {on_date(coming[0])}{f', {content.what}' if content else ''}"


def _became(post: PlannedPost) -> str:
    words = "on its way" if post.state == "due" else post.state
    return f"{words}, {post.reason}" if post.reason else words
