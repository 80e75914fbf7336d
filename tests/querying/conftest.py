"""A portfolio of three agreements, written for these tests, as quads of the form that the store holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple, Variable

from pactgraph.model import FieldValue
from pactgraph.querying import QueryResult
from pactgraph.vocabulary import (
    OA,
    PG,
    PGV,
    TYPE,
    XSD,
    agreement_iri,
    clause_iri,
    evidence_iri,
    graph_iri,
    period_iri,
    schema,
    selector_iri,
    source_iri,
    term_iri,
)

_FIELDS = [field for kind in schema().kinds.values() for field in kind.fields.values()]
DURATIONS = {field.name for field in _FIELDS if field.kind == "duration"}
ENUMERATED = {field.name for field in _FIELDS if field.kind in ("enum", "party")}
Fields = Mapping[str, FieldValue]

HARBOUR = """Harbour Cloud Ltd ("Harbour", "we") serves the Customer.
"Order" means an order form that both parties have signed.
This agreement renews automatically for twelve months unless either party gives 60 days' notice.
Uptime is at least 99.9% in each month. Late payments bear 1.5% a month, or the legal maximum if that is less.
Harbour's liability is limited to the fees paid in the last 12 months.
We tell the Customer within 72 hours of a security incident.
Either party may terminate for material breach not cured within 30 days.
For 30 days after the end the Customer may export its data. California law governs. Courts of Oakland decide.
"""
HARBOUR_TERMS: list[tuple[str, str, Fields]] = [
    (
        "Party",
        'Harbour Cloud Ltd ("Harbour", "we")',
        {"role": "Provider", "name": "Harbour Cloud Ltd", "alias": ("Harbour", "we"), "country": "GB"},
    ),
    ("Party", "the Customer", {"role": "Customer", "name": "Customer"}),
    (
        "DefinedTerm",
        '"Order" means an order form that both parties have signed',
        {"name": "Order", "definition": "an order form that both parties have signed"},
    ),
    ("RenewalTerm", "renews automatically for twelve months", {"duration": "P12M", "automatic": True}),
    ("NonRenewalNotice", "either party gives 60 days' notice", {"party": "Either", "duration": "P60D"}),
    (
        "Uptime",
        "at least 99.9% in each month",
        {"percent": Decimal("99.9"), "window": "P1M", "commitment": "guarantee"},
    ),
    (
        "LatePaymentInterest",
        "1.5% a month, or the legal maximum if that is less",
        {"percent": Decimal("1.5"), "per": "P1M", "cappedByLaw": True, "combination": "lesser"},
    ),
    (
        "LiabilityCap",
        "Harbour's liability is limited to the fees paid in the last 12 months",
        {"party": "Provider", "basis": "feesPaid", "lookback": "P12M"},
    ),
    (
        "BreachNotice",
        "within 72 hours of a security incident",
        {"party": "Provider", "duration": "PT72H", "trigger": "a security incident"},
    ),
    (
        "TerminationRight",
        "material breach not cured within 30 days",
        {"party": "Either", "ground": "materialBreach", "cure": "P30D"},
    ),
    ("DataRetrieval", "For 30 days after the end the Customer may export its data", {"duration": "P30D"}),
    ("GoverningLaw", "California law governs", {"law": "US-CA"}),
    ("Venue", "Courts of Oakland decide", {"place": "Oakland"}),
]

ORCHARD = """Orchard charges 8 percent over base on late sums. Deleted within 10 business days.
Either side: 90 business days' notice. Three months' notice by the Customer.
"""
ORCHARD_TERMS: list[tuple[str, str, Fields]] = [
    ("LatePaymentInterest", "8 percent over base", {"percent": Decimal(8), "aboveBaseRate": True}),
    ("DataDeletion", "within 10 business days", {"duration": "P10D", "dayKind": "business"}),
    ("NonRenewalNotice", "90 business days' notice", {"party": "Either", "duration": "P90D", "dayKind": "business"}),
    ("NonRenewalNotice", "Three months' notice", {"party": "Customer", "duration": "P3M"}),
]


@dataclass
class Portfolio:
    """A store of agreements and the texts of their sources."""

    store: Store = field(default_factory=Store)
    sources: dict[str, str] = field(default_factory=dict)

    def select(self, text: str, *, values: Mapping[str, NamedNode | Literal] | None = None) -> QueryResult:
        fixed: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {}
        fixed |= {Variable(name): value for name, value in (values or {}).items()}
        return self.store.query(text, use_default_graph_as_union=True, substitutions=fixed)

    def texts(self, sha256: str) -> str:
        return self.sources[sha256]

    def at_odds(self, slug: str, kind: str, field: str) -> None:
        """Say that the two terms of one kind contradict each other, and that one value of the field is expected."""
        graph = graph_iri(slug)
        terms = [quad.subject for quad in self.store.quads_for_pattern(None, TYPE, PG(kind), graph)]
        one, other = sorted((term for term in terms if isinstance(term, NamedNode)), key=lambda term: term.value)
        self.store.add(Quad(one, PG("contradicts"), other, graph))
        stances = []
        for term in (one, other):
            (found,) = self.store.quads_for_pattern(period_iri(term, field), PG("asWritten"), None, graph)
            assert isinstance(found.object, Literal)
            stance: dict[str, object] = {"kind": kind, "field": field, "value": found.object.value, "decimal": False}
            stance |= {"days": [], "told": "", "inAgreement": True, "inDeal": False, "certain": True, "vendor": ""}
            stances.append(stance | {"sort": "", "documents": [], "evidence": evidence_iri(term).value})
        self.store.add(Quad(agreement_iri(slug), PG("stances"), Literal(json.dumps(stances)), graph))

    def loose_end(self, slug: str, kind: str, name: str) -> None:
        """Say that a defined term is a loose end, shown by the words of its definition."""
        graph, node = graph_iri(slug), NamedNode(f"{agreement_iri(slug).value}:loose-end:{kind}:1")
        (named,) = self.store.quads_for_pattern(None, PG("name"), Literal(name), graph)
        (proof,) = self.store.quads_for_pattern(named.subject, PG("evidence"), None, graph)
        for predicate, value in (
            (TYPE, PG("LooseEnd")),
            (PG("inAgreement"), agreement_iri(slug)),
            (PG("looseEndKind"), PGV(kind)),
            (PG("looseEndText"), Literal(name)),
            (PG("looseEndEvidence"), proof.object),
        ):
            self.store.add(Quad(node, predicate, value, graph))

    def read_as(self, slug: str, quote: str, reading: str) -> None:
        """Say how the words `quote` of an agreement read."""
        (found,) = self.store.quads_for_pattern(None, OA("exact"), Literal(quote), graph_iri(slug))
        assert isinstance(found.subject, NamedNode)
        proof = NamedNode(found.subject.value.removesuffix(":quote"))
        self.store.add(Quad(proof, PG("reading"), Literal(reading), graph_iri(slug)))

    def state(self, slug: str, kind: str, status: str, quote: str = "") -> None:
        """Say what is known of a kind of term in an agreement, with the words that prove it."""
        graph, node = graph_iri(slug), NamedNode(f"{agreement_iri(slug).value}:state:{kind}")

        def say(subject: NamedNode, name: NamedNode, value: NamedNode | Literal) -> None:
            self.store.add(Quad(subject, name, value, graph))

        say(node, TYPE, PG("TermState"))
        say(node, PG("ofAgreement"), agreement_iri(slug))
        say(node, PG("ofKind"), PG(kind))
        say(node, PG("status"), PGV(status))
        say(node, PG("searchedClauses"), Literal(41))
        say(node, PG("searchedRules"), Literal(2))
        if quote:
            digest, text = next((d, t) for d, t in self.sources.items() if quote in t)
            _evidence(say, node, source_iri(digest), quote, text.index(quote), "stateEvidence")

    def add(self, slug: str, text: str, terms: list[tuple[str, str, Fields]], vendor: str = "") -> None:
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.sources[digest] = text
        graph, agreement, source = graph_iri(slug), agreement_iri(slug), source_iri(digest)

        def say(subject: NamedNode, name: NamedNode, value: NamedNode | Literal) -> None:
            self.store.add(Quad(subject, name, value, graph))

        say(agreement, TYPE, PG("Agreement"))
        say(agreement, PG("slug"), Literal(slug))
        if vendor:
            say(agreement, PG("vendor"), Literal(vendor))
        say(source, PG("sha256"), Literal(digest))
        say(clause_iri(slug, "1"), PG("key"), Literal("1"))
        for kind, quote, fields in terms:
            start = text.index(quote)
            term = term_iri(slug, kind, fields, start, start + len(quote))
            say(term, TYPE, PG(kind))
            say(term, PG("inAgreement"), agreement)
            say(term, PG("inClause"), clause_iri(slug, "1"))
            _evidence(say, term, source, quote, start)
            for name, value in fields.items():
                for single in value if isinstance(value, tuple) else (value,):
                    _field(say, term, name, single)


Say = Callable[[NamedNode, NamedNode, NamedNode | Literal], None]


def _evidence(say: Say, term: NamedNode, source: NamedNode, quote: str, start: int, name: str = "evidence") -> None:
    proof = evidence_iri(term)
    position, words = selector_iri(proof, "position"), selector_iri(proof, "quote")
    say(term, PG(name), proof)
    say(proof, OA("hasSource"), source)
    say(proof, OA("hasSelector"), position)
    say(proof, OA("hasSelector"), words)
    say(position, OA("start"), Literal(start))
    say(position, OA("end"), Literal(start + len(quote)))
    say(words, OA("exact"), Literal(quote))


def _field(say: Say, term: NamedNode, name: str, value: str | bool | Decimal) -> None:
    if name in DURATIONS:
        period = period_iri(term, name)
        say(term, PG(name), period)
        say(period, PG("asWritten"), Literal(str(value)))
    elif name in ENUMERATED:
        say(term, PG(name), PGV(str(value)))
    elif isinstance(value, Decimal):
        say(term, PG(name), Literal(str(value), datatype=XSD("decimal")))
    else:
        say(term, PG(name), Literal(value))


@pytest.fixture
def portfolio() -> Portfolio:
    """Harbour states something on each question, Orchard on some, Meadow on none."""
    made = Portfolio()
    made.add("harbour", HARBOUR, HARBOUR_TERMS, vendor="Harbour Cloud")
    made.add("orchard", ORCHARD, ORCHARD_TERMS)
    made.add("meadow", "Meadow and the Customer shake hands.\n", [])
    made.state("harbour", "Escrow", "silent")
    return made


@pytest.fixture
def lit(portfolio: Portfolio) -> Portfolio:
    """The portfolio with Lantern, which states every kind of term that an example of a question shows."""
    sentences = yaml.safe_load((Path(__file__).parent / "lantern.yaml").read_text(encoding="utf-8"))
    terms = [(sentence["words"], dict(term)) for sentence in sentences for term in sentence["terms"]]
    text = "".join(f"{sentence['words']}\n" for sentence in sentences)
    portfolio.add("lantern", text, [(term.pop("kind"), words, _typed(term)) for words, term in terms])
    began = Literal("2031-03-01", datatype=XSD("date"))
    portfolio.store.add(Quad(agreement_iri("lantern"), PG("begins"), began, graph_iri("lantern")))
    portfolio.at_odds("orchard", "NonRenewalNotice", "duration")
    portfolio.loose_end("harbour", "unusedTerm", "Order")
    return portfolio


def _typed(fields: Mapping[str, object]) -> Fields:
    """Return field values as findings have them: numbers as decimals, lists as tuples."""
    typed: dict[str, FieldValue] = {}
    for name, value in fields.items():
        if isinstance(value, list):
            typed[name] = tuple(map(str, value))
        else:
            typed[name] = value if isinstance(value, str | bool) else Decimal(str(value))
    return typed
