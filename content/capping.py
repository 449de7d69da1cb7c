"""What quoting allows of one article's proposals, where it is in copyright: the caps choose what is offered."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core.library import Article, Excerpt, Quotation
from bot.core.ports import Found
from bot.core.rights import Seen, allowance, cards, verbatim, words

_FOR_QUOTATIONS = 2
"""Excerpts get what quotations leave, and one part in so many of the allowance at least."""


def within_card(found: Found, card_words: int) -> Found | None:
    """Take from what is more than one card may show its context, then its sentence; None where it is more even so."""
    for each in (found, _bare(found), _alone(found)):
        if _longest(each) <= card_words:
            return each
    return None


def best(article: Article, found: Sequence[Found], sections: Sequence[str], *, share: float) -> list[Found]:
    """Choose the excerpts that the allowance holds: one of each section in turn; everything else stays.

    Where no more is left after that, quotations lose their context.
    """
    allowed = allowance(article, share)
    quotations = [each for each in found if isinstance(each.item, Quotation)]
    excerpts = [each for each in found if isinstance(each.item, Excerpt)]
    quoted = Seen()
    held = sum(quoted.add(text) for each in quotations for _, text in verbatim(_bare(each).item))
    room = max(allowed - held, allowed // _FOR_QUOTATIONS)
    kept = _fitting(_in_turn(excerpts, sections), room)
    held += sum(quoted.add(each.item.text) for each in kept if isinstance(each.item, Excerpt))
    free = allowed - held
    shown = []
    for each in quotations:
        context = sum(quoted.add(text) for _, text in verbatim(each.item))
        fits = context <= free
        free -= context if fits else 0
        shown.append(each if fits else _bare(each))
    chosen = {id(each) for each in kept}
    return [*shown, *(each for each in excerpts if id(each) in chosen)]


def within(article: Article, held: Iterable[Found], found: Sequence[Found], *, share: float) -> list[Found]:
    """Keep what the allowance holds beside what is held, the surest quotations first, then the excerpts."""
    seen, kept = Seen(), set[int]()
    left = allowance(article, share) - sum(
        seen.add(text) for text in [article.standfirst, *(t for each in held for _, t in verbatim(each.item))]
    )
    surest = sorted(found, key=lambda each: (isinstance(each.item, Excerpt), -each.confidence))
    for each in surest:
        texts = [text for _, text in verbatim(each.item)]
        if _fresh(texts) <= left:
            left -= sum(seen.add(text) for text in texts)
            kept.add(id(each))
    return [each for each in found if id(each) in kept]


def _fitting(excerpts: Iterable[Found], room: int) -> list[Found]:
    kept = []
    for each in excerpts:
        length = len(words(each.item.text)) if isinstance(each.item, Excerpt) else 0
        if length <= room:
            kept.append(each)
            room -= length
    return kept


def _in_turn(excerpts: Sequence[Found], sections: Sequence[str]) -> list[Found]:
    """Order excerpts so that every section has its first before any has its second."""
    turns: dict[str, int] = {}
    ordered = []
    for place, each in enumerate(excerpts):
        section = each.item.section if isinstance(each.item, Excerpt) else ""
        turns[section] = turns.get(section, 0) + 1
        ordered.append((turns[section], sections.index(section) if section in sections else 0, place, each))
    return [each for *_, each in sorted(ordered, key=lambda entry: entry[:3])]


def _bare(found: Found) -> Found:
    """Give a quotation without what stands around it, which "In context" would show."""
    if not isinstance(found.item, Quotation):
        return found
    return replace(found, item=replace(found.item, before="", after=""))


def _alone(found: Found) -> Found:
    """Give a quotation without anything of the page but its own words."""
    bare = _bare(found)
    return replace(bare, item=replace(bare.item, passage="")) if isinstance(bare.item, Quotation) else bare


def _longest(found: Found) -> int:
    return max((len(words(text)) for _, text in cards(found.item)), default=0)


def _fresh(texts: Iterable[str]) -> int:
    seen = Seen()
    return sum(seen.add(text) for text in texts)
