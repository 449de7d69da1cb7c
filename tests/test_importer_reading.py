"""Reading a page's file: encodings, HTML, Markdown, and what cannot be read."""

import pytest

from content.importer.page import PageFault
from content.importer.pipeline import find
from content.importer.reading import LARGEST, read

SAID = "“It’s fine,” said Ann Marsh. The café was closed.\r\nShe left."


@pytest.mark.parametrize(
    "raw",
    [
        SAID.encode(),
        SAID.encode("utf-8-sig"),
        SAID.encode("utf-16"),
        SAID.encode("windows-1252"),
    ],
)
def test_every_usual_encoding_gives_the_same_text(raw: bytes) -> None:
    """A byte order mark, UTF-8, UTF-16 and Windows' own encoding are told apart; line ends stay as they are."""
    assert read(raw, "page.txt") == SAID


def test_a_declared_encoding_is_believed() -> None:
    """HTML that declares Latin-1 is read as browsers read it."""
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>\x93Très bien,\x94 said Ann Marsh.</p></body></html>'
    assert read(page.encode("latin-1"), "page.html") == "“Très bien,” said Ann Marsh."


@pytest.mark.parametrize(
    ("raw", "name", "sentence"),
    [
        (b"", "a.txt", "a.txt is empty. Save the article’s text in it and import it again."),
        (b" \n \n", "a.txt", "a.txt has no text. Save the article’s text in it and import it again."),
        (
            b"%PDF-1.7 ...",
            "a.pdf",
            "a.pdf is a PDF, not text. Save the article as text or HTML and import that.",
        ),
        (b"ab\0cd", "a.txt", "a.txt is not a text file. Import text, HTML or Markdown."),
        (b"word", "a.txt", "a.txt has one word only, “word”. Import a whole article."),
        (b"just some words", "a.txt", "a.txt has no whole sentence. Import an article’s text."),
        (
            b"A\xc3\xa9 and \xff\xfe b.",
            "a.txt",
            "a.txt is not valid UTF-8: byte 9 is damaged. Save it again as UTF-8.",
        ),
        (
            b"x" * (LARGEST + 1),
            "a.txt",
            "a.txt is larger than 2 MB. Import the article’s text alone, without images.",
        ),
        (
            b"<html><body>" + b"<div>" * 5000 + b"Hello there.",
            "a.html",
            "a.html is nested more than 400 tags deep. Copy the article’s text and import that.",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(raw: bytes, name: str, sentence: str) -> None:
    """Each kind of bad file says what is wrong with it, its name, and what to do now."""
    with pytest.raises(PageFault) as fault:
        read(raw, name)
    assert str(fault.value) == sentence


PAGE = """<!doctype html><html><head><title>x</title>
<meta property="og:site_name" content="The Hale Tribune">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The bridge is built", "datePublished": "2021-05-04T08:00:00Z",
"author": [{"@type": "Person", "name": "Cora Lind"}]}</script></head>
<body><nav><a href="/">Home</a></nav><div class="cookie-banner">We value “your” privacy.</div>
<article><h1>The bridge is built</h1><p>By <a>Cora Lind</a></p>
<p>The river has a bridge, and <em>nobody</em> asked the ferryman, who has rowed here for forty years and more.</p>
<aside>“A pulled quotation from below”</aside>
<h2>What they said</h2><p>&ldquo;A bridge is a promise,&rdquo; said the mayor, Ada Marsh.<br>She smiled. It rained on the crowd for an hour after that.</p>
<p>&ldquo;A bridge is a promise,&rdquo; she said again, to those who had not heard it the first time around.</p></article>
<footer>© 2021</footer></body></html>"""


def test_html_keeps_the_article_and_leaves_the_site_out() -> None:
    """Headings and repeated paragraphs stay; menus, banners, pulled quotations and the footer go."""
    text = read(PAGE.encode(), "page.html")
    assert text.count("A bridge is a promise,") == 2
    assert "What they said\n\n“A bridge" in text
    assert not any(word in text for word in ("Home", "privacy", "pulled", "©"))


def test_what_html_states_of_itself_is_taken() -> None:
    """Author, date and publication come from the page's own metadata."""
    article = find(PAGE.encode(), "page.html").articles[0]
    assert (article.title, article.author) == ("The bridge is built", "Cora Lind")
    assert (article.date, article.publication) == ("2021-05-04", "The Hale Tribune")
    assert [section.heading for section in article.sections] == ["", "What they said"]


def test_markdown_is_read_without_its_signs() -> None:
    """Headings, emphasis, links and quoted lines lose their signs and keep their words."""
    text = read(
        b'# Title\n\n> "We *will* [win](http://x.example)," said **Ann Marsh**.\n\n## Next\n\nMore.',
        "page.md",
    )
    assert '"We will win," said Ann Marsh.' in text
    assert "\nTitle\n" in text
    assert "#" not in text


def test_the_headings_that_html_marks_are_the_headings() -> None:
    """A heading in quotation marks is one, a short line that is not marked is none, and the main heading is the title."""
    page = (
        PAGE.replace("<h2>What they said</h2>", "<h2>‘A promise’</h2>")
        .replace("<footer>", "<p>In other news</p><footer>")
        .replace("<p>By ", "<p>In brief</p><p>By ")
    )
    article = find(page.encode(), "page.html").articles[0]
    assert article.title == "The bridge is built"
    assert [section.heading for section in article.sections] == ["", "‘A promise’"]
