"""The namespaces of the graph, and the prefixes that stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True)
class Namespace:
    """A namespace that makes IRIs: `PG("Agreement")` is the node of pg:Agreement.

    >>> PGV("materialBreach").value
    'https://w3id.org/pactgraph/value/materialBreach'
    """

    iri: str

    def __call__(self, local: str) -> NamedNode:
        """Return the IRI of `local` in this namespace."""
        return NamedNode(self.iri + local)

    def local(self, node: object) -> str | None:
        """Return the local name of `node`, or None where it is no IRI of this namespace.

        >>> PG.local(PG("Uptime")), PG.local(PGV("Either"))
        ('Uptime', None)
        """
        if isinstance(node, NamedNode) and node.value.startswith(self.iri):
            return node.value[len(self.iri) :]
        return None

    def __str__(self) -> str:
        return self.iri


PG = Namespace("https://w3id.org/pactgraph/ontology#")
PGV = Namespace("https://w3id.org/pactgraph/value/")
OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SH = Namespace("http://www.w3.org/ns/shacl#")

_SPACES = {"pg": PG, "pgv": PGV, "oa": OA, "prov": PROV, "dcterms": DCTERMS, "skos": SKOS}
_SPACES |= {"owl": OWL, "rdf": RDF, "rdfs": RDFS, "xsd": XSD, "sh": SH}
PREFIXES: Mapping[str, str] = MappingProxyType({prefix: space.iri for prefix, space in _SPACES.items()})
"""Prefixes for queries and for serialising, by name."""
