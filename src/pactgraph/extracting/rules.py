"""What a mapping says, as data: rules and how they fill fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pactgraph.extracting.patterns import Pattern, Words
from pactgraph.model import FieldValue

SCOPES = (
    "item", "listed", "sentence", "statement", "clause", "head", "preamble", "signature", "title", "heading", "deontic",
)  # fmt: skip
"""What a rule reads: sentences, or their list items with the words that lead them; list items alone (the
match may then lie in the lead); sentences; sentences with the list they introduce; a clause's own words;
the document's first words; the words that introduce the parties; the words before each 'By:'; headings and
sentences with which it begins; headings; or the words of one modal verb, a match at that verb."""

QUOTES = ("auto", "unit", "match", "own", "sentence", "part")
"""Which words are the proof of a finding."""

REGIONS = (
    "unit", "match", "own", "lead", "sentence", "before", "after", "heading", "previous", "next", "onward", "subject",
    "referred", "deed", "around",
)  # fmt: skip
"""Where a field looks: the whole unit, the match, the item without its lead, the lead, the sentence the item
stands in, what stands before or after the match, the headings above, the sentence before or after, the
unit's own words and the next two sentences of the clause, the subject of the modal verb, the headings of
the clauses that the match refers to, the token of the party found and the words after its modal verb, or
(where the unit says nothing) the sentence before in its clause, then the headings above."""


WITHIN = frozenset(("unit", "match", "own", "lead", "before", "after"))
"""The regions whose words are words of the unit."""

Extent = Literal["words", "clause"]
"""How far what is said with the same keys is one record: in the same words, or in the items of one clause."""

Option = tuple[str, Pattern]
"""A value, '' where the pattern itself tells it, and what says it."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is filled.

    `kind` is constant (always `value`), captured (by the rule's own pattern), find (a pattern of its
    own, searched in `region`), choose (the first of `options` that matches), collect (all that match),
    each (a finding for every one that matches), action (the verb phrase after the match, or the act
    that its subject names; `value` says which voice), flag (true where `options['']` matches) or phrase
    (the noun phrase before the match, which the field named in `region` gives a name). What is found ends
    before the words of the field that `ends_before` names.
    """

    name: str
    kind: str
    value: FieldValue | None = None
    region: str = "unit"
    options: tuple[Option, ...] = ()
    otherwise: str | None = None
    required: bool = False
    ends_before: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A text of our own that a rule must, or must not, find something in."""

    text: str
    finds: tuple[Mapping[str, FieldValue], ...]
    because: str
    place: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of wording one kind of term. Of its findings the first counts, or the one of the `latest` date.

    A rule with a `status` (excluded, unknown) finds no term: its words say that the terms of `kinds` are expressly
    excluded, or stand elsewhere. Without `kinds` these are the kinds of the documents that the words name. `about`
    says so in a sentence.
    """

    name: str
    term: str
    place: str
    scope: str
    plain: bool
    find: tuple[Pattern, ...]
    fields: tuple[FieldRule, ...]
    needs: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    under: Pattern | None = None
    not_under: Pattern | None = None
    titled: Pattern | None = None
    previous: Pattern | None = None
    recode: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    quote: str = "auto"
    every: bool = False
    latest: bool = False
    certainty: str = "certain"
    examples: tuple[Example, ...] = ()
    near_misses: tuple[Example, ...] = ()
    status: str = ""
    kinds: tuple[str, ...] = ()
    about: str = ""

    @property
    def is_placed(self) -> bool:
        """Whether headings decide where the rule looks."""
        return (self.under or self.not_under or self.titled) is not None


@dataclass(frozen=True, slots=True)
class Paper:
    """A sort of document that agreements refer to: how its names are worded, and which kinds it usually settles."""

    sort: str
    named: re.Pattern[str]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What rules share: phrases and slots of patterns, and the nouns that name a party by its role."""

    words: Words
    provider_words: tuple[str, ...]
    customer_words: tuple[str, ...]
    other_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """All rules of a mappings folder, in order of file and place, with the lexicon they share.

    `keys` come from the ontology: by term, what identifies a record. Of the terms in `single` a document
    has one record at most; where a field is named there, one record with that field. Of those in `local` what
    is said again in other words, or in another clause, is another record. `state_rules` find what is excluded or
    stands elsewhere, and `papers` says what the documents settle that an agreement refers to.
    """

    rules: tuple[Rule, ...]
    lexicon: Lexicon
    keys: Mapping[str, tuple[str, ...]]
    single: Mapping[str, str]
    local: Mapping[str, Extent] = field(default_factory=dict)
    state_rules: tuple[Rule, ...] = ()
    papers: tuple[Paper, ...] = ()
