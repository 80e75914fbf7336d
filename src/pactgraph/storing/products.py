"""Where stores of known makes take queries, updates and graphs, below the address that a user gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pactgraph.errors import EndpointError, unknown
from pactgraph.storing.remote import check


@dataclass(frozen=True, slots=True)
class Product:
    """A make of store: paths below its address, and the parameter by which its Graph Store names a graph.

    `store` is None where it has no Graph Store that is known. `chunk` is the most triples in one update.
    """

    query: str = ""
    update: str = ""
    store: str | None = None
    parameter: str = "graph"
    chunk: int = 5000


PRODUCTS: Mapping[str, Product] = {
    "sparql": Product(),
    "oxigraph": Product("/query", "/update", "/store"),
    "fuseki": Product("/query", "/update", "/data"),
    "graphdb": Product("", "/statements", "/rdf-graphs/service"),
    "virtuoso": Product("/sparql", "/sparql-auth", "/sparql-graph-crud-auth", "graph-uri", 500),
}
"""The makes that are known, by name; 'sparql' is any that takes queries and updates at its address itself."""


@dataclass(frozen=True, slots=True)
class Target:
    """The addresses of one store; `store` is '' where graphs are sent by updates, `chunk` triples at a time."""

    query: str
    update: str
    store: str = ""
    parameter: str = "graph"
    chunk: int = 5000


def target(
    url: str,
    product: str = "sparql",
    *,
    update: str = "",
    store: str = "",
    parameter: str = "",
    by_updates: bool = False,
    insecure: bool = False,
) -> Target:
    """Return the addresses of the store at `url`, whose make is `product`; what else is given goes before its own.

    >>> target("https://store.example", "oxigraph").store
    'https://store.example/store'

    Raises EndpointError where the make is unknown, or an address is none to send contracts to.
    """
    if product not in PRODUCTS:
        raise EndpointError(unknown("product", product, PRODUCTS))
    make, base = PRODUCTS[product], url.rstrip("/")
    stores = "" if by_updates else store or ("" if make.store is None else base + make.store)
    found = Target(
        query=base + make.query if make.query else url,
        update=update or (base + make.update if make.update else url),
        store=stores,
        parameter=parameter or make.parameter,
        chunk=make.chunk,
    )
    for address in filter(None, (found.query, found.update, found.store)):
        check(address, insecure=insecure)
    return found
