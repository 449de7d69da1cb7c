"""Find the articles, quotations and excerpts of a page's text: the stages of the importer in their order."""

from collections.abc import Sequence
from dataclasses import replace

from content.importer.articles import Laid, lay
from content.importer.excerpts import excerpts
from content.importer.folding import fold
from content.importer.lines import lines
from content.importer.marks import Marked, pair
from content.importer.page import FoundExcerpt, FoundQuotation, Page, QuotationKind, Stated
from content.importer.people import Being
from content.importer.quotations import is_quotation, kind_of
from content.importer.rules import Finding
from content.importer.sentences import Kind, Sentence, sentences
from content.importer.speakers import attribute, stretches

SURE_ENOUGH = 0.55
"""Below this, a speaker is not given at all."""


def extract(text: str, stated: Stated | None = None) -> Page:
    """Return everything found on a page, where `stated` is what the file says of it beside the text."""
    plain = fold(text)
    articles = lay(plain, lines(plain))
    if stated is not None and len(articles) == 1:
        articles = [_with(articles[0], stated)]
    quotations: list[FoundQuotation] = []
    found: list[FoundExcerpt] = []
    for number, laid in enumerate(articles):
        marked = pair(plain, laid.paragraphs)
        parts = sentences(plain, laid.paragraphs, marked)
        quotations += _quotations(text, plain, number, marked, parts)
        found += excerpts(text, plain, number, parts)
    return Page(
        text=text,
        articles=tuple(laid.article for laid in articles),
        quotations=tuple(quotations),
        excerpts=tuple(found),
    )


def _with(laid: Laid, stated: Stated) -> Laid:
    """Take what the page's metadata states over what its text suggests; its title only where the page shows it."""
    article = laid.article
    shown = any(line.text == stated.title for line in laid.lines)
    return replace(
        laid,
        article=replace(
            article,
            title=stated.title if shown else article.title or stated.title,
            author=stated.author or article.author,
            date=stated.date or article.date,
            publication=stated.publication or article.publication,
        ),
    )


def _quotations(
    text: str, plain: str, number: int, marked: Sequence[Marked], parts: Sequence[Sequence[Sentence]]
) -> list[FoundQuotation]:
    flat = stretches(parts)
    findings = attribute(plain, parts, flat, marked)
    made = []
    for stretch in flat:
        for at, token in enumerate(stretch.tokens):
            if token.kind is not Kind.QUOTE:
                continue
            quotation, finding = marked[token.quote], findings[token.quote]
            if is_quotation(plain, quotation, stretch, at, finding):
                made.append(_found(text, number, quotation, finding, kind_of(plain, quotation)))
    return made


def _found(
    text: str, number: int, quotation: Marked, finding: Finding, kind: QuotationKind
) -> FoundQuotation:
    someone = finding.someone
    named = (
        someone is not None and someone.being in {Being.PERSON, Being.BODY} and finding.sure >= SURE_ENOUGH
    )
    names = [someone, *finding.others] if named and someone is not None else []
    return FoundQuotation(
        text=text[quotation.start : quotation.end],
        start=quotation.start,
        end=quotation.end,
        article=number,
        kind=kind,
        speaker=" and ".join(dict.fromkeys(other.called for other in names if other.called)),
        role=someone.role if someone is not None else "",
        confidence=round(finding.sure, 2),
        rule=finding.rule,
    )
