"""All questions over real portfolios: where there are facts there is an answer, and every row has evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactgraph import Graph
from pactgraph.querying import questions


def built(agreements: Path, folder: Path, manifest: Path | None = None) -> Path:
    with Graph.open(folder, writing=True) as graph:
        graph.build([agreements], manifest, validate=False)
    return folder


@pytest.mark.parametrize("portfolio", ["examples", "seeds"])
def test_no_question_that_has_facts_is_without_an_answer(
    portfolio: str, request: pytest.FixtureRequest, root: Path, tmp_path: Path
) -> None:
    if portfolio == "examples":
        folder = built(root / "examples" / "agreements", tmp_path / "graph", root / "examples" / "manifest.csv")
    else:
        folder = built(request.getfixturevalue("shared") / "agreements" / "seeds", tmp_path / "graph")
    with Graph.open(folder) as graph:
        stated = {record.term for record in graph.terms()}
        empty, asked = [], 0
        for name, question in questions().items():
            answer = graph.ask(name)
            asked += 1
            if not answer.rows and stated & set(question.kinds):
                empty.append(name)
            assert all(row.evidence or question.receipt for row in answer.rows), name
            assert set(answer.columns) == {column for row in answer.rows for column in row.cells} or not answer.rows
    assert empty == []
    assert asked >= 49
