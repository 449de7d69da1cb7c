"""Given names: which are one name in other words, and which are names of their own.

Every line of the table is one name with its short forms, spellings and sisters in other languages. A word may stand
on several lines (Ed is Edward and Edmund), which does not make those lines one name.
"""

import functools

_GROUPS = """
abraham abe ibrahim
alan allan allen alain
alastair alistair alister alasdair alisdair al
albert al bert albie alberto
alexander alex alec alexandre aleksandr alexandr alejandro alexei alexey aleksei sandy sasha xander alasdair
alexandra alex sandra sasha aleksandra alexandria
alfred alf alfie fred
amelia millie
andrew andy andrei andrey andre drew andreas
aneurin nye
angela angie angelika
anne ann anna annie anya ana
anthony antonio antony
anthony tony antony anton
antonio toni anton
arnold arnie
arthur art artie
augustus gus august auguste
layla leila leyla lila
barack barak
barbara barb babs
barry barrie baz
beatrice bea trixie
benjamin ben benny benji bennie binyamin
benjamin bibi
bernadette bernie
bernard bernie bern bernhard
bertrand bert bertie
brian bryan
bridget biddy brigid
caroline carol carrie
catherine katherine kathryn katharine catharine kate katie cathy kathy katy kit kitty ekaterina yekaterina
charles charlie chas chuck charley carlos charly
christine christina chris chrissie tina
christopher chris kit topher
clement clem clemente
condoleezza condi
cynthia cindy
daniel dan danny daniil
david dave davey davy
deborah debbie deb debra
denis dennis den
diane diana dianne di
dominic dom dominique
donald don donny donnie
dorothy dot dottie dolly
douglas doug dougie
dwight ike
edgar ed eddie
edmund edmond ed eddie ted ned
edward ed eddie ted teddy ned eduard eduardo edouard edvard
edwin ed eddie
eleanor elinor ellie nell nellie eleanora
elizabeth elisabeth liz lizzie lizzy beth betty betsy bess eliza libby bessie lisa
emile emil emilio
emily em emilie
emma em
emmanuel immanuel emanuel manny imanuel
eric erik erich rick
ernest ernie ernst ernesto
ernesto che
eugene gene evgeny yevgeny
eva evita
florence flo florrie
frances fran francesca fanny frankie
francis frank francisco francesco frankie
francois francoise
frank frankie
franklin frank
frederick fred freddie freddy frederic fredrick friedrich freidrich fritz fridrich
friedrich fritz
fyodor feodor fedor theodore
gabriel gabe
geoffrey geoff jeffrey jeff
george georg georges jorge georgie gyorgy georgy jiri
georgi georgy
georgia georgie giorgia
gerald gerry jerry ger
gerard gerry jerry gerrard ger gerhard gerhardt
gillian gill jill jillian
gordon gord
graham graeme grahame
gregory greg gregor grigory
harold harry hal
harriet hattie harriett
helen helena ellen nell elena
henry harry hank hal henri heinrich enrique henrik
herbert herb bert bertie
hilary hillary
hugh hugo huw hughie
hugo hugh
iain ian ewan
isaac ike
isabel isabelle isobel isabella bella
jacob jake jakob
jacqueline jackie jacqui
james jim jimmy jamie jimmie jem seamus
jane jayne janey janie
janet jan
jennifer jenny jen jennie
jeremy jeremiah jerry jez jezza jem
joan joanie
joanne joanna jo
johann johannes john
john jon johnny jack johnnie jonny ioan
jonathan jon jonny jonathon
jonathan nathan
jose pepe
joseph joe jo joey josef iosif jozef josip yosef josif giuseppe
josephine jo josie
joshua josh
judith judy jude
julia julie
julian jules julien
julius julian gaius
karl carl
kenneth ken kenny
kevin kev
larry lawrence laurence laurie lars
leon leo lev
leonard len lenny leo
leonid leonide
leopold leo
leslie les lesley
lewis louis lew lou luis ludovic
linda lynda lin lindy
lindsay lindsey linsey
lucy lucie
luke luc lucas
lyndon lindon
malcolm malc malcom
marcus mark
margaret maggie meg peggy madge marge margie margot marguerite margret rita
mark marc marcus markus
martin martyn marty martino
mary maria marie molly polly may
matthew matt mat mathew matthias
maurice morris
maximilian max maxim
michael micheal mike mick mikhail mickey micky mikey michail mihail mikhael misha michel miguel
michelle michele shelly
mikhail misha
mitchell mitch
mohammed muhammad mohamed mohammad muhammed mohamad mo
mohandas mahatma mohan
muammar moammar muamar
nancy nan
neil neal niall
neville nev
niccolo nicolo
nicholas nick nicky nicolas nikolai nico nikolay nikolas nicolae nicolai
nicola nicky nikki
nigel nige
norman norm
olof olaf
oliver olly ollie oli noll
osama usama
owen eoin owain
pamela pam
patricia pat patty patsy tricia trish
patrick pat paddy patrice padraig
paul pablo pavel paulo
peter pete pyotr piotr petr petros petra pierre
philip phillip phil philippe felipe
rachel rachael rach
ralph rafe
ramsay ramsey
raymond ray
rebecca becky becca bex rebekah
reginald reg reggie
richard dick rich rick ricky richie dickie ricardo
robert bob bobby rob robbie robin bert roberto
robin rob
rodney rod
roger rodger
ronald ron ronnie ronny
rosa rose
rosemary rosie rose
rudolph rudy rudi rudolf rodolfo
salvador salvadore salvatore
samantha sam sammy
samuel sam sammy
sarah sara sally sadie
sean shaun shawn
sergei sergey serge
sidney sydney sid syd
silvio silvia
slobodan slobo
sophie sophia
stanley stan
stephen steven steve stevie stefan stephan stephane
stuart stewart stu
susan sue susie suzanne susanna suzy
tamara tammy
terence terry terrence
tessa theresa tess
theodore ted teddy theo theodor teodor
theresa teresa terry tess therese
thomas tom tommy tomas thos
timothy tim timmy
toby tobias
victor viktor vic
victoria vicky vicki queenie
vincent vince vinny vincente
virginia ginny
vladimir vlad volodymyr wladimir wolodymyr volodya
walter wally walt wat
wilhelm willi willy bill william
william bill will billy willie liam willy bille guillaume
william wilhelm
willy willie
winifred winnie
winston winnie
xiaoping hsiaoping
yusuf yosef
yvette evette
zachary zach zack zak
zedong tsetung tsedong
"""

_OTHERS = """
abigail ada adam adele adolf agnes aidan aisha akhil alice alicia alison amanda amber amy andrea ania
antoinette april ashley audrey augusta austen austin ava bashar basil benazir benedict benito beverley blake boris
brenda brent brett bruce bruno bryony byron calvin cameron carla carly carmen cecil cecilia celia chantal
charlotte chelsea cherie cheryl chloe claire clara clare clarence clark claude claudia clementine clive
colin constance cornelius craig curtis cyril daisy damian darren dean deirdre delia delilah della demi deng
denise derek desmond diego dora doreen doris dylan edith edna eileen elaine elias elijah ella elliott elsa
elsie elton enlai enoch erica erin errol estelle esther ethan ethel evan eve evelyn evo faith farah fatima
fay felicity felix fergus fidel fiona fleur flora floyd freya gareth gary gavin gemma genevieve gerda
gertrude gilbert giles gladys glen glenda glenn glenys gloria grace greta guy gwen gwyneth hamish hannah
harvey hazel heather hector heidi helga herman hermione hester hilda holly homer hope horatio howard hubert
humphrey ida imogen imran india indira ingrid inigo irene iris irma irving isaiah isla ivan ivanka ivy
jacques jared jasmine jason jay jean jeanne jeb jemima jens jess jesse jessica joel jonas jordan josiah joy
joyce juan juliet june justin kamala karen katya kay keith kelly kelvin kemi kerry kim kimberly kirk kirsty
klaus kris kristen kurt kyle kylie laura lauren lavinia leah lee leila lena lenore leroy lester lila lillian
lily lionel liv logan lola lorna lorraine louisa louise lucia lucian lucien lucinda luther lydia lyn mabel
madeleine malala mao marcia marco margo marian mariana marianne marilyn marina mario marion marisa marjorie
marlene marlon martha mathilda maud maureen mavis meera megan melania melanie melissa melvin mercy meredith
merlin mia mildred miles milo milton minnie miranda miriam moira mona monica morgan muriel murray myra
myrtle nadia nadine naomi napoleon natalie natasha nelson nina noah noam noel nigella nora norma octavia olga
olive olivia omar opal oprah oscar oswald otto paige pansy pascal patience patti paula paulette pauline
pearl penelope penny percy perry philippa phoebe phyllis pippa portia priti prudence quentin quincy qusay
rahul raisa rajiv ramona randolph randy raul rhys riley rishi roland rolf roman romeo rory rosalind rosalyn
rosanna roseanne roxanne roy ruby rufus rupert russell ruth ryan sabrina saddam sadiq sajid salma scarlett
scott sebastian selina serena seth shane sharon sheila shelby sherlock shirley sidonie sigmund simon slavoj
sonia sonya spencer stacey stella stokely suella sybil sylvia tanya tara tatiana tipper tracey tracy travis
trevor tristan troy ulysses uma umberto una unity ursula vanessa vera vernon veronica vivian vivien wallace
wanda warren wayne wendy wesley whitney wilfred wilma winona woodrow yasmin yolanda yvonne zara zeb
zelda zoe
"""


def _table() -> dict[str, frozenset[int]]:
    """Read the lines: every known given name with the numbers of the names that it is a form of."""
    lines = [line.split() for line in _GROUPS.strip().splitlines()]
    lines += [[name] for name in _OTHERS.split()]
    forms: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for name in line:
            forms.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in forms.items()}


_FORMS = _table()
# The first word of a line is the name that its bearer was given.
_HEADS = [line[0] for line in _GROUPS.strip().splitlines()] + [name[0] for name in _OTHERS.split()]
_NONE: frozenset[int] = frozenset()


def is_given(word: str) -> bool:
    """Say whether a folded word is a given name in its own right."""
    return word in _FORMS


def same_name(one: str, other: str) -> bool:
    """Say whether two folded given names are forms of one name, as Jim and James are."""
    return one == other or not _FORMS.get(one, _NONE).isdisjoint(_FORMS.get(other, _NONE))


def formal_initials(word: str) -> frozenset[str]:
    """List the initials a given name may go by: T for Tony, and A since he is Anthony."""
    return frozenset(_HEADS[number] for number in _FORMS.get(word, _NONE)) | {word[:1]}


@functools.lru_cache(maxsize=2048)
def forms_of(word: str) -> frozenset[str]:
    """List the given names of which the word is a form, itself among them."""
    numbers = _FORMS.get(word, _NONE)
    return frozenset(name for name, others in _FORMS.items() if not numbers.isdisjoint(others)) | {word}
