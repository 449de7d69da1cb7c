"""Cards and forms as lines of text. Pure: the same card gives the same lines, whoever reads them and wherever.

A title stands on the first line, the body under it indented by two, a quotation behind a bar; grade, source and
options begin at the margin, where nothing that a member typed can reach.
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from adapters.console.clean import clean, clean_line
from adapters.console.lines import Line, Role, Span
from bot.core import wording
from bot.core.cards import Block, Card, Field, Image, Paragraph, Quoted
from bot.core.forms import ChannelField, ChoiceField, FileField, Form, FormField, MemberField, TextField
from bot.core.inline import (
    Channel,
    CommandName,
    Emphasis,
    Inline,
    Link,
    Mention,
    Strong,
    Text,
    Time,
    TimeStyle,
)

INDENT = "  "
BAR = "  | "
_LISTED = 100
"""Characters of a choice's options that still stand beside its label; longer ones get a line each."""


def render(card: Card, *, aside: str = "", number: int | None = None) -> tuple[Line, ...]:
    """Render a card. `aside` stands before its first line; `number` is its own, where it has options."""
    lines = [*_head(card), *_body(card)]
    lines.extend(line for field in card.fields for line in _field(field))
    if card.image:
        lines.append(_image(card.image))
    lines.extend(_footnote(text) for text in (card.grade, card.footer) if text)
    if card.link:
        lines.append(
            Line((Span(f"{clean_line(card.link.text)}: "), Span(clean_line(card.link.url), Role.LINK)))
        )
    lines.extend(_options(card, number))
    return tuple(_with_aside(lines, aside))


def labels(card: Card) -> tuple[str, ...]:
    """List what the options of a card say, in their order: its buttons, or the options of its select."""
    if card.select:
        return tuple(clean_line(option.label) for option in card.select.options)
    return tuple(clean_line(button.said()) for button in card.buttons)


def sentence(text: str, *, aside: str = "") -> tuple[Line, ...]:
    """Render one sentence of the console's own."""
    return tuple(_with_aside([Line((Span(clean_line(text), Role.LEAD),))], aside))


def form_head(form: Form, *, aside: str) -> tuple[Line, ...]:
    """Render what stands above a form's fields: its title and its introduction."""
    title = Line((Span(f"Form: {clean_line(form.title)}", Role.TITLE),))
    intro = _paragraph(form.intro, INDENT) if form.intro else ()
    return tuple(_with_aside([title, *intro], aside))


def field_head(field: FormField) -> tuple[Line, ...]:
    """Render what stands above a field's prompt: its options with their numbers, where they need a line each."""
    if not isinstance(field, ChoiceField) or _fits(field):
        return ()
    numbered = enumerate(field.options, 1)
    return tuple(
        Line((Span(str(number), Role.NUMBER), Span(f" {clean_line(option.label)}")), INDENT)
        for number, option in numbered
    )


def field_prompt(field: FormField) -> str:
    """Give a field's prompt: its label, then in brackets what it takes and what an empty line stands for."""
    match field:
        case TextField():
            default = field.default or ("" if field.required else "none")
            hint = field.hint
        case ChoiceField():
            chosen = [option.label for option in field.options if option.value == field.default]
            default = chosen[0] if chosen else ("" if field.required else "none")
            listed = ", ".join(option.label for option in field.options) if _fits(field) else ""
            obvious = default and {option.label.casefold() for option in field.options} == {"yes", "no"}
            hint = ": ".join(filter(None, (field.hint, "" if obvious else listed)))
        case FileField():
            default, hint = (
                "" if field.required else "none",
                ", ".join(filter(None, ("its path", field.hint))),
            )
        case ChannelField():
            default = f"#{field.default}" if field.default else ("" if field.required else "none")
            hint = field.hint
        case MemberField():
            default = field.default or ("" if field.required else "none")
            hint = field.hint
        case _:
            assert_never(field)
    parts = (field.label, f"({hint})" if hint else "", f"[{default}]" if default else "")
    return clean_line(f"{INDENT}{' '.join(filter(None, parts))}> ")


def _fits(field: ChoiceField) -> bool:
    return sum(len(option.label) + 2 for option in field.options) <= _LISTED


def _with_aside(lines: list[Line], aside: str) -> list[Line]:
    if not aside:
        return lines
    mark = Span(clean_line(aside), Role.ASIDE)
    if not lines or lines[0].indent:
        return [Line((mark,)), *lines]
    return [Line((mark, *lines[0].spans)), *lines[1:]]


def _head(card: Card) -> Iterator[Line]:
    """Give what begins at the margin: the title or, where there is none, the first paragraph's first line."""
    if card.title:
        yield Line((Span(clean_line(card.title), Role.TITLE),))
    elif card.body and isinstance(card.body[0], Paragraph):
        first, *rest = _paragraph(card.body[0], INDENT)
        lead = (Span(span.text, Role.LEAD if span.role is Role.PLAIN else span.role) for span in first.spans)
        yield Line(tuple(lead))
        yield from rest


def _body(card: Card) -> Iterator[Line]:
    in_head = not card.title and card.body and isinstance(card.body[0], Paragraph)
    for block in card.body[1:] if in_head else card.body:
        yield from _block(block)


def _block(block: Block) -> Iterable[Line]:
    match block:
        case Paragraph():
            return _paragraph(block, INDENT)
        case Quoted():
            rows = clean(block.marked).split("\n")
            return [Line((Span(row, Role.QUOTATION),), BAR) for row in rows]
        case _:
            assert_never(block)


def _paragraph(paragraph: Paragraph, indent: str) -> Iterable[Line]:
    rows: list[list[Span]] = [[]]
    for part in paragraph.parts:
        span = _inline(part)
        head, *rest = span.text.split("\n")
        rows[-1].append(Span(head, span.role))
        rows.extend([Span(text, span.role)] for text in rest)
    return [Line(tuple(row), indent) for row in rows]


def _inline(node: Inline) -> Span:
    match node:
        case Text(text):
            shown, role = text, Role.PLAIN
        case Strong(text):
            shown, role = text, Role.STRONG
        case Emphasis(text):
            shown, role = text, Role.EMPHASIS
        case Link(text, url):
            shown, role = (url if text == url else f"{text} ({url})"), Role.LINK
        case Time():
            shown, role = _time(node), Role.TIME
        case Channel(_, name):
            shown, role = f"#{name.removeprefix('#')}", Role.NAME
        case Mention(_, name, notify):
            shown, role = f"{'@' if notify else ''}{name.removeprefix('@')}", Role.NAME
        case CommandName():
            shown, role = node.said(), Role.NAME
        case _:
            assert_never(node)
    return Span(clean(shown), role)


def _time(node: Time) -> str:
    match node.style:
        case TimeStyle.COUNTDOWN | TimeStyle.CLOCK:
            return wording.clock(node.at, node.zone)
        case TimeStyle.MOMENT:
            return wording.moment(node.at, node.zone)
        case TimeStyle.DAY:
            return wording.day(node.at, node.zone)
        case TimeStyle.HOUR:
            return wording.hour(node.at, node.zone)
        case _:
            assert_never(node.style)


def _field(field: Field) -> Iterator[Line]:
    first, *rest = clean(field.value).split("\n")
    yield Line((Span(f"{clean_line(field.name)}: ", Role.STRONG), Span(first)), INDENT)
    for row in rest:
        yield Line((Span(row),), INDENT * 2)


def _image(image: Image) -> Line:
    words = Span(f"Picture: {clean_line(image.alt)} ")
    return Line((words, Span(f"({clean_line(image.url)})", Role.LINK)), INDENT)


def _footnote(text: str) -> Line:
    return Line((Span(clean_line(text), Role.FOOTNOTE),))


def _options(card: Card, number: int | None) -> Iterator[Line]:
    """Give the options with what is typed to press each; one that says just its number is not said twice."""
    if card.select:
        yield Line((Span(f"{clean_line(card.select.placeholder)}:"),))
    spans: list[Span] = []
    for place, label in enumerate(labels(card), 1):
        spans.append(Span(f"[{place}]", Role.NUMBER))
        if label != str(place):
            spans.append(Span(f" {label}"))
        spans.append(Span("  "))
    if spans:
        mark = (Span(" "), Span(f"#{number}", Role.ASIDE)) if number is not None else ()
        yield Line((*spans, *mark), whole=True)
