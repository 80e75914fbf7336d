"""Playbooks as lawyers write them: a YAML file of points, each with what is ideal, acceptable and a walk-away.

The keys are described in docs/playbooks.md. A playbook that is read is complete and checked against the
ontology; `playbook_shapes` writes it as SHACL, by which agreements are judged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import yaml

from pactgraph.errors import PlaybookError, unknown
from pactgraph.validating.playbook_demands import AT_LEAST, AT_MOST, Demand, demand, nearest
from pactgraph.vocabulary import Kind, schema

IDEAL, ACCEPTABLE, WALK_AWAY = "ideal", "acceptable", "walk-away"
POSITIONS = (IDEAL, ACCEPTABLE, WALK_AWAY)
STATES = ("silent", "excluded", "unknown")
PRESENT, ABSENT = "present", "absent"
WORST, BEST = "worst", "best"
UNCLEAR, UNMET = "unclear", "unmet"

KEYS = ("playbook", "about", "agreements", "points")
POINT_KEYS = (
    *("about", "term", "where", *POSITIONS, "take", "agreements", *STATES, "unstated", "what", "of", "clause"),
)  # fmt: skip
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Position:
    """What makes a term ideal, acceptable or a walk-away: one of several `ways`, each of which is all its demands.

    `presence` is present or absent where the position is that there is such a term at all, or none; then there are
    no ways. `words` says it for people.
    """

    name: str
    words: str
    ways: tuple[tuple[Demand, ...], ...] = ()
    presence: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a playbook: which terms it judges, and by which positions.

    It judges the terms of `kind` that meet `where`, in agreements of the kinds `agreements` (all where empty), and
    takes the worst or the best of them, as `take` says. `unstated` says whether a demand on a field that a term leaves
    open is unmet, or unclear. `states` gives a verdict to silence and its like. `what` and
    `of` name what is measured ('the cap', 'of fees'), `clause` is the wording that a missing clause should have.
    """

    name: str
    about: str
    kind: Kind
    positions: Mapping[str, Position]
    where: tuple[Demand, ...] = ()
    take: str = WORST
    unstated: str = UNCLEAR
    agreements: tuple[str, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    what: str = ""
    of: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A playbook as written: its name, what it is about, and its points in their order."""

    name: str
    about: str
    points: tuple[Point, ...]


def read_playbook(path: Path) -> Written:
    """Return the playbook that the YAML file `path` holds.

    Raises PlaybookError, with file and line, the offending value and the fix.
    """
    try:
        return parse_playbook(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise PlaybookError(f"{path}: cannot be read: {error}.") from error


def parse_playbook(text: str, place: str) -> Written:
    """Return the playbook in the YAML `text`; `place`, a file's name, heads the message of an error."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        raise PlaybookError(f"{place}:{line}: not YAML: {problem}. See docs/playbooks.md.") from error
    if not isinstance(node, yaml.MappingNode):
        raise PlaybookError(f"{place}:1: a playbook is a mapping that begins with 'playbook: NAME'.")
    return _Reader(place).playbook(node)


_Entries = dict[str, yaml.Node]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the nodes of one file; every error names the line on which the node stands."""

    place: str

    def error(self, node: yaml.Node, message: object) -> PlaybookError:
        return PlaybookError(f"{self.place}:{node.start_mark.line + 1}: {message}")

    def playbook(self, node: yaml.Node) -> Written:
        entries = self.entries(node, "key of a playbook", KEYS)
        for key in ("playbook", "points"):
            if key not in entries:
                raise self.error(node, f"the key '{key}' is missing; a playbook has a name and points.")
        general = self.kinds(entries.get("agreements"))
        named = self.entries(entries["points"], "", None)
        if not named:
            raise self.error(entries["points"], "no points; give at least one.")
        points = tuple(self.point(name, inner, general) for name, inner in named.items())
        return Written(self.name(entries["playbook"]), self.text(entries.get("about")), points)

    def point(self, name: str, node: yaml.Node, general: tuple[str, ...]) -> Point:
        if not _NAME.fullmatch(name):
            raise self.error(node, f"'{name}' is no name of a point; use small letters, digits and hyphens.")
        entries = self.entries(node, f"key of the point '{name}'", POINT_KEYS)
        for key, hint in (("about", "say what it is about"), ("term", "name the kind of term that it judges")):
            if key not in entries:
                raise self.error(node, f"the point '{name}' has no '{key}'; {hint}.")
        kind = schema().kinds[self.one_of(entries["term"], "kind of term", schema().kinds)]
        positions = {key: self.position(key, entries[key], kind) for key in POSITIONS if key in entries}
        if not positions:
            raise self.error(node, f"the point '{name}' has no position; give it 'ideal' or 'acceptable'.")
        self.check_order(entries, positions)
        where = self.way(entries["where"], kind, covers=True) if "where" in entries else ()
        take = self.choice(entries, "take", (WORST, BEST))
        texts = {key: self.text(entries.get(key)) for key in ("about", "what", "of", "clause")}
        return Point(
            name=name,
            kind=kind,
            positions=MappingProxyType(positions),
            where=where,
            take=take,
            unstated=self.choice(entries, "unstated", (UNCLEAR, UNMET)),
            agreements=self.kinds(entries.get("agreements")) or general,
            states=MappingProxyType(self.states(entries)),
            **texts,
        )

    def states(self, entries: _Entries) -> dict[str, str]:
        found = {key: self.text(entries[key]) for key in STATES if key in entries}
        for key, verdict in found.items():
            if verdict not in POSITIONS:
                raise self.error(entries[key], unknown(f"verdict for '{key}'", verdict, POSITIONS))
        return found

    def position(self, name: str, node: yaml.Node, kind: Kind) -> Position:
        if isinstance(node, yaml.ScalarNode):
            presence = self.text(node)
            if presence not in (PRESENT, ABSENT):
                hint = f"write the field that it is about, such as {{{next(iter(kind.fields), 'party')}: {presence}}}"
                raise self.error(node, f"'{presence}' is neither '{PRESENT}' nor '{ABSENT}'; {hint}.")
            return Position(name, presence, presence=presence)
        choices = node.value if isinstance(node, yaml.SequenceNode) else [node]
        ways = tuple(self.way(choice, kind, covers=False) for choice in choices)
        if not ways:
            raise self.error(
                node, f"'{name}' is an empty list; give it a demand, such as {{duration: within 30 days}}."
            )
        words = " or ".join(" and ".join(asked.said() for asked in way) for way in ways)
        return Position(name, words, ways)

    def way(self, node: yaml.Node, kind: Kind, *, covers: bool) -> tuple[Demand, ...]:
        entries = self.entries(node, "", None)
        if not entries:
            raise self.error(node, f"no field is named here. Known: {', '.join(kind.fields) or 'none'}.")
        return tuple(self.demand(key, value, kind, covers=covers) for key, value in entries.items())

    def demand(self, key: str, node: yaml.Node, kind: Kind, *, covers: bool) -> Demand:
        try:
            name = nearest(key, kind.fields, f"field of {kind.name}")
            values = self.values(node)
            asked = demand(kind.fields[name], values[0] if len(values) == 1 else values, covers=covers)
        except PlaybookError as error:
            raise error if str(error).startswith(f"{self.place}:") else self.error(node, error) from error
        if asked.currency and "currency" not in kind.fields:
            raise self.error(node, f"{kind.name} states no currency; leave out '{asked.currency}'.")
        return asked

    def check_order(self, entries: _Entries, positions: Mapping[str, Position]) -> None:
        """Refuse an acceptable position that asks for more than the ideal one: nothing could be acceptable."""
        ways = [positions[key].ways for key in (IDEAL, ACCEPTABLE) if key in positions]
        if len(ways) < 2 or any(len(way) != 1 or len(way[0]) != 1 for way in ways):
            return
        (ideal,), (acceptable,) = (way[0] for way in ways)
        if (ideal.field, ideal.relation, ideal.currency) != (
            acceptable.field,
            acceptable.relation,
            acceptable.currency,
        ):
            return
        more = {AT_LEAST: 1, AT_MOST: -1}.get(ideal.relation, 0)
        if more and more * (acceptable.bounds()[0] - ideal.bounds()[0]) > 0:
            message = f"'{acceptable.words}' asks for more than the ideal '{ideal.words}'; exchange the two."
            raise self.error(entries[ACCEPTABLE], message)

    # --- nodes -----------------------------------------------------------------------------------

    def entries(self, node: yaml.Node, what: str, known: tuple[str, ...] | None) -> _Entries:
        """Return the entries of a mapping, whose keys are among `known` where that is given."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, "expected keys with values here, 'key: value'; see docs/playbooks.md.")
        found: _Entries = {}
        for key_node, value in node.value:
            key = str(key_node.value)
            if known is not None and key not in known:
                raise self.error(key_node, unknown(what, key, known))
            if key in found:
                raise self.error(key_node, f"the key '{key}' stands twice; drop one.")
            found[key] = value
        return found

    def text(self, node: yaml.Node | None) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(node, "expected one value here, not a list or keys.")
        return " ".join(str(node.value).split())

    def values(self, node: yaml.Node) -> tuple[str, ...]:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not nodes:
            raise self.error(node, "an empty list; name at least one value.")
        return tuple(self.text(inner) for inner in nodes)

    def name(self, node: yaml.Node) -> str:
        name = self.text(node)
        if not _NAME.fullmatch(name):
            raise self.error(node, f"'{name}' is no name of a playbook; use small letters, digits and hyphens.")
        return name

    def one_of(self, node: yaml.Node, what: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
        try:
            return nearest(self.text(node), known, what)
        except PlaybookError as error:
            raise error if str(error).startswith(f"{self.place}:") else self.error(node, error) from error

    def choice(self, entries: _Entries, key: str, known: tuple[str, ...]) -> str:
        """Return which of `known` a key says; the first where it is not there."""
        return self.one_of(entries[key], f"value of '{key}'", known) if key in entries else known[0]

    def kinds(self, node: yaml.Node | None) -> tuple[str, ...]:
        """Return the kinds of agreement that a node lists."""
        if node is None:
            return ()
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(
            self.one_of(inner, "kind of agreement", tuple(schema().values("AgreementKind"))) for inner in nodes
        )
