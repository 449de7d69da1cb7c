"""Names and words that are something else when they are spelled rightly, and so no slip for a name near them."""

from bot.core.names.words import words_of

OTHER_SURNAMES = words_of("""
    abbot adam adams alexander allen anderson andrews armstrong arnold ashdown ashton asquith
    atkinson attlee austin bailey baker baldwin barker barnes barrett barron barrow barton bates
    baxter beckett bell benn bennett benson berlin bernstein berry bevan bevin biden bird bishop
    black blair blake bolton bond booth boswell bowen boyce boyle bradley brady braun brennan brice
    briggs bright brooks brown bruce bryant bryce buckley bull burgess burke burnett burton bush
    butcher butler byrne cage callaghan calloway cameron campbell carlson carr carson carter cartier
    carver castle castro chandler chang chaplin chapman chavez christie clark clarke clayton
    cleveland clifton clinton cobb cohen cole collins compton connolly conrad cook cooke coolidge
    cooper corbett corbyn corden cowen cox crane crawford cruz cummings cunningham curtis dalton
    daly davidson davies davis dawson dean dickson dixon dodd doyle drake duffy duncan dunn dylan
    eden edwards einstein ellis emerson engels epstein evans farmer farron farrow feinstein ferguson
    fisher flanders fleming fletcher foot ford forster foster fowler fox franklin fraser freeman
    frost fuller gable gaitskell garcia gardner garner gates gibson gilbert glass goldstein gomez
    gordon grace graham gramm grant graves gray green greer gregory grey griffin grove hagel hague
    haig haldane hale hall hamilton hammond hancock hanson hardin harding harland harmon harper
    harrison hart hartley hartman harvey hawkins hayek hayes hayward healey heaney heard heath hegel
    henderson henry hensley herbert herman hewitt hicks higgins hill hitchcock hobart hobbes hobson
    hogan hogg holland holmes holt hooper hoover hopkins hopper horton howard howe hudson hughes
    hume humphrey hunt hunter hurd hurst hussey hutton huxley ingram irving jackson jacobs jarvis
    jenkinson jennings johnson johnston johnstone jones jordan joyce kant keane keegan keith keller
    kelly kemp kent kerr keynes khan kidd kinnock knight lamb lambert landers lane lang larson law
    lawrence lawson lawton lee legg leigh lenin lennon lennox leonard lester lewis lincoln lindsay
    little lloyd locke long lopez love lowe lucas luther lynch lyons macdonald mack mackay macmillan
    macron mandela mandelson marlow marsh marshall martin marx mason matthews maxwell mcbain mccann
    mccarthy mcconnell mcdonald mcdonnell mcgregor mckay mckean mckenzie mclain mclean mcmahon
    mcnally mcqueen mendes mercer merkel merton meyer miliband miller mills milner milton mitchell
    molloy monroe montgomery moody moore moran morgan morris morrison morton mosley moss mueller
    murphy murray myers nash neill nelson newman newton nichols nixon nolan norris norton nunn oates
    obama obrien oconnor odonnell oliver orton orwell osama osborn owen owens page paine palmer
    palmerston parker parsons pearce pearson penn pepper perez perkins perry peters phillips pickett
    pierce pike pitt plunkett polk poole pope popper porter potter powell pratt price prince quinn
    ramsay randall rawls rawson raymond reagan reed reid reynolds rhodes rice richards richardson
    riley roberts robertson robinson rogers rose ross rowe rowling russell ryan sachs sadler salter
    sanders sanderson sandler sawyer schmidt schofield scott shaw shepherd sherman short silva
    silverman simmons simon simpson sinclair singh slater smart smith smyth smythe snow sparks
    spencer stalin stallone stanley steed steele stephens stephenson stevens stewart stone straw
    stuart sullivan sutton swanson swift tate taylor terry thatcher thomas thorpe tillman todd
    trotsky truman trump tucker turner tyler vance vaughan wade wagner walker wallace walsh walters
    ward warner warren watkins watson watt watts weber webster welch wells west wheeler white
    whittaker wilkins wilkinson williams williamson willis wilson winter wolf wood woods wright
    wyatt yates young
""")
OTHER_WORDS = words_of("""
    angel angels ant catcher any ball bean been being bent bidden bill block blown born brain brow
    call cane cant castle chair clown corn crown crows death did drown engine ever fair feet flair
    food fool fort from frown gone grown hair hall hard head heat help here hello hidden home hope
    hum idea israeli italy just keys kill kind label labour lair lemon less liberty linen london
    lord make mars maybe men mere mine mint more moscow most much must name nine none noon nope not
    once only other page pain paint paris party pass pill plain plan plate platoon pluto plump push
    rain root rump russia said saint same sing skip some spain stain stalling stall tail tall tell
    text that them then there they this till time town tramp trumpet truce truth turn very wall want
    wars week well went were what when where whose will wing with word work wrong yeah garage
""")
