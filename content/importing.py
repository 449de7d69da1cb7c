"""From the bytes of a page to its proposals, or a sentence that says why there are none."""

from bot.core.findings import Findings, Given
from bot.core.rights import CARD_WORDS, SHARE
from bot.core.wording import in_marks
from content.importer.page import PageFault
from content.importer.pipeline import find
from content.proposing import propose


def findings_of(
    raw: bytes, name: str, given: Given, *, share: float = SHARE, card_words: int = CARD_WORDS
) -> Findings:
    """Read a page, and make its proposals. Raises PageFault, also where there is nothing to propose."""
    found = propose(find(raw, name), given, share=share, card_words=card_words)
    if not found.found:
        raise PageFault(nothing_in(name, found))
    return found


def nothing_in(name: str, found: Findings) -> str:
    """Say that a page holds nothing to propose, and what it was looked through for."""
    words = sum(each.article.words for each in found.articles)
    left_out = " What there is falls under what was left out." if found.left_out else ""
    return (
        f"{in_marks(name)} was read, {words:,} words, and nothing in it can be proposed: no quotation of anybody’s, and no "
        f"passage that stands alone.{left_out} Is it the whole article?"
    )
