"""docs/graphs.md tells the truth: its query answers, and it names every rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from pactgraph.storing import Store
from pactgraph.vocabulary import PG, RDFS, TYPE, agreement_iri, graph_iri, inferred_iri


@pytest.fixture
def page(root: Path) -> str:
    return (root / "docs" / "graphs.md").read_text(encoding="utf-8")


def test_the_query_of_the_page_answers(page: str, tmp_path: Path) -> None:
    query, *_ = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    term, agreement = NamedNode("urn:term"), agreement_iri("brindle")
    facts = [
        Quad(term, TYPE, PG("LiabilityCap"), graph_iri("brindle")),
        Quad(term, PG("inAgreement"), agreement, graph_iri("brindle")),
        Quad(agreement, PG("slug"), Literal("brindle"), graph_iri("brindle")),
        Quad(term, TYPE, PG("Remedy"), inferred_iri("brindle")),
    ]
    with Store.open(tmp_path / "graph", writing=True) as store:
        store.replace("brindle", facts)
        store.put_ontology([Quad(PG("LiabilityCap"), RDFS("label"), Literal("liability cap"))])
        rows = store.query(query)
        assert isinstance(rows, QuerySolutions)
        assert [(row["agreement"].value, row["label"].value) for row in rows] == [("brindle", "liability cap")]


def test_the_page_names_every_rule_and_no_other(page: str, root: Path) -> None:
    rules = {path.name for path in (root / "src" / "pactgraph" / "assembling" / "rules").glob("*.rq")}
    assert len(rules) >= 4
    assert set(re.findall(r"`([\w-]+\.rq)`", page)) == rules
