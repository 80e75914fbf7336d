"""Files of corrections, read with the file and line of all that is wrong in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import yaml

from pactgraph.correcting.decisions import CORRECT, FILE_NAME, REJECT, VERDICTS, Correction
from pactgraph.correcting.values import field_of, parse
from pactgraph.errors import CorrectionError, OntologyError, ValueParseError, unknown
from pactgraph.model import FieldValue
from pactgraph.vocabulary import Kind, schema

KEYS = ("file", "sha256", "start", "end", "quote", "kind", "verdict", "was", "fields", "who", "when", "why")
"""The keys of a decision, in the order in which they are written."""

_NEEDED = ("file", "sha256", "quote", "kind", "verdict", "who", "when")
_HASH = re.compile(r"[0-9a-f]{64}")
_NULL = "tag:yaml.org,2002:null"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def gather(folders: Iterable[Path], file: Path | None = None) -> tuple[Correction, ...]:
    """Return the decisions in `file`, or else those in the file `corrections.yaml` of each folder that has one.

    Raises CorrectionError that names file, line and fix where such a file is wrong.
    """
    if file is not None:
        return read(file)
    paths = {os.path.realpath(path): path for folder in folders if (path := folder / FILE_NAME).is_file()}
    return tuple(found for _, path in sorted(paths.items()) for found in read(path))


def read(path: Path) -> tuple[Correction, ...]:
    """Return the decisions that a file holds, in its order.

    Raises CorrectionError that names file, line and fix where it cannot be read, a key, kind, field, value or
    verdict is unknown, or something is missing.
    """
    try:
        return tuple(parsed(path.read_bytes().decode("utf-8-sig"), str(path)))
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise CorrectionError(f"{path}: the file of corrections cannot be opened ({reason}).") from error
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path}: the file of corrections is not UTF-8; save it as UTF-8.") from error


def parsed(text: str, name: str) -> Iterator[Correction]:
    """Yield the decisions that `text` holds; `name` heads the place of each, and errors. Raises as `read` does."""
    tree = listed(text, name)
    for node in tree.value if tree is not None else ():
        yield _Entry(node, name).correction()


def listed(text: str, name: str) -> yaml.SequenceNode | None:
    """Return the list of decisions as it stands in YAML, None where there is nothing but comments."""
    try:
        tree = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise CorrectionError(f"{name}:{line}: not YAML: {problem}. Put quotes around the words.") from error
    if tree is not None and (not isinstance(tree, yaml.SequenceNode) or tree.flow_style):
        what = "the file must hold a list of decisions, each beginning with '- file:'"
        raise CorrectionError(f"{name}:{tree.start_mark.line + 1}: {what}; see docs/corrections.md.")
    return tree


class _Entry:
    """One decision while it is being read."""

    def __init__(self, node: yaml.Node, name: str) -> None:
        self._name = name
        self.place = self._at(node)
        self._nodes = self._keys(node, "a decision", KEYS)
        for key in _NEEDED:
            if key not in self._nodes:
                raise CorrectionError(f"{self.place}: the decision lacks '{key}'; see docs/corrections.md.")

    def _at(self, node: yaml.Node) -> str:
        return f"{self._name}:{node.start_mark.line + 1}"

    def _keys(self, node: yaml.Node, what: str, known: Iterable[str] = ()) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise CorrectionError(
                f"{self._at(node)}: {what} is written as 'key: value' lines; see docs/corrections.md."
            )
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if known and name not in known:
                raise CorrectionError(f"{self._at(key)}: {unknown(f'key of {what}', name, known)}")
            if name in found:
                raise CorrectionError(f"{self._at(key)}: the key '{name}' stands twice; drop one.")
            found[name] = value
        return found

    def correction(self) -> Correction:
        try:
            kind = schema().kind(self._text("kind"))
        except OntologyError as error:
            raise CorrectionError(f"{self._at(self._nodes['kind'])}: {error}") from error
        start, end = self._span()
        made = Correction(
            file=self._text("file").removeprefix("./"),
            sha256=self._hash(),
            quote=self._text("quote"),
            kind=kind.name,
            verdict=self._verdict(),
            who=self._text("who"),
            when=self._date(),
            why=self._text("why") if "why" in self._nodes else "",
            start=start,
            end=end,
            fields=self._fields("fields", kind),
            was=self._fields("was", kind),
            place=self.place,
        )
        self._check(made)
        return made

    def _text(self, key: str) -> str:
        node = self._nodes[key]
        if not isinstance(node, yaml.ScalarNode) or (not node.value.strip() and key != "why"):
            raise CorrectionError(f"{self._at(node)}: '{key}' takes one text, not empty.")
        return str(node.value)

    def _hash(self) -> str:
        text = self._text("sha256").lower()
        if not _HASH.fullmatch(text):
            what = "'sha256' is the hash of the source, 64 hexadecimal digits; 'pactgraph review --list' shows it"
            raise CorrectionError(f"{self._at(self._nodes['sha256'])}: {what}.")
        return text

    def _verdict(self) -> str:
        text = self._text("verdict")
        if text not in VERDICTS:
            raise CorrectionError(f"{self._at(self._nodes['verdict'])}: {unknown('verdict', text, VERDICTS)}")
        return text

    def _date(self) -> str:
        text = self._text("when")
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            place = self._at(self._nodes["when"])
            raise CorrectionError(f"{place}: '{text}' is no date; write the day like 2031-05-31.") from error

    def _span(self) -> tuple[int | None, int | None]:
        if not {"start", "end"} & self._nodes.keys():
            return None, None
        found = [self._text(key) if key in self._nodes else "" for key in ("start", "end")]
        if not all(text.isascii() and text.isdigit() for text in found) or int(found[0]) >= int(found[1]):
            what = "'start' and 'end' are two character offsets, the first below the second; or leave out both"
            raise CorrectionError(f"{self.place}: {what}.")
        return int(found[0]), int(found[1])

    def _fields(self, key: str, kind: Kind) -> Mapping[str, FieldValue | None]:
        if key not in self._nodes:
            return {}
        return {name: self._field(kind, name, node) for name, node in self._keys(self._nodes[key], key).items()}

    def _field(self, kind: Kind, name: str, node: yaml.Node) -> FieldValue | None:
        given: str | list[str]
        if isinstance(node, yaml.ScalarNode):
            given = str(node.value)
        elif isinstance(node, yaml.SequenceNode) and all(isinstance(n, yaml.ScalarNode) for n in node.value):
            given = [str(member.value) for member in node.value]
        else:
            raise CorrectionError(f"{self._at(node)}: the field '{name}' takes a value, or a list of values.")
        try:
            field_of(kind, name)
            return None if node.tag == _NULL else parse(kind, name, given)
        except (OntologyError, ValueParseError) as error:
            raise CorrectionError(f"{self._at(node)}: {error}") from error

    def _check(self, made: Correction) -> None:
        if made.verdict == CORRECT and not made.fields:
            raise CorrectionError(f"{self.place}: 'correct' needs 'fields': what the finding should say.")
        if made.was and made.verdict != CORRECT:
            raise CorrectionError(f"{self.place}: 'was' belongs to the verdict 'correct'; use 'fields'.")
        if None in made.was.values() or (made.verdict != CORRECT and None in made.fields.values()):
            what = "rejected" if made.verdict == REJECT else "stated"
            raise CorrectionError(f"{self.place}: a field that is null cannot be {what}; leave the field out.")
