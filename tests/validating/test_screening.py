"""A shape that is passed over has nothing to report, whatever is broken."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from pactgraph.resources import folder
from pactgraph.validating import Shapes, engine_pyshacl, load_shapes
from pactgraph.validating.engines import prepare
from pactgraph.validating.flattening import flattened
from pactgraph.validating.loading import read_file, shapes_of
from pactgraph.validating.screening import left
from pactgraph.validating.selects import divided
from pactgraph.vocabulary import PG, PGV, SH, TYPE, XSD

EXAMPLES = folder("shapes") / "examples"
SEED = 20301104
BROKEN = (
    Literal(""),
    Literal("two words\n\tin \u00e9 lines"),
    Literal("P1Y", datatype=XSD("duration")),
    Literal("-3", datatype=XSD("integer")),
    Literal("7.25", datatype=XSD("decimal")),
    Literal("lots", datatype=XSD("decimal")),
    Literal("2031-02-30", datatype=XSD("date")),
    Literal("true", datatype=XSD("boolean")),
    Literal("ja", language="de"),
    NamedNode("urn:pactgraph:nowhere"),
    PG("Clause"),
    PGV("likely"),
)
"""What is put in the place of a value: mostly of another datatype, class or form than is allowed."""

ABOUT = "@prefix pg: <https://w3id.org/pactgraph/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
NODE = NamedNode("urn:pactgraph:agreement:x")


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    """Return the shapes that are not asked as queries."""
    return divided(load_shapes())[0]


def triples(*names: str) -> list[Triple]:
    paths = [EXAMPLES / f"{name}.ttl" for name in names]
    return [quad.triple for path in paths for quad in parse(path=str(path), format=RdfFormat.TURTLE)]


def with_targets(shapes: Shapes) -> tuple[str, ...]:
    """Return the shapes that an engine may be asked about."""
    aimed = {
        str(t.subject).strip("<>") for t in flattened(shapes.triples) if (SH.local(t.predicate) or "")[:6] == "target"
    }
    return tuple(sorted(aimed))


def reported(facts: Sequence[Triple], shapes: Shapes) -> set[str]:
    """Return the shapes of which pyshacl has something to report when it is asked about all."""
    return {raw.shape for raw in engine_pyshacl.run(prepare(facts, shapes), shapes, with_targets(shapes))}


def broken(facts: Sequence[Triple], chance: random.Random) -> Iterator[Triple]:
    """Yield the facts with one in ten dropped, doubled or with another value."""
    for fact in facts:
        fate = chance.randrange(40)
        if fate > 0:
            yield fact if fate > 2 else Triple(fact.subject, fact.predicate, chance.choice(BROKEN))
        if fate == 3:
            yield Triple(fact.subject, fact.predicate, chance.choice(BROKEN))
            yield Triple(fact.subject, chance.choice(facts).predicate, fact.object)


def test_shapes_that_are_passed_over_have_nothing_to_report_whatever_is_broken(shapes: Shapes) -> None:
    chance = random.Random(SEED)
    facts = triples(
        "valid/subscription", "valid/whole-subscription", "valid/provenance", "valid/states", "valid/reviewed"
    )
    found: set[str] = set()
    spared = 0
    for _ in range(10):
        mutated = list(broken(facts, chance))
        told = reported(mutated, shapes)
        asked = left(prepare(mutated, shapes).text, shapes)
        assert told <= set(asked)
        found |= told
        spared += len(with_targets(shapes)) - len(asked)
    assert len(found) > 90
    assert spared > 1500


def test_of_every_example_only_shapes_with_nothing_to_report_are_passed_over(shapes: Shapes) -> None:
    paths = sorted(EXAMPLES.glob("invalid/*.ttl"))
    whole = triples("valid/subscription")
    for path in paths:
        facts = [*whole, *triples(f"invalid/{path.stem}")]
        assert reported(facts, shapes) <= set(left(prepare(facts, shapes).text, shapes)), path.stem
    assert len(paths) > 50


def test_of_what_is_whole_all_shapes_are_passed_over(shapes: Shapes) -> None:
    facts = triples("valid/subscription", "valid/whole-subscription", "valid/provenance", "valid/states")
    assert left(prepare(facts, shapes).text, shapes) == ()


def asked(tmp_path: Path, shape: str, *values: Literal | NamedNode) -> bool:
    """Whether an engine is asked about a shape of agreements whose pg:slug has the values."""
    turtle = f'{ABOUT}<urn:s> a sh:NodeShape ; sh:targetClass pg:Agreement ; sh:name "n" ; sh:message "m" ; {shape} .\n'
    shapes = shapes_of(read_file(tmp_path / "x.ttl", turtle.encode()))
    facts = [Triple(NODE, TYPE, PG("Agreement")), *(Triple(NODE, PG("slug"), value) for value in values)]
    return left(prepare(facts, shapes).text, shapes) != ()


@pytest.mark.parametrize(
    ("constraint", "kept", "doubtful"),
    [
        ("sh:minLength 3", Literal("abc"), Literal("a\n")),
        ("sh:maxLength 3", Literal("a\n\u00e9"), Literal("four")),
        ('sh:pattern "^a+$"', Literal("aa"), Literal("aa\n")),
        ("sh:datatype <http://www.w3.org/2001/XMLSchema#date>", Literal("2028-02-29", datatype=XSD("date")), BROKEN[6]),
        ("sh:minInclusive 2", Literal("2.0", datatype=XSD("decimal")), Literal("1.9", datatype=XSD("decimal"))),
        ("sh:maxInclusive 2", Literal("2", datatype=XSD("integer")), Literal("2", datatype=XSD("float"))),
        ("sh:in ( pg:Clause )", PG("Clause"), PG("Agreement")),
        ("sh:not [ sh:hasValue pg:Clause ]", PG("Agreement"), PG("Clause")),
        ('sh:not [ sh:hasValue "1" ]', None, Literal("2")),
        ("sh:class pg:Agreement", NODE, PG("Clause")),
        ("sh:nodeKind sh:IRI", NODE, Literal("urn:x")),
        ("sh:nodeKind sh:Literal", None, Literal("x")),
        ("sh:or ( [ sh:class pg:Clause ] [ sh:minLength 2 ] )", Literal("ab"), Literal("a")),
        ("sh:maxCount 0", None, Literal("a")),
        ("sh:equals pg:key", None, Literal("a")),
        ('sh:pattern "A" ; sh:flags "i"', None, Literal("a")),
    ],
)
def test_only_a_constraint_that_is_known_and_kept_is_passed_over(
    tmp_path: Path, constraint: str, kept: Literal | NamedNode | None, doubtful: Literal | NamedNode
) -> None:
    shape = f"sh:property [ sh:name 'p' ; sh:message 'm' ; sh:path pg:slug ; {constraint} ]"
    if kept is not None:
        assert not asked(tmp_path, shape, kept)
    assert asked(tmp_path, shape, doubtful)


def test_statement_that_is_there_twice_is_no_second_value(tmp_path: Path) -> None:
    turtle = f"{ABOUT}<urn:s> a sh:PropertyShape ; sh:targetClass pg:Agreement ; sh:name 'n' ; sh:message 'm' ; "
    shapes = shapes_of(read_file(tmp_path / "x.ttl", f"{turtle} sh:path pg:slug ; sh:minCount 2 .".encode()))
    facts = prepare([Triple(NODE, TYPE, PG("Agreement")), Triple(NODE, PG("slug"), Literal("a"))], shapes).text
    assert left(facts + facts, shapes) == ("urn:s",)


def test_text_that_is_not_written_as_the_store_writes_it_is_left_to_the_engine(shapes: Shapes) -> None:
    assert set(left(b"# nothing\n", shapes)) >= set(with_targets(shapes))
