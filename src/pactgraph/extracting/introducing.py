"""The parties of an agreement, from the places that introduce them or, failing these, from use."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from pactgraph.extracting.names import introduced
from pactgraph.extracting.names import listed as _listed
from pactgraph.extracting.parties import (
    RESELLING,
    THROUGHOUT,
    acting,
    deeds,
    first_mention,
    role_of,
    short_name,
    trading_name,
    with_role,
)
from pactgraph.extracting.rules import Lexicon, RuleSet
from pactgraph.extracting.standins import told_noun
from pactgraph.extracting.units import HEAD, Units
from pactgraph.extracting.views import count_name, count_words
from pactgraph.model import FieldValue, Finding, Span

_DOCUMENT = re.compile(
    r"\b(?:agreement|terms|date|services?|addendum|polic|data|fees?|software|website|product|term|part(?:y|ies)|contract"
    r"|order|schedule|content|information|law|platform)",
    re.IGNORECASE,
)
_NOT_ALIAS = re.compile(
    r"(?:each|collectively|individually)\b.*|.*\breferred to\b.*"
    r"|(?:the )?(?:part(?:y|ies)|(?:[\w-]+ )?(?:agreement|contract|addendum|terms)|(?:[\w-]+ )?date)$",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"(?i:\b(?:agreement|whereas|exhibits?|following|part(?:y|ies)|hereto|undersigned|commission|addendum|contract"
    r"|licen[cs]e|act(?! (?:ltd|limited|inc|llc)\b)|rule|terms?|conditions|suite|street|board|directors|purposes"
    r"|officer)\b)"
    r"|\b(?:and|AND) (?:the|a|its|THE|ITS)\b|'s$|^(?:the|this|an?|if|any|said|that) |\d{3,} and |, and | (?:BY|by) "
    r"|^(?:The|If|Said|Any|Upon|For|THE) (?:Company|COMPANY|Licensee|Licensor|Seller)$"
    r"|^(?:January|February|March|April|May|June|July|August|September|October|November|December) \d.*$"
    r"|^(?i:provider|customer|company|you|we|us|client|effective|inc|llc|investment company)\.?$"
    r"|^(?:BETWEEN|AMONG) .*$| The (?:Company|Corporation)$"
    r"|^(?:\d+|THE|The|A|An|Dr|Mr|No|BETWEEN|Between|AND|BY|DATED|Dated)\.?$|^\d+, "
    r"|^(?:Delaware|Nevada|California|Texas|Florida|New York|English) (?:General )?Corporation$"
    # The second half of a place: 'incorporated in England and Wales with number ...'.
    r"|^(?:Wales|Northern Ireland|Tobago|Nevis|Barbuda|Herzegovina|(?:the )?(?:Grenadines|Caicos Islands))\b"
)
"""Words that look like a name with its legal form, or like one of the parties, and are none."""

_SENTENCE = re.compile(r"\b(?:such|represents?|warrants?|agrees?|acknowledges?|bind|authori[sz]ed to)\b", re.IGNORECASE)
"""Words that stand in sentences, not in names, though these may end like one in capitals: 'TO BIND SUCH COMPANY'."""

_NO_NAME = re.compile(
    r"\b(?:section|waiver|action|titled|web ?sites?|software|applications?|accounts?|you|your|us|our|pressing|button"
    r"|clauses?|fees?|privacy|documents?|data|law|court|state|plan|users?|products?|platform|material|consumers?|visitors?"
    r"|members?|publishers?|advertisers?)\b",
    re.IGNORECASE,
)
"""Words that no name without a legal form has."""

_CUSTOMER_NOUNS = ("Customer", "Client", "Subscriber", "Licensee", "you")
_LEAST = 3
"""So often at least is a noun used that stands for the customer without being introduced."""

_YOU = re.compile(r"[Yy]ou\b")
_OFTEN = 8
"""So many times at least does a text say 'you' that calls its customer so, or a name that seldom acts."""

_LONGEST_NAME = 90
_LAST = frozenset(("party/copyright-line", "party/defined-as-company"))
"""Rules that count where nothing else names a provider."""

_WHEREABOUTS = frozenset(("country", "address", "registrationNumber"))
_OURS = frozenset(("we", "us", "our"))
_RESELLS = re.compile(r"\b(?:reseller|resell|re-sell|distribut(?:or|ion) agreement)", re.IGNORECASE)
_ACTS = r"(?:shall|will|may|must|agrees|grants|provides|offers|accepts|acknowledges|is (?:a|an|the)\b)"
"""What tells of a party in the sentence that proves it best."""

_EMAIL = re.compile(r"(?<![\w.+-])(?!your|name|example|user)[\w.+-]+@([\w-]+)\.\w[\w.-]*\w")
"""An e-mail address with the first label of its domain; none of an example."""

_DISTRIBUTING = frozenset(("distributor", "dealer", "retailer"))
"""Nouns for one who buys to sell on, though the customer's side of the agreement may be called so."""

_WEAK = frozenset(("company", "the company"))
"""A noun that tells the provider only where no other party's noun does."""


def parties(found: Sequence[Finding], units: Units, rules: RuleSet) -> tuple[Finding, ...]:
    """Return one Party finding for each party, with its role.

    `found` are the findings of the party mapping. Those of the preamble go before all others where they
    name two persons or more. Where no provider or no customer is named, the name that the text itself
    uses for one stands for it; without such a preamble the provider has the e-mail address of its own domain.
    """
    signing = {rule.name for rule in rules.rules if rule.scope == "signature"}
    introducing = {rule.name for rule in rules.rules if rule.scope in ("preamble", "head")}
    named_well = (introduced(f, units, rules.lexicon, preamble=f.rule in introducing) for f in found)
    found = sorted((f for f in named_well if f is not None), key=lambda f: (f.start, -f.end))
    named = _merged(_cleaned(f) for f in found if f.rule in introducing and _is_person(f) and _is_introduced(f))
    signed = [f for f in found if f.rule in signing and _is_person(f)]
    others = [
        f for f in found if f.rule not in introducing | signing and not _is_document(f, rules.lexicon) and _is_person(f)
    ]
    written_to = [f for f in others if f.rule in _LAST]
    others = [f for f in others if f.rule not in _LAST]
    if len(named) > 1:
        merged = _merged([*named, *map(_without_whereabouts, others)])[: len(named)]
        return tuple(_paired([_with_role(f, rules.lexicon) for f in merged], units))
    others = [f for f in others if _is_early(f, units) or "role" in _with_role(f, rules.lexicon).fields]
    both = _merged([*named, *others])
    if sum(f.certainty == "certain" and _is_legal(f) for f in both) < 2:
        both = _merged([*both, *signed])
    both = _without_third_persons([_with_role(f, rules.lexicon) for f in both], introducing, units)
    merged = _paired(both, units)
    roles = {str(f.fields.get("role")) for f in merged}
    if "Provider" not in roles:
        unnamed = not any(_is_legal(f) for f in merged)
        merged += (_merged(written_to)[:1] if unnamed else []) or _provider_in_use(units, merged)
    if "Customer" not in roles:
        served = _served(merged, units)
        merged = served if served != merged else [*merged, *_by_noun(units)]
    return tuple(_with_email(f, units, rules.lexicon) for f in merged)


def _with_email(finding: Finding, units: Units, lexicon: Lexicon) -> Finding:
    """Return a finding of the provider with the first e-mail address of a domain that has one of its names."""
    if finding.fields.get("role") != "Provider" or "email" in finding.fields:
        return finding
    named = (*_all_names(finding), short_name(str(finding.fields["name"]), lexicon))
    names = {re.sub(r"\W", "", name).casefold() for name in named}
    for email in _EMAIL.finditer(units.reading.text):
        if email[1].replace("-", "").casefold() in names:
            return replace(finding, fields={**finding.fields, "email": email[0]})
    return finding


def _without_third_persons(found: Sequence[Finding], introducing: Container[str], units: Units) -> list[Finding]:
    """Return the findings without those about others, where the text speaks to its customer as 'you'.

    Then a 'User' or 'Client' that is defined, but seldom spoken of, is somebody else, and so is a company that
    is named beside the provider without a role.
    """
    text = units.reading.text
    spoken_to = count_words(_YOU, text)
    if spoken_to < _OFTEN:
        return list(found)
    providers = [f for f in found if f.fields.get("role") == "Provider"]
    kept = [f for f in found if "role" in f.fields or f.rule in introducing or not providers]
    if any(_is_legal(f) for f in providers):
        kept = [f for f in kept if _is_legal(f) or not f.rule.endswith(("between-you-and", "between-us-and"))]
    return [
        f
        for f in kept
        if not f.rule.endswith("customer-defined")
        or count_words(_YOU, str(f.fields["name"]))
        or count_words(_YOU, text[slice(*units.reading.slice(f.start, f.end))])
        or 3 * count_name(str(f.fields["name"]), text) > spoken_to
    ]


def _is_document(finding: Finding, lexicon: Lexicon) -> bool:
    """Whether the name in parentheses is that of a document, a date or a thing, not that of a role."""
    return any(_DOCUMENT.search(a) and not role_of([a], lexicon) for a in _listed(finding.fields.get("alias")))


def _is_person(finding: Finding) -> bool:
    name = str(finding.fields.get("name", ""))
    if _SENTENCE.search(name):
        return False
    if finding.fields.get("role") == "Customer":
        return True
    if not _is_legal(finding) and _NO_NAME.search(name):
        return False
    return len(name) <= _LONGEST_NAME and not _NO_PERSON.search(name)


def _is_legal(finding: Finding) -> bool:
    return "legalForm" in finding.fields


def _is_introduced(finding: Finding) -> bool:
    """Whether a name of the preamble has a legal form, or a short name of its own that is no document or thing."""
    aliases = _listed(finding.fields.get("alias"))
    return _is_legal(finding) or any(not _DOCUMENT.search(alias) for alias in aliases)


def _without_whereabouts(finding: Finding) -> Finding:
    """Return a finding of a sentence that may speak of several persons without what may be said of another."""
    return replace(finding, fields={k: v for k, v in finding.fields.items() if k not in _WHEREABOUTS})


def _is_early(finding: Finding, units: Units) -> bool:
    return units.reading.from_source(finding.start) < HEAD


def _cleaned(finding: Finding) -> Finding:
    """Return the finding without the names that stand for all parties or for the document."""
    aliases = tuple(a for a in _listed(finding.fields.get("alias")) if not _NOT_ALIAS.match(a))
    fields = {name: value for name, value in finding.fields.items() if name != "alias"}
    return replace(finding, fields={**fields, "alias": aliases} if aliases else fields)


def vendor_of(parties: Sequence[Finding], units: Units, lexicon: Lexicon) -> str:
    """Return the trading name under which a portfolio would list the provider, '' where there is none."""
    provider = next((p for p in parties if p.fields.get("role") == "Provider"), None)
    if provider is None:
        return ""
    nouns = {*lexicon.provider_words, "we", "us", "our"}
    names = [a for a in _listed(provider.fields.get("alias")) if a.casefold().removeprefix("the ") not in nouns]
    customers = {_bare(n) for p in parties if p.fields.get("role") != "Provider" for n in _all_names(p)}
    used = trading_name(units.reading.text)
    if used is not None and _bare(used[0]) not in customers:
        return used[0]
    return names[0] if names else short_name(str(provider.fields["name"]), lexicon)


def _all_names(party: Finding) -> tuple[str, ...]:
    return (str(party.fields.get("name", "")), *_listed(party.fields.get("alias")))


def _merged(found: Iterable[Finding]) -> list[Finding]:
    """Join the findings about one name: aliases are united, missing fields filled in."""
    parties: dict[str, Finding] = {}
    for finding in found:
        name = _bare(str(finding.fields.get("name", "")))
        if not name:
            continue
        twin = next((k for k, p in parties.items() if _same(k, name) or name in _aliases(p)), None)
        if twin is None:
            parties[name] = finding
            continue
        known = parties[twin]
        fields: dict[str, FieldValue] = {**finding.fields, **known.fields}
        if _is_legal(finding) and not _is_legal(known) and _same(twin, name):
            fields["name"] = finding.fields["name"]
        aliases = dict.fromkeys([*_listed(known.fields.get("alias")), *_listed(finding.fields.get("alias"))])
        if aliases:
            fields["alias"] = tuple(aliases)
        parties[twin] = replace(known, fields=fields)
    return list(parties.values())


def _same(one: str, other: str) -> bool:
    """Whether two bare names are the same, or one is the other with its legal form."""
    return one == other or (
        len(min(one, other, key=len)) > 3 and (one.startswith(other + " ") or other.startswith(one + " "))
    )


def _bare(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().casefold()


def _aliases(party: Finding) -> set[str]:
    return {_bare(alias) for alias in _listed(party.fields.get("alias"))}


def _with_role(finding: Finding, lexicon: Lexicon) -> Finding:
    if "role" in finding.fields:
        return finding
    role = role_of([*_listed(finding.fields.get("alias")), str(finding.fields["name"])], lexicon)
    return replace(finding, fields={**finding.fields, "role": role}) if role else finding


def _paired(found: Sequence[Finding], units: Units) -> list[Finding]:
    """Give a role to each party that has none.

    Opposite a customer it provides, opposite a provider it is served; of two without a role the one that
    undertakes to supply provides. Opposite any other provider, a mere 'Company' is served.
    """
    roles = [str(f.fields.get("role", "")) for f in found]
    if roles.count("Provider") > 1 and "Customer" not in roles:
        weak = [
            k for k, f in enumerate(found) if roles[k] == "Provider" and _aliases(f) & _WEAK and not _aliases(f) & _OURS
        ]
        if len(weak) == 1:
            roles[weak[0]] = "Customer"
    resells = RESELLING | {"partner"} if _RESELLS.search(units.reading.text) else RESELLING
    sold_by = [
        k
        for k, f in enumerate(found)
        if (roles[k] == "Other" and _aliases(f) & resells) or (roles[k] == "Customer" and _aliases(f) & _DISTRIBUTING)
    ]
    if len(found) == 2 and len(sold_by) == 1 and roles[1 - sold_by[0]] in ("", "Provider"):
        roles[sold_by[0]], roles[1 - sold_by[0]] = "Reseller", "Provider"
    unknown = [k for k, role in enumerate(roles) if not role]
    missing = [role for role in ("Provider", "Customer") if role not in roles]
    if len(unknown) == 1 and len(missing) == 1:
        roles[unknown[0]] = missing[0]
        if len(found) == 2 and missing == ["Customer"] and _merely_company(found[1 - unknown[0]]):
            gives = [deeds(units.reading.text, _all_names(f)) for f in found]
            if gives[unknown[0]] > 0 > gives[1 - unknown[0]]:
                roles[unknown[0]], roles[1 - unknown[0]] = "Provider", "Customer"
    elif len(unknown) == 2 and len(missing) == 2:
        gives = [deeds(units.reading.text, _all_names(found[k])) for k in unknown]
        if gives[0] != gives[1]:
            first = gives[0] > gives[1]
            roles[unknown[0]], roles[unknown[1]] = ("Provider", "Customer") if first else ("Customer", "Provider")
    elif len(unknown) == 1 and len(found) == 1:
        roles[unknown[0]] = missing[0]
    return [replace(f, fields={**f.fields, "role": roles[k] or "Other"}) for k, f in enumerate(found)]


def _served(found: Sequence[Finding], units: Units) -> list[Finding]:
    """Give the role of the customer to the one other person of whom duties and rights are told throughout."""
    told = {name.casefold() for name, count in acting(units.reading.text) if count >= THROUGHOUT}
    told -= {name.casefold() for f in found if f.fields.get("role") == "Provider" for name in _all_names(f)}
    acts = [f.fields.get("role") == "Other" and _is_told_of(_all_names(f), told) for f in found]
    return [with_role(f, "Customer") if acts[k] and sum(acts) == 1 else f for k, f in enumerate(found)]


def _is_told_of(names: Sequence[str], told: Container[str]) -> bool:
    """Whether one of the names, or one without what follows its first comma, is among the `told` ones."""
    return any(form.casefold() in told for name in names for form in (name, name.partition(",")[0]))


def _merely_company(finding: Finding) -> bool:
    """Whether 'Company' alone tells that a party provides, which a party that is served may be called as well."""
    aliases = _aliases(finding)
    return bool(aliases & _WEAK) and not aliases & _OURS


def _provider_in_use(units: Units, others: Sequence[Finding]) -> list[Finding]:
    """Return the provider that nothing introduces: the name or, failing that, the noun of which duties are told."""
    text = units.reading.text
    known = {_bare(n) for o in others for n in _all_names(o)}
    named = trading_name(text) or next(((n, c) for n, c in acting(text) if count_name(n, text) >= _OFTEN), None)
    told = told_noun(text, "Provider")
    if named is not None and _bare(named[0]) not in known:
        return _finding(units, named[0], "Provider", "party/name-in-use")
    if told is not None and _bare(told[0]) not in known:
        return _finding(units, told[0], "Provider", "party/noun-in-use")
    return []


def _by_noun(units: Units) -> list[Finding]:
    text = units.reading.text
    spoken_to = count_words(_YOU, text)
    told = told_noun(text)
    if told and told[1] > spoken_to and not any(count_name(noun, text) >= _LEAST for noun in _CUSTOMER_NOUNS[:-1]):
        return _finding(units, told[0], "Customer", "party/noun-in-use")
    for noun in _CUSTOMER_NOUNS:
        uses = spoken_to if noun == "you" else count_name(noun, text)
        if uses >= _LEAST and (3 * uses > spoken_to or noun == "you"):
            return _finding(units, noun, "Customer", "party/noun-in-use")
    return []


def _finding(units: Units, name: str, role: str, rule: str) -> list[Finding]:
    """Return a Party finding for a name in use; its proof is the first sentence in which it acts, or that has it."""
    mentions = [
        (k, start, end, mention)
        for k, (start, end) in enumerate(units.bounds)
        if not units.outline.sentences[k].is_heading
        and (mention := first_mention(units.reading.text[start:end], name)) is not None
    ]
    acts = re.compile(rf"(?:grants(?: the)? {re.escape(name)}\b|{re.escape(name)} {_ACTS})")
    proofs = (m for m in mentions if name != "you" and acts.search(units.reading.text, m[1], m[2]))
    for k, start, end, mention in [*islice(proofs, 1), *mentions[:1]]:
        span = units.reading.to_source(start, end)
        if span.end - span.start > 300:
            begin = start + mention.start
            span = units.reading.to_source(begin, min(end, begin + 200))
        return [_party(units, k, span, name, role, rule)]
    return []


def _party(units: Units, sentence: int, span: Span, name: str, role: str, rule: str) -> Finding:
    clause = units.outline.sentences[sentence].clause
    return Finding("Party", {"role": role, "name": name}, span.start, span.end, rule, "likely", clause)
