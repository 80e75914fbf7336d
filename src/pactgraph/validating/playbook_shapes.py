"""Playbooks as SHACL: the Turtle text that says in shapes what a playbook says in words.

Every position becomes a shape that the terms of the point must meet, or that the agreement must where the
position is that there is such a term, or none:

    own:cap.acceptable           met where the term reaches the position for certain
    own:cap.acceptable.possible  met where it may reach it: a month may be 30 days long
    own:cap.scope                met by the terms that the point is about

The annotations in the namespace pgp: are what SHACL has no words for; `playbook_turtle` reads them. The text
stands by itself: any SHACL processor finds a Violation for what is not acceptable, an Info for what is not ideal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pyoxigraph import Literal

from pactgraph.validating.playbook import (
    ABSENT,
    ACCEPTABLE,
    IDEAL,
    UNCLEAR,
    UNMET,
    WALK_AWAY,
    Point,
    Position,
    Written,
)
from pactgraph.validating.playbook_demands import (
    AT_LEAST,
    AT_MOST,
    EXACTLY,
    LESS,
    MORE,
    NONE_OF,
    NOT_STATED,
    ONE_OF,
    STATED,
    Demand,
)
from pactgraph.vocabulary import PG, PGV, SH, XSD, Namespace

PGP = Namespace("https://w3id.org/pactgraph/playbook#")
"""The properties that tell what a shape is in a playbook; docs/playbooks.md has them all."""

SCOPE = "scope"
_OWN = "https://w3id.org/pactgraph/playbook/"
_SEVERITIES = {IDEAL: "sh:Info", ACCEPTABLE: "sh:Violation", WALK_AWAY: "sh:Info"}
_PREFIXES = {"pg": PG, "pgv": PGV, "pgp": PGP, "sh": SH, "xsd": XSD}


def turtle(playbook: Written) -> str:
    """Return the playbook as SHACL, in Turtle that people can read; equal playbooks give equal text."""
    own = f"{_OWN}{playbook.name}#"
    lines = [f"# {playbook.about}"] if playbook.about else []
    lines += [f"@prefix own: <{own}> ."]
    lines += [f"@prefix {name}: <{space.iri}> ." for name, space in sorted(_PREFIXES.items())]
    lines += ["", f"<{own}> a pgp:Playbook ;", f"    pgp:name {_text(playbook.name)} ;"]
    lines += [f"    pgp:about {_text(playbook.about)} ."]
    for point in playbook.points:
        lines += ["", *_point(point)]
        lines += ["", *_scope(point, playbook.name)]
        for position in point.positions.values():
            lines += ["", *_position(point, position, playbook.name, possibly=False)]
            if any(_is_open(point, asked) for way in position.ways for asked in way):
                lines += ["", *_position(point, position, playbook.name, possibly=True)]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    return str(Literal(value))


def _point(point: Point) -> Iterator[str]:
    said = {"name": _text(point.name), "about": _text(point.about), "term": f"pg:{point.kind.name}"}
    said["take"] = _text(point.take)
    if point.agreements:
        said["agreements"] = ", ".join(f"pgv:{kind}" for kind in point.agreements)
    said |= {state: _text(verdict) for state, verdict in point.states.items()}
    said |= {name: _text(text) for name, text in (("clause", point.clause),) if text}
    yield f"own:{point.name} a pgp:Point ;"
    yield " ;\n".join(f"    pgp:{name} {value}" for name, value in said.items()) + " ."


def _scope(point: Point, playbook: str) -> Iterator[str]:
    words = " and ".join(asked.said() for asked in point.where)
    message = f"Not judged by this point: it is about {point.kind.label} with {words}." if words else "Never reported."
    yield from _head(point, SCOPE, playbook, f"pg:{point.kind.name}", "sh:Info", message)
    tests = [f"[ sh:class pg:{point.kind.name} ]", *(_shape(asked, possibly=False) for asked in point.where)]
    yield f"    sh:and ( {_joined(tests)} ) ."


def _position(point: Point, position: Position, playbook: str, *, possibly: bool) -> Iterator[str]:
    name = f"{position.name}.possible" if possibly else position.name
    target = "pg:Agreement" if position.presence else f"pg:{point.kind.name}"
    severity = "sh:Info" if possibly else _SEVERITIES[position.name]
    message = f"{point.about} Not {position.name}: {position.words}."
    yield from _head(point, name, playbook, target, severity, message)
    if position.presence:
        count = "sh:qualifiedMaxCount 0" if position.presence == ABSENT else "sh:qualifiedMinCount 1"
        path = "sh:path [ sh:inversePath pg:inAgreement ]"
        yield f"    sh:and ( [ {path} ; sh:qualifiedValueShape own:{point.name}.{SCOPE} ; {count} ] ) ."
        return
    tests = [[_shape(asked, possibly=possibly, unstated=point.unstated) for asked in way] for way in position.ways]
    ways = [f"[ sh:and ( {_joined(parts)} ) ]" for parts in tests]
    yield f"    sh:or ( {_joined([f'[ sh:not own:{point.name}.{SCOPE} ]', *ways])} ) ."


def _head(point: Point, name: str, playbook: str, target: str, severity: str, message: str) -> Iterator[str]:
    position, _, possibly = name.partition(".")
    yield f"own:{point.name}.{name} a sh:NodeShape ;"
    yield f"    sh:name {_text(f'{playbook}/{point.name}.{name}')} ;"
    yield f"    pgp:point {_text(point.name)} ; pgp:position {_text(position)} ;"
    if possibly:
        yield "    pgp:possibly true ;"
    yield f"    sh:targetClass {target} ;"
    yield f"    sh:severity {severity} ;"
    yield f"    sh:message {_text(message)} ;"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else "\n        " + "\n        ".join(parts)


def _is_open(point: Point, asked: Demand) -> bool:
    """Tell whether it may be open if a term meets a demand: it is met or not where both of its shapes are the same."""
    shapes = (_shape(asked, possibly=possibly, unstated=point.unstated) for possibly in (True, False))
    return len(set(shapes)) > 1


def _shape(asked: Demand, *, possibly: bool, unstated: str = UNCLEAR) -> str:
    """Return the shape of one demand: met for certain, or possibly met, if need be by a term that leaves it open."""
    met = _met(asked, possibly=possibly)
    path = _path(asked)
    if not possibly or asked.relation in (STATED, NOT_STATED) or asked.field.many:
        return met
    if unstated == UNMET or (asked.field.kind == "bool" and asked.values == ("yes",) and asked.relation == ONE_OF):
        return f"[ sh:and ( [ sh:path {path} ; sh:minCount 1 ] {met} ) ]" if asked.relation == NONE_OF else met
    return f"[ sh:or ( [ sh:path {path} ; sh:maxCount 0 ] {met} ) ]"


def _path(asked: Demand) -> str:
    return f"pg:{asked.field.iri.value.rpartition('#')[2]}"


def _met(asked: Demand, *, possibly: bool) -> str:
    path = _path(asked)
    if asked.relation in (STATED, NOT_STATED):
        return f"[ sh:path {path} ; {'sh:minCount 1' if asked.relation == STATED else 'sh:maxCount 0'} ]"
    if asked.relation in (ONE_OF, NONE_OF):
        return _choice(asked, path, possibly=possibly)
    if asked.field.kind == "duration":
        return _length(asked, path, possibly=possibly)
    return _amount(asked, path, possibly=possibly)


def _choice(asked: Demand, path: str, *, possibly: bool) -> str:
    exact = " ".join(_value(asked, value) for value in asked.values if not value.endswith("*"))
    kinds = [f"[ sh:in ( {exact} ) ]"] if exact else []
    kinds += [f"[ sh:pattern {_text('^' + re.escape(value[:-1]))} ]" for value in asked.values if value.endswith("*")]
    among = kinds[0] if len(kinds) == 1 else f"[ sh:or ( {' '.join(kinds)} ) ]"
    chosen = f"[ sh:path {path} ; sh:qualifiedValueShape {among} ; %s ]"
    if asked.relation == ONE_OF:
        return chosen % "sh:qualifiedMinCount 1"
    met = chosen % "sh:qualifiedMaxCount 0"
    return met if possibly or asked.field.many else f"[ sh:and ( [ sh:path {path} ; sh:minCount 1 ] {met} ) ]"


def _value(asked: Demand, value: str) -> str:
    if asked.field.kind == "bool":
        return "true" if value == "yes" else "false"
    return f"pgv:{value}" if asked.field.values else _text(value)


def _decimal(number: Decimal) -> str:
    return f'"{number:f}"^^xsd:decimal'


_Bounds = tuple[str, str]
"""What the least and the greatest of a value must be, as constraints; '' where anything will do."""


def _bounds(asked: Demand, *, possibly: bool) -> list[_Bounds]:
    """Return the alternatives by which a value meets the demand."""
    low, high = (_decimal(number) for number in asked.bounds())
    equal = (f"sh:minInclusive {low} ; sh:maxInclusive {low}", f"sh:minInclusive {high} ; sh:maxInclusive {high}")
    certain: Mapping[str, list[_Bounds]] = {
        AT_LEAST: [(f"sh:minInclusive {high}", ""), equal],
        AT_MOST: [("", f"sh:maxInclusive {low}"), equal],
        MORE: [(f"sh:minExclusive {high}", "")],
        LESS: [("", f"sh:maxExclusive {low}")],
        EXACTLY: [equal],
    }
    may_be: Mapping[str, list[_Bounds]] = {
        AT_LEAST: [("", f"sh:minInclusive {low}")],
        AT_MOST: [(f"sh:maxInclusive {high}", "")],
        # What is equal to the bound is neither more nor less, though the two ranges overlap.
        MORE: [
            ("", f"sh:minExclusive {high}"),
            ("", f"sh:minExclusive {low} ; sh:maxExclusive {high}"),
            *((f"{other} {low}", f"sh:minExclusive {low}") for other in ("sh:minExclusive", "sh:maxExclusive")),
        ],
        LESS: [
            (f"sh:maxExclusive {low}", ""),
            (f"sh:minExclusive {low} ; sh:maxExclusive {high}", ""),
            *((f"sh:maxExclusive {high}", f"{other} {high}") for other in ("sh:minExclusive", "sh:maxExclusive")),
        ],
        EXACTLY: [(f"sh:maxInclusive {high}", f"sh:minInclusive {low}")],
    }
    return (may_be if possibly else certain)[asked.relation]


def _length(asked: Demand, path: str, *, possibly: bool) -> str:
    alternatives = []
    for least, greatest in _bounds(asked, possibly=possibly):
        sides = (("minDays", least), ("maxDays", greatest))
        parts = [f"[ sh:path ( {path} pg:{name} ) ; sh:minCount 1 ; {test} ]" for name, test in sides if test]
        alternatives.append(parts[0] if len(parts) == 1 else f"[ sh:and ( {' '.join(parts)} ) ]")
    return alternatives[0] if len(alternatives) == 1 else f"[ sh:or ( {' '.join(alternatives)} ) ]"


def _amount(asked: Demand, path: str, *, possibly: bool) -> str:
    """Return the shape of a number; an amount in another currency may or may not meet it."""
    tests = {
        AT_LEAST: "sh:minInclusive %s",
        AT_MOST: "sh:maxInclusive %s",
        MORE: "sh:minExclusive %s",
        LESS: "sh:maxExclusive %s",
        EXACTLY: "sh:minInclusive %s ; sh:maxInclusive %s",
    }
    number = _decimal(asked.bounds()[0])
    met = f"[ sh:path {path} ; sh:minCount 1 ; {tests[asked.relation].replace('%s', number)} ]"
    if not asked.currency:
        return met
    same = f"[ sh:path pg:currency ; sh:hasValue {_text(asked.currency)} ]"
    if not possibly:
        return f"[ sh:and ( {same} {met} ) ]"
    other = f"[ sh:and ( [ sh:path {path} ; sh:minCount 1 ] [ sh:not {same} ] ) ]"
    return f"[ sh:or ( {other} {met} ) ]"
