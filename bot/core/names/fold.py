"""Fold what a person types or a library holds to plain letters, and to how it sounds."""

import functools
import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("'’‘‛ʼʻ`´′＇ʹ", ""),
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
    }
)
# Names are quoted in Cyrillic often enough in political threads to be read as they are said.
_CYRILLIC = str.maketrans(
    dict(zip("абвгдезиклмнопрстуфыэіј", "abvgdeziklmnoprstufyeij", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": ""}
    | {"ю": "yu", "я": "ya", "є": "ye", "ґ": "g", "ђ": "dj", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz"}
)
_PLAIN = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Fold a text to lower-case words without accents, marks, apostrophes or invisible characters.

    Every other punctuation mark or symbol parts words; words are joined by one space. Scripts without a Latin
    reading here keep their letters. Never raises; an empty string when nothing is left.
    """
    text = text.casefold()
    if text.isascii():
        return _PLAIN.sub(" ", text.replace("'", "").replace("`", "")).strip()
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    kept = "".join(_kept(character) for character in text)
    return " ".join(kept.casefold().translate(_LETTERS).translate(_CYRILLIC).split())


def together(text: str) -> str:
    """Fold a text and write its words as one, so that spaces and hyphens make no difference."""
    return fold(text).replace(" ", "")


def _kept(character: str) -> str:
    """Give the character, nothing for a mark or an invisible one, a space for whatever parts words."""
    if character.isalnum():
        return character
    category = unicodedata.category(character)
    invisible = category in {"Mn", "Me", "Cf", "Cs"} or (category == "Cc" and not character.isspace())
    return "" if invisible or character in "'’‘ʼʻ" else " "


# One rule a line: what is written, what is heard. The order matters: long spellings before short ones.
_SPELLINGS = """
(?<=[aeo])y(?=e) -
^mac(?=[bcdfgjklmnpqrstvwz]) mk
^mc mk
tsch ch
sch sh
shch sh
tch ch
cz ch
zh j
^ch(?=r) k
kh k
qu k
ph f
eaux? o
ck k
x ks
tz ts
c(?=[eiy]) s
c(?!h) k
q k
z s
w v
ae e
oe o
ue u
ou u
au o
oo u
ea e
ie|ei|ee|ey i
[yj]+ i
i+ i
(?<=.)h(?<![sc]h) -
(.)\\1+ \\1
(?:off?|eff?|iov|ev|of|ef)$ ov
in(?:e|es)$ in
(?<=[bcdfgklmnprstv])e$ -
"""
_RULES = tuple(
    (re.compile(written), "" if heard == "-" else heard)
    for written, heard in (line.split() for line in _SPELLINGS.strip().splitlines())
)


@functools.lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """Spell one folded word by ear, so that Trotskii and Trotsky, Burk and Burke come out alike."""
    for written, heard in _RULES:
        word = written.sub(heard, word)
    return word
