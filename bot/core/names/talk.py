"""What a person says around a name while thinking, and words that tell that they name nobody."""

from bot.core.names.words import words_of

NOT_A_NAME = words_of("""
    not isnt wasnt never except anyone anybody nobody noone none neither nor dont didnt doesnt cant
    idk dunno
""")
BETWEEN_NAMES = frozenset({"or", "and", "vs", "versus"})
NO_NAMES = words_of("something someone somebody so whoever whatever")


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Read phrases between commas, the longest first, so that the longest is tried first."""
    return tuple(sorted((tuple(phrase.split()) for phrase in text.split(",")), key=len, reverse=True))


LEAD_INS = _phrases("""
    i m not sure but, i would go with, im not sure but, it must have been, it has to be, could it
    have been, has got to be, i think that, i know this, i would say, i would guess, i d say, id go
    with, id go for, ill go with, im going with, im pretty sure, im fairly sure, not sure but, my
    answer is, my guess is, my bet is, the answer is, it must be, it could be, it might be, it may
    be, it would be, that would be, that must be, must have been, could it be, has to be, got to be,
    it gotta be, i think, i guess, i reckon, i believe, i suppose, i say, i know, i bet, id say, id
    guess, ill say, im guessing, im sure, not sure, pretty sure, fairly sure, quite sure, almost
    certain, almost certainly, my answer, my guess, answer is, it s, it is, it was, is it, is this,
    is that, was it, was that, that s, that is, that was, this is, this was, must be, could be,
    might be, may be, gotta be, who is, who was, said by, written by, quote by, quoted by, of
    course, good old, dear old, answer, surely, it, its, that, thats, whos, by, from, maybe,
    probably, prob, probs, perhaps, possibly, presumably, definitely, def, certainly, obviously,
    clearly, um, umm, uh, er, erm, hm, hmm, oh, ooh, ah, aha, well, so, ok, okay, yes, yeah, hey,
    the, old, dear, bloody, our
""")
TAILS = _phrases("""
    i would say, the great man, i think, i guess, i believe, i reckon, i suppose, of course, for
    sure, said it, said that, said this, wrote it, wrote that, wrote this, isnt it, wasnt it, was
    it, is it, it is, it was, or something, or someone, or somebody, or so, or whoever, not sure,
    maybe, probably, perhaps, surely, obviously, definitely, clearly, right, innit, no, again,
    himself, herself, please, lol, haha, tbh, imo, though
""")
