"""Second names of documents: the agreement itself, and short names of a document that is named in full."""

from __future__ import annotations

from pactgraph.extracting.documents import without_second_names
from pactgraph.model import Finding


def _named(*findings: tuple[str, str, str]) -> list[Finding]:
    return [
        Finding(term, {"name": name, "definition": meaning} if meaning else {"name": name}, 0, 1, "rule")
        for term, name, meaning in findings
    ]


def _documents(findings: list[Finding], text: str) -> list[str]:
    kept = without_second_names(findings, text)
    return [str(finding.fields["name"]) for finding in kept if finding.term == "IncorporatedDocument"]


def test_the_agreement_itself_is_no_document_beside_it() -> None:
    found = _named(("IncorporatedDocument", "Harbor Terms", ""), ("IncorporatedDocument", "Quay Policy", ""))
    assert _documents(found, "These Harbor Terms include the Quay Policy.") == ["Quay Policy"]
    assert _documents(found, "These Old Harbor Terms include the Quay Policy.") == ["Quay Policy"]
    assert _documents(found, "See the Harbor Terms and the Quay Policy.") == [
        "Harbor Terms",
        "Quay Policy",
    ]


def test_a_short_name_is_dropped_where_the_document_is_named_in_full() -> None:
    found = _named(
        ("IncorporatedDocument", "Berth Data Addendum", ""),
        ("IncorporatedDocument", "BDA", ""),
        ("DefinedTerm", "BDA", "Harborside's Berth Data Addendum"),
    )
    assert _documents(found, "The BDA applies.") == ["Berth Data Addendum"]
    assert _documents(found[1:], "The BDA applies.") == ["BDA"]


def test_a_long_meaning_that_ends_with_a_document_is_not_its_name() -> None:
    found = _named(
        ("IncorporatedDocument", "Quay Policy", ""),
        ("IncorporatedDocument", "Order Form", ""),
        ("DefinedTerm", "Order Form", "a sheet on which the parties write what is bought under the Quay Policy"),
    )
    assert _documents(found, "An Order Form names the Quay Policy.") == ["Quay Policy", "Order Form"]


def test_a_document_is_one_with_and_without_its_vendors_name() -> None:
    found = _named(("Party", "Harborside", ""), ("IncorporatedDocument", "Quay Policy", ""))
    found += _named(
        ("IncorporatedDocument", "Harborside Quay Policy", ""), ("IncorporatedDocument", "Old Quay Policy", "")
    )
    assert _documents(found, "") == ["Quay Policy", "Old Quay Policy"]


def test_a_short_name_may_be_the_end_of_the_full_one() -> None:
    found = _named(
        ("IncorporatedDocument", "Berth License Agreement", ""),
        ("IncorporatedDocument", "License Agreement", ""),
        (
            "DefinedTerm",
            "License Agreement",
            "what guests take in the quay's Berth License Agreement found on the site",
        ),
    )
    assert _documents(found, "") == ["Berth License Agreement"]
