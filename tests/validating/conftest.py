"""The seed agreements, built once for all tests that judge them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactgraph import Graph


@pytest.fixture(scope="session")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the graph of the five seed agreements, not validated."""
    folder = tmp_path_factory.mktemp("seeds")
    with Graph.open(folder, writing=True) as graph:
        graph.build([shared / "agreements" / "seeds"], validate=False)
    return folder
