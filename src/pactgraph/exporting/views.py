"""What part of the graph a drawing shows: a drawing of everything is one that nobody can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from pactgraph.errors import DefinitionError, unknown
from pactgraph.exporting.projection import PREFIX
from pactgraph.vocabulary import Kind, schema

if TYPE_CHECKING:
    import networkx

_TYPE = f"{PREFIX}type"
_SLUG = f"{PREFIX}slug"
_NORMS = frozenset({"Obligation", "Prohibition", "Permission"})
_WORDS = frozenset({"DefinedTerm"})


@dataclass(frozen=True, slots=True)
class View:
    """A part of the graph: `name` is one of VIEWS, `agreement` a slug and `kind` a kind of term, where they apply."""

    name: str = "all"
    agreement: str = ""
    kind: str = ""

    @property
    def clauses(self) -> bool:
        """Whether the view shows clauses: only that of one agreement does."""
        return self.name == "agreement"


def seen(graph: networkx.MultiDiGraph[str], view: View) -> networkx.MultiDiGraph[str]:
    """Return the part of a projection that `view` shows, with the edges between its nodes.

    Raises DefinitionError where there is no such view, agreement or kind, or the view needs one of
    them and none is given.
    """
    if view.name not in VIEWS:
        raise DefinitionError(unknown("view", view.name, VIEWS))
    chosen = set(VIEWS[view.name](graph, view))
    agreements = {node for node in chosen if _type(graph, node) == "Agreement"}
    if view.agreement and view.name != "agreement":
        wanted = _agreement(graph, view.agreement)
        chosen = {wanted, *(node for node in chosen if node not in agreements and graph.has_edge(node, wanted))}
    shown: networkx.MultiDiGraph[str] = graph.__class__()
    shown.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in chosen)
    for source, target, key, data in graph.edges(keys=True, data=True):
        if source in chosen and target in chosen:
            shown.add_edge(source, target, key=key, **data)
    return shown


def _everything(graph: networkx.MultiDiGraph[str], _: View) -> Iterator[str]:
    yield from graph


def _overview(graph: networkx.MultiDiGraph[str], _: View) -> Iterator[str]:
    """Yield agreements, parties and terms, without the many norms and definitions."""
    return (node for node in graph if _type(graph, node) not in _NORMS | _WORDS)


def _one_agreement(graph: networkx.MultiDiGraph[str], view: View) -> Iterator[str]:
    """Yield an agreement with all its terms and clauses."""
    wanted = _agreement(graph, view.agreement)
    yield wanted
    yield from (node for node in graph if graph.has_edge(node, wanted))


def _one_kind(graph: networkx.MultiDiGraph[str], view: View) -> Iterator[str]:
    """Yield the terms of a kind, or of a class of kinds such as Remedy, with their agreements and parties."""
    if not view.kind:
        raise DefinitionError("the view 'kind' needs a kind of term; give one, such as --kind LiabilityCap.")
    names = {kind.name for kind in schema().kinds.values() if view.kind in kind.faces}
    return _with_company(graph, names or {schema().kind(view.kind).name})


def _obligations(graph: networkx.MultiDiGraph[str], _: View) -> Iterator[str]:
    """Yield duties, bans and permissions with the parties that bear them, and their agreements."""
    return _with_company(graph, _NORMS)


def _with_company(graph: networkx.MultiDiGraph[str], names: Iterable[str]) -> Iterator[str]:
    wanted = frozenset(names)
    for node in graph:
        if _type(graph, node) in wanted:
            yield node
            yield from (other for other in graph.successors(node) if _type(graph, other) in ("Agreement", "Party"))


def _agreement(graph: networkx.MultiDiGraph[str], slug: str) -> str:
    if not slug:
        raise DefinitionError("the view 'agreement' needs an agreement; give one, such as --agreement acme-cloud.")
    slugs = {str(data[_SLUG]): node for node, data in graph.nodes(data=True) if data.get(_TYPE) == "Agreement"}
    if slug not in slugs:
        raise DefinitionError(unknown("agreement", slug, sorted(slugs)))
    return slugs[slug]


def _type(graph: networkx.MultiDiGraph[str], node: str) -> str:
    return str(graph.nodes[node].get(_TYPE, ""))


def face(kind: str) -> str:
    """Return what a type of node is coloured by: itself, or the broad class of its kind of term.

    >>> face("NonRenewalNotice"), face("Agreement"), face("GoverningLaw")
    ('Duration', 'Agreement', 'Term')
    """
    known: Kind | None = schema().kinds.get(kind)
    if known is None or kind == "Party":
        return kind
    return known.faces[0] if known.faces else "Term"


VIEWS: Mapping[str, Callable[[networkx.MultiDiGraph[str], View], Iterator[str]]] = MappingProxyType(
    {
        "all": _everything,
        "overview": _overview,
        "agreement": _one_agreement,
        "kind": _one_kind,
        "obligations": _obligations,
    }
)
"""The views by name; each yields the nodes that it shows."""
