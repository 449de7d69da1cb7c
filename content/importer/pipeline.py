"""From a file's bytes to everything found on its page."""

from content.importer.extraction import extract
from content.importer.page import Page
from content.importer.reading import opened, text_in


def find(raw: bytes, name: str) -> Page:
    """Read a file called `name` and find its articles, quotations and excerpts.

    What an HTML page states of itself (author, date, publication) is taken where it holds one article.

    Raises:
        PageFault: the file cannot be read, in a sentence that says what to do.
    """
    return extract(*text_in(opened(raw, name), name))
