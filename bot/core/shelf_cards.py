"""The library's cards as moderators see them: one entry whole, an entry in a line, an entry that waits."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.core import paging, suggesting, wording
from bot.core.cards import Block, Button, Card, Intent, Paragraph, Quoted, say
from bot.core.citing import author_of, cite, credited, link_of, source_line
from bot.core.inline import Strong
from bot.core.library import Article, Excerpt, Fact, Item, Person, Prompt, Quotation, Rights
from bot.core.names import fold
from bot.core.ports import Counts, Decision, Ports, Proposal, Shelved, Standing, Suggestion
from bot.core.queueing import CERTAIN, balanced, words_of
from bot.core.reading import LONGEST_SHOWN
from bot.core.wording import count, day, hour, listed, local, long_date, moment

NAMES: Mapping[type[Item], str] = {
    Quotation: "quotation",
    Excerpt: "excerpt",
    Fact: "question of fact",
    Prompt: "prompt",
}
_COUNTED = (("quotation", ""), ("excerpt", ""), ("fact", "question of fact"), ("prompt", ""))
_PLURALS = {"question of fact": "questions of fact"}
_SHOWN_WORDS = 80
_STOPS = ".!?…"
_COMPARED = 700
"""Characters of what is here already that are shown beside what is much like it."""
_CONTEXT = 1_200
"""Characters of context that are still shown on a moderator's card beside the entry itself."""
_RIGHTS = {
    Rights.PUBLIC_DOMAIN: "In the public domain.",
    Rights.LICENSED: "Under a licence",
    Rights.IN_COPYRIGHT: "In copyright",
}


def beginning(item: Item, most: int = _SHOWN_WORDS) -> str:
    """Give the first words of an item."""
    return wording.beginning(words_of(item), most)


def named(before: str, item: Item) -> str:
    """Say something of an item in a whole sentence that ends in its kind, its id and its first words."""
    words = beginning(item)
    stop = "" if words[-1] in _STOPS else "."
    return f"{before} the {NAMES[type(item)]} {item.id}, “{words}”{stop}"


def in_queue(entry: Proposal | Suggestion) -> str:
    """Name an entry of the queue in a sentence, without naming whose suggestion it is."""
    if isinstance(entry, Suggestion):
        return f"a suggested {entry.kind}"
    return f"the proposed {NAMES[type(entry.found.item)]} {entry.found.item.id}"


def entry_line(ports: Ports, community: str, shelved: Shelved) -> str:
    """Say an entry in one line of a list."""
    item = shelved.item
    by = ""
    if isinstance(item, Quotation):
        person = ports.library.person(community, item.speaker)
        by = f", {person.name if person else item.speaker}. Grade {item.grade.value}"
    retired = " (retired)" if shelved.retired_at is not None else ""
    return f"{NAMES[type(item)].capitalize()} {item.id}: “{beginning(item)}”{by}{retired}"


def counted(counts: Counts, waiting: int) -> str:
    """Say how much there is of an article: `11 quotations, 5 excerpts; 2 waiting, 1 retired`."""
    kinds = [
        count(number, name or kind, _PLURALS.get(name, ""))
        for kind, name in _COUNTED
        if (number := counts.in_service.get(kind, 0))
    ]
    aside = [
        f"{number:,} {what}" for number, what in ((waiting, "waiting"), (counts.retired, "retired")) if number
    ]
    return "; ".join(filter(None, (", ".join(kinds) or "nothing in service", ", ".join(aside))))


def pages_of(item: Item) -> int:
    """Say in how many pages an item's words are shown."""
    return len(paging.pages(item.text, LONGEST_SHOWN)) if isinstance(item, Excerpt) else 1


def entry_card(ports: Ports, community: str, shelved: Shelved, page: int = 0) -> Card:
    """Show an entry whole, or one page of it (from 0): words, grade, source, rights, ids, and how it is used."""
    item, zone = shelved.item, ports.communities.zone(community)
    article = ports.library.article(community, item.article)
    answers, right = ports.rounds.times_asked(community, item.id)
    asked = f"{count(answers, 'answer')} here, {right:,} right." if answers else "Not answered here so far."
    body: list[Block] = [*_words(ports, community, item, page), *_uses(item)]
    if not isinstance(item, Prompt | Excerpt):
        body.append(say(asked))
    if note := ports.library.content_note(community, item.id):
        body.append(_labelled("Content note", note))
    if shelved.own:
        body.append(say("This community’s own; no other has it."))
    retired = f", retired on {day(shelved.retired_at, zone)}" if shelved.retired_at is not None else ""
    grade, source = _grade_and_source(ports, community, item, article)
    return Card(
        title=f"{NAMES[type(item)].capitalize()} {item.id}{retired}",
        body=tuple(body),
        grade=grade,
        footer=". ".join(filter(None, (source, _rights(article)))),
        link=link_of(article) if article else None,
        intent=Intent.MODERATION,
    )


def proposal_card(
    ports: Ports, community: str, proposal: Proposal, place: str, like: Item | None, page: int = 0
) -> Card:
    """Show what an importer has found, or one page of it (from 0).

    `place` is where it is in the queue, `like` is in service and much like it.
    """
    found = proposal.found
    body = [
        *_found_words(ports, community, proposal, page),
        *((_labelled("Before", balanced(found.before)),) if found.before else ()),
        *_sentence(proposal),
        *((_labelled("After", balanced(found.after)),) if found.after else ()),
        *_rule(proposal),
        *_beside(ports, community, like),
        *_doubt(ports, community, proposal),
    ]
    article = ports.library.article(community, found.article.id) or found.article
    author = _person(ports, community, article.author, found.people) if article.author else None
    return Card(
        title=f"{place}: {_a(NAMES[type(found.item)])} found by the importer",
        body=tuple(body),
        footer=source_line(article, author),
        link=link_of(article),
        intent=Intent.MODERATION,
    )


def _sentence(proposal: Proposal) -> Iterator[Paragraph]:
    """Show the sentence that holds a quotation, where it says more than the quotation: it may name the speaker."""
    item = proposal.found.item
    if isinstance(item, Quotation) and item.passage and fold(item.passage) != fold(item.text):
        yield _labelled("Sentence", item.passage)


def _beside(ports: Ports, community: str, like: Item | None) -> Iterator[Block]:
    """Show what is in service and much like an entry, so that the two can be compared."""
    if like is None:
        return
    by = ""
    if isinstance(like, Quotation):
        person = ports.library.person(community, like.speaker)
        by = f", by {person.name}" if person else ""
    yield say(f"Much like {like.id}{by}, which is here already:")
    yield Quoted(beginning(like, _COMPARED))


def suggestion_card(suggestion: Suggestion, place: str, zone: str) -> Card:
    """Show what a member suggested."""
    when = long_date(local(suggestion.at, zone).date())
    agree = (say("Grade: C, if you agree."),) if suggestion.kind == "quotation" else ()
    return Card(
        title=f"{place}: {_a(suggestion.kind)} suggested on {when}",
        body=(*suggesting.shown(suggestion), *agree),
        intent=Intent.MODERATION,
    )


def with_buttons(card: Card, *buttons: Button) -> Card:
    """Give a card its buttons."""
    return replace(card, buttons=buttons)


def decided(decision: Decision, zone: str, words: str = "") -> str:
    """Say what was decided: `Rejected by Mia, Fri 20 Nov, 17:12: speaker not certain.`."""
    what = "Approved" if decision.standing is Standing.ACCEPTED else "Rejected"
    reason = f": {decision.reason}" if decision.reason else ""
    return f"{what} by {decision.name or 'a former member'}, {moment(decision.at, zone)}{reason}.{words}"


def decided_before(decision: Decision, at: int, zone: str) -> str:
    """Say who decided before, and when: `Mia rejected this at 17:12`."""
    did = "approved" if decision.standing is Standing.ACCEPTED else "rejected"
    today = day(decision.at, zone) == day(at, zone)
    when = "" if today else f"on {day(decision.at, zone)} "
    return f"{decision.name or 'A former member'} {did} this {when}at {hour(decision.at, zone)}"


def held(article: Article, words: int, allowed: int) -> str:
    """Say how much of an article in copyright is held, and how much may be."""
    of = f" of its {article.words:,}" if article.words else ""
    return f"{words:,} words{of} are held; {allowed:,} may be."


def _words(ports: Ports, community: str, item: Item, page: int) -> Iterator[Block]:
    match item:
        case Quotation():
            cited = cite(ports, community, item)
            yield Quoted(item.text)
            yield say(cited.speaker_line)
            around = " ".join(filter(None, (item.before, cited.passage, item.after)))
            if around != item.text and len(around) <= _CONTEXT:
                yield _labelled("In context", around)
        case Excerpt():
            shown = paging.pages(item.text, LONGEST_SHOWN)
            yield Quoted(shown[min(page, len(shown) - 1)])
            if len(shown) > 1:
                yield say(f"Page {min(page, len(shown) - 1) + 1:,} of {len(shown):,}.")
        case Fact():
            yield say(item.question)
            yield _labelled("Answer", f"{item.answer}. Options: {listed(item.options)}.")
            yield Quoted(item.passage)
        case Prompt():
            yield say(item.text)


def _uses(item: Item) -> Iterator[Paragraph]:
    section = getattr(item, "section", "")
    if section:
        yield _labelled("Section", section)
    if item.topics:
        yield _labelled("Topics", ", ".join(item.topics))
    if isinstance(item, Quotation):
        yield _labelled("Asked as", listed(item.kinds) if item.kinds else "no question")
        if item.reason:
            yield _labelled("Why this grade", item.reason)


def _grade_and_source(ports: Ports, community: str, item: Item, article: Article | None) -> tuple[str, str]:
    if isinstance(item, Quotation):
        cited = cite(ports, community, item)
        return cited.grade_and_note, cited.source_and_credit
    source = source_line(article, author_of(ports, community, article)) if article else ""
    return "", credited(source, item.credit if isinstance(item, Prompt) else "")


def _rights(article: Article | None) -> str:
    if article is None:
        return ""
    words = _RIGHTS[article.rights]
    return f"{words}: {article.licence}." if article.rights is Rights.LICENSED else f"{words.rstrip('.')}."


def _found_words(ports: Ports, community: str, proposal: Proposal, page: int) -> Iterator[Block]:
    item = proposal.found.item
    if not isinstance(item, Quotation):
        yield from _words(ports, community, item, page)
        return
    person = _person(ports, community, item.speaker, proposal.found.people)
    grade = "" if item.reason else f" {_grade(item)}"
    yield Quoted(item.text)
    yield say(f"Speaker: {person.name if person else 'not known'}.{grade}")


def _rule(proposal: Proposal) -> Iterator[Paragraph]:
    item, found = proposal.found.item, proposal.found
    if not found.rule:
        return
    reason = f" {item.reason} {_grade(item)}" if isinstance(item, Quotation) and item.reason else ""
    yield say(f"Rule: {found.rule.rstrip('.')}. Confidence {found.confidence:.2f}.{reason}")


def _doubt(ports: Ports, community: str, proposal: Proposal) -> Iterator[Paragraph]:
    item = proposal.found.item
    if isinstance(item, Quotation) and proposal.found.confidence < CERTAIN:
        person = _person(ports, community, item.speaker, proposal.found.people)
        if person:
            yield say(f"Is {person.name} the speaker?")


def _person(ports: Ports, community: str, person: str, found: tuple[Person, ...]) -> Person | None:
    known = ports.library.person(community, person) if person else None
    return known or next((each for each in found if each.id == person), None)


def _grade(quotation: Quotation) -> str:
    return f"Grade: {quotation.grade.value}, if you agree."


def _labelled(label: str, text: str) -> Paragraph:
    return say(Strong(f"{label}:"), f" {text}")


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
