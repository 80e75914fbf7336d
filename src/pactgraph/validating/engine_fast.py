"""The fast SHACL engine: pyshacl-turbo, installed with the extra 'fast'."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from pyoxigraph import RdfFormat, serialize

from pactgraph.errors import ShapeError
from pactgraph.validating.engine_pyshacl import quiet, results
from pactgraph.validating.engines import Data
from pactgraph.validating.flattening import flattened
from pactgraph.validating.loading import Shapes
from pactgraph.validating.raw import Raw


def run(data: Data, shapes: Shapes, left: Sequence[str]) -> Iterable[Raw]:
    """Return what pyshacl-turbo finds in `data` by the shapes with the IRIs `left`.

    Raises ShapeError where it cannot apply a shape.
    """
    with quiet():
        try:
            _, report, _ = _compiled(shapes).validate(_input(data), use_shapes=left)
        except (RuntimeError, ValueError, NotImplementedError) as error:
            raise ShapeError(f"shapes: pyshacl-turbo cannot apply a shape: {' '.join(str(error).split())}") from error
    return results(report)


def _input(data: Data) -> Any:
    """Return the data as text in the form in which that engine passes on a store: one would change 5.0 into 5."""
    text = data.text.decode("utf-8")
    return importlib.import_module("pyshacl_turbo.rdf").Input(text, "oxigraph-nquads", None, {}, preserve_ids=True)


@lru_cache(maxsize=8)
def _compiled(shapes: Shapes) -> Any:
    engine = importlib.import_module("pyshacl_turbo")
    return engine.CompiledShapes(
        serialize(flattened(shapes.triples), format=RdfFormat.N_TRIPLES), shacl_graph_format="nt"
    )
