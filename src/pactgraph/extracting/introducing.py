"""The parties of an agreement, from the places that introduce them or, failing these, from use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pactgraph.extracting.parties import first_mention, role_of, short_name, trading_name
from pactgraph.extracting.rules import Lexicon, RuleSet
from pactgraph.extracting.units import Units
from pactgraph.model import FieldValue, Finding, Span

_DOCUMENT = re.compile(
    r"\b(?:agreement|terms|date|services?|addendum|polic|data|fees?|software|website|product|term|part(?:y|ies)|contract|order|schedule|content|information|law|platform)",
    re.IGNORECASE,
)
_CUSTOMER_NOUNS = ("Customer", "Client", "Subscriber", "Licensee", "you")


def parties(found: Sequence[Finding], units: Units, rules: RuleSet) -> tuple[Finding, ...]:
    """Return one Party finding for each party, with its role.

    `found` are the findings of the party mapping. Where it introduces no provider or no customer, the
    name that the text itself uses for one stands for it.
    """
    merged = [_with_role(f, rules.lexicon) for f in _merged(f for f in found if not _is_document(f))]
    merged = _paired(merged)
    roles = {str(f.fields.get("role")) for f in merged}
    if "Provider" not in roles:
        merged += _by_trading_name(units, merged)
    if "Customer" not in roles:
        merged += _by_noun(units)
    return tuple(merged)


def _is_document(finding: Finding) -> bool:
    """Whether the name in parentheses is that of a document, a date or a thing."""
    return any(_DOCUMENT.search(alias) for alias in _listed(finding.fields.get("alias")))


def vendor_of(parties: Sequence[Finding], units: Units, lexicon: Lexicon) -> str:
    """Return the trading name under which a portfolio would list the provider, '' where there is none."""
    provider = next((p for p in parties if p.fields.get("role") == "Provider"), None)
    if provider is None:
        return ""
    used = trading_name(units.reading.text)
    if used is not None:
        return used[0]
    nouns = {*lexicon.provider_words, "we", "us", "our"}
    names = [a for a in _listed(provider.fields.get("alias")) if a.casefold().removeprefix("the ") not in nouns]
    return names[0] if names else short_name(str(provider.fields["name"]), lexicon)


def _merged(found: Iterable[Finding]) -> list[Finding]:
    """Join the findings about one name: aliases are united, missing fields filled in."""
    parties: dict[str, Finding] = {}
    for finding in sorted(found, key=lambda f: (f.start, -f.end)):
        name = _bare(str(finding.fields.get("name", "")))
        if not name:
            continue
        twin = next((k for k, p in parties.items() if k == name or name in _aliases(p)), None)
        if twin is None:
            parties[name] = finding
            continue
        known = parties[twin]
        fields: dict[str, FieldValue] = {**finding.fields, **known.fields}
        aliases = dict.fromkeys([*_listed(known.fields.get("alias")), *_listed(finding.fields.get("alias"))])
        if aliases:
            fields["alias"] = tuple(aliases)
        parties[twin] = replace(known, fields=fields)
    return list(parties.values())


def _listed(value: FieldValue | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _bare(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().casefold()


def _aliases(party: Finding) -> set[str]:
    return {_bare(alias) for alias in _listed(party.fields.get("alias"))}


def _with_role(finding: Finding, lexicon: Lexicon) -> Finding:
    if "role" in finding.fields:
        return finding
    role = role_of([*_listed(finding.fields.get("alias")), str(finding.fields["name"])], lexicon)
    return replace(finding, fields={**finding.fields, "role": role}) if role else finding


def _paired(found: list[Finding]) -> list[Finding]:
    """Give a role to a party that has none: opposite a customer it provides, opposite a provider it is served."""
    known = {str(f.fields.get("role")) for f in found}
    unknown = [f for f in found if "role" not in f.fields]
    missing = [role for role in ("Provider", "Customer") if role not in known]
    out = []
    for finding in found:
        role = str(finding.fields.get("role", ""))
        if not role:
            role = missing[0] if len(unknown) == 1 and len(missing) == 1 else "Other"
            if not known - {"None"} and missing and len(unknown) == 1:
                role = missing[0]
        out.append(replace(finding, fields={**finding.fields, "role": role}))
    return out


def _by_trading_name(units: Units, others: Sequence[Finding]) -> list[Finding]:
    name = trading_name(units.reading.text)
    if name is None or any(_bare(name[0]) == _bare(str(o.fields["name"])) for o in others):
        return []
    return _finding(units, name[0], "Provider", "party/name-in-use")


def _by_noun(units: Units) -> list[Finding]:
    for noun in _CUSTOMER_NOUNS:
        uses = len(re.findall(rf"\b{noun}(?:'s)?\b", units.reading.text))
        if uses >= 3:
            return _finding(units, noun, "Customer", "party/noun-in-use")
    return []


def _finding(units: Units, name: str, role: str, rule: str) -> list[Finding]:
    """Return a Party finding for a name in use; its proof is the first sentence that has it."""
    for k, (start, end) in enumerate(units.bounds):
        if units.outline.sentences[k].is_heading:
            continue
        mention = first_mention(units.reading.text[start:end], name)
        if mention is None:
            continue
        span = units.reading.to_source(start, end)
        if span.end - span.start > 300:
            begin = start + mention.start
            span = units.reading.to_source(begin, min(end, begin + 200))
        return [_party(units, k, span, name, role, rule)]
    return []


def _party(units: Units, sentence: int, span: Span, name: str, role: str, rule: str) -> Finding:
    clause = units.outline.sentences[sentence].clause
    return Finding("Party", {"role": role, "name": name}, span.start, span.end, rule, "likely", clause)
