"""What an agreement is as a whole: its title, its kind and its vendor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pactgraph.model import Agreement, Document, Finding


def describe(document: Document, findings: Sequence[Finding], manifest: Mapping[str, str] | None = None) -> Agreement:
    """Return the agreement's title, kind, vendor and, where the manifest gives it, the day it began.

    A manifest row (keys file, vendor, kind, begins) goes before what the text says; the vendor is the
    provider's trading name. Without a title in the text, the source's name serves.
    """
    row = manifest or {}
    title = next((f for f in findings if f.term == "AgreementTitle"), None)
    fields = title.fields if title else {}
    provider = next((f for f in findings if f.term == "Party" and f.fields.get("role") == "Provider"), None)
    vendor = row.get("vendor") or str(fields.get("vendor", "")) or (str(provider.fields["name"]) if provider else "")
    return Agreement(
        slug=document.slug,
        title=str(fields.get("title", "")) or document.slug,
        kind=row.get("kind") or str(fields.get("kind", "other")),
        vendor=vendor or document.slug,
        begins=row.get("begins") or None,
    )
