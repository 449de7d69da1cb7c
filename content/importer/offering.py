"""Put together what a moderator is shown of each quotation: its parts, its speaker, and the sentences around it."""

import bisect
from collections.abc import Sequence

from content.importer.marks import Marked
from content.importer.page import FoundQuotation, QuotationKind
from content.importer.quotations import kind_of
from content.importer.sentences import Sentence
from content.importer.speaking.people import Being, Someone
from content.importer.speaking.rules import SECOND_PART
from content.importer.speaking.scene import Finding

SURE_ENOUGH = 0.55
"""Below this, a speaker is not given at all."""
_AROUND = 1_000
"""Characters of the sentences around a quotation at most: no writer's are longer."""
_ADDRESSES = frozenset("mr mrs ms miss dr sir dame lord lady".split())


def offered(
    text: str, number: int, kept: Sequence[tuple[Marked, Finding]], paragraphs: Sequence[Sequence[Sentence]]
) -> list[FoundQuotation]:
    """Return the quotations of article `number`, those that a tag interrupts put together to one."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    starts = [sentence.start for sentence in sentences]
    found: list[list[tuple[Marked, Finding]]] = []
    for marked, finding in kept:
        if found and finding.rule == SECOND_PART:
            found[-1].append((marked, finding))
        else:
            found.append([(marked, finding)])
    return [_offer(text, number, parts, sentences, starts) for parts in found]


def _offer(
    text: str,
    number: int,
    parts: Sequence[tuple[Marked, Finding]],
    sentences: Sequence[Sentence],
    starts: Sequence[int],
) -> FoundQuotation:
    first, last = parts[0][0], parts[-1][0]
    finding = parts[0][1]
    direct = any(kind_of(text, marked) is QuotationKind.DIRECT for marked, _ in parts)
    place = max(0, bisect.bisect_right(starts, first.outer_start) - 1)
    until = max(0, bisect.bisect_right(starts, last.outer_start) - 1)
    before = sentences[max(0, place - 1)].start
    after = sentences[min(len(sentences) - 1, until + 1)].end
    return FoundQuotation(
        text=text[first.start : last.end],
        start=first.start,
        end=last.end,
        article=number,
        kind=QuotationKind.DIRECT if direct else QuotationKind.FRAGMENT,
        speaker=_named(finding),
        role=_role(finding.someone),
        confidence=round(_confidence(finding), 2),
        rule=finding.rule,
        parts=tuple((marked.start, marked.end) for marked, _ in parts) if len(parts) > 1 else (),
        before=text[max(before, first.outer_start - _AROUND) : first.outer_start].strip(),
        after=text[last.outer_end : min(after, last.outer_end + _AROUND)].strip(),
    )


def _confidence(finding: Finding) -> float:
    """Return how surely the speaker is told: a body without a name is a question to the moderator."""
    someone = finding.someone
    nameless = someone is not None and someone.being is Being.BODY and not someone.name
    return min(finding.sure, SURE_ENOUGH) if nameless else finding.sure


def _named(finding: Finding) -> str:
    """Return the full name of the speaker, of all where several speak together; empty for nobody named."""
    someone = finding.someone
    if someone is None or someone.being not in {Being.PERSON, Being.BODY} or finding.sure < SURE_ENOUGH:
        return ""
    if someone.being is Being.BODY and not someone.name:
        return _institution(someone.role)
    return " and ".join(dict.fromkeys(other.called for other in (someone, *finding.others) if other.called))


def _institution(role: str) -> str:
    """Return “the council” for a body that the page never names, nothing for “a study”."""
    return f"the{role[3:]}" if role[:4].lower() == "the " else ""


def _role(someone: Someone | None) -> str:
    """Return what the page calls somebody besides the name, as it stands there."""
    if someone is None:
        return ""
    return someone.role or next(
        (role for role in someone.roles if role.lower().rstrip(".") not in _ADDRESSES), ""
    )
