"""What all tests share: where the examples and the optional evaluation data lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pactgraph.graph import Graph

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what is compiled for this run alone, not in the user's folder."""
    os.environ["PACTGRAPH_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def examples() -> Path:
    """Return the folder of the three example agreements."""
    return ROOT / "examples" / "agreements"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of evaluation data; skip the test, and say so, where there is none.

    The folder is named by PACTGRAPH_DATA and lies beside the checkout by default.
    """
    folder = Path(os.environ.get("PACTGRAPH_DATA", ROOT.parent / "shared"))
    if not (folder / "agreements").is_dir():
        pytest.skip(f"no evaluation data in {folder}; set PACTGRAPH_DATA to the folder that holds agreements/")
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """Return the folder of a graph of the examples, to read from only."""
    folder = tmp_path_factory.mktemp("built") / "graph"
    with Graph.open(folder, writing=True) as graph:
        graph.build([examples], validate=False)
    return folder
