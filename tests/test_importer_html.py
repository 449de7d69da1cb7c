"""HTML as content systems write it: what is the article's, what the site's, and what the tags say of a line."""

import pytest

from content.importer.page import FoundArticle, Page
from content.importer.pipeline import find

RAIN = "The ferry was late again on Tuesday, and those who wait for it every morning stood in the rain for an hour."
WAIT = (
    "Nobody at the landing knew when the next boat would come, and the office was shut because of a meeting."
)
SAID = "“It never comes,” said Ann Marsh."
TITLE = "The boat that never came"
ARTICLE = f"<h1>{TITLE}</h1><p>{RAIN} {SAID}</p>%s<p>{WAIT}</p><p>{RAIN}</p>"


def page(body: str, head: str = "") -> Page:
    """Read a page with such a body and head."""
    return find(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def article(body: str, head: str = "") -> FoundArticle:
    """Read a page that holds one article."""
    (found,) = page(body, head).articles
    return found


def spoken(found: Page) -> list[tuple[str, str]]:
    """Return each quotation with its speaker."""
    return [(each.text, each.speaker) for each in found.quotations]


@pytest.mark.parametrize(
    "inside",
    [
        "“It nev&shy;er comes,” said Ann Ma&shy;rsh.",
        "“It never\u200b comes,”&nbsp;said\n      Ann&nbsp;Marsh.",
        "<span>“It nev</span><span>er comes,” sa</span><span>id Ann Marsh.</span>",
        "&#8220;It <em>never</em> comes,&#x201d; said <a href='/a'>Ann Marsh</a><sup>1</sup>.",
        "<q>It never comes,</q> said Ann Marsh.",
        "“<span class='drop-cap'>I</span>t never comes,” said <strong>Ann</strong> Marsh.",
    ],
)
def test_mark_up_inside_a_sentence_changes_nothing(inside: str) -> None:
    """Soft hyphens, characters without width, runs that part a word, links and line breaks of the source leave the words whole."""
    found = page(ARTICLE.replace(SAID, inside) % "")
    assert spoken(found) == [("It never comes,", "Ann Marsh")]
    assert found.quotations[0].text == found.text[found.quotations[0].start : found.quotations[0].end]


@pytest.mark.parametrize(
    "between",
    [
        f"<blockquote><p>“{WAIT[:60]}”</p><cite>Ann Marsh</cite></blockquote>",
        "<div class='InlineRelatedStories__wrap'><p>“We were robbed,” says the mayor.</p></div>",
        "<div data-component='promo-block'><p>“We were robbed,” says the mayor.</p></div>",
        "<div class='jp-relatedposts'><p>“We were robbed,” says the mayor.</p></div>",
        "<div class='subscription-widget'><p>“Worth it,” says my mother.</p></div>",
        "<p><strong><a href='/x'>“We were robbed,” says mayor of Oxley</a></strong></p>",
        "<ul>" + "<li><a href='/x'>“We were robbed,” says mayor</a></li>" * 3 + "</ul>",
        "<p style='display: none'>“Hidden,” said Bob Roe.</p>",
        "<section class='comments'><article class='comment-body'><p>“Rubbish,” I say, and have said for years.</p></article></section>",
    ],
)
def test_what_the_site_sets_between_paragraphs_is_left_out(between: str) -> None:
    """Words repeated in large letters, other articles, sign-up boxes, hidden text and comments offer nothing."""
    assert spoken(page(ARTICLE % between)) == [("It never comes,", "Ann Marsh")]


@pytest.mark.parametrize(
    "around",
    [
        "<form id='aspnetForm'>%s</form>",
        "<div class='layout has-sidebar ads-enabled'>%s</div>",
        "<div class='post tag-politics'>%s</div>",
        "<div class='page-with-comments'><table><tr><td>%s</td></tr></table></div>",
    ],
)
def test_what_holds_the_title_is_never_the_site_s(around: str) -> None:
    """Whatever the element around the article is called, the article is kept."""
    found = page(around % (ARTICLE % ""))
    assert (found.articles[0].title, spoken(found)) == (TITLE, [("It never comes,", "Ann Marsh")])


TURNS = {
    "a list of terms": "<dl><dt>{0}</dt><dd>{1}</dd></dl>",
    "a speaker’s class": "<div class='speaker-name'>{0}</div><div class='speech'><p>{1}</p></div>",
    "bold above": "<p><strong>{0}</strong></p><p>{1}</p>",
    "bold and a break": "<p><b>{0}:</b><br>{1}</p>",
}


@pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS)
def test_a_name_above_what_was_said_is_its_label(turn: str) -> None:
    """However a transcript sets its names, a turn is one paragraph that begins with the name and a colon."""
    said = [
        ("Tom Lacey", f"What was it like? {RAIN}"),
        ("Ann Marsh", f"I thought “This is it,” and left. {WAIT}"),
    ] * 2
    found = page(f"<article><h1>{TITLE}</h1>{''.join(turn.format(*each) for each in said)}</article>")
    assert "\n\nTom Lacey: What was" in found.text
    assert spoken(found) == [("This is it,", "Ann Marsh")] * 2


def test_the_tags_of_a_head_say_what_its_lines_are() -> None:
    """A standfirst below the date, a name without “by” and a subheading are known by their tags."""
    found = article(
        f"<p>News</p><h1>The boat that<br>never came</h1><div><time>3 May 2024</time><a rel='author' href='/d'>Ann Doe</a></div>"
        f"<p class='article-dek'>A town waits</p><p>{RAIN}</p><h2>Who pays?</h2><p>{WAIT}</p>"
    )
    assert (found.title, found.standfirst, found.author, found.date) == (
        TITLE,
        "A town waits",
        "Ann Doe",
        "2024-05-03",
    )
    assert [each.heading for each in found.sections] == ["", "Who pays?"]


def test_a_title_without_a_heading_s_tag_is_known_by_the_page_s_own() -> None:
    """Print views set their title as any other line, and old sites their name as the main heading."""
    head = f"<title>{TITLE} – The Hale Tribune</title>"
    printed = f"<table><tr><td>Print this page | Close window</td></tr><tr><td><b>{TITLE}</b></td></tr><tr><td><p>{RAIN}</p><p>{WAIT}</p></td></tr></table>"
    old = f"<h1>The Hale Tribune</h1><h2><a href='/x'>{TITLE}</a></h2><p>{RAIN}</p><p>{WAIT}</p>"
    outside = f"<main><header><h1>{TITLE}</h1></header><article><p>{RAIN}</p><p>{WAIT}</p><p>{RAIN}</p></article></main>"
    assert [article(body, head).title for body in (printed, old, outside)] == [TITLE] * 3


def test_several_articles_on_a_page_are_parted_by_their_tags() -> None:
    """Each <article> with its own heading is one, a short one too; main headings with bylines part a page as well."""
    one = f"<h2>{TITLE}</h2><p>By Ann Doe</p>" + f"<p>{RAIN}</p>" * 20
    two = (
        f"<h2>The bridge that was</h2><p>By Bob Roe</p><p>{RAIN}</p><p>{WAIT}</p>"
        + f"<p>{WAIT} Then it was dark.</p>" * 2
    )
    tagged = page(f"<article>{one}</article><article>{two}</article>")
    headed = page(f"<div>{one}</div><div>{two}</div>".replace("h2>", "h1>"))
    for found in (tagged, headed):
        assert [(each.title, each.author) for each in found.articles] == [
            (TITLE, "Ann Doe"),
            ("The bridge that was", "Bob Roe"),
        ]
        assert found.articles[0].end == found.articles[1].start == found.text.index("The bridge that was")


LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Another", "author": {"name": "No Body"}},
{"@type": "NewsArticle", "headline": "The boat that never came", "author": [{"@type": "Person", "name": "By ANN DOE"},
{"@type": "Organization", "name": "Hale Agency"}], "datePublished": "May 3, 2024", "publisher": {"@id": "#o"}},
{"@id": "#o", "@type": "Organization", "name": "Hale Tribune"}]}</script>"""


def test_linked_data_is_read_for_the_page_s_own_article() -> None:
    """The article with the page's title counts; references are followed; an organisation is no author; dates become ISO."""
    found = article(ARTICLE % "", LINKED)
    assert (found.author, found.date, found.publication) == ("Ann Doe", "2024-05-03", "Hale Tribune")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="https://www.facebook.com/hale">',
        '<meta name="author" content="Staff reporter"><meta property="og:site_name" content="">',
        '<meta name="date" content="T06:00:00.000Z"><meta name="author" content="admin">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "Hale"}}</script>',
        '<script type="application/ld+json">[{"@type": "NewsArticle", "author": [], "datePublished": "soon"}, 4, null]</script>',
        '<script type="application/ld+json">{"@type": ["NewsArticle"], "author": {"@id": {}}, "publisher": [1]}</script>',
    ],
)
def test_what_is_no_name_and_no_date_is_not_taken(head: str) -> None:
    """Addresses, offices, organisations and broken dates leave a field empty."""
    found = article(ARTICLE % "", head)
    assert (found.author, found.date, found.publication) == ("", "", "")


def test_the_foot_of_an_article_is_its_own() -> None:
    """A footer that says where it appeared is read; what it says of the writer offers no quotation."""
    foot = "<footer><p>This article first appeared in the Hale Review.</p></footer><div class='author-bio'><p>Ann Doe writes. “I like maps.”</p></div>"
    found = page(f"<article>{ARTICLE % ''}{foot}</article>")
    assert found.articles[0].publication == "Hale Review"
    assert spoken(found) == [("It never comes,", "Ann Marsh")]


def test_tags_inside_scripts_do_not_count_as_nesting() -> None:
    """A page whose scripts hold a thousand opening tags in their strings is no nested page."""
    assert (
        article(ARTICLE % "" + "<script>x = [" + '"<div><span>x<\\/span>",' * 1_000 + "]</script>").title
        == TITLE
    )


def test_text_as_typed_keeps_its_paragraphs() -> None:
    """Lines that were broken at a width inside <pre> are one paragraph, blank lines part paragraphs."""
    typed = "Nobody at the landing knew when the next boat would come. “It\nnever comes,” said Ann Marsh."
    assert "“It never comes,”" in page(f"<h1>{TITLE}</h1><pre>{RAIN}\n\n{typed}</pre>").text


def test_what_most_of_the_text_is_inside_is_the_article() -> None:
    """A part for subscribers and a body that is called a comment are text; a teaser below them is none."""
    inside = f"<h1>{TITLE}</h1><p>{RAIN}</p><div class='paywall subscriber-only tone-comment'><p>{WAIT} {SAID}</p></div>"
    teaser = f"<article class='wide'><h2><a href='/x'>“We were robbed,” says mayor</a></h2><p>{RAIN * 3} “Robbed,” said Jo Poe.</p></article>"
    found = page(f"<article>{inside}</article>{teaser}")
    assert spoken(found) == [("It never comes,", "Ann Marsh")]


def test_a_byline_beside_the_share_buttons_is_read() -> None:
    """What holds the byline is the article's, whatever else it holds."""
    head = f"<h1>{TITLE}</h1><div class='byline-and-share'><p>By Ann Doe</p><p>3 May 2024</p></div>"
    found = article(f"{head}<p>{RAIN}</p><p>{WAIT}</p>")
    assert (found.author, found.date) == ("Ann Doe", "2024-05-03")


def test_a_quotation_that_the_title_takes_up_is_kept() -> None:
    """A block of its own that repeats the title's words is where they were said."""
    title = "<h1>‘We wait for boats that nobody has ever seen come’: a town in the rain</h1>"
    block = "<p>Ann Marsh said:</p><blockquote><p>“We wait for boats that nobody has ever seen come.”</p></blockquote>"
    assert spoken(page(f"{title}<p>{RAIN}</p>{block}<p>{WAIT}</p>")) == [
        ("We wait for boats that nobody has ever seen come.", "Ann Marsh")
    ]


def test_a_summary_that_is_the_first_paragraph_is_text() -> None:
    """What the page's description repeats is its standfirst above the byline only."""
    summary = f"<meta name='description' content='{SAID}'>"
    assert spoken(page(f"<h1>{TITLE}</h1><p>By Ann Doe</p><p>{SAID}</p><p>{RAIN}</p>", summary)) == [
        ("It never comes,", "Ann Marsh")
    ]
    assert article(f"<h1>{TITLE}</h1><p>{SAID}</p><p>By Ann Doe</p><p>{RAIN}</p>", summary).standfirst == SAID
