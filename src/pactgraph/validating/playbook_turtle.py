"""Playbooks ready to judge by: the shapes, what each is in its point, and the words for people.

A playbook is a YAML file, a Turtle file of shapes that carry the annotations of `PGP`, or a folder of both.
The YAML is written as Turtle first, so both are judged in the same way.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from pactgraph.errors import PlaybookError, unknown
from pactgraph.resources import folder
from pactgraph.validating.checking import File
from pactgraph.validating.loading import Shapes, read_file, shapes_of
from pactgraph.validating.playbook import POSITIONS, STATES, WORST, Point, Position, Written, read_playbook
from pactgraph.validating.playbook_shapes import PGP, SCOPE, turtle
from pactgraph.vocabulary import PG, PGV, TYPE, XSD, Kind, schema

SAMPLE = "saas-buyer.yaml"
"""The playbook that is shipped as a template."""

_PROPERTIES = ("name", "about", "term", "take", "agreements", "clause", "point", "position", "possibly", *STATES)


@dataclass(frozen=True, slots=True)
class Roles:
    """The shapes of one point: `met` and `possible` by position, and the one that its terms meet; their IRIs.

    `whole` are the positions that judge the agreement, not each term: that there is such a term, or none.
    """

    met: Mapping[str, str]
    possible: Mapping[str, str]
    scope: str = ""
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Playbook:
    """A playbook ready to judge by: its points in order, and the shapes by which they are judged.

    `turtle` is the text of the shapes.
    """

    name: str
    about: str
    points: tuple[Point, ...]
    roles: Mapping[str, Roles] = field(repr=False)
    shapes: Shapes = field(repr=False)
    turtle: str = field(repr=False)


def sample_playbook() -> Path:
    """Return the file of the sample playbook of this installation."""
    return folder("shapes") / "playbooks" / SAMPLE


def load_playbooks(path: Path) -> tuple[Playbook, ...]:
    """Return the playbook in the file `path`, or all those in the folder `path`, by file name.

    A name without an ending ('saas-buyer') is that of a playbook of this installation, where there is no such file.

    Raises PlaybookError, or ShapeError for shapes, with file and line, the offending value and the fix.
    """
    if path.is_dir():
        paths = sorted(file for file in path.iterdir() if file.suffix in _LOADERS)
        if not paths:
            raise PlaybookError(f"{path}: no playbook in this folder; expected *.yaml or *.ttl files.")
        return tuple(_LOADERS[file.suffix](file) for file in paths)
    shipped = sample_playbook().with_name(f"{path.name}.yaml")
    if not path.exists() and path.parent == Path() and shipped.is_file():
        return (_from_yaml(shipped),)
    if not path.is_file():
        raise PlaybookError(f"{path}: there is no such playbook; begin one: pactgraph playbook --sample > {path.name}")
    if path.suffix not in _LOADERS:
        raise PlaybookError(f"{path}: {unknown('ending of a playbook', path.suffix, _LOADERS)}")
    return (_LOADERS[path.suffix](path),)


def _from_yaml(path: Path) -> Playbook:
    return compiled(read_playbook(path), path)


def compiled(written: Written, path: Path) -> Playbook:
    """Return a playbook as written, ready to judge by; `path` is the file that it was read from."""
    text = turtle(written)
    found = _from_file(read_file(path, text.encode("utf-8")), text)
    return Playbook(written.name, written.about, written.points, found.roles, found.shapes, text)


def _from_turtle(path: Path) -> Playbook:
    file = read_file(path)
    return _from_file(file, file.text)


_LOADERS = MappingProxyType({".yaml": _from_yaml, ".yml": _from_yaml, ".ttl": _from_turtle})


def _from_file(file: File, text: str) -> Playbook:
    shapes = shapes_of(file)
    said = _Annotations(file)
    said.check()
    name = next((said.one(node, "name") for node in said.nodes("Playbook")), "") or file.path.stem
    about = next((said.one(node, "about") for node in said.nodes("Playbook")), "")
    points: list[Point] = []
    roles: dict[str, Roles] = {}
    described = {said.one(node, "name"): node for node in said.nodes("Point")}
    by_point: dict[str, list[NamedNode]] = {point: [] for point in described}
    for shape in said.shapes():
        by_point.setdefault(said.one(shape, "point"), []).append(shape)
    for point, own in by_point.items():
        roles[point] = said.roles(own)
        points.append(said.point(point, described.get(point), own))
    if not points:
        raise PlaybookError(f"{file.path}:1: no shape here has pgp:point, so none is part of a playbook.")
    return Playbook(name, about, tuple(points), MappingProxyType(roles), shapes, text)


@dataclass(frozen=True, slots=True)
class _Annotations:
    """What the shapes of a file say of themselves in the namespace pgp:."""

    file: File

    def check(self) -> None:
        """Refuse annotations that do not exist: they would be passed over in silence."""
        for triple in self.file.triples:
            name = PGP.local(triple.predicate)
            if name is not None and name not in _PROPERTIES:
                near = difflib.get_close_matches(name, _PROPERTIES, n=1)
                hint = f" Did you mean 'pgp:{near[0]}'?" if near else ""
                known = ", ".join(sorted(_PROPERTIES))
                raise self.error(f"pgp:{name}", f"unknown annotation 'pgp:{name}'. Known: {known}.{hint}")

    def error(self, word: str, message: str) -> PlaybookError:
        return PlaybookError(f"{self.file.place(word)}: {message}")

    def nodes(self, name: str) -> list[NamedNode]:
        """Return the nodes that are a pgp: class, in the order of the file."""
        return [
            triple.subject
            for triple in self.file.triples
            if triple.predicate == TYPE and triple.object == PGP(name) and isinstance(triple.subject, NamedNode)
        ]

    def shapes(self) -> Iterator[NamedNode]:
        """Yield the shapes that are part of a point, in the order of the file."""
        for triple in self.file.triples:
            if triple.predicate == PGP("point"):
                if not isinstance(triple.subject, NamedNode):
                    raise self.error("pgp:point", "a shape of a playbook needs a name of its own, not [ ... ].")
                yield triple.subject

    def all(self, node: NamedNode, name: str) -> list[object]:
        return [t.object for t in self.file.subjects.get(node, ()) if t.predicate == PGP(name)]

    def one(self, node: NamedNode, name: str) -> str:
        return next((found.value for found in self.all(node, name) if isinstance(found, Literal)), "")

    def roles(self, shapes: list[NamedNode]) -> Roles:
        met: dict[str, str] = {}
        possible: dict[str, str] = {}
        scope = ""
        whole: set[str] = set()
        for shape in shapes:
            position = self.one(shape, "position")
            if position == SCOPE:
                scope = shape.value
            elif position in POSITIONS:
                sure = Literal("true", datatype=XSD("boolean")) not in self.all(shape, "possibly")
                (met if sure else possible)[position] = shape.value
                if PG("Agreement") in self.file.objects(shape, "targetClass"):
                    whole.add(position)
            else:
                word = f'pgp:position "{position}"'
                raise self.error(word, unknown("position", position, (*POSITIONS, SCOPE)))
        return Roles(MappingProxyType(met), MappingProxyType(possible), scope, frozenset(whole))

    def point(self, name: str, node: NamedNode | None, shapes: list[NamedNode]) -> Point:
        """Return a point that is judged by shapes alone; the words of its positions are their messages."""
        kind = self.kind(name, node, shapes)
        positions = {}
        for shape in shapes:
            position = self.one(shape, "position")
            if position in POSITIONS and not self.one(shape, "possibly"):
                positions[position] = Position(position, self.message(shape))
        about = self.one(node, "about") if node else ""
        states = {state: self.one(node, state) for state in STATES if node and self.one(node, state)}
        return Point(
            name=name,
            about=about or next((p.words for p in positions.values()), name),
            kind=kind,
            positions=MappingProxyType({key: positions[key] for key in POSITIONS if key in positions}),
            take=(self.one(node, "take") if node else "") or WORST,
            agreements=tuple(PGV.local(kind) or "" for kind in self.all(node, "agreements")) if node else (),
            states=MappingProxyType(states),
            clause=self.one(node, "clause") if node else "",
        )

    def kind(self, name: str, node: NamedNode | None, shapes: list[NamedNode]) -> Kind:
        stated = self.all(node, "term") if node else []
        aimed = [target for shape in shapes for target in self.file.objects(shape, "targetClass")]
        for candidate in (*stated, *aimed):
            local = PG.local(candidate)
            if local in schema().kinds:
                return schema().kinds[str(local)]
        hint = "give a shape a target, such as sh:targetClass pg:LiabilityCap"
        raise self.error(f'pgp:point "{name}"', f"the point '{name}' is about no kind of term; {hint}.")

    def message(self, shape: NamedNode) -> str:
        return " ".join(text.value for text in self.file.objects(shape, "message") if isinstance(text, Literal))
