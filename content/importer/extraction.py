"""Find the articles, quotations and excerpts of a page's text: the stages of the importer in their order."""

from collections.abc import Sequence
from dataclasses import replace

from content.importer.articles import Laid, lay
from content.importer.excerpts import excerpts
from content.importer.folding import fold
from content.importer.lines import LineKind, lines
from content.importer.marks import Marked, pair
from content.importer.offering import offered
from content.importer.page import FoundExcerpt, FoundQuotation, Page
from content.importer.quotations import is_quotation
from content.importer.sentences import Kind, Sentence, sentences
from content.importer.speakers import attribute
from content.importer.speaking.stretch import Stretch, stretches
from content.importer.stated import Stated

_HEADS = frozenset({LineKind.STANDFIRST})


def extract(text: str, stated: Sequence[Stated] = ()) -> Page:
    """Return everything found on a page, where `stated` is what the file says of each article beside the text."""
    plain = fold(text)
    articles = lay(plain, lines(plain), stated)
    if len(articles) == len(stated):
        articles = [_with(laid, said) for laid, said in zip(articles, stated, strict=True)]
    quotations: list[FoundQuotation] = []
    found: list[FoundExcerpt] = []
    for number, laid in enumerate(articles):
        marked = pair(plain, laid.paragraphs)
        parts = sentences(plain, laid.paragraphs, marked)
        heads = [(line.start, line.end) for line in laid.lines if line.kind in _HEADS]
        head = stretches(sentences(plain, heads, []))
        quotations += _quotations(text, plain, number, marked, parts, head, laid.article.author)
        found += excerpts(text, plain, number, parts)
    return Page(
        text=text,
        articles=tuple(laid.article for laid in articles),
        quotations=tuple(quotations),
        excerpts=tuple(found),
    )


def _with(laid: Laid, stated: Stated) -> Laid:
    """Take what the page's metadata states over what its text suggests; its title only where the page marks none."""
    article = laid.article
    shown = LineKind.TITLE in stated.marked.values()
    return replace(
        laid,
        article=replace(
            article,
            title=article.title if shown else stated.title or article.title,
            author=stated.author or article.author,
            date=stated.date or article.date,
            publication=stated.publication or article.publication,
        ),
    )


def _quotations(
    text: str,
    plain: str,
    number: int,
    marked: Sequence[Marked],
    parts: Sequence[Sequence[Sentence]],
    head: Sequence[Stretch],
    author: str,
) -> list[FoundQuotation]:
    flat = stretches(parts)
    findings = attribute(plain, parts, flat, marked, head, author)
    kept = [
        token.quote
        for stretch in flat
        for at, token in enumerate(stretch.tokens)
        if token.kind is Kind.QUOTE
        and is_quotation(plain, marked[token.quote], stretch, at, findings[token.quote])
    ]
    return offered(text, number, [(marked[place], findings[place]) for place in kept], parts)
