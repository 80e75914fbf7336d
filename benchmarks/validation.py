"""How long validation takes: all agreements, one that changed, and none; with each engine that is installed.

    python benchmarks/validation.py           1,000 agreements
    python benchmarks/validation.py 100       fewer

The agreements are made from the examples, as in questions.py, each with a few of its terms left out, drawn with a
seed, so that no two are alike. Prints a table for benchmarks/results.md: seconds of the clock, which is what the user
waits, and of all processors together. One process a core, as by default.
"""

from __future__ import annotations

import importlib.util
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat
from questions import ROOT, copies

from pactgraph import Graph
from pactgraph.model import Report
from pactgraph.storing import Store, kept
from pactgraph.validating import ENGINES, engine_name
from pactgraph.vocabulary import PG

SEED = 20260301
LEFT_OUT = 0.05
TERM = re.compile(r"urn:pactgraph:agreement:[^:]+:term:[^:]+:[^:]+")


def main(arguments: Sequence[str]) -> None:
    many = int(arguments[0]) if arguments else 1000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with Graph.open(folder / "examples", writing=True) as graph:
            graph.build([ROOT / "examples" / "agreements"], ROOT / "examples" / "manifest.csv", validate=False)
        triples = made(folder, many)
        engines = [engine for engine in ENGINES if engine != "fast" or importlib.util.find_spec("pyshacl_turbo")]
        print(f"{many} agreements, {triples} triples, {os.cpu_count()} cores\n")
        print("| engine | all agreements, s | of processors, s | one changed, s | none changed, s | results |")
        print("|---|---|---|---|---|---|")
        before: Report | None = None
        for engine in engines:
            before = told(folder / "many", engine, before)


def told(folder: Path, engine: str, before: Report | None) -> Report:
    """Print the row of one engine, and return what it finds; fails where the engine `before` it found otherwise."""
    report, first, spent = timed(folder, engine)
    assert before is None or before.results == report.results
    changed(folder)
    _, second, _ = timed(folder, engine)
    again, third, _ = timed(folder, engine)
    print(
        f"| {engine_name(engine)} | {first:.1f} | {spent:.1f} | {second:.2f} | {third:.2f} | {len(report.results)} |",
        flush=True,
    )
    return again


def timed(folder: Path, engine: str) -> tuple[Report, float, float]:
    """Validate the graph; return the report, the seconds of the clock and those of all processors."""
    begun, before = time.perf_counter(), spent()
    with Graph.open(folder, writing=True) as graph:
        report = graph.validate(engine=engine)
    return report, time.perf_counter() - begun, spent() - before


def spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def changed(folder: Path) -> None:
    """Take one term out of one agreement."""
    with Store.open(folder, writing=True) as store:
        slug = store.slugs()[len(store.slugs()) // 2]
        quads = [
            quad
            for graph in (f"urn:pactgraph:graph:{slug}", f"urn:pactgraph:inferred:{slug}")
            for quad in store.quads(NamedNode(graph))
        ]
        store.replace(slug, thinned(quads, random.Random(SEED)))


def made(folder: Path, count: int) -> int:
    """Make the graph of `count` agreements in folder/many; return how many triples it has."""
    chance, total = random.Random(SEED), 0
    Store.open(folder / "many", writing=True).close()
    quads = pyoxigraph.Store(str(folder / "many" / "oxigraph"))
    with Store.open(folder / "examples") as examples:
        texts = copies(examples, count)
        while some := list(islice(texts, 100)):
            parsed = (list(pyoxigraph.parse(text, format=RdfFormat.N_QUADS)) for text in some)
            held = [quad for each in parsed for quad in thinned(each, chance)]
            quads.bulk_extend(held)
            quads.bulk_extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in held)
            total += len(held)
    quads.optimize()
    del quads  # closes its files
    with Store.open(folder / "many", writing=True) as store:
        for slug in store.slugs():  # `Store.replace` keeps these copies, which is not what is measured here
            kept.put(kept.place(store.folder, slug), store.facts(slug))
    return total


def thinned(quads: Sequence[Quad], chance: random.Random) -> Iterator[Quad]:
    """Yield the quads without those of some terms; a term that is left out is left out whole."""
    terms = sorted({quad.subject.value for quad in quads if quad.predicate == PG("evidence")})
    gone = {term for term in terms if chance.random() < LEFT_OUT}
    for quad in quads:
        if owner(quad.subject) not in gone and owner(quad.object) not in gone:
            yield quad


def owner(node: object) -> str:
    """Return the term that a node is or belongs to: urn:pactgraph:agreement:{slug}:term:{Kind}:{hash}."""
    found = TERM.match(node.value) if isinstance(node, NamedNode) else None
    return found[0] if found else ""


if __name__ == "__main__":
    main(sys.argv[1:])
