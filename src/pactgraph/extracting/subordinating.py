"""Whether a modal verb stands in a clause that states nothing of its own: 'data that the customer may submit'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pactgraph.extracting.subjects import PARTIES, TOKEN
from pactgraph.extracting.views import PROVIDER, fold

_LOOK_BACK = 220
"""How many characters before the modal verb are looked at."""

_WORD = re.compile(
    r"[\s(,;](?P<word>(?<!after )(?<!failing )which(?! case\b)(?! event\b)|"
    r"that|who|whom|whose|as|(?<!other )(?<!rather )than|what|how|if|when|where|"
    r"wherever|whether|unless|until|although|though|since|"
    r"while|because|(?<=the )extent|"
    r"(?<!no )(?<!such )(?<!that )(?<!which )event|(?<!no )(?<!such )(?<!that )(?<!which )(?<!such a )case|"
    r"whatever|whichever|whoever|any(?:one|body|thing)|everything|all)(?= )"
)
_RELATIVE = frozenset(
    (
        "which",
        "that",
        "who",
        "whom",
        "whose",
        "as",
        "than",
        "what",
        "how",
        "whatever",
        "whichever",
        "whoever",
        "whether",
    )
)
_CONDITIONAL = frozenset(
    (
        "if",
        "event",
        "case",
        "when",
        "where",
        "wherever",
        "unless",
        "until",
        "while",
        "because",
        "extent",
        "although",
        "though",
        "since",
    )
)
_QUANTITY = frozenset(("anyone", "anybody", "anything", "everything", "all"))
_STILL_OPEN = re.compile(r"(?:[^,;:()]{0,70} )?")
_NEAR = 100
"""No clause that is still open begins farther before the modal verb, in characters."""

_COMPLEMENT = re.compile(
    r"(?:agree(?!ment)|acknowledge|warrant|represent|covenant|undertake|accept|understand|confirm|guarantee|provid"
    r"|except|stipulate|require|promise|pledge|note|recogni[sz]e|certif|signif|affirm|attest|declare|being understood"
    r"|save|consent)\w*"
    rf"(?: to {TOKEN})?(?: and \w+)?,?(?: however,?| further,?)?(?: \(?\w{{1,4}}\))? that(?:,[^,;]{{1,90}},)?$"
    r"|\b(?:agree|acknowledg|understand|accept|confirm|warrant|represent|covenant)\w*(?: and \w+)?,? that\b[^;]*"
    r"\band (?:\(\w{1,4}\) )?that$"
    r"|[;,] and (?:\(\w{1,4}\) )?that$"
    r"|\b(?:agree|undertake|warrant|acknowledge)s? to [a-z]+ [^;]*\band (?:\(\w{1,4}\) )?that$",
    re.IGNORECASE,
)
_POINTED = re.compile(r"\b(?:after|on|at|from|in|by|before|until|for|during|upon|within) that $", re.IGNORECASE)
_POINTING = len(" before that ")
_PURPOSE = re.compile(r"(?:\bso|\bsuch|\border|\bensur\w+|\bprocur\w+|\bextent) that$", re.IGNORECASE)
_THINKS = re.compile(rf"\b(?:believes?|thinks|considers|determines|deems) ?(?:{TOKEN} )?$", re.IGNORECASE)
_SO = re.compile(rf"\bso (?:that )?(?:{TOKEN}|they|it) $", re.IGNORECASE)
_LONGEST_SO = len(" so that they ")
_LONGEST_THOUGHT = len("determines X ")
_TOKENS = tuple(f"{token} " for token in PARTIES)
_OF_TOKEN = tuple(f"{token}{ending} " for token in PARTIES for ending in ("", "'s"))
_REDUCED = re.compile(rf"(?P<word>[\w']+) {TOKEN}(?:'s)? $")
_PERMITTED = frozenset(
    ("permitted", "permissible", "allowed", "allowable", "required", "possible", "applicable", "practicable", "needed")
)
_OPENERS = frozenset(
    (
        *(
            "and",
            "or",
            "but",
            "that",
            "then",
            "so",
            "thereafter",
            "hereby",
            "event",
            "however",
            "therefore",
            "otherwise",
        ),
        *(
            "provided",
            "further",
            "nor",
            "while",
            "whereas",
            "case",
            "furthermore",
            "additionally",
            "accordingly",
            "not",
        ),
        *("to", "of", "by", "with", "for", "from", "between", "against", "which", "them", "it", "this", "each"),
    )
)
_ACTS = re.compile(rf"(?:^|[.:] |^\d[\d.]* )(?:things|acts|activities|uses|what(?: else)?) {TOKEN} $", re.IGNORECASE)
"""What names acts, as in a heading: 'things you may not do'."""

_IN_CASES = re.compile(
    rf"(?:^|[,;:] )(?:but |and )?in (?:\w+ ){{1,3}}(?:cases?|circumstances|instances) {TOKEN} $", re.IGNORECASE
)
_NAMED = re.compile(rf"(?<={TOKEN} )\([^()]*\"[^()]*\)")
_HAVING = re.compile(r"(?:has|have|needs?|is|are) to\b", re.IGNORECASE)
_OWED = re.compile(
    rf"(?:^|[,;:.)?!] |\b(?:and|but|then|so|each|every|all) )(?P<party>{TOKEN}) (?:also |then |still |only |always )?$",
    re.IGNORECASE,
)
"""What stands before 'have to' where it obliges: 'what you have to do' asks for nothing."""

_VERBS = re.compile(
    r"is|are|was|were|has|have|does|do|fails|fail|becomes|become|contains|exceeds|requires|require|violates"
    r"|violate|breaches|breach|receives|receive|uses|use|wants|want|wishes|wish|seeks|seek|intends|intend|makes"
    r"|make|occurs|expires|ends|terminates|changes|remains",
    re.IGNORECASE,
)
_OPEN_WORDS = re.compile(
    r"a|an|the|and|or|nor|but|of|to|by|with|for|from|in|on|at|under|against|between|upon|than|as|that|which|who"
    r"|whom|if|when|where|unless|because|since|while|is|are|was|were|has|have|be|been|does|do|not",
    re.IGNORECASE,
)
"""After these a party goes on with the clause."""

_PROVISO = re.compile(r"\((?:provided|but|except)\b[^()]*$", re.IGNORECASE)
_PARALLEL = re.compile(r"\b(?:and|or|but),? (?:\w+ly |also |then )?$", re.IGNORECASE)
_RELATED = re.compile(r"\b(?:that|who|which) [^;.]*\b(?:and|or) (?:\w+ly )?$", re.IGNORECASE)


def is_subordinate(text: str, start: int, floor: int, modal: re.Match[str], previous: re.Match[str] | None) -> bool:
    """Return whether `modal` stands in a relative or conditional clause, or in a parenthesis.

    The sentence begins at `start`; nothing before `floor` belongs to the modal's clause.
    """
    if _is_parallel(text, modal, previous):
        return False
    pivot = modal.start()
    before = text[max(floor, pivot - _LOOK_BACK) : pivot]
    if '"' in before:
        before = _NAMED.sub(lambda named: "_" * len(named[0]), before)
    if previous is None and before.endswith(_TOKENS) and _ACTS.search(before):
        return True
    if _HAVING.match(modal[0]):
        return not _is_owed(before, modal)
    if (
        _in_parenthesis(before[text[start] == "(" and len(before) == pivot - start :])
        or (modal[0][:3].casefold() in ("can", "may") and _SO.search(before, max(0, len(before) - _LONGEST_SO)))
        or _THINKS.search(before, max(0, len(before) - _LONGEST_THOUGHT))
        or _shares_relative(before, modal)
    ):
        return True
    stated = False
    far = max(0, len(before) - _NEAR)
    for word in _WORD.finditer(fold(before[far - 1 :] if far else f" {before}")):
        after = far + word.end()
        if not _STILL_OPEN.fullmatch(before, after):
            continue
        rest = before[after:].split()
        if _goes_on(rest) or (word["word"] == "that" and _POINTED.search(before, max(0, after - _POINTING), after)):
            continue
        end = pivot - len(before) + after - 1
        upto = text[max(start, end - 200) : end]
        if word["word"] == "that" and _COMPLEMENT.search(upto) and not _PURPOSE.search(upto):
            stated = True
            continue
        if _opens(word["word"], rest):
            return True
    reduced = _REDUCED.search(before) if previous and not stated and before.endswith(_OF_TOKEN) else None
    if reduced and _IN_CASES.search(before):
        return False
    return bool(reduced and reduced["word"].islower() and reduced["word"] not in _OPENERS)


def _is_owed(before: str, modal: re.Match[str]) -> bool:
    """Whether 'have to' or 'is to' obliges who stands before it; 'we have to eat' does not."""
    owed = _OWED.search(before)
    if owed is None:
        return False
    having = modal[0][:4].casefold()
    return not (having.startswith(("ha", "ne")) and not having.startswith("has") and owed["party"] == PROVIDER)


def _opens(word: str, rest: Sequence[str]) -> bool:
    """Whether `word`, with the `rest` up to the modal, opens a subordinate clause in which the modal stands."""
    if word == "as" and rest and (rest[0].endswith("ed") or rest[0] in ("set", "necessary", "applicable")):
        return False  # 'the oven as used in the bakery shall stay hot'
    if word in _RELATIVE:
        return len(rest) <= 9 and not _is_closed(word, rest)
    if word in _CONDITIONAL:
        if word in ("event", "case", "because") and rest[:1] == ["of"]:
            return False  # 'in the event of a storm the harbor shall close'
        if rest[-1:] == ["and"] and rest[0].casefold() in _PERMITTED:
            return False
        return len(rest) <= 7 and not _begins_anew(rest) and not _is_of_gerund(rest) and not _is_permitted(rest)
    return word in _QUANTITY and len(rest) == 1 and bool(re.search(TOKEN, rest[0]))


def _is_closed(word: str, rest: Sequence[str]) -> bool:
    """Whether a relative clause ends before the modal: 'a guest who wants tea must ring', 'for what you do and may'."""
    if rest[-1:] and rest[-1].casefold() in ("and", "or", "but", "also", "not"):
        return word in ("what", "whatever") and rest[-1] == "and"
    if len(rest) < 2 or re.fullmatch(TOKEN, rest[-1]):
        return False
    return _VERBS.fullmatch(rest[0]) is not None or (word == "who" and not rest[0].endswith("ly") and len(rest) > 2)


def _in_parenthesis(before: str) -> bool:
    """Whether a parenthesis, other than a proviso or the label of an item, is open."""
    if before.count("(") <= before.count(")") or _PROVISO.search(before):
        return False
    return not re.match(r"\(\w{1,4}\)", before[before.rindex("(") :])


def _is_parallel(text: str, modal: re.Match[str], previous: re.Match[str] | None) -> bool:
    """Whether the modal repeats the one before it: 'shall use means that are safe and shall report'."""
    if previous is None:
        return False
    word = modal[0].split()[0].casefold()
    if word not in ("shall", "must") and word != previous[0].partition(" ")[0].casefold():
        return False
    return bool(_PARALLEL.search(text[max(previous.end(), modal.start() - 60) : modal.start()]))


def _shares_relative(before: str, modal: re.Match[str]) -> bool:
    """Whether 'and agrees to' goes on with a relative clause: 'a person who buys it and agrees to be bound'."""
    related = _RELATED.search(before) if modal[0][:1].casefold() not in "swmc" else None
    return related is not None and not _COMPLEMENT.search(before, 0, related.start() + len("that"))


def _goes_on(words: Sequence[str]) -> bool:
    """Whether, after a relative clause, 'and' and a party begin another statement: 'that harm and you agree'."""
    if len(words) > 3 and words[-2] == "that":
        words = [*words[:-2], words[-1]]
    if len(words) < 3 or words[-2].casefold() not in ("and", "but"):
        return False
    return bool(re.fullmatch(TOKEN, words[-1])) and not re.fullmatch(TOKEN, words[-3])


def _begins_anew(words: Sequence[str]) -> bool:
    """Whether, without a comma, a party follows a clause about a party: 'you cancel the plan you'."""
    if len(words) < 3 or not re.fullmatch(TOKEN, words[-1]):
        return False
    if re.search(TOKEN, " ".join(words[:-2])):
        return True
    return _OPEN_WORDS.fullmatch(words[-2]) is None and any(map(_VERBS.fullmatch, words[:-2]))


def _is_of_gerund(words: Sequence[str]) -> bool:
    """Whether a party follows a clause without a subject of its own: 'using the service you'."""
    return len(words) >= 2 and words[0].casefold().endswith("ing") and bool(re.fullmatch(f"{TOKEN},?", words[-1]))


def _is_permitted(words: Sequence[str]) -> bool:
    """Whether a party follows 'permitted by law' or the like: 'to the extent allowed by law the seller'."""
    if len(words) < 2 or words[0].casefold() not in _PERMITTED or words[-2].casefold() in ("by", "of", "to", "with"):
        return False
    return bool(re.fullmatch(f"{TOKEN},?", words[-1]))
