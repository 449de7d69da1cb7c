"""Pages as the importer hands them over, made by hand: what the tests of importing begin with."""

from collections.abc import Sequence

from content.importer.page import (
    FoundArticle,
    FoundExcerpt,
    FoundQuotation,
    Guess,
    Page,
    QuotationKind,
    Section,
)

BRIDGE = """\
The bridge that nobody wanted

By Carys Pugh, Valley Post, 4 May 2019

“We were never asked whether we wanted a bridge at all, and the council knew it,” said Dilwyn Rees, the ferryman. \
“They came with the drawings under their arms.”

A ferry has crossed the river here since the mills were built. It carried wool, and later it carried the men who worked \
the slate. When the mills closed, the ferry went on, because the school stood on one bank and the children lived on the \
other. The council counted the crossings last year and found that they had halved in a decade. It concluded that a bridge \
would cost less than thirty more years of boats.

The long argument

Councillor Meera Nair said that “a bridge is a promise that the two banks will keep to each other”. A woman at the \
landing, who did not give her name, said “it will only bring lorries to the chapel and take the quiet away from us”.

The vote was close. Both sides agree today that the meeting was the best attended in the history of the parish. People who \
had not spoken to each other for years stood in the same queue to speak, and most of them stayed to listen. The minutes \
run to forty pages, and they are kept in the chapel where anybody can read them.

“People will come to love the road that brings their grandchildren home,” Nair said.
"""
"""An article with five quotations of two named people and one who is not, and two passages that stand alone."""


def at(text: str, words: str) -> tuple[int, int]:
    """Find where words stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def quoted(
    text: str,
    words: str,
    speaker: str = "",
    *,
    confidence: float = 0.9,
    role: str = "",
    article: int = 0,
    kind: QuotationKind = QuotationKind.DIRECT,
    rule: str = "the tag after it",
) -> FoundQuotation:
    """Make a quotation that stands in a text."""
    start, end = at(text, words)
    return FoundQuotation(
        text=words, start=start, end=end, article=article, kind=kind, speaker=speaker, role=role,
        confidence=confidence if speaker else 0.0, rule=rule, before="Before it.", after="After it.",
    )  # fmt: skip


def passage(text: str, first: str, last: str, article: int = 0) -> FoundExcerpt:
    """Make an excerpt from the first words of a passage to its last."""
    start, end = text.index(first), text.index(last) + len(last)
    return FoundExcerpt(text=text[start:end], start=start, end=end, article=article)


def page(
    text: str, quotations: Sequence[FoundQuotation], excerpts: Sequence[FoundExcerpt] = (), **stated: str
) -> Page:
    """Make a page of one article; `stated` are its fields."""
    article = FoundArticle(
        start=0,
        end=len(text),
        title=stated.get("title", ""),
        standfirst=stated.get("standfirst", ""),
        author=stated.get("author", ""),
        date=stated.get("date", ""),
        publication=stated.get("publication", ""),
        sections=(Section(heading="", start=0, end=len(text)),),
        guesses=(Guess(field="date", value="2019", reason="the vote was that year"),)
        if not stated.get("date")
        else (),
    )
    return Page(text=text, articles=(article,), quotations=tuple(quotations), excerpts=tuple(excerpts))


def bridge(**stated: str) -> Page:
    """Make the page above as the importer finds it."""
    fragment = QuotationKind.FRAGMENT
    quotations = (
        quoted(
            BRIDGE, "We were never asked whether we wanted a bridge at all, and the council knew it,", "Dilwyn Rees",
            role="the ferryman",
        ),
        quoted(BRIDGE, "They came with the drawings under their arms.", "Dilwyn Rees", confidence=0.7),
        quoted(
            BRIDGE, "a bridge is a promise that the two banks will keep to each other", "Meera Nair", kind=fragment
        ),
        quoted(BRIDGE, "it will only bring lorries to the chapel and take the quiet away from us", kind=fragment),
        quoted(BRIDGE, "People will come to love the road that brings their grandchildren home,", "Meera Nair"),
    )  # fmt: skip
    excerpts = (
        passage(BRIDGE, "A ferry has crossed", "thirty more years of boats."),
        passage(BRIDGE, "The vote was close.", "where anybody can read them."),
    )
    known = {
        "title": "The bridge that nobody wanted",
        "author": "Carys Pugh",
        "publication": "Valley Post",
        "date": "2019-05-04",
    } | stated
    return page(BRIDGE, quotations, excerpts, **known)
