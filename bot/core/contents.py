"""What a programme posts: which item comes next, why this one, and the very card.

A series goes through its article in order. The excerpt of the day is that of /excerpt. Everything else is drawn by the
rule of `line_up` with the seed `SALT|community|kind|date`. What has been drawn for a programme, by a preview or by its
post, stays drawn until it is posted: so a preview shows what will be posted, on whichever date that is.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core import line_up, opening, questions, reading, sets, slots
from bot.core.cards import Card, CommandName, Intent, Paragraph, say
from bot.core.citing import author_of, cite, link_of, source_line
from bot.core.features import excerpt, quote
from bot.core.library import Grade
from bot.core.ports import Candidate, Ports, Posted, Programme
from bot.core.ports.boards import Window
from bot.core.round_cards import question_card
from bot.core.rounds import Mode, Question, Round, State
from bot.core.wording import count, day

SALT = "hundred-regiments/programme/1"
"""Published, so that a draw can be checked. Another salt is another draw, so it never changes."""
QUESTIONS = {
    "who": "who said it?",
    "finish": "finish the quotation",
    "article": "which article?",
    "fact": "a question of fact",
}
_TOP = 10
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
    """Whether what a programme posts is drawn for it, rather than following from its article or the day."""
    return not is_series(programme) and programme.source != "today"


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
    if programme.drawn not in {each.id for each in options}:
        programme = _draw_now(ports, programme, options, slot, at)
    return programme, replace(found, item=programme.drawn) if programme.drawn else None


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
            return _prompts(ports, programme)
        case _:
            found = _excerpts(ports, community)
            if topic:
                found = [each for each in found if _is_about(ports, community, each, topic)]
    return [each for each in found if each.article == about] if programme.source == "article" else found


def days_of_material(ports: Ports, programme: Programme) -> int | None:
    """Count the posts for which there is material before anything is shown again; None where that means nothing."""
    if programme.kind != "excerpt":
        return None
    if is_series(programme):
        return len(series(ports, programme)[1])
    if programme.source == "today":
        served = ports.reading.served(programme.community)
        turn = max((of for items in served.values() for _, of in items.values()), default=1)
        had = {item for items in served.values() for item, (_, of) in items.items() if of == turn}
        return len({each.id for each in _excerpts(ports, programme.community)} - had)
    times = ports.decks.served(programme.community, _deck(programme))
    return line_up.count_left(candidates(ports, programme), times) + bool(programme.drawn)


def compose(
    ports: Ports, programme: Programme, content: Content, slot: str, at: int
) -> tuple[int, int | None, Card]:
    """Write what a post needs; gives its message's row, its round if it is a quiz, and the card."""
    community = programme.community
    if programme.kind == "quiz":
        number, message = opening.write(
            ports, community, _question(ports, programme, content), channel=programme.channel,
            mode=Mode.STANDING, typed=False, asker=programme.owner, at=at, seconds=programme.seconds,
        )  # fmt: skip
        return message, number, opening.card(ports, community, number)
    message = ports.deliveries.message(community, programme.channel)
    if programme.kind == "excerpt":
        date, anew = _dated(ports, programme, slot)
        _, card = excerpt.posted(ports, community, item=content.item, date=date, message=message, anew=anew)
        return message, None, card
    if programme.kind == "quote":
        showing = ports.showings.add(community, item=content.item, about="", by="", message=message, at=at)
        return message, None, _quotation(ports, community, content.item, showing)
    return message, None, preview(ports, programme, content, slot)


def preview(ports: Ports, programme: Programme, content: Content, slot: str) -> Card:
    """Make the card that a post will show, writing nothing. Its buttons name no rows yet."""
    community = programme.community
    match programme.kind:
        case "quiz":
            question = _question(ports, programme, content)
            return _unasked(ports, programme, question, slots.moment(slot, programme.zone))
        case "excerpt":
            part = reading.part(ports, community, content.item)
            date, anew = _dated(ports, programme, slot)
            post = Posted(id=0, item=content.item, date=date, anew=anew, message=0)
            readers = ports.reading.readers(community, content.item)
            asked = ports.library.fact_on(community, content.item) is not None
            return excerpt._card(post, part, readers, asked)  # type: ignore[arg-type] # noqa: SLF001 - drawn from what is in service, and the very card
        case "quote":
            return _quotation(ports, community, content.item, 0)
        case "prompt":
            return _prompt(ports, programme, content)
        case _:
            return _board(ports, community, slots.moment(slot, programme.zone))


def options_of(card: Card) -> tuple[Paragraph, ...]:
    """Say what the options of a question are, where a preview has no buttons for them."""
    if card.intent is not Intent.QUESTION or not card.buttons or card.buttons[0].said() == "1":
        return ()
    labels = [each.said() for each in card.buttons]
    return (say(f"Options: {', '.join(labels)}."),)


def _dated(ports: Ports, programme: Programme, slot: str) -> tuple[str, bool]:
    """Give the date of which an excerpt is, and whether it stands in for one that was retired on its day."""
    if programme.source == "today":
        day = reading.todays(ports, programme.community, slots.moment(slot, programme.zone))
        if day is not None:
            return day.date, day.draw > 1
    return slots.date_of(slot).isoformat(), False


def _draw_now(
    ports: Ports, programme: Programme, options: Sequence[Candidate], slot: str, at: int
) -> Programme:
    deck, community = _deck(programme), programme.community
    times, last = ports.decks.served(community, deck), ports.reading.last_uses(community, deck)
    seed = f"{SALT}|{community}|{programme.kind}|{slots.date_of(slot).isoformat()}"
    drawn, left = "", list(options)
    while left and not drawn:
        chosen = line_up.choose(left, times, last, seed)
        left.remove(chosen)
        drawn = chosen.id if _is_fit(ports, programme, chosen.id) else ""
    if drawn:
        ports.decks.serve(community, deck, drawn, at)
    return replace(programme, drawn=drawn)


def _deck(programme: Programme) -> str:
    return f"{sets.DECK}:{programme.question}" if programme.kind == "quiz" else programme.kind


def _part(parts: Sequence[str], item: str) -> Content:
    number = parts.index(item) + 1
    return Content(item=item, what=f"part {number} of {len(parts)}", why=f"part {number} of the series.")


def _from(programme: Programme) -> str:
    return programme.about if programme.source == "topic" else "the line-up"


def _question(ports: Ports, programme: Programme, content: Content) -> Question:
    """Make a quiz's question, with its options in the order that the preview showed."""
    seed = f"{SALT}|{programme.community}|{content.item}"
    seeded = replace(ports, chance=random.Random(seed))  # noqa: S311 - an order that can be shown beforehand
    return questions.make(seeded, programme.community, programme.question, content.item, typed=False)


def _unasked(ports: Ports, programme: Programme, question: Question, at: int) -> Card:
    round_ = Round(
        id=0, community=programme.community, channel=programme.channel, mode=Mode.STANDING, state=State.ASKED,
        typed=False, question=question, asker="", asked_at=at, seconds=programme.seconds,
        closes_at=at + programme.seconds,
    )  # fmt: skip
    rate = ports.rounds.times_asked(programme.community, question.item)
    return question_card(round_, ports.communities.zone(programme.community), rate=rate)


def _quotation(ports: Ports, community: str, item: str, showing: int) -> Card:
    quotation = ports.library.quotation(community, item)
    assert quotation is not None  # noqa: S101 - drawn from what is in service
    return quote._card(cite(ports, community, quotation), showing, note="")  # noqa: SLF001 - the very card of /quote


def _prompts(ports: Ports, programme: Programme) -> Sequence[Candidate]:
    about = programme.about
    found = ports.library.prompts(programme.community, article=about if programme.source == "article" else "")
    if programme.source != "topic":
        return found
    return [each for each in found if _is_about(ports, programme.community, each, about)]


def _prompt(ports: Ports, programme: Programme, content: Content) -> Card:
    found = ports.library.prompt(programme.community, content.item) if content.item else None
    article = ports.library.article(programme.community, found.article) if found else None
    words = say(found.text if found else programme.text)
    if article is None:
        return Card(title="For discussion", body=(words,), intent=Intent.READING)
    source = source_line(article, author_of(ports, programme.community, article))
    return Card(
        title="For discussion", body=(words,), footer=source, link=link_of(article), intent=Intent.READING
    )


def _is_about(ports: Ports, community: str, candidate: Candidate, topic: str) -> bool:
    library = ports.library
    article = library.article(community, candidate.article)
    item = library.excerpt(community, candidate.id) or library.prompt(community, candidate.id)
    return topic in (*(article.topics if article else ()), *(item.topics if item else ()))


def _excerpts(ports: Ports, community: str) -> list[Candidate]:
    authors = {each.id: each.author for each in ports.library.articles(community)}
    return [
        Candidate(item, authors.get(article) or f"article:{article}", article)
        for article, parts in ports.library.parts(community).items()
        for item in parts
    ]


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


def _board(ports: Ports, community: str, at: int) -> Card:
    """Show the week's first ten of those who chose to be shown."""
    zone = ports.communities.zone(community)
    span = ports.boards.span(community, Window.WEEK, at, zone)
    ranked = ports.boards.top(community, span, _TOP)
    title = f"Leaderboard, week of {day(span.since, zone)}"
    if not ranked:
        words = ("No one is on this week’s leaderboard yet. Points come from ", CommandName("quiz"), ".")
        return Card(title=title, body=(say(*words),), intent=Intent.RESULT)
    lines = (
        say(f"{each.place}{'=' if each.shared else ''} {each.name}, {count(each.points, 'point')}")
        for each in ranked
    )
    return Card(title=title, body=(*lines, say("Those who chose to be shown.")), intent=Intent.RESULT)
