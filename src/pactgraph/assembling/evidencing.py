"""Words of a document become a node of evidence with its place and its quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from pactgraph.assembling import minting
from pactgraph.errors import EvidenceError
from pactgraph.model import Document
from pactgraph.vocabulary import OA, PG, TYPE, selector_iri, source_iri

CONTEXT = 32
"""How many characters before and after a quote its evidence keeps, so that it can be found again."""

Said = tuple[NamedNode, NamedNode, NamedNode | Literal]


def evidence(document: Document, node: NamedNode, start: int, end: int, reading: str = "") -> Iterator[Said]:
    """Yield what is said of the evidence `node`: where its words stand, which they are, and how they read.

    Raises EvidenceError where there are no words at that place.
    """
    text = document.text
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise EvidenceError(f"no words at {start}-{end}; the text has {len(text)} characters.")
    position, quote = selector_iri(node, "position"), selector_iri(node, "quote")
    yield node, TYPE, PG("Evidence")
    yield node, OA("hasSource"), source_iri(document.sha256)
    page = document.page(start)
    if page is not None:
        yield node, PG("page"), minting.integer(page)
    if reading:
        yield node, PG("reading"), minting.text(reading)
    yield node, OA("hasSelector"), position
    yield node, OA("hasSelector"), quote
    yield position, TYPE, OA("TextPositionSelector")
    yield position, OA("start"), minting.integer(start)
    yield position, OA("end"), minting.integer(end)
    yield quote, TYPE, OA("TextQuoteSelector")
    yield quote, OA("exact"), minting.text(text[start:end])
    yield quote, OA("prefix"), minting.text(text[max(0, start - CONTEXT) : start])
    yield quote, OA("suffix"), minting.text(text[end : end + CONTEXT])


def quoted(document: Document, quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quotes of all evidence among `quads`, from the places that it has in the text of `document`.

    Raises EvidenceError where there are no words at such a place.
    """
    held = list(quads)
    offsets = {(q.subject, q.predicate): int(q.object.value) for q in held if isinstance(q.object, Literal) and _at(q)}
    for quad in held:
        if quad.predicate == TYPE and quad.object == PG("Evidence") and isinstance(quad.subject, NamedNode):
            position = selector_iri(quad.subject, "position")
            start, end = (offsets.get((position, OA(name)), -1) for name in ("start", "end"))
            yield from (Quad(*said, quad.graph_name) for said in evidence(document, quad.subject, start, end))


def _at(quad: Quad) -> bool:
    """Tell whether a quad says where words start or end."""
    return quad.predicate in (OA("start"), OA("end"))
