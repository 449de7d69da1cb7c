"""Sentences for mistakes that several features share."""

from collections.abc import Sequence

from bot.core.cards import Button
from bot.core.errors import CardFault, UserMistake
from bot.core.inline import CommandName
from bot.core.library import Person
from bot.core.limits import BUTTON_LABEL
from bot.core.names import Identified, Nobody, Roster, WhichOne, closest
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import in_marks, listed


def runs(label: str | CommandName, command_line: str) -> tuple[Button, ...]:
    """Make the button that runs a command as if it had been typed; none where the line is more than a token holds."""
    said = label[:BUTTON_LABEL] if isinstance(label, str) else label
    try:
        return (Button(said, token("command:run", command_line)),)
    except CardFault:
        return ()


def foreign_button() -> UserMistake:
    """A token that names nothing of this community's."""
    return UserMistake("That button does not belong to this community. Nothing was changed.")


def retired_quotation() -> UserMistake:
    """A button of a quotation that is out of service."""
    return UserMistake(
        "That quotation has been retired and is no longer shown. ", CommandName("quote"), " brings another."
    )


def speaker_named(request: Request, typed: str, command: str) -> Person:
    """Find the speaker whose name was typed, or whose id was picked; UserMistake with the ways on when unsure."""
    library, community = request.ports.library, request.community
    speakers = library.speakers(community)
    person = library.person(community, typed)
    if person is not None:
        return person
    match speakers.identify(typed):
        case Identified(person=named):
            found = library.person(community, named.id)
            if found is not None:
                return found
        case WhichOne(people=people):
            ways_out = tuple(way for each in people for way in runs(each.name, f"{command} by:{each.id}"))
            raise UserMistake(f"Which one is meant by {in_marks(typed)}?", ways_out=ways_out)
        case Nobody():
            pass
    raise _no_speaker(speakers, typed, command)


def topic_named(request: Request, typed: str, command: str) -> UserMistake:
    """Say that nothing is about this, with the topics there are."""
    topics: Sequence[str] = request.ports.library.topics(request.community)
    near = closest(typed, topics)
    if near is not None:
        way_out = runs(near, f'{command} about:"{near}"')
        return UserMistake(f"Nothing here is about {in_marks(typed)}. Did you mean {near}?", ways_out=way_out)
    return UserMistake(f"Nothing here is about {in_marks(typed)}. Topics here: {', '.join(topics[:12])}.")


def unknown_command(typed: str, commands: Sequence[str], text: str = "") -> UserMistake:
    """Say that a command is not there, with the nearest that is; `text` is what was typed behind it."""
    group, _, behind = f"{typed.casefold()} {text}".partition(" ")
    verbs = [name.removeprefix(f"{group} ") for name in commands if name.startswith(f"{group} ")]
    if verbs:
        return _unknown_verb(group, verbs, behind.strip())
    near = closest(typed, commands)
    there_is_no = ("There is no ", CommandName(_shown(typed)))
    if near is None:
        return UserMistake(*there_is_no, ". ", CommandName("help"), " lists what there is.")
    ways_out = (way for name in dict.fromkeys((near, "help")) for way in runs(CommandName(name), name))
    return UserMistake(*there_is_no, ". Did you mean ", CommandName(near), "?", ways_out=tuple(ways_out))


def no_moderator(command: str) -> UserMistake:
    """Say that something is for moderators."""
    return UserMistake(
        CommandName(command), " is for this community’s moderators. ", CommandName("suggest"),
        " brings an idea to them.",
    )  # fmt: skip


def _unknown_verb(group: str, verbs: Sequence[str], text: str) -> UserMistake:
    """Say what a group of commands goes on with, or which of it is nearest to what was typed behind its name."""
    verb, _, rest = text.partition(" ")
    near = closest(verb, verbs)
    way_out = runs(CommandName("help", group), f"help {group}")
    if near is None:
        return UserMistake(
            CommandName(group), f" goes on with {listed(verbs, 'or')}. ", CommandName("help", group),
            " explains them.", ways_out=way_out,
        )  # fmt: skip
    meant = CommandName(f"{group} {near}")
    return UserMistake(
        "There is no ", CommandName(group, _shown(verb)), ". Did you mean ", meant, "?",
        ways_out=(*runs(meant, f"{group} {near} {rest}".rstrip()), *way_out),
    )  # fmt: skip


def _no_speaker(speakers: Roster, typed: str, command: str) -> UserMistake:
    near = speakers.nearest(typed)
    if near is not None:
        way_out = runs(near.name, f"{command} by:{near.id}")
        return UserMistake(
            f"No speaker here is called {in_marks(typed)}. Did you mean {near.name}?", ways_out=way_out
        )
    return UserMistake(f"No speaker here is called {in_marks(typed)}.", ways_out=runs("Any speaker", command))


def _shown(typed: str) -> str:
    return in_marks(typed)[1:-1]
