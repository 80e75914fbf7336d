"""The ontology holds every kind, field, value and key of the development data's term list."""

from __future__ import annotations

from pathlib import Path

import yaml

from pactgraph.querying import questions
from pactgraph.vocabulary import schema

KINDS_OF_FIELD = {
    "text": "text",
    "law": "text",
    "ISO 3166-1": "text",
    "HH:MM": "text",
    "duration": "duration",
    "decimal": "decimal",
    "percent": "decimal",
    "bool": "bool",
    "date": "date",
    "party": "party",
    "dayKind": "enum",
}
NORMS = {"Obligation", "Prohibition", "Permission"}


def listed(shared: Path) -> dict[str, dict[str, object]]:
    terms: dict[str, dict[str, object]] = yaml.safe_load((shared / "spec" / "terms.yaml").read_text("utf-8"))["terms"]
    return terms


def fields(shared: Path) -> list[tuple[str, str, str]]:
    found = []
    for name, term in listed(shared).items():
        listed_fields = term["fields"]
        assert isinstance(listed_fields, dict)
        found += [(name, field, str(kind)) for field, kind in listed_fields.items()]
    return found


def test_kinds_are_those_listed_and_the_norms(shared: Path) -> None:
    assert set(schema().kinds) == set(listed(shared)) | NORMS


def test_faces_and_keys_are_those_listed(shared: Path) -> None:
    for name, term in listed(shared).items():
        kind = schema().kind(name)
        assert kind.faces == ((term["isa"],) if "isa" in term else ()), name
        assert set(kind.keys) == set(term["key"]), name  # type: ignore[call-overload]


def test_fields_are_those_listed_with_their_types_and_values(shared: Path) -> None:
    checked = 0
    for name, field, written in fields(shared):
        found = schema().kind(name).field(field)
        plain = written.removeprefix("list of: ")
        plain = plain.removeprefix("list(").removesuffix(")") if plain.startswith("list(") else plain
        assert found.many == written.startswith("list"), (name, field)
        if "|" in plain:
            assert found.kind == "enum", (name, field)
            assert found.values == {value.strip() for value in plain.split("|")}, (name, field)
        else:
            assert found.kind == KINDS_OF_FIELD[plain], (name, field)
        checked += 1
    assert checked > 180


def test_no_kind_has_a_field_that_is_not_listed(shared: Path) -> None:
    told = {(name, field) for name, field, _ in fields(shared)}
    found = {(kind.name, field) for kind in schema().kinds.values() if kind.name not in NORMS for field in kind.fields}
    assert found == told


def test_every_question_named_is_one_that_is_asked(shared: Path) -> None:
    asked = set(yaml.safe_load((shared / "spec" / "questions.yaml").read_text("utf-8"))["questions"])
    named = {question for kind in schema().kinds.values() for question in kind.answers}
    assert named <= set(questions())
    assert asked <= set(questions())
    assert len(named & asked) > 40


def test_every_question_is_answered_by_the_kinds_it_is_about(shared: Path) -> None:
    questions = yaml.safe_load((shared / "spec" / "questions.yaml").read_text("utf-8"))["questions"]
    for question, told in questions.items():
        for name in told["from"]:
            assert question in schema().kind(name).answers, (question, name)
