"""Another's SPARQL store, or a served graph: named questions are asked there, and graphs are published to it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping
from functools import cached_property

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph import querying
from pactgraph.errors import EndpointError
from pactgraph.model import Answer
from pactgraph.querying import Given
from pactgraph.storing import Credentials, Publication, Remote, Store, bare, publish, target
from pactgraph.vocabulary import ONTOLOGY, ONTOLOGY_GRAPH, PREFIXES, graph_iri, inferred_iri, report_iri, slug_of

_NAMED = "SELECT DISTINCT ?graph { GRAPH ?graph { ?agreement a pg:Agreement } }"
_COUNT = "SELECT (COUNT(DISTINCT ?agreement) AS ?count) { ?agreement a pg:Agreement }"
_COMMENT = re.compile(r"^\s*#.*\n?", re.MULTILINE)


class Endpoint:
    """A SPARQL 1.1 endpoint at an address: that of a store, or of `pactgraph serve`.

    >>> Endpoint("https://store.example", product="oxigraph")
    Endpoint('https://store.example/query')
    """

    def __init__(
        self,
        url: str,
        *,
        product: str = "sparql",
        update: str = "",
        store: str = "",
        parameter: str = "",
        by_updates: bool = False,
        seconds: float = 60.0,
        insecure: bool = False,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """Take the address and the make of the store; nothing is sent yet.

        `update` and `store` are the addresses that take updates and graphs, `parameter` is what names a graph
        there, where these are not as the make has them. Graphs are sent to the Graph Store where one is known,
        else, or with `by_updates`, by updates. One request may take `seconds`. Plain http beyond this machine is
        refused unless `insecure`. Credentials are those of the `environment`: PACTGRAPH_ENDPOINT_USER and
        PACTGRAPH_ENDPOINT_PASSWORD, or PACTGRAPH_ENDPOINT_TOKEN.

        Raises EndpointError where the make is unknown, or the address is none to send contracts to.
        """
        self.target = target(
            url, product, update=update, store=store, parameter=parameter, by_updates=by_updates, insecure=insecure
        )
        self.remote = Remote(Credentials.of(environment), seconds=seconds, insecure=insecure)

    def __repr__(self) -> str:
        return f"Endpoint({bare(self.target.query)!r})"

    def ask(
        self,
        name: str,
        *,
        agreements: Collection[str] = (),
        texts: Callable[[str], str | None] = lambda _: None,
        **given: Given,
    ) -> Answer:
        """Return the answer to the named question over what the endpoint holds, as `Graph.ask` does.

        Quotes are compared with the sources that `texts` returns by their SHA-256; of others only the length
        is checked.

        Raises EndpointError where the endpoint refuses or holds no agreement, QueryError and EvidenceError as
        `Graph.ask` does.
        """
        question = querying.question(name)
        return querying.answer(self._select, question, texts, agreements=agreements, given=given)

    def receive(
        self,
        store: Store,
        *,
        reports: bool = False,
        drop_missing: bool = False,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Publication:
        """Send the graphs of `store` to the endpoint, as `Graph.publish` describes."""
        graphs = graphs_of(store, reports=reports)
        return publish(store.quads, graphs, self.remote, self.target, drop_missing=drop_missing, progress=progress)

    @staticmethod
    def planned(store: Store, *, reports: bool = False) -> Publication:
        """Return what an empty endpoint would be sent, without asking it."""
        sizes = {graph.value: sum(1 for _ in store.quads(graph)) for graph in graphs_of(store, reports=reports)}
        return Publication(sent=tuple(name for name, size in sizes.items() if size), triples=sum(sizes.values()))

    def _select(self, text: str, /, *, values: Mapping[str, NamedNode | Literal] | None = None) -> QuerySolutions:
        graphs, named = self._dataset
        return self.remote.select(self.target.query, _prepared(text, values or {}), graphs, named)

    @cached_property
    def _dataset(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The default graphs and named graphs of a query; none where the endpoint's own are the right ones.

        These are the right ones where its default graph is the union of the agreements, and not of more.
        """
        where = self.target.query
        names = [row["graph"] for row in self.remote.select(where, _prepared(_NAMED, {}))]
        slugs = sorted(slug for name in names if (slug := slug_of(name)) is not None)
        if not slugs:
            raise EndpointError(f"{bare(where)}: holds no agreement; run 'pactgraph publish' to send some there.")
        (count,) = self.remote.select(where, _prepared(_COUNT, {}))
        if int(count["count"].value) == len(slugs):
            mixed = self.remote.holds(where, f"ASK {{ {ONTOLOGY} a <{PREFIXES['owl']}Ontology> }}")
            if not mixed:
                return (), ()
        facts = [name.value for name in names if slug_of(name) is not None]
        return (*sorted(facts), *(inferred_iri(slug).value for slug in slugs)), (ONTOLOGY_GRAPH.value,)


def graphs_of(store: Store, *, reports: bool = False) -> tuple[NamedNode, ...]:
    """Return the graphs of a store that are published: the ontology, then facts and inferences by agreement."""
    kinds = (graph_iri, inferred_iri, report_iri) if reports else (graph_iri, inferred_iri)
    return (ONTOLOGY_GRAPH, *(name(slug) for slug in store.slugs() for name in kinds))


def _prepared(text: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """Return a query as any endpoint understands it: all prefixes declared, and `values` bound from the start.

    Inside of a group in braces what is bound outside is not known, so parameters stand in filters as what they are.
    """
    head, brace, body = _COMMENT.sub("", text).partition("{")
    for name, node in values.items():
        if name != "agreement":
            body = str(node).join(re.split(rf"\?{name}\b", body))
    bound = "".join(f" VALUES ?{name} {{ {node} }}" for name, node in values.items())
    missing = [f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items() if f"PREFIX {prefix}:" not in head]
    return f"{''.join(missing)}{head}{brace}{bound}{body}"
