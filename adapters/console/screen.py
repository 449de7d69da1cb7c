"""Where the console prints: plain as it is, or wrapped and in colours on a terminal."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.color import ColorSystem
from rich.style import Style

from adapters.console.lines import Line, Role, Span, plain, wrapped
from bot.core.cards import Intent

Write = Callable[[str], None]
"""Takes text with its newlines and shows it. Raises OSError when nobody can read it any more."""

_INTENTS = {
    Intent.PLAIN: Style(),
    Intent.READING: Style(color="cyan"),
    Intent.QUESTION: Style(color="magenta"),
    Intent.RESULT: Style(color="green"),
    Intent.OWN: Style(color="blue"),
    Intent.MISTAKE: Style(color="yellow"),
    Intent.MODERATION: Style(color="bright_black"),
}
_ROLES = {
    Role.PLAIN: Style(),
    Role.ASIDE: Style(dim=True),
    Role.TITLE: Style(bold=True),
    Role.LEAD: Style(),
    Role.STRONG: Style(bold=True),
    Role.EMPHASIS: Style(italic=True),
    Role.QUOTATION: Style(italic=True),
    Role.LINK: Style(underline=True),
    Role.TIME: Style(bold=True),
    Role.NAME: Style(bold=True),
    Role.FOOTNOTE: Style(dim=True),
    Role.NUMBER: Style(bold=True),
}
_COLOURED_BY_INTENT = {Role.TITLE, Role.LEAD}


class Screen:
    """Prints lines, by `write`. `width` gives the columns to wrap to, None for lines left as long as they are."""

    def __init__(self, write: Write, *, colour: bool, width: Callable[[], int] | None = None) -> None:
        self._write = write
        self._colour = colour
        self._width = width
        self._heard: list[list[str]] = []

    def show(self, lines: Sequence[Line], intent: Intent = Intent.PLAIN) -> None:
        """Print lines, in the colour of what they are for."""
        if not lines:
            return
        if self._width is not None:
            width = self._width()
            lines = [piece for line in lines for piece in wrapped(line, width)]
        text = "".join(map(_painter(intent), lines)) if self._colour else plain(lines)
        self._write(text)
        for heard in self._heard:
            heard.append(text)

    @contextmanager
    def recording(self) -> Iterator[list[str]]:
        """Collect what is printed meanwhile, whoever prints it."""
        heard: list[str] = []
        self._heard.append(heard)
        try:
            yield heard
        finally:
            # by identity: two recordings that have heard the same are equal
            self._heard = [each for each in self._heard if each is not heard]


def _painter(intent: Intent) -> Callable[[Line], str]:
    def painted(span: Span) -> str:
        style = _ROLES[span.role]
        if span.role in _COLOURED_BY_INTENT:
            style += _INTENTS[intent]
        return style.render(span.text, color_system=ColorSystem.STANDARD)

    def paint(line: Line) -> str:
        return f"{line.indent}{''.join(map(painted, line.spans))}".rstrip() + "\n"

    return paint
