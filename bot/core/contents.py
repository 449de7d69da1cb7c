"""What a programme posts: which item comes next, why this one, and the very card.

A series goes through its article in order. The excerpt of the day is that of /excerpt. Everything else is drawn by the
rule of `line_up` with the seed `SALT|community|kind|date`. What has been drawn for a programme, by a preview or by its
post, stays drawn until it is posted: so a preview shows what will be posted, on whichever date that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.core import line_up, pinning, questions, reading, sets, slots
from bot.core.library import Grade
from bot.core.ports import Candidate, Ports, Programme

SALT = "hundred-regiments/programme/1"
"""Published, so that a draw can be checked. Another salt is another draw, so it never changes."""
QUESTIONS = {
    "who": "who said it?",
    "finish": "finish the quotation",
    "article": "which article?",
    "fact": "a question of fact",
}
_PINNED = {"excerpt": "excerpt", "quote": "quotation", "prompt": "prompt", "fact": "fact"}
"""Which items that are pinned to a date a programme shows, by its kind, and for a quiz by the kind of its question."""
WAITED = "it has waited longest, by speaker and article; among equals the date and the published salt decide."


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What a post shows: its item (empty for what is no item), what that is in a few words, and why it is this one."""

    item: str
    what: str
    why: str


def is_series(programme: Programme) -> bool:
    """Whether a programme goes through an article in order."""
    return programme.kind == "excerpt" and programme.source == "article"


def is_drawn(programme: Programme) -> bool:
    """Whether what a programme posts is drawn for it, rather than following from its article, the day or own words."""
    follows = is_series(programme) or programme.source == "today" or programme.kind == "leaderboard"
    return not follows and not programme.text


def is_touchable(programme: Programme) -> bool:
    """Whether there is something on a programme's posts that can be pressed or answered."""
    return programme.kind in {"excerpt", "quote", "quiz"}


def series(ports: Ports, programme: Programme) -> tuple[Sequence[str], Sequence[str]]:
    """List the parts of a programme's article, and those of them that are still to come."""
    parts = ports.library.parts(programme.community).get(programme.about, ())
    shown = ports.programmes.shown(programme.community, programme.id, programme.series_from)
    return parts, [each for each in parts if each not in shown]


def following(ports: Ports, programme: Programme, ahead: int = 0) -> Content | None:
    """Say what comes next as far as that is known without drawing; with `ahead`, after so many more posts."""
    if is_series(programme):
        parts, left = series(ports, programme)
        return _part(parts, left[ahead]) if ahead < len(left) else None
    if programme.kind == "quiz":
        return Content(item=programme.drawn, what=QUESTIONS[programme.question], why=WAITED)
    if programme.kind == "excerpt" and programme.source == "today":
        return Content(item="", what="the excerpt of the day", why="it is the excerpt of the day.")
    if programme.kind == "prompt" and programme.text:
        return Content(item="", what="your own words", why="these are your own words.")
    if programme.kind == "leaderboard":
        return Content(item="", what="the leaderboard", why="it is the leaderboard as it stands.")
    return Content(item=programme.drawn, what=f"from {_from(programme)}", why=WAITED)


def draw(ports: Ports, programme: Programme, slot: str, at: int) -> tuple[Programme, Content | None]:
    """Say what a programme posts at a slot, drawn now where it is not yet; None where there is nothing to post.

    Gives the programme with what was drawn for it, for the caller to write.
    """
    found = following(ports, programme)
    if found is None or programme.kind == "leaderboard" or (programme.kind == "prompt" and programme.text):
        return programme, found
    if programme.kind == "excerpt" and programme.source == "today":
        day = reading.todays(ports, programme.community, slots.moment(slot, programme.zone))
        return programme, replace(found, item=day.item) if day else None
    if is_series(programme):
        return programme, found
    options = candidates(ports, programme)
    if pinned := _pinned(ports, programme, options, slot, at):
        return programme, Content(item=pinned, what="pinned to this date", why="it is pinned to this date.")
    if programme.drawn not in {each.id for each in options}:
        programme = _draw_now(ports, programme, options, slot, at)
    return programme, replace(found, item=programme.drawn) if programme.drawn else None


def with_pinned(ports: Ports, programme: Programme, slot: str, at: int) -> Programme:
    """Give a programme whose post of a slot is held, with what is pinned to that date as what it shows next."""
    pinned = _pinned(ports, programme, candidates(ports, programme), slot, at) if is_drawn(programme) else ""
    return replace(programme, drawn=pinned) if pinned else programme


def candidates(ports: Ports, programme: Programme) -> Sequence[Candidate]:
    """List what a programme may draw from."""
    library, community = ports.library, programme.community
    about = programme.about if programme.source in {"article", "topic"} else ""
    topic = about if programme.source == "topic" else ""
    match programme.kind:
        case "quote":
            found: Sequence[Candidate] = library.quotations(community, about=topic)
        case "quiz":
            found = questions.candidates(ports, community, programme.question, topic)
        case "prompt":
            found = library.prompts(community, topic=topic)
        case _:
            found = library.excerpts(community, topic=topic)
    return [each for each in found if each.article == about] if programme.source == "article" else found


def days_of_material(ports: Ports, programme: Programme, most: int | None = None) -> int | None:
    """Count the posts for which there is material before anything is shown again; None where that means nothing.

    With `most`, what is drawn is not counted further than that.
    """
    if programme.kind == "leaderboard" or (programme.kind == "prompt" and programme.text):
        return None
    if is_series(programme):
        return len(series(ports, programme)[1])
    if programme.kind == "excerpt" and programme.source == "today":
        served = ports.reading.served(programme.community)
        turn = max((of for items in served.values() for _, of in items.values()), default=1)
        had = {item for items in served.values() for item, (_, of) in items.items() if of == turn}
        return len({each.id for each in ports.library.excerpts(programme.community)} - had)
    times = ports.decks.served(programme.community, _deck(programme))
    left = line_up.never_served(candidates(ports, programme), times)
    fit = (each for each in left if _is_fit(ports, programme, each.id))
    return len(list(islice(fit, most))) + bool(programme.drawn)


def _draw_now(
    ports: Ports, programme: Programme, options: Sequence[Candidate], slot: str, at: int
) -> Programme:
    deck, community = _deck(programme), programme.community
    times, last = ports.decks.served(community, deck), ports.reading.last_uses(community, deck)
    seed = f"{SALT}|{community}|{programme.kind}|{slots.date_of(slot).isoformat()}"
    drawn = line_up.choose(options, times, last, seed).id if options else ""
    if drawn and not _is_fit(ports, programme, drawn):
        fit = [each for each in options if _is_fit(ports, programme, each.id)]
        drawn = line_up.choose(fit, times, last, seed).id if fit else ""
    if drawn:
        ports.decks.serve(community, deck, drawn, at)
    return replace(programme, drawn=drawn)


def _pinned(ports: Ports, programme: Programme, options: Sequence[Candidate], slot: str, at: int) -> str:
    """Draw what is pinned to the date of a slot, where it is for this programme; gives its id, or nothing."""
    kind = _PINNED.get(programme.kind if programme.kind != "quiz" else programme.question, "")
    date, community = slots.date_of(slot).isoformat(), programme.community

    def may_be_shown(item: str) -> bool:
        return any(each.id == item for each in options) and _is_fit(ports, programme, item)

    found = pinning.draw(ports, community, date, kind, programme.id, may_be_shown)
    if found and found not in ports.decks.served(community, _deck(programme)):
        ports.decks.serve(community, _deck(programme), found, at)
    return found


def _deck(programme: Programme) -> str:
    return f"{sets.DECK}:{programme.question}" if programme.kind == "quiz" else programme.kind


def _part(parts: Sequence[str], item: str) -> Content:
    number = parts.index(item) + 1
    return Content(item=item, what=f"part {number} of {len(parts)}", why=f"part {number} of the series.")


def _from(programme: Programme) -> str:
    return programme.about if programme.source == "topic" else "the line-up"


def _is_fit(ports: Ports, programme: Programme, item: str) -> bool:
    """Whether an item can be posted by itself: no quotation of grade D, no question that needs its excerpt."""
    library, community = ports.library, programme.community
    if programme.kind == "quote":
        quotation = library.quotation(community, item)
        return quotation is not None and quotation.grade is not Grade.D
    if programme.kind == "quiz" and programme.question == "fact":
        fact = library.fact(community, item)
        return fact is not None and fact.alone
    return True
