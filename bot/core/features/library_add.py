"""/library add-quote and add-prompt: a moderator's own additions, in service at once."""

from collections.abc import Mapping, Sequence

from bot.core import admitting, auditing, shelf_cards
from bot.core.admitting import Typed
from bot.core.cards import Button, Card, Intent, Option, Paragraph, say
from bot.core.citing import cite
from bot.core.effects import Effect, OpenForm, Show
from bot.core.forms import ChoiceField, Form, FormField, TextField
from bot.core.library import Grade, Item, Quotation
from bot.core.registry import Access, Command, Submission
from bot.core.request import Request
from bot.core.tokens import Token, token

LONGEST = 1_500
"""Characters of a quotation or a prompt, at most: more than 120 words ever have."""
_SHORT = 200
_GRADES: Mapping[Grade, str] = {
    Grade.A: "A: seen in the primary source",
    Grade.B: "B: a reliable source says where",
    Grade.C: "C: passed on without saying where",
}


def add_quote(_request: Request) -> Sequence[Effect]:
    """Open the form for a quotation."""
    form = quotation_form(
        "New quotation", token("library:quoted"), Typed(words="", speaker="", where="", grade=Grade.B)
    )
    return [OpenForm(form)]


def quoted(request: Request) -> Sequence[Effect]:
    """Put the quotation that was typed into service."""
    found = admitting.quotation(request.ports, request.community, typed_quotation(request))
    return _added(request, admitting.admit(request, found))


def add_prompt(_request: Request) -> Sequence[Effect]:
    """Open the form for a prompt."""
    return [OpenForm(prompt_form("New prompt", token("library:prompted"), ""))]


def prompted(request: Request) -> Sequence[Effect]:
    """Put the prompt that was typed into service."""
    values = request.values
    found = admitting.prompt(
        request.ports, request.community, values.get("words", ""), values.get("article", "")
    )
    return _added(request, admitting.admit(request, found))


def quotation_form(title: str, name: Token, typed: Typed, *, article: bool = True) -> Form:
    """Make the form for a quotation, with what is known of it already; `article` asks where it belongs."""
    where = "Where it stands" if article else "Section"
    fields: tuple[FormField, ...] = (
        _long("The words, exactly", typed.words),
        TextField(key="speaker", label="Who said or wrote them", default=typed.speaker[:_SHORT], most=_SHORT),
        TextField(
            key="where",
            label=where,
            hint="a section of the article, or the whole source" if article else "",
            default=typed.where[:_SHORT],
            required=False,
            most=_SHORT,
        ),
        ChoiceField(
            key="grade",
            label="Grade",
            options=tuple(Option(label, grade.value) for grade, label in _GRADES.items()),
            default=typed.grade.value if typed.grade in _GRADES else "",
        ),
    )
    return Form(title=title, token=name, fields=(*fields, _article(typed.article)) if article else fields)


def prompt_form(title: str, name: Token, text: str, *, article: bool = True) -> Form:
    """Make the form for a prompt, with the words there are already."""
    words = _long("A question to discuss, in your own words", text)
    return Form(title=title, token=name, fields=(words, _article("", "none")) if article else (words,))


def typed_quotation(request: Request) -> Typed:
    """Read the form for a quotation."""
    values = request.values
    grade = values.get("grade", "")
    return Typed(
        words=values.get("words", ""),
        speaker=values.get("speaker", ""),
        where=values.get("where", ""),
        grade=Grade(grade) if grade in {each.value for each in _GRADES} else Grade.C,
        article=values.get("article", ""),
    )


def _long(label: str, text: str) -> TextField:
    return TextField(key="words", label=label, default=text[:LONGEST], most=LONGEST, long=True)


def _article(known: str, otherwise: str = "a source of its own") -> TextField:
    return TextField(
        key="article",
        label="Article",
        hint=f"its title, or a part of it; empty: {otherwise}",
        default=known[:_SHORT],
        required=False,
        most=_SHORT,
    )


def _added(request: Request, item: Item) -> Sequence[Effect]:
    _, noted = auditing.note(request, "add", item.id)
    card = Card(
        body=(say(shelf_cards.named("In service here:", item)), *_speaker(request, item)),
        intent=Intent.MODERATION,
        buttons=(
            Button("Show", token("library:entry", item.id)),
            Button("Undo", token("library:retire", item.id)),
        ),
    )
    return [Show(card=card), *noted]


def _speaker(request: Request, item: Item) -> Sequence[Paragraph]:
    """Say whose words they are taken for, since a slip in a name makes somebody new."""
    if not isinstance(item, Quotation):
        return ()
    cited = cite(request.ports, request.community, item)
    return (say(f"{cited.speaker_line}. {cited.grade}"), say(f"{cited.source}."))


ENTRIES: tuple[Command | Submission, ...] = (
    Command(
        name="library add-quote",
        help="A quotation with its speaker and its source, in service at once",
        example="/library add-quote",
        handler=add_quote,
        access=Access.MODERATOR,
        opens_form=True,
    ),
    Command(
        name="library add-prompt",
        help="A question for discussion in your own words, in service at once",
        example="/library add-prompt",
        handler=add_prompt,
        access=Access.MODERATOR,
        opens_form=True,
    ),
    Submission(name="library:quoted", handler=quoted, access=Access.MODERATOR),
    Submission(name="library:prompted", handler=prompted, access=Access.MODERATOR),
)
