"""Whole pages of several shapes, with the speaker of each quotation written behind it in braces."""

import re
from pathlib import Path

import pytest

from content.importer.extraction import extract
from content.importer.page import Page
from content.importer.reading import read

PAGES = Path(__file__).parent / "data" / "importer"
_LABELS = re.compile(r"(?:\{[^}]*\})+")


def labelled(name: str) -> tuple[Page, list[tuple[int, list[str]]]]:
    """Read a page: what is found on it, and each run of labels with the offset it stands behind."""
    raw = read((PAGES / name).read_bytes(), name)
    text, labels, done = "", [], 0
    for found in _LABELS.finditer(raw):
        text += raw[done : found.start()]
        labels.append((len(text), re.findall(r"\{([^}]*)\}", found.group())))
        done = found.end()
    return extract(text + raw[done:]), labels


def outcomes(name: str) -> list[tuple[str, str, float]]:
    """Return the speaker that is right, the one that was found, and its confidence, for each part of a quotation."""
    page, labels = labelled(name)
    spans = [
        (start, end, found)
        for found in page.quotations
        for start, end in found.parts or ((found.start, found.end),)
    ]
    done, told = 0, []
    for end, speakers in labels:
        inside = [found for start, stop, found in spans if done <= start and stop <= end][-len(speakers) :]
        assert len(inside) == len(speakers), (
            f"{name}: a quotation before {page.text[end - 40 : end]!r} is not found"
        )
        told += [
            (right, found.speaker, found.confidence) for right, found in zip(speakers, inside, strict=True)
        ]
        done = end
    return told


def test_most_speakers_are_named_right() -> None:
    """Nine in ten of the named are right, at most one in twenty has a wrong name, and what is sure is nearly always right."""
    told = [
        outcome
        for page in sorted([*PAGES.glob("*.txt"), *PAGES.glob("*.html")])
        for outcome in outcomes(page.name)
    ]
    named = [(right, found) for right, found, _ in told if right]
    wrong = [(right, found) for right, found, _ in told if found and not _same(right, found)]
    sure = [(right, found) for right, found, confidence in told if found and confidence >= 0.8]
    assert sum(_same(right, found) for right, found in named) >= 0.9 * len(named)
    assert len(wrong) <= 0.05 * len(told)
    assert sum(_same(right, found) for right, found in sure) >= 0.97 * len(sure)


@pytest.mark.parametrize(
    "name", ["agency.txt", "editorial.txt", "feature.txt", "transcript.txt", "us_politics.txt"]
)
def test_every_named_speaker_of_a_plain_page_is_right(name: str) -> None:
    """On pages that follow the usual ways, nobody named is missed."""
    assert [found for right, found, _ in outcomes(name) if right and not _same(right, found)] == []


def _same(right: str, found: str) -> bool:
    return bool(right and found) and (right.removeprefix("the ") in found or found in right)


def test_the_head_and_the_foot_of_a_page_are_no_quotations() -> None:
    """Titles, standfirsts and notes on the writer offer nothing."""
    page, _ = labelled("feature.txt")
    assert (
        page.articles[0].standfirst
        == "For sixty years the Quills have set the town's type. Now the town has stopped reading"
    )
    assert not any("Ink Road" in found.text for found in page.quotations)
