"""Fixtures that several test folders share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data; tests that need it skip where it is missing."""
    folder = Path(os.environ.get("PACTGRAPH_DATA", str(ROOT.parent / "shared")))
    if not (folder / "agreements" / "seeds").is_dir():
        pytest.skip(f"development data not found in {folder} (set PACTGRAPH_DATA)")
    return folder


@pytest.fixture(scope="session")
def examples() -> Path:
    """The example agreements that ship with the project."""
    return ROOT / "examples" / "agreements"
