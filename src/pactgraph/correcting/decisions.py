"""A decision as the file of corrections states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pactgraph.model import FieldValue

FILE_NAME = "corrections.yaml"
"""What the file is called that lies beside the agreements."""

CONFIRM, REJECT, CORRECT, ADD = "confirm", "reject", "correct", "add"
VERDICTS = (CONFIRM, REJECT, CORRECT, ADD)

OWN_RULES = "corrections/"
"""Heads the rule of a finding that a person stated: 'corrections/add'."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision: about which words of which source, of which kind, what was decided, by whom, when and why.

    `sha256` is the hash of the source as the person saw it. Without `start` and `end` (None) the words stand where
    they occur once. `fields` are those of the finding that is meant; with the verdict correct, those it is to have,
    None for one that it is not to have, and `was` are those of the finding that is meant. `place` is file and line.
    """

    file: str
    sha256: str
    quote: str
    kind: str
    verdict: str
    who: str
    when: str
    why: str = ""
    start: int | None = None
    end: int | None = None
    fields: Mapping[str, FieldValue | None] = field(default_factory=dict)
    was: Mapping[str, FieldValue | None] = field(default_factory=dict)
    place: str = ""

    @property
    def meant(self) -> Mapping[str, FieldValue | None]:
        """The fields that tell which finding is meant."""
        return self.was if self.verdict == CORRECT else self.fields

    @property
    def stated(self) -> dict[str, FieldValue]:
        """The fields that a finding has which the decision states."""
        return {name: value for name, value in self.fields.items() if value is not None}
