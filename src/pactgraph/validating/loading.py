"""Shapes files to Shapes: read, checked, completed by what follows from the ontology."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from pactgraph.errors import ShapeError
from pactgraph.resources import folder
from pactgraph.validating.checking import File, Node, check_file, reporting_shapes, str_of
from pactgraph.validating.derived import SHAPE, background, derive
from pactgraph.vocabulary import OWL, SH, TYPE, schema


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Shapes ready to validate with: their triples, their names by IRI, and the classes and values they speak of.

    A shape that can report has an IRI; one written without gets https://w3id.org/pactgraph/shape/{name}. `digest`
    is the hash of the files that they were made from, the ontology among them; '' where they are from elsewhere.
    """

    triples: tuple[Triple, ...] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    background: tuple[Triple, ...] = field(repr=False)
    digest: str = ""


def load_shapes(*folders: Path) -> Shapes:
    """Return the shapes of all *.ttl files of the folders (not of their subfolders), and the derived ones.

    Without a folder, those of this installation. Raises ShapeError, with file and line, where a file is
    not Turtle or not SHACL, names what the ontology lacks, or repeats the name of another shape.
    """
    files = [file for place in (folders or (folder("shapes"),)) for file in _read_folder(place)]
    declared, properties = _ontology()
    prefixes = _prefixes(files)
    for file in files:
        check_file(file, declared, prefixes)
    derived = tuple(derive(schema(), properties))
    written = [triple for file in files for triple in _with_iris(file)]
    _check_unique(files, derived)
    triples = (*written, *derived)
    names = {str_of(triple.subject): str_of(triple.object) for triple in triples if triple.predicate == SH("name")}
    texts = [file.text for file in files]
    texts += [path.read_text(encoding="utf-8") for path in sorted(folder("ontology").glob("*.ttl"))]
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    return Shapes(triples, MappingProxyType(names), background(schema()), digest)


def shapes_of(file: File) -> Shapes:
    """Return the shapes of one file, without those that follow from the ontology; raises as `load_shapes` does."""
    check_file(file, _ontology()[0], _prefixes([file]))
    triples = tuple(_with_iris(file))
    names = {str_of(triple.subject): str_of(triple.object) for triple in triples if triple.predicate == SH("name")}
    return Shapes(triples, MappingProxyType(names), background(schema()))


def shape_iri(name: str) -> NamedNode:
    """Return the IRI of the shape with this sh:name.

    >>> shape_iri("LiabilityCap.basis").value
    'https://w3id.org/pactgraph/shape/LiabilityCap.basis'
    """
    return NamedNode(SHAPE + quote(name, safe=""))


def _read_folder(place: Path) -> list[File]:
    paths = sorted(place.glob("*.ttl"))
    if not paths:
        raise ShapeError(f"{place}: no shapes here; expected a folder with *.ttl files")
    return [read_file(path) for path in paths]


def read_file(path: Path, written: bytes | None = None) -> File:
    """Return the shapes file at `path`, or the Turtle `written` for it. Raises ShapeError where it is no Turtle."""
    try:
        data = path.read_bytes() if written is None else written
        triples = tuple(quad.triple for quad in parse(data, format=RdfFormat.TURTLE))
        text = data.decode("utf-8")
    except SyntaxError as error:
        raise ShapeError(f"{path}:{error.lineno}: not Turtle: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise ShapeError(f"{path}: cannot be read: {error}") from error
    subjects: dict[object, tuple[Triple, ...]] = {}
    for triple in triples:
        subjects[triple.subject] = (*subjects.get(triple.subject, ()), triple)
    return File(path, text, triples, MappingProxyType(subjects))


@cache
def _ontology() -> tuple[frozenset[str], tuple[NamedNode, ...]]:
    """Return all IRIs that the ontology describes, and those of them that are properties."""
    declared: set[str] = set()
    properties: dict[NamedNode, None] = {}
    for path in sorted(folder("ontology").glob("*.ttl")):
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode):
                declared.add(quad.subject.value)
                if quad.predicate == TYPE and quad.object in (OWL("ObjectProperty"), OWL("DatatypeProperty")):
                    properties[quad.subject] = None
    return frozenset(declared), tuple(properties)


def _prefixes(files: Iterable[File]) -> dict[str, str]:
    """Return the prefixes that the files declare for their queries."""
    found: dict[str, str] = {}
    for file in files:
        for triple in file.triples:
            if triple.predicate == SH("prefix") and isinstance(triple.object, Literal):
                spaces = [n.value for n in file.objects(triple.subject, "namespace") if isinstance(n, Literal)]
                found[triple.object.value] = min(spaces, default="")
    return found


def _with_iris(file: File) -> list[Triple]:
    """Return the triples of `file` with an IRI for each reporting shape that has none."""
    minted: dict[object, Node] = {}
    for shape in reporting_shapes(file):
        names = [name.value for name in file.objects(shape, "name") if isinstance(name, Literal)]
        if isinstance(shape, BlankNode) and names:
            minted[shape] = shape_iri(names[0])
    return [Triple(minted.get(t.subject, t.subject), t.predicate, minted.get(t.object, t.object)) for t in file.triples]


def _check_unique(files: Iterable[File], derived: Sequence[Triple]) -> None:
    """Refuse two shapes of one name: a report could not tell them apart."""
    taken = {str_of(t.object): "the shapes derived from the ontology" for t in derived if t.predicate == SH("name")}
    for file in files:
        for triple in file.triples:
            if triple.predicate == SH("name") and isinstance(triple.object, Literal):
                name = triple.object.value
                here = file.place(f'"{name}"')
                if name in taken:
                    raise ShapeError(f"{here}: the name '{name}' is taken by {taken[name]}; choose another")
                taken[name] = here
