"""Common English words of business and law, by which lost spaces are told from rare words.

The list is this project's own. Inflected forms are derived by `is_common`.
"""

from __future__ import annotations

from functools import cache

FUNCTION_WORDS = frozenset(
    """a an the this that these those such any all each other another some no not or and but nor if of in to for from
    by with on at as is are was were be been being has have had do does did will shall may must can could should
    would its it they their them there then than which who whom whose what when where how you your we our us he
    she his her so also only under over upon into within without between during after before above below through
    until unless per via more most less least one two three four five six seven eight nine ten own same both
    either neither eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    """.split()  # noqa: SIM905
)

WHOLE_WORDS = frozenset(
    """into onto upon within without herein hereof hereto hereby hereunder hereafter hereinafter therein thereof
    thereto thereby thereunder thereafter therefore therefrom whereas whereby wherein whereof cannot another
    anyone everyone someone anything everything something nothing however otherwise together whether inside
    outside already also always become before beyond inform input inbound income indeed instead intend invoice
    forth forward below because behalf begin being beside offer often order other online ongoing onsite tone
    today toward towards sofar asset assign assist issue isolate island area arena atone attend almost although
    alone along around aside ask able about across again allow notice noted normal format formal former forum
    torn total toll token theme themselves itself ourselves yourself yourselves hereinabove notwithstanding
    inasmuch insofar whatsoever whomsoever whichever whenever wherever overall overdue undergo undertake
    understand update upgrade upload download uptime downtime network software hardware website workstation
    database password username bylaw buyback setup setoff offset nonexclusive nontransferable sublicense
    subcontractor timely
    """.split()  # noqa: SIM905
)

_BASES = frozenset(
    """abide ability accept access accident accord account accrue accurate acknowledge acquire act action actual add
    address adequate adjust adjudge administer administrative advance adverse advice advise affect affiliate age
    agent aggregate agree agreement aid alternate alternative amend amount analyse analysis announce annual
    annum answer anticipate apart apparent appeal appear application apply appoint appropriate approve
    arbitration arise arrange article assemble assert assess assignment assume assure asynchronous attach
    attempt attorney attribute audio audit authority authorize automate automatic available average avoid award
    aware back balance bank bankruptcy bar base basis bear behave belong beneficiary benefit best better bill
    bind board bond book border branch brand breach bring broad broker budget build business buy buyer calculate
    calendar call camera cancel cap capability capable capacity capital capture card care carry case cash
    category cause cease center central certain certify chain change chapter character charge chat check choice
    choose circumstance claim class clause clean clear client close code collect color combine come command
    commence comment commerce commercial commission commit common communicate company compare compensate compete
    competent competitive complain complete completion complex comply component comprise compromise computer
    concern condition conduct confer confidence confidential confirm conflict conform connect consent
    consequence consider consist constitute construct construe consult consumer contact contain content context
    continue contract contractor contrary contribute control convenience convert convey copy copyright corporate
    correct correspond cost counsel count counterpart country course court cover covenant create credit creditor
    critical cross cumulative cure currency current custody custom customer cut damage data date day deadline
    deal debit debt decide decision declare decrease deem default defect defend defense define definition degree
    delay delegate delete deliver demand demonstrate deny department depend deploy deposit derive describe
    description design designate desk desktop despite destroy detail detect determine develop device differ
    different digital direct disable disclaim disclose discontinue discount discover discretion disk display
    dispose dispute disrupt distribute district divide document domain doubt down draft draw drive due duplicate
    duration duty early earn ease edit effect effective efficient effort electronic element eliminate email
    embed emergency employ employee enable encrypt end enforce engage engine engineer enhance enjoin ensure
    enter enterprise entire entitle entity entry environment equal equip equipment equitable equity equivalent
    error essential establish estate estimate evaluate event evidence exact exam examine example exceed except
    exchange exclude exclusive execute executive exempt exercise exhibit exist expand expect expend expense
    experience expert expire explain explicit exploit export expose express extend extension extent external
    extra extract face facility fact factor fail failure fair faith fall false familiar fault favor feature
    federal fee feed feedback field figure file fill final finance find fine finish firm first fiscal fit
    fitness fix flaw floor flow follow force foreign foregoing form found framework fraud free freedom frequency
    frequent friend full function fund further future gain gather general generate generic give global good
    govern government grace grade grant great gross ground group grow guarantee guide hand handle harm harmless
    hash head health hear heir help here high highest hire hold holiday home host hour house human idea identify
    identity illegal image immediate impact impair implement implied import impose improper improve inability
    incident incidental include incorporate increase incur indemnify indemnity independent indicate indirect
    individual industry infringe initial initiate injunctive injury innovate inquiry insert insolvency inspect
    install institute instruct instrument insure insurance intangible integrate integrity intellectual intention
    interact interest interfere interim interior intermediary internal international internet interpret
    interrupt interview introduce intrusion invalid invent invest investigate invite involve irrevocable item
    join joint judge judgment jurisdiction just keep key kind know knowing knowledge label lack language large
    last late launch law lawful lawyer lead learn lease leave legal legend lend lesser letter level levy
    liability liable liberty library license lie lien life like limit limitation line link liquidate list listen
    litigation live load loan local locate lock log logo long look lose loss low machine mail main maintain
    maintenance major make malfunction manage manner manufacture manual map margin mark market marketing master
    match material matter maximum mean measure media meet member memory merchant merchantability merge merit
    message method metric middle mind minimum minor minute misconduct misuse mitigate mobile mode model modify
    module monitor month move multiple mutual name nation native nature near necessary need negligent negligence
    negotiate net new news next non note notify number object oblige obligation obtain occasion occur office
    officer official old omission omit onboard open operate opinion opportunity optimize option oral organize
    origin original outcome outline output owe owner ownership pack package page paper paragraph parent part
    partial participant participate particular partner party pass past patent path pattern pay payable payment
    penalty pend people percent perform performance period permanent permit perpetual person personal personnel
    petition phone phrase physical pick picture piece place plan platform play plead plug point policy pool
    portion position possess possible post potential power practicable practical practice precede precise prefer
    prejudice premise premium prepare present preserve press prevail prevent previous price primary principal
    print prior priority privacy private privilege probable problem procedure proceed process procure produce
    product profession professional profit program prohibit project promise promote prompt proof proper property
    proportion propose proprietary prosecute prospect protect protection prove provide provision public publish
    punitive purchase purpose pursue put qualify quality quantity quarter query question quick quote raise range
    rate ratio reach read real realize reason reasonable receipt receive recent recipient recognize recommend
    reconnect record recover reduce refer refund refuse regard regardless region register regular regulate
    reimburse reject relate release relevant reliable relief rely remain remedy remote remove render renew rent
    repair repeat replace reply report represent reproduce request require resale resell reserve reside resolve
    resource respect respective respond response responsible rest restore restrict result retain return reveal
    revenue reverse review revise revoke right rise risk role roll room root round royalty rule run safe
    safeguard sale sample satisfy save say scale schedule scope screen script search season seat second secret
    section sector secure security see seek segment select sell send sensitive sentence separate sequence
    serious serve server service session set settle several severe severity share sharing ship short show shut
    sick side sign signal signature similar simple single site situation size skill slow small social sole
    solely solicit solution solve sort source space speak special specific specify spend spirit stable staff
    stage stand standard start state statement station status statute statutory stay step stock stop storage
    store stream strict strike string strong structure study subject submit subscribe subscription subsequent
    subsidiary substance substantial substitute succeed success successor sudden sue suffer sufficient suggest
    suit suitable sum summary supersede supplement supplier supply support suppose survive suspend suspension
    sustain switch synchronous system table tag take target task tax team technical technique technology tell
    template temporary term terminate territory test text thank theft theory thing think third thorough threat
    threaten time title tool top topic trace track trade trademark traffic train training transact transfer
    transit translate transmit travel treat trial trigger true trust try turn type typical unable unauthorized
    unavailable underlie unenforceable uniform unintentional union unique unit universal unlawful unlimited
    usage use user usual utility utilize valid validity valuable value variable vary vendor venture venue verify
    version video view violate virtual virus visit voice void volume voluntary volunteer vote wage wait waive
    waiver walk want warrant warranty watch way weak wear web week weekday weight welcome whole wide will
    willful window winter wish withdraw withhold witness word work world worth write wrong year yield young zone
    """.split()  # noqa: SIM905
)
_SUFFIXES = (
    "s",
    "es",
    "d",
    "ed",
    "ing",
    "ly",
    "er",
    "or",
    "al",
    "ment",
    "able",
    "ability",
    "ity",
    "ion",
    "ions",
    "ation",
    "ive",
    "ings",
)
_SHORTEST = 3
"""A stem has at least so many letters."""

_PREFIXES = ("un", "non", "re", "pre", "sub", "co", "in", "dis", "mis", "inter")


def is_common(word: str) -> bool:
    """Whether `word`, in small letters, is a common word or a regular form of one.

    >>> is_common("designated"), is_common("copies"), is_common("unavailable"), is_common("gligently")
    (True, True, True, False)
    """
    if word in FUNCTION_WORDS or word in WHOLE_WORDS or word in _forms():
        return True
    return word.startswith(_PREFIXES) and any(
        word.startswith(prefix) and len(word) > len(prefix) + 3 and word[len(prefix) :] in _forms()
        for prefix in _PREFIXES
    )


@cache
def _forms() -> frozenset[str]:
    """Return the bases and their regular forms: there are few enough to be made once rather than looked for."""
    found = set(_BASES)
    for base in _BASES:
        stems = [base, base + base[-1]]
        if base[-1] == "e":
            stems.append(base[:-1])
        elif base[-1] == "y":
            stems.append(base[:-1] + "i")
        found.update(stem + suffix for stem in stems if len(stem) >= _SHORTEST for suffix in _SUFFIXES)
    return frozenset(found)
