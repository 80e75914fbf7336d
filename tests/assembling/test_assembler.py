"""Findings become quads that say all that was found, and nothing that was not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from pactgraph.assembling import assemble, ontology_quads
from pactgraph.assembling.stating import state_iri
from pactgraph.errors import EvidenceError, OntologyError, PactgraphError, ValueParseError
from pactgraph.model import Agreement, Document, Extraction, Finding, Outline, State
from pactgraph.querying import records
from pactgraph.storing import Store
from pactgraph.vocabulary import OA, ONTOLOGY_GRAPH, PG, PGV, RDF, TYPE, XSD, graph_iri, inferred_iri, schema

Extract = Callable[..., Extraction]
Find = Callable[..., Finding]


def objects(quads: Iterable[Quad], subject_end: str, predicate: NamedNode) -> list[str]:
    """The values that the one subject with this end has for a property."""
    return sorted(
        quad.object.value  # type: ignore[union-attr]
        for quad in quads
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.endswith(subject_end)
        and quad.predicate == predicate
    )


def term_quads(quads: Iterable[Quad], kind: str) -> list[Quad]:
    return [quad for quad in quads if f":term:{kind}:" in str(quad.subject)]


class TestFacts:
    def test_records_are_the_findings_in_the_order_of_the_text(self, extract: Extract, tmp_path: Path) -> None:
        given = extract()
        with Store.open(tmp_path / "graph", writing=True) as store:
            store.replace("brindle", assemble(given, "1.0"))
            found = list(records(store.query, "brindle", schema()))
        expected = sorted(given.findings, key=lambda finding: (finding.start, finding.end, finding.term))
        assert len(found) == 6
        for record, finding in zip(found, expected, strict=True):
            plain = {name: value for name, value in finding.fields.items() if "." not in name}
            lists = {name: tuple(sorted(value)) for name, value in plain.items() if isinstance(value, tuple)}
            assert record.fields == {**plain, **lists}
            assert (record.agreement, record.term) == ("brindle", finding.term)
            assert (record.start, record.end) == (finding.start, finding.end)
            assert record.quote == given.document.text[finding.start : finding.end]

    def test_a_period_keeps_its_form_its_anchor_and_its_direction(self, extract: Extract) -> None:
        quads = term_quads(assemble(extract(), "1.0"), "NonRenewalNotice")
        assert objects(quads, ":duration", PG("asWritten")) == ["P10D"]
        assert objects(quads, ":duration", PG("anchor")) == ["end of the then-current term"]
        assert objects(quads, ":duration", PG("direction")) == [PGV("before").value]

    def test_weeks_are_kept_as_written_and_valid_as_a_duration(self, extract: Extract, find: Find) -> None:
        quads = assemble(extract(find("TrialPeriod", "within thirty (30) days", duration="P2W")), "1.0")
        assert objects(quads, ":duration", PG("asWritten")) == ["P2W"]
        assert objects(quads, ":duration", PG("value")) == ["P14D"]

    def test_evidence_has_the_words_and_at_most_32_characters_around_them(self, extract: Extract) -> None:
        given = extract()
        quads = [quad for quad in assemble(given, "1.0") if quad.predicate in (OA("prefix"), OA("exact"), OA("suffix"))]
        assert len(quads) == 3 * len(given.findings)
        parts = {quad.predicate: quad.object.value for quad in term_quads(quads, "PaymentDue")}  # type: ignore[union-attr]
        assert parts[OA("exact")] == "within thirty (30) days"
        assert all(len(parts[OA(name)]) == 32 for name in ("prefix", "suffix"))
        assert "".join(parts[OA(name)] for name in ("prefix", "exact", "suffix")) in given.document.text

    def test_a_reading_stands_beside_the_quote_where_it_is_another(self, extract: Extract, find: Find) -> None:
        plain = find("PaymentDue", "within thirty (30) days", 1, duration="P30D")
        read = replace(find("Fee", "EUR 9.50 per month", 1, currency="EUR"), reading="EUR 9.50 a month")
        quads = [
            quad for quad in assemble(extract(plain, read), "1.0") if quad.predicate in (PG("reading"), OA("exact"))
        ]
        assert [quad.object for quad in quads if quad.predicate == PG("reading")] == [Literal("EUR 9.50 a month")]
        assert objects(term_quads(quads, "Fee"), ":quote", OA("exact")) == ["EUR 9.50 per month"]
        assert objects(term_quads(quads, "Fee"), ":evidence", PG("reading")) == ["EUR 9.50 a month"]

    def test_clauses_keep_their_tree(self, extract: Extract) -> None:
        quads = assemble(extract(), "1.0")
        assert objects(quads, ":clause:2%2F2.1", PG("parentClause")) == ["urn:pactgraph:agreement:brindle:clause:2"]
        assert objects(quads, ":clause:2%2F2.1", PG("order")) == ["2"]
        assert objects(quads, ":clause:2%2F2.1", PG("heading")) == []
        assert set(objects(term_quads(quads, "Fee"), "", PG("inClause"))) == {
            "urn:pactgraph:agreement:brindle:clause:2"
        }

    @pytest.mark.parametrize(("begins", "datatype"), [("2024-05-31", "date"), ("2024-05", "gYearMonth")])
    def test_a_beginning_has_the_type_of_its_form(self, extract: Extract, begins: str, datatype: str) -> None:
        quads = assemble(extract(begins=begins), "1.0")
        assert [q.object for q in quads if q.predicate == PG("begins")] == [Literal(begins, datatype=XSD(datatype))]

    @pytest.mark.parametrize("source", ["/srv/in/brindle.txt", r"C:\in\brindle.txt"])
    def test_a_folder_of_the_machine_is_left_out(self, extract: Extract, source: str) -> None:
        given = extract()
        quads = assemble(replace(given, document=replace(given.document, source=source)), "1.0")
        assert [q.object for q in quads if q.predicate == PG("fileName")] == [Literal("brindle.txt")]

    def test_there_are_no_blank_nodes(self, extract: Extract) -> None:
        quads = assemble(extract(), "1.0")
        assert len(quads) > 100
        assert not any(isinstance(node, BlankNode) for quad in quads for node in (quad.subject, quad.object))

    def test_a_finding_twice_is_one_term(self, extract: Extract, find: Find) -> None:
        one = find("PaymentDue", "within thirty (30) days", duration="P30D")
        quads = assemble(extract(one, replace(one, rule="other/rule")), "1.0")
        assert objects(term_quads(quads, "PaymentDue"), "", PG("rule")) == ["paymentdue/sample"]

    def test_an_empty_text_or_list_is_absent(self, extract: Extract, find: Find) -> None:
        quads = assemble(extract(find("Party", "Brindle", role="Provider", name="", alias=())), "1.0")
        said = {quad.predicate for quad in term_quads(quads, "Party")}
        assert PG("role") in said
        assert said.isdisjoint({PG("name"), PG("alias")})

    def test_decimals_are_written_plainly(self, extract: Extract, find: Find) -> None:
        quads = assemble(extract(find("Fee", "EUR 9.50", amount=Decimal("1E+3"), currency="EUR")), "1.0")
        assert objects(term_quads(quads, "Fee"), "", PG("amount")) == ["1000"]


class TestInference:
    def test_every_period_gets_both_bounds(self, extract: Extract) -> None:
        quads = assemble(extract(), "1.0")
        periods = {quad.subject for quad in quads if quad.object == PG("Period")}
        assert len(periods) == 4
        for name in ("minDays", "maxDays"):
            assert {quad.subject for quad in quads if quad.predicate == PG(name)} == periods
        assert objects(quads, ":per", PG("minDays")) == ["28"]
        notice = term_quads(quads, "NonRenewalNotice")
        assert (objects(notice, ":duration", PG("minDays")), objects(notice, ":duration", PG("maxDays"))) == (
            ["12"],
            ["21"],
        )

    def test_every_kind_with_a_duration_gets_bounds(self, extract: Extract, find: Find) -> None:
        fields = [(k, f) for k in schema().kinds.values() for f in k.fields.values() if f.kind == "duration"]
        assert len(fields) >= 40
        given = [find(kind.name, "Brindle Cloud Terms", **{field.name: "P1M"}) for kind, field in fields]
        quads = assemble(extract(*given), "1.0")
        for name in ("minDays", "maxDays"):
            assert len([quad for quad in quads if quad.predicate == PG(name)]) == len(fields)

    def test_every_term_is_of_all_the_classes_above_its_own(self, extract: Extract, find: Find) -> None:
        kinds = schema().kinds
        assert len(kinds) >= 80
        quads = assemble(extract(*(find(name, "Brindle Cloud Terms") for name in kinds)), "1.0")
        for name, kind in kinds.items():
            own = [quad for quad in term_quads(quads, name) if quad.predicate == RDF("type") and PG.local(quad.object)]
            found = {quad.object for quad in own if ":evidence" not in str(quad.subject)}
            assert found == {kind.iri, *(parent for parent in kind.parents if PG.local(parent))}, name

    def test_facts_hold_the_specific_class_only(self, extract: Extract) -> None:
        quads = assemble(extract(), "1.0")
        graphs = {quad.object: quad.graph_name for quad in term_quads(quads, "Indemnity") if PG.local(quad.object)}
        assert graphs[PG("Indemnity")] == graph_iri("brindle")
        assert graphs[PG("Remedy")] == graphs[PG("ContractTerm")] == inferred_iri("brindle")

    def test_a_term_names_the_rules_it_was_chosen_over(self, extract: Extract) -> None:
        beaten = ("jury-waiver/other", "jury-waiver/third")
        found = Finding("JuryWaiver", {}, 0, 20, "jury-waiver/sample", overrode=beaten)
        assert objects(assemble(extract(found), "1.0"), "", PG("overrode")) == list(beaten)

    def test_no_triple_is_both_fact_and_inference(self, extract: Extract) -> None:
        quads = assemble(extract(), "1.0")
        assert len({quad.triple for quad in quads}) == len(quads)
        assert {quad.graph_name for quad in quads} == {graph_iri("brindle"), inferred_iri("brindle")}

    @pytest.mark.parametrize(
        ("party", "sides"),
        [
            ("Provider", ["Provider"]),
            ("Customer", ["Customer"]),
            ("Either", ["Customer", "Provider"]),
            ("Both", ["Customer", "Provider"]),
            ("Other", []),
        ],
    )
    def test_a_term_applies_to_the_sides_that_bear_it(
        self, extract: Extract, find: Find, party: str, sides: list[str]
    ) -> None:
        quads = assemble(extract(find("Obligation", "The customer pays", party=party, counterparty="Provider")), "1.0")
        assert objects(quads, "", PG("appliesTo")) == [PGV(side).value for side in sides]

    def test_who_is_indemnified_does_not_bear_the_indemnity(self, extract: Extract) -> None:
        quads = term_quads(assemble(extract(), "1.0"), "Indemnity")
        assert objects(quads, "", PG("appliesTo")) == [PGV("Provider").value]

    def test_the_provider_is_found_by_its_class(self, extract: Extract) -> None:
        quads = term_quads(assemble(extract(), "1.0"), "Party")
        inferred = [quad for quad in quads if quad.graph_name == inferred_iri("brindle")]
        classes = {PG.local(quad.object) for quad in inferred if quad.predicate == TYPE}
        assert classes == {"Provider", "ContractTerm"}


class TestSameness:
    def test_the_store_gives_back_what_was_assembled(self, extract: Extract, tmp_path: Path) -> None:
        quads = assemble(extract(), "1.0")
        with Store.open(tmp_path / "graph", writing=True) as store:
            assert store.replace("brindle", quads)
            assert tuple(sorted(store.quads(), key=str)) == quads
            assert not store.replace("brindle", assemble(extract(), "1.0"))

    def test_the_order_of_findings_and_fields_does_not_matter(self, extract: Extract) -> None:
        given = extract()
        turned = [replace(f, fields=dict(reversed(list(f.fields.items())))) for f in reversed(given.findings)]
        assert assemble(replace(given, findings=tuple(turned)), "1.0") == assemble(given, "1.0")

    def test_two_processes_write_the_same_bytes(self) -> None:
        outputs = {_nquads_of_another_process(seed) for seed in ("0", "1", "4242")}
        assert len(outputs) == 1
        assert len(outputs.pop()) > 10_000

    def test_the_ontology_is_the_same_each_time_and_has_no_blank_nodes(self, tmp_path: Path) -> None:
        quads = ontology_quads()
        assert len(quads) == len(set(quads)) > 1000
        assert not any(isinstance(node, BlankNode) for quad in quads for node in (quad.subject, quad.object))
        with Store.open(tmp_path / "graph", writing=True) as store:
            assert [store.put_ontology(quads) for _ in range(2)] == [True, False]
            assert len(list(store.quads(ONTOLOGY_GRAPH))) == len(quads)


class TestBadFindings:
    @pytest.mark.parametrize(
        ("name", "value", "error", "message"),
        [
            ("partie", "Either", OntologyError, r"unknown field of NonRenewalNotice 'partie'\. Known: .*mean 'party'"),
            ("party", "Vendor", OntologyError, r"unknown value of field 'party' 'Vendor'\. Known: Both, Customer"),
            (
                "duration.length",
                "x",
                OntologyError,
                r"unknown field of NonRenewalNotice 'duration\.length'.*duration\.anchor",
            ),
            ("party.anchor", "x", OntologyError, r"unknown field of NonRenewalNotice 'party\.anchor'"),
            ("duration.direction", "beside", OntologyError, r"unknown value of 'duration\.direction' 'beside'"),
            ("duration", "30 days", ValueParseError, "no ISO 8601 duration"),
            ("party", ("Provider", "Customer"), ValueParseError, "takes one value, not 2"),
            ("party", True, ValueParseError, "is no text"),
        ],
    )
    def test_a_value_out_of_place_names_finding_and_remedy(
        self, extract: Extract, find: Find, name: str, value: str, error: type[PactgraphError], message: str
    ) -> None:
        fields = {"duration": "P30D", name: value}
        given = replace(find("NonRenewalNotice", "Either party"), fields=fields)
        with pytest.raises(error, match=message) as caught:
            assemble(extract(given), "1.0")
        assert str(caught.value).startswith("brindle: NonRenewalNotice at ")
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize(
        ("term", "name", "value"),
        [
            ("Fee", "amount", "nine"),
            ("Fee", "amount", Decimal("NaN")),
            ("Fee", "amount", True),
            ("RenewalTerm", "automatic", "yes"),
            ("VersionDate", "date", "31 May 2024"),
        ],
    )
    def test_a_value_of_another_form_is_refused(
        self, extract: Extract, find: Find, term: str, name: str, value: str
    ) -> None:
        with pytest.raises(ValueParseError, match=f"field '{name}'"):
            assemble(extract(find(term, "Brindle", **{name: value})), "1.0")

    def test_an_unknown_kind_lists_the_known_ones(self, extract: Extract, find: Find) -> None:
        with pytest.raises(OntologyError, match=r"unknown kind of term 'LiabilityCup'.*mean 'LiabilityCap'"):
            assemble(extract(find("LiabilityCup", "Brindle")), "1.0")

    @pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 5), (-3, 5), (0, 100_000), (19, 21)])
    def test_a_finding_without_words_in_the_text_is_refused(self, extract: Extract, start: int, end: int) -> None:
        with pytest.raises(EvidenceError, match="no words at"):
            assemble(extract(Finding("JuryWaiver", {}, start, end, "jury-waiver/sample")), "1.0")

    def test_an_unknown_kind_of_agreement_is_refused(self, extract: Extract) -> None:
        given = extract()
        given = replace(given, agreement=replace(given.agreement, kind="lease"))
        with pytest.raises(OntologyError, match=r"unknown kind of the agreement 'brindle' 'lease'\. Known: data"):
            assemble(given, "1.0")


def _nquads_of_another_process(seed: str) -> bytes:
    program = (
        "import runpy, sys, pyoxigraph as ox\n"
        "from pactgraph.assembling import assemble\n"
        f"sample = runpy.run_path({str(Path(__file__).with_name('conftest.py'))!r})\n"
        "quads = assemble(sample['extraction'](), '1.0')\n"
        "sys.stdout.buffer.write(ox.serialize(quads, format=ox.RdfFormat.N_QUADS))\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment).stdout


def test_a_state_is_a_node_of_its_own_and_no_term() -> None:
    text = "All fees are non-refundable."
    document = Document("halvern", "halvern.txt", text, "a" * 64, "text/plain")
    states = (
        State("Refund", "excluded", "No fee is given back.", 0, 28, None, 3, 7),
        State("Escrow", "silent", "None."),
    )
    extraction = Extraction(document, Outline((), ()), Agreement("halvern", "", "", ""), (), states)
    quads = assemble(extraction, "1")
    refund = state_iri("halvern", "Refund")
    said = {(str(q.predicate), str(q.object)) for q in quads if q.subject == refund}
    assert (str(PG("status")), str(PGV("excluded"))) in said
    assert (str(PG("ofKind")), str(PG("Refund"))) in said
    assert (str(PG("searchedRules")), '"7"^^<http://www.w3.org/2001/XMLSchema#integer>') in said
    assert [q.object.value for q in quads if q.predicate == OA("exact") and isinstance(q.object, Literal)] == [text]
    assert not [q for q in quads if q.predicate == PG("evidence")]
