"""The beginning of a new mapping file: what the ontology says of a kind of term, and what is left to write."""

from __future__ import annotations

import textwrap

from pactgraph.extracting.values import SLOTS
from pactgraph.vocabulary import FieldType, Kind

_WIDTH = 110
_SLOT_OF = {"duration": "duration", "date": "date", "decimal": "number", "party": "party", "text": "text"}
"""The slot type that serves a kind of field, where none has the field's own name."""


def scaffold(kind: Kind) -> str:
    """Return the text of a mapping file for `kind`, with one rule whose pattern and examples are still to be written.

    The file loads as it is; 'pactgraph check' says what is left to do.
    """
    slot = next((f"<{_slot(field)}>" for field in kind.fields.values() if _slot(field)), "")
    pattern = f"TODO …{slot}" if slot else "TODO"
    lines = [
        f"term: {kind.name}",
        *_wrapped(f"{kind.definition[:1].upper()}{kind.definition[1:]}.", "about: >-\n  ", "  "),
        "",
        *_fields(kind),
        "rules:",
        "",
        "  first-wording:                     # name it after the words",
        f"    find: '{pattern}'",
        "    examples:",
        '      - text: "TODO: a sentence of your own that this rule must find."',
        "        finds: {}                    # the fields that it must find: {field: value}",
        "    near_misses:",
        '      - text: "TODO: a sentence that looks like the example and states something else."',
        '        because: "TODO: what it states."',
    ]
    return "\n".join(lines) + "\n"


def _fields(kind: Kind) -> list[str]:
    """Return comment lines that list the fields, each with how a rule fills it."""
    if not kind.fields:
        return ["# The kind has no fields: a rule only says where it is stated.", ""]
    keys = f" Two findings with the same {' and '.join(kind.keys)} are one." if kind.keys else ""
    lines = [f"# Fields; a rule fills those that its words state.{keys}"]
    width = max(map(len, kind.fields))
    for field in kind.fields.values():
        lines += _wrapped(_told(field), f"#   {field.name:{width}}  ", f"#   {' ' * width}  ")
    return [*lines, ""]


def _told(field: FieldType) -> str:
    several = ", several" if field.many else ""
    if field.kind == "bool":
        return f"yes or no: a line 'fields: {{{field.name}: {{if: 'words'}}}}'"
    if field.values and field.kind != "party":
        how = "collect" if field.many else "choose"
        values = sorted(field.values)
        return f"one of {', '.join(values)}{several}: 'fields: {{{field.name}: {{{how}: {{{values[0]}: 'words'}}}}}}'"
    known = f", one of {', '.join(sorted(field.values))}" if field.values else ""
    return f"{field.kind}{known}{several}: a slot <{_slot(field)}> in 'find'"


def _slot(field: FieldType) -> str:
    """Return the slot that fills a field from the words of a pattern, '' where it takes a choice."""
    if field.kind == "bool" or (field.values and field.kind != "party"):
        return ""
    kind = field.name if field.name in SLOTS else _SLOT_OF[field.kind]
    return kind if kind == field.name else f"{field.name}:{kind}"


def _wrapped(text: str, first: str, other: str) -> list[str]:
    head, _, indent = first.rpartition("\n")
    lines = textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=other, break_on_hyphens=False)
    return [*([head] if head else []), *lines]
