"""Send named graphs to another's store, each whole, and only those that are not there already.

The graph `urn:pactgraph:published` of the store says what was sent: the hash of every graph's content, written
after the triples were counted there. So what broke off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from pactgraph.errors import EndpointError
from pactgraph.storing.products import Target
from pactgraph.storing.remote import Remote, bare
from pactgraph.vocabulary import DCTERMS

PUBLISHED = NamedNode("urn:pactgraph:published")
"""The graph, at the store, that says what was sent there."""

_BATCH = 25
"""So many graphs are sent before they are counted and noted."""

Contents = Callable[[NamedNode], Iterable[Quad]]
"""Returns the quads of a graph."""

Told = Callable[[str, int, int], None]
"""Told after each graph: its name, how many are done, how many there are to send."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing did: the names of graphs that were sent, were there already, or were dropped.

    `triples` counts those of all graphs that the store has now.
    """

    sent: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    triples: int = 0


@dataclass(frozen=True, slots=True)
class _Content:
    size: int
    digest: str


def publish(
    contents: Contents,
    graphs: Sequence[NamedNode],
    remote: Remote,
    target: Target,
    *,
    drop_missing: bool = False,
    progress: Told | None = None,
) -> Publication:
    """Make `graphs` at the store what `contents` gives, and check by their counts that they are.

    Graphs that the store notes with the same hash, and has with the same count, are not sent again. With
    `drop_missing`, graphs that an earlier publication sent and that are not among `graphs` are dropped.

    Raises EndpointError where the store cannot be reached, refuses, or has not what was sent; what was noted
    before stays.
    """
    wanted = {graph.value: _content(contents(graph)) for graph in graphs}
    wanted = {name: content for name, content in wanted.items() if content.size}
    noted, held = _noted(remote, target), _counts(remote, target, wanted)
    same = [name for name, want in wanted.items() if noted.get(name) == want.digest and held.get(name) == want.size]
    missing = sorted(set(noted) - set(wanted)) if drop_missing else []
    sending = [name for name in wanted if name not in same]
    if not sending and not missing:
        return Publication((), tuple(same), (), sum(want.size for want in wanted.values()))
    replace = _replacing(remote, target)
    notes = {name: digest for name, digest in noted.items() if name not in sending and name not in missing}
    if notes != noted:
        replace(PUBLISHED, _as_triples(notes))  # nothing half sent is ever noted as whole
    for name in missing:
        replace(NamedNode(name), [])
    done = 0
    for start in range(0, len(sending), _BATCH):
        batch = sending[start : start + _BATCH]
        for name in batch:
            replace(NamedNode(name), [quad.triple for quad in contents(NamedNode(name))])
            done += 1
            if progress is not None:
                progress(name, done, len(sending))
        _compare(target, {name: wanted[name] for name in batch}, _counts(remote, target, batch))
        notes |= {name: wanted[name].digest for name in batch}
        replace(PUBLISHED, _as_triples(notes))
    return Publication(tuple(sending), tuple(same), tuple(missing), sum(want.size for want in wanted.values()))


def _content(quads: Iterable[Quad]) -> _Content:
    lines = sorted(set(_ntriples(quad.triple for quad in quads).splitlines()))
    return _Content(len(lines), hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest())


def _noted(remote: Remote, target: Target) -> dict[str, str]:
    """Return the hashes of the graphs that the store notes as sent, by name."""
    text = f"SELECT ?graph ?hash {{ GRAPH {PUBLISHED} {{ ?graph {DCTERMS('identifier')} ?hash }} }}"
    return {row["graph"].value: row["hash"].value for row in remote.select(target.query, text)}


def _as_triples(notes: Mapping[str, str]) -> list[Triple]:
    return [Triple(NamedNode(name), DCTERMS("identifier"), Literal(digest)) for name, digest in sorted(notes.items())]


def _counts(remote: Remote, target: Target, names: Iterable[str]) -> dict[str, int]:
    """Return how many triples the store has of each graph, by name; none of those that it has not."""
    found: dict[str, int] = {}
    listed = list(names)
    for start in range(0, len(listed), _BATCH):
        values = " ".join(f"<{name}>" for name in listed[start : start + _BATCH])
        text = f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        found |= {row["g"].value: int(row["n"].value) for row in remote.select(target.query, text) if row["g"]}
    return found


def _compare(target: Target, wanted: Mapping[str, _Content], held: Mapping[str, int]) -> None:
    for name, want in wanted.items():
        if held.get(name, 0) != want.size:
            raise EndpointError(
                f"{bare(target.query)}: has {held.get(name, 0)} triples of <{name}>, {want.size} were sent; "
                "publish again, or send by updates (--by updates)."
            )


# --- two ways to replace a graph -------------------------------------------------------------------

_Replace = Callable[[NamedNode, Sequence[Triple]], None]


def _replacing(remote: Remote, target: Target) -> _Replace:
    """Return what makes a graph of the store consist of some triples; of none, the graph goes."""
    if not target.store:
        return lambda graph, triples: _by_updates(remote, target, graph, triples)
    _probe(remote, target)
    return lambda graph, triples: _by_store(remote, target, graph, triples)


def _by_store(remote: Remote, target: Target, graph: NamedNode, triples: Sequence[Triple]) -> None:
    if triples:
        remote.send("PUT", _address(target, graph), _ntriples(triples).encode("utf-8"), "text/turtle")
    else:
        remote.send("DELETE", _address(target, graph))


def _by_updates(remote: Remote, target: Target, graph: NamedNode, triples: Sequence[Triple]) -> None:
    """Replace a graph by one update, or, where it is larger than a chunk, beside it and then in its place."""
    chunks = list(chunked(triples, target.chunk))
    if len(chunks) <= 1:
        inserted = f";\nINSERT DATA {{ GRAPH {graph} {{\n{_ntriples(chunks[0])}}} }}" if chunks else ""
        remote.update(target.update, f"DROP SILENT GRAPH {graph}{inserted}")
        return
    arriving = NamedNode(f"{graph.value}:arriving")
    remote.update(target.update, f"DROP SILENT GRAPH {arriving}")
    for chunk in chunks:
        remote.update(target.update, f"INSERT DATA {{ GRAPH {arriving} {{\n{_ntriples(chunk)}}} }}")
    remote.update(target.update, f"MOVE GRAPH {arriving} TO GRAPH {graph}")


def _probe(remote: Remote, target: Target) -> None:
    """Learn by one harmless triple whether the Graph Store knows the parameter that names a graph.

    Some stores replace all that they hold when they do not. What is added to a graph does no harm anywhere.

    Raises EndpointError where it does not.
    """
    graph = NamedNode(f"urn:pactgraph:probe:{uuid.uuid4().hex}")
    triple = Triple(graph, DCTERMS("identifier"), Literal("probe"))
    remote.send("POST", _address(target, graph), _ntriples([triple]).encode("utf-8"), "text/turtle")
    if not remote.holds(target.query, f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}"):
        raise EndpointError(
            f"{bare(target.store)}: does not know the parameter '{target.parameter}'; one triple of <{graph.value}> "
            "is in some other graph of it now. Give --product or --graph-parameter, or send by updates (--by updates)."
        )
    remote.send("DELETE", _address(target, graph))


def _address(target: Target, graph: NamedNode) -> str:
    sign = "&" if urlsplit(target.store).query else "?"
    return f"{target.store}{sign}{target.parameter}={quote(graph.value, safe='')}"


def chunked(triples: Sequence[Triple], most: int) -> Iterator[list[Triple]]:
    """Yield triples in lists of `most` or fewer; those that share a blank node stay together, however many.

    A blank node has its identity within one update only.
    """
    chunk: list[Triple] = []
    for group in _tied(triples):
        if chunk and len(chunk) + len(group) > most:
            yield chunk
            chunk = []
        chunk += group
    if chunk:
        yield chunk


def _tied(triples: Iterable[Triple]) -> Iterator[list[Triple]]:
    """Yield triples in groups that share no blank node with one another."""
    leader: dict[BlankNode, BlankNode] = {}

    def led(node: BlankNode) -> BlankNode:
        while leader.setdefault(node, node) != node:
            node = leader[node]
        return node

    tied: list[tuple[BlankNode, Triple]] = []
    for triple in triples:
        nodes = [node for node in (triple.subject, triple.object) if isinstance(node, BlankNode)]
        if not nodes:
            yield [triple]
            continue
        for node in nodes[1:]:
            leader[led(node)] = led(nodes[0])
        tied.append((nodes[0], triple))
    groups: dict[BlankNode, list[Triple]] = {}
    for node, triple in tied:
        groups.setdefault(led(node), []).append(triple)
    yield from groups.values()


def _ntriples(triples: Iterable[Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")
