"""From a file's bytes to everything found on its page."""

from content.importer.extraction import extract
from content.importer.page import Page
from content.importer.reading import is_html, opened, text_in


def find(raw: bytes, name: str) -> Page:
    """Read a file called `name` and find its articles, quotations and excerpts.

    What an HTML page states of itself (author, date, publication) is taken where it holds one article.

    Raises:
        PageFault: the file cannot be read, in a sentence that says what to do.
    """
    page = opened(raw, name)
    text = text_in(page, name)
    if not is_html(page, name):
        return extract(text)
    from content.importer.html import stated  # noqa: PLC0415 - lxml is needed for HTML alone

    return extract(text, stated(page, name))
