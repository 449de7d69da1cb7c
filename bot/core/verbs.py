"""Whether words hold a verb: what tells a thought from a name or a label."""

_FINITE_WORDS = """
am are be been being can could did do does doing done had has have having is may might must shall
should was were will would aint arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt mustnt
shouldnt wasnt werent wont wouldnt im id ill ive youre youll youve hes shes its theyre theyll theyve
were weve well thats theres lets agree ask become becomes began begin believe break bring brings
build call came care change choose come comes cost create cut defend deserve destroy die end expect
face fail fall feel feels felt fight find finds follow get gets give gives go goes got grow happen
hate hear help hold holds hope keep keeps kill knew know knows lead leads learn leave leaves left
let lie live lives look looks lose loses lost love made make makes matter matters mean means meet
move need needs offer own pay pays play put reach read remain remains rule run runs said save saw
say says see seem seems sell send serve set show shows speak stand stands start stay stop support
take takes taught tell tells think thinks thought told took trust try turn turns understand use vote
wait want wants went win wins won work works worth write
"""
_FINITE = frozenset(_FINITE_WORDS.split())
_PAST = "ed"
_SHORTEST_PAST = 5


def has_verb(folded: str) -> bool:
    """Say whether folded words (see `fold`) hold what is most likely a verb, in English."""
    words = folded.split()
    return any(
        word in _FINITE or (word.endswith(_PAST) and len(word) >= _SHORTEST_PAST and place > 0)
        for place, word in enumerate(words)
    )
