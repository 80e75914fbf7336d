"""The kind of an agreement: from its title, or from what it states where the title says little."""

from __future__ import annotations

import pytest

from pactgraph.extracting import describe
from pactgraph.model import Document, FieldValue, Finding

TEXT = "Some words of a made-up agreement."


def document() -> Document:
    return Document("acme", "acme.txt", TEXT, "", "text/plain")


def found(term: str, **fields: FieldValue) -> Finding:
    return Finding(term, fields, 0, 4, "test/made-up", "certain")


ITEMS = [found("DataProcessingDuty", item=item) for item in ("security", "records", "assistRights", "a", "b", "c")]
CLICKED = [found("EffectiveDate", event="acceptance"), found("UseRestriction", act="resell")]
LEVELS = [found("Uptime", commitment="objective")]
LAW = found("GoverningLaw", law="IE")


@pytest.mark.parametrize(
    ("title", "kind", "findings", "verdict"),
    [
        ("Acme Support Terms", "support", CLICKED, "support"),
        ("Sponsorship Agreement", "other", CLICKED, "other"),
        ("Agreement", "other", CLICKED, "termsOfService"),
        ("Acme Customer Agreement", "other", CLICKED, "termsOfService"),
        ("Agreement", "other", [CLICKED[1]], "other"),
        ("Agreement", "other", ITEMS, "dataProcessingAgreement"),
        ("Agreement", "other", ITEMS[:5], "other"),
        ("", "other", LEVELS, "serviceLevelAgreement"),
        ("", "other", [*LEVELS, LAW], "other"),
        ("", "other", [], "other"),
    ],
)
def test_kind_is_what_the_title_says_or_the_content(
    title: str, kind: str, findings: list[Finding], verdict: str
) -> None:
    named = [found("AgreementTitle", title=title, kind=kind)] if title else []
    assert describe(document(), [*named, *findings], {"vendor": "Acme"}).kind == verdict


def test_kind_of_the_manifest_goes_before_all_others() -> None:
    findings = [found("AgreementTitle", title="Acme Support Terms", kind="support")]
    assert describe(document(), findings, {"kind": "license"}).kind == "license"
