"""The SHACL engines: one interface, and who stands behind it.

    pyshacl   comes with pactgraph; what its results are is what the others are measured by
    fast      pyshacl-turbo, with the extra 'fast': the same results on all shapes and examples of pactgraph, which
              tests/validating/test_engines.py compares

Neither is asked about shapes that all data certainly keep, see `screening`, nor about queries, see `selects`.

An engine is a module that is imported when something is first validated, because the libraries behind it take longer
to load than most commands to run.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.metadata import version
from types import MappingProxyType
from typing import Protocol, cast

from pyoxigraph import RdfFormat, Store, Triple, parse, serialize

from pactgraph.errors import DefinitionError, unknown
from pactgraph.validating.loading import Shapes
from pactgraph.validating.raw import Raw
from pactgraph.validating.screening import left
from pactgraph.validating.selects import answers, divided

PYSHACL = "pyshacl"
FAST = "fast"
_LIBRARIES: Mapping[str, str] = MappingProxyType({PYSHACL: "pyshacl", FAST: "pyshacl_turbo"})
ENGINES = tuple(_LIBRARIES)
"""The names of the engines, the default one first."""


@dataclass(frozen=True)
class Data:
    """What is judged: statements as N-Triples, and the same in a store, which has 5.0 as 5 and P12M as P1Y."""

    text: bytes
    store: Store

    @cached_property
    def triples(self) -> tuple[Triple, ...]:
        """The statements as they are written, each once."""
        return tuple(dict.fromkeys(quad.triple for quad in parse(self.text, format=RdfFormat.N_TRIPLES, lenient=True)))


def prepare(facts: bytes | Iterable[Triple], shapes: Shapes) -> Data:
    """Return statements, also given as N-Triples, with what an engine must know beside them."""
    given = facts if isinstance(facts, bytes) else _written(facts)
    text = given + _background(shapes)
    store = Store()
    store.load(text, format=RdfFormat.N_TRIPLES, lenient=True)  # what wrote it has checked its IRIs
    return Data(text, store)


def _written(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


@lru_cache(maxsize=8)
def _background(shapes: Shapes) -> bytes:
    return _written(shapes.background)


class _Engine(Protocol):
    def run(self, data: Data, shapes: Shapes, left: Sequence[str]) -> Iterable[Raw]: ...


def run(data: Data, shapes: Shapes, engine: str = PYSHACL) -> tuple[Raw, ...]:
    """Return what an engine finds in `data`, sorted.

    Whichever engine it is, plain SELECTs are asked of the store, and shapes that all data certainly keep of nobody.

    A shape says the same of a value whichever of its constraints the value breaks, so it is told once; the engines
    do not agree on how many of them a value breaks that is none of its datatype.

    Raises DefinitionError where there is no such engine or it is not installed, ShapeError where it cannot apply
    a shape.
    """
    check(engine)
    rest, selects = divided(shapes)
    found = {*answers(data.store, selects)}
    shapes_left = left(data.text, rest)
    if shapes_left:
        module = cast(_Engine, importlib.import_module(f"pactgraph.validating.engine_{engine}"))
        found.update(module.run(data, rest, shapes_left))
    return tuple({replace(raw, component=""): raw for raw in sorted(found)}.values())


def check(engine: str) -> None:
    """Raise DefinitionError where there is no such engine, or what it needs is not installed."""
    if engine not in ENGINES:
        raise DefinitionError(unknown("SHACL engine", engine, ENGINES))
    if importlib.util.find_spec(_LIBRARIES[engine]) is None:
        raise DefinitionError(
            f"the SHACL engine '{engine}' is not installed; add it with: pip install 'pactgraph[{engine}]', "
            f"or leave out --engine."
        )


def engine_name(engine: str = PYSHACL) -> str:
    """Return the library behind an engine and its version: 'pyshacl 0.40.1'; raises as `check` does."""
    check(engine)
    library = _LIBRARIES[engine].replace("_", "-")
    return f"{library} {version(library)}"
