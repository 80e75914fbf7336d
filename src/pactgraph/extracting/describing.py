"""What an agreement is as a whole: its title, its kind and its vendor."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pactgraph.model import Agreement, Document, Finding

_SAYS_LITTLE = frozenset(
    {
        *("a", "an", "and", "agreement", "agreements", "business", "client", "conditions"),
        *("contract", "customer", "general", "important", "in", "legal", "notice", "of"),
        *("online", "our", "service", "services", "standard", "terms", "the", "this"),
        *("to", "user", "users", "your"),
    }
)
"""Words of a title that are no name and tell no kind."""
_ITEMS = 6
"""How many of the items of GDPR Art. 28(3) only a data processing agreement states."""
_LEVELS = frozenset({"Uptime", "ResponseTime", "ServiceCredit"})
_WHOLE = frozenset({"GoverningLaw", "IpOwnership", "LiabilityCap", "LicenseGrant", "WarrantyDisclaimer"})
"""Kinds of terms that an agreement standing alone has, and one that supplements another leaves to it."""


def describe(document: Document, findings: Sequence[Finding], manifest: Mapping[str, str] | None = None) -> Agreement:
    """Return the agreement's title, kind, vendor and, where the manifest gives it, the day it began.

    A manifest row (keys file, vendor, kind, begins) goes before what the text says; the vendor is the
    provider's trading name. Without a title in the text, the source's name serves. The title tells the kind;
    where it says little ("Agreement", "Customer Terms"), or there is none, what the agreement states does.
    """
    row = manifest or {}
    title = next((f for f in findings if f.term == "AgreementTitle"), None)
    fields = title.fields if title else {}
    provider = next((f for f in findings if f.term == "Party" and f.fields.get("role") == "Provider"), None)
    vendor = row.get("vendor") or str(fields.get("vendor", "")) or (str(provider.fields["name"]) if provider else "")
    kind = str(fields.get("kind", "other"))
    if kind == "other" and _says_little(str(fields.get("title", "")), vendor):
        kind = _kind_by_content(findings)
    return Agreement(
        slug=document.slug,
        title=str(fields.get("title", "")) or document.slug,
        kind=row.get("kind") or kind,
        vendor=vendor or document.slug,
        begins=row.get("begins") or None,
    )


def _says_little(title: str, vendor: str) -> bool:
    """Tell whether a title names no sort of deal: 'Sponsorship Agreement' does, 'Acme Customer Agreement' does not."""
    words, names = ({word.lower() for word in re.findall(r"\w+", text)} for text in (title, vendor))
    return words <= _SAYS_LITTLE | names


def _kind_by_content(findings: Sequence[Finding]) -> str:
    """Return the kind of agreement that states such terms, 'other' where they fit several.

    Duties of a processor, and levels of a service without what makes an agreement whole, have a paper of
    their own. Terms that one accepts by a click or by use, and that one side may change, are terms of service.
    """
    kinds = {finding.term for finding in findings}
    items = {finding.fields.get("item") for finding in findings if finding.term == "DataProcessingDuty"}
    if len(items) >= _ITEMS and "LicenseGrant" not in kinds:
        return "dataProcessingAgreement"
    if kinds & _LEVELS and not kinds & _WHOLE:
        return "serviceLevelAgreement"
    accepted = any(
        finding.term == "EffectiveDate" and finding.fields.get("event") in ("acceptance", "firstUse")
        for finding in findings
    )
    return "termsOfService" if accepted and kinds & {"AmendmentRight", "UseRestriction"} else "other"
