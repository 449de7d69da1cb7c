"""Ask what a word can be: a verb of saying, a person's noun, a first name."""

from functools import cache

from content.importer.words import words

AUXILIARIES = frozenset(
    "has had have is was were are be been being will would could can may might must should shall did does do also then later once"
    " again now still never always just only even further soon quickly first since himself herself themselves both all too himself"
    " has also had also recently reportedly simply once twice already often sometimes repeatedly merely instead indeed".split()
)
DETERMINERS = frozenset(
    "the a an one another this that these those his her my our their its your some every each no any both two three four five six"
    " several many most other few such".split()
)
INDEFINITE = frozenset(
    "a an one another some two three four five several many most other few any each every no".split()
)
PREPOSITIONS = frozenset(
    "in on at of for from to with by about against after before during under over into through between among across as like since"
    " until upon within without despite amid near outside inside behind beside beyond following including per via towards toward"
    " off around along alongside beneath above below throughout than except concerning regarding besides unlike versus".split()
)
SUBORDINATORS = frozenset(
    "when while after before because if although though as since until once whereas that whether unless".split()
)
BE = frozenset("is was were are be been being am 's".split())
_PERSONAL = (
    *(
        "ologist",
        "ator",
        "arian",
        "iser",
        "izer",
        "mistress",
        "master",
        "woman",
        "person",
        "worker",
        "keeper",
        "owner",
    ),
    *(
        "grower",
        "grapher",
        "ician",
        "ist",
        "iatrist",
        "ographer",
        "holder",
        "goer",
        "dweller",
        "seeker",
        "leader",
    ),
)
"""Endings of nouns for a person."""
_SURNAMES = ("elly", "nolly", "eilly", "eely", "ealy", "daly", "uly", "hily")
"""Endings that surnames have and adverbs do not: Donnelly, Connolly, Reilly."""
_SHORT = 6
HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})


@cache
def says(word: str) -> bool:
    """Whether a word is a form of a verb of saying."""
    return word in words("speech_verbs")


@cache
def plainly_says(word: str) -> bool:
    """Whether a word can hardly be anything but a verb of saying."""
    return word in words("speech_verbs") and word not in words("loose_verbs")


@cache
def calls(word: str) -> bool:
    """Whether what follows the verb may be what somebody or something is called."""
    return word in words("called_verbs")


@cache
def names_nobody(word: str) -> bool:
    """Whether a word is none of a name, even with a capital."""
    adverb = word.endswith("ly") and len(word) > 5 and not word.endswith(_SURNAMES)
    adverb = adverb and not is_first_name(word) and not is_place(word)
    return word in words("function_words") or adverb or numbers_question(word)


@cache
def numbers_question(word: str) -> bool:
    """Whether a word counts the questions of a committee's record: Q14."""
    return word[:1] == "q" and word[1:].isdigit()


@cache
def is_role(word: str) -> bool:
    """Whether a word may stand before a name as part of an office or a trade."""
    return word in words("roles") or is_person_noun(word)


@cache
def is_title(word: str) -> bool:
    """Whether a word ends an office or title that a name follows."""
    word = word.rstrip(".")
    return word in words("titles") or _is_listed(word)


@cache
def is_person_noun(word: str) -> bool:
    """Whether a noun stands for one person."""
    bare = word.partition("-of-")[0] if "-of-" in word else word.rpartition("-")[2]
    if bare.endswith(_PERSONAL) and len(bare) > _SHORT and bare not in words("things"):
        return True
    return _is_listed(word) or _is_listed(bare)


def _is_listed(word: str) -> bool:
    """Whether a word is a noun for one person, not only by its ending, as a surname may be."""
    return any(word in words(name) for name in ("male_nouns", "female_nouns", "person_nouns", "kin_nouns"))


@cache
def is_group_noun(word: str) -> bool:
    """Whether a noun stands for several people, none of them named."""
    return word in words("group_nouns") or (
        word.endswith("s") and is_person_noun(word[:-1]) and len(word) > 4
    )


@cache
def is_organisation_noun(word: str) -> bool:
    """Whether a word makes a name, or a noun, that of an organisation."""
    return word in words("org_nouns")


@cache
def gender_of_noun(word: str) -> str:
    """Return m or f where a noun says it, else nothing."""
    bare = word.rpartition("-")[2]
    return "m" if bare in words("male_nouns") else "f" if bare in words("female_nouns") else ""


@cache
def gender_of_first_name(name: str) -> str:
    """Return m or f where a first name says it, else nothing."""
    first = name.lower().partition("-")[0]
    if first in words("either_names"):
        return ""
    return "m" if first in words("male_names") else "f" if first in words("female_names") else ""


@cache
def is_first_name(name: str) -> bool:
    """Whether a word is a first name that is known."""
    first = name.lower().partition("-")[0]
    return first in words("male_names") or first in words("female_names") or first in words("either_names")


@cache
def is_place(word: str) -> bool:
    """Whether a word is a place that the news often names."""
    return word in words("places") or word in words("place_nouns")


@cache
def is_adverb(word: str) -> bool:
    """Whether a word only colours a verb, and is no name in -ly."""
    named = word.endswith(_SURNAMES) or is_first_name(word)
    return word in AUXILIARIES or (word.endswith("ly") and len(word) > 4 and not named)
