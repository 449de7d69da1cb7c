"""Cut paragraphs into sentences of tokens, where each quotation is one token whatever it holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from content.importer.marks import Marked

_TOKEN = re.compile(
    r"(?P<short>(?:[A-Za-z]\.){2,}|(?:Mr|Mrs|Ms|Dr|MR|MRS|MS|DR|SEN|REP|GOV|GEN|PROF|REV|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Prof|Rev|Hon|Jr|Sr|Messrs|Capt|Maj|Cllr|Pres|Supt|Insp"
    r"|Coun|Cllrs|Fr|Cmdr|Engr|Atty|Const|Brig|Adm|Cpl|Pvt|Det|Ald|vs|Inc|Ltd|Corp|Co|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.(?=\s)|No\.(?=\s?\d)|[A-Z]\.(?=\s*[A-Z]))"
    r"|(?P<word>\w+(?:[-’'&/.@]\w+)*)(?P<own>[’'](?!\w))?"
    r"|(?P<stop>\.\.\.+|(?:\. ){2,}\.|[.?!…])|(?P<sign>[^\w\s])"
)
_ENDS = frozenset(".?!…")
_CONTRACTED = frozenset("it he she they i we you that there here who what where how this let".split())


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NAME = "name"  # a word with a capital
    NUMBER = "number"
    STOP = "stop"
    SIGN = "sign"
    QUOTE = "quote"

    __hash__ = object.__hash__  # each is one object, and sets of them are asked for every word


class Token:
    """A word, a sign or a whole quotation: its text, in small letters without a possessive's ending as `low`, and its place."""

    __slots__ = ("end", "kind", "low", "owns", "quote", "start", "text")

    def __init__(self, text: str, start: int, end: int, kind: Kind, *, quote: int = -1) -> None:
        self.text, self.start, self.end, self.kind, self.quote = text, start, end, kind, quote
        low = text.lower().replace("’", "'")
        if low.endswith(("'s", "'d", "'m", "'ll", "'ve", "'re")) and low.partition("'")[0] in _CONTRACTED:
            low = low.partition("'")[0]
            self.text = text[: len(low)]
        self.owns = kind is not Kind.QUOTE and (low.endswith(("'s", "s'")))
        if self.owns:
            self.text = text[:-2] if low.endswith("'s") else text[:-1]
            low = low[:-2] if low.endswith("'s") else low[:-1]
        self.low = low

    def __repr__(self) -> str:
        return f"{self.kind.value}:{self.text}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens from one end mark to the next; `paragraph` counts from 0 on the page."""

    tokens: Sequence[Token]
    paragraph: int

    @property
    def start(self) -> int:
        """Where it begins on the page, with its marks."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends on the page, with its marks."""
        return self.tokens[-1].end


def sentences(
    text: str, paragraphs: Sequence[tuple[int, int]], quotations: Sequence[Marked]
) -> list[list[Sentence]]:
    """Cut each paragraph of a folded text; `Token.quote` is the place in `quotations`, which are in the text's order."""
    found: list[list[Sentence]] = []
    place = 0
    for number, (start, end) in enumerate(paragraphs):
        while place < len(quotations) and quotations[place].outer_start < start:
            place += 1
        first = place
        while place < len(quotations) and quotations[place].outer_start < end:
            place += 1
        tokens = list(_tokens(text, start, end, quotations, range(first, place)))
        found.append([Sentence(part, number) for part in _parts(text, tokens, quotations)])
    return found


def _tokens(text: str, start: int, end: int, quotations: Sequence[Marked], inside: range) -> Iterator[Token]:
    at = start
    for place in inside:
        quotation = quotations[place]
        yield from _plain(text, at, quotation.outer_start)
        yield Token("", quotation.outer_start, quotation.outer_end, Kind.QUOTE, quote=place)
        at = quotation.outer_end
    yield from _plain(text, at, end)


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, start, end):
        group = found.lastgroup
        word = found.group()
        if group in {"word", "own", "short"}:
            kind = Kind.NAME if word[0].isupper() else Kind.NUMBER if word[0].isdigit() else Kind.WORD
        else:
            kind = Kind.STOP if group == "stop" else Kind.SIGN
        yield Token(word, found.start(), found.end(), kind)


def _parts(text: str, tokens: list[Token], quotations: Sequence[Marked]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for place, token in enumerate(tokens):
        part.append(token)
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if following is None or _ends(text, token, following, quotations):
            yield part
            part = []


def _ends(text: str, token: Token, following: Token, quotations: Sequence[Marked]) -> bool:
    """Whether a sentence ends between two tokens."""
    opens = following.kind in {Kind.NAME, Kind.QUOTE, Kind.NUMBER} or following.text in "([—–"
    if token.kind is Kind.STOP:
        return opens
    if token.kind is Kind.QUOTE:
        return following.kind in {Kind.NAME, Kind.QUOTE} and closes(text, quotations[token.quote])
    return (
        token.text in {")", "]"}
        and following.kind in {Kind.NAME, Kind.QUOTE}
        and text[token.start - 1] in _ENDS
    )


def closes(text: str, quotation: Marked) -> bool:
    """Whether a quotation ends with the mark of a whole sentence."""
    inside = text[quotation.start : quotation.end].rstrip(" ’'”\"")
    return inside[-1:] in _ENDS
