"""What approving an entry of the queue puts into service: as it stands, or as the form has it that puts it right."""

from dataclasses import replace

from bot.core import admitting
from bot.core.admitting import Typed
from bot.core.cards import Option
from bot.core.errors import UserMistake
from bot.core.features.library_add import prompt_form, quotation_form, typed_quotation
from bot.core.forms import ChoiceField, Form, TextField
from bot.core.library import Excerpt, Fact, Grade, Person, Prompt, Quotation
from bot.core.names import fold
from bot.core.ports import Found, Proposal, Suggestion
from bot.core.queueing import kinds, tidy, with_words
from bot.core.request import Request
from bot.core.tokens import Token

_TITLE = "Edit and approve"
_NO_FORM = "A correction is approved or rejected as it stands."
_SHORT = 200
_MAY_ASK = ChoiceField(
    key="asked",
    label="May a quiz ask who said it?",
    hint="no: a private person",
    options=(Option("yes", "yes"), Option("no", "no")),
    default="yes",
)
_FIELD = 3_000


def as_it_stands(request: Request, entry: Proposal | Suggestion) -> Found | None:
    """Give what approving puts into service. Raises UserMistake where something is missing."""
    if isinstance(entry, Suggestion):
        return _suggested(request, entry)
    item = entry.found.item
    if isinstance(item, Quotation) and not _speaker_of(request, entry.found, item):
        raise UserMistake("Its speaker is not known. “Edit” names one. Nothing was changed.")
    return entry.found


def _suggested(request: Request, suggestion: Suggestion) -> Found | None:
    ports, community, fields = request.ports, request.community, suggestion.fields
    match suggestion.kind:
        case "quotation":
            return admitting.quotation(ports, community, _typed(request, suggestion))
        case "prompt":
            return admitting.prompt(ports, community, fields["words"])
        case _:
            return None


def _typed(request: Request, suggestion: Suggestion) -> Typed:
    """Read a suggested quotation: where its source is an article here, it belongs to that."""
    fields = suggestion.fields
    source = fields.get("source", "")
    article = next(
        (
            each
            for each in request.ports.shelves.articles(request.community)
            if fold(each.title) in fold(source)
            or (each.short_title and fold(each.short_title) in fold(source))
        ),
        None,
    )
    return Typed(
        words=fields["words"],
        speaker=fields.get("speaker", ""),
        where="" if article else source,
        grade=Grade.C,
        article=article.id if article else "",
    )


def edit_form(request: Request, entry: Proposal | Suggestion, name: Token) -> Form:
    """Make the form that puts an entry right, with what is known of it; `name` is the form's token.

    Raises UserMistake for what no form can hold.
    """
    if isinstance(entry, Suggestion):
        if entry.kind == "quotation":
            return quotation_form(_TITLE, name, _typed(request, entry))
        if entry.kind == "prompt":
            return prompt_form(_TITLE, name, entry.fields["words"])
        raise UserMistake(_NO_FORM)
    item = entry.found.item
    match item:
        case Quotation():
            person = _speaker_of(request, entry.found, item)
            typed = Typed(
                words=item.text, speaker=person.name if person else "", where=item.section, grade=item.grade
            )
            form = quotation_form(_TITLE, name, typed, article=False)
            return replace(form, fields=(*form.fields, _MAY_ASK))
        case Prompt():
            return prompt_form(_TITLE, name, item.text, article=False)
        case Excerpt():
            return Form(title=_TITLE, token=name, fields=(_long("The words, exactly", item.text),))
        case Fact():
            question = _long("The question", item.question)
            options = _long("The options, one a line", "\n".join(item.options), "options")
            answer = TextField(key="answer", label="The answer", default=item.answer[:_SHORT], most=_SHORT)
            return Form(title=_TITLE, token=name, fields=(question, options, answer))


def _long(label: str, text: str, key: str = "words") -> TextField:
    if len(text) > _FIELD:
        raise UserMistake("That is longer than a form takes. Approve it as it stands, or reject it.")
    return TextField(key=key, label=label, default=text, most=_FIELD, long=True)


def as_edited(request: Request, entry: Proposal | Suggestion) -> Found:
    """Give what the form that was sent puts into service. Raises UserMistake naming the field."""
    ports, community, values = request.ports, request.community, request.values
    if isinstance(entry, Suggestion):
        if entry.kind == "quotation":
            return admitting.quotation(ports, community, typed_quotation(request))
        if entry.kind != "prompt":
            raise UserMistake(_NO_FORM)
        return admitting.prompt(ports, community, values.get("words", ""), values.get("article", ""))
    found, words = entry.found, tidy(values.get("words", ""))
    if not fold(words):
        raise UserMistake("There are no words here. Nothing was changed.", field="words")
    item = found.item
    match item:
        case Quotation():
            return _edited_quotation(request, found, item, words)
        case Excerpt():
            _check_verbatim(words in " ".join(item.text.split()))
            return replace(found, item=replace(item, text=words))
        case Fact():
            return replace(found, item=_edited_fact(request, item, words))
        case Prompt():
            return replace(found, item=replace(item, text=words))


def _edited_quotation(request: Request, found: Found, item: Quotation, words: str) -> Found:
    _check_verbatim(with_words(item, words) or words == item.text)
    typed = typed_quotation(request)
    person = speaker_of_page(found, typed.speaker) or admitting.speaker(
        request.ports, request.community, typed.speaker
    )
    same = words == item.text
    if request.values.get("asked") == "no":
        person = replace(person, public=False)
    asked = kinds(person, words, typed.grade, found.article)
    finish = ("finish",) if same and "finish" in item.kinds and typed.grade is not Grade.D else ()
    changed = replace(
        item,
        text=words,
        speaker=person.id,
        grade=typed.grade,
        section=tidy(typed.where),
        reason=item.reason if typed.grade is item.grade else "",
        kinds=(*(each for each in asked if _may_be_asked(each, item, person, same=same)), *finish),
        finish=item.finish if same else "",
        endings=item.endings if same else (),
    )
    return replace(found, item=changed, people=(*found.people, person))


def _may_be_asked(kind: str, item: Quotation, person: Person, *, same: bool) -> bool:
    """Whether a kind that the words allow is asked: one that was, of other words, or now that a speaker is known."""
    named = kind == "who" and bool(item.kinds) and person.id != item.speaker
    return not same or kind in item.kinds or named


def _edited_fact(request: Request, fact: Fact, question: str) -> Fact:
    options = tuple(filter(None, map(tidy, request.values.get("options", "").splitlines())))
    answer = tidy(request.values.get("answer", ""))
    if len(set(map(fold, options))) != len(options) or not 2 <= len(options) <= 4:  # noqa: PLR2004 - as in every file
        raise UserMistake("A question has 2 to 4 different options, one a line.", field="options")
    if answer not in options:
        raise UserMistake("The answer is one of the options, letter by letter.", field="answer")
    if f" {fold(answer)} " in f" {fold(question)} ":
        raise UserMistake("The question gives its answer away: ask without those words.", field="words")
    same = answer == fact.answer
    return replace(
        fact, question=question, options=options, answer=answer, person=fact.person if same else "",
        accepted=fact.accepted if same else (),
    )  # fmt: skip


def _check_verbatim(stands: bool) -> None:  # noqa: FBT001 - the one thing it is about
    if not stands:
        raise UserMistake(
            "These words do not stand in the article like this. Copy them letter by letter. Nothing was changed.",
            field="words",
        )


def speaker_of_page(found: Found, typed: str) -> Person | None:
    """Find whom a proposal names by the very name that was typed: perhaps not in the library yet, nor in its roster."""
    return next((each for each in found.people if fold(each.name) == fold(typed)), None)


def _speaker_of(request: Request, found: Found, item: Quotation) -> Person | None:
    known = request.ports.library.person(request.community, item.speaker) if item.speaker else None
    return known or next((each for each in found.people if each.id == item.speaker), None)
