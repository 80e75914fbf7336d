"""Divides a sentence into the stretches of words that belong to one modal verb each.

'The provider shall keep logs and, on request, will show them; the customer may copy them' is three
statements: each has a modal of its own, and the second borrows its subject from the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pactgraph.extracting.modals import IMPERATIVE, MODAL, is_positive_imperative, is_told, modals
from pactgraph.extracting.subjects import INSERTED, LABEL, PARTIES, REACH, SAID, TOKEN, agreeing, subject_of
from pactgraph.extracting.subordinating import is_subordinate
from pactgraph.extracting.views import BOTH, COUNTERPARTY, CUSTOMER, PROVIDER

_ADJACENT = re.compile(
    rf"(?:,|;)? ?\b(?:and|or|but|nor|yet)(?: {LABEL})?"
    rf"(?: (?:also|then|further|hereby|additionally|thereafter|accordingly|therefore|consequently|thus))*"
    rf"(?: (?:(?:the )?{TOKEN}|it|they))?(?: (?:also|then|further|hereby))?,? ?$",
    re.IGNORECASE,
)
_LONGEST_ADJACENT = 120
_JOINING = re.compile(r"(?:[,;]? ?)(?:and|or|but|nor|yet) ?", re.IGNORECASE)
_STRONG = re.compile(
    rf"[;:.](?: |(?=\(\w{{1,4}}\) ))(?:and |or |but )?(?={LABEL} |[\"({PROVIDER}-{COUNTERPARTY}]|\w)"
    rf"|, (?=provided (?:this|such|the|it|no|any|{TOKEN})\b)"
    r"|[,;]? ?\(?(?=\b(?:provided(?:,? (?:however|further|that|always))|(?:except|save) that"
    r"|it being (?:understood|agreed)))",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r", (?:and|but|or|while|whereas|so|nor|then|in which (?:case|event)|(?:after|failing) which|whereupon"
    r"|however)\b,? ?(?:that )?",
    re.IGNORECASE,
)
_WEAK = re.compile(r" (?:and|but|or)(?: that)? (?=(?:[^,;:]{1,70}) $)", re.IGNORECASE)
_COORDINATED = re.compile(rf"(?:^|[,;:.] )(?P<parties>(?:both )?{TOKEN} and {TOKEN} )$", re.IGNORECASE)
_SEMICOLON = re.compile(r"; (?:and |but |or )?")
_LABELLED = re.compile(rf"[^:]*?: [\"'_*]*(?={TOKEN} )")
"""What leads to a subject: the name of what is agreed, or 'Section 4 is amended and reads as follows:'."""
_PARENTHESIS = re.compile(r"\((?!\w{1,4}\)|provided|but )[^()]*(?:\(\w{1,4}\)[^()]*)*\)", re.IGNORECASE)
_JOINING_SIGNS = " ,;:(\t\n\r\v\f\x85"
_LAST_JOINER = re.compile(
    r"\b(?:(?:(?:and|or|but) )?that|and|n?or|but|whereupon|in which (?:case|event)|(?:after|failing) which)$",
    re.IGNORECASE,
)
_LONGEST_JOINER = len(" in which event")
_REPEATED = re.compile(r"(?: not)?,? \(?(?:and|or|nor) (?:that (?:it|they) )?$", re.IGNORECASE)
_BUT = re.compile(rf"(?: not)?(?:,|,? \()? ?but(?: (?:it|they|{TOKEN}))? ", re.IGNORECASE)
_NEED_NOT = re.compile(
    r"need not\b|(?:is|are|shall|will|has|have)(?: be)?(?: under)? (?:not|no)(?: be)? "
    r"(?:required|obligated|obliged|obligation|duty|responsibility|bound)\b",
    re.IGNORECASE,
)
"""What says that an act is free: 'may, but shall not be obliged to, weigh'."""

_NOR = re.compile(r"\bnor $", re.IGNORECASE)
_ASIDE = re.compile(
    rf", which (?:{TOKEN} |(?:consent|approval|permission|parameters|terms|rates?|fees?|prices?|polic\w+)(?: \w+)? )?$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"(?<! or) \((?:and |but )?(?={TOKEN} (?:(?:also|then|still|\w+ly) )?$)")
_LONGEST_BRACKETED = 40
_BRACKET = re.compile(r"[()]")
_ASIDE_END = re.compile(r"[,;]|\. |\.$| and (?=(?:is|are|shall|will|must) )")
_INVERTED = re.compile(
    r"\b(?:in no event|under no circumstances?|at no time|nor|in no case|neither)(?:,[^,;]{0,80},)? $", re.IGNORECASE
)
_LONGEST_INVERTED = 120
_JOINED_CONDITION = re.compile(
    rf",? (?:and|but),? (?=(?:if|upon|in the event|when|where|should|to the extent|after|following|unless"
    r"|subject to|notwithstanding|without prejudice|by [a-z]+ing|prior to|during|in such)\b"
    rf"[^;:]{{3,250}}, (?:then )?{TOKEN},? ?$)",
    re.IGNORECASE,
)
"""Where a condition after 'and' opens a statement: 'keeps a list and, if a tray is lost, the seller shall'."""

_CONDITIONS = re.compile(
    r"\b(?:if|unless|when(?:ever)?|where|in the event(?: that)?|except (?:if|where|when|to the extent)|to the extent"
    r"(?: that)?|in case)(?:,? (?:either|(?:any |one )(?:or more )?of the following[\w ]{0,30}))?:? ?"
    r"(?:\((?:a|i|1)\)|(?:a|i|1)[.)]|[*•-]) (?!.*\bthen\b)",
    re.IGNORECASE,
)
"""A list of conditions, in which no item is a statement of its own."""

_LISTING = re.compile("[).*•-]")
"""With one of these signs the first item of a list begins: they are found much faster than it."""

_STATEMENT = re.compile(
    rf"[,;] (?:and|but) (?={TOKEN} (?:(?:hereby|also|further) )?(?:assigns?|grants?|waives?|acknowledges?|represents?"
    r"|warrants?|consents?|disclaims?|retains?|owns?|is not|are not|has no|have no|do(?:es)? not)\b)",
    re.IGNORECASE,
)
"""Where a statement without a modal verb follows: 'may use it, and the buyer hereby assigns …'."""

_CONDITION = re.compile(
    rf"(?:{LABEL} )?(?:if|upon|in the event|when(?:ever)?|should)\b[^;:]{{5,300}},(?= (?:then )?[^,;]{{1,60}}$)",
    re.IGNORECASE,
)
"""The condition that opens a sentence, up to the subject of its first modal verb."""

_LEADING_CONDITION = re.compile(
    rf"(?:{LABEL} )?(?:[\w ,]{{2,60}}[:.] )?(?:if|upon|in the event|in case|when|where|following|after"
    r"|on (?:the )?\w*(?:expir|termin))"
    r"[^;:]{4,300}[,:] ?(?:then,?:? ?)?",
    re.IGNORECASE,
)
"""A condition that leads a list: 'upon the end of the lease: (a) the buyer shall …; (b) the seller shall …'."""

_AND_AGREES = re.compile(
    r" (?:hereby |further |\w+ly )?"
    r"(?:agrees?|undertakes?|covenants?|acknowledges?|accepts?|commits?|represents?|warrants?|waives?)"
    r",? (?:and|or) (?:hereby |further )?$",
    re.IGNORECASE,
)
"""What is said twice: 'the buyer agrees and undertakes to'."""

_OPENED = re.compile(
    r"(?:if|upon|in the event|when|where|should|to the extent|without prejudice|in case|after|by [a-z]+ing)\b",
    re.IGNORECASE,
)
"""How a condition opens, or another phrase that goes before its main clause."""

_BARE = re.compile(rf", (?:then )?(?:the )?{TOKEN},? (?:(?:also|then|hereby|\w+ly) )?$", re.IGNORECASE)
"""A party after a comma, as it stands before the modal of a main clause."""

_OWN_CONDITION = re.compile(r"(?:if|upon|in the event|when|where|unless|until|provided|except)\b", re.IGNORECASE)
_AFTER_MODAL = re.compile(rf"\w+,? (?:(?:either|any) )?({TOKEN})(?!')")
_IT = re.compile(r"(?:[\w ]{3,25}, )?it(?: also| then| further| therefore| however|,? \w+ly,?)? ", re.IGNORECASE)
_ABLE = re.compile(
    r"(?:is|are|has|have)\b(?!.*\bnot\b).*\b(?:authori[sz]ed|entitled|permitted|allowed|rights?)\b", re.I
)
_VOUCHING = re.compile(rf"\b(?:represent|warrant)s?(?: and \w+)?(?: to {TOKEN})? that[:,]? [^.]*$", re.IGNORECASE)
_LONGEST_VOUCHING = 300


class Stretch(NamedTuple):
    """The words of one modal: `text[start:end]`, the modal at `pivot`, and its subject in words and tokens.

    Where it borrows its subject, `lead` bounds the words that name it. A `nested` one lies within another.
    """

    start: int
    end: int
    pivot: int
    subject: str
    lead: tuple[int, int] | None = None
    nested: bool = False


def stretches(text: str, start: int, end: int, items: Sequence[tuple[int, int]] = ()) -> list[Stretch]:
    """Return the stretches of the sentence `text[start:end]` in order; `items` bound those listed within it.

    The words of one sentence, list included, belong to the modal that leads it; items with a subject and
    a modal of their own are stretches as well, within the other.
    """
    found: list[Stretch] = []
    bracketed: list[Stretch] = []
    previous: re.Match[str] | None = None
    for modal in modals(text, start, end):
        pivot = modal.start()
        opened = _bracket_before(text, max(start, pivot - _LONGEST_BRACKETED), pivot)
        if opened and start < opened.start():
            bracketed.append(_in_brackets(text, opened.end(), pivot, end))
            continue
        if previous and found and _is_condition(text, previous.end(), pivot):
            continue
        if previous and (_REPEATED.fullmatch(text, previous.end(), pivot) or _is_optional(text, previous, modal)):
            continue
        aside = _ASIDE.search(text, max(previous.end(), pivot - 60), pivot) if previous else None
        if aside:
            found.append(_aside(text, aside.start() + 2, pivot, end, found[-1]))
            continue
        told = is_positive_imperative(text, pivot)
        if told and not is_told(text, start, pivot):
            continue
        item = next((i for i in items if i[0] <= pivot < i[1]), None)
        floor = max(previous.end() if previous else start, item[0] if item else start)
        if not told and (is_subordinate(text, start, floor, modal, previous) or _is_vouched(text, start, modal)):
            continue
        opening = "item" if item and item[0] == floor else "" if previous else "sentence"
        begin = _begin(text, floor, pivot, opening=opening)
        led = item is not None and any(s.pivot < items[0][0] for s in found)
        if begin is None and not led and _is_conditional(text, start, found, pivot):
            found, begin = [], start
        if begin is None or (led and not re.search(TOKEN, text[begin:pivot])):
            continue
        stretch = _stretch(text, start, begin, pivot, item[1] if led and item else end, found)
        if item and begin == item[0] and not stretch.lead and _leads(text, start, items[0][0], stretch.subject):
            stretch = stretch._replace(lead=(start, start + len(text[start : items[0][0]].rstrip())))
        found.append(stretch._replace(nested=True) if led else stretch)
        previous = modal
    found = list(_sharing(text, start, found)) if len(found) > 1 else found
    return _ended(text, sorted(found + bracketed, key=lambda stretch: stretch.pivot) if bracketed else found)


def _is_condition(text: str, start: int, end: int) -> bool:
    """Whether a list of conditions begins in `text[start:end]`."""
    return _LISTING.search(text, start, end) is not None and _CONDITIONS.search(text, start, end) is not None


def _sharing(text: str, start: int, found: Sequence[Stretch]) -> Sequence[Stretch]:
    """Return the stretches, those that 'and' joins to the first with the condition that opens the sentence as lead.

    'If the kiln breaks, the seller shall repair it and the buyer may wait' sets the condition for both.
    """
    first = found[0]
    condition = _CONDITION.match(text, start, first.pivot)
    if condition is None or MODAL.search(text, start, condition.end()):
        return found
    out = [first]
    for stretch in found[1:]:
        joined = not stretch.nested and stretch.lead is None and not _STRONG.search(text, first.pivot, stretch.start)
        shares = joined and not _OWN_CONDITION.match(text, stretch.start)
        out.append(stretch._replace(lead=(start, condition.end())) if shares else stretch)
    return out


def meant(text: str, found: list[Stretch], party: str) -> list[Stretch]:
    """Return the stretches of a sentence in which 'it' may stand for the `party` of the sentence before.

    'The seller shall count the loaves. It shall also weigh them.'
    """
    first = found[0]
    if party not in PARTIES or first.subject or not _IT.fullmatch(text, first.start, first.pivot):
        return found
    return [stretch if stretch.subject else stretch._replace(subject=party) for stretch in found]


def _ended(text: str, found: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches cut where the next one of their level begins, punctuation and joining words trimmed."""
    out: list[Stretch] = []
    for k, stretch in enumerate(found, 1):
        end = stretch.end
        if k < len(found):
            end = min(end, next((s.start for s in found[k:] if not s.nested and s.start > stretch.pivot), end))
        statement = _STATEMENT.search(text, stretch.pivot, end)
        words = _unjoined(text[stretch.start : statement.start() if statement else end])
        end = stretch.start + len(words)
        if text[end : end + 1] == ")" and words.count("(") > words.count(")"):
            end += 1
        if end > stretch.pivot:
            out.append(stretch if end == stretch.end else stretch._replace(end=end))
    return out


def _unjoined(words: str) -> str:
    """Return the words without the punctuation and the joining word with which they end.

    >>> _unjoined("it may close, and ")
    'it may close'
    """
    closed = words.rstrip(" ,")
    last = _LAST_JOINER.search(closed, max(0, len(closed) - _LONGEST_JOINER))
    return (closed[: last.start()] if last else closed).rstrip(_JOINING_SIGNS)


def _leads(text: str, start: int, end: int, subject: str) -> bool:
    """Whether `text[start:end]` says of all items that follow who promises them, or on what condition.

    What is promised of a thing needs the one who promises it, what a party shall do does not.
    """
    said = SAID.match(text, start, end) if subject[-1:] not in PARTIES else None
    if said and said.end() >= end - 2:
        return True
    return is_leading_condition(text, start, end)


def is_leading_condition(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` is a condition that leads a list: 'if it rains:'."""
    return _LEADING_CONDITION.fullmatch(text, start, end) is not None and MODAL.search(text, start, end) is None


def _bracket_before(text: str, least: int, pivot: int) -> re.Match[str] | None:
    """Return the bracket that opens before the subject of the modal at `pivot`, None where there is none."""
    return _BRACKETED.search(text, least, pivot) if "(" in text[least:pivot] else None


def _in_brackets(text: str, begin: int, pivot: int, end: int) -> Stretch:
    """Return the stretch of '(the buyer must keep it)': it ends with the parenthesis, and all else goes on after it."""
    depth = 1
    for sign in _BRACKET.finditer(text, pivot, end):
        depth += 1 if sign[0] == "(" else -1
        if not depth:
            end = sign.start()
            break
    return Stretch(begin, end, pivot, subject_of(text[begin:pivot]), nested=True)


def _aside(text: str, begin: int, pivot: int, end: int, main: Stretch) -> Stretch:
    """Return the stretch of ', which the provider may change': it ends at the next comma or full stop."""
    stop = _ASIDE_END.search(text, pivot, end)
    subject = subject_of(text[begin:pivot].partition(" ")[2])
    return Stretch(begin, stop.start() if stop else end, pivot, subject, (main.start, begin), nested=True)


def _begin(text: str, floor: int, pivot: int, *, opening: str) -> int | None:
    """Return where the stretch of the modal at `pivot` begins, None where it belongs to the modal before it.

    The first one of a `sentence` begins with it, after a semicolon, or after a colon if the party follows and no
    condition goes before; that of an `item` with the item, or a proviso.
    """
    if opening == "sentence":
        labelled = None if _OPENED.match(text, floor) else _LABELLED.match(text, floor, pivot)
        floor = labelled.end() if labelled else floor
        ends = [m.end() for m in _SEMICOLON.finditer(text, floor, pivot)]
        return ends[-1] if ends and ends[-1] < pivot - 1 else floor
    begin = _boundary(text, max(floor, pivot - REACH), pivot)
    return floor if begin is None and opening == "item" else begin


def _is_optional(text: str, previous: re.Match[str], modal: re.Match[str]) -> bool:
    """Whether a modal only says that what the `previous` one permits is no duty: 'may, but shall not be obliged to'."""
    if previous[0][:3].casefold() not in ("may", "can") or _BUT.fullmatch(text, previous.end(), modal.start()) is None:
        return False
    return _NEED_NOT.match(text, modal.start()) is not None


def _is_conditional(text: str, start: int, found: Sequence[Stretch], pivot: int) -> bool:
    """Whether the one modal found stands in the condition of that at `pivot`, before which a comma and a party stand.

    'If the rent, which the guild may set, is late, the seller may wait.'
    """
    if len(found) != 1 or found[0].start != start or _OPENED.match(text, start) is None:
        return False
    first = found[0]
    if _BARE.search(text, start, first.pivot):
        return False
    return _BARE.search(text, max(first.pivot, pivot - _LONGEST_BRACKETED), pivot) is not None


def _is_vouched(text: str, start: int, modal: re.Match[str]) -> bool:
    """Whether somebody warrants to be authorised or entitled: that permits nothing."""
    if not _ABLE.match(modal[0]):
        return False
    return _VOUCHING.search(text, max(start, modal.start() - _LONGEST_VOUCHING), modal.start()) is not None


def _boundary(text: str, floor: int, pivot: int) -> int | None:
    """Return the boundary between `floor` and `pivot` after which the words of the modal at `pivot` begin."""
    gap = _PARENTHESIS.sub(lambda m: "_" * len(m[0]), text[floor:pivot])
    conditions = list(_JOINED_CONDITION.finditer(gap))
    if conditions:
        return floor + conditions[-1].end()
    adjacent = _ADJACENT.search(gap, max(0, len(gap) - _LONGEST_ADJACENT))
    if adjacent:
        joining = _JOINING.match(gap, adjacent.start())
        return floor + (joining.end() if joining else adjacent.start())
    strong = [m.end() for m in _STRONG.finditer(gap)]
    medium = [m.end() for m in _MEDIUM.finditer(gap)]
    for end in sorted(strong + medium, reverse=True):
        rest = gap[end:]
        if "," not in rest.rstrip(" ,") or INSERTED.match(rest) or SAID.match(rest):
            return floor + end
    ends = strong or [m.end() for m in _MEDIUM.finditer(gap) if not m[0].startswith(", or")]
    if ends:
        return floor + ends[-1]
    if gap.endswith(", "):
        return pivot
    both = _COORDINATED.search(gap)
    if both:
        return floor + both.start("parties")
    weak = [m.end() for m in _WEAK.finditer(gap)]
    return floor + weak[-1] if weak and len(gap[weak[-1] :].split()) <= 9 else None


def _stretch(text: str, start: int, begin: int, pivot: int, end: int, found: Sequence[Stretch]) -> Stretch:
    """Return the stretch from `begin` to `end` with its own or a borrowed subject."""
    if is_positive_imperative(text, pivot):
        return Stretch(begin, end, pivot, CUSTOMER)
    if IMPERATIVE.match(text, pivot):
        told = re.search(TOKEN, text[begin:pivot])
        return Stretch(begin, end, pivot, CUSTOMER if told is None or told[0] == CUSTOMER else "")
    zone = text[max(begin, pivot - REACH) : pivot]
    if begin == pivot and _NOR.search(text, max(start, pivot - _LONGEST_JOINER), pivot):
        begin -= len("nor ")
        zone = text[begin:pivot]
    if _INVERTED.search(zone, max(0, len(zone) - _LONGEST_INVERTED)):
        after = _AFTER_MODAL.match(text, pivot)
        neither = f"no {BOTH}" if zone.casefold().endswith("neither ") else ""
        return Stretch(begin, end, pivot, f"no {after[1]}" if after else neither)
    zone = _AND_AGREES.sub(" ", zone) if zone.endswith(("and ", "or ")) else zone
    subject = agreeing(zone) if text[pivot : pivot + 1].casefold() in "auc" else ""
    subject = subject or subject_of(zone, text[max(start, pivot - 2 * REACH) : pivot])
    if subject:
        vouched = found and subject[-1:] not in PARTIES and text[max(0, begin - 5) : begin] == "that "
        return Stretch(begin, end, pivot, subject, (found[0].start, found[0].pivot) if vouched else None)
    if not found:
        return Stretch(start, end, pivot, subject_of(text[max(start, pivot - REACH) : pivot]))
    last = found[-1]
    return Stretch(begin, end, pivot, last.subject, last.lead or (last.start, last.pivot))
