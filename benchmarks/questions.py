"""How fast the named questions are answered over many agreements, and how much faster than by rdflib.

    python benchmarks/questions.py           1,000 agreements, and 20 for rdflib
    python benchmarks/questions.py 200 10    fewer

The agreements are made from the examples: their graphs copied under other names, with their texts, three to a
vendor. Prints tables for benchmarks/results.md: for each question the time of its query (all solutions read), and
of the whole answer (each quote looked up and compared with its source), on disk as users have it; and the ratio
of the same queries over a smaller sample, in memory, by rdflib and by the engine that pactgraph uses. Seconds
are those of the processor, the best of three, or the first where it is long. A query of rdflib is ended after 20 s
of the wall, and counts as what it took.
"""

from __future__ import annotations

import hashlib
import re
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyoxigraph
import rdflib
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from pactgraph import Graph
from pactgraph.querying import Question, questions
from pactgraph.storing import Store
from pactgraph.vocabulary import ONTOLOGY_GRAPH, PG, PGV, PREFIXES, agreement_iri, graph_iri, inferred_iri

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
PATIENCE = 20
PARTY = PGV("Customer")
IN_GRAPH = re.compile(rb" <urn:pactgraph:(?:graph|inferred):[^>]*> \.$", re.MULTILINE)


def main(arguments: Sequence[str]) -> None:
    many, few = (int(arguments[0]), int(arguments[1])) if arguments else (1000, 20)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with Graph.open(folder / "examples", writing=True) as graph:
            graph.build([ROOT / "examples" / "agreements"], ROOT / "examples" / "manifest.csv", validate=False)
        with Store.open(folder / "examples") as examples:
            multiplied(examples, folder / "many", many)
            sample = b"".join(copies(examples, few))
        compared(sample, few)
        print(f"\n{many} agreements\n\n| question | rows | query, ms | answer, ms |\n|---|---|---|---|")
        timed(folder / "many")


def copies(examples: Store, count: int) -> Iterator[bytes]:
    """Yield `count` agreements as N-Quads: the examples in turn, each under a name of its own, three to a vendor."""
    data = {}
    for slug in examples.slugs():
        graphs = list(examples.quads(graph_iri(slug), inferred_iri(slug)))
        (source,) = {quad.object.value for quad in graphs if quad.object.value.startswith("urn:sha256:")}
        (vendor,) = {quad.object.value for quad in graphs if quad.subject == agreement_iri(slug) and is_vendor(quad)}
        text = pyoxigraph.serialize(graphs, format=RdfFormat.N_QUADS) or b""
        data[slug] = text, source.removeprefix("urn:sha256:"), vendor
    for number in range(count):
        slug, (text, digest, vendor) = list(data.items())[number % len(data)]
        maker = f"Vendor {number // len(data)}"
        changes = (
            (f":{slug}", f":{slug}-{number}"),
            (f'"{slug}"', f'"{slug}-{number}"'),
            (f'"{vendor}"', f'"{maker}"'),
            (f'\\"{vendor.casefold()}\\"', f'\\"{maker.casefold()}\\"'),  # in what is compared, which is JSON
            (digest, hashlib.sha256(f"{slug}-{number}".encode()).hexdigest()),
        )
        for old, new in changes:
            text = text.replace(old.encode(), new.encode())
        yield text


def is_vendor(quad: Quad) -> bool:
    return quad.predicate == PG("vendor")


def multiplied(examples: Store, folder: Path, count: int) -> None:
    """Make the graph of `count` agreements in `folder`, with the texts that they were read from."""
    with Store.open(folder, writing=True) as store:
        slugs = examples.slugs()
        for number in range(count):
            slug = slugs[number % len(slugs)]
            store.put_source(hashlib.sha256(f"{slug}-{number}".encode()).hexdigest(), examples.text(slug))
        store.put_ontology(examples.quads(ONTOLOGY_GRAPH))
    quads = pyoxigraph.Store(str(folder / "oxigraph"))
    made = copies(examples, count)
    while some := b"".join(islice(made, 100)):
        quads.bulk_load(some, format=RdfFormat.N_QUADS)
        quads.bulk_load(IN_GRAPH.sub(b" .", some), format=RdfFormat.N_TRIPLES)  # their union
    quads.optimize()


def timed(folder: Path) -> None:
    """Print the times of all questions over the graph in `folder`, and their medians and worsts."""
    spent: list[tuple[float, float]] = []
    with Store.open(folder) as store, Graph.open(folder) as graph:
        for name, question in questions().items():
            query = best(lambda question=question: read(store.query(question.sparql, values=bound(question))))
            answer = best(lambda name=name: graph.ask(name))
            rows = len(graph.ask(name).rows)
            spent.append((query, answer))
            print(f"| {name} | {rows} | {query * 1000:.0f} | {answer * 1000:.0f} |", flush=True)
    queries, answers = zip(*spent, strict=True)
    middle = f"| median | | {statistics.median(queries) * 1000:.0f} | {statistics.median(answers) * 1000:.0f} |"
    print(f"{middle}\n| worst | | {max(queries) * 1000:.0f} | {max(answers) * 1000:.0f} |")


def compared(sample: bytes, count: int) -> None:
    """Print how long all queries take over the same sample in memory, by rdflib and by pyoxigraph."""
    ours = pyoxigraph.Store()
    quads = list(pyoxigraph.parse(sample, format=RdfFormat.N_QUADS))
    union = {Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads}
    ours.bulk_extend(union)
    text = pyoxigraph.serialize((quad.triple for quad in union), format=RdfFormat.N_TRIPLES) or b""
    theirs = rdflib.Graph().parse(data=text, format="nt")
    ratios, mine, peers, ended = [], 0.0, 0.0, 0
    signal.signal(signal.SIGALRM, stop)
    for question in questions().values():
        given = {pyoxigraph.Variable(name): node for name, node in bound(question).items()}
        fast = best(lambda q=question, g=given: read(ours.query(q.sparql, prefixes=dict(PREFIXES), substitutions=g)))
        initial = {name: rdflib.URIRef(node.value) for name, node in bound(question).items()}
        begun = time.process_time()
        signal.alarm(PATIENCE)
        try:
            list(theirs.query(question.sparql, initBindings=initial))
        except TimeoutError:
            ended += 1
        signal.alarm(0)
        slow = time.process_time() - begun
        mine, peers = mine + fast, peers + slow
        ratios.append(slow / fast)
    head = (
        "agreements",
        "triples",
        "queries",
        "all, s",
        "by rdflib, s",
        "of these ended",
        "ratio",
        "median of the ratios",
    )
    row = count, len(union), len(ratios), f"{mine:.2f}", f"{peers:.0f}", ended, f"{peers / mine:.0f}"
    print(f"| {' | '.join(head)} |\n{'|---' * len(head)}|")
    print(f"| {' | '.join(map(str, row))} | {statistics.median(ratios):.0f} |")


def stop(_: int, __: object) -> None:
    raise TimeoutError


def bound(question: Question) -> dict[str, pyoxigraph.NamedNode]:
    return {one.variable: PARTY for one in question.parameters if one.variable in question.selected}


def read(solutions: object) -> int:
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return sum(1 for _ in solutions)


def best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
        if times[-1] > 0.3:
            break
    return min(times)


if __name__ == "__main__":
    main(sys.argv[1:])
