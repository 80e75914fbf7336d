"""The page on shapes, docs/shapes.md, made from the shapes' own texts.

    python -m pactgraph.validating.documenting docs/shapes.md

writes it, as `python tasks.py docs` does; a test holds the page in docs/ against it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from pactgraph.resources import folder
from pactgraph.validating.checking import File, Node, reporting_shapes
from pactgraph.validating.loading import load_shapes, read_file
from pactgraph.vocabulary import PG, SH, schema

_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_HEAD = """\
# Shapes

What `pactgraph validate` checks, shape by shape: the name that reports give, how bad it is, what it applies to,
and what it says. Made from the shapes themselves by `python tasks.py docs`; do not edit it.

A **violation** is something wrong in the graph, a **warning** something that an agreement does not state or
that is unusual. See [graphs.md](graphs.md) for what the graph holds.

Each shape judges one agreement by itself. So an agreement is judged again only where it has changed, or the shapes, or
the engine; else its results are read from its report in the graph. What is between agreements is a question instead:
`pactgraph ask contradictions`, `pactgraph ask loose-ends`.

Whichever engine judges, the queries of shapes go to oxigraph, and the other shapes are first looked over by pactgraph
itself: one that every statement certainly keeps has nothing to report, and only the rest is the engine's. That is most
of the speed, and changes no result, which `tests/validating/test_screening.py` proves on broken graphs.

`--engine` chooses who judges that rest, and every report names it. `pyshacl` is the default. `fast` is pyshacl-turbo
(`pip install 'pactgraph[fast]'`), written in Rust by one small company: it finds the same results for every shape and
example here, which `tests/validating/test_engines.py` compares wherever it is installed. It is a second opinion rather
than a quicker one: of what is left, both take about the same time. Many agreements are shared among processes, one a
core (`--workers`).
"""
_DERIVED = """\
## Derived from the ontology

For each kind of term these follow from what `ontology/` says of its fields
(`src/pactgraph/validating/derived.py`). All are violations. The shape named after the kind reports a field
that the kind does not have.
"""


def document(place: Path) -> str:
    """Return the page about the shapes files of folder `place` and the derived shapes, in Markdown.

    Files stand in alphabetical order, shapes in that of their file. Raises ShapeError for a file that cannot
    be read.
    """
    files = [read_file(path) for path in sorted(place.glob("*.ttl"))]
    return "\n".join([_HEAD, *(part for file in files for part in _section(file)), _DERIVED, *_derived(place)])


def _section(file: File) -> Iterator[str]:
    rows = [row for shape in reporting_shapes(file) for row in _row(file, shape)]
    if not rows:
        return
    lines = [line.removeprefix("#").strip() for line in _comment(file.text)]
    yield f"## {file.path.name}\n"
    if lines:
        yield "\n".join(lines) + "\n"
    yield from rows


def _comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line


def _row(file: File, shape: Node) -> Iterator[str]:
    """Yield the paragraph about a shape that reports; one that only holds others has no message."""
    names, messages = _literals(file, shape, "name"), _literals(file, shape, "message")
    if not names or not messages:
        return
    severity = next((SH.local(node) or "" for node in file.objects(shape, "severity")), "Violation").lower()
    holders = [t.subject for t in file.triples if t.predicate == SH("property") and t.object == shape]
    aims = [
        f"{_prefixed(node)}{'' if kind in ('targetClass', 'targetNode') else ' (what has one)'}"
        for holder in (shape, *holders)
        for kind in _TARGETS
        for node in file.objects(holder, kind)
        if isinstance(node, NamedNode)
    ]
    path = [f", at `{_prefixed(node)}`" for node in file.objects(shape, "path") if isinstance(node, NamedNode)]
    where = f"{severity} · {', '.join(f'`{aim}`' for aim in sorted(aims))}{''.join(path)}"
    yield f"### {names[0]}\n\n{where}\n\n{' '.join(messages)}\n"


def _derived(place: Path) -> Iterator[str]:
    texts: dict[object, str] = {}
    shapes = load_shapes(place)
    for triple in shapes.triples:
        if triple.predicate == SH("message") and isinstance(triple.object, Literal):
            texts[triple.subject] = triple.object.value
    by_name = {name: texts.get(NamedNode(iri), "") for iri, name in shapes.names.items()}
    for kind in sorted(schema().kinds):
        yield f"### {kind}\n\n- **{kind}**: {by_name[kind]}"
        fields = [f"{kind}.{field}" for field in sorted(schema().kinds[kind].fields)]
        yield "\n".join(f"- **{name}**: {by_name[name]}" for name in fields) + "\n"


def _literals(file: File, shape: Node, name: str) -> list[str]:
    return [node.value for node in file.objects(shape, name) if isinstance(node, Literal)]


def _prefixed(node: NamedNode) -> str:
    local = PG.local(node)
    return f"pg:{local}" if local else re.split(r"[/#]", node.value)[-1]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(document(folder("shapes")), encoding="utf-8")
