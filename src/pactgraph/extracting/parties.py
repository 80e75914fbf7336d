"""Who is who in one agreement: which names, nouns and pronouns stand for the provider and for the customer."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pactgraph.extracting.rules import Lexicon
from pactgraph.extracting.standins import is_short_for, stand_ins, told_noun
from pactgraph.extracting.views import (
    BOTH,
    COUNTERPARTY,
    CUSTOMER,
    EITHER,
    PROVIDER,
    Edit,
    begins_word,
    count_name,
    fold,
)
from pactgraph.model import Finding, Span

_PRONOUNS = {
    PROVIDER: ("we", "us", "our", "ours", "ourselves"),
    CUSTOMER: ("you", "your", "yours", "yourself", "yourselves"),
}
_SHORT = 3000
"""A text of at most so many characters need not use a noun often to make it a name."""

_TELLING = 4
"""So many of the customer's role nouns, the first of the lexicon, name nobody but the customer."""

_ACRONYM = 5
"""Longer words in capitals are written in small letters elsewhere."""

_POSSESSIVE = ("our", "your")
_VERB = re.compile(
    r" (?:shall|will|may|grants?|reserves?|agrees?|does not|warrants|makes|provides|cannot|has no|is not|disclaims"
    r"|retains|uses|collects|processes)\b"
)
_SUBJECT = re.compile(
    r"(?<![\w.@/-])([A-Z][\w&'-]*[\w&](?: [a-z]{0,2}[A-Z][\w&-]*\w){0,2}?)(?:'s?)?(?: (?:and|or) its [a-z]+)?$"
)
_OF_A_PERSON = re.compile(
    r" (?:grants?|reserves?|agrees?|warrants|provides|disclaims|retains|collects|processes"
    r"|(?:will|may|shall) (?:provide|use|pay|notify|make|process|terminate|suspend|modify|change|charge|have|collect)"
    r"|(?:will|shall|is|does) not (?:be )?(?:liable|responsible|warrant|guarantee|endorse))\b"
)
"""What only a person does, not a service."""
_LONGEST_SUBJECT = 60
_BRAND = 5
"""So often at least is a name the subject that stands for a provider who has another name."""
THROUGHOUT = 8
"""So often at least is a name the subject that stands for a party of which nothing else is said."""

_GIVING = (
    "provides?|supply|supplies|deliver|perform|manufacture|produce|grants?|licenses?|host|develop|maintain|sell|sells"
    "|ship|furnish|make available|train|install"
)
_TAKING = "pay|pays|purchase|order|buy|compensate|reimburse|accept|remit"
_DEED = re.compile(rf"(?: hereby)? (?:(?:shall|will|agrees to|may)(?: \w+)?? )?(?:({_GIVING})|(?:{_TAKING}))\b")
_ACTS = re.compile(r"'s\b| (?:shall|will|may|must|agrees|grants|reserves|does)\b")
_NOT_NAMES = frozenset(
    """
    agreement agreements terms term service services software user users customer customers client clients party
    parties you we it they this that these those section fees content data documentation information license
    subscription order nothing neither either each no all any such subscriber licensee licensor provider vendor
    supplier company website site platform product products account accounts notice use if in the a an and or
    disputes arbitrator arbitration court courts subprocessors sub-processors affiliates affiliate partner
    partners reseller member members support confidential receiving disclosing indemnifying feedback payment
    payments prices changes invoices taxes processor controller subprocessor authority commission schedule
    exhibit annex appendix article clause what which who processing agent agents recipient materials policy
    policies privacy publisher publishers advertiser advertisers developer developers merchant merchants
    contractor distributor material clauses venture game app group community director directors driver drivers guarantor
    guarantors transporter shipper venturer venturers manager managers employee employees consultant shareholders
    contract contracts
    """.split()  # noqa: SIM905
)
RESELLING = frozenset(("reseller", "distributor", "dealer", "retailer", "franchisee"))
"""Parties whose own customers are third persons."""

_IN_NAMES = frozenset(("group", "services", "software", "data", "platform"))
"""Words that may be part of a longer name."""

_PARTY_WORD = re.compile(r"part(?:y|ies)\b|of us\b|we (?:both|each)\b")
_GENERAL = re.compile(
    r"(?P<neither>(?<=neither )(?:of us|(?:of the )?part(?:y|ies))\b|(?<=\bno )party\b(?! to\b))"
    r"|(?P<other>\bthe other part(?:y|ies)\b)"
    r"|(?P<both>\b(?:both (?:of the )?parties|each (?:of the )?(?:contract\w+ )?part(?:y|ies)|all (?:of the )?parties"
    r"|the (?:contract\w+ )?parties(?: hereto| to (?:the|this) (?:contract|agreement))?|parties hereto"
    r"|(?:both|each) of us|we (?:both|each))\b)"
    r"|(?P<either>\b(?:either (?:of the )?part(?:y|ies)|(?:any|one|that) party|(?:a|such|the) (?:non-?)?"
    r"(?:\w+ing |aggrieved |affected |injured |defaulted |prevailing |first |recipient )?party"
    r"|(?:receiving|disclosing|indemnifying|indemnified) party|either of us)\b)"
)
_REACH = 40
"""How many characters before 'party' tell which party it is."""


@dataclass(frozen=True, slots=True)
class Names:
    """The words that stand for each party in one agreement, longest first."""

    provider: tuple[str, ...]
    customer: tuple[str, ...]


def role_of(aliases: Iterable[str], lexicon: Lexicon) -> str:
    """Return Provider, Customer or Other by the nouns and pronouns among `aliases`, '' where they do not tell."""
    words = [alias.casefold().removeprefix("the ") for alias in aliases]
    for role, nouns, token in (
        ("Provider", lexicon.provider_words, PROVIDER),
        ("Customer", lexicon.customer_words, CUSTOMER),
    ):
        if any(w in _PRONOUNS[token] for w in words):
            return role
        if any(w in nouns and w not in lexicon.other_words for w in words):
            return role
    return "Other" if any(w in lexicon.other_words for w in words) else ""


def trading_name(text: str) -> tuple[str, int] | None:
    """Return the name most often used as the subject of a duty or right, with how often, or None.

    `text` is a plain reading. For agreements that never introduce their provider.
    """
    names = acting(text)
    if not names:
        return None
    name, count = names[0]
    whole = count_name(name, text) if count >= 3 else 0
    return (name, count) if whole >= 4 else None


def _other_name(text: str, known: Sequence[str]) -> str:
    """Return the name, none of the `known` ones, of which duties and rights are told throughout; '' where none is.

    For agreements that tell nobody who is served: neither 'you' nor a noun.
    """
    bare = {name.casefold() for name in known}
    others = [name for name, count in acting(text) if count >= THROUGHOUT and name.casefold() not in bare]
    return others[0] if len(others) == 1 and not is_short_for(others[0], known) else ""


@lru_cache(maxsize=2)
def acting(text: str) -> tuple[tuple[str, int], ...]:
    """Return the names of which duties and rights are told that only persons have, the most frequent first."""
    counts: Counter[str] = Counter()
    persons: set[str] = set()
    for verb in _VERB.finditer(text):
        match = _SUBJECT.search(text, max(0, verb.start() - _LONGEST_SUBJECT), verb.start())
        if match is None:
            continue
        name = match[1]
        words = [w.casefold() for w in name.split()]
        if (
            not any(w in _NOT_NAMES and (w not in _IN_NAMES or len(words) == 1) for w in words)
            and not name.isdigit()
            and len(name) > 2
        ):
            counts[name] += 1
            if _OF_A_PERSON.match(text, verb.start()):
                persons.add(name)
    return tuple((name, count) for name, count in counts.most_common() if name in persons)


def deeds(text: str, names: Iterable[str]) -> int:
    """Return how much more often one of `names` undertakes to supply something than to pay or buy in `text`."""
    acts = {act.end(): act[1] for name in names if len(name) > 1 for act in _after(name, text, _DEED)}
    return sum(1 if supplies else -1 for supplies in acts.values())


def _after(name: str, text: str, words: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield where `words` follow a name in `text`."""
    at = text.find(name)
    while at >= 0:
        if match := words.match(text, at + len(name)):
            yield match
        at = text.find(name, at + 1)


def short_name(name: str, lexicon: Lexicon) -> str:
    """Return a legal person's name without its legal form: 'Harbor Cloud' for 'Harbor Cloud, LLC'."""
    short = re.sub(rf",? (?:{lexicon.words.phrases['legal-form']})$", "", name.strip(" .,"))
    return short.strip(" .,") or name


def names_of(parties: Sequence[Finding], text: str, lexicon: Lexicon) -> Names:
    """Return the words for provider and customer, from the Party findings and the nouns that the text uses."""
    found: dict[str, list[str]] = {"Provider": [], "Customer": []}
    roles = ["Customer" if f.fields.get("role") == "Reseller" else str(f.fields.get("role", "")) for f in parties]
    for finding, role in zip(parties, roles, strict=True):
        if role in found:
            aliases = finding.fields.get("alias", ())
            found[role] += [str(finding.fields.get("name", "")), *(aliases if isinstance(aliases, tuple) else ())]
    trading = trading_name(text)
    least = _BRAND if found["Provider"] else 0
    third = [str(f.fields.get("name", "")) for f, role in zip(parties, roles, strict=True) if role not in found]
    others = third if "you" in found["Customer"] else [*found["Customer"], *third]
    if trading and trading[1] >= least and not _names_one(trading[0], others, found["Customer"]):
        found["Provider"].append(trading[0])
    for role, name in stand_ins(text, found, third, deeds):
        found[role].append(name)
    found["Provider"] += [short for name in found["Provider"] if (short := short_name(name, lexicon)) != name]
    for role, nouns in (("Provider", lexicon.provider_words), ("Customer", lexicon.customer_words)):
        if role == "Customer" and RESELLING.intersection(name.casefold() for name in found[role]):
            continue
        other = {w.casefold() for w in found["Customer" if role == "Provider" else "Provider"]}
        used = [noun for noun in _used(nouns, text) if noun not in other]
        known = [nouns.index(name.casefold()) for name in found[role] if name.casefold() in nouns]
        if not known:
            found[role] += [noun.title() for noun in used[: 1 if found[role] and role == "Provider" else 2]]
        elif role == "Customer":  # 'the Client' beside a Party found as 'Customer'; a 'User' may be a third person
            found[role] += [noun.title() for noun in used if nouns.index(noun) < max(_TELLING, *known, 0)][:2]
    told = told_noun(text)
    if told and told[0].islower() and told[0] in {name.casefold() for name in found["Customer"]}:
        found["Customer"] = [n for n in found["Customer"] if n != told[0]] + [f"the {told[0]}", f"The {told[0]}"]
    if not found["Customer"] and found["Provider"] and (served := _other_name(text, [*found["Provider"], *third])):
        found["Customer"].append(served)
    return Names(*(_spellings(found[role], text) for role in ("Provider", "Customer")))


def _names_one(name: str, others: Sequence[str], customers: Sequence[str]) -> bool:
    """Whether a name is short for one of the others, or one of the customers."""
    return name.casefold() in {n.casefold() for n in customers} or is_short_for(name, others)


def _used(nouns: Sequence[str], text: str) -> list[str]:
    """Return the role nouns that are used as names: capitalised, as a subject or owner, several times."""
    short = len(text) <= _SHORT
    least = 1 if short else 3
    counts = Counter(
        match[1].casefold()
        for match in _noun_regex(tuple(nouns), short).finditer(text)
        if text[match.start() - 1 : match.start()] not in ("-", "_")
        and not text[match.start() - 1 : match.start()].isalnum()
    )
    return [noun for noun in nouns if counts[noun] >= least]


@lru_cache(maxsize=8)
def _noun_regex(nouns: tuple[str, ...], anywhere: bool) -> re.Pattern[str]:
    forms = [form for noun in sorted(nouns, key=len, reverse=True) for form in (noun.title(), noun.upper())]
    options = "|".join(re.escape(form) for form in forms)
    after = r"(?![\w-])" if anywhere else r"(?:'[sS]\b| (?:shall|will|may|agrees|must|is|has|SHALL|WILL|MAY)\b)"
    return re.compile(rf"({options}){after}")


def _spellings(names: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the names and their other spellings: 'QUAY' is also 'Quay' where that acts in `text`."""
    forms: dict[str, None] = {}
    for name in names:
        clean = name.strip(" ,.;\"'")
        if len(clean) < 2 or clean.casefold() in {p for ps in _PRONOUNS.values() for p in ps}:
            continue
        forms[clean] = None
        forms[clean.upper()] = None
        if clean.casefold() == clean or (clean.isupper() and (len(clean) > _ACRONYM or _acts(clean.title(), text))):
            forms[clean.title()] = None
    return tuple(sorted(forms, key=lambda n: (-len(n), n)))


def _acts(name: str, text: str) -> bool:
    """Whether `name` is the subject of a duty, a right or a possession at three places or more."""
    return sum(begins_word(text, act.start() - len(name)) for act in _after(name, text, _ACTS)) >= 3


def token_edits(flat: str, names: Names, joints: Sequence[int] = ()) -> list[Edit]:
    """Return the edits that put party tokens in place of names, role nouns and pronouns in the ASCII form `flat`.

    At `joints`, sorted, the source lost the space after or before a name ('the Buyermay'): it is read as if
    there were one.
    """
    if not joints:
        return _named_edits(flat, names)
    bounds = [0, *joints, len(flat)]
    spaced = " ".join(flat[a:b] for a, b in itertools.pairwise(bounds))
    added = [joint + k for k, joint in enumerate(joints)]
    return [
        Edit(edit.start - bisect_left(added, edit.start), edit.end - bisect_left(added, edit.end), edit.words)
        for edit in _named_edits(spaced, names)
    ]


def _named_edits(flat: str, names: Names) -> list[Edit]:
    """Return the edits of `token_edits` for a text that lost no space.

    The expressions begin with letters, so that the search skips to them; what may stand before a name is
    looked at afterwards.
    """
    edits: list[Edit] = []
    for token, words in ((PROVIDER, names.provider), (CUSTOMER, names.customer)):
        for match in _names_regex(words).finditer(flat) if words else ():
            start = match.start()
            if _stands_apart(flat, start, _JOINED_TO_NAME):
                article = flat[start - 4 : start] in ("the ", "The ") and not flat[start - 5 : start - 4].isalnum()
                edits.append(Edit(start - 4 if article else start, match.end(), token))
    for match in _PRONOUN.finditer(flat):
        if _stands_apart(flat, match.start(), _JOINED_TO_PRONOUN):
            word = match[0].casefold()
            token = _TOKEN_OF[word]
            edits.append(Edit(match.start(), match.end(), f"{token}'s" if word in _POSSESSIVE else token))
    return [*edits, *_long_forms(flat), *_general_edits(flat)]


def _long_forms(flat: str) -> Iterator[Edit]:
    """Yield the edits that write short forms of verbs in full: 'we'll', 'you're', 'don't', 'won't'."""
    for match in _SHORT_FORM.finditer(flat):
        start, end = match.span()
        word = flat[max(start - 3, 0) : end].lower()
        if word in _LONG_FORM:
            yield Edit(start - 3, end, _LONG_FORM[word])
        elif word[-2:] != "'t":
            yield Edit(start, end, _LONG_FORM[match[0].lower()])
        elif word[-3:] == "n't":
            yield Edit(start - 1, end, " not")


def _stands_apart(flat: str, start: int, joined: frozenset[str]) -> bool:
    """Whether no sign of `joined` and no letter stands before a word; the sign of italics may: '_You may_'."""
    before = flat[start - 1 : start]
    if before == "_":
        return not flat[start - 2 : start - 1].isalnum()
    if before == "." and flat[start : start + 1].isupper() and flat[start - 2 : start - 1].islower():
        return True  # the source lost the space between two sentences: 'wait.Kiln will'
    return before not in joined and not before.isalnum()


def _general_edits(flat: str) -> list[Edit]:
    """Return the edits for 'either party', 'the other party', 'both parties', 'each of us' and the like."""
    text = fold(flat)
    edits: list[Edit] = []
    last = 0
    for word in _PARTY_WORD.finditer(text):
        for match in _GENERAL.finditer(text, max(last, word.start() - _REACH), word.end() + len(" hereto")):
            if match.end() >= word.end():
                edits.append(Edit(match.start(), match.end(), _GENERAL_TOKEN[match.lastgroup or "either"]))
                last = match.end()
                break
    return edits


def _names_regex(words: Sequence[str]) -> re.Pattern[str]:
    options = "|".join(re.escape(w).replace(r"\ ", r"\s*") for w in words)
    return re.compile(rf"(?:{options})s?(?![\w@]|\.\w|-\w)")


def _pronoun_regex(words: Iterable[str]) -> re.Pattern[str]:
    forms = [form for w in words for form in ((w, w.title(), w.upper()) if w != "us" else ("us", "Us"))]
    return re.compile(rf"(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?![\w\"]|-\w)")


_SHORT_FORM = re.compile(r"'(?:ll|re|ve|t)\b", re.IGNORECASE)
_LONG_FORM = {"'ll": " will", "'re": " are", "'ve": " have", "won't": "will not", "can't": "cannot"}
_TOKEN_OF = {word: token for token, words in _PRONOUNS.items() for word in words}
_PRONOUN = _pronoun_regex(_TOKEN_OF)
_GENERAL_TOKEN = {"neither": BOTH, "other": COUNTERPARTY, "both": BOTH, "either": EITHER}
_JOINED_TO_NAME = frozenset("_@./-")
_JOINED_TO_PRONOUN = frozenset("_'\"-")


def first_mention(text: str, name: str) -> Span | None:
    """Return where `name` is first used as a word in `text`, or None."""
    match = re.search(rf"(?<![\w@./-]){re.escape(name)}(?!\w)", text)
    return Span(match.start(), match.end()) if match else None


def with_role(finding: Finding, role: str) -> Finding:
    """Return the Party finding with its role set."""
    return replace(finding, fields={**finding.fields, "role": role})
