"""What a shelf must satisfy before anybody is shown a word of it: pure checks, every fault at once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from bot.core.library import Article, Excerpt, Item, Person, Rights, Shelf
from content import rights
from content.asked import check_fact, check_quotation, known_person, plain
from content.faults import At, Fault, at_entry, label, suggest
from content.parse import Draft
from content.proofs import RUN, Proof, prove, words

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID_LENGTH = 60
_YEAR = re.compile(r"\d{4}")
_NEEDED = {
    "Article": ("title",),
    "Person": ("name",),
    "Quotation": ("text", "verb"),
    "Excerpt": ("text",),
    "Fact": ("question", "answer", "passage"),
    "Prompt": ("text",),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much of an article in copyright may be held (a part, 0 to 1) and shown on one card (words)."""

    share: float = rights.SHARE
    card_words: int = rights.CARD_WORDS


def check(draft: Draft, proof: Proof | None = None, limits: Limits | None = None) -> Iterator[Fault]:
    """Check all that one file can be judged by alone: its fields, what refers to what, the rights, the proof."""
    shelf = draft.shelf
    for entry in (*([shelf.article] if draft.sound else []), *shelf.people, *shelf.items):
        yield from _fields(entry, at_entry(draft.file, entry))
    for item in shelf.items:
        yield from _topics(item, draft)
    for quotation in shelf.quotations:
        yield from check_quotation(quotation, draft)
    for fact in shelf.facts:
        yield from check_fact(fact, draft)
    yield from _parts(draft)
    if draft.sound:
        yield from _article(draft)
        yield from _rights(draft, proof, limits or Limits())
    if proof is not None:
        yield from _proven(draft, proof)


def is_id(text: str) -> bool:
    """Say whether a text can be an id, and so part of a file's name."""
    return _ID.fullmatch(text) is not None and len(text) <= _ID_LENGTH


def _fields(entry: Article | Person | Item, at: At) -> Iterator[Fault]:
    """Check the id, and that what an entry is nothing without is not empty."""
    if not is_id(entry.id):
        yield at(
            field="id",
            problem=f"“{entry.id}” cannot be an id.",
            remedy=f"Use small letters, digits and single hyphens, at most {_ID_LENGTH}.",
        )
    for name in _NEEDED[type(entry).__name__]:
        if not getattr(entry, name):
            yield at(field=name, problem="this is empty.", remedy="Fill it in, or take the entry out.")


def _topics(item: Item, draft: Draft) -> Iterator[Fault]:
    known = draft.shelf.article.topics
    for topic in item.topics if draft.sound else ():
        if topic not in known:
            remedy = suggest(topic, known, "Add it to the topics of the article, or take it out.")
            yield at_entry(draft.file, item)(
                field="topics", problem=f"“{topic}” is not among the article’s topics.", remedy=remedy
            )


def _article(draft: Draft) -> Iterator[Fault]:
    article = draft.shelf.article
    at = at_entry(draft.file, article)
    if article.author:
        yield from known_person(article.author, "author", at, draft)
    if article.date and not _is_date(article.date):
        yield at(field="date", problem=f"“{article.date}” is not a date.", remedy="Write YYYY or YYYY-MM-DD.")
    if article.url and not article.url.startswith(("https://", "http://")):
        yield at(
            field="url", problem=f"“{article.url}” is not a web address.", remedy="Begin it with https://."
        )
    if article.rights is Rights.LICENSED and not article.licence:
        yield at(
            field="licence",
            problem="this is empty.",
            remedy="Say under which licence the article may be used.",
        )
    names = [field.name for field in fields(Article)]
    for name, reason in article.inferred.items():
        if name not in names:
            yield at(
                field="inferred",
                problem=f"there is no field “{name}”.",
                remedy=suggest(name, names, "Take it out."),
            )
        elif not reason or not getattr(article, name):
            yield at(
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
    excerpts: tuple[Excerpt, ...] = draft.shelf.excerpts
    if len(excerpts) != len(draft.named["excerpts"]):
        return  # one of them is faulty, and its number is not known
    parts = Counter(excerpt.part for excerpt in excerpts)
    for excerpt in excerpts:
        if parts[excerpt.part] > 1 or excerpt.part > len(excerpts):
            yield at_entry(draft.file, excerpt)(
                field="part",
                problem=f"{excerpt.part} leaves a gap or stands twice.",
                remedy=f"Number the excerpts from 1 to {len(excerpts)}.",
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
    if count > allowed:
        yield at_entry(draft.file, article)(
            problem=f"{count} words of it are held, and {limits.share:.0%} of its {article.words} are {allowed}.",
            remedy=f"Take out {count - allowed} or more.",
        )


def _proven(draft: Draft, proof: Proof) -> Iterator[Fault]:
    """Check that every passage stands in the source, letter by letter."""
    shelf = draft.shelf
    if draft.sound and shelf.article.words != proof.words:
        yield at_entry(draft.file, shelf.article)(
            field="words",
            problem=f"the proof file counts {proof.words} words, not {shelf.article.words}.",
            remedy="Correct it, or make the proof again.",
        )
    yield from (
        Fault(
            file=draft.file,
            entry=passage.entry,
            field=passage.field,
            problem="these words do not stand in the article like this.",
            remedy="Copy them again, letter by letter.",
        )
        for passage in unproven(shelf, proof)
    )


def unproven(shelf: Shelf, proof: Proof) -> Iterator[rights.Passage]:
    """List the passages that the proof does not hold; a short one is proven inside any that is."""
    passages = tuple(rights.verbatim(shelf))
    proven = [passage.text for passage in passages if prove(passage.text, proof) is not None]
    for passage in passages:
        short = len(words(passage.text)) < RUN
        if not (any(_stands_in(passage.text, text) for text in proven) if short else passage.text in proven):
            yield passage


def _stands_in(short: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text) is not None


def across(drafts: Iterable[Draft]) -> Iterator[Fault]:
    """Check what only all files together can show: ids that stand twice, one person under two names."""
    drafts = tuple(drafts)
    yield from _twice((draft, draft.shelf.article) for draft in drafts if draft.sound)
    yield from _twice((draft, item) for draft in drafts for item in draft.shelf.items)
    for draft in drafts:
        yield from _twice((draft, person) for person in draft.shelf.people)
    yield from _people(drafts)


def _twice(entries: Iterable[tuple[Draft, Article | Person | Item]]) -> Iterator[Fault]:
    first: dict[str, tuple[Draft, Article | Person | Item]] = {}
    for draft, entry in entries:
        if entry.id not in first:
            first[entry.id] = (draft, entry)
            continue
        other_draft, other = first[entry.id]
        yield at_entry(draft.file, entry)(
            field="id",
            problem=f"{label(other)} in {other_draft.file} has this id already.",
            remedy="Give the newer of the two another; ids never change later.",
        )


def _people(drafts: tuple[Draft, ...]) -> Iterator[Fault]:
    """Check that everybody has one entry, or the same one in every file, and no name of anybody else."""
    described: dict[str, tuple[Draft, Person]] = {}
    owners: dict[str, Person] = {}
    for draft in drafts:
        for person in draft.shelf.people:
            other_draft, other = described.setdefault(person.id, (draft, person))
            if other_draft is not draft and other != person:
                yield at_entry(draft.file, person)(
                    problem=f"{other_draft.file} describes the same person in another way.",
                    remedy="Make the two entries alike.",
                )
            for name in (person.name, *person.aliases):
                owner = owners.setdefault(plain(name), person)
                if owner.id != person.id:
                    yield at_entry(draft.file, person)(
                        field="name" if name == person.name else "aliases",
                        problem=f"“{name}” is a name of {label(owner)} too.",
                        remedy="Keep one entry for one person, and in each only names that fit nobody else.",
                    )
