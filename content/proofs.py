"""Prove words against an article that is not kept: salted hashes of its six-word runs, in order.

A word is a stretch of letters and digits with the apostrophes, hyphens and (between digits) points and commas inside
it: "co-operatives", "doesn’t" and "16,750" are one word each. A run is the text from the first letter of a word to
the last letter of the sixth, with every stretch of white space (no-break spaces and line ends among it) folded to one
space. Nothing else is folded: case, marks and hyphens count, since what is held is held verbatim.

`python -m content.proofs ARTICLE PROOF` reads an article's text from one file and writes its proof to the other.

A hash is cut to 16 bits. That keeps the file small and leaves many texts that would fit it, while a slip
in a passage is accepted about once in a million tries (once in twenty where the passage is six words long and no
more). It keeps honest people honest; it is no lock.
"""

import secrets
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from bot.core.rights import RUN, WORD, words

__all__ = ["RUN", "Proof", "make", "prove", "read", "words", "write"]

_DIGITS = 4
_A_LINE = 16
_SALT_BYTES = 8


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What is known of a source: its length in words, and the hash of the run that begins at each word."""

    salt: bytes
    words: int
    runs: tuple[str, ...] = field(repr=False)

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Where each hash occurs, first places first."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for position, run in enumerate(self.runs):
            found[run].append(position)
        return found


def make(text: str, *, salt: bytes | None = None) -> Proof:
    """Make the proof of a source text; the same salt (at most 16 bytes) makes the same proof."""
    salt = secrets.token_bytes(_SALT_BYTES) if salt is None else salt
    return Proof(salt=salt, words=len(words(text)), runs=tuple(_hashes(text, salt)))


def prove(passage: str, proof: Proof) -> int | None:
    """Find a passage in the source: the position of its first word, or None.

    Passages of fewer than six words give None: they are proven by standing inside a passage that is.
    """
    runs = tuple(_hashes(passage, proof.salt))
    if not runs:
        return None
    starts = proof.places.get(runs[0], ())
    return next((start for start in starts if proof.runs[start : start + len(runs)] == runs), None)


def write(proof: Proof) -> str:
    """Write a proof as the text of its file: sixteen runs a line, each line led by the position of its first."""
    lines = (
        f"{start:05} {''.join(proof.runs[start : start + _A_LINE])}"
        for start in range(0, len(proof.runs), _A_LINE)
    )
    body = "".join(f"{line}\n" for line in lines)
    return (
        "# Made from the article's text by content/proofs.py; see docs/library.md.\n"
        f'salt = "{proof.salt.hex()}"\nwords = {proof.words}\nruns = """\n{body}"""\n'
    )


def read(text: str) -> Proof:
    """Read the text of a proof file.

    Raises:
        ValueError: the text is no proof file, or a line of it is missing.
    """
    table = tomllib.loads(text)
    try:
        salt, count, body = bytes.fromhex(table["salt"]), table["words"], table["runs"]
        joined = "".join(line.split()[1] for line in body.splitlines() if line)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError("salt, words and runs are needed") from error
    runs = tuple(joined[at : at + _DIGITS] for at in range(0, len(joined), _DIGITS))
    if not isinstance(count, int) or len(runs) != max(count - RUN + 1, 0):
        raise ValueError(f"{count} words do not go with {len(runs)} runs")
    return Proof(salt=salt, words=count, runs=runs)


def _hashes(text: str, salt: bytes) -> Iterator[str]:
    """Hash every run of the text in order; none if it has fewer than six words."""
    folded = " ".join(text.split())
    spans = [found.span() for found in WORD.finditer(folded)]
    for first, last in zip(spans, spans[RUN - 1 :], strict=False):
        run = folded[first[0] : last[1]].encode()
        yield blake2b(run, digest_size=_DIGITS // 2, salt=salt).hexdigest()


def main(article: Path, proof: Path) -> None:
    """Write the proof of a text file; a proof that is there already keeps its salt, so that little of it changes."""
    salt = read(proof.read_text(encoding="utf-8")).salt if proof.is_file() else None
    proof.write_text(write(make(article.read_text(encoding="utf-8-sig"), salt=salt)), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
