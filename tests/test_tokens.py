"""Tokens survive the round trip, and what no version could have made is not read as one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.catalogue import catalogue
from bot.core.errors import CardFault
from bot.core.tokens import VERSION, Token, read_token, token

SHIPPED = Path(__file__).parent / "data" / "tokens.txt"
WORDS = st.from_regex(r"[a-z][a-z_]{0,23}", fullmatch=True)
ARGS = st.text(
    st.characters(exclude_characters=",", categories=("L", "N", "P", "S")), min_size=1, max_size=12
)


@given(WORDS, WORDS, st.lists(ARGS, max_size=3))
def test_every_token_reads_back_as_itself(feature: str, action: str, args: list[str]) -> None:
    """What is written into a button comes back whole."""
    try:
        made = Token(feature, action, tuple(args))
    except CardFault:
        return
    assert read_token(str(made)) == made


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused_without_an_error(text: str) -> None:
    """A forged token is None or a token that writes itself the same way; never an exception."""
    read = read_token(text)
    assert read is None or str(read) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "quiz:answer:1",
        "2:quiz:answer:1",
        "1:quiz",
        "1:quiz:",
        "1:Quiz:answer",
        "1:quiz:answer:",
        "1:quiz:answer:a,,b",
        "1:quiz:answer:" + "x" * 100,
        "1:quiz:answer:1\n",
    ],
)
def test_what_this_version_never_wrote_is_not_a_token(text: str) -> None:
    """Other versions, missing parts and oversized texts are refused."""
    assert read_token(text) is None


def test_a_token_names_rows() -> None:
    """The written form is short and stable: buttons on old messages depend on it."""
    assert str(token("quiz:answer", 57, 2)) == "1:quiz:answer:57,2"


def _known() -> set[str]:
    registry = catalogue()
    return {f"button {name}" for name in registry.actions} | {f"form {name}" for name in registry.submissions}


def test_no_button_that_was_ever_sent_is_forgotten() -> None:
    """Messages outlive versions: what stands in tokens.txt is answered by every later one.

    Where a feature is taken away, its actions stay and say so. Before a release `python -m tests.test_tokens` adds what is
    new.
    """
    assert set(SHIPPED.read_text("utf-8").split()) >= {"button", "form", "quiz:answer", "quiz:typed"}
    assert set(SHIPPED.read_text("utf-8").splitlines()) - _known() == set()
    assert VERSION == "1"


if __name__ == "__main__":
    names = sorted(_known() | set(SHIPPED.read_text("utf-8").splitlines()))
    SHIPPED.write_text("".join(f"{name}\n" for name in names), "utf-8")
