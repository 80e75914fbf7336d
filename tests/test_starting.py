"""What starts quickly: help and the package itself, without the libraries that read, store and judge."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

import pactgraph
from pactgraph.cli import COMMANDS, main

HEAVY = ("pyoxigraph", "rdflib", "yaml", "re2", "rich", "pycountry", "lxml", "pactgraph.graph", "pactgraph.extracting")


def _loaded(code: str) -> set[str]:
    """Return which of the heavy modules a new interpreter has after running `code`."""
    script = f"import sys\n{code}\nprint(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_help_on_all_commands_loads_nothing_heavy() -> None:
    call = "from pactgraph.cli import main\nmain(['--help'], standalone_mode=False)"
    assert _loaded(call) == set()


def test_version_loads_nothing_heavy() -> None:
    assert _loaded("import pactgraph\nassert pactgraph.__version__") == set()


def test_the_facade_is_there_when_it_is_asked_for() -> None:
    assert "pactgraph.graph" in _loaded("import pactgraph\nassert pactgraph.Graph.__name__ == 'Graph'")
    assert set(pactgraph.__all__) <= set(dir(pactgraph))
    with pytest.raises(AttributeError, match="no attribute 'Graf'"):
        pactgraph.Graf  # noqa: B018


@pytest.mark.parametrize("name", COMMANDS)
def test_help_on_all_says_what_a_command_says_of_itself(name: str) -> None:
    told = click.Command(name, help=COMMANDS[name].does).get_short_help_str(200)
    assert main.commands[name].get_short_help_str(200) == told
