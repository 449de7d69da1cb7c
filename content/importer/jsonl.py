"""Write what was found on a page as one line of JSON."""

import json
from typing import Any

from content.importer.page import FoundArticle, FoundQuotation, Page


def line(page: Page, name: str) -> str:
    """Return a page as JSON: its text, articles, quotations and excerpts, with offsets in characters of the text.

    What the page does not state is null; a quotation in parts has `parts`, and its `start` and `end` are those of all.
    """
    return json.dumps(
        {
            "id": name,
            "text": page.text,
            "articles": [_article(article) for article in page.articles],
            "quotes": [_quotation(quotation) for quotation in page.quotations],
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


def _quotation(quotation: FoundQuotation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "text": quotation.text,
        "start": quotation.start,
        "end": quotation.end,
        "speaker": quotation.speaker or None,
        "kind": quotation.kind.value,
        "confidence": quotation.confidence,
        "article": quotation.article,
        "role": quotation.role or None,
        "rule": quotation.rule,
    }
    if quotation.parts:
        found["parts"] = [list(part) for part in quotation.parts]
    return found
