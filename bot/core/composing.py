"""The cards of programmes' posts: the very one that is posted, with the rows it needs, and the same one beforehand."""

import random
from dataclasses import replace

from bot.core import opening, questions, reading, slots
from bot.core.cards import Card, Intent, Paragraph, say
from bot.core.citing import author_of, cite, credited, link_of, noted, source_line
from bot.core.contents import SALT, Content
from bot.core.features import excerpt, quote
from bot.core.inline import CommandName
from bot.core.ports import Ports, Posted, Programme
from bot.core.ports.boards import Window
from bot.core.round_cards import question_card
from bot.core.rounds import Mode, Question, Round, State
from bot.core.wording import count, day

_TOP = 10


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


def _prompt(ports: Ports, programme: Programme, content: Content) -> Card:
    found = ports.library.prompt(programme.community, content.item) if content.item else None
    article = ports.library.article(programme.community, found.article) if found else None
    words = (
        *noted(ports.library.content_note(programme.community, content.item)),
        say(found.text if found else programme.text),
    )
    source = source_line(article, author_of(ports, programme.community, article)) if article else ""
    return Card(
        title="For discussion",
        body=words,
        footer=credited(source, found.credit if found else ""),
        link=link_of(article) if article else None,
        intent=Intent.READING,
    )


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
