"""The graph of real agreements that comes along holds facts and figures, and can be asked."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from pactgraph import Graph
from pactgraph.exporting import without_words
from pactgraph.vocabulary import DCTERMS, PG

_WORD = re.compile(r"[^\W_]+")
_NAMES = (DCTERMS("title"), PG("title"), PG("name"), PG("vendor"))
"""The texts that may be words of an agreement: its title and the names of its parties."""

_RUN = 6


@pytest.fixture(scope="module")
def file(root: Path) -> Path:
    return root / "examples" / "vendors.nq.gz"


@pytest.fixture(scope="module")
def quads(file: Path) -> list[Quad]:
    return list(parse(gzip.decompress(file.read_bytes()), format=RdfFormat.N_QUADS))


def test_the_shared_graph_is_small_and_without_words(file: Path, quads: list[Quad]) -> None:
    assert 10_000 < file.stat().st_size < 1_000_000
    assert len(quads) > 5_000
    assert set(without_words(quads)) == set(quads)


def test_the_shared_graph_answers_across_five_vendors(file: Path, tmp_path: Path) -> None:
    with Graph.open(tmp_path / "vendors", writing=True) as graph:
        assert len(graph.import_shared(file).taken) == 5
        answers = {name: graph.ask(name) for name in graph.questions()}
    assert len([answer for answer in answers.values() if answer.rows]) >= 45
    assert len({row.agreement for row in answers["exits"].rows}) >= 3


def runs(texts: list[str]) -> set[tuple[str, ...]]:
    lists = [[word.casefold() for word in _WORD.findall(text)] for text in texts]
    return {tuple(words[at : at + _RUN]) for words in lists for at in range(len(words) - _RUN + 1)}


def test_no_six_words_in_a_row_of_the_agreements_are_in_the_shared_graph(shared: Path, quads: list[Quad]) -> None:
    sources = sorted((shared / "agreements" / "seeds").glob("*.txt"))
    assert len(sources) == 5
    said = runs([path.read_text(encoding="utf-8") for path in sources])
    assert len(said) > 10_000
    held = [quad for quad in quads if quad.predicate not in _NAMES]
    nodes = [node for quad in held for node in (quad.subject, quad.predicate, quad.object, quad.graph_name)]
    texts = {unquote(node.value) for node in nodes if isinstance(node, NamedNode | Literal)}
    assert not runs(sorted(texts)) & said
