"""From a page to proposals: what the importer found, as entries of the library that a moderator can approve.

Nothing is invented: what the page does not state stays empty unless whoever imports it says it, and an attribution
below `DOUBT` is not taken at all. What quoting allows is kept to here, and again when an entry is approved.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.findings import Findings, Given, LeftOut, ReadArticle
from bot.core.library import Ending, Excerpt, Grade, Item, Person, Quotation, Rights
from bot.core.names import fold
from bot.core.ports import Found
from bot.core.queueing import id_of, is_whole, kinds, tidy
from bot.core.rights import CARD_WORDS, SHARE, words
from content import capping, endings, series
from content.around import WRITTEN, Paragraphs
from content.context import Context, context_of, unstated
from content.importer.page import FoundQuotation, Page, QuotationKind

DOUBT = 0.6
"""The confidence below which a speaker is a guess, which is shown to the moderator and not taken."""
SHORTEST = 4
"""Words from which on a quotation is proposed: fewer are seldom a thought."""
MOST = 500
"""Quotations of one article that are proposed: more than any article has, and than anybody reviews."""

_UNSETTLED = "The writer names {} and does not say where it was said, so the page cannot settle it."


def propose(page: Page, given: Given, *, share: float = SHARE, card_words: int = CARD_WORDS) -> Findings:
    """Make the proposals of a page. `share` and `card_words` are what quoting allows, see `bot.core.rights`."""
    articles, found, left_out = [], list[Found](), list[LeftOut]()
    taken = set[str]()
    paragraphs = Paragraphs(page.text)
    for place, stated in enumerate(page.articles):
        context = context_of(page, paragraphs, place, stated, given, taken)
        taken.add(context.article.id)
        author = context.author.name if context.author else ""
        articles.append(ReadArticle(article=context.article, author=author, unstated=unstated(stated, given)))
        proposed, without = _of_article(context, share=share, card_words=card_words)
        found += proposed
        left_out += without
    return Findings(articles=tuple(articles), found=tuple(found), left_out=tuple(left_out))


def _of_article(context: Context, *, share: float, card_words: int) -> tuple[list[Found], Iterator[LeftOut]]:
    page, article = context.page, context.article
    quotations = [each for each in page.quotations if each.article == context.place]
    named = [each for each in quotations if not _is_of_nobody(each)]
    long_enough = [each for each in named if not _is_scrap(each)]
    first = long_enough[:MOST]
    whole = [*_quotations(context, first), *_excerpts(context)]
    whole = list({(type(each.item), fold(_text(each.item))): each for each in reversed(whole)}.values())[::-1]
    quoted_only = article.rights is Rights.IN_COPYRIGHT
    fitting = (
        [made for each in whole if (made := capping.within_card(each, card_words))] if quoted_only else whole
    )
    sections = [each.heading for each in context.found.sections]
    kept = capping.best(article, fitting, sections, share=share) if quoted_only else fitting
    dropped = (
        (len(quotations) - len(named), "quotation", "by somebody whom the page does not name"),
        (len(named) - len(long_enough), "quotation", f"shorter than {SHORTEST} words"),
        (len(long_enough) - len(first), "quotation", f"beyond the first {MOST:,} of an article"),
        (len(whole) - len(fitting), "entry", f"longer than the {card_words} words that one card may show"),
        (len(fitting) - len(kept), "excerpt", f"beyond the {share:.0%} of the article that may be held"),
    )
    return kept, (LeftOut(count=number, what=what, why=why) for number, what, why in dropped if number)


def _is_of_nobody(found: FoundQuotation) -> bool:
    """Whether it is sure that the page does not name who speaks: nobody can approve that, and no quiz ask it."""
    return not found.speaker and found.confidence >= DOUBT


def _is_scrap(found: FoundQuotation) -> bool:
    return len(words(found.text)) < SHORTEST


def _quotations(context: Context, quotations: Sequence[FoundQuotation]) -> Iterator[Found]:
    bank = endings.Bank(_others(context, quotations))
    for each in quotations:
        item = _quotation(context, each)
        person = context.people.get(fold(each.speaker)) if each.confidence >= DOUBT else None
        item, also = _finishing(item, person, bank)
        guess = "" if person or not each.speaker else f" Not taken: {each.speaker}, which is a guess."
        yield Found(
            article=context.article,
            item=item,
            people=_named(context, person, also),
            rule=f"{_rule(context, each)}.{guess}",
            confidence=round(each.confidence, 2),
            before=item.before,
            after=item.after,
        )


def _rule(context: Context, found: FoundQuotation) -> str:
    """Say how the speaker was found, and of words that the writer interrupts how they stand on the page."""
    rule = found.rule.rstrip(".") or "no rule named a speaker"
    if len(found.parts) < 2:  # noqa: PLR2004 - whole
        return rule
    return f"{rule}; on the page it is: {context.paragraphs.around(found.start, found.end).passage}".rstrip(
        "."
    )


def _quotation(context: Context, found: FoundQuotation) -> Quotation:
    page, article = context.page, context.article
    text = _words_of(page, found)
    person = context.people.get(fold(found.speaker)) if found.confidence >= DOUBT else None
    around = context.paragraphs.around(found.start, found.end)
    whole = found.kind is QuotationKind.DIRECT or is_whole(text, around.passage)
    heard = found.kind is QuotationKind.DIRECT and bool(article.publication)
    grade = Grade.B if heard else Grade.C
    asked = kinds(person, text, grade, article) if whole else ()
    return Quotation(
        id=id_of(found.speaker.split()[-1] if found.speaker else "unnamed", text),
        article=article.id,
        text=text,
        speaker=person.id if person else "",
        grade=grade,
        section=_section(context, found.start),
        passage=around.passage if text in around.passage and _has_more(around.passage, text) else "",
        before=around.before,
        after=around.after,
        reason="" if heard or not person else _UNSETTLED.format(person.name),
        kinds=asked,
    )


def _has_more(passage: str, text: str) -> bool:
    """Whether the sentence around words says more than they do."""
    return fold(passage) != fold(text)


def _words_of(page: Page, found: FoundQuotation) -> str:
    """Give the speaker's words on one line; where the writer interrupts them, that is left out."""
    parts = [page.text[start:end] for start, end in found.parts]
    return " … ".join(tidy(each).rstrip(",") for each in parts or [found.text])


def _finishing(
    item: Quotation, person: Person | None, bank: endings.Bank
) -> tuple[Quotation, tuple[Ending, ...]]:
    """Let a whole quotation of somebody's be finished, where its ending and three like it can be had."""
    made = endings.cut(item.text) if item.kinds and person and _is_one_sentence(item.text) else None
    wrong = bank.wrong(made, item.text) if made else ()
    if not made or not wrong:
        return item, ()
    return replace(item, finish=made.ending, endings=wrong, kinds=(*item.kinds, "finish")), wrong


def _is_one_sentence(text: str) -> bool:
    """Whether a cut at the end leaves the stem one thought: no more than two sentences."""
    return len(re.findall(r"[.!?](?=\s)", text)) <= 1


def _others(context: Context, quotations: Sequence[FoundQuotation]) -> Iterator[tuple[str, str]]:
    """Give the other words of the article from which endings can be taken, with the id of whose they are."""
    for each in quotations:
        person = context.people.get(fold(each.speaker)) if each.confidence >= DOUBT else None
        if person:
            yield each.text, person.id
    if context.author:
        for excerpt in context.page.excerpts:
            if excerpt.article == context.place:
                yield " ".join(excerpt.text.split()), context.author.id


def _named(context: Context, person: Person | None, also: Sequence[Ending]) -> tuple[Person, ...]:
    """List everybody that a proposal names: its speaker, whose endings it has, the article's author."""
    by_id = {each.id: each for each in context.people.values()}
    if context.author:
        by_id.setdefault(context.author.id, context.author)
    wanted = [person.id if person else "", *(each.speaker for each in also), context.article.author]
    return tuple(by_id[each] for each in dict.fromkeys(wanted) if each in by_id)


def _excerpts(context: Context) -> Iterator[Found]:
    """Give the excerpts: of what is in copyright those that stand alone, else the whole article in its parts."""
    texts: list[tuple[str, str]] = []
    if context.article.rights is Rights.IN_COPYRIGHT:
        own = [each for each in context.page.excerpts if each.article == context.place]
        texts += [(" ".join(each.text.split()), _section(context, each.start)) for each in own]
    else:
        texts += [(part, "") for part in series.split(_paragraphs(context))]
    people = (context.author,) if context.author else ()
    for number, (text, section) in enumerate(texts, 1):
        item = Excerpt(
            id=f"{id_of(context.article.title)}-part-{number}",
            article=context.article.id,
            text=text,
            part=number,
            section=section,
        )
        yield Found(article=context.article, item=item, people=people)


def _paragraphs(context: Context) -> list[str]:
    """Give the paragraphs of an article's body: what the writer wrote, without headings, credits and furniture."""
    page, found = context.page, context.found
    spans = [(each.start, each.end) for each in found.sections] or [(found.start, found.end)]
    apart = {found.title, found.standfirst, *(each.heading for each in found.sections)}
    shown = [
        " ".join(page.text[each.start : each.end].split())
        for each in context.paragraphs.lines
        if each.kind in WRITTEN and any(start <= each.start < end for start, end in spans)
    ]
    return [line for line in shown if line not in apart]


def _section(context: Context, at: int) -> str:
    return next((each.heading for each in context.found.sections if each.start <= at < each.end), "")


def _text(item: Item) -> str:
    return item.text if isinstance(item, Quotation | Excerpt) else ""
