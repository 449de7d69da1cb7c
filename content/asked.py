"""What a question must satisfy before anybody is asked it: pure checks on quotations and questions of fact."""

from collections.abc import Iterator

from bot.core.library import Ending, Fact, Grade, Quotation
from bot.core.names import named_in
from content.drafts import Draft, Read
from content.faults import Fault, suggest
from content.proofs import words

KINDS = ("who", "finish", "article")
"""The kinds of quiz that a quotation can be asked in."""

_OPTIONS = range(2, 5)
_ENDINGS = 3
_FINISH_WORDS = 8
_CLOSING = ".,;:!?…\"'”’)"


def known_person(identity: str, field: str, read: Read[object], draft: Draft) -> Iterator[Fault]:
    """Check that a person is one of the file's own."""
    people = draft.named.get("people")
    if read.knows(field) and people is not None and identity not in people:
        yield read.fault(
            field=field,
            problem=f"nobody in this file has the id “{identity}”.",
            remedy=suggest(identity, people, "Add the person under [[people]]."),
        )


def check_quotation(read: Read[Quotation], draft: Draft) -> Iterator[Fault]:
    """Check a quotation: its speaker, its passage, and the kinds of quiz that ask it."""
    quotation = read.entry
    yield from known_person(quotation.speaker, "speaker", read, draft)
    if read.knows("text", "passage") and quotation.passage and quotation.text not in quotation.passage:
        yield read.fault(
            field="passage",
            problem="the text does not stand in it.",
            remedy="Copy the whole sentence that holds the text.",
        )
    yield from _kinds(read)
    if "who" in quotation.kinds and read.knows("kinds", "speaker"):
        yield from _keyed(read, draft)
    if quotation.finish or quotation.endings:
        yield from _finish(read)


def check_ending(read: Read[Ending], draft: Draft) -> Iterator[Fault]:
    """Check a wrong ending: whose words it is."""
    yield from known_person(read.entry.speaker, "speaker", read, draft)


def _kinds(read: Read[Quotation]) -> Iterator[Fault]:
    quotation = read.entry
    if not read.knows("kinds"):
        return
    for kind in quotation.kinds:
        if kind not in KINDS:
            remedy = suggest(kind, KINDS, f"The kinds are {', '.join(KINDS)}.")
            yield read.fault(field="kinds", problem=f"there is no kind “{kind}”.", remedy=remedy)
    if read.knows("grade") and quotation.grade is Grade.D and quotation.kinds:
        yield read.fault(
            field="kinds", problem="a quotation of grade D is never asked.", remedy="Write kinds = []."
        )
    if read.knows("finish") and ("finish" in quotation.kinds) != bool(quotation.finish):
        yield read.fault(
            field="kinds",
            problem="“finish” stands among the kinds, or an ending under finish, but not both.",
            remedy="Add the one or take out the other.",
        )


def _keyed(read: Read[Quotation], draft: Draft) -> Iterator[Fault]:
    """Check that the speaker can be asked for: a public figure whom the words do not name."""
    quotation, article = read.entry, draft.article
    speaker = draft.known_people.get(quotation.speaker)
    if speaker is None:
        return
    if not speaker.public:
        yield read.fault(
            field="kinds",
            problem=f"{speaker.name} is not a public figure and never keys a question.",
            remedy="Take “who” out of the kinds.",
        )
    if not (read.knows("grade") and article.knows("author", "title")):
        return
    reported = quotation.grade is Grade.C and not article.entry.author
    title = article.entry.title if reported else ""
    if quotation.grade is Grade.C and speaker.id == article.entry.author:
        yield read.fault(
            field="kinds",
            problem=f"“According to {speaker.name}, who said …?” would give {speaker.name} away.",
            remedy="Give the author’s own line grade A, or take “who” out of the kinds.",
        )
    elif read.knows("verb", "text") and named_in(speaker, f"{quotation.verb} {quotation.text} {title}"):
        yield read.fault(
            field="text",
            problem=f"{speaker.name} is named in the words asked{', which include the title' if title else ''}.",
            remedy="Take “who” out of the kinds.",
        )


def _finish(read: Read[Quotation]) -> Iterator[Fault]:
    quotation = read.entry
    text = quotation.text.rstrip(_CLOSING)
    stem = text.removesuffix(quotation.finish)
    told = not quotation.finish and "finish" in quotation.kinds
    if (
        read.knows("text", "finish")
        and not told
        and (not quotation.finish or stem in {text, ""} or not stem.endswith(" "))
    ):
        yield read.fault(
            field="finish",
            problem="the text does not end with it.",
            remedy="Write the last words of the text, without the full stop.",
        )
    if read.knows("text") and len(words(quotation.text)) < _FINISH_WORDS:
        yield read.fault(
            field="finish",
            problem=f"the text has fewer than {_FINISH_WORDS} words.",
            remedy="Take finish, its endings and its kind out.",
        )
    texts = [ending.text for ending in quotation.endings]
    if read.knows("finish", "endings") and (
        len(texts) != _ENDINGS
        or len({quotation.finish.casefold(), *map(str.casefold, texts)}) != _ENDINGS + 1
    ):
        yield read.fault(
            field="endings",
            problem=f"these are not {_ENDINGS} endings that differ from the right one and from each other.",
            remedy=f"Give {_ENDINGS} wrong ones.",
        )


def check_fact(read: Read[Fact], draft: Draft) -> Iterator[Fault]:
    """Check a question of fact: its options, its answer, and what it is asked on."""
    fact = read.entry
    if read.knows("answer", "options") and fact.answer not in fact.options:
        yield read.fault(
            field="options",
            problem=f"“{fact.answer}” is not among them.",
            remedy="Add the answer, letter by letter.",
        )
    if read.knows("options") and (
        len(fact.options) not in _OPTIONS or len(set(map(str.casefold, fact.options))) != len(fact.options)
    ):
        yield read.fault(
            field="options",
            problem="these are not 2 to 4 different options.",
            remedy="Give the answer and 3 wrong ones.",
        )
    if read.knows("question", "answer") and plain(fact.answer) in plain(fact.question):
        yield read.fault(
            field="question",
            problem="it gives the answer away.",
            remedy="Ask without using the words of the answer.",
        )
    if fact.person:
        yield from _asked_person(read, draft)
    yield from _asked_on(read, draft)


def _asked_on(read: Read[Fact], draft: Draft) -> Iterator[Fault]:
    """Check that the excerpt is there below which the question is asked."""
    fact, excerpts = read.entry, draft.named.get("excerpts")
    if fact.excerpt and excerpts is not None and fact.excerpt not in excerpts:
        yield read.fault(
            field="excerpt",
            problem=f"no excerpt in this file has the id “{fact.excerpt}”.",
            remedy=suggest(fact.excerpt, excerpts, "Add the excerpt under [[excerpts]]."),
        )
    if read.knows("alone", "excerpt") and not fact.alone and not fact.excerpt:
        yield read.fault(
            field="excerpt",
            problem="this is empty.",
            remedy="Name the excerpt below which the question makes sense.",
        )


def _asked_person(read: Read[Fact], draft: Draft) -> Iterator[Fault]:
    fact = read.entry
    yield from known_person(fact.person, "person", read, draft)
    person = draft.known_people.get(fact.person)
    if person is None:
        return
    if not person.public:
        yield read.fault(
            field="person",
            problem=f"{person.name} is not a public figure and never keys a question.",
            remedy="Ask about something else.",
        )
    if not read.knows("answer"):
        return
    if person.name != fact.answer:
        yield read.fault(
            field="answer",
            problem=f"“{fact.answer}” is not the name of {person.id}.",
            remedy=f"Write “{person.name}”, in the options too.",
        )
    elif named_in(person, fact.question) and plain(fact.answer) not in plain(fact.question):
        yield read.fault(
            field="question",
            problem=f"{person.name} is named in it.",
            remedy="Ask without the name; a title may be shortened.",
        )


def plain(text: str) -> str:
    """Give a text as its words alone, without case, led and followed by a space."""
    return f" {' '.join(words(text.casefold()))} "
