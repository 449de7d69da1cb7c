"""The words that stand around a name: titles, letters after it, particles, numbers; which surnames come first."""


def words_of(text: str) -> frozenset[str]:
    """Read a table of words."""
    return frozenset(text.split())


TITLES = words_of("""
    mr mrs ms miss mx master sir dame lord lady baron baroness viscount viscountess count countess
    marquess duchess prince princess dr doctor prof professor rev reverend revd fr father sister
    brother rabbi imam ayatollah sheikh mullah hon honourable honorable rt right prime minister pm
    president pres vice premier chancellor chairman chairwoman chairperson chair secretary sec
    general gen colonel col captain capt sergeant sgt lieutenant lt corporal marshal field admiral
    adm commander comandante comrade citizen senator sen congressman congresswoman representative
    rep governor gov mayor speaker ambassador attorney justice archbishop bishop cardinal taoiseach
    tanaiste presidente frau herr madame mme monsieur mademoiselle mlle senor senora signor signora
    former ex late first deputy shadow foreign home leader councillor cllr protector chief party
    labour tory conservative dictator philosopher economist politician writer author poet historian
    revolutionary activist king queen pope saint st tsar czar emperor empress earl duke dean major
    kaiser sultan pharaoh prez uncle aunt pandit
""")
# With these a lone word is a given name ("King Hussein"), or they are one themselves ("Earl Warren").
REGAL = words_of("""
    king queen pope saint st tsar czar emperor empress earl duke dean major kaiser sultan
""")
# Titles that are given names as well ("Dean Acheson"), unless "of" follows.
GIVEN_LIKE = frozenset({"dean", "duke", "earl", "major"})
AFTER = words_of("""
    mp mep msp ms td qc kc obe cbe mbe kbe phd md dphil esq esquire frs bt ch kg dsc mba
""")
PARTICLES = words_of("""
    de del della delle di da do dos das du des la le les los van von vom zu zur der den ter ten te
    af av al el bin ibn bint dal
""")
# Those that people put before a surname alone; "Al Ford" and "Van Ford" are somebody.
LONE_PARTICLES = frozenset({"de", "del", "della", "der", "du", "von", "zu"})
# Family names that come first; the second table only before a given name of two short syllables (Lee Kuan Yew).
FAMILY_FIRST = words_of("""
    mao xi deng zhou jiang hu zhu liu zhao hua peng chen chiang wang zhang mo nguyen vo pham tran ho
""")
FAMILY_FIRST_SHORT = words_of("""
    kim lee park moon ban sun song lin li le yoon roh han wen ho ma lu sung
""")
# Surnames of two words without a hyphen. Half of one is another person's name (Ian Smith, Henry George).
DOUBLE_SURNAMES = frozenset(
    {
        "duncan smith",
        "lloyd george",
        "bonar law",
        "lloyd webber",
        "vaughan williams",
        "conan doyle",
        "douglas home",
        "bowes lyon",
        "garcia marquez",
        "garcia lorca",
        "vargas llosa",
        "lopez obrador",
        "suu kyi",
        "strauss kahn",
        "mendes france",
    }
)
ORGANISATION = words_of("""
    party union alliance league committee congress council group movement institute government
    association society foundation front federation campaign network coalition organisation
    organization commission parliament church bank university company workers centre center fund
    trust agency office department ministry army
""")

_ORDINALS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv"


def _counted(text: str) -> dict[str, int]:
    """Number the words of a table from one."""
    return {word: number for number, word in enumerate(text.split(), start=1)}


ORDINALS = _counted(_ORDINALS)
ROMAN = _counted(_ROMAN)
GENERATIONS = {
    **dict.fromkeys(("jr", "jnr", "junior", "younger", "fils"), "junior"),
    **dict.fromkeys(("sr", "snr", "senior", "elder", "pere"), "senior"),
}
