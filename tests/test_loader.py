"""The loader: what it reads, and what it says of each thing that can be wrong in a file."""

import re
from pathlib import Path

import pytest

from bot.core.library import Rights
from content import proofs
from content.loader import Fault, LibraryFaults, Limits, Loaded, load

SOURCE = """The Ferry

Everybody in the valley had an opinion about the bridge, and nobody had asked the ferryman. "A bridge is a
promise to people who are not here yet," said the mayor, Ada Marsh. Ben Reed, who had rowed for forty years,
answered that the river keeps what it is owed.

The vote took place on a Tuesday. The bridge was built of oak from the upper wood.
"""

FILE = '''
[article]
id = "the-ferry"
title = "The Ferry"
rights = "public-domain"
words = 69
author = "cora-lind"
date = "1921-05-04"
topics = ["bridges"]

[article.inferred]
date = "The vote is known from the parish book."

[[people]]
id = "cora-lind"
name = "Cora Lind"

[[people]]
id = "ada-marsh"
name = "Ada Marsh"
role = "mayor, 1919 to 1925"

[[people]]
id = "ben-reed"
name = "Ben Reed"
public = false

[[quotations]]
id = "marsh-promise"
text = "A bridge is a promise to people who are not here yet"
speaker = "ada-marsh"
grade = "B"
passage = """
"A bridge is a promise to people who are not here yet," said the mayor, Ada Marsh.
"""
before = """
Everybody in the valley had an opinion about the bridge,
and nobody had asked the ferryman.
"""
finish = "people who are not here yet"
kinds = ["who", "finish"]
topics = ["bridges"]

[[quotations.endings]]
text = "what it is owed"
speaker = "ben-reed"

[[quotations.endings]]
text = "oak from the upper wood"
speaker = "cora-lind"

[[quotations.endings]]
text = "an opinion about the bridge"
speaker = "cora-lind"

[[quotations]]
id = "reed-river"
text = "the river keeps what it is owed"
speaker = "ben-reed"
grade = "C"
kinds = ["article"]

[[excerpts]]
id = "ferry-vote"
text = """
The vote took place on a Tuesday. The bridge was built
of oak from the upper wood.
"""
part = 1

[[facts]]
id = "fact-wood"
question = "Of what was the bridge built?"
answer = "Oak"
options = ["Ash", "Elm", "Oak", "Pine"]
passage = "The bridge was built of oak from the upper wood."
excerpt = "ferry-vote"
alone = false

[[facts]]
id = "fact-mayor"
question = "Who was the mayor?"
answer = "Ada Marsh"
options = ["Ada Marsh", "Cora Lind"]
passage = """
"A bridge is a promise to people who are not here yet," said the mayor, Ada Marsh.
"""
person = "ada-marsh"

[[prompts]]
id = "prompt-ferry"
text = "Who should be asked before something is built?"
'''


def write(folder: Path, text: str, name: str = "ferry.toml") -> Path:
    """Put an article file into a folder."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_proof(folder: Path, text: str = SOURCE) -> None:
    """Put the proof of the ferry's article into a folder."""
    (folder / "proofs").mkdir()
    (folder / "proofs" / "the-ferry.toml").write_text(
        proofs.write(proofs.make(text, salt=b"salt")), encoding="utf-8"
    )


def faults(folder: Path, limits: Limits | None = None) -> list[str]:
    """Say what the loader says of a folder."""
    with pytest.raises(LibraryFaults) as raised:
        load(folder, limits=limits)
    assert str(raised.value).splitlines() == [str(fault) for fault in raised.value.faults]
    return [str(fault) for fault in raised.value.faults]


def changed(old: str, new: str) -> str:
    """Change one thing in the good file; the thing has to be there."""
    assert old in FILE
    return FILE.replace(old, new, 1)


def test_good_file_loads(tmp_path: Path) -> None:
    """A whole file becomes a shelf, its text folded, its people and topics at hand."""
    loaded = load(write(tmp_path, FILE))
    assert [len(loaded.shelves[0].quotations), len(loaded.shelves[0].items)] == [2, 6]
    assert loaded.shelves[0].excerpts[0].text == (
        "The vote took place on a Tuesday. The bridge was built of oak from the upper wood."
    )
    assert (sorted(loaded.people), loaded.topics) == (["ada-marsh", "ben-reed", "cora-lind"], ("bridges",))


def test_good_file_with_its_proof_loads(tmp_path: Path) -> None:
    """Short endings are proven by the longer passages that hold them."""
    write_proof(write(tmp_path, FILE))
    assert load(tmp_path).proofs["the-ferry"].words == 69


def test_articles_come_oldest_first_and_undated_last(tmp_path: Path) -> None:
    """The shelves stand in the order of their dates, whatever their files are called."""
    plain = '[article]\nid = "{0}"\ntitle = "{0}"\nrights = "public-domain"\nwords = 1\n{1}'
    for name, identity, date in (
        ("a", "none", ""),
        ("b", "late", 'date = "2017"'),
        ("c", "early", 'date = "2010"'),
    ):
        write(tmp_path, plain.format(identity, date), f"{name}.toml")
    loaded: Loaded = load(tmp_path)
    assert [shelf.article.id for shelf in loaded.shelves] == ["early", "late", "none"]


def test_byte_order_mark_and_windows_line_ends_are_welcome(tmp_path: Path) -> None:
    """A file saved by a Windows editor reads like any other."""
    text = FILE.replace("\n", "\r\n")
    (tmp_path / "ferry.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load(tmp_path).shelves == load(write(tmp_path, FILE)).shelves


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[article]\n", "[article\n", ": this is not TOML: Expected ']' at the end of a table declaration (at line 2, column 9). Look at that place, and at the line above."),
        ("[[people]]\n", "[[peple]]\n", ", peple: there is no such field. Did you mean “people”?"),
        ("[[prompts]]", "[prompts]", ", prompts: this is not a list of entries. Begin every entry with “[[prompts]]”."),
        ('role = "mayor', 'rule = "mayor', ", person ada-marsh, rule: there is no such field. Did you mean “role”?"),
        ("part = 1", "part = 1\nxyzzy = 2", ", excerpt ferry-vote, xyzzy: there is no such field. The fields are id, text, part, section, topics."),
        ('id = "fact-wood"\n', "", ", fact 1, id: this is missing. Add a line “id = …”."),
        ('grade = "B"', 'grad = "B"', ", quotation marsh-promise, grad: there is no such field. Did you mean “grade”?"),
        ('grade = "B"\n', "", ", quotation marsh-promise, grade: this is missing. Add a line “grade = …”."),
        ('grade = "B"', 'grade = "F"', ", quotation marsh-promise, grade: “F” is not one of them. Write A, B, C, D."),
        ('"public-domain"', '"public-domian"', ", article the-ferry, rights: “public-domian” is not one of them. Did you mean “public-domain”?"),
        ("words = 69", 'words = "69"', ", article the-ferry, words: this is not a whole number from 1. Write it in digits, without quotation marks."),
        ("part = 1", "part = 0", ", excerpt ferry-vote, part: this is not a whole number from 1. Write it in digits, without quotation marks."),
        ('date = "1921-05-04"', "date = 1921", ", article the-ferry, date: this is not text. Put it in quotation marks."),
        ("public = false", 'public = "no"', ", person ben-reed, public: this is neither true nor false. Write one of the two, without quotation marks."),
        ('topics = ["bridges"]', 'topics = "bridges"', ', article the-ferry, topics: this is not a list of texts. Write it as ["one", "two"].'),
        ('[article.inferred]\ndate = "The', 'inferred = "The', ', article the-ferry, inferred: this is not a table of reasons. Write “field = "reason"” below “[article.inferred]”.'),
        ('[[quotations.endings]]\ntext = "what it is owed"\n', '[[quotations.endings]]\ntxt = "what it is owed"\n', ", quotation marsh-promise, endings 1, txt: there is no such field. Did you mean “text”?"),
        ('id = "fact-wood"', 'id = "Fact Wood"', ", fact Fact Wood, id: “Fact Wood” cannot be an id. Use small letters, digits and single hyphens, at most 60."),
        ('title = "The Ferry"', 'title = " "', ", article the-ferry, title: this is empty. Fill it in, or take the entry out."),
        ('author = "cora-lind"', 'author = "cora-lynd"', ", article the-ferry, author: nobody in this file has the id “cora-lynd”. Did you mean “cora-lind”?"),
        ('date = "1921-05-04"', 'date = "1921-5-4"', ", article the-ferry, date: “1921-5-4” is not a date. Write YYYY or YYYY-MM-DD."),
        ('date = "1921-05-04"', 'date = "1921-05-04"\nurl = "ferry.example"', ", article the-ferry, url: “ferry.example” is not a web address. Begin it with https://."),
        ('"public-domain"', '"licensed"', ", article the-ferry, licence: this is empty. Say under which licence the article may be used."),
        ("[article.inferred]\ndate", "[article.inferred]\ndata", ", article the-ferry, inferred: there is no field “data”. Did you mean “date”?"),
        ("[article.inferred]\ndate", "[article.inferred]\npublication", ", article the-ferry, inferred: “publication” needs both a value and a reason. Fill in what is empty, or take the line out."),
        ('kinds = ["who", "finish"]\ntopics = ["bridges"]', 'kinds = ["who", "finish"]\ntopics = ["bridge"]', ", quotation marsh-promise, topics: “bridge” is not among the article’s topics. Did you mean “bridges”?"),
        ('speaker = "ada-marsh"', 'speaker = "marsh"', ", quotation marsh-promise, speaker: nobody in this file has the id “marsh”. Did you mean “ada-marsh”?"),
        ('speaker = "ada-marsh"', 'speaker = "xyzzy"', ", quotation marsh-promise, speaker: nobody in this file has the id “xyzzy”. Add the person under [[people]]."),
        ('\n"A bridge is', '\n"The bridge is', ", quotation marsh-promise, passage: the text does not stand in it. Copy the whole sentence that holds the text."),
        ('kinds = ["who", "finish"]', 'kinds = ["whom", "finish"]', ", quotation marsh-promise, kinds: there is no kind “whom”. Did you mean “who”?"),
        ('grade = "B"', 'grade = "D"', ", quotation marsh-promise, kinds: a quotation of grade D is never asked. Write kinds = []."),
        ('kinds = ["who", "finish"]', 'kinds = ["who"]', ", quotation marsh-promise, kinds: “finish” stands among the kinds, or an ending under finish, but not both. Add the one or take out the other."),
        ('kinds = ["article"]', 'kinds = ["who"]', ", quotation reed-river, kinds: Ben Reed is not a public figure and never keys a question. Take “who” out of the kinds."),
        ('grade = "B"', 'grade = "B"\nverb = "told Mr Marsh"', ", quotation marsh-promise, text: Ada Marsh is named in the words asked. Take “who” out of the kinds."),
        ('finish = "people who are not here yet"', 'finish = "people who are here"', ", quotation marsh-promise, finish: the text does not end with it. Write the last words of the text, without the full stop."),
        ('finish = "people who are not here yet"', 'finish = "A bridge is a promise to people who are not here yet"', ", quotation marsh-promise, finish: the text does not end with it. Write the last words of the text, without the full stop."),
        ('finish = "people who are not here yet"', 'finish = "ople who are not here yet"', ", quotation marsh-promise, finish: the text does not end with it. Write the last words of the text, without the full stop."),
        ('text = "A bridge is a promise to people who are', 'text = "people who are', ", quotation marsh-promise, finish: the text has fewer than 8 words. Take finish, its endings and its kind out."),
        ('text = "what it is owed"', 'text = "oak from the upper wood"', ", quotation marsh-promise, endings: these are not 3 endings that differ from the right one and from each other. Give 3 wrong ones."),
        ('text = "what it is owed"', 'text = "People who are not here yet"', ", quotation marsh-promise, endings: these are not 3 endings that differ from the right one and from each other. Give 3 wrong ones."),
        ('text = "what it is owed"\nspeaker = "ben-reed"', 'text = "what it is owed"\nspeaker = "ben-read"', ", quotation marsh-promise, endings 1, speaker: nobody in this file has the id “ben-read”. Did you mean “ben-reed”?"),
        ("part = 1", "part = 2", ", excerpt ferry-vote, part: 2 leaves a gap or stands twice. Number the excerpts from 1 to 1."),
        ('answer = "Oak"', 'answer = "Teak"', ", fact fact-wood, options: “Teak” is not among them. Add the answer, letter by letter."),
        ('["Ash", "Elm", "Oak", "Pine"]', '["Ash", "ash", "Oak", "Pine"]', ", fact fact-wood, options: these are not 2 to 4 different options. Give the answer and 3 wrong ones."),
        ('["Ash", "Elm", "Oak", "Pine"]', '["Ash", "Elm", "Oak", "Pine", "Yew"]', ", fact fact-wood, options: these are not 2 to 4 different options. Give the answer and 3 wrong ones."),
        ("Of what was the bridge built?", "Was the bridge built of oak?", ", fact fact-wood, question: it gives the answer away. Ask without using the words of the answer."),
        ('excerpt = "ferry-vote"', 'excerpt = "ferry-vole"', ", fact fact-wood, excerpt: no excerpt in this file has the id “ferry-vole”. Did you mean “ferry-vote”?"),
        ('excerpt = "ferry-vote"\n', "", ", fact fact-wood, excerpt: this is empty. Name the excerpt below which the question makes sense."),
        ('person = "ada-marsh"', 'person = "ada"', ", fact fact-mayor, person: nobody in this file has the id “ada”. Did you mean “ada-marsh”?"),
        ('person = "ada-marsh"', 'person = "cora-lind"', ", fact fact-mayor, answer: “Ada Marsh” is not the name of cora-lind. Write “Cora Lind”, in the options too."),
        ("Who was the mayor?", "Who was the mayor in Marsh’s time?", ", fact fact-mayor, question: Ada Marsh is named in it. Ask without the name; a title may be shortened."),
        ('speaker = "ada-marsh"\ngrade = "B"', 'speaker = "cora-lind"\ngrade = "C"', ", quotation marsh-promise, kinds: “According to Cora Lind, who said …?” would give Cora Lind away. Give the author’s own line grade A, or take “who” out of the kinds."),
        ('name = "Ada Marsh"', 'name = "Ada Marsh"\npublic = false', ", fact fact-mayor, person: Ada Marsh is not a public figure and never keys a question. Ask about something else."),
        ('id = "fact-mayor"', 'id = "fact-wood"', ", fact fact-wood, id: fact fact-wood in ferry.toml has this id already. Give the newer of the two another; ids never change later."),
        ('id = "prompt-ferry"', 'id = "reed-river"', ", prompt reed-river, id: quotation reed-river in ferry.toml has this id already. Give the newer of the two another; ids never change later."),
        ('id = "ben-reed"\n', 'id = "ada-marsh"\n', ", person ada-marsh, id: person ada-marsh in ferry.toml has this id already. Give the newer of the two another; ids never change later."),
        ('role = "mayor, 1919 to 1925"', 'role = "mayor, 1919 to 1925"\naliases = ["cora lind"]', ", person ada-marsh, aliases: “cora lind” is a name of person cora-lind too. Keep one entry for one person, and in each only names that fit nobody else."),
        ('name = "Ben Reed"', 'name = "Ada Marsh"', ", person ben-reed, name: “Ada Marsh” is a name of person ada-marsh too. Keep one entry for one person, and in each only names that fit nobody else."),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One change that breaks the file is told where it is, as what it is, with what to do."""
    assert f"ferry.toml{said}" in faults(write(tmp_path, changed(old, new)))


def test_one_thing_wrong_is_told_once(tmp_path: Path) -> None:
    """A fault in one entry makes no other look faulty: what refers to it still finds its id."""
    text = changed('role = "mayor, 1919 to 1925"', "role = 1919")
    assert faults(write(tmp_path, text)) == [
        "ferry.toml, person ada-marsh, role: this is not text. Put it in quotation marks."
    ]


def test_everything_wrong_with_one_entry_is_told_at_once(tmp_path: Path) -> None:
    """A field that cannot be read hides nothing that can be judged without it."""
    text = (
        changed('title = "The Ferry"', "title = 7")
        .replace('author = "cora-lind"\ndate = "1921-05-04"', 'author = "cora"\ndate = "1921-5-4"')
        .replace('id = "marsh-promise"', 'id = "marsh-promise"\nnote = 1')
        .replace('finish = "people who', 'finish = "the people who')
        .replace('text = "what it is owed"\nspeaker = "ben-reed"', 'text = 3\nspeaker = "ben"')
        .replace('["Ash", "Elm", "Oak", "Pine"]', '["Ash", "Elm"]')
        .replace('passage = "The bridge was', 'pasage = "The bridge was')
        .replace("part = 1", "part = 2\nsection = false")
    )
    assert sorted(faults(write(tmp_path, text))) == [
        "ferry.toml, article the-ferry, author: nobody in this file has the id “cora”. Did you mean “cora-lind”?",
        "ferry.toml, article the-ferry, date: “1921-5-4” is not a date. Write YYYY or YYYY-MM-DD.",
        "ferry.toml, article the-ferry, title: this is not text. Put it in quotation marks.",
        "ferry.toml, excerpt ferry-vote, part: 2 leaves a gap or stands twice. Number the excerpts from 1 to 1.",
        "ferry.toml, excerpt ferry-vote, section: this is not text. Put it in quotation marks.",
        "ferry.toml, fact fact-wood, options: “Oak” is not among them. Add the answer, letter by letter.",
        "ferry.toml, fact fact-wood, pasage: there is no such field. Did you mean “passage”?",
        "ferry.toml, quotation marsh-promise, endings 1, speaker: nobody in this file has the id “ben”. Did you mean “ben-reed”?",
        "ferry.toml, quotation marsh-promise, endings 1, text: this is not text. Put it in quotation marks.",
        "ferry.toml, quotation marsh-promise, finish: the text does not end with it. Write the last words of the text, without the full stop.",
        "ferry.toml, quotation marsh-promise, note: this is not text. Put it in quotation marks.",
    ]


LINE = re.compile(r"^([a-z]+ = )(\"\"\".*?\"\"\"|[^\n]*)$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("value", "least"), [("1979-05-27", 1), ('""', 0)])
@pytest.mark.parametrize(
    "line", tuple(LINE.finditer(FILE)), ids=lambda line: f"{line.start()}-{line[1].strip(' =')}"
)
def test_what_hangs_on_a_field_that_cannot_be_read_is_not_told_too(
    tmp_path: Path, line: re.Match[str], value: str, least: int
) -> None:
    """Each field of the good file in turn is a date, which none may be, or is empty, which some may be: one fault at most."""
    write_proof(write(tmp_path, FILE[: line.end(1)] + value + FILE[line.end() :]))
    found: tuple[Fault, ...] = ()
    try:
        load(tmp_path)
    except LibraryFaults as told:
        found = told.faults
    assert least <= len(found) <= 1, "\n".join(map(str, found))


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Faults of form, of reference and of sense, in several files, all come in one go."""
    write(
        tmp_path, changed('grade = "B"', 'grade = "B"\nverb = ""').replace("part = 1", "part = 3"), "a.toml"
    )
    write(tmp_path, "words = ", "b.toml")
    (tmp_path / "c.toml").write_bytes(b"[article]\n# \xe9\n")
    assert faults(tmp_path) == [
        "a.toml, quotation marsh-promise, verb: this is empty. Fill it in, or take the entry out.",
        "a.toml, excerpt ferry-vote, part: 3 leaves a gap or stands twice. Number the excerpts from 1 to 1.",
        (
            "b.toml: this is not TOML: Invalid value (at end of document). Look at that place, and at the line"
            " above."
        ),
        "c.toml: byte 13 is not UTF-8. Save the file as UTF-8.",
    ]


def test_missing_article_table_is_told(tmp_path: Path) -> None:
    """A file without an article says so, and its other entries are still checked."""
    text = FILE[FILE.index("[[people]]") :].replace('answer = "Oak"', 'answer = "Teak"')
    assert faults(write(tmp_path, text)) == [
        "ferry.toml, article: this table is missing. Begin the file with “[article]”.",
        "ferry.toml, fact fact-wood, options: “Teak” is not among them. Add the answer, letter by letter.",
    ]


def test_endings_that_are_no_list_are_told(tmp_path: Path) -> None:
    """Endings written as a text get the way to write them."""
    start = FILE.index("[[quotations.endings]]")
    end = FILE.index('[[quotations]]\nid = "reed-river"')
    text = (FILE[:start] + FILE[end:]).replace('finish = "', 'endings = "two"\nfinish = "')
    assert faults(write(tmp_path, text)) == [
        (
            "ferry.toml, quotation marsh-promise, endings: this is not a list of entries. Begin every ending with"
            " “[[quotations.endings]]”."
        )
    ]


def test_folder_without_articles_is_told(tmp_path: Path) -> None:
    """An empty folder, or none, is a fault of its own."""
    said = "there is no article file here. Name a folder with *.toml files."
    assert faults(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: {said}"]


def test_unreadable_file_is_told(tmp_path: Path) -> None:
    """A folder that is called like a file is named with the system's reason."""
    (write(tmp_path, FILE) / "odd.toml").mkdir()
    assert faults(tmp_path) == [
        "odd.toml: this cannot be read: Is a directory. See that the bot may read it."
    ]


def test_two_files_with_the_same_ids_are_told(tmp_path: Path) -> None:
    """An article, and each of its items, has an id that no other file uses."""
    write(write(tmp_path, FILE, "a.toml"), FILE, "b.toml")
    said = "in a.toml has this id already. Give the newer of the two another; ids never change later."
    assert [fault for fault in faults(tmp_path) if "fact" not in fault] == [
        f"b.toml, article the-ferry, id: article the-ferry {said}",
        f"b.toml, quotation marsh-promise, id: quotation marsh-promise {said}",
        f"b.toml, quotation reed-river, id: quotation reed-river {said}",
        f"b.toml, excerpt ferry-vote, id: excerpt ferry-vote {said}",
        f"b.toml, prompt prompt-ferry, id: prompt prompt-ferry {said}",
    ]


def test_one_person_may_stand_in_two_files_alike(tmp_path: Path) -> None:
    """The same entry in two files is one person; a different one is a fault."""
    other = '[article]\nid = "other"\ntitle = "Other"\nrights = "public-domain"\nwords = 9\n\n[[people]]\nid = "ada-marsh"\nname = "Ada Marsh"\n'
    write(write(tmp_path, FILE), other + 'role = "mayor, 1919 to 1925"\n', "other.toml")
    assert load(tmp_path).people["ada-marsh"].role == "mayor, 1919 to 1925"
    write(tmp_path, other, "other.toml")
    assert faults(tmp_path) == [
        "other.toml, person ada-marsh: ferry.toml describes the same person in another way. Make the two entries alike."
    ]


def test_too_much_of_an_article_in_copyright_is_told(tmp_path: Path) -> None:
    """Over the share, the loader says how many words are held, allowed, and too many."""
    text = changed('"public-domain"', '"in-copyright"')
    said = "57 words of it are held, and 25% of its 69 are 17. Take out 40 or more."
    assert faults(write(tmp_path, text)) == [f"ferry.toml, article the-ferry: {said}"]
    assert load(tmp_path, limits=Limits(share=0.95)).shelves[0].article.rights is Rights.IN_COPYRIGHT


def test_too_much_of_an_article_on_one_card_is_told(tmp_path: Path) -> None:
    """Over the words of a card, the loader names the card that would show them."""
    text = changed('"public-domain"', '"in-copyright"')
    assert faults(write(tmp_path, text), Limits(share=1, card_words=32)) == [
        (
            "ferry.toml, quotation marsh-promise, before, passage and after: one card would show 33 words of an"
            " article in copyright. Take out 1 or more."
        )
    ]


def test_public_domain_may_be_held_whole(tmp_path: Path) -> None:
    """Neither limit binds an article that is free."""
    assert load(write(tmp_path, FILE), limits=Limits(share=0, card_words=1)).proofs == {}


def test_words_that_the_article_does_not_have_are_told(tmp_path: Path) -> None:
    """With a proof, one changed letter in any field is found."""
    write_proof(write(tmp_path, changed("on a Tuesday. The", "on a tuesday. The")))
    said = "these words do not stand in the article like this. Copy them again, letter by letter."
    assert faults(tmp_path) == [f"ferry.toml, excerpt ferry-vote, text: {said}"]


def test_short_words_that_no_passage_holds_are_told(tmp_path: Path) -> None:
    """Fewer than six words are proven only where they stand, as whole words, in a longer passage that is held."""
    write_proof(write(tmp_path, changed('text = "what it is owed"', 'text = "for forty years"')))
    said = "these words do not stand in the article like this. Copy them again, letter by letter."
    assert f"ferry.toml, quotation marsh-promise, endings 1: {said}" in faults(tmp_path)


def test_length_that_differs_from_the_proof_is_told(tmp_path: Path) -> None:
    """The article's words are those of its proof."""
    write_proof(write(tmp_path, changed("words = 69", "words = 690")))
    said = "the proof file counts 69 words, not 690. Correct it, or make the proof again."
    assert faults(tmp_path) == [f"ferry.toml, article the-ferry, words: {said}"]


def test_broken_proof_is_told(tmp_path: Path) -> None:
    """A proof file that lost a line is named, and the library does not load without it."""
    write_proof(write(tmp_path, FILE))
    path = tmp_path / "proofs" / "the-ferry.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("words = 69", "words = 68"), encoding="utf-8")
    assert faults(tmp_path) == [
        "proofs/the-ferry.toml: this is no proof: 68 words do not go with 64 runs. Make it again."
    ]


def test_faults_carry_their_parts(tmp_path: Path) -> None:
    """A fault can be shown in parts: file, entry, field, problem and remedy."""
    write(tmp_path, changed('grade = "B"', 'grade = "F"'))
    with pytest.raises(LibraryFaults) as raised:
        load(tmp_path)
    assert raised.value.faults == (
        Fault(
            file="ferry.toml",
            entry="quotation marsh-promise",
            field="grade",
            problem="“F” is not one of them.",
            remedy="Write A, B, C, D.",
        ),
    )
