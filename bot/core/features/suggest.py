"""/suggest: a quotation, a prompt or a correction for the moderators' queue, in a form of one's own words.

A message of one's own can begin the form, where a platform has a menu on messages. The answer is then the form with the
message's text in it, or a mistake.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from bot.core import mistakes, suggesting
from bot.core.cards import Intent, Option, line
from bot.core.effects import Choice, Effect, FieldErrors, OpenForm, Show
from bot.core.errors import UserMistake
from bot.core.forms import ChoiceField, Form, FormField, TextField
from bot.core.registry import Command, Kind, Parameter, Submission
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import in_marks

QUOTATION, PROMPT, CORRECTION = "quotation", "prompt", "correction"
KINDS = (QUOTATION, PROMPT, CORRECTION)
_SHORT_TEXT = 200
"""Characters of the smaller fields, at most."""
_NEEDED_FOR_A_QUOTATION = ("words", "speaker", "source")


def suggest(request: Request) -> Sequence[Effect]:
    """Open the form: that of a kind, or the one that asks for the kind."""
    suggesting.check_room(request.ports, request.community, request.member)
    return [OpenForm(_form(request.values.get("kind", "")))]


def suggest_message(request: Request) -> Sequence[Effect]:
    """Open the form with the words of a message of the member's own in it.

    `values` hold the message's `text` and the id of its `author`.
    """
    text = request.values.get("text", "")
    if request.values.get("author", "") != request.member:
        raise UserMistake("Only your own messages can be suggested.")
    if not _says_something(text):
        raise UserMistake("That message has no words to suggest. Nothing was saved.")
    if sentence := suggesting.too_long(text):
        raise UserMistake(sentence)
    suggesting.check_room(request.ports, request.community, request.member)
    return [OpenForm(_asking_form(PROMPT, text))]


def send(request: Request) -> Sequence[Effect]:
    """Keep what was suggested for the moderators' queue, and thank for it."""
    form = _form(_kind_of_form(request))
    kind = request.args[0] if request.args else request.values.get("kind", "")
    if kind not in KINDS:
        raise mistakes.foreign_button()
    texts = [each for each in form.fields if isinstance(each, TextField)]
    typed = {each.key: request.values.get(each.key, "") for each in texts}
    if not any(map(_says_something, typed.values())):
        raise UserMistake("The form was empty, so nothing was saved.")
    if errors := dict(_errors(texts, typed, kind)):
        return [FieldErrors(errors)]
    ports, community, member = request.ports, request.community, request.member
    suggesting.check_room(ports, community, member)
    credited = kind != CORRECTION and request.values.get("credit", "") == "yes"
    ports.suggestions.add(
        community,
        member,
        kind=kind,
        fields={key: text for key, text in typed.items() if _says_something(text)},
        credit=in_marks(request.actor.name)[1:-1] if credited else "",
        at=request.at,
    )
    thanks = line(
        "Thank you. A moderator will read it, and you will be told what they decide.", intent=Intent.OWN
    )
    return [Show(card=thanks), *suggesting.catch_up(ports, community, member)]


def _kind_of_form(request: Request) -> str:
    """Give the kind that the form was opened for; nothing where the form itself asks."""
    if request.args and request.args[0] not in KINDS:
        raise mistakes.foreign_button()
    return request.args[0] if request.args else ""


def _errors(texts: Sequence[TextField], typed: Mapping[str, str], kind: str) -> Iterator[tuple[str, str]]:
    """Say what to do about each field, by its key."""
    for field in texts:
        text = typed[field.key]
        needed = field.required or (kind == QUOTATION and field.key in _NEEDED_FOR_A_QUOTATION)
        what = "a suggestion" if field.key == "words" else "this field"
        if needed and not _says_something(text):
            yield field.key, f"“{field.label}” is needed. Nothing was saved."
        elif sentence := suggesting.too_long(text, field.most, what):
            yield field.key, sentence


def _says_something(text: str) -> bool:
    """Whether there is anything to see: more than spaces, controls and what turns the direction of a line."""
    return any(unicodedata.category(each)[0] not in "CZ" for each in text)


def _form(kind: str) -> Form:
    """Make the form of a kind, or the one that asks for it."""
    match kind:
        case "quotation":
            speaker, source = (
                _short("speaker", "Who said or wrote them"),
                _short("source", "Where they can be found"),
            )
            return _titled(kind, _words("The words, exactly"), speaker, source, _CREDIT)
        case "prompt":
            return _titled(kind, _words("A question to discuss, in your own words"), _CREDIT)
        case "correction":
            source = _short("source", "Where that can be checked", required=False)
            return _titled(
                kind,
                _short("place", "On which card or in which article"),
                _words("What should be put right"),
                source,
            )
        case _:
            return _asking_form(QUOTATION)


def _asking_form(kind: str, words: str = "") -> Form:
    """Make the form that asks for the kind, with one chosen and perhaps words in it."""
    kinds = ChoiceField(
        key="kind", label="Kind", options=tuple(Option(each, each) for each in KINDS), default=kind
    )
    speaker = _short("speaker", "Who said or wrote them", hint="for a quotation", required=False)
    source = _short("source", "Where they can be found", hint="for a quotation", required=False)
    return _titled("", kinds, _words("The words", words), speaker, source, _CREDIT)


def _titled(kind: str, *fields: FormField) -> Form:
    return Form(title="Suggestion", token=token("suggest:send", *filter(None, (kind,))), fields=fields)


def _words(label: str, text: str = "") -> TextField:
    return TextField(key="words", label=label, default=text, most=suggesting.LONGEST, long=True)


def _short(key: str, label: str, *, hint: str = "", required: bool = True) -> TextField:
    return TextField(key=key, label=label, hint=hint, required=required, most=_SHORT_TEXT)


_CREDIT = ChoiceField(
    key="credit",
    label="Credit me if accepted",
    options=(Option("yes", "yes"), Option("no", "no")),
    default="yes",
)

ENTRIES: tuple[Command | Submission, ...] = (
    Command(
        name="suggest",
        help="A quotation, a prompt or a correction, for the moderators to read",
        example="/suggest quotation",
        parameters=(
            Parameter(
                name="kind",
                help="What you suggest",
                kind=Kind.CHOICE,
                choices=tuple(Choice(name, name) for name in KINDS),
            ),
        ),
        handler=suggest,
        opens_form=True,
    ),
    Submission(name="suggest:send", handler=send),
    Submission(
        name="suggest:message", handler=suggest_message, opens_form=True, on_message="Suggest my message"
    ),
)
