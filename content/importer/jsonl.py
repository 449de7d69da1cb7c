"""Write what was found on a page as one line of JSON."""

import json
from collections.abc import Iterator
from typing import Any

from content.importer.page import FoundArticle, FoundQuotation, Page


def line(page: Page, name: str) -> str:
    """Return a page as JSON: its text, articles, quotations and excerpts, with offsets in characters of the text.

    What the page does not state is null. Each part of a quotation that a tag interrupts is an entry of its own; parts of one
    quotation have the same `group`.
    """
    return json.dumps(
        {
            "id": name,
            "text": page.text,
            "articles": [_article(article) for article in page.articles],
            "quotes": [
                part
                for group, quotation in enumerate(page.quotations)
                for part in _parts(page.text, quotation, group)
            ],
            "excerpts": [
                {"text": excerpt.text, "start": excerpt.start, "end": excerpt.end, "article": excerpt.article}
                for excerpt in page.excerpts
            ],
        },
        ensure_ascii=False,
    )


def _article(article: FoundArticle) -> dict[str, Any]:
    return {
        "start": article.start,
        "end": article.end,
        "title": article.title or None,
        "standfirst": article.standfirst or None,
        "author": article.author or None,
        "date": article.date or None,
        "publication": article.publication or None,
        "sections": [
            {"heading": section.heading or None, "start": section.start, "end": section.end}
            for section in article.sections
        ],
        "guesses": [
            {"field": guess.field, "value": guess.value, "reason": guess.reason} for guess in article.guesses
        ],
    }


def _parts(text: str, quotation: FoundQuotation, group: int) -> Iterator[dict[str, Any]]:
    for start, end in quotation.parts or ((quotation.start, quotation.end),):
        yield {
            "text": text[start:end],
            "start": start,
            "end": end,
            "speaker": quotation.speaker or None,
            "kind": quotation.kind.value,
            "confidence": quotation.confidence,
            "article": quotation.article,
            "group": group,
            "role": quotation.role or None,
            "rule": quotation.rule,
        }
