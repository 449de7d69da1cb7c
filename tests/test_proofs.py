"""Proofs of words whose source is not kept, the count of words held, and names inside words."""

import re
from pathlib import Path

import pytest

from bot.core.library import Article, Excerpt, Fact, Grade, Person, Quotation, Rights, Shelf
from bot.core.names import named_in
from content import proofs, rights

SOURCE = "The ferry left at nine, as ever. “Nobody swims,” said Ben; the co-operative owns 1,200 oars.\n\nIt was late."
PROOF = proofs.make(SOURCE, salt=b"salt")
ARTICLE = Article(id="ferry", title="The Ferry", rights=Rights.IN_COPYRIGHT, words=19)


def excerpt(text: str, number: int = 1) -> Excerpt:
    """Hold some words as an excerpt."""
    return Excerpt(id=f"part-{number}", article="ferry", text=text, part=number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Co-operatives don’t; don't they?", ["Co-operatives", "don’t", "don't", "they"]),
        ("16,750 and 10.99, or £5", ["16,750", "and", "10.99", "or", "5"]),
        ("left/right – S-H-E-E-P . . .", ["left", "right", "S-H-E-E-P"]),
        ("end.Begin", ["end", "Begin"]),
        ("‘strivers’ and ‘scroungers’", ["strivers", "and", "scroungers"]),
        ("", []),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, expected: list[str]) -> None:
    """Hyphens, apostrophes and figures stay inside a word; marks and dashes are none."""
    assert proofs.words(text) == expected


@pytest.mark.parametrize(
    ("passage", "place"),
    [
        ("The ferry left at nine, as", 0),
        ("ferry left at nine, as ever. “Nobody swims,” said", 1),
        ("the\u00a0co-operative owns 1,200\n  oars.\n\nIt was late.", 11),
        ("(said Ben; the co-operative owns 1,200)", 9),
    ],
)
def test_passages_are_found_at_their_place(passage: str, place: int) -> None:
    """A passage of six words or more is found by its first word, whatever its white space and its outer marks."""
    assert proofs.prove(passage, PROOF) == place


@pytest.mark.parametrize(
    "passage",
    [
        "The ferry left at ten, as ever.",
        "the ferry left at nine, as ever.",
        "The ferry left at nine as ever.",
        "The ferry left at nine, as ever. “Nobody swims”, said",
        "said Ben; the co‑operative owns 1,200",
        "The ferry left at nine, as the co-operative owns 1,200 oars. It was late.",
        "left at nine, as ever",
        "",
    ],
)
def test_what_differs_in_a_letter_is_not_found(passage: str) -> None:
    """Another word, case, mark or hyphen, a passage put together from two, and fewer than six words prove nothing."""
    assert proofs.prove(passage, PROOF) is None


def test_proof_comes_back_from_its_file() -> None:
    """A proof is written and read without loss, and holds no word of the source."""
    text = proofs.write(PROOF)
    assert proofs.read(text) == PROOF
    assert not any(word in text.split("runs")[1] for word in ("ferry", "Nobody", "oars"))


def test_proof_of_a_few_words_is_empty() -> None:
    """A source shorter than a run has a length and nothing else."""
    short = proofs.make("Too short.", salt=b"")
    assert (short.words, short.runs, proofs.read(proofs.write(short))) == (2, (), short)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("words = 19", "words = 20", "20 words do not go with 14 runs"),
        ("salt =", "sald =", "salt, words and runs are needed"),
        ("00000 ", "", "salt, words and runs are needed"),
        ('salt = "', 'salt = "x', "non-hexadecimal number found"),
        ("words = 19", "words =", "Invalid value"),
    ],
)
def test_broken_proof_is_refused(old: str, new: str, said: str) -> None:
    """A proof file that lost something cannot be read, and says why."""
    text = proofs.write(PROOF)
    assert old in text
    with pytest.raises(ValueError, match=re.escape(said)):
        proofs.read(text.replace(old, new))


def test_proof_made_again_keeps_its_salt(tmp_path: Path) -> None:
    """Correcting one word of a source changes the runs around it and no other."""
    article, proof = tmp_path / "article.txt", tmp_path / "proof.toml"
    article.write_text(SOURCE, encoding="utf-8")
    proofs.main(article, proof)
    before = proofs.read(proof.read_text(encoding="utf-8"))
    article.write_text(SOURCE.replace("Ben", "Bill"), encoding="utf-8")
    proofs.main(article, proof)
    after = proofs.read(proof.read_text(encoding="utf-8"))
    changed = [at for at, runs in enumerate(zip(before.runs, after.runs, strict=True)) if runs[0] != runs[1]]
    assert changed == list(range(5, 11))


def test_words_held_twice_count_once() -> None:
    """The union is counted: overlaps of excerpts, passages and context once, whatever holds them."""
    quotation = Quotation(
        id="swims",
        article="ferry",
        text="Nobody swims",
        speaker="ben",
        grade=Grade.B,
        passage="“Nobody swims,” said Ben; the co-operative owns 1,200 oars.",
        before="The ferry left at nine, as ever.",
    )
    fact = Fact(
        id="time",
        article="ferry",
        question="When?",
        answer="Nine",
        options=("Nine", "Ten"),
        passage=quotation.before,
    )
    shelf = Shelf(
        article=ARTICLE, quotations=(quotation,), excerpts=(excerpt(quotation.before),), facts=(fact,)
    )
    assert (rights.held(shelf, PROOF), rights.held(shelf)) == (
        rights.Held(words=16, share=16 / 19),
        rights.Held(words=16, share=16 / 19),
    )


def test_passages_that_overlap_at_their_ends_count_once() -> None:
    """Two passages that share a run of six words count it once, with a proof and without."""
    texts = (
        "The ferry left at nine, as ever. “Nobody swims",
        "ferry left at nine, as ever. “Nobody swims,” said Ben;",
    )
    shelf = Shelf(article=ARTICLE, excerpts=tuple(map(excerpt, texts, (1, 2))))
    assert (rights.held(shelf, PROOF).words, rights.held(shelf).words) == (11, 11)


def test_short_overlap_is_counted_twice_without_a_proof() -> None:
    """Without the places an overlap below six words is not seen, so the count errs on the safe side."""
    texts = ("The ferry left at nine, as ever.", "at nine, as ever. “Nobody swims,” said Ben;")
    shelf = Shelf(article=ARTICLE, excerpts=tuple(map(excerpt, texts, (1, 2))))
    assert (rights.held(shelf, PROOF).words, rights.held(shelf).words) == (11, 15)


def test_words_that_are_not_in_the_source_count_too() -> None:
    """A passage that the proof does not know counts in full."""
    shelf = Shelf(article=ARTICLE, excerpts=(excerpt("Quite another sentence of seven words altogether."),))
    assert rights.held(shelf, PROOF).words == 7


def test_allowance_is_the_share_of_the_words() -> None:
    """A quarter of an article in copyright, or another share; all of one that is free."""
    free = Article(id="free", title="Free", rights=Rights.PUBLIC_DOMAIN, words=19)
    assert (rights.allowance(ARTICLE), rights.allowance(ARTICLE, 0.5), rights.allowance(free)) == (4, 9, 19)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brown has a fear of conflict", True),
        ("the view of BROWN", True),
        ("gordon brown said so", True),
        ("a brown envelope", False),
        ("Brown’s debate", True),
        ("Gordon alone", False),
        ("the Iron Chancellor spoke", True),
        ("Brownites agree", False),
    ],
)
def test_names_are_found_in_words(text: str, *, expected: bool) -> None:
    """The surname, the whole name or an alias names a person; a first name or a common word does not."""
    person = Person(id="gordon-brown", name="Gordon Brown", aliases=("Iron Chancellor",))
    assert named_in(person, text) is expected


def test_names_are_found_without_their_accents() -> None:
    """A name written without its accents is still that name."""
    assert named_in(Person(id="x", name="Zoé Müller"), "as Muller wrote")
