"""/library import: a page becomes a report, and what it proposes goes into the queue when a moderator says so.

The page is read in a process of its own (`ReadPage`), so a draft stands between the form and the queue: it holds what
was found, nothing else of the page, and ends with the moderator's word or after a day.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.core import auditing, import_report, importing, mistakes
from bot.core.cards import Button, Card, Intent, Option, line, say
from bot.core.effects import Effect, OpenForm, ReadPage, Show, Then, Update, Wake
from bot.core.errors import UserMistake
from bot.core.events import Attachment, PageRead
from bot.core.findings import Given
from bot.core.forms import ChoiceField, FileField, Form, FormField, TextField
from bot.core.inline import CommandName
from bot.core.library import Rights
from bot.core.names import closest
from bot.core.ports import Ports
from bot.core.queueing import CERTAIN, tidy
from bot.core.registry import Access, Action, Answer, Command, Kind, Parameter, Submission
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import count, in_marks, listed

LARGEST = 2_000_000
"""Bytes of a file, at most."""
PASTED = 3_000
"""Characters that are pasted, at most: what a form takes on every platform."""
KEPT = 86_400
"""Seconds for which a report waits for a word."""
DRAFTS = 5
"""Reports that wait in one community, at most; a further one takes the place of the oldest."""
PART = 5
"""Proposals that are gone through in one event, so that nobody waits for an import."""
_FIELDS = ("title", "author", "publication", "date", "url", "licence")
_FIELD = 300
_PARTED = re.compile(rf"[\r\n]+|;\s*(?=(?:{'|'.join(_FIELDS)})\s*:)", re.IGNORECASE)
_RIGHTS: Mapping[Rights, str] = {
    Rights.IN_COPYRIGHT: "in copyright",
    Rights.PUBLIC_DOMAIN: "public domain",
    Rights.LICENSED: "licensed",
}


def import_page(request: Request) -> Sequence[Effect]:
    """Open the form that asks for a page and its rights, or for the rights alone where a file came with the command."""
    file = request.attached("file")
    if file is None:
        return [OpenForm(_form(0, asks_for_page=True))]
    _check_size(file)
    number = request.ports.drafts.begin(request.community, request.at, DRAFTS, file)
    return [OpenForm(_form(number, asks_for_page=False))]


def submitted(request: Request) -> Sequence[Effect]:
    """Have the page of the form read."""
    given = _given(request.values)
    ports, community, number = request.ports, request.community, request.row()
    file, text = request.attached("file"), request.values.get("text", "")
    if number:
        file = ports.drafts.file(community, number)
        if file is None:
            raise _gone()
    elif file and text.strip():
        raise UserMistake("A file and pasted text are two pages. Nothing was imported.", field="text")
    elif file is None and not text.strip():
        raise UserMistake("Attach a file, or paste the text. Nothing was imported.", field="text")
    elif len(text) > PASTED:
        raise UserMistake(
            f"That is {len(text):,} characters, and at most {PASTED:,} can be pasted; a longer text comes as a file. "
            "Nothing was imported.",
            field="text",
        )
    if file:
        _check_size(file)
    place, actor, rules = request.event.place, request.actor, ports.rules
    return [
        ReadPage(
            place=place,
            actor=actor,
            draft=number or ports.drafts.begin(community, request.at, DRAFTS),
            given=given,
            file=file,
            text="" if file else text,
            share=rules.library_share,
            card_words=rules.library_card_words,
        ),
        Wake(request.at + KEPT),
    ]


def page_read(request: Request, event: PageRead) -> Sequence[Effect]:
    """Take in the next part of what a page was found to hold; after the last, show the report."""
    drafts, community = request.ports.drafts, request.community
    if event.fault:
        drafts.drop(community, event.draft)
        return [Show(card=line(event.fault, intent=Intent.MISTAKE))]
    part = event.findings.found[event.done : event.done + PART]
    fitted = importing.fit(request.ports, community, part, event.tally)
    if not drafts.add(community, event.draft, fitted.new):
        raise _gone()
    event = replace(event, done=event.done + len(part), tally=fitted.tally)
    if event.done < len(event.findings.found):
        return [Then(event)]
    event = replace(event, findings=importing.fit_articles(request.ports, community, event.findings))
    if not event.tally.new:
        drafts.drop(community, event.draft)
    return [Show(card=_report(event))]


def put(request: Request) -> Sequence[Effect]:
    """Put what a report offers into the queue: all of it, or what has the confidence that the button names."""
    ports, community = request.ports, request.community
    least = min(request.row(1), 100) / 100
    number = ports.drafts.propose(community, request.row(), least, request.at)
    if number is None:
        raise _gone()
    _, noted = auditing.note(request, "import", count(number, "entry", "entries").lower())
    card = Card(
        body=(
            say(
                f"{count(number, 'entry of this page waits', 'entries of this page wait')} in the queue now."
            ),
        ),
        intent=Intent.MODERATION,
        buttons=mistakes.runs("Open the queue", "library review"),
    )
    return [Update(card), *noted]


def leave(request: Request) -> Sequence[Effect]:
    """Leave a page as it is: nothing of it is kept."""
    if not request.ports.drafts.drop(request.community, request.row()):
        raise _gone()
    return [Update(line("Left as it is: nothing of this page is kept.", intent=Intent.MODERATION))]


def due(ports: Ports, at: int) -> Sequence[Effect]:
    """Let go of reports that nobody has said a word on for a day."""
    oldest = ports.drafts.tidy(at - KEPT)
    return [] if oldest is None else [Wake(oldest + KEPT)]


def _report(event: PageRead) -> Card:
    tally, number = event.tally, event.draft
    some = 0 < tally.sure < tally.new
    buttons = (
        Button("Queue it" if tally.new == 1 else f"Queue all {tally.new:,}", token("library:put", number, 0)),
        *(
            (Button(f"Queue the {tally.sure:,} surest", token("library:put", number, int(CERTAIN * 100))),)
            if some
            else ()
        ),
        Button("Leave it", token("library:leave", number)),
    )
    sentences = import_report.lines(event.findings, tally)
    return Card(
        title=f"Read: {import_report.title(event.findings)}",
        body=tuple(map(say, sentences)),
        footer="Nothing is shown to members before a moderator approves it. This report waits for a day.",
        intent=Intent.MODERATION,
        buttons=buttons if tally.new else (),
    )


def _form(number: int, *, asks_for_page: bool) -> Form:
    page: tuple[FormField, ...] = (
        FileField(key="file", label="A file: text, HTML or Markdown", hint="2 MB at most", required=False),
        TextField(
            key="text", label="Or the text, pasted", hint=f"{PASTED:,} characters at most", required=False,
            most=PASTED, long=True,
        ),
    )  # fmt: skip
    about = TextField(
        key="about",
        label="What the page does not state, one a line",
        hint="title: …   author: …   publication: …   date: 2017-03-23   url: …   licence: …",
        required=False,
        most=1_500,
        long=True,
    )
    rights = ChoiceField(
        key="rights",
        label="Rights",
        hint="what is in copyright is quoted, the rest may run whole",
        options=tuple(Option(label, each.value) for each, label in _RIGHTS.items()),
    )
    fields = (*page, rights, about) if asks_for_page else (rights, about)
    return Form(title="Import a page", token=token("library:page", number), fields=fields, submit="Read it")


def _given(values: Mapping[str, str]) -> Given:
    """Read what the form says of the page. Raises UserMistake naming the field."""
    rights = values.get("rights", "")
    if rights not in {each.value for each in Rights}:
        raise UserMistake("Say what the rights are. Nothing was imported.", field="rights")
    said = _said(values.get("about", ""))
    if rights == Rights.LICENSED.value and not said.get("licence"):
        raise UserMistake(
            "Say under which licence it may be used, as in “licence: CC BY 4.0”. Nothing was imported.",
            field="about",
        )
    return Given(rights=Rights(rights), **said)


def _said(typed: str) -> dict[str, str]:
    """Read lines of `field: value`; on one line they are parted by semicolons."""
    said: dict[str, str] = {}
    for each in filter(None, map(str.strip, _PARTED.split(typed[:4_000]))):
        name, colon, value = each.partition(":")
        field, value = name.strip().casefold(), tidy(value)
        if not colon or field not in _FIELDS:
            near = closest(field, _FIELDS)
            meant = f" Did you mean {near}?" if near else ""
            raise UserMistake(
                f"{in_marks(each)} is none of {listed([f'{one}: …' for one in _FIELDS], 'or')}.{meant} Nothing was imported.",
                field="about",
            )
        said[field] = _checked(field, value)
    return said


def _checked(field: str, value: str) -> str:
    if not 1 <= len(value) <= _FIELD:
        raise UserMistake(f"{field} has 1 to {_FIELD} characters. Nothing was imported.", field="about")
    if field == "date" and not is_date(value):
        raise UserMistake(
            f"{in_marks(value)} is not a date: write 2017-03-23, or the year alone. Nothing was imported.",
            field="about",
        )
    if field == "url" and not value.startswith("https://"):
        raise UserMistake(
            f"{in_marks(value)} is not a web address that begins with https://. Nothing was imported.",
            field="about",
        )
    return value


def is_date(text: str) -> bool:
    """Say whether a text is a date as the library writes it: `YYYY` or `YYYY-MM-DD`."""
    if len(text) == 4 and text.isascii() and text.isdigit():  # noqa: PLR2004 - a year
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_size(file: Attachment) -> None:
    if file.size > LARGEST:
        raise UserMistake(
            f"{in_marks(file.name)} has {file.size:,} bytes, and a page has at most {LARGEST:,}. Nothing was imported.",
            field="file",
        )


def _gone() -> UserMistake:
    return UserMistake(
        "That report is no longer there: it waits for a day, and for one answer. Nothing was changed. ",
        CommandName("library import"), " reads the page again.",
    )  # fmt: skip


ENTRIES: tuple[Command | Action | Submission, ...] = (
    Command(
        name="library import",
        help="A page becomes quotations and excerpts in the queue: a file, or pasted text",
        example="/library import",
        parameters=(
            Parameter(name="file", help="Text, HTML or Markdown, 2 MB at most", kind=Kind.FILE, most=1_000),
        ),
        handler=import_page,
        access=Access.MODERATOR,
        opens_form=True,
    ),
    Submission(name="library:page", handler=submitted, access=Access.MODERATOR),
    Action(name="library:put", handler=put, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:leave", handler=leave, access=Access.MODERATOR, answer=Answer.UPDATE),
)
