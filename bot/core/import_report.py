"""The report on a page that was read: what it holds, what it leaves open, and what was left out, in sentences."""

from collections.abc import Iterator, Sequence

from bot.core.findings import Findings, LeftOut, ReadArticle, Tally
from bot.core.library import Quotation, Rights
from bot.core.queueing import CERTAIN
from bot.core.wording import beginning, count, listed, stated_date

_NAMES = 12
_ARTICLES = 4
_GUESSES = 2
_TITLE, _LONGEST = 100, 60
"""Characters of a title, and of anything else that a page says, in a report that is to fit on one card."""
_RIGHTS = {
    Rights.PUBLIC_DOMAIN: "In the public domain: it may run whole.",
    Rights.LICENSED: "Under a licence: it may run whole.",
    Rights.IN_COPYRIGHT: "In copyright: quoted, never reprinted.",
}


def title(findings: Findings) -> str:
    """Say in a few words what was found."""
    quotations = sum(isinstance(each.item, Quotation) for each in findings.found)
    excerpts = len(findings.found) - quotations
    return ", ".join(
        (
            count(len(findings.articles), "article"),
            count(quotations, "quotation").lower(),
            count(excerpts, "excerpt").lower(),
        )
    )


def lines(findings: Findings, tally: Tally) -> list[str]:
    """Say everything that a moderator needs to decide what to do with a page."""
    said = [_article(each) for each in findings.articles[:_ARTICLES]]
    if len(findings.articles) > _ARTICLES:
        said.append(f"{len(findings.articles) - _ARTICLES:,} more articles.")
    said += [_RIGHTS[each] for each in dict.fromkeys(each.article.rights for each in findings.articles)]
    said += _new(tally)
    said += _not_new(tally)
    left_out = [*findings.left_out, *_too_long(tally)]
    if left_out:
        said.append(f"Left out: {'; '.join(_left_out(left_out))}.")
    return said


def _article(each: ReadArticle) -> str:
    article = each.article
    stated = filter(
        None,
        (
            beginning(each.author, _LONGEST),
            beginning(article.publication, _LONGEST),
            stated_date(article.date),
        ),
    )
    known = ", ".join((f"“{beginning(article.title, _TITLE)}”", *stated, count(article.words, "word")))
    without = listed([one.field for one in each.unstated])
    missing = f" Not stated: {without}." if without else ""
    guesses = [
        f" Suggested {one.field}: {beginning(one.value, _LONGEST)}, since {beginning(one.reason, _LONGEST).rstrip('.')}."
        for one in each.unstated
        if one.value
    ][:_GUESSES]
    here = " It is in the library already, and stays there as it is." if each.known else ""
    return f"{known}.{here}{missing}{''.join(guesses)}"


def _new(tally: Tally) -> Iterator[str]:
    if not tally.new:
        yield "Nothing of it is new here."
        return
    quotations = tally.new - tally.excerpts
    if quotations:
        names = sorted((name for name in tally.by if name), key=lambda name: (-tally.by[name], name))
        shown = [f"{beginning(name, _LONGEST)} {tally.by[name]:,}" for name in names[:_NAMES]]
        others = sum(tally.by[name] for name in names[_NAMES:])
        rest = [
            *((f"others {others:,}",) if others else ()),
            *((f"nobody named surely {tally.by['']:,}",) if tally.by.get("") else ()),
        ]
        yield f"{count(quotations, 'new quotation')}: {', '.join([*shown, *rest])}."
    if tally.excerpts:
        yield f"{count(tally.excerpts, 'new excerpt')}."
    if quotations:
        among = ", excerpts among them" if tally.excerpts else ""
        yield f"{_how_many(tally)} a confidence of {CERTAIN:.2f} or more{among}."
    if tally.alike:
        yield f"{count(tally.alike, 'is', 'are')} much like what is here; review shows the two side by side."


def _how_many(tally: Tally) -> str:
    if tally.new == 1:
        return "It has" if tally.sure else "It does not have"
    if tally.sure == tally.new:
        return f"All {tally.new:,} have"
    return f"{tally.sure:,} of the {tally.new:,} {'has' if tally.sure == 1 else 'have'}"


def _not_new(tally: Tally) -> Iterator[str]:
    known = [
        *((f"{tally.here:,} in the library",) if tally.here else ()),
        *((f"{tally.proposed:,} proposed before",) if tally.proposed else ()),
    ]
    if known:
        yield f"Here already: {listed(known)}."


def _too_long(tally: Tally) -> Iterator[LeftOut]:
    if tally.too_long:
        why = "longer than one card may show, since the article is in copyright here"
        yield LeftOut(count=tally.too_long, what="entry", why=why)


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """Say the same reason of several articles once."""
    counts: dict[tuple[str, str], int] = {}
    for each in left_out:
        counts[each.what, each.why] = counts.get((each.what, each.why), 0) + each.count
    for (what, why), number in counts.items():
        yield f"{count(number, what, 'entries' if what == 'entry' else '')} {why}"
