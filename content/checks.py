"""What a shelf must satisfy before anybody is shown a word of it: pure checks, every fault at once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from bot.core.library import Article, Item, Person, Rights, Shelf
from content import rights
from content.asked import check_ending, check_fact, check_quotation, known_person, plain
from content.drafts import Draft, Read
from content.faults import Fault, suggest
from content.proofs import RUN, Proof, prove, words

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID_LENGTH = 60
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much of an article in copyright may be held (a part, 0 to 1) and shown on one card (words)."""

    share: float = rights.SHARE
    card_words: int = rights.CARD_WORDS


def check(draft: Draft, proof: Proof | None = None, limits: Limits | None = None) -> Iterator[Fault]:
    """Check all that one file can be judged by alone: its fields, what refers to what, the rights, the proof.

    What could not be read is told already, and nothing is said that hangs on it.
    """
    for entry in draft.entries:
        yield from _id(entry)
    for item in draft.items:
        yield from _topics(item, draft)
    for quotation in draft.quotations:
        yield from check_quotation(quotation, draft)
    for ending in draft.endings:
        yield from check_ending(ending, draft)
    for fact in draft.facts:
        yield from check_fact(fact, draft)
    yield from _parts(draft)
    yield from _article(draft)
    yield from _rights(draft, proof, limits or Limits())
    if proof is not None:
        yield from _proven(draft, proof)


def is_id(text: str) -> bool:
    """Say whether a text can be an id, and so part of a file's name."""
    return _ID.fullmatch(text) is not None and len(text) <= _ID_LENGTH


def _id(read: Read[Article | Person | Item]) -> Iterator[Fault]:
    if read.knows("id") and not is_id(read.entry.id):
        yield read.fault(
            field="id",
            problem=f"“{read.entry.id}” cannot be an id.",
            remedy=f"Use small letters, digits and single hyphens, at most {_ID_LENGTH}.",
        )


def _topics(read: Read[Item], draft: Draft) -> Iterator[Fault]:
    known = draft.article.entry.topics
    for topic in read.entry.topics if draft.article.knows("topics") else ():
        if topic not in known:
            remedy = suggest(topic, known, "Add it to the topics of the article, or take it out.")
            yield read.fault(
                field="topics", problem=f"“{topic}” is not among the article’s topics.", remedy=remedy
            )


def _article(draft: Draft) -> Iterator[Fault]:
    read = draft.article
    article = read.entry
    if article.author:
        yield from known_person(article.author, "author", read, draft)
    if article.date and not _is_date(article.date):
        yield read.fault(
            field="date", problem=f"“{article.date}” is not a date.", remedy="Write YYYY or YYYY-MM-DD."
        )
    if article.url and not article.url.startswith(("https://", "http://")):
        yield read.fault(
            field="url", problem=f"“{article.url}” is not a web address.", remedy="Begin it with https://."
        )
    if article.rights is Rights.LICENSED and read.knows("licence") and not article.licence:
        yield read.fault(
            field="licence",
            problem="this is empty.",
            remedy="Say under which licence the article may be used.",
        )
    yield from _inferred(read)


def _inferred(read: Read[Article]) -> Iterator[Fault]:
    names = [field.name for field in fields(Article)]
    for name, reason in read.entry.inferred.items():
        if name not in names:
            yield read.fault(
                field="inferred",
                problem=f"there is no field “{name}”.",
                remedy=suggest(name, names, "Take it out."),
            )
        elif not reason or (read.knows(name) and not getattr(read.entry, name)):
            yield read.fault(
                field="inferred",
                problem=f"“{name}” needs both a value and a reason.",
                remedy="Fill in what is empty, or take the line out.",
            )


def _is_date(text: str) -> bool:
    if _YEAR.fullmatch(text):
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _parts(draft: Draft) -> Iterator[Fault]:
    """Check that the excerpts are numbered 1, 2, 3 … without a gap or a repeat."""
    total = len(draft.excerpts)
    numbered = [read for read in draft.excerpts if read.knows("part")]
    parts = Counter(read.entry.part for read in numbered)
    for read in numbered:
        part = read.entry.part
        if parts[part] > 1 or part > total:
            yield read.fault(
                field="part",
                problem=f"{part} leaves a gap or stands twice.",
                remedy=f"Number the excerpts from 1 to {total}.",
            )


def _rights(draft: Draft, proof: Proof | None, limits: Limits) -> Iterator[Fault]:
    shelf = draft.shelf
    article = shelf.article
    if article.rights is not Rights.IN_COPYRIGHT:
        return
    for card in rights.cards(shelf):
        over = len(words(card.text)) - limits.card_words
        if over > 0:
            yield Fault(
                file=draft.file,
                entry=card.entry,
                field=card.field,
                problem=f"one card would show {limits.card_words + over} words of an article in copyright.",
                remedy=f"Take out {over} or more.",
            )
    count = rights.held(shelf, proof).words
    allowed = rights.allowance(article, limits.share)
    if draft.article.knows("words") and count > allowed:
        yield draft.article.fault(
            problem=f"{count} words of it are held, and {limits.share:.0%} of its {article.words} are {allowed}.",
            remedy=f"Take out {count - allowed} or more.",
        )


def _proven(draft: Draft, proof: Proof) -> Iterator[Fault]:
    """Check that every passage stands in the source, letter by letter.

    A short one, which any longer one may prove, is judged only where all of them could be read.
    """
    if draft.article.knows("words") and draft.article.entry.words != proof.words:
        yield draft.article.fault(
            field="words",
            problem=f"the proof file counts {proof.words} words, not {draft.article.entry.words}.",
            remedy="Correct it, or make the proof again.",
        )
    whole = not any(read.unread for read in (draft.article, *draft.items))
    yield from (
        Fault(
            file=draft.file,
            entry=passage.entry,
            field=passage.field,
            problem="these words do not stand in the article like this.",
            remedy="Copy them again, letter by letter.",
        )
        for passage in unproven(draft.shelf, proof)
        if whole or not _is_short(passage.text)
    )


def unproven(shelf: Shelf, proof: Proof) -> Iterator[rights.Passage]:
    """List the passages that the proof does not hold; a short one is proven inside any that is."""
    passages = tuple(rights.verbatim(shelf))
    proven = [passage.text for passage in passages if prove(passage.text, proof) is not None]
    for passage in passages:
        short = _is_short(passage.text)
        if not (any(_stands_in(passage.text, text) for text in proven) if short else passage.text in proven):
            yield passage


def _is_short(text: str) -> bool:
    return len(words(text)) < RUN


def _stands_in(short: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text) is not None


def across(drafts: Iterable[Draft]) -> Iterator[Fault]:
    """Check what only all files together can show: ids that stand twice, one person under two names."""
    drafts = tuple(drafts)
    yield from _twice(draft.article for draft in drafts)
    yield from _twice(item for draft in drafts for item in draft.items)
    for draft in drafts:
        yield from _twice(draft.people)
    yield from _people([person for draft in drafts for person in draft.people if person.knows("id")])


def _twice(entries: Iterable[Read[Article | Person | Item]]) -> Iterator[Fault]:
    first: dict[str, Read[Article | Person | Item]] = {}
    for read in entries:
        if not read.knows("id"):
            continue
        other = first.setdefault(read.entry.id, read)
        if other is not read:
            yield read.fault(
                field="id",
                problem=f"{other.label} in {other.file} has this id already.",
                remedy="Give the newer of the two another; ids never change later.",
            )


def _people(people: Iterable[Read[Person]]) -> Iterator[Fault]:
    """Check that everybody has one entry, or the same one in every file, and no name of anybody else."""
    described: dict[str, Read[Person]] = {}
    owners: dict[str, Read[Person]] = {}
    for read in people:
        person = read.entry
        other = described.setdefault(person.id, read)
        if other.file != read.file and not (other.unread or read.unread) and other.entry != person:
            yield read.fault(
                problem=f"{other.file} describes the same person in another way.",
                remedy="Make the two entries alike.",
            )
        for name in filter(None, (person.name, *person.aliases)):
            owner = owners.setdefault(plain(name), read)
            if owner.entry.id != person.id:
                yield read.fault(
                    field="name" if name == person.name else "aliases",
                    problem=f"“{name}” is a name of {owner.label} too.",
                    remedy="Keep one entry for one person, and in each only names that fit nobody else.",
                )
