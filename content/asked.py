"""What a question must satisfy before anybody is asked it: pure checks on quotations and questions of fact."""

from collections.abc import Iterator

from bot.core.library import Fact, Grade, Quotation
from bot.core.names import named_in
from content.faults import At, Fault, at_entry, suggest
from content.parse import Draft
from content.proofs import words

KINDS = ("who", "finish", "article")
"""The kinds of quiz that a quotation can be asked in."""

_OPTIONS = range(2, 5)
_ENDINGS = 3
_FINISH_WORDS = 8
_CLOSING = ".,;:!?…\"'”’)"


def known_person(identity: str, field: str, at: At, draft: Draft) -> Iterator[Fault]:
    """Check that a person is one of the file's own."""
    if identity not in draft.named["people"]:
        yield at(
            field=field,
            problem=f"nobody in this file has the id “{identity}”.",
            remedy=suggest(identity, draft.named["people"], "Add the person under [[people]]."),
        )


def check_quotation(quotation: Quotation, draft: Draft) -> Iterator[Fault]:
    """Check a quotation: its speaker, its passage, and the kinds of quiz that ask it."""
    at = at_entry(draft.file, quotation)
    yield from known_person(quotation.speaker, "speaker", at, draft)
    if quotation.passage and quotation.text not in quotation.passage:
        yield at(
            field="passage",
            problem="the text does not stand in it.",
            remedy="Copy the whole sentence that holds the text.",
        )
    yield from _kinds(quotation, at)
    yield from _keyed(quotation, at, draft)
    if quotation.finish or quotation.endings:
        yield from _finish(quotation, at, draft)


def _kinds(quotation: Quotation, at: At) -> Iterator[Fault]:
    for kind in quotation.kinds:
        if kind not in KINDS:
            remedy = suggest(kind, KINDS, f"The kinds are {', '.join(KINDS)}.")
            yield at(field="kinds", problem=f"there is no kind “{kind}”.", remedy=remedy)
    if quotation.grade is Grade.D and quotation.kinds:
        yield at(field="kinds", problem="a quotation of grade D is never asked.", remedy="Write kinds = [].")
    if ("finish" in quotation.kinds) != bool(quotation.finish):
        yield at(
            field="kinds",
            problem="“finish” stands among the kinds, or an ending under finish, but not both.",
            remedy="Add the one or take out the other.",
        )


def _keyed(quotation: Quotation, at: At, draft: Draft) -> Iterator[Fault]:
    """Check that the speaker can be asked for: a public figure whom the words do not name."""
    speaker = next((person for person in draft.shelf.people if person.id == quotation.speaker), None)
    if speaker is None or "who" not in quotation.kinds:
        return
    if not speaker.public:
        yield at(
            field="kinds",
            problem=f"{speaker.name} is not a public figure and never keys a question.",
            remedy="Take “who” out of the kinds.",
        )
    reported = quotation.grade is Grade.C and not draft.shelf.article.author
    title = draft.shelf.article.title if reported else ""
    if quotation.grade is Grade.C and speaker.id == draft.shelf.article.author:
        yield at(
            field="kinds",
            problem=f"“According to {speaker.name}, who said …?” would give {speaker.name} away.",
            remedy="Give the author’s own line grade A, or take “who” out of the kinds.",
        )
    elif named_in(speaker, f"{quotation.verb} {quotation.text} {title}"):
        yield at(
            field="text",
            problem=f"{speaker.name} is named in the words asked{', which include the title' if title else ''}.",
            remedy="Take “who” out of the kinds.",
        )


def _finish(quotation: Quotation, at: At, draft: Draft) -> Iterator[Fault]:
    text = quotation.text.rstrip(_CLOSING)
    stem = text.removesuffix(quotation.finish)
    if not quotation.finish or stem in {text, ""} or not stem.endswith(" "):
        yield at(
            field="finish",
            problem="the text does not end with it.",
            remedy="Write the last words of the text, without the full stop.",
        )
    if len(words(quotation.text)) < _FINISH_WORDS:
        yield at(
            field="finish",
            problem=f"the text has fewer than {_FINISH_WORDS} words.",
            remedy="Take finish, its endings and its kind out.",
        )
    texts = [ending.text for ending in quotation.endings]
    if (
        len(texts) != _ENDINGS
        or len({quotation.finish.casefold(), *map(str.casefold, texts)}) != _ENDINGS + 1
    ):
        yield at(
            field="endings",
            problem=f"these are not {_ENDINGS} endings that differ from the right one and from each other.",
            remedy=f"Give {_ENDINGS} wrong ones.",
        )
    for number, ending in enumerate(quotation.endings, start=1):
        yield from known_person(ending.speaker, f"endings {number}, speaker", at, draft)


def check_fact(fact: Fact, draft: Draft) -> Iterator[Fault]:
    """Check a question of fact: its options, its answer, and what it is asked on."""
    at = at_entry(draft.file, fact)
    if fact.answer not in fact.options:
        yield at(
            field="options",
            problem=f"“{fact.answer}” is not among them.",
            remedy="Add the answer, letter by letter.",
        )
    if len(fact.options) not in _OPTIONS or len(set(map(str.casefold, fact.options))) != len(fact.options):
        yield at(
            field="options",
            problem="these are not 2 to 4 different options.",
            remedy="Give the answer and 3 wrong ones.",
        )
    if fact.answer and plain(fact.answer) in plain(fact.question):
        yield at(
            field="question",
            problem="it gives the answer away.",
            remedy="Ask without using the words of the answer.",
        )
    if fact.person:
        yield from _asked_person(fact, at, draft)
    if fact.excerpt and fact.excerpt not in draft.named["excerpts"]:
        yield at(
            field="excerpt",
            problem=f"no excerpt in this file has the id “{fact.excerpt}”.",
            remedy=suggest(fact.excerpt, draft.named["excerpts"], "Add the excerpt under [[excerpts]]."),
        )
    if not fact.alone and not fact.excerpt:
        yield at(
            field="excerpt",
            problem="this is empty.",
            remedy="Name the excerpt below which the question makes sense.",
        )


def _asked_person(fact: Fact, at: At, draft: Draft) -> Iterator[Fault]:
    yield from known_person(fact.person, "person", at, draft)
    person = next((each for each in draft.shelf.people if each.id == fact.person), None)
    if person is not None and not person.public:
        yield at(
            field="person",
            problem=f"{person.name} is not a public figure and never keys a question.",
            remedy="Ask about something else.",
        )
    if person is not None and person.name != fact.answer:
        yield at(
            field="answer",
            problem=f"“{fact.answer}” is not the name of {person.id}.",
            remedy=f"Write “{person.name}”, in the options too.",
        )
    elif (
        person is not None
        and named_in(person, fact.question)
        and plain(fact.answer) not in plain(fact.question)
    ):
        yield at(
            field="question",
            problem=f"{person.name} is named in it.",
            remedy="Ask without the name; a title may be shortened.",
        )


def plain(text: str) -> str:
    """Give a text as its words alone, without case, led and followed by a space."""
    return f" {' '.join(words(text.casefold()))} "
