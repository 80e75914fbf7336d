"""Words a duty, ban or permission as a short verb phrase: 'notify the customer of a breach'."""

from __future__ import annotations

import re

from pactgraph.extracting.hulls import Screened
from pactgraph.extracting.verbs import base_form

LONGEST = 14
"""How many words an action has at most."""

SHORTEST = 5
"""From how many words on an action ends where an adverbial phrase begins."""

_LEAD = re.compile(r"(?:[\w ]{0,50} to:? |(?:\w+ly )?responsible for:? )?", re.IGNORECASE)
"""What stands before the labels of a list of acts: nothing, or 'use the service to:'."""

_ACT = re.compile(
    r"(?!(?:the|an?|any|all|its|your|our|if|such|this|that|upon|in|for)\b)(?:be (?:\w+ly )?)?[a-z][\w-]*(?: not)?"
    r"(?:(?:,| or|,? and|, or) [a-z][\w-]*(?= (?:or|and|the|an?|any|all|its|your|our)\b|,)){0,2}"
    r"(?: (?!(?:of|for|in|with|by|from|on|into|or|and|that|which|at|as|under|within|only|except|to|other|if)\b)"
    r"[\w/'’-]+){0,5}",
    re.IGNORECASE,
)
"""An item's verb and object: 'keep the register'."""

_PARENTHESES = re.compile(r"[ (](?:(?<= )\(|(?<=\())(?!\s?\w{1,4}\))(?:[^()]++|\(\w{1,4}\))*+\)")
_ALTERNATIVE = re.compile(r"\((or (?:any|its|their|his|her|your) [^()]*)\)", re.IGNORECASE)
_MARK = (
    r"(?:\(? ?(?:[ivx]{1,5}|[a-z]|\d{1,2})(?:\)|\.(?=\s|$))|[*•]"
    r"|(?:^|(?<=[:;,.] )|(?<=; or )|(?<=; and ))(?:-(?= )|\d{1,2}(?:\.\d{1,2}){1,3}\.?(?= [a-z])))"
)
_LABEL = re.compile(rf"[\s:;,](?=(?P<label>{_MARK} ?)(?!\w+ of))", re.IGNORECASE)
_LABELLED = Screened(rf"[\s:;,]{_MARK}", re.IGNORECASE)
"""A label with the sign before it, which tells RE2 more."""

_LABEL_ENDS = (")", ".", "*", "•", "- ")
"""The last signs of labels: words without two of them hold no list."""

_PEOPLE = r"(?:affiliates|agents|officers|directors|employees|contractors|suppliers)\b"
_SKIPPED = Screened(
    r",? (?:as (?:may be |reasonably )?(?:necessary|required|appropriate|needed|applicable)(?! by\b)|at any time|"
    r"from time to time|if any(?= ?[,.;)]|$)|without limitation|in whole or in part|as the case may be|as well(?! as)|"
    r"whether directly or indirectly|as soon as (?:possible|practicable))\b"
    r"|,? without (?:any )?liability(?: to \w+)?(?=,)"
    rf"|(?:,| and| or|, and|, or) (?:its|their|his|your|our) (?:respective )?{_PEOPLE}"
    r"[^;.:]*?(?= from\b| against\b| for\b)"
    r"|(?<=,) including [^,]*,",
    re.IGNORECASE,
)
"""What an action leaves out: fillers, and the people around a party who are indemnified with it."""

_OTHERS = (
    r"(?:(?:any|other|authori[sz]ed) ){0,2}(?:(?:users?|affiliates?|employees),? (?:or|and) (?:any |other )?)?"
    r"(?:third part(?:y|ies)|others|person|anyone)(?: else)?"
)
_OPENING = re.compile(
    r"^(?:[,:;\s]+|in particular,? |"
    r"(?:and |or )?for any (?:or no )?reason,? |(?:shall|will|must) |at any time(?: (?:or|and) from time to time)?,? "
    rf"|in (?:[^\s,]+ ){{1,3}}(?:sole |reasonable |own )*discretion\b,?|and (?:expense|cost)\b"
    rf"|(?:or |and )?its {_PEOPLE}[^,:;]*, "
    r"|(?:at|in|upon|on|from time to time|during|to the extent|without|for|as|where|when|if|unless|prior|subject|with|"
    r"within)\b[^,;:]{0,90}[,:] "
    r"|but (?:is|are|shall|will|need|do(?:es)?|ha(?:s|ve)) (?:not|no|be under no)\b[^,;]{0,40}? to\b"
    r"|(?:(?:up)?on|with|without|by giving|after giving) "
    r"(?:(?!(?:shall|will|may|must|if|unless|and|that)\b)[\w'’()-]+ ){1,9}?(?:notice|consent|approval|permission)"
    r"(?: (?:to|of|from) (?-i:(?:the |its |our )?[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}|you|us|the other \w+))?"
    r" (?!(?:to|of|from|for|by|in)\b)(?=[a-z]+ (?:(?:an?|the|this|these|its|any|all|such|each|your|our)\b|(?-i:[A-Z])))"
    r"|(?:also|then|only|each|both|either|further|hereby|otherwise|at all times|directly or indirectly|first|"
    r"from time to time|"
    r"at (?:its|their|your|our) (?:sole |own )?(?:option|expense|cost|discretion)(?: and (?:expense|cost))?|"
    r"(?!(?:comp|re|supp|app|rep|imp)ly\b)[a-z]{3,}ly|and|or|not|choose to|elect to|continue to|"
    r"(?:use|exert|exercise|provide|employ|apply) (?:[\w-]+,? ){0,4}?(?:efforts?|endeavou?rs?) to|"
    r"do (?:its|their|our|your) (?:best|utmost) to|"
    r"have (?:the|any) (?:\w+ )?(?:right|authority)(?:(?:,| or|, or) (?:right|power|authority))* to|"
    r"be (?:required|obliged|obligated|entitled|authori[sz]ed|permitted|allowed|able|free|at liberty|bound"
    r"|under an? (?:obligation|duty)) to|have (?:to|the option to)\b|"
    rf"(?:permit|authori[sz]e|allow|enable|encourage|let)(?: or \w+)? {_OTHERS} to|"
    r"nor (?:shall|will|may|must|permit|allow)\b[^,:;]{0,60}? to|"
    r"forthwith|under any circumstances|without (?:(?:any )?(?:further|prior) )?notice|"
    r"at no (?:additional |extra )?(?:charge|cost)|"
    r"(?:be )?(?:\w+ly )?(?:responsible|liable)(?: and \w+)? for (?=\w+ing\b))(?!-)\b ?)",
    re.IGNORECASE,
)
"""What may stand between the modal and the verb that says what is done."""

_INSERTED = Screened(
    r"(?<=\w), (?:subject to|together with|to the extent|where|if|upon|at|on|as|after|before|during|in|within|without|"
    r"unless|except|by|no later than|promptly|recogni[sz]ing|for each|with respect to|prior to|and in any case)\b"
    r"(?: [^\s,;:.]+){1,14}, (?!(?:and|or|but|nor) |(?:[\w-]+,? (?:and |or )?){1,5}?(?:and|or) )",
    re.IGNORECASE,
)
"""What stands between two commas and neither says what is done nor goes on with an enumeration."""

_TOLD = re.compile(
    r"^(?P<verb>(?:promptly |immediately )?(?:notify|inform|advise|tell|alert)\b(?: (?:\S+ ){0,4}?\S+)??)"
    r",? (?:in writing|immediately|promptly|without undue delay|within|no later than|by e-?mail|as soon as|in advance|"
    r"upon becoming|in a timely)\b(?:(?! and (?!in|within|no|by|with|at)\b)[^;:.]){0,90}?,? "
    r"(?=(?:(?<!period )of(?! it\b| them\b)|about|that|when) (?!receipt|receiving|becoming|the date))",
    re.IGNORECASE,
)
"""How and when somebody is told, where what is told follows: 'notify you within ten days of its plans'."""

_ENUMERATED = re.compile(
    r"(?<![\w'’-])(?P<first>[\w'’-]++(?: [\w'’-]++)?+, [\w'’-]++(?: [\w'’-]++)?+)"
    r"(?:, (?!and |or )[\w'’-]++(?: [\w'’-]++){0,2}?){4,}(?=,? (?:and|or)(?:/or)? )",
)
"""The middle of a long enumeration, which has five commas at least."""

_GRANTED = re.compile(r"(?<=\ba )(?:[\w-]+(?:\([^)]*\))?,? (?:and )?){2,}(?=licen[cs]e\b)", re.IGNORECASE)
"""The many adjectives of a licence."""

_OWED = re.compile(
    r"^(?:be )?(?:\w+ly )?liable (?:to \w+ )?for "
    r"(?=(?:[\w-]+,? ){0,4}?(?:fees?|charges?|balance|costs?|payments?|price|rent|expenses|instal?lments?|amounts?)\b)",
    re.IGNORECASE,
)
"""Who is liable for money has to pay it."""

_ANSWERS = re.compile(r"(?:\w+ly )?responsible for:? (?=\()", re.IGNORECASE)
"""What leads a list of gerunds: 'responsible for: (i) keeping a copy'."""

_DOING = re.compile(r"(?!bring|during|nothing|anything|everything|according|string|spring)[a-z]{2,}ing[ ,]")
_AND_DOING = re.compile(r"(?<= and )[a-z]{3,}ing(?= (?:an?|the|any|all|its|your|their|our) )")
_DO_SO = re.compile(r"(?:\w+ly )?do so\b", re.IGNORECASE)
_INFINITIVE = re.compile(r"\bto (?P<act>(?!the\b|an?\b|any\b|all\b|our\b|your\b|its\b)[a-z]{3,} [^,;.:]+)(?=[,;.:])")

_GERUNDS = re.compile(r"^\w+ing(?:(?:,| and| or|, and|, or) \w+ing\b){0,4}", re.IGNORECASE)
_GERUND = re.compile(r"\w+ing\b", re.IGNORECASE)
_HARD = Screened(
    r"[;:]|(?<![A-Z])\. |,? \b(?:(?<!as )if|unless|provided(?=,| (?:that|always|further|such|the|its?|no|any)\b)|"
    r"except|when|whenever|up to \d+ (?:days?|hours?|weeks?)|so that|so as to|for (?:as|so) long as|"
    r"(?:\d+|one|two|three|four|five|six|seven|ten|fifteen|twenty|thirty|forty-five|sixty|ninety)"
    r" (?:business |working |calendar )?(?:day|hour|week|month)s? (?:ahead|in advance|before(?:hand)?|prior to)|"
    r"in the event|which|who|such as|including|excluding|alleging|"
    r"for the avoidance|because|"
    r"whether|until|no later|not later|at least|prior to|"
    r"arising|and not|and no(?:thing)?|after which|subject to|to the extent|notwithstanding|"
    r"by giving|by providing|for any reason|"
    r"without (?:\S+ ){0,7}?(?:consent|approval|permission|agreement|authori[sz]ation))\b"
    r"|,? \b(?:under|in|of|with) this (?:section|agreement|clause)\b|,? within \w+\b ?(?:\(|\d|\w+)"
    r"|,? (?<!agreed )upon (?!request)",
    re.IGNORECASE,
)
"""Where conditions and examples begin: an action always ends there."""

_GOES_ON = frozenset(("until", "excluding", "agreement", "least"))
"""What follows these belongs to an action that would say little without: 'pay all taxes excluding …'."""

_SOFT = re.compile(
    r"[, ](?:(?<=,) |(?<= ))(?:where|in order|as (?:described|set|defined|provided|specified|stated|further)|pursuant|"
    r"in connection|"
    r"by (?:sending|posting|means)|other than|immediately|solely(?! (?:responsible|liable))|on an?|that|"
    r"(?<!agreed )upon|however|"
    r"based|using|relating|resulting|related|identifying|describing|incurred|requested|carried out|contained|"
    r"with respect|with regard|following|in accordance|against|from and|within|without|through|under|in case|"
    r"specifying|at|from|for the (?:purposes?|duration))\b",
    re.IGNORECASE,
)
"""Where an action that is long enough ends."""

_PASSIVE = re.compile(
    r"(?:[\w-]+ly )?(?:be|become) (?:[\w-]+ly )?(?P<verbs>(?:\w+(?:ed|en|ld|de|nt), ){0,6}(?:\w+,? (?:and|or) "
    r"(?:otherwise )?)?(?!(?:and|or)\b)[\w-]+)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AGENT = re.compile(
    r"^,? (?:\w+ly )?by (?!(?:the (?:\w+ ){0,2}courts?|means|"
    r"e?-?mail|post|phone|telephone|teleconference|arbitration|mediation|\w+ing)\b)"
    r"(?:\S+ ){0,3}?\S+"
    r"(?=$| (?:to|in|at|with|within|for|on|from|across|if|upon|without|by|when|as|no|until)\b|[,.])",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r" (up|out|off|over|down)\b(?!-)", re.IGNORECASE)
_LAST_AGENT = re.compile(r",? by (?:the |an? )?[A-Z][\w.]*(?: [A-Z][\w.]*)?\.?$")
_ANY = re.compile(r"^(?:any|all|no|such|an?|the|this|these|and|but|that|neither|said) ", re.IGNORECASE)
_WHICH = re.compile(
    r",? (?:arising|due|relating|related|concerning|hereunder|which|that is|used|offered)\b", re.IGNORECASE
)
_SECOND = re.compile(r"(?<=\band | or )(?P<how>\w+ly )?(?P<verb>\w+ed)\b(?= (?:by|through|in)\b)", re.IGNORECASE)
_CLAIMS = re.compile(r"\b(?:claims?|losses|damages?|liabilit(?:y|ies)|suits?|proceedings?)$", re.IGNORECASE)
_LONGEST_CLAIM = len("proceedings")
_ABOUT = re.compile(
    r" (?:alleging that|alleging|resulting from|arising (?:out of|from)|relating to|based (?:up)?on)"
    r"(?: [^\s,;:.]+){1,6}",
    re.IGNORECASE,
)
"""What claims are about: of other acts, phrases that begin so are no part of the action."""

_OFFERED = re.compile(r"make [^;:.]{3,160}? (?P<available>available(?: to \S+(?: \S+)?)?)(?=[\s,.;]|$)", re.IGNORECASE)
_STATE = re.compile(r"(?:responsible|liable|bound)\b", re.IGNORECASE)
_NOUN = re.compile(r"(?:an?|any|the|interest|payment|compensation|reimbursement|\d+) (?!.{0,40}:)", re.IGNORECASE)
_LINKING = frozenset(
    (
        *("the", "a", "an", "of", "and", "or", "to", "for", "in", "its", "any", "by", "with", "at", "on", "as", "from"),
        *("such", "that", "be", "their", "your", "our", "all", "own", "each", "other", "is", "are", "not", "into"),
        *(
            "reasonably",
            "least",
            "than",
            "which",
            "under",
            "against",
            "including",
            "used",
            "only",
            "regarding",
            "after",
            "and/",
            "and/or",
        ),
    )
)
"""Words with which no phrase ends."""


def action_of(predicate: str) -> str:
    """Return the verb phrase with which the words after a modal begin, '' where they have none.

    >>> action_of("use commercially reasonable efforts to restore the archive if it is lost.")
    'restore the archive'
    >>> action_of("responsible for keeping its own copies")
    'keep its own copies'
    """
    listed = _listed(predicate)
    if listed:
        return listed
    words = _opened(predicate)
    if _DOING.match(words):  # 'refrain from selling'
        words = _GERUNDS.sub(lambda gerunds: _GERUND.sub(lambda word: base_form(word[0]), gerunds[0]), words)
    if _NOUN.match(words):
        words = f"receive {words}"
    return _short(f"be {words}" if _STATE.match(words) else words)


def antecedent(before: str, predicate: str) -> tuple[int, int] | None:
    """Return the bounds in `before` of the act that 'do so' stands for, None where the predicate names its own.

    >>> before = "Although we have no duty to inspect the files, we may "
    >>> begin, end = antecedent(before, "do so at any time")
    >>> before[begin:end]
    'inspect the files'
    """
    if not _DO_SO.match(predicate):
        return None
    acts = [match.span("act") for match in _INFINITIVE.finditer(before)]
    return acts[-1] if acts else None


def _listed(predicate: str) -> str:
    """Return what the items of a list say is done, '' where the predicate does not lead to a list of acts."""
    if sum(map(predicate.count, _LABEL_ENDS)) < 2:
        return ""
    words = " ".join(_without_parentheses(predicate).split())
    if not _LABELLED.search(f" {words}"):
        return ""
    while (opening := _OPENING.match(words)) is not None and opening.end():
        words = words[opening.end() :]
    labels = _labels(words)
    if len(labels) < 2 or not _LEAD.fullmatch(words, 0, labels[0][0]):
        return ""
    ends = [start for start, _ in labels[1:]] + [len(words)]
    items = [
        _opened(words[begin:end].strip(" ,;").removeprefix("to ")) for (_, begin), end in zip(labels, ends, strict=True)
    ]
    answers = _ANSWERS.match(words) is not None
    if answers:
        items = [_GERUND.sub(lambda word: base_form(word[0]), i, count=1) if _DOING.match(i) else i for i in items]
    found = (_ACT.match(item) for item in items)
    acts = dict.fromkeys(_first_words(act[0], LONGEST) for act in found if act)
    if len(acts) == len(items) == 2:
        acts = dict.fromkeys(_first_words(_short(item), LONGEST // 2) for item in items)
    if len(acts) < 2:
        return ""
    lead = "" if answers else words[: labels[0][0]].rstrip(" :")
    action = ""
    for act in acts:
        longer = f"{action}, {act}" if action else f"{lead} {act}".strip()
        if action and len(longer.split()) > LONGEST:
            break
        action = longer
    return action


def _labels(words: str) -> list[tuple[int, int]]:
    """Return the bounds of the labels in the words."""
    found: list[tuple[int, int]] = []
    for sign in _LABEL.finditer(f" {words}"):
        start, end = sign.start("label") - 1, sign.end("label") - 1
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _without_labels(words: str) -> str:
    """Return the words without labels and the white space that these leave behind."""
    if _LABELLED.search(f" {words}"):
        for start, end in reversed(_labels(words)):
            words = words[:start] + words[end:]
    return " ".join(words.split())


def passive_action(predicate: str, subject: str) -> str:
    """Return the active verb phrase for a passive predicate and what it is said of.

    >>> passive_action("be stored in two places if lost", "All copies")
    'store copies in two places'
    """
    match = _PASSIVE.match(_opened(predicate))
    if match is None:
        return action_of(predicate)
    if match["verbs"] == "in":  # 'All notices must be in writing'
        return _short(f"make {_thing(subject)} in {match['rest'].strip(' ,.')}")
    verbs = _infinitives(match["verbs"])
    particle = _PARTICLE.match(match["rest"])
    if particle:
        verbs.append(particle[1])
    rest = _SECOND.sub(
        lambda m: (m["how"] or "") + base_form(m["verb"]),
        _AGENT.sub("", _LAST_AGENT.sub("", match["rest"][particle.end() if particle else 0 :])).strip(" ,."),
    )
    thing = _thing(subject)
    words = " ".join(part for part in (*verbs, "" if thing == "payment" and verbs == ["pay"] else thing, rest) if part)
    return _short(_TOLD.sub(r"\g<verb> ", words))


def _infinitives(verbs: str) -> list[str]:
    """Return the infinitives of participles with the 'and' or 'or' between them; of many, those of the first two."""
    words = [word for word in verbs.replace(",", " ").split() if word != "otherwise"]
    if verbs.count(",") > 1:
        words = [words[0], "or" if " or " in verbs else "and", words[1]]
    return [word if word in ("and", "or") else base_form(word) for word in words]


def _thing(subject: str) -> str:
    """Return what a passive predicate is said of, short and without 'all' or 'the'."""
    words = _PARENTHESES.sub("", subject)
    which = _WHICH.search(words, 5)
    return _ANY.sub("", _first_words(words[: which.start()] if which else words, 6))


def _without_parentheses(words: str) -> str:
    """Return the words without what stands in parentheses, but for an alternative: '(or any part of it)'."""
    return _PARENTHESES.sub("", _ALTERNATIVE.sub(r"\1", words)) if "(" in words else words


def _opened(predicate: str) -> str:
    """Return the predicate without labels, parentheses and what stands before its verb; gerunds as infinitives."""
    words = _without_parentheses(predicate)
    words = _without_labels(words)
    while (match := _OPENING.match(words)) is not None and match.end():
        words = words[match.end() :]
        if match[0].casefold().endswith("for "):
            words = _GERUNDS.sub(lambda gerunds: _GERUND.sub(lambda word: base_form(word[0]), gerunds[0]), words)
            words = _AND_DOING.sub(lambda word: base_form(word[0]), words)
    words = _OWED.sub("pay ", words)
    words = _INSERTED.sub(" ", _SKIPPED.sub("", words.replace(" as may be required by ", " required by ")))
    if words.count(", ") > 2:
        words = _ENUMERATED.sub(r"\g<first>", words)
    words = _TOLD.sub(r"\g<verb> ", words)
    return _GRANTED.sub("", words) if "licen" in words.lower() else words


def _short(words: str) -> str:
    """Return the words up to a condition, or to an adverbial phrase once there are some; never more than LONGEST."""
    first, _, rest = words.partition(" ")
    if _IN_TIME.match(rest):
        return first
    hard = next((h for h in _HARD.finditer(f" {rest}", 2) if _ends(rest[: h.start() - 1], h[0])), None)
    kept = f"{first} {rest[: max(0, hard.start() - 1)] if hard else rest}"
    for soft in _SOFT.finditer(kept):
        if len(kept[: soft.start()].split()) >= SHORTEST:
            kept = kept[: soft.start()]
            break
    about = _ABOUT.match(words, len(kept)) if _CLAIMS.search(kept, max(0, len(kept) - _LONGEST_CLAIM)) else None
    if about:
        kept += about[0]
    offered = _OFFERED.match(words)
    if offered and offered.end() > len(kept):
        kept = f"{kept.rstrip(' ,')} {offered['available']}"
    return _first_words(kept, LONGEST)


_IN_TIME = re.compile(r"within (?:[\w-]+ ){1,3}(?:minutes?|hours?|days?|weeks?|months?)\b", re.IGNORECASE)


def _ends(words: str, boundary: str) -> bool:
    """Whether a condition or example ends an action of a verb and `words`; 'until' does not end a short one."""
    return words.count(" ") > 2 or boundary.split()[-1].casefold() not in _GOES_ON


def _first_words(words: str, count: int) -> str:
    kept = words.split()[:count]
    while kept and kept[-1].casefold().strip(",") in _LINKING:
        kept.pop()
    phrase = " ".join(kept).strip(' ,;:."*/')
    return phrase if "(" in phrase else phrase.rstrip(").")
