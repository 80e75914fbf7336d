"""The projection shows agreements, parties and terms to people, in values that every tool takes."""

from __future__ import annotations

import re

import networkx
import pytest
from pyoxigraph import Quad

from pactgraph.exporting import project


@pytest.fixture(scope="module")
def graph(quads: tuple[Quad, ...]) -> networkx.MultiDiGraph[str]:
    return project(quads)


def nodes(graph: networkx.MultiDiGraph[str], kind: str) -> list[dict[str, object]]:
    return [data for _, data in graph.nodes(data=True) if data["pg_type"] == kind]


def edges(graph: networkx.MultiDiGraph[str], label: str) -> list[tuple[object, object]]:
    found = graph.edges(data=True)
    return sorted(
        (graph.nodes[source]["label"], graph.nodes[target]["label"])
        for source, target, d in found
        if d["label"] == label
    )


def test_agreements_and_terms_are_nodes_and_what_describes_them_is_not(graph: networkx.MultiDiGraph[str]) -> None:
    kinds = sorted(data["pg_type"] for _, data in graph.nodes(data=True))
    assert kinds == [
        *("Agreement", "Fee", "InitialTerm", "LiabilityCap", "Party"),
        *("Party", "RenewalTerm", "TrialPeriod", "VersionDate"),
    ]


def test_labels_are_for_people(graph: networkx.MultiDiGraph[str]) -> None:
    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert {"Harrow Terms", "Harrow Ltd (Provider)", "liability cap: Both, fees paid, 12 months"} <= labels
    assert all(len(label) <= 80 for label in labels)


def test_a_term_has_its_fields_and_its_words(graph: networkx.MultiDiGraph[str]) -> None:
    (fee,) = nodes(graph, "Fee")
    assert fee["pg_amount"] == 9.5
    assert fee["pg_currency"] == "EUR"
    assert fee["pg_per"] == "P1M"
    assert (fee["pg_per_minDays"], fee["pg_per_maxDays"]) == (28.0, 31.0)
    assert fee["pg_plan"] == "Corner & <Cellar>"
    assert fee["pg_faces"] == "Price"
    assert fee["pg_clause"] == "1"
    assert fee["pg_quote"] == "The customer pays EUR 9.50 per month for the plan “Corner & <Cellar>” — each year 😀."
    assert isinstance(fee["pg_start"], int)


def test_what_was_not_found_is_absent(graph: networkx.MultiDiGraph[str]) -> None:
    (renewal,) = nodes(graph, "RenewalTerm")
    assert renewal["pg_automatic"] is False
    assert "pg_duration" not in renewal
    assert "pg_duration_minDays" not in renewal


def test_several_values_are_joined_and_dates_are_text(graph: networkx.MultiDiGraph[str]) -> None:
    assert "Harrow; we" in [data.get("pg_alias") for data in nodes(graph, "Party")]
    assert [data["pg_date"] for data in nodes(graph, "VersionDate")] == ["2024-05"]


def test_every_attribute_suits_every_tool(graph: networkx.MultiDiGraph[str]) -> None:
    types: dict[str, set[type]] = {}
    everything = [data for _, data in graph.nodes(data=True)] + [data for *_, data in graph.edges(data=True)]
    for data in everything:
        for name, value in data.items():
            assert name == "label" or name.startswith("pg_")
            types.setdefault(name, set()).add(type(value))
            if isinstance(value, str):
                assert not re.search(r"[\x00-\x1f\x7f]", value)
    assert len(types) >= 20
    assert all(len(found) == 1 and found <= {str, int, float, bool} for found in types.values()), types


def test_edges_lead_to_the_agreement_and_to_the_parties(graph: networkx.MultiDiGraph[str]) -> None:
    assert len(edges(graph, "inAgreement")) == 8
    assert edges(graph, "party") == [
        ("liability cap: Both, fees paid, 12 months", "Customer (Customer)"),
        ("liability cap: Both, fees paid, 12 months", "Harrow Ltd (Provider)"),
    ]
    keys = [key for *_, key in graph.edges(keys=True)]
    assert len(keys) == len(set(keys)) == graph.number_of_edges()


def test_clauses_come_on_demand(quads: tuple[Quad, ...]) -> None:
    graph = project(quads, clauses=True)
    assert sorted(str(data["label"]) for data in nodes(graph, "Clause")) == ["1. Fees", "2. Liability"]
    assert ("liability cap: Both, fees paid, 12 months", "2. Liability") in edges(graph, "inClause")
