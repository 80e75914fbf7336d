"""Tells quickly which of hundreds of rules may match a text, so that only those are tried.

RE2's filter derives from each pattern, in a looser form, the words without which it cannot match; one
pass over a text then finds all words of all rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import re2

from pactgraph.extracting.patterns import Pattern
from pactgraph.extracting.rules import Rule


class Prefilter:
    """The rules of one scope, searched together."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._options = re2.Options()
        self._options.case_sensitive = False
        self._options.log_errors = False
        self._options.never_capture = True
        self._filter = re2.Filter()
        self._rules = tuple(rules)
        self._owners: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._known: dict[str, int] = {}
        self._all: list[int] = []
        self._always: list[tuple[int, int]] = []
        for index, rule in enumerate(rules):
            groups = [rule.find, *((need,) for need in rule.needs)]
            self._all.append((1 << len(groups)) - 1)
            for number, group in enumerate(groups):
                for pattern in group:
                    self._add(pattern, (index, 1 << number))
        if self._known:
            self._filter.Compile()

    def _add(self, pattern: Pattern, owner: tuple[int, int]) -> None:
        index = self._known.get(pattern.loose)
        if index is None:
            try:
                index = self._filter.Add(pattern.loose, self._options)
            except re2.error:
                self._always.append(owner)
                return
            self._known[pattern.loose] = index
        self._owners[index].append(owner)

    @property
    def unfiltered(self) -> tuple[str, ...]:
        """Names of the rules with a pattern that RE2 cannot express, which is tried on every text."""
        return tuple(self._rules[i].name for i in dict.fromkeys(i for i, _ in self._always))

    def candidates(self, text: str) -> list[Rule]:
        """Return the rules of which every condition may match `text`, in their own order."""
        met: dict[int, int] = {}
        for index, condition in self._always:
            met[index] = met.get(index, 0) | condition
        for hit in (self._filter.Match(text, True) or ()) if self._known else ():
            for index, condition in self._owners[hit]:
                met[index] = met.get(index, 0) | condition
        all_met = self._all
        return [self._rules[i] for i in sorted([i for i, conditions in met.items() if conditions == all_met[i]])]
