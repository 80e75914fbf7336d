"""Names that no sentence introduces, but that the text uses: which party each one stands for.

'LeadersOnline' stands for 'LeadersOnline, Inc.', and 'the Advertiser', of whom every duty is told, for the
customer that is named once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from pactgraph.extracting.views import count_words

_VERB = re.compile(r" (?:shall|will|may|must|agrees|SHALL|WILL|MAY|MUST|AGREES)\b")
_SUBJECT = re.compile(r"(?<![\w.@/'-])([A-Z][\w&'-]*[\w&](?: [A-Z][\w&-]*\w){0,2})$")
_YOU = re.compile(r"[Yy](?:ou|OU) (?:shall|will|may|must|agree|can|are|SHALL|WILL|MAY|MUST|AGREE)\b")
_WE = re.compile(r"[Ww](?:e|E) (?:shall|will|may|must|agree|can|are|SHALL|WILL|MAY|MUST|AGREE)\b")
_LONGEST = 50
_OFTEN = 5
"""So often at least is a name the subject of a duty or right that stands for a party."""

_MOST = 8
"""So often at least is a noun the subject that stands for a party, and so many times as often as that party's own."""
_RATIO = 3

_SUPPLYING = frozenset(
    """
    franchisor licensor supplier vendor manufacturer carrier transporter contractor subcontractor consultant agency
    seller developer operator lessor landlord
    """.split()  # noqa: SIM905
)
_SUPPLIED = frozenset(
    """
    franchisee licensee buyer purchaser advertiser publisher merchant institution distributor dealer retailer shipper
    sender sponsor lessee tenant subscriber client customer controller partner reseller member owner affiliate
    """.split()  # noqa: SIM905
)
"""Nouns for one who provides, and for one who is served, where a text calls a party by them throughout."""

_SIDES = frozenset(("advertiser", "publisher"))
"""The two sorts of customers of a network that has both."""

_QUALIFYING = frozenset(("contractual", "contract", "contracting", "business", "cooperation", "commercial", "media"))
"""Adjectives of such nouns: 'the Contractual Partner'."""

_COMMON = frozenset(
    """
    services service group software systems solutions company technologies technology international global data media
    networks platform products marketing digital online energy health group capital bank insurance trust fund
    """.split()  # noqa: SIM905
)
"""Words of names that are no names themselves."""

_NOUNS = {
    "Provider": "(?:service )?provider|vendor|supplier|licensor|company|seller",
    "Customer": "user|customer|client|subscriber|licensee|developer|member|buyer|purchaser",
}
"""Nouns by which a text may call the party in each role without introducing it."""

_TOLD_NOUN = {
    role: re.compile(
        rf"\b(?:[Tt]he (?=[a-z])|(?=[A-Z]))((?i:{nouns}))"
        r" (?:shall|will|may|must|can|agrees|undertakes|confirms|acknowledges|accepts|declares|warrants|is (?:not )?"
        r"(?:entitled|obliged|obligated|required|responsible|liable|prohibited|permitted|allowed|bound))\b"
    )
    for role, nouns in _NOUNS.items()
}
"""A noun in small letters after 'the', or in capitals, that is told to do or bear something."""

_LEAST_TOLD = 5
"""So often at least is a noun told so that stands for a party without being introduced."""


def stand_ins(
    text: str, found: Mapping[str, Sequence[str]], third: Sequence[str], deeds: Callable[[str, Sequence[str]], int]
) -> list[tuple[str, str]]:
    """Return pairs of a role, Provider or Customer, and a name in use that stands for the party in that role.

    `found` has the names of each role and `third` those of third persons. `deeds` tells how much more often
    a name supplies than pays. A noun stands for a party only if hardly anything is told of it by its own names.
    """
    counts = _subjects(text)
    if not counts:
        return []
    names = {role: {_bare(name) for name in found[role]} for role in ("Provider", "Customer")}
    uses = {role: sum(counts[name] for name in counts if _bare(name) in names[role]) for role in names}
    spoken_to = count_words(_YOU, text)
    uses["Customer"] += spoken_to
    uses["Provider"] += count_words(_WE, text)
    own = dict(uses)
    sides = sum(count for name, count in counts.items() if _bare(name) in _SIDES)
    out: list[tuple[str, str]] = []
    for name, count in counts.most_common(12):
        bare = _bare(name)
        if count < _OFTEN or any(bare in known or bare.removesuffix("s") in known for known in names.values()):
            continue
        owners = [role for role in names if any(_is_short_for(bare, known) for known in names[role])]
        if owners == ["Customer"] and spoken_to >= _MOST:
            continue  # 'you' is the customer, and what is told of by name is not
        noun = bare.split()[-1] if bare.split()[0] in _QUALIFYING else bare
        if not owners and noun in _SUPPLYING | _SUPPLIED and not any(_is_short_for(bare, _bare(t)) for t in third):
            if noun in _SIDES:
                owners = _missing(noun, sides, own, 0)
            else:
                owners = _missing(noun, count, uses, deeds(text, [name]))
        if len(owners) == 1:
            out.append((owners[0], name))
            uses[owners[0]] += count
    return out


def is_short_for(name: str, names: Sequence[str]) -> bool:
    """Whether one of `names` begins with `name`, or has it as one of its own words.

    >>> is_short_for("Harbor", ["Harbor Cloud, Inc."])
    True
    """
    return any(_is_short_for(_bare(name), _bare(full)) for full in names)


def _missing(noun: str, count: int, uses: Mapping[str, int], deed: int) -> list[str]:
    """Return the role of whose holder the text says so little by other names that the noun stands for it."""
    if count < _MOST:
        return []
    silent = [role for role, used in uses.items() if count >= _RATIO * used]
    if len(silent) < 2:
        usual = "Provider" if noun in _SUPPLYING else "Customer"
        return silent if usual in silent else []
    if deed:
        return ["Provider" if deed > 0 else "Customer"]
    return ["Provider" if noun in _SUPPLYING else "Customer"]


@lru_cache(maxsize=2)
def told_noun(text: str, role: str = "Customer") -> tuple[str, int] | None:
    """Return the noun, 'user' or 'User', of whom duties and rights are told throughout, with how often.

    For agreements that tell of the Provider or Customer in the third person and never define who that is.
    """
    counts = Counter(match[1] for match in _TOLD_NOUN[role].finditer(text))
    noun, count = counts.most_common(1)[0] if counts else ("", 0)
    return (noun, count) if count >= _LEAST_TOLD else None


@lru_cache(maxsize=2)
def _subjects(text: str) -> Counter[str]:
    """Return how often each capitalised name is the subject of a modal verb in the plain reading `text`."""
    counts: Counter[str] = Counter()
    for verb in _VERB.finditer(text):
        subject = _SUBJECT.search(text, max(0, verb.start() - _LONGEST), verb.start())
        if subject:
            name = re.sub(r"^(?:The|THE|Each|Any|EACH|ANY) ", "", subject[1])
            counts[name.title() if name.isupper() and name.casefold() in _SUPPLIED | _SUPPLYING else name] += 1
    return counts


def _is_short_for(name: str, full: str) -> bool:
    return (
        len(name) > 3
        and name not in _COMMON
        and (full.startswith(name + " ") or f" {name} " in f" {full} ")
        and name != full
    )


def _bare(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().casefold()
