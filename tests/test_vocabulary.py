"""What the vocabulary mints and what it reads from an ontology."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from pactgraph import vocabulary
from pactgraph.errors import OntologyError

HEAD = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pg: <https://w3id.org/pactgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
pg:ContractTerm a owl:Class ; rdfs:label "contract term" ; skos:definition "provision" .
"""


def written(folder: Path, turtle: str) -> Path:
    (folder / "own.ttl").write_text(HEAD + turtle, encoding="utf-8")
    return folder


# --- IRIs


def test_term_iri_ignores_the_order_of_fields_and_of_list_values() -> None:
    one = vocabulary.term_iri("acme", "Party", {"name": "Acme", "alias": ("we", "us")}, 3, 9)
    two = vocabulary.term_iri("acme", "Party", {"alias": ("us", "we"), "name": "Acme"}, 3, 9)
    assert one == two


@pytest.mark.parametrize(
    ("kind", "fields", "start", "end"),
    [
        ("Refund", {"amount": Decimal(5)}, 3, 9),
        ("Fee", {"amount": "5"}, 3, 9),
        ("Fee", {"amount": Decimal(50)}, 3, 9),
        ("Fee", {"amount": True}, 3, 9),
        ("Fee", {}, 3, 9),
        ("Fee", {"amount": Decimal(5)}, 2, 9),
        ("Fee", {"amount": Decimal(5)}, 3, 10),
    ],
)
def test_term_iri_differs_with_kind_value_and_place(
    kind: str, fields: dict[str, str | bool | Decimal], start: int, end: int
) -> None:
    base = vocabulary.term_iri("acme", "Fee", {"amount": Decimal(5)}, 3, 9)
    assert vocabulary.term_iri("acme", kind, fields, start, end) != base


def test_term_iri_stays_the_same_between_releases() -> None:
    iri = vocabulary.term_iri("acme", "NonRenewalNotice", {"party": "Either", "duration": "P30D"}, 10, 90)
    assert iri.value == "urn:pactgraph:agreement:acme:term:NonRenewalNotice:dd3ebbf48245"


def test_iris_of_parts_hang_under_their_whole() -> None:
    term = vocabulary.term_iri("acme", "Uptime", {}, 0, 1)
    evidence = vocabulary.evidence_iri(term)
    assert evidence.value == f"{term.value}:evidence"
    assert vocabulary.selector_iri(evidence, "quote").value == f"{term.value}:evidence:quote"
    assert vocabulary.period_iri(term, "window").value == f"{term.value}:window"


@pytest.mark.parametrize("name", ["a b", "ä/ö", "x<y>", 'say "hi"', "50%", "(a)", "line\nbreak", "a:b"])
def test_any_slug_and_clause_key_make_a_valid_iri(name: str) -> None:
    nodes = [
        vocabulary.agreement_iri(name),
        vocabulary.graph_iri(name),
        vocabulary.inferred_iri(name),
        vocabulary.report_iri(name),
        vocabulary.clause_iri("acme", name),
        vocabulary.run_iri(name),
    ]
    assert len({NamedNode(node.value) for node in nodes}) == 6
    assert vocabulary.slug_of(vocabulary.graph_iri(name)) == name


def test_slug_is_read_from_graphs_of_facts_only() -> None:
    assert vocabulary.slug_of(vocabulary.inferred_iri("acme")) is None
    assert vocabulary.slug_of(vocabulary.ONTOLOGY_GRAPH) is None


def test_source_and_tool_are_named_by_hash_and_version() -> None:
    assert vocabulary.source_iri("ab12").value == "urn:sha256:ab12"
    assert vocabulary.tool_iri("0.1.0").value == "urn:pactgraph:tool:0.1.0"


# --- the schema of the ontology that ships


def test_schema_has_every_kind_once_with_label_definition_and_question() -> None:
    kinds = vocabulary.schema().kinds
    assert len(kinds) == 82
    assert all(kind.label and kind.definition and kind.answers for kind in kinds.values())
    assert Counter(face for kind in kinds.values() for face in kind.faces) == {
        "Remedy": 14,
        "Norm": 20,
        "Duration": 13,
        "Price": 6,
        "ServiceLevel": 5,
        "Protection": 6,
    }


def test_faces_and_defined_classes_are_no_kinds() -> None:
    kinds = vocabulary.schema().kinds
    assert not {"ContractTerm", "Norm", "Remedy", "Provider", "Customer", "Value", "Period", "Agreement"} & set(kinds)


def test_termination_right_has_its_fields_in_the_order_of_the_ontology() -> None:
    kind = vocabulary.schema().kind("TerminationRight")
    assert list(kind.fields) == ["party", "ground", "notice", "cure", "dayKind", "immediate", "consequence"]
    assert [field.kind for field in kind.fields.values()] == [
        "party",
        "enum",
        "duration",
        "duration",
        "enum",
        "bool",
        "text",
    ]
    assert kind.keys == ("party", "ground")
    assert kind.faces == ("Remedy",)
    assert kind.parents == (vocabulary.PG("Remedy"), vocabulary.PG("ContractTerm"))
    assert not any(field.many for field in kind.fields.values())


def test_one_property_takes_other_values_in_other_kinds() -> None:
    schema = vocabulary.schema()
    termination, cap = schema.kind("TerminationRight").field("ground"), schema.kind("CapException").field("ground")
    assert termination.iri == cap.iri
    assert "convenience" in termination.values
    assert "convenience" not in cap.values
    assert {"other"} <= termination.values & cap.values


def test_lists_are_many_and_single_fields_are_not() -> None:
    party = vocabulary.schema().kind("Party")
    assert party.field("alias").many
    assert not party.field("name").many
    assert vocabulary.schema().kind("ExcludedDamages").field("kinds").many


def test_deadline_of_a_credit_claim_is_text_and_of_an_obligation_a_period() -> None:
    schema = vocabulary.schema()
    assert schema.kind("CreditClaim").field("deadline").iri == vocabulary.PG("deadlineText")
    assert schema.kind("CreditClaim").field("deadline").kind == "text"
    assert schema.kind("Obligation").field("deadline").kind == "duration"


def test_sides_roles_and_directions_are_told_apart() -> None:
    schema = vocabulary.schema()
    assert schema.values("PartyValue") == {"Provider", "Customer", "Either", "Both", "Other"}
    assert schema.kind("Uptime").field("commitment").values == {"guarantee", "reasonableEfforts", "objective"}
    assert schema.values("PeriodDirection") == {"before", "after"}
    assert schema.kind("Party").field("role").kind == "enum"


def test_every_enumerated_field_has_values_and_no_other_has() -> None:
    fields = [field for kind in vocabulary.schema().kinds.values() for field in kind.fields.values()]
    assert len(fields) > 200
    assert all(bool(field.values) == (field.kind in {"enum", "party"}) for field in fields)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda s: s.kind("TerminationRigth"),
            "unknown kind of term 'TerminationRigth'.*Did you mean 'TerminationRight'",
        ),
        (lambda s: s.kind("Uptime").field("percnt"), "unknown field of Uptime 'percnt'.*Did you mean 'percent'"),
        (lambda s: s.values("DayKinds"), "unknown value class 'DayKinds'.*Did you mean 'DayKind'"),
    ],
)
def test_unknown_name_is_refused_with_the_nearest_one(ask: object, message: str) -> None:
    assert callable(ask)
    with pytest.raises(OntologyError, match=message):
        ask(vocabulary.schema())


# --- an ontology of one's own


def test_new_kind_needs_nothing_but_the_ontology(tmp_path: Path) -> None:
    turtle = """
    pg:Price a owl:Class ; rdfs:subClassOf pg:ContractTerm ; pg:isFace true .
    pg:Discount a owl:Class ; rdfs:label "discount" ; skos:definition "price cut" ; pg:keyField "share" ;
        rdfs:subClassOf pg:Price , [ owl:onProperty pg:share ; owl:maxCardinality 1 ] , [ owl:onProperty pg:code ] .
    pg:share rdfs:range xsd:decimal .
    pg:code rdfs:range xsd:string ; pg:fieldName "couponCode" .
    """
    schema = vocabulary.read_schema(written(tmp_path, turtle))
    assert list(schema.kinds) == ["Discount"]
    kind = schema.kind("Discount")
    assert [(f.name, f.kind, f.many) for f in kind.fields.values()] == [
        ("share", "decimal", False),
        ("couponCode", "text", True),
    ]
    assert (kind.keys, kind.faces) == (("share",), ("Price",))


def test_kind_inherits_the_fields_of_the_kind_above_it(tmp_path: Path) -> None:
    turtle = """
    pg:Discount a owl:Class ; rdfs:label "discount" ; skos:definition "price cut" ;
        rdfs:subClassOf pg:ContractTerm , [ owl:onProperty pg:share ; owl:maxCardinality 1 ] .
    pg:EarlyDiscount rdfs:label "early discount" ; skos:definition "discount" ; rdfs:subClassOf pg:Discount .
    pg:share rdfs:range xsd:decimal .
    """
    kind = vocabulary.read_schema(written(tmp_path, turtle)).kind("EarlyDiscount")
    assert list(kind.fields) == ["share"]
    assert not kind.field("share").many


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("pg:Broken a owl:Class ;;; rdfs:label .", r"own\.ttl:7: not Turtle: "),
        ("pg:A a owl:Class ; rdfs:subClassOf pg:ContractTerm .", r"own\.ttl:7: pg:A: has 0 labels; give it one"),
        (
            'pg:A rdfs:label "a" ; skos:definition "b" ; rdfs:subClassOf pg:ContractTerm ; pg:keyField "party" .',
            r"own\.ttl:7: pg:A: unknown key field 'party'",
        ),
        (
            'pg:A rdfs:label "a" ; skos:definition "b" ; rdfs:subClassOf pg:ContractTerm , [ owl:onProperty pg:b ] .\n'
            "pg:b rdfs:range xsd:float .",
            r"own\.ttl:8: pg:b: unknown range .*float",
        ),
        (
            'pg:A rdfs:label "a" ; skos:definition "b" ; rdfs:subClassOf pg:ContractTerm , [ owl:onProperty pg:b ] .',
            r"pg:b \(which no file of the ontology declares\): has no rdfs:range; give it one",
        ),
    ],
)
def test_faulty_ontology_is_refused_with_file_and_line(tmp_path: Path, turtle: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        vocabulary.read_schema(written(tmp_path, turtle))


def test_undecodable_ontology_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_bytes(b"pg:\xff a <urn:x> .")
    with pytest.raises(OntologyError, match=r"own\.ttl"):
        vocabulary.read_schema(tmp_path)


def test_folder_without_turtle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"no \*\.ttl file"):
        vocabulary.read_schema(tmp_path)
