"""Words and figures as the cards say them."""

from datetime import UTC, datetime

import pytest

from bot.core import wording
from bot.core.durations import read_duration, say_duration
from bot.core.errors import UserMistake

AT = int(datetime(2026, 11, 24, 20, 0, 45, tzinfo=UTC).timestamp())


def test_times_are_said_in_the_zone_they_are_read_in() -> None:
    """Seconds for a live round, day and minute else; the zone moves the clock and the date."""
    assert wording.clock(AT, "Europe/London") == "20:00:45"
    assert wording.moment(AT, "Europe/London") == "Tue 24 Nov, 20:00"
    assert wording.moment(AT, "Asia/Tokyo") == "Wed 25 Nov, 05:00"
    assert wording.day(AT, "Asia/Tokyo") == "Wed 25 Nov"


def test_dates_are_said_as_far_as_they_are_known() -> None:
    """A year alone stays a year; a full date is written out."""
    assert wording.stated_date("2010") == "2010"
    assert wording.stated_date("2017-03-23") == "23 March 2017"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "No answers"), (1, "1 answer"), (2, "2 answers"), (1_240, "1,240 answers")]
)
def test_plurals_are_right(number: int, said: str) -> None:
    """One is one, none is none, and thousands have their comma."""
    assert wording.count(number, "answer") == said


def test_what_was_typed_comes_back_harmless() -> None:
    """Control characters and line breaks become spaces, and more than sixty characters are cut with a mark."""
    assert wording.in_marks("a\x1b[31m\n\u202eb\x00") == "“a [31m b”"
    assert wording.in_marks("x" * 10_000) == f"“{'x' * 59}…”"
    assert wording.in_marks("  ") == "“”"


@pytest.mark.parametrize(
    ("answer", "passage", "within"),
    [
        ("Co-operatives", "trade unions, mutuals and co-operatives.", "co-operatives"),
        ("Tony Benn", "I meet Jon Lansman, Tony Benn’s former fixer.", "Tony Benn"),
        ("A schoolteacher", "the tones of the schoolteacher she once was.", "a schoolteacher"),
        ("The World Transformed", "it is called The World Transformed.", "The World Transformed"),
        ("TSSA", "the TSSA building", "TSSA"),
        (
            "Equality, solidarity and citizenship",
            "the values of equality, solidarity",
            "equality, solidarity and citizenship",
        ),
        ("85", "they sent 85 carloads", "85"),
    ],
)
def test_an_answer_stands_within_a_sentence(answer: str, passage: str, within: str) -> None:
    """It has a small letter where it is no name."""
    assert wording.within_sentence(answer, passage) == within


@pytest.mark.parametrize(
    ("typed", "seconds"), [("45s", 45), ("2h", 7_200), ("2h30m", 9_000), (" 1D ", 86_400), ("1d 2h", 93_600)]
)
def test_spans_of_time_are_read(typed: str, seconds: int) -> None:
    """Days, hours, minutes and seconds, in any case and with spaces."""
    assert read_duration(typed, least=1, most=10**6) == seconds


@pytest.mark.parametrize("typed", ["", "2", "h", "2h2h", "-1h", "1.5h", "9999999s", "two hours"])
def test_what_is_no_span_is_said_to_be_none(typed: str) -> None:
    """Anything else is a mistake with a sentence."""
    with pytest.raises(UserMistake):
        read_duration(typed, least=1, most=10**6)


def test_spans_are_said_as_they_are_typed() -> None:
    """A span is said in the same form."""
    assert [say_duration(each) for each in (0, 45, 9_000, 93_600)] == ["0s", "45s", "2h30m", "1d2h"]


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("one two", 7, "one two"),
        ("one two three", 9, "one two …"),
        ("one two three", 8, "one …"),
        ("one\n two", 20, "one two"),
        ("unbreakable", 6, "unbre…"),
        ("Begin Out of one party, many cultures", 34, "Begin Out of one party, many …"),
    ],
)
def test_the_beginning_of_a_text(text: str, most: int, expected: str) -> None:
    """A text is shortened to whole words, with the mark counted; only a word that has no room at all is cut."""
    assert wording.beginning(text, most) == expected
